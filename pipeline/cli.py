"""The command `kehoach`: arguments in, exit code out. What a command does is in `commands`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO, cast

from pipeline.commands.arguments import (
    add_archive,
    add_convert,
    add_doctor,
    add_evaluate,
    add_schema,
    add_serve,
    add_watch,
)
from pipeline.commands.handover_arguments import add_check, add_export, add_tasks
from pipeline.console import report_error, set_up_logging
from pipeline.errors import KehoachError
from pipeline.version import VERSION
from schemas import PlanFileError

INTERRUPTED = 130
PIPE_CLOSED = 141
"""128 and the number of the signal, as shells report it."""

_EXAMPLES = """\
examples:
  kehoach convert plan.pdf                    a plan in, output/plan.yaml out
  kehoach convert scans/*.pdf -o plans/ --overlay
  kehoach archive scans/ -o plans/            whole folders, repeatable; kehoach watch for an inbox
  kehoach serve                               the web page: drop a scan, check the doubts
  kehoach export output/ --to xlsx            a task tracker; also csv, json, jsonl, ics, sqlite, md
  kehoach tasks output/ --unit "Văn phòng" --due-before 2024-07-01
  kehoach check output/plan.yaml              does every task say who, what and when?
  kehoach evaluate gold.yaml output/plan.yaml
  kehoach doctor                              is everything installed?

`kehoach COMMAND --help` has the options and examples of one command.
"""

_EXIT_CODES = """\
exit codes:
   0  all well
   1  several inputs, and at least one failed (the others were converted)
   2  wrong use of the command line
   3  check --strict: a task is not clear
  10  no such file            11  empty file           12  not a document
  13  old Word file (.doc)    14  password-protected   15  damaged file
  16  no page                 17  too large            18  secret document
  20  archive: over its time   21  over its memory      22  its process died twice
  30  Tesseract missing       31  its Vietnamese model missing
  40  plan file of an unknown version of the contract
  41  plan file that breaks the contract     42  its file of corrections is damaged
  50  the output cannot be written
  51  another run works on the output folder     52  it is the archive of other folders
  53  no Dask cluster to work on             54  the web page cannot be served
  70  internal error: please report it
 130  interrupted
"""


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="kehoach",
        description="Scanned Vietnamese administrative plans (Kế hoạch) in, structured YAML out. "
        "Nothing leaves this machine.",
        epilog=f"{_EXAMPLES}\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"kehoach {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        add_convert,
        add_archive,
        add_watch,
        add_serve,
        add_export,
        add_tasks,
        add_check,
        add_evaluate,
        add_schema,
        add_doctor,
    ):
        add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code (see `kehoach --help`)."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    try:
        options = build_parser().parse_args(arguments)
        set_up_logging(getattr(options, "verbose", False))
        code = _command(options.command)(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output went away (`| head`). Python flushes once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (KehoachError, PlanFileError) as error:
        report_error(error)
        return error.exit_code
    return code


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Imported when asked for: `kehoach schema` should not wait for the OCR libraries."""
    module: Any = importlib.import_module(f"pipeline.commands.{name}")
    return cast("Callable[[argparse.Namespace], int]", module.run)


def _speak_utf8(stream: TextIO) -> None:
    """A Windows console or a C locale would else fail on the first Vietnamese letter."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
