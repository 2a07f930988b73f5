"""Columns that several tables share, and their values."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.export.table import Column, Link, Subject, Value
from schemas import Deadline

PLAN = Column("plan", "which plan: `plans.plan`")
POSITION = Column("position", "place in the document's order, from 1", "integer")
PAGE = Column("page", "page it begins on; null for inputs without pages", "integer")
DOUBTS = Column("doubts", "why a person should check it, one reason a line; null when nothing is doubtful")
OF_PLAN = Link(("plan",), "plans", ("plan",))
DEADLINE = (
    Column("deadline", "the deadline as printed"),
    Column("deadline_kind", "date, period, continuous, recurring, reference, duration, event or unclear"),
    Column("start", "first day of a period", "date"),
    Column("due", "last day", "date"),
    Column("recurrence", "how it recurs: an RFC 5545 RRULE value"),
    Column("duration", "how long it takes: ISO 8601, P20D"),
    Column("basis", "the event or document that the deadline depends on"),
)


def deadline_values(deadline: Deadline | None) -> tuple[Value, ...]:
    """The values of `DEADLINE`."""
    if deadline is None:
        return (None,) * len(DEADLINE)
    return (
        deadline.text, deadline.kind, deadline.start, deadline.due,
        deadline.recurrence, deadline.duration, deadline.basis,
    )  # fmt: skip


def doubts_value(subject: Subject, item: str) -> str | None:
    """The value of `DOUBTS`."""
    return "\n".join(subject.checked.all(item)) or None


def lines(values: Sequence[str]) -> str | None:
    """A list as one text, one entry a line."""
    return "\n".join(values) or None
