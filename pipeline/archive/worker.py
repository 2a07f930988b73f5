"""A worker process: `python -P -m pipeline.archive.worker MEMORY_BYTES CONVERTER`.

It reads a job a line on standard input and answers in lines on what was standard output:
{"page": 3, "pages": 10} while it works, {"outcome": ...} at the end. It ends, with all it
started, as soon as its input closes: when the run is killed, no worker goes on.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias, cast

from pipeline.archive.job import Job, Outcome
from pipeline.archive.memory import bound_address_space, peak_memory

if TYPE_CHECKING:
    from pipeline.run import Progress

_BETWEEN_COLLECTIONS = 20_000
"""Objects: some megabytes."""

Converter: TypeAlias = "Callable[[Job, Callable[[Progress], None]], Outcome]"


def main(memory_bytes: int, converter: str) -> None:
    """Work until standard input closes. `converter` is loaded first, so that no document waits for it."""
    gc.disable()
    answers = _private_output()
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger("pipeline").propagate = False
    warnings.simplefilter("ignore")
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    scratch = _Scratch()
    threading.Thread(target=_listen, args=(lines, scratch), daemon=True).start()
    convert = _converter(converter)
    _settle()
    bound_address_space(memory_bytes)
    _say(answers, {"ready": True})
    while True:
        order = json.loads(lines.get())
        job = Job(**order["job"])
        scratch.use(order["scratch"])
        cpu = _cpu_seconds()
        outcome = convert(job, lambda step: _say(answers, _page(step)))
        outcome = replace(outcome, cpu_seconds=round(_cpu_seconds() - cpu, 3), peak_bytes=peak_memory())
        print(f'{{"outcome": {outcome.to_json()}}}', file=answers, flush=True)


def _settle() -> None:
    """Look for garbage seldom, and not in what is loaded, which stays: that was a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    gc.enable()


class _Scratch:
    """The private folder for temporary files of the present document."""

    def __init__(self) -> None:
        self.folder: str | None = None

    def use(self, folder: str) -> None:
        self.folder = folder
        tempfile.tempdir = folder
        for name in ("TMPDIR", "TEMP", "TMP"):
            os.environ[name] = folder

    def remove(self) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def _listen(lines: queue.SimpleQueue[str], scratch: _Scratch) -> None:
    """Hand on what comes; at the end of it, end everything at once, in the middle of a document too."""
    for line in sys.stdin:
        lines.put(line)
    scratch.remove()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        with contextlib.suppress(OSError):
            os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def _private_output() -> TextIO:
    """Our own end of the pipe. Native libraries that print get standard error instead."""
    private = os.dup(1)
    os.dup2(2, 1)
    os.set_inheritable(private, False)
    return cast(TextIO, os.fdopen(private, "w", encoding="ascii", newline="\n"))


def _converter(name: str) -> Converter:
    module, _, function = name.partition(":")
    return cast("Converter", getattr(importlib.import_module(module), function))


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    print(json.dumps(message), file=answers, flush=True)


def _page(step: Progress) -> dict[str, Any]:
    return {"page": step.page, "pages": step.pages}


def _cpu_seconds() -> float:
    """Of this process and of the programs it ran."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    # The folder with the documents is never on the import path (-P); here to be sure.
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry) != Path()]
    main(int(sys.argv[1]), sys.argv[2])
