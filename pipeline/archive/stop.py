"""Being told to stop: the first signal lets running documents finish, the second does not."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether somebody wants the run to end."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self.signal: int | None = None

    def __bool__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until the run is to end; True then."""
        return self._event.wait(seconds)

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """The second time whatever the program does is broken off."""
        if self._event.is_set():
            raise KeyboardInterrupt
        self.signal = number
        self._event.set()


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """SIGINT and SIGTERM (on Windows also Ctrl-Break) set the stop that is yielded."""
    stop = Stop()
    names = ("SIGINT", "SIGTERM", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, stop.on_signal) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
