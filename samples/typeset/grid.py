"""Ruled tables on the page: cells to lines, rows to pages, borders to rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samples.typeset.elements import Cell, Row, Table
from samples.typeset.fonts import ASCENT
from samples.typeset.lines import Token, break_lines, tokens
from samples.typeset.press import BOTTOM, LEFT, TOP, Press

_PADDING = 4.5
_LEADING = 1.18


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell with its text broken to lines."""

    cell: Cell
    column: int
    lines: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True, slots=True)
class _SetRow:
    """A row with its height in points; `rest` of a cut row, its text begins at the top."""

    cells: tuple[_SetCell, ...]
    height: float
    cut_after: int | None = None
    rest: bool = False


def set_table(press: Press, table: Table) -> None:
    """Put a table on the page, going on over as many pages as it takes."""
    edges = _edges(press, table.widths)
    leading = _leading(table)
    header = [_set_row(row, edges, table) for row in table.header]
    rows = [_set_row(row, edges, table) for row in table.rows]
    rows = _stretch(header, leading, table.padding) + _stretch(rows, leading, table.padding)
    press.y += 6
    pages = list(_paginate(press, rows, len(header) if table.repeat_header else 0, table))
    for number, page in enumerate(pages):
        if number:
            press.new_page()
        _draw(press, page, edges, table)
    press.y += 6


def _edges(press: Press, widths: Sequence[float]) -> list[float]:
    total, edges = sum(widths), [LEFT]
    for share in widths:
        edges.append(edges[-1] + press.measure * share / total)
    return edges


def _set_row(row: Row, edges: Sequence[float], table: Table) -> _SetRow:
    cells: list[_SetCell] = []
    for column, cell in enumerate(row.cells):
        if cell is None:
            continue
        measure = edges[column + cell.columns] - edges[column] - 2 * _PADDING
        lines = [
            tuple(line)
            for printed in cell.lines
            if printed
            for line in break_lines(tokens(printed, table.size, cell.style), measure)
        ]
        cells.append(_SetCell(cell, column, tuple(lines)))
    tallest = max((len(cell.lines) for cell in cells if cell.cell.rows == 1), default=1)
    return _SetRow(tuple(cells), _height(max(1, tallest), _leading(table), table.padding), row.cut_after)


def _height(lines: int, leading: float, padding: float) -> float:
    return lines * leading + 2 * padding


def _leading(table: Table) -> float:
    return table.size * _LEADING


def _stretch(rows: list[_SetRow], leading: float, padding: float) -> list[_SetRow]:
    """Make the last row under a merged cell taller where its text needs more than its rows give."""
    result = list(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            span = range(number, number + cell.cell.rows)
            missing = _height(len(cell.lines), leading, padding) - sum(result[n].height for n in span)
            if cell.cell.rows > 1 and missing > 0:
                result[span[-1]] = replace(result[span[-1]], height=result[span[-1]].height + missing)
    return result


def _paginate(press: Press, rows: list[_SetRow], repeated: int, table: Table) -> Iterator[list[_SetRow]]:
    """The rows of each page. A row that does not fit goes to the next page whole unless it is cut."""
    room, page = press.room, list[_SetRow]()
    full = press.page_size[1] - TOP - BOTTOM - 6
    for row in rows:
        used = sum(done.height for done in page)
        if row.cut_after is not None:
            upper, lower = _cut(row, row.cut_after, table)
            yield [*page, upper]
            page, room = [lower], full
        elif used + row.height > room and page:
            yield page
            page, room = [*rows[:repeated], row], full
        else:
            page.append(row)
    yield page


def _cut(row: _SetRow, after: int, table: Table) -> tuple[_SetRow, _SetRow]:
    upper = tuple(replace(cell, lines=cell.lines[:after]) for cell in row.cells)
    lower = tuple(replace(cell, lines=cell.lines[after:]) for cell in row.cells)
    tallest = max(len(cell.lines) for cell in lower)
    return (
        _SetRow(upper, _height(after, _leading(table), table.padding), rest=True),
        _SetRow(lower, _height(tallest, _leading(table), table.padding), rest=True),
    )


def _draw(press: Press, rows: list[_SetRow], edges: Sequence[float], table: Table) -> None:
    tops = [press.y]
    for row in rows:
        tops.append(tops[-1] + row.height)
    owners: list[list[int]] = [[-1] * (len(edges) - 1) for _ in rows]
    for number, row in enumerate(rows):
        for cell in row.cells:
            last = min(number + cell.cell.rows, len(rows))
            _draw_cell(press, cell, edges, tops[number], tops[last], table, row.rest)
            for covered in range(number, last):
                for column in range(cell.column, cell.column + cell.cell.columns):
                    owners[covered][column] = number * 100 + cell.column
    _fill_open_columns(owners)
    _draw_borders(press, owners, edges, tops)
    press.y = tops[-1]


def _fill_open_columns(owners: list[list[int]]) -> None:
    """Where a page begins under a merged cell, its columns still belong together."""
    for column in range(len(owners[0])):
        for number, row in enumerate(owners):
            if row[column] == -1:
                row[column] = owners[number - 1][column] if number else -2 - column


def _draw_cell(
    press: Press,
    cell: _SetCell,
    edges: Sequence[float],
    top: float,
    bottom: float,
    table: Table,
    from_top: bool,
) -> None:
    left, right = edges[cell.column], edges[cell.column + cell.cell.columns]
    leading = _leading(table)
    height = len(cell.lines) * leading
    y = top + table.padding if from_top else top + (bottom - top - height) / 2
    for number, line in enumerate(cell.lines):
        base = y + number * leading + ASCENT * line[0].size + (leading - 1.107 * line[0].size) / 2
        press.line(
            line,
            left + _PADDING,
            right - left - 2 * _PADDING,
            cell.cell.align,
            base,
            "table",
            last=number + 1 == len(cell.lines),
        )


def _draw_borders(
    press: Press, owners: list[list[int]], edges: Sequence[float], tops: Sequence[float]
) -> None:
    rows, columns = len(owners), len(edges) - 1
    for number in range(rows + 1):
        drawn = [
            number in (0, rows) or owners[number - 1][column] != owners[number][column]
            for column in range(columns)
        ]
        for start, end in _stretches(drawn):
            press.rule(edges[start], tops[number], edges[end], tops[number])
    for column in range(columns + 1):
        drawn = [column in (0, columns) or row[column - 1] != row[column] for row in owners]
        for start, end in _stretches(drawn):
            press.rule(edges[column], tops[start], edges[column], tops[end])


def _stretches(drawn: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of True as half-open ranges."""
    start: int | None = None
    for index, on in enumerate([*drawn, False]):
        if on and start is None:
            start = index
        elif not on and start is not None:
            yield start, index
            start = None
