"""`kehoach tasks`: who has to do what by when, over all plans of a folder."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields

from tqdm import tqdm

from pipeline.listing import as_csv, as_json, counted, table
from pipeline.tasklist import Listed, Wanted, find_tasks

_HEADER = ("due", "id", "title", "lead", "support", "number", "file")
_ONE_LINE = 120
"""Letters of a line where the width of the terminal is not known."""

_SHOWN = 5

_SHARES = (10, 12, 0.40, 0.22, 0.14, 16, 0.24)
"""Width of each column: letters, or its share of what the others leave."""


def run(options: argparse.Namespace) -> int:
    """Print the tasks; 0 also where there is none.

    Raises:
        MissingFile: if there is no such folder.
    """
    wanted = Wanted(
        options.unit, options.role, options.exact, options.due_before, options.due_after,
        tuple(options.kind or ()),
    )  # fmt: skip
    problems: list[tuple[str, str]] = []
    with _progress() as watch:
        tasks = find_tasks(options.folder, wanted, watch, lambda *problem: problems.append(problem))
    if not options.quiet:
        _complain(problems)
    if options.format == "json":
        print(as_json(asdict(task) for task in tasks), end="")
    elif options.format == "csv":
        header = tuple(field.name for field in fields(Listed))
        print(as_csv(header, map(_csv_cells, tasks)), end="")
    else:
        print(_table(tasks))
    return 0


def _table(tasks: Sequence[Listed]) -> str:
    if not tasks:
        return "no task"
    rows = [
        (
            task.due or "", task.id, task.title or "", "; ".join(task.lead), "; ".join(task.support),
            task.number or "", task.file,
        )
        for task in tasks
    ]  # fmt: skip
    return f"{table(_HEADER, rows, _widths())}\n{counted(len(tasks), 'task')}"


def _widths() -> list[int]:
    whole = shutil.get_terminal_size((_ONE_LINE, 24)).columns - 2 * (len(_SHARES) - 1)
    left = max(whole - sum(share for share in _SHARES if isinstance(share, int)), 40)
    shares = [share if isinstance(share, int) else int(share * left) for share in _SHARES]
    return [max(share, len(name)) for share, name in zip(shares, _HEADER, strict=True)]


def _csv_cells(task: Listed) -> tuple[object, ...]:
    """Lists of names joined by `; ` and products one a line, as in the exported tables."""
    values = ((field.name, getattr(task, field.name)) for field in fields(Listed))
    return tuple(
        ("\n" if name == "products" else "; ").join(value) if isinstance(value, tuple) else value
        for name, value in values
    )


def _complain(problems: Sequence[tuple[str, str]]) -> None:
    """The first few plan files that could not be read, and how many more there are."""
    for path, problem in problems[:_SHOWN]:
        print(f"kehoach: {path}: {' '.join(problem.split())}", file=sys.stderr)
    if len(problems) > _SHOWN:
        print(f"kehoach: and {len(problems) - _SHOWN} more files that cannot be read.", file=sys.stderr)
    if problems:
        print("         Their tasks are not in the list.", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar while plans are read into the index, on a terminal."""
    with tqdm(desc="index", unit="plan", disable=not sys.stderr.isatty(), leave=False) as bar:

        def watch(number: int, of: int) -> None:
            bar.total = of
            bar.update(number - bar.n)

        yield watch
