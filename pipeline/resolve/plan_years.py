"""Giving a printed time the year that it leaves out.

The contract: a year that is not printed is taken from the plan's period or date, with
the finding `year-inferred`. Where the period allows several years, none is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.resolve.moments import Moment, first_day, last_day


@dataclass(frozen=True, slots=True)
class PlanYears:
    """What the plan says about its own time: its year, its period and its date (ISO 8601)."""

    year: int | None = None
    period: tuple[str | None, str | None] | None = None
    reference_date: str | None = None

    def year_of(self, moment: Moment) -> int | None:
        """The one year that `moment` can belong to, null where the plan leaves it open."""
        start, end = self.period or (None, None)
        if start and end:
            inside = self._years_inside(moment, date.fromisoformat(start), date.fromisoformat(end))
            if len(inside) == 1:
                return inside[0]
            if start[:4] == end[:4]:
                return int(start[:4])
            return self.year
        known = start or end or self.reference_date
        return self.year or (int(known[:4]) if known else None)

    @staticmethod
    def _years_inside(moment: Moment, start: date, end: date) -> list[int]:
        years = []
        for year in range(start.year, end.year + 1):
            first, last = first_day(moment.first, year), last_day(moment.last, year)
            if first and last and first <= end and last >= start:
                years.append(year)
        return years


@dataclass(frozen=True, slots=True)
class Settled:
    """The days of a moment, ISO 8601; null for an end that is not known. `inferred` is the year supplied."""

    start: str | None
    end: str | None
    inferred: int | None = None


def settle(moment: Moment, years: PlanYears) -> Settled:
    """The first and last day of `moment`; both null where it is unsound or no year can be given."""
    if not moment.sound:
        return Settled(None, None)
    inferred = None if moment.year_printed else years.year_of(moment)
    first, last = first_day(moment.first, inferred), last_day(moment.last, inferred)
    if first is None or last is None or first > last:
        return Settled(None, None)
    end = None if moment.onward else last.isoformat()
    return Settled(first.isoformat(), end, inferred)
