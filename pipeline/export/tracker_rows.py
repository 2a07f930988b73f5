"""Rows of the tracker: new ones with what the office had filled in, and old ones that stay.

The look of a column is made once and shared by its cells: a look of its own for each would
take most of the time of an export.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from textwrap import wrap
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.tracker_cells import Content, fill_in, put_text
from pipeline.export.tracker_sheets import GONE, KEY, SheetColumn, SheetKind, SheetRow
from pipeline.export.tracker_update import OldCell, OldRow

FONT = "Times New Roman"
"""The typeface of Vietnamese offices (Decree 30/2020/NĐ-CP, Appendix I)."""

_LINE = Side("thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GONE_FONT = Font(name=FONT, size=11, color="808080", strike=True)
_MARK_FONT = Font(name=FONT, size=11, bold=True, color="C00000")

_LETTERS = 1.2
"""Letters of the typeface in one unit of column width, measured on Vietnamese text with its capitals."""

_LINE_HEIGHT = 14.5
_PADDING = 4.0
_HIGHEST = 400.0
"""Points; Excel takes no row above 409."""

_MOST_LINES = 60
"""More than the highest row shows, even where each line is half empty."""

_HEAD_HEIGHT = 36


class RowWriter:
    """Writes the rows of one sheet, from the second line on."""

    def __init__(self, sheet: Worksheet, kind: SheetKind, columns: Sequence[SheetColumn]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._ours = [column.heading for column in kind.columns]
        self._looks = [_look(sheet, column) for column in columns]
        self._old_looks: dict[tuple[int, bytes], Any] = {}
        self.last = 1
        self._head(kind)

    def write(self, row: SheetRow, old: OldRow | None) -> None:
        """A row of a plan, with what the office had filled into `old`."""
        contents = dict(zip(self._ours, row.cells, strict=True))
        contents[KEY] = Content(row.key)
        cells = self._next()
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            if not column.office:
                fill_in(cell, contents.get(column.heading, Content()))
            elif old is not None and column.heading in old.cells:
                self._restore(cell, place, old.cells[column.heading])
        self._fit(cells)

    def keep(self, old: OldRow, gone: bool) -> None:
        """An old row that no new one takes the place of, whole; marked when its item is `gone`."""
        cells = self._next()
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            if column.heading in old.cells:
                self._restore(cell, place, old.cells[column.heading])
            if gone and not column.office:
                cell.font = _GONE_FONT
        if gone:
            put_text(cells[-2], GONE)
            cells[-2].font = _MARK_FONT
        self._fit(cells)

    def _head(self, kind: SheetKind) -> None:
        for number, column in enumerate(self._columns, start=1):
            cell = _cell(self._sheet, 1, number)
            put_text(cell, column.heading)
            cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor="7F7F7F" if column.office else kind.colour)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = _BORDER
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._sheet.row_dimensions[1].height = _HEAD_HEIGHT

    def _next(self) -> list[Cell]:
        """The cells of the next line, in the look of their columns."""
        self.last += 1
        cells = [_cell(self._sheet, self.last, number) for number in range(1, len(self._columns) + 1)]
        for cell, look in zip(cells, self._looks, strict=True):
            _put_style(cell, look)
        return cells

    def _restore(self, cell: Cell, place: int, old: OldCell) -> None:
        """The old cell's value, note, fill, font and form of dates."""
        fill_in(cell, Content(old.value))
        if old.cell.comment:
            cell.comment = copy(old.cell.comment)
        if not old.cell.has_style:
            return
        key = (place, _style(old.cell).tobytes() + _style(cell).tobytes())
        if key not in self._old_looks:
            cell.fill, cell.font = copy(old.cell.fill), copy(old.cell.font)
            if cell.is_date:
                cell.number_format = old.cell.number_format
            self._old_looks[key] = copy(_style(cell))
        _put_style(cell, self._old_looks[key])

    def _fit(self, cells: Sequence[Cell]) -> None:
        """Room for the wrapped text: programs disagree on whether they find it out themselves."""
        lines = [
            _lines(cell.value, column.width)
            for cell, column in zip(cells, self._columns, strict=True)
            if column.wrapped and isinstance(cell.value, str)
        ]
        height = min(_LINE_HEIGHT * max(lines, default=1) + _PADDING, _HIGHEST)
        self._sheet.row_dimensions[self.last].height = height


def _look(sheet: Worksheet, column: SheetColumn) -> Any:
    """The style of a column's cells, as the workbook keeps it."""
    cell = Cell(sheet, 1, 1)
    cell.font = Font(name=FONT, size=11)
    cell.border = _BORDER
    across = "center" if column.centred else "left"
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=column.wrapped or None)
    return _style(cell)


def _style(cell: Any) -> Any:
    """The numbers of its fonts, fills and so on in the workbook: openpyxl has no public name for them."""
    return cell._style


def _put_style(cell: Any, style: Any) -> None:
    cell._style = copy(style)  # cells change theirs in place


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in a column of this width."""
    letters = max(int(width * _LETTERS), 1)
    text = text[: letters * _MOST_LINES]
    return sum(1 if len(part) <= letters else len(wrap(part, letters)) or 1 for part in text.split("\n"))


def _cell(sheet: Worksheet, line: int, number: int) -> Cell:
    cell = sheet.cell(line, number)
    assert isinstance(cell, Cell)  # and not part of a merged one: there are none on our sheets
    return cell
