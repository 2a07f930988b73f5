"""`kehoach check`: the six questions asked of every task."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.clarity import QUESTIONS, Answer, Clarity, clarity_of
from pipeline.console import report_error
from pipeline.errors import KehoachError, MissingFile
from pipeline.listing import as_csv, as_json, table
from pipeline.plan_files import plan_files, read_plan
from schemas import PlanFileError

SOME_FAILED = 1
NOT_CLEAR = 3

SIGNS: dict[Answer, str] = {"yes": "✓", "no": "✗", "doubtful": "?"}
_HEADER = ("file", "id", "title", *QUESTIONS)
_WIDEST = (28, 14, 44, 8, 8, 12, 14, 11, 13)


def run(options: argparse.Namespace) -> int:
    """Print the matrix over all plans; the exit code.

    Raises:
        MissingFile: if no plan was named.
    """
    files = plan_files(options.plans)
    if not files:
        raise MissingFile("There is no plan file.", "Make some with `kehoach convert`.")
    checked: list[tuple[str, Clarity]] = []
    codes = []
    for file in files:
        try:
            checked += [(_name(file, files), clarity) for clarity in clarity_of(read_plan(file))]
        except (KehoachError, PlanFileError) as error:
            report_error(error, str(file))
            codes.append(error.exit_code)
    if len(codes) == len(files) == 1:
        return codes[0]
    _print(checked, options.format)
    if options.strict and not all(clarity.clear for _, clarity in checked):
        return NOT_CLEAR
    return SOME_FAILED if codes else 0


def _name(file: Path, files: Sequence[Path]) -> str:
    """The file's name; the path as given where several go by one name."""
    return file.name if sum(other.name == file.name for other in files) == 1 else str(file)


def _print(checked: Sequence[tuple[str, Clarity]], form: str) -> None:
    if form == "json":
        rows = (dict(zip(_HEADER, _cells(name, clarity), strict=True)) for name, clarity in checked)
        print(as_json(rows), end="")
    elif form == "csv":
        print(as_csv(_HEADER, (_cells(name, clarity) for name, clarity in checked)), end="")
    else:
        print(_table(checked))


def _cells(name: str, clarity: Clarity) -> tuple[str | None, ...]:
    return name, clarity.id, clarity.title, *clarity.answers


def _table(checked: Sequence[tuple[str, Clarity]]) -> str:
    """The matrix with a line of sums; the file only where there are several."""
    several = len({name for name, _ in checked}) > 1
    rows = [
        (name, clarity.id, clarity.title or "", *(SIGNS[answer] for answer in clarity.answers))
        for name, clarity in checked
    ]
    sums = [sum(row[place] == SIGNS["yes"] for row in rows) for place in range(3, len(_HEADER))]
    rows.append(("", "", f"✓ of {len(checked)} tasks", *map(str, sums)))
    header = ("file", "id", "title", *QUESTIONS.values())
    first = 0 if several else 1
    return table(header[first:], [row[first:] for row in rows], _WIDEST[first:])
