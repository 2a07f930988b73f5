"""An inbox: looked into again and again, new documents converted once they are complete."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.queue import ArchiveOptions
from pipeline.archive.scan import Found, scan
from pipeline.archive.session import Session, Where, opened
from pipeline.archive.stop import Stop
from pipeline.archive.tally import Listener, Tally

Look = tuple[int, int]
"""Size and time of the last change."""


def watch(
    inbox: Path, out: Path, options: ArchiveOptions, where: Where, listener: Listener, stop: Stop,
    *, every: float = 5.0, once: bool = False,
) -> Tally:  # fmt: skip
    """Convert what comes into `inbox`, until `stop` is set.

    Polling works on every system and on network shares, where notices of changes do not.

    Args:
        every: seconds between two looks.
        once: stop as soon as everything that is there has been converted.

    Raises:
        as `archive_once` does. An inbox that is away for a while is only waited for.
    """
    with opened([inbox], out, options, where, listener) as session:
        listener.begin(session.archive.tally)
        ready = Ready()
        while not stop:
            settled = _look_once(session, options, ready, stop)
            if once and settled:
                break
            stop.wait(every)
        listener.end(session.archive.tally)
        return session.archive.tally


def _look_once(session: Session, options: ArchiveOptions, ready: Ready, stop: Stop) -> bool:
    """Convert what is complete; True if nothing is still growing."""
    paths = []
    waiting = False
    for found in scan(session.roots, session.out, options.suffix):
        complete = [item for item in found if ready.is_complete(item)]
        new = [item for item in complete if ready.is_new(item)]
        waiting = waiting or len(complete) < len(found)
        if new:
            session.archive.enter(new)
            paths += [item.path for item in new if not item.why_not]
    session.archive.convert(session.workplace, stop, session.ledger.rows(sorted(paths)))
    return not waiting


class Ready:
    """Which files have stopped growing, and which of these were taken already."""

    def __init__(self) -> None:
        self._last: dict[str, Look] = {}
        self._taken: dict[str, Look] = {}

    def is_complete(self, item: Found) -> bool:
        """True if the file is as it was at the last look."""
        look = (item.size, item.mtime_ns)
        unchanged = self._last.get(item.path) == look
        self._last[item.path] = look
        return bool(item.why_not) or unchanged

    def is_new(self, item: Found) -> bool:
        """True the first time for each state of a file."""
        look = (item.size, item.mtime_ns)
        if self._taken.get(item.path) == look:
            return False
        self._taken[item.path] = look
        return True
