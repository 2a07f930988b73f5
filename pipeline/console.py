"""What a person at the terminal sees: progress, errors, the table at the end. Never a document's text."""

from __future__ import annotations

import logging
import sys
import traceback
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tqdm import tqdm

from pipeline.errors import KehoachError
from schemas import Plan, PlanFileError

if TYPE_CHECKING:  # the stages are slow to import, and not every command needs them
    from pipeline.run import Progress

_log = logging.getLogger(__name__)

_HEADER = (
    "document", "tasks", "indicators", "bases",
    "errors", "warnings", "notes", "OCR", "text", "seconds", "written",
)  # fmt: skip
_WIDEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table at the end: a plan, where it was written, how long it took."""

    file: str
    plan: Plan
    seconds: float
    written: str

    def cells(self) -> tuple[str, ...]:
        """As printed, in the order of the header; `text` are pages read from their text layer."""
        plan = self.plan
        found = Counter(finding.severity for finding in plan.findings)
        reading = plan.source.reading
        counts = (
            len(plan.tasks), len(plan.indicators), len(plan.legal_bases),
            found["error"], found["warning"], found["info"],
            reading.ocr, reading.text_layer,
        )  # fmt: skip
        return _shortened(self.file), *map(str, counts), f"{self.seconds:.1f}", self.written


def summary(rows: Sequence[Row]) -> str:
    """The table at the end; figures to the right, words to the left."""
    table = [_HEADER, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(_HEADER))]
    lines = [_aligned(line, widths) for line in table]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def report_error(error: KehoachError | PlanFileError, file: str = "") -> None:
    """What went wrong and what to do, on standard error."""
    where = f"{file}: " if file and file not in error.message else ""
    print(f"kehoach: {where}{error.message}", file=sys.stderr)
    if error.advice:
        print(f"         {error.advice}", file=sys.stderr)


def report_crash(error: Exception, file: str, verbose: bool) -> None:
    """An error that we did not foresee. Its message may hold a document's text: only its type is shown,
    and with `verbose` where it happened.
    """
    print(f"kehoach: {file}: internal error ({type(error).__name__}).", file=sys.stderr)
    if verbose:
        print("".join(traceback.format_tb(error.__traceback__)), end="", file=sys.stderr)
        advice = "Please report it with the lines above; they hold no text of the document."
    else:
        advice = "Please report it; --verbose shows where it happened."
    print(f"         {advice}", file=sys.stderr)


def set_up_logging(verbose: bool) -> None:
    """Our own log to standard error, from warnings on or whole; other libraries' logs nowhere.

    PDF libraries put pieces of the document into theirs.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
    own = logging.getLogger("pipeline")
    own.handlers = [logging.StreamHandler(sys.stderr)]
    own.handlers[0].setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    own.setLevel(logging.DEBUG if verbose else logging.WARNING)
    own.propagate = False


@contextmanager
def progress(file: str, *, quiet: bool, verbose: bool) -> Iterator[Callable[[Progress], None]]:
    """Yields what watches a conversion: a bar over the pages where standard error is a terminal.

    With `verbose` the log tells the pages instead; with `quiet` or in a pipe nothing does.
    """
    hidden = quiet or verbose or not sys.stderr.isatty()
    with tqdm(desc=_shortened(file), unit="page", disable=hidden, leave=False, file=sys.stderr) as bar:

        def watch(step: Progress) -> None:
            _log.debug("%s: page %d of %d, %s", step.file, step.page, step.pages, step.stage)
            bar.total = step.pages
            bar.set_postfix_str(step.stage, refresh=False)
            # The page named is being worked on: those before it are done.
            bar.update(step.page - 1 - bar.n)
            bar.refresh()

        yield watch


def _shortened(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    return name if len(name) <= _WIDEST_NAME else name[: _WIDEST_NAME - 1] + "…"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *figures, last = cells
    middle = (cell.rjust(width) for cell, width in zip(figures, widths[1:-1], strict=True))
    return "  ".join((first.ljust(widths[0]), *middle, last)).rstrip()
