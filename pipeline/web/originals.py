"""The scans that plans were made from: found by their content, wherever they may lie."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.errors import CannotWrite
from pipeline.web.library import ASIDE, Held
from pipeline.writing import write_file

SCANS = "scans"
"""Below the served folder: what was uploaded."""
_NOTED = "digests.json"
_LOOK_AGAIN = 30.0
"""Seconds until folders of scans are listed anew."""
_CHUNK = 1 << 20


class Originals:
    """Finds the file with a digest: among the uploads, beside the plan, in folders of scans."""

    def __init__(self, folder: Path, scans: Iterable[Path]) -> None:
        self._folder = folder
        self._others = tuple(scans)
        self._lock = threading.Lock()
        self._digests: dict[str, tuple[int, int, str]] = self._noted()
        self._seen = {digest for _, _, digest in self._digests.values()}
        self._unsaved = False
        self._by_name: dict[str, list[Path]] = {}
        self._listed = float("-inf")

    @property
    def uploads(self) -> Path:
        return self._folder / SCANS

    def find(self, held: Held) -> Path | None:
        """The original of an open plan; null where it cannot be found."""
        source = held.plan.source
        try:
            return self._with_digest(source.sha256, source.file, held.path.parent)
        finally:
            self._save()

    def _with_digest(self, sha256: str, name: str, beside: Path) -> Path | None:
        """The file with this content. Those with this name are looked at first."""
        near = [beside / name] if _is_name(name) else []
        for path in (*near, *self._named(name)):
            if self.digest_of(path) == sha256:
                return path
        return next((path for path in self._all() if self.digest_of(path) == sha256), None)

    def seems_there(self, sha256: str, name: str, beside: Path) -> bool:
        """Whether the original is known, or there is a file with its name; opens no file."""
        if self._named(name) or (_is_name(name) and (beside / name).is_file()):
            return True
        return sha256 in self._seen

    def digest_of(self, path: Path) -> str | None:
        """SHA-256 of a file, remembered until it changes; null where it cannot be read."""
        try:
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):
                return None  # a pipe would keep us waiting
            known = self._digests.get(str(path))
            if known is not None and known[:2] == (state.st_size, state.st_mtime_ns):
                return known[2]
            digest = _sha256(path)
        except (OSError, ValueError):
            return None
        with self._lock:
            self._digests[str(path)] = (state.st_size, state.st_mtime_ns, digest)
            self._seen.add(digest)
            self._unsaved = True
        return digest

    def forget_lists(self) -> None:
        """A file was added: list the folders anew at the next question."""
        self._listed = float("-inf")

    def _named(self, name: str) -> list[Path]:
        self._list()
        return self._by_name.get(name.casefold(), [])

    def _all(self) -> list[Path]:
        self._list()
        return [path for paths in self._by_name.values() for path in paths]

    def _list(self) -> None:
        with self._lock:
            if time.monotonic() - self._listed < _LOOK_AGAIN:
                return
            by_name: dict[str, list[Path]] = {}
            for folder in (self.uploads, *self._others):
                for path in _files(folder):
                    by_name.setdefault(path.name.casefold(), []).append(path)
            self._by_name = by_name
            self._listed = time.monotonic()

    def _noted(self) -> dict[str, tuple[int, int, str]]:
        try:
            data: Any = json.loads((self._folder / ASIDE / _NOTED).read_text(encoding="utf-8"))
            return {path: (int(size), int(time), str(sha)) for path, (size, time, sha) in data.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _save(self) -> None:
        with self._lock:
            if not self._unsaved:
                return
            self._unsaved = False
            text = json.dumps(self._digests, ensure_ascii=False)
        with suppress(CannotWrite):
            write_file(self._folder / ASIDE / _NOTED, text)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(place, name)


def _is_name(name: str) -> bool:
    """A plan's file name may come from anybody: only a bare name is looked for beside the plan."""
    return bool(name) and name not in (".", "..") and not {"/", "\\", "\0", ":"} & set(name)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
