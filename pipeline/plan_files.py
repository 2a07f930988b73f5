"""Plan files on disk: which ones a folder holds, and reading them one by one."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import MissingFile
from schemas import Plan, load_plan

_SUFFIXES = {".yaml", ".yml", ".json"}
_ASIDE = (".stages", ".overlay")
"""Folders that `kehoach convert` puts beside a plan; none of their files is one."""

CORRECTIONS = ".corrections.json"
"""How the file beside a plan ends that keeps what a person corrected in it."""

_MARK = b"kehoach.plan/"
_HEAD = 4096
"""Bytes in which a plan file names its schema: it is the first key."""


def plan_files(given: Iterable[str | Path]) -> list[Path]:
    """The files named, those of each folder named and of each pattern, each once, in this order."""
    found = [path for one in given for path in _expanded(Path(one))]
    return list({os.path.normcase(os.path.abspath(path)): path for path in found}.values())  # noqa: PTH100


def files_in(folder: Path) -> Iterator[Path]:
    """The plan files below `folder`, sorted; told apart from other YAML and JSON by their first lines."""
    for path in candidates_in(folder):
        if is_plan_file(path):
            yield path


def candidates_in(folder: Path) -> Iterator[Path]:
    """The files below `folder` that could be plans by their names, sorted; hidden ones are none."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith(_ASIDE)
        )
        for name in sorted(names):
            if name.startswith(".") or name.endswith(CORRECTIONS):
                continue
            if os.path.splitext(name)[1].lower() in _SUFFIXES:  # noqa: PTH122
                yield Path(place, name)


def is_plan_file(path: Path) -> bool:
    """Whether its first lines name the contract, in whatever version."""
    try:
        with path.open("rb") as file:
            return _MARK in file.read(_HEAD)
    except OSError:
        return False


def corrections_path(plan_file: Path) -> Path:
    """`plans/a.yaml` → `plans/a.corrections.json`."""
    return plan_file.with_name(plan_file.name.removesuffix(plan_file.suffix) + CORRECTIONS)


def read_plan(path: Path) -> Plan:
    """The plan in `path`.

    Raises:
        MissingFile: if it cannot be opened.
        PlanFileError: if it is no plan of this contract.
    """
    try:
        return load_plan(path)
    except OSError as error:
        raise MissingFile(f"Cannot open {path}: {error.strerror}.", "Check the path.") from error


def _expanded(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return files_in(path)
    if not path.exists() and glob.has_magic(str(path)):
        return [Path(one) for one in sorted(glob.glob(str(path)))] or [path]  # noqa: PTH207
    return [path]
