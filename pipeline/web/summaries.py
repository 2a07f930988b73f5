"""The list of plans: a line each, remembered until the plan or its corrections change."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import CannotWrite, KehoachError
from pipeline.plan_files import files_in
from pipeline.web.answers import Summary
from pipeline.web.library import ASIDE, Held, Library, stamp_of
from pipeline.web.originals import SCANS, Originals
from pipeline.web.plan_ids import plan_id
from pipeline.web.reviewing import doubts_of
from pipeline.writing import write_file
from schemas import PlanFileError

_NOTED = "summaries.json"
_AT_ONCE = 1.5
"""Seconds that the list may take; plans not read by then are read in the background."""


class Summaries:
    """What the list says of each plan."""

    def __init__(self, folder: Path, library: Library, originals: Originals) -> None:
        self._folder = folder
        self._library = library
        self._originals = originals
        self._lock = threading.Lock()
        self._known: dict[str, tuple[list[int], dict[str, Any]]] = self._noted()
        self._unsaved = False
        self._behind: threading.Thread | None = None
        self._closed = threading.Event()

    def all(self) -> tuple[Summary, ...]:
        """Every plan below the folder, the latest change first."""
        end = time.monotonic() + _AT_ONCE
        found, late = [], False
        for path in self._files():
            summary = self._known_one(path)
            if summary is None and time.monotonic() < end:
                summary = self._read(path)
            late = late or summary is None
            found.append(summary or self._bare(path, ready=False))
        self._save()
        if late:
            self._go_on()
        return tuple(sorted(found, key=lambda one: one.modified, reverse=True))

    def one(self, held: Held) -> Summary:
        """The line of an open plan."""
        return self._told(held.path, _summary(held, self._bare(held.path)))

    def note(self, plan: str) -> None:
        """A plan was made or changed: its line is wanted soon."""
        self._read(self._library.open(plan).path)
        self._save()

    def of_digest(self, sha256: str) -> str | None:
        """The id of a plan that was made from this file."""
        for path in self._files():
            plan = plan_id(self._folder, path)
            if self._known_one(path) is not None and self._known[plan][1].get("sha256") == sha256:
                return plan
        return None

    def close(self) -> None:
        self._closed.set()

    def _files(self) -> Iterator[Path]:
        scans = self._folder / SCANS
        if self._folder.is_dir():
            yield from (path for path in files_in(self._folder) if not path.is_relative_to(scans))

    def _known_one(self, path: Path) -> Summary | None:
        entry = self._known.get(plan_id(self._folder, path))
        with suppress(OSError):
            if entry is not None and entry[0] == list(stamp_of(path)):
                return self._told(path, entry[1])
        return None

    def _told(self, path: Path, told: dict[str, Any]) -> Summary:
        there = bool(told.get("sha256")) and self._originals.seems_there(
            told["sha256"], told["file"], path.parent
        )
        values = {name: value for name, value in told.items() if name not in ("sha256", "file")}
        return Summary.model_validate({**values, "has_original": there})

    def _read(self, path: Path) -> Summary | None:
        try:
            stamp = list(stamp_of(path))
        except OSError:
            return None  # gone since it was listed
        plan = plan_id(self._folder, path)
        try:
            told = _summary(self._library.open(plan), self._bare(path))
        except (KehoachError, PlanFileError) as error:
            told = self._bare(path).model_dump()
            told["problem"] = type(error).__name__
        with self._lock:
            self._known[plan] = (stamp, told)
            self._unsaved = True
        return self._told(path, told)

    def _save(self) -> None:
        with self._lock:
            if not self._unsaved:
                return
            self._unsaved = False
            text = json.dumps(self._known, ensure_ascii=False)
        with suppress(CannotWrite):
            write_file(self._folder / ASIDE / _NOTED, text)

    def _bare(self, path: Path, *, ready: bool = True) -> Summary:
        with suppress(OSError):
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
            return Summary(id=plan_id(self._folder, path), name=path.stem, modified=changed, ready=ready)
        return Summary(id=plan_id(self._folder, path), name=path.stem, modified="", ready=ready)

    def _go_on(self) -> None:
        if self._behind is None or not self._behind.is_alive():
            self._behind = threading.Thread(target=self._read_rest, daemon=True)
            self._behind.start()

    def _read_rest(self) -> None:
        for path in self._files():
            if self._closed.is_set():
                break
            if self._known_one(path) is None:
                self._read(path)
        self._save()

    def _noted(self) -> dict[str, tuple[list[int], dict[str, Any]]]:
        try:
            data = json.loads((self._folder / ASIDE / _NOTED).read_text(encoding="utf-8"))
            noted = {plan: (list(stamp), dict(told)) for plan, (stamp, told) in data.items()}
            for _, told in noted.values():
                Summary.model_validate({name: told[name] for name in told if name not in ("sha256", "file")})
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        return noted


def _summary(held: Held, bare: Summary) -> dict[str, Any]:
    plan, document = held.plan, held.plan.document
    return {
        **bare.model_dump(),
        "number": document.number,
        "issuer": document.issuer,
        "issued": document.date,
        "title": document.title,
        "pages": plan.source.pages,
        "tasks": len(plan.tasks),
        "indicators": len(plan.indicators),
        "doubts": doubts_of(held),
        "corrections": len(held.kept.entries),
        "sha256": plan.source.sha256,
        "file": plan.source.file,
    }
