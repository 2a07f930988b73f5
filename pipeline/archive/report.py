"""The report on an archive: a page that needs nothing but itself, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.archive.ledger import LEDGER, Ledger
from pipeline.archive.links import Link, PlanEntry, link
from pipeline.archive.report_page import page
from pipeline.errors import MissingFile
from pipeline.folding import fold_wording
from pipeline.writing import write_file

REPORT = ("report.html", "report.csv")

_COLUMNS = (
    "path", "output", "state", "code", "reason", "duplicate_of", "pages", "ocr_pages", "tasks",
    "indicators", "legal_bases", "errors", "warnings", "notes", "seconds", "cpu_seconds", "peak_bytes",
    "attempts", "engine", "version", "sha256",
)  # fmt: skip
_TOTALS = ("pages", "tasks", "indicators")
_OF_THE_PLAN = ("number", "issuer", "date", "title")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Archived:
    """All that the report says, counted."""

    documents: tuple[dict[str, Any], ...]
    states: Counter[str]
    totals: Counter[str]
    links: tuple[Link, ...]
    units: tuple[tuple[str, int, int], ...]
    """Name, tasks led, tasks supported; the busiest first."""
    months: tuple[tuple[str, int], ...]
    """Month (YYYY-MM) and tasks due in it, in order, months without any included."""


def write_report(out: Path) -> tuple[Path, ...]:
    """Write `report.html` and `report.csv` into an archive's folder; their paths.

    Raises:
        MissingFile: there is no ledger. CannotWrite: the files cannot be written.
    """
    if not (out / LEDGER).is_file():
        raise MissingFile(f"{out} holds no archive ({LEDGER} is missing).", "Name its folder with -o.")
    ledger = Ledger(out)
    try:
        archived = gather(ledger.every(ledger.last_run))
    finally:
        ledger.close()
    paths = tuple(out / name for name in REPORT)
    write_file(paths[0], page(archived))
    write_file(paths[1], table(archived.documents))
    return paths


def gather(rows: Iterable[dict[str, Any]]) -> Archived:
    """Count what the ledger says."""
    documents = []
    plans: list[PlanEntry] = []
    states: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row in rows:
        digests = json.loads(row["digest"]) if row["digest"] and row["state"] == "done" else []
        documents.append({**row, "digest": digests})
        states[row["state"]] += 1
        if row["state"] == "done":
            totals.update({name: row[name] or 0 for name in _TOTALS})
        plans += [PlanEntry(row["path"], row["output"], digest) for digest in digests]
    return Archived(tuple(documents), states, totals, tuple(link(plans)), _units(plans), _months(plans))


def table(documents: Sequence[dict[str, Any]]) -> str:
    """One line a document; a byte order mark, for spreadsheets take UTF-8 only with one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*_COLUMNS, *_OF_THE_PLAN))
    for document in documents:
        first = document["digest"][0] if document["digest"] else {}
        values = [document[name] for name in _COLUMNS] + [first.get(name) for name in _OF_THE_PLAN]
        writer.writerow([_harmless(value) for value in values])
    return "\ufeff" + text.getvalue()


def _harmless(value: Any) -> Any:
    """A spreadsheet would run a text that begins like a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _units(plans: Iterable[PlanEntry]) -> tuple[tuple[str, int, int], ...]:
    """Units are one where their names are, whatever capitals and marks."""
    names: dict[str, str] = {}
    leads: Counter[str] = Counter()
    supports: Counter[str] = Counter()
    for plan in plans:
        for counted, field in ((leads, "leads"), (supports, "supports")):
            for name, number in plan.digest[field].items():
                key = fold_wording(name)
                names.setdefault(key, name)
                counted[key] += number
    order = sorted(names, key=lambda key: (-leads[key] - supports[key], key))
    return tuple((names[key], leads[key], supports[key]) for key in order)


def _months(plans: Iterable[PlanEntry]) -> tuple[tuple[str, int], ...]:
    due: Counter[str] = Counter()
    for plan in plans:
        due.update(plan.digest["months"])
    if not due:
        return ()
    first, last = (_ordinal(month) for month in (min(due), max(due)))
    return tuple((_month(number), due[_month(number)]) for number in range(first, last + 1))


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(ordinal: int) -> str:
    return f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}"
