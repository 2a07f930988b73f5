"""The plans of a folder, opened with their corrections and kept in memory while they are used."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.corrections import Kept, corrections_path, load_kept, reconciled
from pipeline.errors import CannotWrite, MissingFile
from pipeline.web.plan_ids import plan_path
from pipeline.writing import write_file
from schemas import Plan, load_plan, plan_content

ASIDE = ".kehoach"
"""The folder below the served one for what can be made again: page images, words, plans as JSON."""
_HELD = 24
"""Plans kept in memory."""

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """An open plan: its corrections are in it. `version` is another after every change."""

    id: str
    path: Path
    stamp: Stamp
    version: str
    plan: Plan
    kept: Kept

    @property
    def name(self) -> str:
        return self.path.name.removesuffix(self.path.suffix)


class Library:
    """Opens plans by their ids."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, plan: str) -> Held:
        """The plan with this id, as it lies on the disk now.

        Raises:
            UnknownPlan: there is none.
            PlanFileError, DamagedCorrections: it or its corrections cannot be read.
        """
        path = plan_path(self.folder, plan)
        stamp = stamp_of(path)
        with self._lock:
            held = self._held.get(plan)
            if held is not None and held.stamp == stamp:
                self._held.move_to_end(plan)
                return held
        held = self._opened(plan, path, stamp)
        self.keep(held)
        return held

    def keep(self, held: Held) -> None:
        """Remember an open plan."""
        with self._lock:
            self._held[held.id] = held
            self._held.move_to_end(held.id)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)

    def written(self, held: Held, plan: Plan, kept: Kept) -> Held:
        """`held` after plan and corrections have been written."""
        new = Held(held.id, held.path, stamp_of(held.path), kept.written[:16], plan, kept)
        self.keep(new)
        self._keep_fast(new.id, kept.written, plan)
        return new

    def _opened(self, plan: str, path: Path, stamp: Stamp) -> Held:
        try:
            written = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise MissingFile(f"Cannot open {path}: {error.strerror}.", "Check the path.") from error
        content = self._fast(plan, written)
        if content is None:
            content = load_plan(path)
            self._keep_fast(plan, written, content)
        corrected, kept = reconciled(content, written, load_kept(path))
        return Held(plan, path, stamp, written[:16], corrected, kept)

    def _fast(self, plan: str, written: str) -> Plan | None:
        """The plan from its copy in JSON: YAML of a long plan takes more than a second to read."""
        try:
            data = json.loads(self._fast_path(plan).read_text(encoding="utf-8"))
            return Plan.model_validate(data["plan"]) if data["written"] == written else None
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            return None

    def _keep_fast(self, plan: str, written: str, content: Plan) -> None:
        text = json.dumps({"written": written, "plan": plan_content(content)}, ensure_ascii=False)
        try:
            write_file(self._fast_path(plan), text)
        except CannotWrite:
            return  # a folder that may only be read is served all the same

    def _fast_path(self, plan: str) -> Path:
        name = hashlib.sha256(plan.encode("ascii")).hexdigest()[:32]
        return self.folder / ASIDE / "plans" / f"{name}.json"


def stamp_of(path: Path) -> Stamp:
    """Another whenever the plan file or its corrections have been written."""
    state = path.stat()
    try:
        beside = corrections_path(path).stat()
    except OSError:
        return state.st_size, state.st_mtime_ns, 0, 0
    return state.st_size, state.st_mtime_ns, beside.st_size, beside.st_mtime_ns
