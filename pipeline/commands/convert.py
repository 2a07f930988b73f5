"""`kehoach convert`: every plan to its YAML, one bad file not stopping the rest."""

from __future__ import annotations

import argparse
import glob
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.console import Row, progress, report_crash, report_error, summary
from pipeline.corrections import with_corrections
from pipeline.errors import KehoachError
from pipeline.intermediates import stage_files
from pipeline.overlay import overlay_files
from pipeline.run import Conversion, convert
from pipeline.settings import Settings
from pipeline.writing import OutputNames, check_folder, name_outputs, part_output, write_file, write_folder
from schemas import dump_plan

SOME_FAILED = 1
WRONG_USE = 2
INTERNAL_ERROR = 70

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to do with each conversion."""

    settings: Settings
    folder: Path
    form: str
    overlay: bool
    keep: bool
    quiet: bool
    verbose: bool


def run(options: argparse.Namespace) -> int:
    """Convert all files; the exit code of the one, or 1 if any of several failed.

    Raises:
        CannotWrite: if the output folder is no place to write to; nothing was converted.
    """
    try:
        wanted = _wanted(options)
    except ValidationError as error:
        for problem in error.errors():
            print(f"kehoach convert: --{problem['loc'][0]}: {problem['msg']}", file=sys.stderr)
        return WRONG_USE
    check_folder(wanted.folder)
    files = _each_once(_expanded(options.plans))
    outputs = name_outputs(files, wanted.folder, f".{wanted.form}")
    names = OutputNames([*files, *outputs])
    rows: list[Row] = []
    codes = [_one(file, output, wanted, names, rows) for file, output in zip(files, outputs, strict=True)]
    if rows and not wanted.quiet:
        print(summary(rows))
    return _exit_code(codes)


def _wanted(options: argparse.Namespace) -> Wanted:
    given = {"engine": options.engine, "dpi": options.dpi, "lang": options.lang, "pages": options.pages}
    settings = Settings(
        split=options.split,
        mend=not options.no_mend,
        allow_secret=options.allow_secret,
        **{name: value for name, value in given.items() if value is not None},
    )
    return Wanted(
        settings,
        options.output,
        options.format,
        options.overlay,
        options.keep,
        options.quiet,
        options.verbose,
    )


def _one(file: Path, output: Path, wanted: Wanted, names: OutputNames, rows: list[Row]) -> int:
    """Convert and write one file; adds to `rows` what was written. Its exit code."""
    try:
        with progress(file.name, quiet=wanted.quiet, verbose=wanted.verbose) as watch:
            conversions = convert(file, wanted.settings, watch)
        for number, conversion in enumerate(conversions, start=1):
            place = output if number == 1 else part_output(output, file, number, names)
            _write(conversion, place, wanted)
            rows.append(Row(file.name, conversion.plan, conversion.seconds, str(place)))
    except KehoachError as error:
        report_error(error, str(file))
        return error.exit_code
    except Exception as error:  # one document must not take the rest of the batch along
        report_crash(error, str(file), wanted.verbose)
        return INTERNAL_ERROR
    return 0


def _write(conversion: Conversion, place: Path, wanted: Wanted) -> None:
    """Write pictures and stages first: where the plan is, all of it is."""
    stem = place.name.removesuffix(place.suffix)
    if wanted.overlay:
        if conversion.source.kind in ("pdf", "image"):
            write_folder(place.with_name(f"{stem}.overlay"), overlay_files(conversion), "page-*.png")
        elif not wanted.quiet:
            print(f"kehoach: {conversion.source.name}: has no pages to draw on.", file=sys.stderr)
    if wanted.keep:
        write_folder(place.with_name(f"{stem}.stages"), stage_files(conversion), "*.json")
    text = dump_plan(conversion.plan, "json" if wanted.form == "json" else "yaml")
    write_file(place, with_corrections(place, text))
    for page in conversion.manuscript.pages:
        _log.info("%s: page %d: %s, %s", conversion.source.name, page.number, page.origin, page.reason)


def _exit_code(codes: Sequence[int]) -> int:
    failed = [code for code in codes if code]
    if not failed:
        return 0
    return failed[0] if len(codes) == 1 else SOME_FAILED


def _expanded(plans: Iterable[str]) -> Iterator[Path]:
    """Patterns such as *.pdf, which the Windows shells leave to the program, as the files they stand for."""
    for plan in plans:
        matches = sorted(glob.glob(plan)) if glob.has_magic(plan) and not Path(plan).exists() else []  # noqa: PTH207
        yield from map(Path, matches or [plan])


def _each_once(files: Iterable[Path]) -> list[Path]:
    """The same path given twice is converted once."""
    return list({os.path.normcase(os.path.abspath(file)): file for file in files}.values())  # noqa: PTH100
