"""A worker process seen from outside: gives it a document, watches clock and memory, ends it.

Why not a process pool of a library: a pool (concurrent.futures, pebble) does not tell which
process has which document, so its memory cannot be watched, and Dask's workers are not
allowed to start such pools. What schedules the work is the executor; this is one process.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import count
from typing import Any

import psutil

from pipeline.archive.job import Job, Outcome, failed
from pipeline.archive.memory import end_tree, resident
from pipeline.archive.reasons import died_twice, too_much_memory, too_slow
from pipeline.errors import KehoachError, TooMuchMemory, TooSlow, WorkerLost
from pipeline.settings import Limits

_TICK = 0.2
_STARTING = 120.0
"""Seconds until a worker has loaded its libraries, on a busy machine."""
_CHILDREN_EVERY = 10
"""Ticks between two looks at the memory of programs that the worker runs."""
_ONE_THREAD = {
    # More threads in a process only wait for each other: one process a core is faster.
    "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1",
}  # fmt: skip
_IMAGES_KEPT = {
    # glibc gives the memory of every page-sized array back and takes it anew, a twentieth of the
    # work; other systems do not know these names.
    "MALLOC_MMAP_THRESHOLD_": str(64 << 20), "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
}  # fmt: skip

# A group of its own: Ctrl-C at the terminal is for the run, which lets documents finish.
_APART: dict[str, Any] = {"start_new_session": True}
if sys.platform == "win32":
    _APART = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}

OnPage = Callable[[int, int], None]


class _Gone(Exception):
    """The worker process is no more, and we did not end it."""


class Closed(Exception):
    """The run was stopped for good; the document is as it was before."""


class Cell:
    """One worker process, started at the first document and again whenever it is gone."""

    def __init__(self, memory_bytes: int, converter: str) -> None:
        self._arguments = (str(memory_bytes), converter)
        self._process: subprocess.Popen[str] | None = None
        self._watched: psutil.Process | None = None
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._closed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def run(self, job: Job, limits: Limits, scratch: str, on_page: OnPage) -> Outcome:
        """Convert one document. A worker that dies by itself costs the document one retry."""
        for attempt in (1, 2):
            started = time.monotonic()
            try:
                return replace(self._try(job, limits, scratch, on_page), attempts=attempt)
            except _Gone as gone:
                lost = died_twice(str(gone))
                seconds = time.monotonic() - started
        return failed(WorkerLost.__name__, lost, seconds=seconds, attempts=2)

    def warm(self) -> None:
        """Start the process now, so that the first document does not wait for it.

        Raises:
            KehoachError: it cannot start.
            Closed: after `close`.
        """
        self._started()

    def end(self) -> None:
        """End the process at once, with everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._watched is not None:
            end_tree(self._watched)
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def close(self) -> None:
        """End the process; no other is started, a document that was in work raises `Closed`."""
        self._closed = True
        self.end()

    def _try(self, job: Job, limits: Limits, scratch: str, on_page: OnPage) -> Outcome:
        process = self._started()
        order = {"job": {**asdict(job), "content": None}, "scratch": scratch}
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
        except OSError as error:
            raise self._gone() from error
        return self._watch(limits, on_page)

    def _watch(self, limits: Limits, on_page: OnPage) -> Outcome:
        started = last_page = time.monotonic()
        for look in count(1):
            deadline = time.monotonic() + _TICK
            while (rest := deadline - time.monotonic()) > 0:
                try:
                    message = self._next(rest)
                except queue.Empty:
                    break
                if "outcome" in message:
                    return Outcome.from_json(json.dumps(message["outcome"]))
                last_page = time.monotonic()
                on_page(int(message["page"]), int(message["pages"]))
            now = time.monotonic()
            if now - started > limits.seconds or now - last_page > limits.page_seconds:
                return self._ended(TooSlow.__name__, too_slow(limits), now - started)
            if self._over(limits.memory_bytes, with_children=look % _CHILDREN_EVERY == 0):
                reason = too_much_memory(limits.memory_bytes)
                return self._ended(TooMuchMemory.__name__, reason, now - started)
        raise AssertionError("unreachable")

    def _ended(self, code: str, reason: str, seconds: float) -> Outcome:
        self.end()
        return failed(code, reason, seconds=seconds)

    def _over(self, limit: int, *, with_children: bool) -> bool:
        return self._watched is not None and resident(self._watched, with_children=with_children) > limit

    def _next(self, timeout: float) -> dict[str, Any]:
        line = self._answers.get(timeout=timeout)
        if line is None:
            raise self._gone()
        try:
            message: dict[str, Any] = json.loads(line)
        except ValueError as error:
            # The last line of a process that was killed while it wrote.
            self.end()
            raise _Gone("its answer broke off") from error
        return message

    def _gone(self) -> _Gone:
        process = self._process
        self.end()
        code = process.returncode if process is not None else None
        if code is not None and code < 0:
            return _Gone(f"signal {-code}")
        return _Gone(f"exit code {code}")

    def _started(self) -> subprocess.Popen[str]:
        if self._closed:
            raise Closed
        if self._process is not None:
            return self._process
        command = [sys.executable, "-P", "-m", "pipeline.archive.worker", *self._arguments]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            env={**os.environ, **_ONE_THREAD, **_IMAGES_KEPT, "PYTHONUTF8": "1"},
            **_APART,
        )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_read, args=(self._process, self._answers), daemon=True).start()
        with contextlib.suppress(psutil.Error):
            self._watched = psutil.Process(self._process.pid)
        try:
            self._next(_STARTING)
        except (_Gone, queue.Empty) as error:
            self.end()
            raise KehoachError(
                f"A worker process cannot start ({error}).", "`kehoach doctor` says what is missing."
            ) from error
        return self._process


def _read(process: subprocess.Popen[str], answers: queue.SimpleQueue[str | None]) -> None:
    """Hand on every line, then None."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout:
            answers.put(line)
    answers.put(None)
