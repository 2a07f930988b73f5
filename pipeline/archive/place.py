"""The output folder: locked by one run at a time, its results written in one step, nothing led outside."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ArchiveBusy, CannotWrite
from pipeline.writing import check_folder

LOCK = "ledger.lock"
_PARTS = ".kehoach-parts"
_SCRATCH_PREFIX = "kehoach-archive-"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Only one run on an output folder; the system frees the lock when the run dies.

    Raises:
        ArchiveBusy: another run has it. CannotWrite: it cannot be made.
    """
    check_folder(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / LOCK)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ArchiveBusy(
            f"Another run of kehoach works on {out}.", "Wait for it, or name another folder with -o."
        ) from error
    except (OSError, NotImplementedError) as error:
        raise CannotWrite(f"Cannot lock {out} ({error}).", "Check the folder and its rights.") from error
    try:
        yield
    finally:
        lock.release()


class NoPlace(CannotWrite):
    """This one result has no place in the output folder; others may have."""


_ONLY_THIS_ONE = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP}


class ResultWriter:
    """Writes results below one folder: whole or not at all, also when the power goes."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._parts = out / _PARTS
        shutil.rmtree(self._parts, ignore_errors=True)

    def write(self, output: str, text: str) -> None:
        """Put `text` at `output` (relative, with `/`).

        Raises:
            NoPlace: a file is in the way of its folder, the name is impossible, or it leads outside.
            CannotWrite: the output folder is full or may not be written.
        """
        path = self._inside(output)
        try:
            self._parts.mkdir(mode=0o700, exist_ok=True)
            scratch = self._parts / secrets.token_hex(8)
            with scratch.open("xb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            scratch.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise _no_place(path, error) from error

    def place(self, output: str) -> Path:
        """The file of the result at `output`, whether it is there or not."""
        return self._out / output

    def remove(self, output: str) -> None:
        """The result at `output` is no longer one."""
        with suppress(OSError, CannotWrite):
            self._inside(output).unlink(missing_ok=True)

    def present(self, output: str) -> bool:
        return (self._out / output).is_file()

    def close(self) -> None:
        shutil.rmtree(self._parts, ignore_errors=True)

    def _inside(self, output: str) -> Path:
        """The path of a result, its folder made. A link in the output folder may not lead out of it."""
        path = self._out / output
        top = self._out.resolve()
        # Looked at before anything is made: the part that is there already must not lead outside.
        present = next(parent for parent in path.parents if parent.exists())
        if ".." in path.relative_to(self._out).parts or not present.resolve().is_relative_to(top):
            raise NoPlace(f"{path} leads out of {self._out}.", "Remove the link in the output folder.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _no_place(path, error) from error
        return path


def _no_place(path: Path, error: OSError) -> CannotWrite:
    kind = NoPlace if error.errno in _ONLY_THIS_ONE else CannotWrite
    return kind(
        f"Cannot write {path}: {error.strerror or error}.", "Check the folder, its rights and free space."
    )


def new_scratch(before: str | None) -> Path:
    """A private folder for temporary files; what a killed run left in `before` is removed."""
    if before:
        old = Path(before)
        mine = old.parent == Path(tempfile.gettempdir()) and old.name.startswith(_SCRATCH_PREFIX)
        if mine and not old.is_symlink():
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_SCRATCH_PREFIX))


def _sync_folder(folder: Path) -> None:
    """Make a renaming survive a power cut, where folders can be synced (not on Windows)."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
