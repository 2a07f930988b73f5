"""All formats by name: what the command line and the web page offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.errors import NotADocument
from pipeline.export.calendar_file import Entry, to_ics
from pipeline.export.csv_files import to_csv
from pipeline.export.database import to_sqlite
from pipeline.export.identity import name_plans
from pipeline.export.json_text import to_json, to_jsonl
from pipeline.export.meeting_sheet import to_markdown
from schemas import Plan

Form = Literal["xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md"]

Made: TypeAlias = bytes | tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to export: what calendar entries are, CSV for a spreadsheet program, the file to carry on from."""

    entry: Entry = "todo"
    for_excel: bool = False
    previous: bytes | None = None


_PLAIN = Wishes()


def export(
    plans: Sequence[Plan], form: Form, wishes: Wishes = Wishes()
) -> bytes | tuple[tuple[str, bytes], ...]:
    """The content of the file; for CSV the name and content of each file.

    Raises:
        DamagedFile, NotADocument: if `wishes.previous` is no file of this format.
    """
    named = name_plans(plans)
    match form:
        case "xlsx":
            # Not at the top: whoever has a plan checked or corrected does without openpyxl.
            from pipeline.export.tracker import to_xlsx  # noqa: PLC0415

            return to_xlsx(named, wishes.previous)
        case "csv":
            return to_csv(named, for_excel=wishes.for_excel)
        case "json":
            return to_json(named).encode("utf-8")
        case "jsonl":
            return to_jsonl(named).encode("utf-8")
        case "ics":
            return to_ics(named, wishes.entry, _calendar(wishes.previous)).encode("utf-8")
        case "sqlite":
            return to_sqlite(named)
        case "md":
            return to_markdown(named).encode("utf-8")


def _calendar(content: bytes | None) -> str | None:
    if content is None:
        return None
    text = content.decode("utf-8", errors="replace")
    if not text.lstrip("\ufeff").startswith("BEGIN:VCALENDAR"):
        raise NotADocument("The file to update is no calendar.", "Give --update a file written by --to ics.")
    return text
