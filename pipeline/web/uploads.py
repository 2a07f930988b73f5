"""Files that come in: kept under safe names that are never overwritten, then converted."""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from pipeline.archive.dispatch import safe_name
from pipeline.errors import CannotWrite
from pipeline.web.originals import Originals
from pipeline.web.refusals import Refusal
from pipeline.writing import OutputNames

_NOT_SCANS = {".yaml", ".yml", ".json"}
"""Plans are no scans; in the folder they would be taken for plans of ours."""
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Windows opens a device for these, whatever their ending."""
_CHUNK = 1 << 20


class Uploads:
    """Where uploads lie and which plan files they become."""

    def __init__(self, folder: Path, originals: Originals) -> None:
        self._folder = folder
        self._originals = originals
        self._lock = threading.Lock()
        self._promised: dict[Path, Path] = {}

    def keep(self, name: str, content: BinaryIO) -> tuple[Path, str]:
        """Write the content among the scans; its path and SHA-256. The same content is kept once.

        Raises:
            Refusal: it is empty, or a plan file.
            CannotWrite: the folder cannot be written.
        """
        name = clean_name(name)
        if PurePosixPath(name).suffix.lower() in _NOT_SCANS:
            raise Refusal(422, "NotADocument")
        scans = self._originals.uploads
        part = scans / f".{secrets.token_hex(8)}.part"
        try:
            scans.mkdir(parents=True, exist_ok=True)
            sha256, size = _copied(content, part)
            if size == 0:
                raise Refusal(422, "EmptyFile")
            with self._lock:
                known = self._kept_already(sha256, size)
                if known is not None:
                    return known, sha256
                path = _free(scans / name)
                part.replace(path)
        except OSError as error:
            raise CannotWrite(
                f"Cannot write {scans}: {error.strerror}.", "Check rights and space."
            ) from error
        finally:
            part.unlink(missing_ok=True)
        self._originals.forget_lists()
        return path, sha256

    def target(self, scan: Path) -> Path:
        """The plan file that this scan becomes: one that no other plan has or will have."""
        with self._lock:
            promised = self._promised.get(scan)
            if promised is not None and not promised.exists():
                return promised  # it was tried before
            names = OutputNames([*self._folder.glob("*.yaml"), *self._promised.values()])
            path = names.take((self._folder / scan.stem, self._folder / scan.name), ".yaml")
            self._promised[scan] = path
        return path

    def _kept_already(self, sha256: str, size: int) -> Path | None:
        scans = (path for path in self._originals.uploads.iterdir() if not path.name.startswith("."))
        alike = (path for path in scans if path.is_file() and path.stat().st_size == size)
        return next((path for path in alike if self._originals.digest_of(path) == sha256), None)


def clean_name(name: str) -> str:
    """The bare name, harmless on every system, its marks in one form."""
    bare = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    bare = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in bare
    )
    safe = safe_name(" ".join(bare.split()))
    stem, suffix = PurePosixPath(safe).stem, PurePosixPath(safe).suffix
    while len(f"{stem}{suffix}".encode()) > 180:
        stem = stem[:-1]
    return f"_{stem}{suffix}" if stem.split(".")[0].lower() in _RESERVED else f"{stem}{suffix}"


def _copied(content: BinaryIO, path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return digest.hexdigest(), size


def _free(path: Path) -> Path:
    """`path`, or with a number where there is such a file; capitals do not tell names apart."""
    taken = {_key(other.name) for other in path.parent.iterdir()}
    names: Iterable[str] = (path.name, *(f"{path.stem}~{n}{path.suffix}" for n in range(2, len(taken) + 3)))
    return path.with_name(next(name for name in names if _key(name) not in taken))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
