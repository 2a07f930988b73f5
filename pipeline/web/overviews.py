"""A plan and a folder at a glance: tasks along the year, by unit, what is due, what is clear."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pipeline.clarity import QUESTIONS, clarity_of
from pipeline.export.occurrences import days_of
from pipeline.tasklist import Listed, Wanted, find_tasks
from pipeline.web.answers import (
    ClarityMatrix,
    ClarityRow,
    DueTask,
    FolderUnit,
    Overview,
    Timeline,
    TimelineTask,
    UnitLoad,
)
from pipeline.web.plan_ids import plan_id
from pipeline.web.refusals import Refusal
from schemas import Plan, Task

_MOST_DATES = 400
"""Days of one recurring task: every day of a year and some."""
_PATIENCE = 3.0
"""Seconds that somebody waits for the overview before hearing how far it has come."""
_ONE_DAY = timedelta(days=1)
_FIELD_OF = {
    "person": "lead", "work": "title", "time": "deadline", "responsibility": "lead", "product": "products",
    "authority": "title",
}  # fmt: skip
"""The field of the task that each of the six questions looks at."""


def timeline_of(plan: Plan) -> Timeline:
    """The plan's tasks with their days, and its units with their tasks."""
    period = plan.document.period
    names = {unit.id: unit.name for unit in plan.units}
    tasks = tuple(_on_timeline(plan, task, names) for task in plan.tasks)
    days = [day for task in tasks for day in (task.start, task.due, *task.dates) if day]
    return Timeline(
        start=(period.start if period else None) or min(days, default=None),
        end=(period.end if period else None) or max(days, default=None),
        tasks=tasks,
        units=tuple(_loads(plan)),
    )


def matrix_of(plan: Plan) -> ClarityMatrix:
    """The six answers for each task."""
    rows = tuple(
        ClarityRow(
            id=one.id,
            title=one.title,
            answers=dict(zip(QUESTIONS, one.answers, strict=True)),
            fields={question: f"tasks/{one.id}/{field}" for question, field in _FIELD_OF.items()},
            clear=one.clear,
        )
        for one in clarity_of(plan)
    )
    return ClarityMatrix(questions=QUESTIONS, tasks=rows, clear=sum(row.clear for row in rows))


class _Closed(Exception):
    """The server stops."""


class Overviews:
    """Looks over the folder. Many plans that were never read take minutes: the question is answered
    with how far it has come, and asked again."""

    def __init__(self, folder: Path, patience: float = _PATIENCE) -> None:
        self._folder = folder
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="kehoach-overview")
        self._lock = threading.Lock()
        self._work: dict[tuple[date, int], Future[Overview]] = {}
        self._read = (0, 0)
        self._closed = False

    def of(self, today: date, days: int) -> Overview:
        """What is due from `today` for so many days, and who has how much.

        Raises:
            Refusal: 409 while plans are being read.
        """
        key = (today, days)
        with self._lock:
            work = self._work.get(key) or self._thread.submit(self._overview, today, days)
            self._work[key] = work
        try:
            return work.result(self._patience)
        except TimeoutError:
            done, of = self._read
            raise Refusal(409, "reading", done=done, of=of) from None
        finally:
            if work.done():
                with self._lock:
                    self._work.pop(key, None)

    def close(self) -> None:
        """Nobody waits any more: what is being read is left at the next plan."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _overview(self, today: date, days: int) -> Overview:
        return overview_of(self._folder, today, days, self._watch)

    def _watch(self, done: int, of: int) -> None:
        self._read = (done, of)
        if self._closed:
            raise _Closed


def overview_of(
    folder: Path, today: date, days: int, watch: Callable[[int, int], None] | None = None
) -> Overview:
    """What is due from `today` for so many days in all plans of the folder, and who has how much.

    `watch` is told how many of the plans that have changed were read, and their number.
    """
    until = today + timedelta(days=days)
    everything = find_tasks(folder, Wanted(), watch)
    due = find_tasks(folder, Wanted(due_after=today - _ONE_DAY, due_before=until + _ONE_DAY))
    leads = Counter(unit for task in everything for unit in task.lead)
    supports = Counter(unit for task in everything for unit in task.support)
    units = (
        FolderUnit(name=name, lead=leads[name], support=supports[name]) for name in {**leads, **supports}
    )
    day = today.isoformat()
    return Overview(
        today=day,
        until=until.isoformat(),
        due=tuple(_due(folder, task) for task in due if task.due),
        overdue=sum(
            1 for task in everything if task.due and not task.recurrence and task.due < today.isoformat()
        ),
        units=tuple(sorted(units, key=lambda unit: (-unit.lead, -unit.support, unit.name))),
        plans=len({task.file for task in everything}),
        tasks=len(everything),
    )


def _on_timeline(plan: Plan, task: Task, names: dict[str, str]) -> TimelineTask:
    deadline = task.deadline
    days = days_of(deadline, plan)
    dates: tuple[str, ...] = ()
    if days is not None and days.rule and days.first:
        within = days.within(days.first - _ONE_DAY, days.last + _ONE_DAY if days.last else None)
        dates = tuple(day.isoformat() for day in islice(within, _MOST_DATES))
    return TimelineTask(
        id=task.id,
        title=task.title,
        lead=tuple(names[unit] for unit in task.lead),
        support=tuple(names[unit] for unit in task.support),
        text=deadline.text if deadline else None,
        kind=deadline.kind if deadline else None,
        start=deadline.start if deadline else None,
        due=deadline.due if deadline else None,
        dates=dates,
    )


def _loads(plan: Plan) -> Iterator[UnitLoad]:
    for unit in plan.units:
        lead = [task.id for task in plan.tasks if unit.id in task.lead]
        support = [task.id for task in plan.tasks if unit.id in task.support]
        if lead or support:
            yield UnitLoad(
                id=unit.id, name=unit.name, lead=len(lead), support=len(support), tasks=(*lead, *support)
            )


def _due(folder: Path, task: Listed) -> DueTask:
    return DueTask(
        plan=plan_id(folder, folder / task.file),
        number=task.number,
        issuer=task.issuer,
        id=task.id,
        title=task.title,
        lead=task.lead,
        due=task.due or "",
        deadline=task.deadline,
    )
