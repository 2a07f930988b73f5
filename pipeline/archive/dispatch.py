"""`dispatch(job)`: what every executor runs, on this machine or on a worker of a cluster."""

from __future__ import annotations

import atexit
import re
import tempfile
import threading
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from pipeline.archive.cell import Cell, Closed, OnPage
from pipeline.archive.job import Job, Outcome
from pipeline.version import VERSION

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 120

Kind: TypeAlias = tuple[int, str]
"""Of a worker process: its bound of memory in bytes, the function it converts with."""


class Cells:
    """The worker processes of this machine; whoever has a document borrows an idle one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: set[Cell] = set()
        self._idle: dict[Kind, list[Cell]] = {}
        self._closed = False

    def borrow(self, kind: Kind) -> Cell:
        """An idle cell of this kind, or a new one."""
        with self._lock:
            if self._closed:
                raise Closed
            idle = self._idle.get(kind)
            if idle:
                return idle.pop()
            cell = Cell(*kind)
            self._all.add(cell)
            return cell

    def give_back(self, cell: Cell, kind: Kind) -> None:
        with self._lock:
            if not self._closed:
                self._idle.setdefault(kind, []).append(cell)

    def pids(self) -> list[int]:
        """Of the worker processes that run now."""
        with self._lock:
            return [cell.pid for cell in self._all if cell.pid is not None]

    def end_all(self, *, for_good: bool = False) -> None:
        """End every worker process, busy ones too."""
        with self._lock:
            self._closed = self._closed or for_good
            cells = list(self._all)
            self._all.clear()
            self._idle.clear()
        for cell in cells:
            cell.close()


CELLS = Cells()
atexit.register(CELLS.end_all, for_good=True)


def dispatch(job: Job, scratch_root: str | None = None, on_page: OnPage | None = None) -> Outcome:
    """Convert one document in a worker process of this machine.

    Temporary files go to a private folder below `scratch_root` (the system's, unless given)
    that is gone when this returns, however the worker ended.
    """
    limits = job.read_limits()
    kind = (limits.memory_bytes, job.converter)
    cell = CELLS.borrow(kind)
    try:
        with tempfile.TemporaryDirectory(
            prefix="kehoach-", dir=scratch_root, ignore_cleanup_errors=True
        ) as scratch:
            return cell.run(_unpacked(job, scratch), limits, scratch, on_page or _unwatched)
    finally:
        CELLS.give_back(cell, kind)


def version_here() -> str:
    """Asked of every worker of a cluster before anything is sent to it."""
    return VERSION


def _unpacked(job: Job, scratch: str) -> Job:
    """With the file that was sent along on disk, under its own name as far as that is safe."""
    if job.content is None:
        return job
    folder = Path(scratch) / "sent"
    folder.mkdir(mode=0o700)
    path = folder / safe_name(job.path)
    path.write_bytes(job.content)
    return replace(job, path=str(path), content=None)


def safe_name(path: str) -> str:
    """The last part of a path, harmless on every system: no separators, no drive, not too long."""
    name = _NOT_IN_NAMES.sub("_", PurePosixPath(path).name).strip(" .") or "document"
    return name[-_LONGEST_NAME:]


def _unwatched(_page: int, _pages: int) -> None:
    """Nobody looks."""
