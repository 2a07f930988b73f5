"""`kehoach archive`: whole folders, unattended; or the report on what was done."""

from __future__ import annotations

import argparse
import sys

from pydantic import ValidationError

from pipeline.archive import ArchiveOptions, Tally, Where, archive_once
from pipeline.archive.executors import usable_cores
from pipeline.archive.report import write_report
from pipeline.archive.showing import Bar, JsonLines, MinuteLines, Quiet
from pipeline.archive.stop import Stop, stop_on_signals
from pipeline.archive.tally import Listener
from pipeline.settings import Limits, Settings

SOME_FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
TERMINATED = 143
_SIGTERM = 15

_SETTINGS = (
    "engine", "dpi", "lang", "max_file_bytes", "max_unpacked_bytes", "max_pages", "max_page_pixels",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Convert, then report where asked for; 0 all well, 1 some failed, 130 stopped.

    Raises:
        KehoachError: the run cannot begin or go on.
    """
    if not options.folders and not options.report:
        print("kehoach archive: name folders, or ask for --report.", file=sys.stderr)
        return WRONG_USE
    try:
        wanted = archive_options(options)
    except ValidationError as error:
        return wrong_options("archive", error)
    code = 0
    if options.folders:
        with stop_on_signals() as stop:
            listener = listener_for(options)
            tally = archive_once(options.folders, options.output, wanted, where(options), listener, stop)
        code = exit_code(tally, stop)
        if not options.quiet and not options.json_log:
            print(summary(tally, stop))
    if options.report:
        for path in write_report(options.output):
            if not options.json_log:
                print(path)
    return code


def archive_options(options: argparse.Namespace) -> ArchiveOptions:
    """Raises pydantic.ValidationError for values out of range."""
    given = {name: getattr(options, name) for name in _SETTINGS}
    settings = Settings(
        allow_secret=options.allow_secret,
        split=options.split,
        mend=not options.no_mend,
        **{name: value for name, value in given.items() if value is not None},
    )
    bounds = {
        "seconds": options.max_seconds,
        "page_seconds": options.max_page_seconds,
        "memory_bytes": options.max_memory and options.max_memory * 1_000_000,
    }
    limits = Limits(**{name: value for name, value in bounds.items() if value is not None})
    return ArchiveOptions(settings, limits, options.format, retry_failed=options.retry == "failed")


def where(options: argparse.Namespace) -> Where:
    """This machine, unless a cluster is named."""
    return Where(options.workers or usable_cores(), options.dask, options.send_files)


def listener_for(options: argparse.Namespace) -> Listener:
    """A bar on a terminal, a line a minute elsewhere."""
    if options.json_log:
        return JsonLines(sys.stdout)
    if options.quiet:
        return Quiet()
    return Bar() if sys.stderr.isatty() else MinuteLines()


def wrong_options(command: str, error: ValidationError) -> int:
    """Say which option has a value out of range."""
    for problem in error.errors():
        print(f"kehoach {command}: {problem['loc'][0]}: {problem['msg']}", file=sys.stderr)
    return WRONG_USE


def exit_code(tally: Tally, stop: Stop) -> int:
    """128 and the signal that stopped it, 1 if a document failed, else 0."""
    if stop:
        return TERMINATED if stop.signal == _SIGTERM else INTERRUPTED
    return SOME_FAILED if tally.failed else 0


def summary(tally: Tally, stop: Stop) -> str:
    """The last lines: where every file went."""
    lines = [
        f"{tally.found} files found = {tally.converted} converted + {tally.skipped} skipped + "
        f"{tally.failed} failed" + (f" + {tally.left} left" if tally.left else ""),
        f"skipped: {tally.unchanged} done before, {tally.duplicates} duplicates, "
        f"{tally.passed_over} no documents",
    ]
    if stop:
        lines.append("Stopped. Repeat the command: it goes on from here.")
    elif tally.failed:
        lines.append("Why documents failed: --report, or the table `documents` of ledger.sqlite.")
    return "\n".join(lines)
