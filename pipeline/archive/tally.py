"""What is counted while a run goes on, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pipeline.archive.job import Outcome


@dataclass(slots=True)
class Tally:
    """Documents of this run so far. At its end, found = converted + skipped + failed + left."""

    found: int = 0
    converted: int = 0
    unchanged: int = 0
    duplicates: int = 0
    passed_over: int = 0
    failed: int = 0
    pages: int = 0

    @property
    def skipped(self) -> int:
        return self.unchanged + self.duplicates + self.passed_over

    @property
    def settled(self) -> int:
        return self.converted + self.skipped + self.failed

    @property
    def left(self) -> int:
        """Not looked at, because the run was stopped."""
        return self.found - self.settled


@dataclass(frozen=True, slots=True)
class Event:
    """A document was settled. `outcome` is null where no worker was needed."""

    path: str
    state: str
    reason: str
    outcome: Outcome | None = None


class Listener(Protocol):
    """Who shows how far a run has come."""

    def begin(self, tally: Tally) -> None:
        """All folders have been looked at."""
        ...

    def settled(self, event: Event, tally: Tally) -> None:
        """A document is settled."""
        ...

    def tick(self, tally: Tally) -> None:
        """Called about twice a second."""
        ...

    def page(self, page: int, pages: int) -> None:
        """A worker begins a page. Called from several threads."""
        ...

    def end(self, tally: Tally) -> None:
        """The run is over."""
        ...
