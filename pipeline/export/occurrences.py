"""The days of a deadline: when it begins, when it is due, when it comes round again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr

from schemas import Deadline, Plan

_DAILY_AT_MOST = ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")
_FURTHEST = timedelta(days=366 * 5)
"""A rule that gives no day within five years gives none (30 February)."""


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar of one deadline.

    `first` and `last` are its first and last day; null where the document does not say.
    `rule` is an RFC 5545 RRULE value that counts from `first`, which is one of its days.
    """

    first: date | None
    last: date | None
    rule: str | None = None

    def within(self, after: date | None, before: date | None) -> Iterator[date]:
        """The due days later than `after` and earlier than `before`, rising."""
        if self.rule is None or self.first is None:
            due = self.last
            if due is not None and (after is None or due > after) and (before is None or due < before):
                yield due
            return
        end = (before - timedelta(days=1)) if before else (after or self.first) + _FURTHEST
        for day in _days(self.rule, self.first, end):
            if after is None or day > after:
                yield day


def days_of(deadline: Deadline | None, plan: Plan) -> Days | None:
    """The calendar of `deadline`; null for one that has no day at all.

    A rule runs from the deadline's own start, else from the start of the plan's period or its
    date of issue, to the deadline's or the plan's end.
    """
    if deadline is None:
        return None
    if deadline.recurrence is None:
        if deadline.due is None and deadline.start is None:
            return None
        return Days(_date(deadline.start), _date(deadline.due))
    period = plan.document.period
    begin = _date(deadline.start or (period.start if period else None) or plan.document.date)
    end = _date(deadline.due or (period.end if period else None))
    if begin is None:
        return None
    if end is not None and end < begin:
        end = None
    rule = deadline.recurrence
    if end is not None and "UNTIL=" not in rule and "COUNT=" not in rule:
        rule = f"{rule};UNTIL={end:%Y%m%d}"
    first = next(_days(rule, begin, begin + _FURTHEST), None)
    return None if first is None else Days(first, end, rule)


def _days(rule: str, first: date, end: date) -> Iterator[date]:
    """The days of `rule` from `first` to `end`; none for a rule by the hour or one without sense."""
    if not rule.startswith(_DAILY_AT_MOST):
        return
    try:
        moments = rrulestr(rule, dtstart=datetime.combine(first, time()))
    except ValueError:
        return
    seen: date | None = None
    limit = datetime.combine(end, time.max)
    for moment in takewhile(lambda moment: moment <= limit, moments):
        if moment.date() != seen:
            seen = moment.date()
            yield seen


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
