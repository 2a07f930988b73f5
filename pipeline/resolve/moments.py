"""A time as printed, with the parts that are not printed left null.

Giving it a year is another matter (`pipeline.resolve.plan_years`), finding it too
(`pipeline.resolve.dates`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "month", "quarter", "half", "year", "school"]


@dataclass(frozen=True, slots=True)
class Point:
    """A printed point in time; `day` is null for a whole month, `year` where none is printed."""

    year: int | None
    month: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed time: where it stands, its finest part, its first and last point.

    `span` is True where two ends are printed, `onward` for "from ... on" without an end,
    `bare` for a year without "năm"; `several` where more were printed and the first is
    taken ("ngày 6 và 20/11"). `sound` is False where it cannot be a time
    (31/02) or can be read in two ways (28/3/22).
    """

    start: int
    end: int
    grain: Grain
    first: Point
    last: Point
    span: bool = False
    onward: bool = False
    bare: bool = False
    sound: bool = True
    several: bool = False

    @property
    def year_printed(self) -> bool:
        return self.first.year is not None or self.last.year is not None


def first_day(point: Point, year: int | None = None) -> date | None:
    """The first day of `point`; `year` fills in for one that is not printed."""
    known = point.year or year
    if known is None:
        return None
    try:
        return date(known, point.month, 1 if point.day is None else point.day)
    except ValueError:
        return None


def last_day(point: Point, year: int | None = None) -> date | None:
    """The last day of `point`: the day itself, or the end of its month."""
    first = first_day(point, year)
    if first is None or point.day is not None:
        return first
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
