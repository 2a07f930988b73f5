"""What is asked of the task list and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["lead", "support"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks to list; null and empty mean all.

    Args:
        unit: a unit that leads or supports the task.
        role: only what it leads, or only what it supports.
        exact: without the collectives that the unit belongs to.
        due_before, due_after: the days between which it is due, themselves left out.
        kinds: kinds of deadline; `none` is for tasks without.
    """

    unit: str | None = None
    role: Role | None = None
    exact: bool = False
    due_before: date | None = None
    due_after: date | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A task of the list.

    `due` is the first due day within those asked for; of a recurring task its next one. `through`
    are the units by which it was found where they are not named so: collectives.
    """

    file: str
    number: str | None
    issuer: str | None
    id: str
    title: str | None
    lead: tuple[str, ...]
    support: tuple[str, ...]
    start: str | None
    due: str | None
    recurrence: str | None
    deadline: str | None
    kind: str | None
    products: tuple[str, ...]
    page: int | None
    through: tuple[str, ...] = ()
