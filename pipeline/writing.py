"""Where results go and how they get there: names that never clash, files that are never half written."""

from __future__ import annotations

import os
import secrets
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import CannotWrite


def name_outputs(inputs: Sequence[Path], folder: Path, suffix: str) -> tuple[Path, ...]:
    """One path below `folder` for each input, no two alike and none of them an input.

    `plan.pdf` gives `plan.yaml`. Inputs with equal stems keep their suffix
    (`plan.pdf.yaml`, `plan.docx.yaml`); equal names from different folders mirror
    these folders below the one they share (`a/plan.yaml`, `b/plan.yaml`). Capitals do
    not tell names apart: on Windows and macOS they are one file.

    Args:
        inputs: the files, each once.
        folder: the output folder.
        suffix: of the outputs, with its dot (`.yaml`).
    """
    names = OutputNames(inputs)
    by_stem = _grouped(inputs, lambda path: path.stem)
    by_name = _grouped(inputs, lambda path: path.name)
    shared = {name: _shared_folder(group) for name, group in by_name.items()}
    shared_by_all = _shared_folder(inputs)
    outputs = []
    for path in inputs:
        alike = by_name[_key(path.name)]
        keeps_suffix = len(by_stem[_key(path.stem)]) > len(alike)
        below = _below(path, shared[_key(path.name)]) if len(alike) > 1 else Path()
        wishes = (
            folder / below / (path.name if keeps_suffix else path.stem),
            folder / below / path.name,
            folder / _below(path, shared_by_all) / path.name,
            folder / path.name,
        )
        outputs.append(names.take(wishes, suffix))
    return tuple(outputs)


class OutputNames:
    """The paths given out in one call; whoever asks gets the first wish that is still free."""

    def __init__(self, occupied: Iterable[Path] = ()) -> None:
        self._files = {_key(str(_absolute(path))) for path in occupied}
        self._folders = {_key(str(parent)) for path in occupied for parent in _absolute(path).parents}

    def take(self, wishes: Sequence[Path], suffix: str) -> Path:
        """The first free of `wishes` (paths without `suffix`), else the last one with a number."""
        path = next(path for path in _tries(wishes, suffix) if self._free(path))
        self.occupy(path)
        return path

    def occupy(self, path: Path) -> None:
        """Nobody else gets this path."""
        self._files.add(_key(str(_absolute(path))))
        self._folders.update(_key(str(parent)) for parent in _absolute(path).parents)

    def _free(self, path: Path) -> bool:
        full = _absolute(path)
        if _key(str(full)) in self._files or _key(str(full)) in self._folders:
            return False
        return self._files.isdisjoint(_key(str(parent)) for parent in full.parents)


def part_output(first: Path, source: Path, number: int, names: OutputNames) -> Path:
    """The path for the second or a later document found in one file: `plan-2.yaml`."""
    suffix = first.suffix
    stem = first.name.removesuffix(suffix)
    return names.take(
        (first.with_name(f"{stem}-{number}"), first.with_name(f"{source.name}-{number}")), suffix
    )


def check_folder(folder: Path) -> None:
    """Raises `CannotWrite` if results could not be put into `folder` (it need not exist yet)."""
    present = next(path for path in (folder, *_absolute(folder).parents) if path.exists())
    if not present.is_dir():
        raise CannotWrite(f"{present} is a file, not a folder.", "Name another folder with -o.")
    if not os.access(present, os.W_OK | os.X_OK):
        raise CannotWrite(f"No permission to write to {present}.", "Name another folder with -o.")


def write_file(path: Path, content: str | bytes) -> None:
    """Write `content` to `path` in one step: a reader sees the old file or the new, never half.

    The folder is made if need be. Text is written as UTF-8 with plain line feeds.

    Raises:
        CannotWrite: if the folder or the file cannot be written; `path` is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with _said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".kehoach-{secrets.token_hex(6)}.part")
        try:
            with scratch.open("xb") as file:
                file.write(data)
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)


def write_folder(folder: Path, files: Iterable[tuple[str, str | bytes]], pattern: str) -> None:
    """Fill `folder` with `files` (name and content) once all of them have been made.

    Files of an earlier run that match `pattern` and are not among the new ones go away;
    other people's files stay. `files` may be a generator: if it fails, `folder` is as it was.

    Raises:
        CannotWrite: if the folder cannot be written.
    """
    with _said(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kehoach-", dir=folder.parent) as name:
            scratch = Path(name)
            made = []
            for file_name, content in files:
                write_file(scratch / file_name, content)
                made.append(file_name)
            folder.mkdir(exist_ok=True)
            for file_name in made:
                (scratch / file_name).replace(folder / file_name)
        for stale in folder.glob(pattern):
            if stale.name not in made:
                stale.unlink()


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """The system's own errors, in the user's words."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWrite(
            f"Cannot write {path}: {reason}.", "Check the folder, its rights and free space."
        ) from error


def _tries(wishes: Sequence[Path], suffix: str) -> Iterator[Path]:
    for wish in wishes:
        yield wish.with_name(wish.name + suffix)
    number = 2
    while True:
        yield wishes[-1].with_name(f"{wishes[-1].name}~{number}{suffix}")
        number += 1


def _shared_folder(paths: Sequence[Path]) -> Path | None:
    """The deepest folder that holds all of `paths`; null where there is none (Windows: two drives)."""
    try:
        return Path(os.path.commonpath([_absolute(path).parent for path in paths]))
    except ValueError:
        return None


def _below(path: Path, shared: Path | None) -> Path:
    """The folder of `path` as seen from `shared`; without one, the drive's letter becomes a folder."""
    own = _absolute(path).parent
    if shared is None:
        return Path(own.drive.strip(":\\/").replace("\\", "-"), *own.parts[1:])
    return own.relative_to(shared)


def _grouped(paths: Iterable[Path], part: Callable[[Path], str]) -> dict[str, list[Path]]:
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(_key(part(path)), []).append(path)
    return groups


def _key(name: str) -> str:
    """Equal for names that some file system takes for one: capitals, composed and decomposed letters."""
    return unicodedata.normalize("NFC", name).casefold()


def _absolute(path: Path) -> Path:
    """Without `..`, symbolic links as they are: two links are two names."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve() would follow links
