"""Conversions: one after the other in worker processes, watched page by page."""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.archive.cell import Cell, Closed
from pipeline.archive.job import Job, Outcome
from pipeline.corrections import form_of, with_corrections
from pipeline.errors import KehoachError
from pipeline.web.answers import JobAnswer
from pipeline.web.messages import Language, known, say
from pipeline.web.options import ServeOptions
from pipeline.web.orders import CONVERTER, WORDS
from pipeline.web.page_store import PageStore
from pipeline.web.plan_ids import plan_id
from pipeline.writing import write_file

_log = logging.getLogger(__name__)
_REMEMBERED = 300
"""Conversions that can still be asked for."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversion stands."""

    job: str
    name: str
    state: str = "waiting"
    page: int = 0
    pages: int = 0
    code: str = ""
    plan: str | None = None

    def answer(self, language: Language) -> JobAnswer:
        """As the API tells it."""
        message, advice = say(self.code, language) if self.code else ("", "")
        return JobAnswer(
            job=self.job,
            name=self.name,
            state=self.state,  # type: ignore[arg-type]
            page=self.page,
            pages=self.pages,
            message=message,
            advice=advice,
            plan=self.plan,
        )


class Jobs:
    """The conversions of one server."""

    def __init__(
        self, folder: Path, options: ServeOptions, pages: PageStore, on_done: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._options = options
        self._pages = pages
        self._on_done = on_done
        self._states: OrderedDict[str, State] = OrderedDict()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(options.workers, thread_name_prefix="kehoach-convert")
        self._cells: list[Cell] = []
        self._mine = threading.local()

    def begin(self, original: Path, sha256: str, target: Path, name: str, *, uploaded: bool = False) -> State:
        """Convert `original` to `target` when its turn comes."""
        state = self._entered(State(secrets.token_hex(8), name))
        self._threads.submit(self._convert, state.job, original, sha256, target, uploaded)
        return state

    def already(self, name: str, plan: str) -> State:
        """A file that was converted before: done at once."""
        return self._entered(State(secrets.token_hex(8), name, "done", plan=plan))

    def state(self, job: str) -> State | None:
        with self._lock:
            return self._states.get(job)

    def all(self) -> list[State]:
        """The latest first."""
        with self._lock:
            return list(reversed(self._states.values()))

    def close(self) -> None:
        """End what is running; files are as they were before."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for cell in self._cells:
            cell.close()
        self._threads.shutdown(wait=True)

    def _convert(self, job: str, original: Path, sha256: str, target: Path, uploaded: bool) -> None:
        self._put(job, state="running")
        scratch = tempfile.mkdtemp(prefix="kehoach-")
        try:
            outcome = self._run(job, original, target, scratch)
            if outcome.state == "failed":
                self._failed(job, outcome.code)
                if uploaded and outcome.code == "SecretDocument":
                    original.unlink(missing_ok=True)
                return
            self._pages.take_words(sha256, Path(scratch) / WORDS)
            write_file(target, with_corrections(target, outcome.plans[0]))
            plan = plan_id(self._folder, target)
            self._on_done(plan)
            self._put(job, state="done", plan=plan)
        except Closed:
            self._failed(job, "internal")
        except KehoachError as error:
            self._failed(job, type(error).__name__)
        except Exception as error:  # one conversion must not end the thread that the next ones need
            _log.error("conversion failed: %s", type(error).__name__)
            self._failed(job, "InternalError")
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _run(self, job: str, original: Path, target: Path, scratch: str) -> Outcome:
        limits = self._options.limits
        work = Job(
            str(original.absolute()),
            form_of(target),
            self._options.settings.model_dump_json(),
            limits.model_dump_json(),
            CONVERTER,
        )

        def on_page(page: int, pages: int) -> None:
            self._put(job, page=page, pages=pages)

        return self._cell().run(work, limits, scratch, on_page)

    def _cell(self) -> Cell:
        """The worker process of this thread."""
        cell: Cell | None = getattr(self._mine, "cell", None)
        if cell is None:
            cell = Cell(self._options.limits.memory_bytes, CONVERTER)
            self._mine.cell = cell
            self._cells.append(cell)
        return cell

    def _failed(self, job: str, code: str) -> None:
        self._put(job, state="failed", code=code if known(code) else "InternalError")

    def _entered(self, state: State) -> State:
        with self._lock:
            self._states[state.job] = state
            finished = [one.job for one in self._states.values() if one.state in ("done", "failed")]
            for old in finished[: max(0, len(self._states) - _REMEMBERED)]:
                del self._states[old]
        return state

    def _put(self, job: str, **values: object) -> None:
        with self._lock, suppress(KeyError):
            self._states[job] = replace(self._states[job], **values)  # type: ignore[arg-type]
