"""How values are worded for people: days, headings, targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schemas import Indicator


def day(text: str) -> str:
    """`2024-03-08` as offices write it: 08/3/2024 (Decree 30/2020/NĐ-CP: days under 10 and the months
    1 and 2 take a zero).
    """
    value = date.fromisoformat(text)
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def section_path(headings: Sequence[str]) -> str:
    """Headings from the outermost in, as one line."""
    return " › ".join(headings)


def target_of(indicator: Indicator) -> str:
    """The target as printed; empty where there is none."""
    return indicator.target.text if indicator.target else ""
