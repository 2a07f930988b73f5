"""The search over all plans of a folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.export.occurrences import Days
from pipeline.tasklist.index import fresh_index, problems_of
from pipeline.tasklist.listed import Listed, Wanted
from pipeline.tasklist.unit_search import How, UnitSearch
from pipeline.tasklist.unit_words import own_abbreviations

_LATEST = "9999-12-31"

_TASKS = """
SELECT tasks.path, tasks.position, files.number, files.issuer, tasks.id, tasks.title,
       tasks.lead, tasks.support, tasks.start, tasks.due, tasks.last, tasks.recurrence,
       tasks.deadline, tasks.kind, tasks.products, tasks.page
FROM tasks JOIN files ON files.path = tasks.path
"""

_FOUND = """
SELECT task_units.path, task_units.position, matched.name, matched.how
FROM matched JOIN task_units ON task_units.path = matched.path AND task_units.unit = matched.unit
"""


def find_tasks(
    folder: Path,
    wanted: Wanted,
    watch: Callable[[int, int], None] | None = None,
    complain: Callable[[str, str], None] | None = None,
) -> tuple[Listed, ...]:
    """The tasks that are wanted, those due first at the top.

    Args:
        folder: where the plan files are, at any depth.
        wanted: which tasks.
        watch: is told the progress while plans are being read into the index.
        complain: is told path and message of each plan file that could not be read.

    Raises:
        MissingFile: if there is no such folder.
    """
    with fresh_index(folder, watch) as database:
        if complain is not None:
            for path, problem in problems_of(database):
                complain(path, problem)
        found = _found_units(database, wanted) if wanted.unit is not None else None
        rows = database.execute(*_query(wanted)).fetchall()
    listed = (_listed(row, wanted, found) for row in rows)
    return tuple(sorted((task for task in listed if task is not None), key=_order))


def _query(wanted: Wanted) -> tuple[str, list[str]]:
    """The tasks that days and kinds leave; of recurring ones the days are counted later."""
    conditions, values = [], []
    if wanted.due_before:
        conditions.append("(tasks.due < ? OR tasks.recurrence IS NOT NULL)")
        values.append(str(wanted.due_before))
    if wanted.due_after:
        conditions.append("(tasks.due > ? OR tasks.recurrence IS NOT NULL)")
        values.append(str(wanted.due_after))
    if wanted.kinds:
        conditions.append(f"coalesce(tasks.kind, 'none') IN ({', '.join('?' * len(wanted.kinds))})")
        values += wanted.kinds
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"{_TASKS} {where} ORDER BY tasks.path, tasks.position", values


Found = dict[tuple[str, int], dict[str, How]]
"""Path and position of a task, to the names by which it was found and how."""


def _found_units(database: sqlite3.Connection, wanted: Wanted) -> Found:
    database.execute("CREATE TEMP TABLE matched (path TEXT, unit TEXT, name TEXT, how TEXT)")
    database.executemany("INSERT INTO matched VALUES (?, ?, ?, ?)", _matched(database, wanted))
    role = " WHERE task_units.role = ?" if wanted.role else ""
    found: Found = {}
    rows = database.execute(_FOUND + role, [wanted.role] if wanted.role else [])
    for path, position, name, how in rows:
        found.setdefault((path, position), {})[name] = how
    return found


def _matched(database: sqlite3.Connection, wanted: Wanted) -> list[tuple[str, str, str, How]]:
    """Path, id and name of each unit that answers the search, and how."""
    search = UnitSearch(wanted.unit or "")
    known: dict[tuple[str, str | None, str], How | None] = {}
    matched = []
    rows = database.execute(
        "SELECT units.path, units.id, units.name, units.written, files.abbreviations, files.issuer "
        "FROM units JOIN files ON files.path = units.path"
    ).fetchall()
    for path, unit, name, written, abbreviations, issuer in rows:
        key = (written, issuer, abbreviations)
        if key not in known:
            known[key] = _best(search, json.loads(written), abbreviations, issuer)
        how = known[key]
        if how is not None and not (wanted.exact and how == "collective"):
            matched.append((path, unit, name, how))
    return matched


def _best(search: UnitSearch, names: Sequence[str], abbreviations: str, issuer: str | None) -> How | None:
    own = own_abbreviations(json.loads(abbreviations))
    answers = {search.finds(name, own, issuer or "") for name in names}
    return "named" if "named" in answers else "collective" if "collective" in answers else None


def _listed(row: tuple[Any, ...], wanted: Wanted, found: Found | None) -> Listed | None:
    (path, position, number, issuer, task, title, lead, support,
     start, due, last, recurrence, deadline, kind, products, page) = row  # fmt: skip
    names = found.get((path, position)) if found is not None else {}
    if names is None:
        return None
    if recurrence is not None:
        days = Days(_day(start), _day(last), recurrence)
        due = next((str(day) for day in days.within(wanted.due_after, wanted.due_before)), None)
        if due is None and (wanted.due_after or wanted.due_before):
            return None
    through = () if "named" in names.values() else tuple(names)
    return Listed(
        path, number, issuer, task, title, _names(lead), _names(support), start, due, recurrence,
        deadline, kind, _names(products), page, through,
    )  # fmt: skip


def _order(task: Listed) -> tuple[str, str]:
    """By day, those without one at the end; within a day as they stand in the plans."""
    return task.due or _LATEST, task.file


def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
