"""What an office has filled into its tracker, found again for the next export.

A row is recognised by plan and id together with its name; where a corrected plan has renumbered
its tasks, by its name alone. A row under the same id but about something else is not the same
row. What finds no place in the new export stays in the sheet, marked as gone.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from rapidfuzz import fuzz

from pipeline.errors import DamagedFile, NotADocument
from pipeline.export.tracker_cells import CellValue, decoded
from pipeline.export.tracker_sheets import KEY, SHEETS, STATE, SheetKind, SheetRow
from pipeline.folding import fold_wording

AnyCell: TypeAlias = Cell | MergedCell

ALIKE = 60.0
"""Similarity in per cent from which a corrected name is still the name of the same thing."""


@dataclass(frozen=True, slots=True)
class OldCell:
    """A cell as it was: its value, and the cell itself for its note and look."""

    value: CellValue
    cell: Any


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of an earlier tracker, its cells by heading."""

    plan: str
    item: str
    name: str
    number: str
    cells: Mapping[str, OldCell]


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet of an earlier tracker: rows, and the headings that the office added."""

    rows: tuple[OldRow, ...] = ()
    added: tuple[str, ...] = ()
    widths: Mapping[str, float] | None = None


def open_tracker(content: bytes) -> tuple[Workbook, dict[str, OldSheet]]:
    """The workbook without our sheets, and what these held, by their titles.

    Formulas that the office wrote into our sheets are taken as the values that they last showed.

    Raises:
        DamagedFile: if it cannot be opened.
        NotADocument: if it is no tracker of ours.
    """
    shown = _loaded(content, shown=True)
    sheets = {kind.title: _read(shown[kind.title], kind) for kind in SHEETS if kind.title in shown.sheetnames}
    if SHEETS[0].title not in sheets:
        raise NotADocument(
            f"The workbook has no sheet “{SHEETS[0].title}”: it is no tracker of kehoach.",
            "Give --update a file that `kehoach export --to xlsx` wrote.",
        )
    if set(shown.sheetnames) <= sheets.keys():
        # None of the office's own: a new one, for styles would pile up in the old one.
        return new_workbook(), sheets
    workbook = _loaded(content, shown=False)
    for title in sheets:
        del workbook[title]
    return workbook, sheets


def new_workbook() -> Workbook:
    """A workbook without any sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _loaded(content: bytes, *, shown: bool) -> Workbook:
    """The workbook, with the values that formulas last showed or with the formulas."""
    try:
        return load_workbook(io.BytesIO(content), data_only=shown)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise DamagedFile("The tracker cannot be opened.", "Save it again as .xlsx.") from error


def matched(rows: Iterable[SheetRow], old: OldSheet) -> tuple[dict[str, OldRow], tuple[OldRow, ...]]:
    """The old row of each new one, by the new one's key; and the old rows that found none."""
    waiting: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        waiting[row.plan].append(row)
    by_plan: dict[str, list[OldRow]] = defaultdict(list)
    by_number: dict[str, list[OldRow]] = defaultdict(list)
    for one in old.rows:
        (by_plan[one.plan] if one.plan else by_number[one.number]).append(one)
    found: dict[str, OldRow] = {}
    for plan, ours in waiting.items():
        # Where somebody has deleted the hidden column, the printed number must do.
        left = by_plan.get(plan) or by_number.get(str(ours[0].cells[0].value), [])
        found |= _paired(ours, left)
    used = {id(one) for one in found.values()}
    return found, tuple(one for one in old.rows if id(one) not in used)


def _paired(rows: list[SheetRow], old: list[OldRow]) -> dict[str, OldRow]:
    """The rows of one plan by key, each with its old row: the surest pairs first."""
    found: dict[str, OldRow] = {}
    for same in (_same, _renumbered, _reworded):
        for row in rows:
            if row.key in found:
                continue
            candidates = [one for one in old if same(row, one)]
            if len(candidates) == 1 or (candidates and same is _same):
                found[row.key] = candidates[0]
                old = [one for one in old if one is not candidates[0]]
    return found


def _same(row: SheetRow, old: OldRow) -> bool:
    return row.item == old.item and fold_wording(row.name) == fold_wording(old.name)


def _renumbered(row: SheetRow, old: OldRow) -> bool:
    return fold_wording(row.name) == fold_wording(old.name) != ""


def _reworded(row: SheetRow, old: OldRow) -> bool:
    if row.item != old.item:
        return False
    return not old.name or not row.name or fuzz.ratio(fold_wording(row.name), fold_wording(old.name)) >= ALIKE


def _read(sheet: Worksheet, kind: SheetKind) -> OldSheet:
    lines = sheet.iter_rows()
    headings = [str(decoded(cell.value) or "").strip() for cell in next(lines, ())]
    rows = [_row(headings, cells, kind) for cells in lines if any(cell.value is not None for cell in cells)]
    ours = {column.heading for column in kind.columns} | {KEY, STATE, ""}
    added = tuple(dict.fromkeys(heading for heading in headings if heading not in ours))
    letters = {heading: get_column_letter(number) for number, heading in enumerate(headings, start=1)}
    widths = {name: sheet.column_dimensions[letters[name]].width for name in added}
    return OldSheet(tuple(rows), added, widths)


def _row(headings: list[str], cells: tuple[AnyCell, ...], kind: SheetKind) -> OldRow:
    by_heading: dict[str, OldCell] = {}
    for heading, cell in zip(headings, cells, strict=False):
        by_heading.setdefault(heading, OldCell(decoded(cell.value), cell))
    plan, _, item = _text(by_heading, KEY).partition("/")
    item = item or _text(by_heading, "Mã số") or _text(by_heading, kind.named_by)
    name, number = _text(by_heading, kind.named_by), _text(by_heading, kind.columns[0].heading)
    return OldRow(plan, item, name, number, by_heading)


def _text(cells: Mapping[str, OldCell], heading: str) -> str:
    value = cells[heading].value if heading in cells else None
    return "" if value is None else str(value)
