"""Plan ids: a plan file's path below the served folder, written so that it fits into a URL as one part.

ASCII letters, digits, `.`, `-` and `_` stay; any other byte of the UTF-8 path is `~` and two
hexadecimal digits, the slash too. `.yaml` is left off.

    a/Kế hoạch.yaml  ->  a~2FK~E1~BA~BF~20ho~E1~BA~A1ch
"""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath

from pipeline.errors import MissingFile
from pipeline.plan_files import is_plan_file

_SUFFIXES = (".yaml", ".yml", ".json")
_LEFT_OFF = ".yaml"
_PLAIN = re.compile(rb"[A-Za-z0-9._-]")
_ID = re.compile(r"(?:[A-Za-z0-9._-]|~[0-9A-F]{2})+")


class UnknownPlan(MissingFile):
    """There is no such plan in the folder; a path that leaves the folder is none."""


def plan_id(folder: Path, path: Path) -> str:
    """The id of the plan file `path`, which lies below `folder`."""
    name = path.relative_to(folder).as_posix()
    short = name.removesuffix(_LEFT_OFF)
    # `plan.json.yaml` keeps its ending, or its id would also be that of `plan.json`.
    return _written(name if short.endswith(_SUFFIXES) else short)


def plan_path(folder: Path, plan: str) -> Path:
    """The plan file with the id `plan`.

    Raises:
        UnknownPlan: if there is none, or the id leads out of `folder`, by `..` or by a link.
    """
    name = _read(plan)
    if name is None or not _stays(name):
        raise _unknown()
    path = folder / (name if name.endswith(_SUFFIXES) else name + _LEFT_OFF)
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        raise _unknown() from None
    if not inside or not path.is_file() or not is_plan_file(path) or plan_id(folder, path) != plan:
        raise _unknown()
    return path


def _written(name: str) -> str:
    return "".join(
        chr(byte) if _PLAIN.fullmatch(bytes([byte])) else f"~{byte:02X}" for byte in name.encode("utf-8")
    )


def _read(plan: str) -> str | None:
    """The path that `plan` stands for; null where it is no id."""
    if not _ID.fullmatch(plan):
        return None
    data = re.sub(rb"~([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), plan.encode("ascii"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _stays(name: str) -> bool:
    """No part is empty, hidden, a drive or a way up; what only Windows understands is refused everywhere."""
    if "\\" in name or "\0" in name or ":" in name or PureWindowsPath(name).drive:
        return False
    return all(part and not part.startswith(".") for part in name.split("/"))


def _unknown() -> UnknownPlan:
    return UnknownPlan("There is no such plan in this folder.", "Open the list of plans.")
