"""Word tables: which cell stands where, and which tables only set text side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.folding import fold_wording
from pipeline.intake.word_styles import Styles
from pipeline.intake.word_xml import attribute, child, name, number
from pipeline.rules import load_rules
from pipeline.types import Column

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV", "start", "end")
_INSIDE = ("insideH", "insideV")
_MOST_COLUMNS = 200
_SEE_THROUGH = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml"})


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: place and reach in the grid, and its w:tc elements (several where merged down)."""

    row: int
    column: int
    row_span: int
    column_span: int
    contents: tuple[Any, ...]
    bordered: bool = False

    @property
    def text(self) -> str:
        return " ".join(
            "".join(item.text or "" for item in paragraph.iter() if name(item) == "t")
            for content in self.contents
            for paragraph in content.iter()
            if name(paragraph) == "p"
        )


@dataclass(frozen=True, slots=True)
class WordTable:
    """Every position of `rows` × `columns` is covered by exactly one cell, in reading order."""

    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    ruled: bool


def read_table(table: Any, styles: Styles) -> WordTable:
    """Lay the cells of a w:tbl on a grid; columns at which no cell begins are taken together."""
    rows = [row for row in _unwrapped(table, "tr") if child(row, "trPr", "del") is None]
    cells: list[TableCell] = []
    open_below: dict[int, int] = {}
    for index, row in enumerate(rows):
        open_below = _read_row(row, index, cells, open_below)
    cells = _closed_up(cells)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    complete = sorted(
        (*cells, *_missing(cells, len(rows), columns)), key=lambda cell: (cell.row, cell.column)
    )
    ruled = _has_borders(table, styles) or any(cell.bordered for cell in cells)
    return WordTable(len(rows) if columns else 0, columns, tuple(complete) if columns else (), ruled)


def _clamped(columns: int) -> int:
    """A file may say that a cell spans a thousand million columns; Word itself knows 63."""
    return max(0, min(columns, _MOST_COLUMNS))


def _read_row(row: Any, index: int, cells: list[TableCell], open_below: dict[int, int]) -> dict[int, int]:
    """Append the row's cells; lengthen those merged down. `open_below`: column → cell's place in `cells`."""
    column = _clamped(number(child(row, "trPr", "gridBefore")) or 0)
    now_open: dict[int, int] = {}
    for element in _unwrapped(row, "tc"):
        properties = child(element, "tcPr")
        span = max(1, _clamped(number(child(properties, "gridSpan")) or 1))
        merge = child(properties, "vMerge")
        goes_on = merge is not None and attribute(merge) != "restart"
        if goes_on and column in open_below:
            place = open_below[column]
            above = cells[place]
            cells[place] = replace(
                above, row_span=index - above.row + 1, contents=(*above.contents, element)
            )  # fmt: skip
            now_open[column] = place
        else:
            cells.append(TableCell(index, column, 1, span, (element,), _cell_borders(properties)))
            if merge is not None:
                now_open[column] = len(cells) - 1
        column += span
    return now_open


def _closed_up(cells: list[TableCell]) -> list[TableCell]:
    """Column numbers without those where no cell begins: Word keeps a grid line for every pixel dragged."""
    starts = sorted({cell.column for cell in cells})
    place = {start: index for index, start in enumerate(starts)}

    def reach(cell: TableCell) -> int:
        return sum(cell.column <= start < cell.column + cell.column_span for start in starts)

    return [replace(cell, column=place[cell.column], column_span=reach(cell)) for cell in cells]


def _missing(cells: list[TableCell], rows: int, columns: int) -> Iterator[TableCell]:
    """Empty cells where a row is shorter than the others."""
    covered = {
        (cell.row + down, cell.column + across)
        for cell in cells
        for down in range(cell.row_span)
        for across in range(cell.column_span)
    }
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in covered:
                yield TableCell(row, column, 1, 1, ())


def _unwrapped(parent: Any, wanted: str) -> Iterator[Any]:
    for element in parent:
        if name(element) == wanted:
            yield element
        elif name(element) in _SEE_THROUGH:
            yield from _unwrapped(element, wanted)


# ── borders ───────────────────────────────────────────────────────────────


def _has_borders(table: Any, styles: Styles) -> bool:
    """True if lines are drawn between the cells by the table itself or by its style."""
    seen: set[str] = set()
    for borders in styles.table_borders(child(table, "tblPr")):
        for side in _INSIDE:
            border = child(borders, side)
            if border is not None and side not in seen:
                seen.add(side)
                if _drawn(border):
                    return True
    return False


def _cell_borders(properties: Any | None) -> bool:
    borders = child(properties, "tcBorders")
    return borders is not None and sum(_drawn(child(borders, side)) for side in _SIDES) >= 2


def _drawn(border: Any | None) -> bool:
    return border is not None and attribute(border) not in (None, "nil", "none")


# ── layout tables ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _LayoutRules:
    letterhead: tuple[str, ...]
    closing: tuple[str, ...]
    most_rows: int


@cache
def _rules() -> _LayoutRules:
    data = load_rules("word_tables")
    return _LayoutRules(tuple(data["letterhead"]), tuple(data["closing"]), int(data["most_rows"]))


def is_layout(table: WordTable, *, early: bool) -> bool:
    """True for the letterhead, the closing block, and other tables that only place text.

    `early`: nothing but a line or two stands above it.
    """
    if table.rows > _rules().most_rows or table.columns > 4:
        return False
    filled = [cell for cell in table.cells if cell.text.strip()]
    if len(filled) <= 1:
        return True
    text = fold_wording(" ".join(cell.text for cell in table.cells))
    if any(mark in text for mark in (*_rules().letterhead, *_rules().closing)):
        return True
    return not table.ruled and (early or table.rows <= 2) and len({side_of(c, table) for c in filled}) <= 2


def side_of(cell: TableCell, table: WordTable) -> Column:
    """Where a cell of a layout table stands: the first column with text is left, the rest right."""
    if cell.column == 0 and cell.column_span >= table.columns:
        return "full"
    texts = {
        other.column for other in table.cells if other.text.strip() and other.column_span < table.columns
    }
    if len(texts) <= 1:
        # One column with text beside an empty one (a signature alone): by its half of the table.
        return "left" if (cell.column + cell.column_span / 2) * 2 <= table.columns else "right"
    return "left" if cell.column <= min(texts) else "right"
