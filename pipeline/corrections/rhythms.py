"""Recurrences that a person may enter: those that a plan can mean, and that have a day."""

from __future__ import annotations

import re
from datetime import date

_NUMBERS = r"-?\d{1,2}(?:,-?\d{1,2})*"
_WEEKDAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": rf"{_WEEKDAY}(?:,{_WEEKDAY})*",
    "BYMONTHDAY": _NUMBERS,
    "BYMONTH": _NUMBERS,
    "BYSETPOS": r"-?[1-5]",
}
_BY_MONTH = ("MONTHLY", "YEARLY")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_sound(rule: str) -> bool:
    """Whether `rule`, an RFC 5545 RRULE value, has a day to come round on.

    By the day at most, as deadlines are. What no calendar has (30 February, every 0 months) is not
    sound: programs would look for its first day for ever.
    """
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs) or not all(
        name in _PARTS and re.fullmatch(_PARTS[name], value, re.ASCII) for name, value in pairs
    ):
        return False
    if parts.get("FREQ") not in _BY_MONTH and parts.keys() & {"BYMONTHDAY", "BYMONTH", "BYSETPOS"}:
        return False
    if parts.get("FREQ") not in _BY_MONTH and re.search(r"\d", parts.get("BYDAY", "")):
        return False
    return "FREQ" in parts and _is_day(parts.get("UNTIL")) and _has_day(parts)


def _has_day(parts: dict[str, str]) -> bool:
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if not all(1 <= month <= 12 for month in months) or 0 in days:
        return False
    return max(days) <= 31 and min(days) <= max(_LONGEST_MONTHS[month - 1] for month in months)


def _is_day(until: str | None) -> bool:
    try:
        return until is None or bool(date.fromisoformat(f"{until[:4]}-{until[4:6]}-{until[6:]}"))
    except ValueError:
        return False
