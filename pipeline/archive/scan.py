"""What lies below the folders: every file once, in path order, with the place of its result."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import KehoachError, MissingFile
from pipeline.writing import OutputNames, name_outputs

_TEMPORARY = re.compile(
    r"~\$.*|\.(?!\.).*|.*~|.*\.(?:part|partial|tmp|temp|crdownload|download|filepart|swp)|Thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
"""Names that programs give to files they have not finished, and that systems leave behind."""
_DOCUMENTS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".docx", ".doc", ".txt", ".text", ""}


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the folders.

    `path` is relative, with `/` on every system: the key in the ledger. `output` is the place
    of its result below the output folder. `why_not` says why it is passed over; empty otherwise.
    """

    path: str
    file: Path
    output: str
    size: int
    mtime_ns: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Roots:
    """The folders of an archive and how their trees are mirrored.

    One folder: its content lies in the output folder. Several: each keeps its path below the
    folder that all of them share.
    """

    folders: tuple[Path, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, folders: Sequence[Path]) -> Roots:
        """Raises MissingFile where one is no folder, or lies in another of them."""
        whole = sorted({Path(os.path.abspath(folder)) for folder in folders})  # noqa: PTH100 - keeps links
        for folder in whole:
            if not folder.is_dir():
                raise MissingFile(f"{folder} is no folder.", "Name the folders that hold the documents.")
        outer = [f for f in whole if not any(f != other and f.is_relative_to(other) for other in whole)]
        if len(outer) == 1:
            return cls(tuple(outer), ("",))
        return cls(tuple(outer), tuple(_names_of(outer)))

    def file(self, path: str) -> Path:
        """The file with this key."""
        for folder, name in zip(self.folders, self.names, strict=True):
            if not name:
                return folder / path
            if path.startswith(name + "/"):
                return folder / path[len(name) + 1 :]
        raise MissingFile(f"{path} lies in none of the folders.", "Name the same folders as before.")


def _names_of(folders: Sequence[Path]) -> Iterator[str]:
    try:
        shared = Path(os.path.commonpath(folders))
    except ValueError:  # Windows: several drives
        shared = None
    for folder in folders:
        if shared is not None:
            yield folder.relative_to(shared).as_posix()
        else:
            yield "/".join((folder.drive.strip(":\\/").replace("\\", "-"), *folder.parts[1:]))


def scan(roots: Roots, out: Path, suffix: str) -> Iterator[list[Found]]:
    """The files, folder by folder. Symbolic links are not followed, `out` is left out.

    Args:
        out: the output folder, which may lie below one of the roots.
        suffix: of the results, with its dot.
    """
    shut = _identity(out)
    for folder, name in zip(roots.folders, roots.names, strict=True):
        yield from _scan_folder(folder, name, suffix, shut)


def _scan_folder(top: Path, name: str, suffix: str, shut: tuple[int, int] | None) -> Iterator[list[Found]]:
    waiting = [(top, name)]
    while waiting:
        folder, prefix = waiting.pop()
        if shut is not None and _identity(folder) == shut:
            continue
        entries = _entries(folder)
        below = [entry for entry in entries if entry.is_dir(follow_symlinks=False) and not _is_link(entry)]
        waiting += [(Path(entry.path), _joined(prefix, entry.name)) for entry in reversed(below)]
        others = [entry for entry in entries if entry not in below]
        if others:
            yield _named(others, [entry.name for entry in below], prefix, suffix)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """In the order of their names; a folder that may not be read has none."""
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return []


def _named(
    entries: Sequence[os.DirEntry[str]], folders: Sequence[str], prefix: str, suffix: str
) -> list[Found]:
    """Only documents take part in the naming: a thumbnail file changes no plan's name."""
    looked = [_look(entry, prefix) for entry in entries]
    documents = [found for found in looked if not found.why_not]
    # Names are given as if the folders below were results too: a file never takes their place.
    names = OutputNames([Path(prefix, folder, "x") for folder in folders])
    outputs = name_outputs([Path(found.path) for found in documents], Path(prefix), suffix)
    places = {}
    for found, output in zip(documents, outputs, strict=True):
        wish = output.with_name(output.name.removesuffix(suffix))
        places[found.path] = names.take((wish, Path(found.path)), suffix).as_posix()
    return [
        Found(f.path, f.file, places.get(f.path, ""), f.size, f.mtime_ns, f.why_not) for f in looked
    ]  # fmt: skip


def _look(entry: os.DirEntry[str], prefix: str) -> Found:
    path = _joined(prefix, entry.name)
    size = mtime = 0
    why_not = ""
    try:
        state = entry.stat(follow_symlinks=False)
        size, mtime = state.st_size, state.st_mtime_ns
        if _is_link(entry):
            why_not = "a symbolic link, which is not followed"
        elif path.rpartition("/")[2] != entry.name:
            why_not = "its name is no UTF-8: rename it"
        elif not stat.S_ISREG(state.st_mode):
            why_not = "no ordinary file"
    except OSError as error:
        why_not = f"cannot be looked at ({error.strerror})"
    if not why_not:
        why_not = passed_over(Path(entry.path))
    return Found(path, Path(entry.path), "", size, mtime, why_not)


def passed_over(file: Path) -> str:
    """Why this file is no document of an archive; empty if it may be one.

    Names of documents are believed here: if the content is something else, that is a failure
    which a person should see. Under any other name only PDF, images and DOCX count: an archive
    is full of text that is no plan (logs, tables, programs).
    """
    if _TEMPORARY.fullmatch(file.name):
        return "a temporary or hidden file"
    if file.suffix.lower() in _DOCUMENTS:
        return ""
    # Not at the top: it brings the PDF libraries along, which the run itself does without.
    from pipeline.intake.kinds import tell_kind  # noqa: PLC0415

    try:
        kind = tell_kind(file)
    except (KehoachError, OSError):
        return "no document"
    return "text, but not named .txt" if kind == "text" else ""


def _joined(prefix: str, name: str) -> str:
    """The key: letters that are no UTF-8 are written out, so that it can be stored and printed."""
    printable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return f"{prefix}/{printable}" if prefix else printable


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction())


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
