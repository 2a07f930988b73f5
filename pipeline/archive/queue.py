"""One run over an archive: what is to be done, handed out in path order, and what came back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.archive.executors import Workplace
from pipeline.archive.job import STANDARD, Job, Outcome, failed
from pipeline.archive.ledger import Ledger, Row, shortened
from pipeline.archive.place import NoPlace, ResultWriter
from pipeline.archive.scan import Found, Roots
from pipeline.archive.stop import Stop
from pipeline.archive.tally import Event, Listener, Tally
from pipeline.errors import CannotWrite, DamagedCorrections, NoCluster, TooLarge, WorkerLost
from pipeline.plan_files import corrections_path
from pipeline.settings import LIMITS_OF_A_FILE, Limits, Settings
from pipeline.version import VERSION

_LOOK = 0.5
"""Seconds between two looks at the stop signal while documents are in work."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """What to do with each document and with those that failed before."""

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    form: Literal["yaml", "json"] = "yaml"
    retry_failed: bool = False
    converter: str = STANDARD

    @property
    def suffix(self) -> str:
        return f".{self.form}"

    @property
    def fingerprint(self) -> str:
        """Equal for runs that would give the same results."""
        what = self.settings.model_dump_json(exclude=set(LIMITS_OF_A_FILE))
        return hashlib.sha256(f"{VERSION} {self.form} {what}".encode()).hexdigest()[:16]


class Archive:
    """One output folder in the hands of one run: `enter` what was found, then `convert` it."""

    def __init__(
        self, roots: Roots, ledger: Ledger, writer: ResultWriter, options: ArchiveOptions, listener: Listener
    ) -> None:
        self._roots = roots
        self._ledger = ledger
        self._writer = writer
        self._options = options
        self._listener = listener
        self._running: dict[Future[Outcome], Row] = {}
        self.run = ledger.begin_run()
        self.tally = Tally()

    def enter(self, found: Sequence[Found]) -> None:
        """Put what lies in one folder into the ledger."""
        for path in self._ledger.enter(found, self.run, self._options.suffix):
            self._drop_results(path)
        self.tally.found += len(found)
        for item in found:
            if item.why_not:
                self.tally.passed_over += 1
                self._tell(item.path, "skipped", item.why_not)

    def convert(self, workplace: Workplace, stop: Stop, rows: Iterable[Row] | None = None) -> None:
        """Convert what is to be converted, in path order, until all is done or `stop` is set.

        Raises:
            CannotWrite: the output folder fails; what is done is in the ledger.
            NoCluster: the cluster has gone.
        """
        for row in self._ledger.documents(self.run) if rows is None else rows:
            while len(self._running) >= workplace.window() and not stop:
                self._collect()
            if stop:
                break
            self._take(row, workplace)
            self._collect(seconds=0)
        while self._running:
            self._collect()

    # ── one document on its way in ────────────────────────────────────────

    def _take(self, row: Row, workplace: Workplace) -> None:
        """Settle a document that needs no work, or hand it to a worker."""
        file = self._roots.file(row.path)
        limit = self._options.settings.max_file_bytes
        if row.size > limit:
            self._refuse(row, TooLarge.__name__, f"The file has {row.size:,} bytes, the limit is {limit:,}.")
            return
        try:
            sha256 = _sha256(file)
        except (OSError, ValueError) as error:
            self._refuse(row, "Unreadable", f"The file cannot be read ({_said(error)}).")
            return
        if self._is_settled(row, sha256):
            return
        # Empty files are all alike, but each of them is a scan that went wrong.
        original = self._original(row, sha256) if row.size else None
        if original is not None:
            self._drop_results(row.path)
            self._ledger.set_duplicate(row.path, sha256, original)
            self.tally.duplicates += 1
            self._tell(row.path, "duplicate", f"the same content as {original}")
            return
        self._ledger.begin(row.path, sha256)
        try:
            self._running[workplace.submit(self._job(file))] = row
        except OSError as error:
            self._refuse(row, "Unreadable", f"The file cannot be read ({_said(error)}).")

    def _refuse(self, row: Row, code: str, reason: str) -> None:
        """Fail a document whose content is not known: it is looked at again in every run."""
        self._ledger.begin(row.path, None)
        self._settle(row, failed(code, reason))

    def _job(self, file: Path) -> Job:
        options = self._options
        return Job(
            str(file.absolute()),
            options.form,
            options.settings.model_dump_json(),
            options.limits.model_dump_json(),
            options.converter,
        )

    def _is_settled(self, row: Row, sha256: str) -> bool:
        """True for what an earlier run did, and for what it failed at, unless a retry was asked for."""
        if row.sha256 != sha256:
            return False
        if row.state == "failed" and not self._options.retry_failed:
            self.tally.failed += 1
            return True
        if row.state == "done" and self._has_result(row):
            self.tally.unchanged += 1
            return True
        return False

    def _has_result(self, row: Row) -> bool:
        if row.fingerprint != self._options.fingerprint:
            return False
        outputs = self._ledger.outputs(row.path)
        return bool(outputs) and all(map(self._writer.present, outputs))

    def _original(self, row: Row, sha256: str) -> str | None:
        """The document that `row` is a copy of: one that has its result, else the first by path."""
        for other in self._ledger.originals(row, sha256, self._options.fingerprint, self.run):
            if other.state != "done" or other.path < row.path:
                return other.path
            # A later one, not looked at yet: it counts if it is still what it was.
            if self._has_result(other) and self._still(other.path, sha256):
                return other.path
        return None

    def _still(self, path: str, sha256: str) -> bool:
        try:
            return _sha256(self._roots.file(path)) == sha256
        except OSError:
            return False

    # ── one document on its way out ───────────────────────────────────────

    def _collect(self, seconds: float = _LOOK) -> None:
        """Settle the documents whose workers have finished."""
        done, _ = wait(self._running, seconds, FIRST_COMPLETED)
        self._listener.tick(self.tally)
        for future in done:
            row = self._running.pop(future)
            self._settle(row, _outcome_of(future))

    def _settle(self, row: Row, outcome: Outcome) -> None:
        """Results first, then the ledger: a crash in between costs a repetition, never a result."""
        before = self._ledger.outputs(row.path)
        outputs = self._places(row, len(outcome.plans))
        try:
            for output, text in zip(outputs, outcome.plans, strict=True):
                self._writer.write(output, _corrected(self._writer.place(output), text))
        except (NoPlace, DamagedCorrections) as error:
            outputs, outcome = [], failed(CannotWrite.__name__, str(error))
        for stale in set(before) - set(outputs):
            self._writer.remove(stale)
        with self._ledger.transaction():
            self._ledger.claim(row.path, outputs)
            self._ledger.finish(row.path, outcome, outcome.state, VERSION, self._options.fingerprint)
        self.tally.pages += outcome.counts.pages
        if outcome.state == "done":
            self.tally.converted += 1
        else:
            self.tally.failed += 1
        self._tell(row.path, outcome.state, outcome.reason, outcome)

    def _places(self, row: Row, count: int) -> list[str]:
        """Where the plans of a document go: `plan.yaml`, and `plan-2.yaml` ... of a split one."""
        places = [row.output][:count]
        own = set(self._ledger.outputs(row.path))
        stem = row.output.removesuffix(self._options.suffix)
        for number in range(2, count + 1):
            wishes = (f"{stem}-{number}", f"{row.path}-{number}", f"{row.path}-{row.sha256}-{number}")
            names = (shortened(wish + self._options.suffix) for wish in wishes)
            places.append(next(name for name in names if name in own or not self._ledger.planned(name)))
        return places

    def _drop_results(self, path: str) -> None:
        for output in self._ledger.outputs(path):
            self._writer.remove(output)
        with self._ledger.transaction():
            self._ledger.claim(path, ())
            self._ledger.reopen(path)

    def _tell(self, path: str, state: str, reason: str, outcome: Outcome | None = None) -> None:
        self._listener.settled(Event(path, state, reason, outcome), self.tally)


def _outcome_of(future: Future[Outcome]) -> Outcome:
    """The outcome, also where the cluster lost the document's workers again and again.

    Raises:
        NoCluster: the cluster itself is gone.
    """
    if future.cancelled():
        raise NoCluster("The Dask cluster has gone.", "Start it again and repeat the command: it goes on.")
    error = future.exception()
    if error is None:
        return future.result()
    if type(error).__name__ == "KilledWorker":
        return failed(WorkerLost.__name__, "The workers that had it died, one after the other.")
    raise error


def _corrected(plan_file: Path, text: str) -> str:
    """What to write there: `text` with the corrections beside it, where there are any."""
    if not corrections_path(plan_file).exists():
        return text
    # Not at the top: it loads all that understands a document, and the run itself reads none.
    from pipeline.corrections import with_corrections  # noqa: PLC0415

    return with_corrections(plan_file, text)


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
