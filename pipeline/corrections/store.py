"""The file beside a plan that keeps its corrections: `plan.corrections.json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import ValidationError

from pipeline.corrections.applying import apply
from pipeline.corrections.entries import Kept
from pipeline.errors import CannotWrite, DamagedCorrections
from pipeline.plan_files import corrections_path
from pipeline.writing import write_file
from schemas import Plan, dump_plan, load_plan, plan_content

_LOCK = ".kehoach-corrections.lock"
_PATIENCE = 60.0
"""Seconds to wait for another program's change in the same folder."""


@contextmanager
def locked(plan_file: Path) -> Iterator[None]:
    """Nobody else changes the plans and corrections of this folder meanwhile.

    Raises:
        CannotWrite: another program keeps it locked, or the folder cannot be written.
    """
    lock = FileLock(plan_file.with_name(_LOCK))
    try:
        lock.acquire(timeout=_PATIENCE)
    except (Timeout, OSError, NotImplementedError) as error:
        raise CannotWrite(
            f"Cannot lock {plan_file.parent} to write corrections.",
            "Check its rights, and whether another program works there.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def load_kept(plan_file: Path) -> Kept | None:
    """The corrections beside `plan_file`; null where there are none.

    Raises:
        DamagedCorrections: if the file is there and cannot be understood. It is left as it is.
    """
    path = corrections_path(plan_file)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path) from error
    try:
        return Kept.model_validate_json(text)
    except ValidationError as error:
        raise _damaged(path) from error


def reconciled(plan: Plan, written: str, kept: Kept | None) -> tuple[Plan, Kept]:
    """The plan of a file with the digest `written`, its corrections surely in it, and these.

    A file that was written without us (an earlier version, an editor, a crash between the two
    files) is taken as a new reading.
    """
    if kept is None:
        return plan, Kept(entries=(), written=written, read=plan_content(plan))
    if kept.written == written:
        return plan, kept
    read = plan
    with suppress(ValidationError):
        before = apply(kept.plan_as_read(), kept.entries[:-1]).plan
        read = kept.plan_as_read() if before == plan else plan
    kept = kept.model_copy(update={"read": plan_content(read), "written": written})
    return apply(read, kept.entries).plan, kept


def save(plan_file: Path, plan: Plan, kept: Kept) -> Kept:
    """Write the plan and its corrections; the corrections, with what was written.

    The corrections go first: a crash in between loses nothing that a person has said.

    Raises:
        CannotWrite: if one of the two cannot be written.
    """
    text = dump_plan(plan, form_of(plan_file))
    kept = kept.model_copy(update={"written": digest(text)})
    if kept.entries:
        _write(plan_file, kept)
    write_file(plan_file, text)
    if not kept.entries:
        corrections_path(plan_file).unlink(missing_ok=True)
    return kept


def with_corrections(plan_file: Path, text: str) -> str:
    """What to write to `plan_file`: `text`, a plan just read, with the corrections beside it applied.

    `text` itself where there are none.

    Raises:
        DamagedCorrections: if the corrections cannot be understood; write nothing then.
        CannotWrite: if the new reading cannot be kept with them.
    """
    if not corrections_path(plan_file).exists():
        return text
    with locked(plan_file):
        kept = load_kept(plan_file)
        if kept is None:
            return text
        plan = load_plan(text)
        corrected = dump_plan(apply(plan, kept.entries).plan, "json" if text.startswith("{") else "yaml")
        update = {"read": plan_content(plan), "written": digest(corrected)}
        _write(plan_file, kept.model_copy(update=update))
        return corrected


def digest(text: str) -> str:
    """SHA-256 of a plan file's content."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def form_of(plan_file: Path) -> Literal["yaml", "json"]:
    """The form that a plan file has by its name."""
    return "json" if plan_file.suffix.lower() == ".json" else "yaml"


def _write(plan_file: Path, kept: Kept) -> None:
    """Corrections a line each, for whoever looks into the file; what was read on the last."""
    entries = ",\n    ".join(
        json.dumps(one.model_dump(mode="json", exclude_none=False), ensure_ascii=False)
        for one in kept.entries
    )
    head = [
        f'  "format": {json.dumps(kept.format)},',
        f'  "entries": [\n    {entries}\n  ],' if entries else '  "entries": [],',
        f'  "written": {json.dumps(kept.written)},',
        f'  "read": {json.dumps(kept.read, ensure_ascii=False)}',
    ]
    write_file(corrections_path(plan_file), "\n".join(["{", *head, "}"]) + "\n")


def _damaged(path: Path) -> DamagedCorrections:
    return DamagedCorrections(
        f"{path} cannot be read as corrections.",
        "Nothing was overwritten. Mend the file, or move it away to go on without its corrections.",
    )
