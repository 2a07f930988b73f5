"""What is made of a printed deadline, in the words of the contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["date", "period", "continuous", "recurring", "reference", "duration", "event", "unclear"]
Finding = tuple[str, str]
"""A stable code and a sentence that a clerk understands."""


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """A deadline (thời hạn) as printed and what it says.

    `start` and `due` are ISO 8601 dates, `recurrence` an RFC 5545 RRULE value, `duration`
    an ISO 8601 duration (working days count as days), `basis` the words a reference or
    an event stands on, as printed. Whatever is not printed is null.
    """

    text: str
    kind: Kind
    start: str | None = None
    due: str | None = None
    recurrence: str | None = None
    duration: str | None = None
    basis: str | None = None
    findings: tuple[Finding, ...] = field(default=())


def unclear(text: str, why: str) -> DeadlineReading:
    """A deadline that is kept as printed for a person to look at."""
    return DeadlineReading(text, "unclear", findings=(("deadline-unclear", why),))


def without_final_stop(text: str) -> str:
    """Outer spaces and one final stop, semicolon or comma gone; an ellipsis stays."""
    text = text.strip()
    if text[-1:] in {".", ";", ","} and not text.endswith(("..", "…")):
        return text[:-1].rstrip()
    return text
