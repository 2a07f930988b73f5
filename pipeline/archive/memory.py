"""Memory of a worker: bounded by the system where it can be, watched from outside everywhere."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

import psutil


def bound_address_space(extra: int) -> None:
    """Let this process, and each program it starts, take `extra` bytes of addresses more than now.

    A sudden allocation (a lying image header) fails at once with MemoryError. Windows has no
    such bound: there `resident` from outside is all.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

    limit = psutil.Process().memory_info().vms + extra
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    # macOS has the call but refuses it.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def peak_memory() -> int:
    """The most bytes this process ever held."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource  # noqa: PLC0415 - POSIX only

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def give_back() -> None:
    """Hand memory that is free back to the system, where its C library keeps it and can be asked (glibc)."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def resident(process: psutil.Process, *, with_children: bool) -> int:
    """Bytes that `process` holds now, or it and all it started; 0 where it is gone."""
    try:
        total = int(process.memory_info().rss)
        if with_children:
            for child in process.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += int(child.memory_info().rss)
        return total
    except psutil.Error:
        return 0


def end_tree(process: psutil.Process) -> None:
    """Kill `process` and all it started: also what it left behind, where it leads a group of its own."""
    try:
        family = [*process.children(recursive=True), process]
    except psutil.Error:
        family = [process]
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()
    if sys.platform != "win32":
        # A worker that was killed from outside may leave a program running; its group still has it.
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
