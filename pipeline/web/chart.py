"""A plan's tasks along the year: where each deadline lies on a line of months.

Positions are pixels of a drawing `WIDTH` wide; what is written on it is the template's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.web.answers import Timeline, TimelineTask

WIDTH = 760
ROW = 28
"""Pixels of one task's line."""
SOON = 30
"""Days in which a deadline is near."""
_MARGIN = 12
_LONGEST = 366 * 6
"""Days: a target year far ahead does not press this year's months together."""
_MOST_TIMES = 60
_MOST_MONTHS = 18
"""Up to so many months each has its number written."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the axis; `year` where it is to be written, `named` where the month is."""

    x: float
    month: int
    year: int | None
    named: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A task on the drawing: a day, a span, or the days on which it recurs.

    tone: past, soon or later; continuous and recurring are tones of their own.
    """

    task: TimelineTask
    tone: str
    x0: float
    x1: float
    times: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """The tasks under one heading; `heading` is a lead's name, or null where there is none."""

    heading: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing, and the tasks that have no place on it."""

    months: tuple[Month, ...]
    today: float | None
    lanes: tuple[Lane, ...]
    undated: tuple[TimelineTask, ...]

    @property
    def dated(self) -> int:
        """How many tasks have a place on the drawing."""
        return len({line.task.id for lane in self.lanes for line in lane.lines})


def chart_of(timeline: Timeline, today: date, *, by_unit: bool) -> Chart:
    """The tasks in the order of their deadlines, in one lane or in one for each lead."""
    first, last = _span(timeline, today)
    scale = _Scale(first, last)
    lines = [line for task in timeline.tasks if (line := _line(task, scale, today))]
    lines.sort(key=lambda line: (_is_long(line), line.task.due or "", line.x0))
    placed = {line.task.id for line in lines}
    return Chart(
        tuple(scale.months()),
        scale.x(today) if first <= today <= last else None,
        _lanes(lines) if by_unit else (Lane(None, tuple(lines)),),
        tuple(task for task in timeline.tasks if task.id not in placed),
    )


def due_by_month(timeline: Timeline) -> list[tuple[str, int]]:
    """Tasks by the month of their last day, `2025-04`, months without any among them.

    Recurring and continuous tasks are left out: they would be the same in every month.
    """
    lasting = ("recurring", "continuous")
    days = sorted(task.due for task in timeline.tasks if task.due and task.kind not in lasting)
    if not days:
        return []
    counts = Counter(day[:7] for day in days)
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    return [(f"{month:%Y-%m}", counts[f"{month:%Y-%m}"]) for month in _months_of(first, last)]


class _Scale:
    """Days to pixels."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._of_a_day = (WIDTH - 2 * _MARGIN) / max((last - first).days, 1)

    def x(self, day: date) -> float:
        within = min(max(day, self.first), self.last)
        return round(_MARGIN + (within - self.first).days * self._of_a_day, 1)

    def months(self) -> Iterable[Month]:
        every = _months_of(self.first, self.last)
        step = 1 if len(every) <= _MOST_MONTHS else 3 if len(every) <= 3 * _MOST_MONTHS else 12
        for place, month in enumerate(every):
            year = month.year if place == 0 or month.month == 1 else None
            yield Month(self.x(month), month.month, year, named=(month.month - 1) % step == 0)


def _line(task: TimelineTask, scale: _Scale, today: date) -> Line | None:
    start, due = _day(task.start), _day(task.due)
    times = tuple(scale.x(date.fromisoformat(day)) for day in task.dates[:_MOST_TIMES])
    if times:
        return Line(task, "recurring", times[0], times[-1], times)
    if task.kind == "continuous":
        return Line(task, "continuous", scale.x(start or scale.first), scale.x(due or scale.last))
    if due is None:
        return None
    tone = "past" if due < today else "soon" if due <= today + timedelta(days=SOON) else "later"
    return Line(task, tone, scale.x(start or due), scale.x(due))


def _is_long(line: Line) -> bool:
    """Without one day on which it is due: after those that have one."""
    return line.tone in ("continuous", "recurring")


def _lanes(lines: Sequence[Line]) -> tuple[Lane, ...]:
    """A lane for each lead, those with most tasks first; a task with two leads is in both."""
    led: dict[str | None, list[Line]] = {}
    for line in lines:
        for unit in line.task.lead or (None,):
            led.setdefault(unit, []).append(line)
    most_first = sorted(led.items(), key=lambda entry: (entry[0] is None, -len(entry[1]), entry[0] or ""))
    return tuple(Lane(name, tuple(lane)) for name, lane in most_first)


def _span(timeline: Timeline, today: date) -> tuple[date, date]:
    """First and last day of the axis, whole months: the plan's time and every deadline near it."""
    texts = [timeline.start, timeline.end]
    texts += [text for task in timeline.tasks for text in (task.start, task.due)]
    days = [date.fromisoformat(text) for text in texts if text] or [today]
    first = min(days).replace(day=1)
    return first, _end_of_month(max(day for day in days if (day - first).days <= _LONGEST))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _months_of(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
