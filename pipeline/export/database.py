"""All plans as one SQLite database: tables with keys, and a view of what is due."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from pipeline.export.identity import NamedPlan
from pipeline.export.table import Table, subject_of
from pipeline.export.tables import TABLES

SCHEMA_VERSION = 1
"""`PRAGMA user_version`: rises when a table or column is renamed or dropped."""

APPLICATION_ID = 0x6B686F61
"""`khoa`: tells tools such as `file` whose database it is."""

_TYPES = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "real": "REAL"}

TASKS_DUE = """\
CREATE VIEW tasks_due AS
SELECT tasks.due, tasks.start, tasks.plan, plans.number, plans.issuer, tasks.id, tasks.title, tasks.lead,
       tasks.support, tasks.products, tasks.deadline, tasks.deadline_kind, tasks.page, plans.file
FROM tasks JOIN plans ON plans.plan = tasks.plan
WHERE tasks.due IS NOT NULL
ORDER BY tasks.due, tasks.plan, tasks.position"""


def to_sqlite(plans: Sequence[NamedPlan]) -> bytes:
    """The database as the bytes of its file; the same plans give the same bytes."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        database.execute("PRAGMA foreign_keys = ON")
        for statement in statements():
            database.execute(statement)
        subjects = [subject_of(named) for named in plans]
        for table in TABLES:
            marks = ", ".join("?" * len(table.columns))
            rows = (row for subject in subjects for row in table.rows(subject))
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
        database.commit()
        return database.serialize()


def statements() -> list[str]:
    """The schema, statement by statement."""
    indexes = [
        "CREATE INDEX tasks_by_due ON tasks(due)",
        "CREATE INDEX task_units_by_unit ON task_units(plan, unit)",
    ]
    return [*(_create(table) for table in TABLES), *indexes, TASKS_DUE]


def _create(table: Table) -> str:
    parts = [
        f"{column.name} {_TYPES[column.kind]}{' NOT NULL' if column.name in table.key else ''}"
        for column in table.columns
    ]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [
        f"FOREIGN KEY ({', '.join(link.columns)}) REFERENCES {link.table}({', '.join(link.target)})"
        for link in table.links
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + "\n)"
