"""Grids that are one table, cut by page ends → one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from rapidfuzz import fuzz

from pipeline.assemble.paragraphs import cut_in_cell, join_lines
from pipeline.folding import fold
from pipeline.types import Cell, Grid, GridCell, Line, Passage, Table

SAME_PLACE = 0.02
"""Columns of two pages agree if their edges differ by less than this part of the table's width."""
HEADER_ROWS = 3
SIMILAR = 85
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[a-zđA-HĐ])[.)]?")
_LABEL = re.compile(r"[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)")


def continues(table: Grid, grid: Grid) -> bool:
    """True where `grid`, first on its page, goes on with `table`, last on the page before."""
    return _fitted(table, grid) is not None


def join_grids(grids: Sequence[Grid]) -> tuple[Grid, tuple[int, ...]]:
    """One grid out of those that continue each other, and the pages they stand on."""
    pages = tuple(dict.fromkeys(grid.page for grid in grids))
    return reduce(_append, grids), pages


def to_table(joined: tuple[Grid, tuple[int, ...]]) -> Table:
    """The joined grid with its cells' lines as passages, in reading order."""
    grid, pages = joined
    cells = tuple(
        Cell(c.row, c.column, c.row_span, c.column_span, _passages(c.lines))
        for c in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    )
    return Table(grid.rows, grid.columns, cells, pages, grid.ruled)


def _passages(lines: Sequence[Line]) -> tuple[Passage, ...]:
    """The lines of a cell; a number, date or word that a narrow cell cut is made whole."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and cut_in_cell(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(join_lines(group, cut_in_cell).passage for group in groups)


# ── the same columns ──────────────────────────────────────────────────────


def _fitted(table: Grid, grid: Grid) -> tuple[Grid, Grid] | None:
    """Both with the same columns, null where they cannot be one table.

    A page may show fewer columns than the other, where all its cells at an edge are merged.
    """
    if not table.column_edges or not grid.column_edges:
        return (table, grid) if table.columns == grid.columns else None
    ours, theirs = _shares(table), _shares(grid)
    if _subset(theirs, ours):
        return table, _respan(grid, theirs, ours)
    if _subset(ours, theirs):
        return replace(_respan(table, ours, theirs), column_edges=grid.column_edges), grid
    return None


def _shares(grid: Grid) -> list[float]:
    """Edges as parts of the width: scans of two pages differ in place and a little in size."""
    left, right = grid.column_edges[0], grid.column_edges[-1]
    return [(edge - left) / max(1.0, right - left) for edge in grid.column_edges]


def _nearest(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - edge))


def _subset(some: Sequence[float], edges: Sequence[float]) -> bool:
    matched = [_nearest(edge, edges) for edge in some]
    close = all(abs(edges[i] - edge) < SAME_PLACE for i, edge in zip(matched, some, strict=True))
    return close and len(set(matched)) == len(some) and len(some) > 2


def _respan(grid: Grid, some: Sequence[float], edges: Sequence[float]) -> Grid:
    at = [_nearest(edge, edges) for edge in some]
    cells = tuple(
        replace(
            cell,
            column=at[cell.column],
            column_span=at[cell.column + cell.column_span] - at[cell.column],
        )
        for cell in grid.cells
    )
    return replace(grid, columns=len(edges) - 1, cells=cells)


# ── the next page's rows ──────────────────────────────────────────────────


def _append(table: Grid, grid: Grid) -> Grid:
    fitted = _fitted(table, grid)
    if fitted is None:
        raise ValueError("these grids have different columns")
    table, grid = fitted
    skipped = _repeated_header(table, grid)
    rest = [_moved(cell, -skipped) for cell in grid.cells if cell.row >= skipped]
    rows = grid.rows - skipped
    if not rows:
        return table
    if _row_was_cut(table, rest):
        cells = _join_row(table, rest)
        rows -= 1
    else:
        cells = [*table.cells, *(_moved(cell, table.rows) for cell in rest)]
    return replace(table, rows=table.rows + rows, cells=tuple(cells))


def _moved(cell: GridCell, rows: int) -> GridCell:
    return replace(cell, row=cell.row + rows)


def _repeated_header(table: Grid, grid: Grid) -> int:
    """How many rows at the head of `grid` repeat those at the head of the table."""
    count = 0
    while count < min(HEADER_ROWS, table.rows - 1, grid.rows) and _alike(table, grid, count):
        count += 1
    # A merged header cell may reach further down than the rows found to be alike.
    return max([count, *(c.row + c.row_span for c in grid.cells if c.row < count)])


def _alike(table: Grid, grid: Grid, row: int) -> bool:
    """Nearly the same wording. Rows of numbered items differ in little but their figures, so
    figures have to agree; in the first row, whose number column has a name, they may be misread.
    """
    ours, theirs = (" ".join(c.text for c in g.cells if c.row == row) for g in (table, grid))
    named = row == 0 and not any(map(str.isdigit, grid.cells[0].text))
    same_figures = _figures(ours) == _figures(theirs)
    alike = fuzz.ratio(fold(ours), fold(theirs)) >= SIMILAR
    return bool(ours.strip()) and alike and (named or same_figures)


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _row_was_cut(table: Grid, rest: Sequence[GridCell]) -> bool:
    """Does the first of the next page's rows go on with the last row of the table?

    It does where its number is printed on one of the two pages only and its text goes on.
    A group row that runs across the table, on either side, is never half a row.
    """
    last = {c.column: c for c in table.cells if c.row + c.row_span == table.rows}
    first = {c.column: c for c in rest if c.row == 0}
    if any(c.row_span > 1 for c in first.values()) or not _same_shape(last, first):
        return False
    numbered = _is_numbered(table, rest)
    above, below = (
        last[0].text.strip() if 0 in last else "",
        first[0].text.strip() if 0 in first else "",
    )
    if numbered and above and below and not (above.isdecimal() and _tail(last, first)):
        return False
    weight = 2.0 if numbered and bool(above) != bool(below) else 0.0
    weight += sum(_goes_on(last[c].text, first[c].text) for c in first if c or not numbered)
    return weight > 0


def _tail(last: dict[int, GridCell], first: dict[int, GridCell]) -> bool:
    """A number read twice for one row: only where both pages print the same one."""
    return last[0].text.strip() == first[0].text.strip()


def _same_shape(last: dict[int, GridCell], first: dict[int, GridCell]) -> bool:
    if len(first) < 2:
        return False
    return {c: cell.column_span for c, cell in last.items()} == {
        c: cell.column_span for c, cell in first.items()
    }


def _is_numbered(table: Grid, rest: Sequence[GridCell]) -> bool:
    """True where the first column holds numbers, as most tables of plans do."""
    texts = [c.text.strip() for c in [*table.cells, *rest] if c.column == 0 and c.column_span == 1]
    printed = [text for text in texts if text]
    return sum(bool(_NUMBER.fullmatch(text)) for text in printed) * 2 >= len(printed) > 0


def _goes_on(above: str, below: str) -> float:
    """Whether the text of a cell goes on below the page end, by its wording."""
    above, below = above.strip(), below.strip()
    if not below:
        return 0.0
    if not above or _LABEL.match(below):
        return -1.0
    weight = 1.5 if below[0].islower() else 0.0
    return weight + (-1.0 if above.endswith((".", ";", "…")) else 0.3)


def _join_row(table: Grid, rest: Sequence[GridCell]) -> list[GridCell]:
    added = {c.column: c for c in rest if c.row == 0}
    cells: list[GridCell] = []
    for cell in table.cells:
        half = added.get(cell.column) if cell.row + cell.row_span == table.rows else None
        cells.append(replace(cell, lines=(*cell.lines, *_new_lines(cell, half))) if half else cell)
    return [*cells, *(_moved(cell, table.rows - 1) for cell in rest if cell.row > 0)]


def _new_lines(cell: GridCell, half: GridCell) -> tuple[Line, ...]:
    """The lines of the second half, but not a number that is printed on both pages."""
    repeated = cell.column == 0 and cell.text.strip() == half.text.strip()
    return () if repeated else half.lines
