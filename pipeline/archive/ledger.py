"""The ledger: one SQLite row a document, in the output folder. It survives power cuts."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline.archive.job import Outcome
from pipeline.archive.scan import Found
from pipeline.errors import CannotWrite, OtherArchive

LEDGER = "ledger.sqlite"
_FORM = "1"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    path TEXT PRIMARY KEY,            -- below the folders, with / on every system
    output TEXT NOT NULL,             -- place of its result below the output folder, kept for ever
    output_key TEXT NOT NULL,         -- the same for places that some file system takes for one
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed', 'duplicate', 'skipped')),
    seen INTEGER NOT NULL,            -- the last run that found the file
    size INTEGER NOT NULL,
    sha256 TEXT,
    duplicate_of TEXT,                -- path of the document with the same content
    code TEXT NOT NULL DEFAULT '',    -- name of the error (pipeline.errors)
    reason TEXT NOT NULL DEFAULT '',
    pages INTEGER, ocr_pages INTEGER, tasks INTEGER, indicators INTEGER, legal_bases INTEGER,
    errors INTEGER, warnings INTEGER, notes INTEGER,      -- findings by severity
    seconds REAL, cpu_seconds REAL, peak_bytes INTEGER, attempts INTEGER,
    engine TEXT, version TEXT, fingerprint TEXT,          -- of the settings and the version
    digest TEXT                       -- JSON: what the report needs of each plan
);
CREATE INDEX IF NOT EXISTS documents_by_content ON documents (sha256);
CREATE INDEX IF NOT EXISTS documents_by_state ON documents (seen, state);
CREATE INDEX IF NOT EXISTS documents_by_output ON documents (output_key);
CREATE TABLE IF NOT EXISTS outputs (path TEXT PRIMARY KEY, key TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS outputs_by_key ON outputs (key);
CREATE INDEX IF NOT EXISTS outputs_by_document ON outputs (document);
"""
_BATCH = 500
_LONGEST_NAME = 240
"""Bytes: Linux allows 255; a split document's number needs some."""
_KEPT_OF_A_NAME = 180


@dataclass(frozen=True, slots=True)
class Row:
    """What the queue needs to know of a document."""

    path: str
    output: str
    state: str
    size: int
    sha256: str | None
    fingerprint: str | None
    code: str


def place_key(output: str) -> str:
    """Equal for places that Windows or macOS take for one."""
    return unicodedata.normalize("NFC", output).casefold()


def shortened(place: str) -> str:
    """`place` with its last part short enough for a file system; the rest of a long name is its digest."""
    folder, _, name = place.rpartition("/")
    if len(name.encode("utf-8")) <= _LONGEST_NAME:
        return place
    stem, dot, suffix = name.rpartition(".")
    kept = stem.encode("utf-8")[:_KEPT_OF_A_NAME].decode("utf-8", "ignore")
    mark = hashlib.sha256(place.encode("utf-8")).hexdigest()[:12]
    return f"{folder}/{kept}~{mark}{dot}{suffix}" if folder else f"{kept}~{mark}{dot}{suffix}"


class Ledger:
    """The open ledger of one output folder. Used from one thread."""

    def __init__(self, out: Path) -> None:
        """Open or make it.

        Raises:
            OtherArchive: a ledger of another version. CannotWrite: the folder cannot be written.
        """
        try:
            self._db = sqlite3.connect(out / LEDGER, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode=WAL")
            # In WAL mode a power cut loses the last rows at most, and those are done again.
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise CannotWrite(
                f"The ledger {out / LEDGER} cannot be opened ({error}).", "Check the folder, or move it away."
            ) from error
        self._db.row_factory = sqlite3.Row
        form = self.note("form")
        if form is None:
            self.set_note("form", _FORM)
        elif form != _FORM:
            raise OtherArchive(f"{out / LEDGER} is of version {form}.", "Use the kehoach that made it.")

    def close(self) -> None:
        self._db.close()

    def note(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def set_note(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def begin_run(self) -> int:
        """The number of a new run."""
        run = int(self.note("run") or 0) + 1
        self.set_note("run", str(run))
        return run

    @property
    def last_run(self) -> int:
        return int(self.note("run") or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:  # commits, or rolls back where something is raised
            yield

    # ── what was found ────────────────────────────────────────────────────

    def enter(self, found: Sequence[Found], run: int, suffix: str) -> list[str]:
        """Rows for what a scan found in one folder; the paths that are documents no more.

        A document keeps the place of its result for ever: what comes beside it later gets another.
        """
        closed = []
        with self.transaction():
            for item in found:
                before = self._db.execute(
                    "SELECT output, state FROM documents WHERE path = ?", (item.path,)
                ).fetchone()
                if item.why_not and before is not None and before["state"] != "skipped":
                    closed.append(item.path)
                output = before["output"] if before is not None and before["output"] else ""
                if not output and not item.why_not:
                    output = self._free_place(item, suffix)
                self._enter(item, output, run)
        return closed

    def _enter(self, item: Found, output: str, run: int) -> None:
        self._db.execute(
            "INSERT INTO documents (path, output, output_key, state, seen, size)"
            " VALUES (:path, :output, :key, 'pending', :run, :size)"
            " ON CONFLICT (path) DO UPDATE"
            " SET output = :output, output_key = :key, seen = :run, size = :size",
            {"path": item.path, "output": output, "key": place_key(output), "run": run, "size": item.size},
        )
        if item.why_not:
            state, code = "skipped", "PassedOver"
            where = "path = ?"
        else:
            state, code = "pending", ""
            where = "path = ? AND state = 'skipped'"
        self._db.execute(
            f"UPDATE documents SET state = ?, code = ?, reason = ?, duplicate_of = NULL WHERE {where}",
            (state, code, item.why_not, item.path),
        )

    def _free_place(self, item: Found, suffix: str) -> str:
        wishes = chain((item.output, item.path + suffix), (f"{item.path}~{n}{suffix}" for n in count(2)))
        return next(wish for wish in map(shortened, wishes) if not self.planned(wish))

    def reopen(self, path: str) -> None:
        """The document has no result any more; the next run makes one."""
        self._db.execute(
            "UPDATE documents SET state = 'pending' WHERE path = ? AND state <> 'skipped'", (path,)
        )

    def documents(self, run: int) -> Iterator[Row]:
        """What this run found and did not pass over by its name, in path order."""
        after = ""
        while True:
            rows = self._db.execute(
                "SELECT path, output, state, size, sha256, fingerprint, code FROM documents"
                " WHERE path > ? AND seen = ? AND state <> 'skipped'"
                " ORDER BY path LIMIT ?",
                (after, run, _BATCH),
            ).fetchall()
            if not rows:
                return
            yield from (Row(**dict(row)) for row in rows)
            after = rows[-1]["path"]

    def rows(self, paths: Iterable[str]) -> Iterator[Row]:
        """The documents with these paths, in the order given."""
        for path in paths:
            row = self._db.execute(
                "SELECT path, output, state, size, sha256, fingerprint, code FROM documents WHERE path = ?",
                (path,),
            ).fetchone()
            if row is not None:
                yield Row(**dict(row))

    def originals(self, row: Row, sha256: str, fingerprint: str, run: int) -> list[Row]:
        """Documents of the same content that have a result, or come first and will have one."""
        rows = self._db.execute(
            "SELECT path, output, state, size, sha256, fingerprint, code FROM documents"
            " WHERE sha256 = ? AND path <> ? AND seen = ? AND ((state = 'done' AND fingerprint = ?)"
            " OR (path < ? AND state IN ('pending', 'failed'))) ORDER BY path",
            (sha256, row.path, run, fingerprint, row.path),
        ).fetchall()
        return [Row(**dict(row)) for row in rows]

    # ── what became of it ─────────────────────────────────────────────────

    def begin(self, path: str, sha256: str | None) -> None:
        """The document is taken up; `sha256` is null where its content is not known."""
        self._db.execute(
            "UPDATE documents SET state = 'pending', sha256 = ?, duplicate_of = NULL, code = '', reason = ''"
            " WHERE path = ?",
            (sha256, path),
        )

    def set_duplicate(self, path: str, sha256: str, original: str) -> None:
        self._db.execute(
            "UPDATE documents SET state = 'duplicate', sha256 = ?, duplicate_of = ?, code = 'Duplicate',"
            " reason = ?, digest = NULL WHERE path = ?",
            (sha256, original, f"the same content as {original}", path),
        )

    def finish(self, path: str, outcome: Outcome, state: str, version: str, fingerprint: str) -> None:
        """The document has its result, or its reason for having none."""
        values = {
            "state": state, "code": outcome.code, "reason": outcome.reason, "duplicate_of": None,
            **asdict(outcome.counts), "seconds": outcome.seconds, "cpu_seconds": outcome.cpu_seconds,
            "peak_bytes": outcome.peak_bytes, "attempts": outcome.attempts, "engine": outcome.engine,
            "version": version, "fingerprint": fingerprint,
            "digest": json.dumps(outcome.digest, ensure_ascii=False) if outcome.digest else None,
        }  # fmt: skip
        columns = ", ".join(f"{name} = :{name}" for name in values)
        self._db.execute(f"UPDATE documents SET {columns} WHERE path = :path", {**values, "path": path})

    # ── results in the output folder ──────────────────────────────────────

    def outputs(self, path: str) -> list[str]:
        """The files written for a document."""
        rows = self._db.execute("SELECT path FROM outputs WHERE document = ? ORDER BY path", (path,))
        return [str(row["path"]) for row in rows]

    def claim(self, path: str, outputs: Iterable[str]) -> None:
        """These files, and no others, are the results of `path`."""
        self._db.execute("DELETE FROM outputs WHERE document = ?", (path,))
        self._db.executemany(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?)",
            [(output, place_key(output), path) for output in outputs],
        )

    def planned(self, output: str) -> bool:
        """True if this place belongs to some document's result."""
        query = "SELECT 1 FROM documents WHERE output_key = ? UNION SELECT 1 FROM outputs WHERE key = ?"
        key = place_key(output)
        return self._db.execute(query, (key, key)).fetchone() is not None

    # ── looking back ──────────────────────────────────────────────────────

    def count(self, run: int) -> dict[str, int]:
        """Documents found by `run`, by state."""
        rows = self._db.execute(
            "SELECT state, count(*) AS n FROM documents WHERE seen = ? GROUP BY state", (run,)
        )
        return {str(row["state"]): int(row["n"]) for row in rows}

    def every(self, run: int) -> Iterator[dict[str, Any]]:
        """All columns of all documents found by `run`, in path order."""
        for row in self._db.execute("SELECT * FROM documents WHERE seen = ? ORDER BY path", (run,)):
            yield dict(row)
