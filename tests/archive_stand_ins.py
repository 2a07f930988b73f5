"""What stands for workers and console where a test is about the run itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from pipeline.archive import Archive, ArchiveOptions, Event, Job, Outcome, Tally
from pipeline.archive.executors import Workplace
from pipeline.archive.job import Counts, failed
from pipeline.archive.ledger import Ledger
from pipeline.archive.place import ResultWriter
from pipeline.archive.scan import Roots, scan
from pipeline.archive.stop import Stop


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


def put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def convert(
    folders: Path | Sequence[Path], out: Path, options: ArchiveOptions | None = None, stop_after: int = 0
) -> tuple[Tally, list[str], list[Event]]:
    """One run; what it counted, the names of the files it worked on, what it told."""
    options = options or ArchiveOptions()
    work, listener, stop = Work(), Silent(), Stop()

    def counted(job: Job) -> Outcome:
        outcome = work(job)
        if len(work.done) == stop_after:
            stop.set()
        return outcome

    roots = Roots.of([folders] if isinstance(folders, Path) else folders)
    out.mkdir(exist_ok=True)
    ledger, writer = Ledger(out), ResultWriter(out)
    archive = Archive(roots, ledger, writer, options, listener)
    for found in scan(roots, out, options.suffix):
        archive.enter(found)
    archive.convert(Workplace(AtOnce(), counted, send_files=False, window=lambda: 3), stop)
    writer.close()
    ledger.close()
    return archive.tally, work.done, listener.events
