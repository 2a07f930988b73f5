"""Where the work is done: threads that each mind a worker process, or a Dask cluster. One interface."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.archive.cell import OnPage
from pipeline.archive.dispatch import CELLS, dispatch, version_here
from pipeline.archive.job import Job, Outcome
from pipeline.errors import NoCluster
from pipeline.version import VERSION

_QUEUED = 2
"""Documents waiting beyond those being worked on: a worker never waits, a stop leaves little behind."""
_PATIENCE = "20s"
"""Until a scheduler has to answer."""
_ROUND_TRIP = 2
"""On a cluster, documents on their way a thread."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """An executor, the function it is given, and how many documents to hand it at once."""

    executor: Executor
    work: Any
    send_files: bool

    window: Any

    def submit(self, job: Job) -> Future[Outcome]:
        if self.send_files:
            job = replace(job, content=Path(job.path).read_bytes())
        return self.executor.submit(self.work, job)


@contextmanager
def local_workplace(workers: int, scratch_root: str, on_page: OnPage | None) -> Iterator[Workplace]:
    """Worker processes on this machine."""
    executor = ThreadPoolExecutor(workers, thread_name_prefix="kehoach")
    work = partial(dispatch, scratch_root=scratch_root, on_page=on_page)
    try:
        yield Workplace(executor, work, send_files=False, window=lambda: workers + _QUEUED)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        CELLS.end_all()
        executor.shutdown(wait=True)


@contextmanager
def dask_workplace(address: str, *, send_files: bool) -> Iterator[Workplace]:
    """The workers of a Dask cluster.

    Raises:
        NoCluster: Dask is not installed here, no scheduler answers, or a worker has another version.
    """
    try:
        distributed: Any = importlib.import_module("distributed")  # an extra: kehoach[dask]
    except ImportError as error:
        raise NoCluster("Dask is not installed.", "pip install kehoach[dask]") from error
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False, name="kehoach-archive")
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"No Dask scheduler answers at {address}.", "Start one with `dask scheduler`."
        ) from error
    try:
        _check_versions(client)

        def window() -> int:
            threads = sum(client.nthreads().values())
            return max(_QUEUED, _ROUND_TRIP * int(threads))

        yield Workplace(client.get_executor(pure=False), dispatch, send_files, window)
    finally:
        client.close()


def usable_cores() -> int:
    """Cores this process may use: a container or `taskset` may leave it fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_versions(client: Any) -> None:
    try:
        versions = client.run(version_here)
    except Exception as error:
        raise NoCluster(
            f"A worker of the cluster cannot run kehoach ({type(error).__name__}).",
            f"Install kehoach {VERSION} where the workers run.",
        ) from error
    wrong = sorted(f"{worker} has {version}" for worker, version in versions.items() if version != VERSION)
    if wrong:
        raise NoCluster(
            f"This is kehoach {VERSION}; {', '.join(wrong)}.", "Install the same version on all machines."
        )
