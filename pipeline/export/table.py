"""What a table of the database and a CSV file are made of: named, typed, documented columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pipeline.export.doubts import Checked
from pipeline.export.identity import NamedPlan
from schemas import Plan

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]
Kind: TypeAlias = Literal["text", "date", "integer", "real"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds and what that means. Dates are text, YYYY-MM-DD."""

    name: str
    meaning: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key: `columns` of this table are the key of a row of `table`."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One plan with what its rows are made from."""

    id: str
    plan: Plan
    checked: Checked
    units: dict[str, str] = field(default_factory=dict)

    def names(self, units: Iterable[str]) -> str | None:
        """The names of `units` (ids) as printed, joined by `; `."""
        return joined((self.units[unit] for unit in units), "; ")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `rows` gives those of one plan, in document order, as wide as `columns`."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Subject], Iterable[Row]]
    links: tuple[Link, ...] = ()


def subject_of(named: NamedPlan) -> Subject:
    """The plan made ready for its rows."""
    plan = named.plan
    return Subject(named.id, plan, Checked(plan), {unit.id: unit.name for unit in plan.units})


def joined(values: Iterable[str], by: str) -> str | None:
    """All `values` as one text; null where there is none."""
    return by.join(values) or None
