"""What stands for workers and console where a test is about the run itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from pipeline.archive import Event, Job, Outcome, Tally
from pipeline.archive.job import Counts, failed


class Silent:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def begin(self, tally: Tally) -> None: ...

    def settled(self, event: Event, tally: Tally) -> None:
        self.events.append(event)

    def tick(self, tally: Tally) -> None: ...

    def page(self, page: int, pages: int) -> None: ...

    def end(self, tally: Tally) -> None: ...


class AtOnce(Executor):
    """Runs what it is given while it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


class Work:
    """Stands for the conversion: the content is the plan; `fail...` fails, `split N` gives N plans."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, job: Job) -> Outcome:
        content = Path(job.path).read_text(encoding="utf-8")
        self.done.append(Path(job.path).name)
        if content.startswith("fail"):
            return failed("DamagedFile", content)
        count = int(content.split()[1]) if content.startswith("split") else 1
        plans = tuple(f"{content} {number}" for number in range(count))
        return Outcome("done", plans=plans, counts=Counts(pages=2), digest=({"number": content},))


def results(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in out.rglob("*")
        if path.is_file() and not path.name.startswith("ledger.")
    }
