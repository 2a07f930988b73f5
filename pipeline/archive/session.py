"""A run from its lock to its end: what `kehoach archive`, `kehoach watch` and tests share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.executors import Workplace, dask_workplace, local_workplace, usable_cores
from pipeline.archive.ledger import Ledger
from pipeline.archive.place import ResultWriter, locked, new_scratch
from pipeline.archive.queue import Archive, ArchiveOptions
from pipeline.archive.scan import Roots, scan
from pipeline.archive.stop import Stop
from pipeline.archive.tally import Listener, Tally
from pipeline.errors import OtherArchive


@dataclass(frozen=True, slots=True)
class Where:
    """Where the work is done: `workers` processes here, or the Dask cluster at `dask`."""

    workers: int = field(default_factory=usable_cores)
    dask: str | None = None
    send_files: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """An archive that is open: locked, its ledger at hand, its workers ready."""

    archive: Archive
    ledger: Ledger
    workplace: Workplace
    roots: Roots
    out: Path


def archive_once(
    folders: Sequence[Path], out: Path, options: ArchiveOptions, where: Where, listener: Listener, stop: Stop
) -> Tally:
    """Convert all that lies below `folders` and is not converted yet.

    Raises:
        MissingFile, CannotWrite, ArchiveBusy, OtherArchive, NoCluster: the run cannot begin or
        go on. What is done is in the ledger, and a repetition goes on from there.
    """
    with opened(folders, out, options, where, listener) as session:
        for found in scan(session.roots, out, options.suffix):
            session.archive.enter(found)
            if stop:
                break
        listener.begin(session.archive.tally)
        session.archive.convert(session.workplace, stop)
        listener.end(session.archive.tally)
        return session.archive.tally


@contextmanager
def opened(
    folders: Sequence[Path], out: Path, options: ArchiveOptions, where: Where, listener: Listener
) -> Iterator[Session]:
    """Lock `out` and have everything ready; raises as `archive_once` does."""
    roots = Roots.of(folders)
    with ExitStack() as stack:
        stack.enter_context(locked(out))
        ledger = Ledger(out)
        stack.callback(ledger.close)
        _check_roots(ledger, roots, out)
        writer = ResultWriter(out)
        stack.callback(writer.close)
        scratch = new_scratch(ledger.note("scratch"))
        stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        ledger.set_note("scratch", str(scratch))
        archive = Archive(roots, ledger, writer, options, listener)
        workplace = stack.enter_context(_workplace(where, str(scratch), listener))
        yield Session(archive, ledger, workplace, roots, out)


def _workplace(where: Where, scratch: str, listener: Listener) -> AbstractContextManager[Workplace]:
    if where.dask:
        return dask_workplace(where.dask, send_files=where.send_files)
    return local_workplace(where.workers, scratch, listener.page)


def _check_roots(ledger: Ledger, roots: Roots, out: Path) -> None:
    """The same output folder is for the same folders: else their trees would be mixed in it."""
    names = json.dumps(roots.names)
    before = ledger.note("roots")
    if before is None:
        ledger.set_note("roots", names)
    elif before != names:
        raise OtherArchive(
            f"{out} holds the archive of other folders.", "Give the same folders, or another one with -o."
        )
