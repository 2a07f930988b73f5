"""The index over a folder of plans: an SQLite file that is brought up to date before each search.

A file is read again when its size or time has changed and its content too. The index lies in
the folder itself, where that can be written to, else in the user's cache. Nothing is lost with
it: an index that is damaged or of another version is made anew. Several programs may use it
at once; each change is one transaction.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import KehoachError, MissingFile
from pipeline.plan_files import candidates_in, is_plan_file, read_plan
from pipeline.tasklist.records import Record, record_of
from schemas import PlanFileError

Watch: TypeAlias = Callable[[int, int], None]

INDEX_NAME = ".kehoach-index.sqlite"
IN_MEMORY = ":memory:"
INDEX_VERSION = 1
"""Rises when what the index holds changes."""

_WAIT = 60.0
"""Seconds to wait for another program's change."""

_SETTLED = 2_000_000_000
"""Nanoseconds: a file changed so shortly before we looked may change again within one tick of its clock."""

_SCHEMA = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, looked INTEGER, sha256 TEXT,
                    number TEXT, issuer TEXT, abbreviations TEXT, problem TEXT);
CREATE TABLE units (path TEXT, id TEXT, name TEXT, written TEXT, PRIMARY KEY (path, id));
CREATE TABLE tasks (path TEXT, position INTEGER, id TEXT, title TEXT, lead TEXT, support TEXT,
                    start TEXT, due TEXT, last TEXT, recurrence TEXT, deadline TEXT, kind TEXT,
                    products TEXT, page INTEGER, PRIMARY KEY (path, position));
CREATE TABLE task_units (path TEXT, position INTEGER, role TEXT, unit TEXT);
CREATE INDEX task_units_by_unit ON task_units(path, unit);
CREATE INDEX tasks_by_due ON tasks(due);
"""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it lies there."""

    path: str
    size: int
    mtime: int
    looked: int


@contextmanager
def fresh_index(
    folder: Path, watch: Callable[[int, int], None] | None = None
) -> Iterator[sqlite3.Connection]:
    """The index of `folder`, up to date.

    Args:
        folder: where the plans are, at any depth.
        watch: is told how many of the changed files have been read, and their number.

    Raises:
        MissingFile: if there is no such folder.
    """
    if not folder.is_dir():
        raise MissingFile(f"{folder} is no folder.", "Name the folder that the plan files are in.")
    with closing(_opened(index_place(folder), folder, watch)) as database:
        yield database


def index_place(folder: Path) -> str:
    """The index's file: in the folder, else in the user's cache, else in memory."""
    if os.access(folder, os.W_OK | os.X_OK):
        return str(folder / INDEX_NAME)
    cache = cache_folder()
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8")).hexdigest()[:16]
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return IN_MEMORY
    return str(cache / f"index-{name}.sqlite") if os.access(cache, os.W_OK) else IN_MEMORY


def cache_folder() -> Path:
    """Where this system keeps what programs can make again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kehoach"


def problems_of(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Path and message of each file that says it is a plan and could not be read."""
    return database.execute(
        "SELECT path, problem FROM files WHERE problem IS NOT NULL AND problem != '' ORDER BY path"
    ).fetchall()


def _opened(place: str, folder: Path, watch: Watch | None) -> sqlite3.Connection:
    try:
        return _updated(place, folder, watch)
    except sqlite3.OperationalError:
        return _updated(IN_MEMORY, folder, watch)  # locked for long, or no file can be made here
    except sqlite3.DatabaseError:
        # It is damaged. Another program may still have it open, which Windows does not like.
        with suppress(OSError):
            Path(place).unlink()
            return _updated(place, folder, watch)
        return _updated(IN_MEMORY, folder, watch)


def _updated(place: str, folder: Path, watch: Watch | None) -> sqlite3.Connection:
    with ExitStack() as whatever_happens:
        database = sqlite3.connect(place, timeout=_WAIT, isolation_level=None)
        whatever_happens.callback(database.close)
        _prepare(database)
        _refresh(database, folder, watch)
        whatever_happens.pop_all()  # all went well: it stays open
    return database


def _prepare(database: sqlite3.Connection) -> None:
    if database.execute("PRAGMA user_version").fetchone()[0] == INDEX_VERSION:
        return
    with _change(database):
        # Another program may have done it while we waited.
        if database.execute("PRAGMA user_version").fetchone()[0] == INDEX_VERSION:
            return
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            database.execute(f'DROP TABLE "{name}"')
        for statement in filter(str.strip, _SCHEMA.split(";")):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {INDEX_VERSION}")


def _refresh(database: sqlite3.Connection, folder: Path, watch: Watch | None) -> None:
    known = {
        row[0]: row[1:] for row in database.execute("SELECT path, size, mtime, looked, sha256 FROM files")
    }
    seen = list(_look(folder))
    gone = known.keys() - {file.path for file in seen}
    changed = [file for file in seen if not _unchanged(file, known.get(file.path))]
    if not changed and not gone:
        return
    read = []
    for number, file in enumerate(changed, start=1):
        entry = known.get(file.path)
        read.append((file, *_read(folder, file, entry[3] if entry else None)))
        if watch is not None:
            watch(number, len(changed))
    with _change(database):
        for path in gone:
            _forget(database, path)
        for file, digest, record in read:
            _store(database, file, digest, record)


def _look(folder: Path) -> Iterator[_Seen]:
    for path in candidates_in(folder):
        try:
            looked = time.time_ns()
            state = path.stat()
        except OSError:
            continue  # gone since it was listed
        yield _Seen(path.relative_to(folder).as_posix(), state.st_size, state.st_mtime_ns, looked)


def _unchanged(file: _Seen, entry: Sequence[int | str] | None) -> bool:
    if entry is None or (file.size, file.mtime) != tuple(entry[:2]):
        return False
    return int(entry[2]) - file.mtime > _SETTLED


def _read(folder: Path, file: _Seen, known: str | None) -> tuple[str, Record | None]:
    """The file's digest, and what the index keeps of it; null where the content is as known."""
    path = folder / file.path
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest == known:
            return digest, None
        return digest, record_of(read_plan(path)) if is_plan_file(path) else Record()
    except (KehoachError, PlanFileError) as error:
        return digest, Record(problem=error.message)
    except OSError as error:
        return "", Record(problem=f"Cannot open it: {error.strerror}.")


def _store(database: sqlite3.Connection, file: _Seen, digest: str, record: Record | None) -> None:
    if record is None:
        database.execute(
            "UPDATE files SET size = ?, mtime = ?, looked = ? WHERE path = ? AND sha256 = ?",
            (file.size, file.mtime, file.looked, file.path, digest),
        )
        return
    _forget(database, file.path)
    abbreviations = json.dumps(record.abbreviations, ensure_ascii=False)
    head = (record.number, record.issuer, abbreviations, record.problem)
    row = (file.path, file.size, file.mtime, file.looked, digest, *head)
    database.execute(f"INSERT INTO files VALUES ({', '.join('?' * len(row))})", row)
    for table in ("units", "tasks", "task_units"):
        rows = [(file.path, *entry) for entry in getattr(record, table)]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _forget(database: sqlite3.Connection, path: str) -> None:
    for table in ("files", "units", "tasks", "task_units"):
        database.execute(f"DELETE FROM {table} WHERE path = ?", (path,))


@contextmanager
def _change(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction; nobody else writes meanwhile."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")
