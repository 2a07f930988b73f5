"""`kehoach export`: plans into the formats that offices and programs take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.console import report_error
from pipeline.errors import CannotWrite, KehoachError, MissingFile
from pipeline.export import Form, Wishes, export
from pipeline.listing import counted
from pipeline.plan_files import plan_files, read_plan
from pipeline.writing import write_file, write_folder
from schemas import Plan, PlanFileError

SOME_FAILED = 1
WRONG_USE = 2

UPDATABLE = ("xlsx", "ics")
_STANDARD_OUTPUT = Path("-")
_OURS = "plans.csv"
"""`write_folder` clears away stale files of this pattern; a user's own CSV files are not to go."""


def run(options: argparse.Namespace) -> int:
    """Export all plans into one file or folder; the exit code.

    Raises:
        KehoachError: if nothing can be exported, or not there.
    """
    mistake = _mistake(options)
    if mistake:
        print(f"kehoach export: {mistake}", file=sys.stderr)
        return WRONG_USE
    files = plan_files(options.plans)
    plans, codes = _read(files)
    if not plans:
        if not codes:
            raise MissingFile("There is no plan file.", "Make some with `kehoach convert`.")
        return codes[0] if len(codes) == 1 else SOME_FAILED
    place = _place(options, files)
    _check_apart(place, files)
    previous = _content(options.update) if options.update else None
    made = export(plans, options.to, Wishes(options.entries, options.bom, previous))
    _write(made, place)
    if place != _STANDARD_OUTPUT and not options.quiet:
        tasks = sum(len(plan.tasks) for plan in plans)
        print(f"{place}: {counted(len(plans), 'plan')}, {counted(tasks, 'task')}")
    return SOME_FAILED if codes else 0


def _mistake(options: argparse.Namespace) -> str:
    if options.update and options.to not in UPDATABLE:
        return f"--update goes with --to {' or '.join(UPDATABLE)} only."
    if options.output == _STANDARD_OUTPUT and options.to == "csv":
        return "CSV is several files: name a folder with -o."
    return ""


def _read(files: Sequence[Path]) -> tuple[list[Plan], list[int]]:
    """The plans, and the exit codes of those that could not be read: a bad one does not stop the rest."""
    plans, codes = [], []
    for file in files:
        try:
            plans.append(read_plan(file))
        except (KehoachError, PlanFileError) as error:
            report_error(error, str(file))
            codes.append(error.exit_code)
    return plans, codes


def _place(options: argparse.Namespace, files: Sequence[Path]) -> Path:
    """Where to write: as asked for, over the file that is updated, or into `output`."""
    form: Form = options.to
    output: Path | None = options.output
    if output is None and options.update:
        return Path(options.update)
    stem = files[0].name.split(".")[0] if len(files) == 1 else "plans"
    if form == "csv":
        return output or Path("output") / f"{stem}-csv"
    if output is None:
        return Path("output") / f"{stem}.{form}"
    return output / f"{stem}.{form}" if output.is_dir() else output


def _check_apart(place: Path, files: Sequence[Path]) -> None:
    if any(place.exists() and file.exists() and place.samefile(file) for file in files):
        raise CannotWrite(f"{place} is one of the plans.", "Name another file with -o.")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        advice = "The first export needs no --update; it makes the file with -o."
        raise MissingFile(f"Cannot open {path}: {error.strerror}.", advice) from error


def _write(made: bytes | tuple[tuple[str, bytes], ...], place: Path) -> None:
    if isinstance(made, tuple):
        write_folder(place, made, _OURS)
    elif place == _STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        write_file(place, made)
