"""What the index keeps of a plan: just what the task list needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.export.doubts import Checked
from pipeline.export.occurrences import days_of
from schemas import Plan, Task

Row: TypeAlias = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Rows of one plan, without the path that opens them in the index.

    `problem` says why a plan file could not be read.
    """

    number: str | None = None
    issuer: str | None = None
    abbreviations: tuple[tuple[str, str], ...] = ()
    units: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    task_units: tuple[Row, ...] = ()
    problem: str | None = None


def record_of(plan: Plan) -> Record:
    """The record of `plan`."""
    return Record(
        plan.document.number,
        plan.document.issuer,
        tuple((entry.short, entry.full) for entry in plan.abbreviations),
        tuple((unit.id, unit.name, _json(unit.written or (unit.name,))) for unit in plan.units),
        tuple(_tasks(plan)),
        tuple(
            (position, role, unit)
            for position, task in enumerate(plan.tasks, start=1)
            for role, units in (("lead", task.lead), ("support", task.support))
            for unit in units
        ),
    )


def _tasks(plan: Plan) -> list[Row]:
    names = {unit.id: unit.name for unit in plan.units}
    checked = Checked(plan)
    return [
        (
            position, task.id, task.title, _json([names[unit] for unit in task.lead]),
            _json([names[unit] for unit in task.support]), *_days(plan, task), _json(task.products),
            checked.page(f"tasks/{task.id}"),
        )
        for position, task in enumerate(plan.tasks, start=1)
    ]  # fmt: skip


def _days(plan: Plan, task: Task) -> Row:
    """start, due, last, recurrence, deadline, kind. A recurring task has no one due day: `due` is null."""
    deadline = task.deadline
    if deadline is None:
        return (None,) * 6
    days = days_of(deadline, plan)
    first = str(days.first) if days and days.first else None
    last = str(days.last) if days and days.last else None
    rule = days.rule if days else None
    return first, None if rule else last, last, rule, deadline.text, deadline.kind


def _json(values: Sequence[str]) -> str:
    return json.dumps(values, ensure_ascii=False)
