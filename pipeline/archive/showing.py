"""How far a run has come: a bar on a terminal, a line a minute in a log, JSON lines for machines.

Names of files and error codes only, never a document's text.
"""

from __future__ import annotations

import json
import sys
import threading
import time
import unicodedata
from typing import Any, TextIO

from tqdm import tqdm

from pipeline.archive.tally import Event, Tally

_A_MINUTE = 60.0


def one_line(path: str) -> str:
    """A file's name with nothing in it that could move a terminal's cursor or break a line."""
    return "".join(
        letter if not unicodedata.category(letter).startswith("C") else "\N{REPLACEMENT CHARACTER}"
        for letter in path
    )


class Quiet:
    """Says what failed, and nothing else."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._lock = threading.Lock()
        self._pages = 0
        self._started = time.monotonic()

    def begin(self, tally: Tally) -> None:
        self._started = time.monotonic()

    def settled(self, event: Event, tally: Tally) -> None:
        if event.state == "failed":
            self._line(f"failed: {one_line(event.path)}: {one_line(event.reason)}")

    def tick(self, tally: Tally) -> None:
        """Nothing to show."""

    def page(self, page: int, pages: int) -> None:
        with self._lock:
            self._pages += 1

    def end(self, tally: Tally) -> None:
        """Nothing to show."""

    def _line(self, text: str) -> None:
        print(text, file=self._stream, flush=True)

    def _pages_read(self, tally: Tally) -> int:
        """Pages of finished documents, or those begun so far where these are told (not on a cluster)."""
        return max(self._pages, tally.pages)

    def _state(self, tally: Tally) -> dict[str, Any]:
        passed = max(time.monotonic() - self._started, 0.001)
        pages = self._pages_read(tally)
        worked = tally.converted + tally.failed
        left = tally.left * passed / worked if worked and tally.left > 0 else None
        return {
            "found": tally.found, "converted": tally.converted, "skipped": tally.skipped,
            "failed": tally.failed, "left": tally.left, "pages": pages,
            "pages_a_minute": round(pages / passed * 60, 1),
            "seconds": round(passed, 1), "seconds_left": None if left is None else round(left),
        }  # fmt: skip


class MinuteLines(Quiet):
    """A line when it begins, one a minute, one at the end, and one for each failure."""

    def __init__(self, stream: TextIO | None = None, every: float = _A_MINUTE) -> None:
        super().__init__(stream)
        self._every = every
        self._next = 0.0

    def begin(self, tally: Tally) -> None:
        super().begin(tally)
        self._next = self._started + self._every
        self._line(f"{tally.found} files found, {tally.passed_over} of them no documents")

    def tick(self, tally: Tally) -> None:
        if self._next and time.monotonic() >= self._next:
            self._next += self._every
            self._line(_sentence(self._state(tally)))

    def end(self, tally: Tally) -> None:
        self._line(_sentence(self._state(tally)))


class Bar(Quiet):
    """A bar over the documents; pages, rate, time left and failures beside it."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._bar: Any = None

    def begin(self, tally: Tally) -> None:
        super().begin(tally)
        self._bar = tqdm(
            total=tally.found, initial=tally.settled, unit="doc", file=self._stream, dynamic_ncols=True
        )

    def tick(self, tally: Tally) -> None:
        if self._bar is None:
            return
        state = self._state(tally)
        self._bar.set_postfix_str(
            f"{state['pages']} pages, {state['pages_a_minute']:g}/min, {tally.failed} failed", refresh=False
        )
        self._bar.total = tally.found
        self._bar.update(tally.settled - self._bar.n)

    def end(self, tally: Tally) -> None:
        self.tick(tally)
        if self._bar is not None:
            self._bar.close()

    def _line(self, text: str) -> None:
        if self._bar is None:
            super()._line(text)
        else:
            self._bar.write(text, file=self._stream)


class JsonLines(MinuteLines):
    """One JSON object a line: `begin`, `document` for each, `progress` every minute, `end`."""

    def begin(self, tally: Tally) -> None:
        Quiet.begin(self, tally)
        self._next = self._started + self._every
        self._say("begin", self._state(tally))

    def settled(self, event: Event, tally: Tally) -> None:
        values: dict[str, Any] = {"path": event.path, "state": event.state, "reason": event.reason}
        if event.outcome is not None:
            outcome = event.outcome
            values |= {
                "code": outcome.code, "pages": outcome.counts.pages, "tasks": outcome.counts.tasks,
                "errors": outcome.counts.errors, "warnings": outcome.counts.warnings,
                "notes": outcome.counts.notes, "seconds": outcome.seconds,
                "cpu_seconds": outcome.cpu_seconds, "peak_bytes": outcome.peak_bytes,
                "attempts": outcome.attempts,
            }  # fmt: skip
        self._say("document", values)

    def tick(self, tally: Tally) -> None:
        if self._next and time.monotonic() >= self._next:
            self._next += self._every
            self._say("progress", self._state(tally))

    def end(self, tally: Tally) -> None:
        self._say("end", self._state(tally))

    def _say(self, event: str, values: dict[str, Any]) -> None:
        self._line(json.dumps({"event": event, **values}, ensure_ascii=True))


def _sentence(state: dict[str, Any]) -> str:
    left = state["seconds_left"]
    rest = "" if left is None else f", about {_span(left)} left"
    return (
        f"{state['found'] - state['left']} of {state['found']} documents: {state['converted']} converted, "
        f"{state['skipped']} skipped, {state['failed']} failed; {state['pages']} pages, "
        f"{state['pages_a_minute']:g} a minute{rest}"
    )


def _span(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"
