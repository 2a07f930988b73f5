"""`kehoach evaluate`: plans against gold, on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline.errors import MissingFile
from pipeline.evaluate import Report, combine, evaluate, render
from schemas import load_gold, load_plan

WRONG_USE = 2

Content = TypeVar("Content")


def run(options: argparse.Namespace) -> int:
    """Print one report over all pairs.

    Raises:
        MissingFile: if a file cannot be opened.
        PlanFileError: if one is no plan of this contract.
    """
    paths = [Path(name) for name in options.plans]
    if len(paths) % 2:
        print("kehoach evaluate: give pairs, GOLD PREDICTED [GOLD PREDICTED ...].", file=sys.stderr)
        return WRONG_USE
    reports = [_compare(gold, made) for gold, made in zip(paths[::2], paths[1::2], strict=True)]
    report = reports[0] if len(reports) == 1 else combine(reports)
    if options.json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(render(report), end="")
    return 0


def _compare(gold: Path, made: Path) -> Report:
    return evaluate(_opened(gold, load_gold), _opened(made, load_plan), str(made))


def _opened(path: Path, load: Callable[[Path], Content]) -> Content:
    try:
        return load(path)
    except OSError as error:
        raise MissingFile(f"Cannot open {path}: {error.strerror}.", "Check the path.") from error
