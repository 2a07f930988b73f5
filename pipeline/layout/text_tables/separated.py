"""Tables whose cells the text keeps apart itself: by tabs, by strokes in every line, by drawn frames."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.layout.text_tables.header import opens_header
from pipeline.layout.text_tables.pieces import in_pieces
from pipeline.rules import load_rules
from pipeline.types import Grid, GridCell, Line, Word

_STROKE = re.compile(r"[|│┃¦‖]")
_FRAME = re.compile(r"[\s+|│┃┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬:=_-]{3,}")
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_LEAST_STROKE_ROWS = 3
_EVEN = 0.75
"""Share of the lines that must have the same number of cells; an empty last one may be missing."""
_BETWEEN = 3
"""Lines without a separator that may stand between rows: headings across the table."""


@dataclass(frozen=True, slots=True)
class Separated:
    """A table found in `lines[start:end]`; `marks` are words that are ruling or a transcript's own."""

    start: int
    end: int
    grid: Grid
    marks: tuple[Word, ...]


def find_separated(lines: Sequence[Line]) -> list[Separated]:
    """The tables among the lines of a page, top to bottom."""
    found: list[Separated] = []
    at = 0
    while at < len(lines):
        table = _table_at(lines, at)
        if table is not None:
            found.append(table)
        at = table.end if table is not None else at + 1
    return found


Cells = list[tuple[Word, ...]]
Split = Callable[[Line], Cells]


@dataclass
class _Row:
    """A row as it grows: the printed lines of each cell; one cell across all columns where `wide`."""

    cells: list[list[Line]]
    wide: bool = False


def _table_at(lines: Sequence[Line], start: int) -> Separated | None:
    for split in (_by_tabs, _by_strokes):
        header = split(lines[start])
        named = sum(map(bool, header))
        if named >= _LEAST_COLUMNS and named >= len(header) - 1:
            table = _read(lines, start, split, len(header))
            if table is not None:
                return table
    return None


def _read(lines: Sequence[Line], start: int, split: Split, columns: int) -> Separated | None:
    rows: list[_Row] = []
    marks: list[Word] = []
    even = framed = 0
    fresh, end, at = True, start, start
    while at < len(lines) and at - end <= _BETWEEN:
        line, cells = lines[at], split(lines[at])
        if _FRAME.fullmatch(line.text):
            marks += line.words
            framed, fresh, end = framed + 1, True, at + 1
        elif len(cells) > columns or _is_mark(line.text):
            break
        elif len(cells) > 1:
            _between_rows(rows, lines[end:at], columns)
            _add(rows, cells, columns, fresh, framed > 2)
            even, fresh, end = even + (len(cells) >= columns - 1), False, at + 1
        at += 1
    plain = [row for row in rows if not row.wide]
    least = _LEAST_ROWS if split is _by_tabs else _LEAST_STROKE_ROWS
    if len(plain) < least or even < _EVEN * len(plain):
        return None
    # Strokes alone may be what OCR left of a table whose cells run into each other.
    if split is _by_strokes and not framed and not _is_closed(lines[start]) and not _is_header(lines[start]):
        return None
    return _table(lines, start, end, rows, marks, columns)


def _is_closed(line: Line) -> bool:
    text = line.text
    return bool(_STROKE.match(text[:1]) and _STROKE.match(text[-1:]))


def _is_header(line: Line) -> bool:
    return opens_header(in_pieces(line, 0))


def _table(
    lines: Sequence[Line], start: int, end: int, rows: Sequence[_Row], marks: list[Word], columns: int
) -> Separated:
    """The table with the transcript's marks around it, which are no part of the document."""
    before = start > 0 and _is_mark(lines[start - 1].text)
    after = end < len(lines) and _is_mark(lines[end].text)
    marks = [*(lines[start - 1].words if before else ()), *marks, *(lines[end].words if after else ())]
    cells = tuple(cell for at, row in enumerate(rows) for cell in _grid_cells(at, row, columns))
    page = lines[start].page
    return Separated(
        start - before, end + after, Grid(len(rows), columns, cells, page, ruled=False), tuple(marks)
    )


def _grid_cells(at: int, row: _Row, columns: int) -> Iterator[GridCell]:
    if row.wide:
        yield GridCell(at, 0, 1, columns, tuple(row.cells[0]))
        return
    for column, lines in enumerate(row.cells):
        yield GridCell(at, column, 1, 1, tuple(lines))


def _between_rows(rows: list[_Row], lines: Sequence[Line], columns: int) -> None:
    """Lines without separators: the rest of the last cell, or a heading across the table."""
    for line in lines:
        goes_on = line.text[:1].islower()
        if rows and goes_on:
            rows[-1].cells[-1].append(Line(line.words))
        elif rows and rows[-1].wide:
            rows[-1].cells[0].append(Line(line.words))
        else:
            rows.append(_Row([[Line(line.words)]], wide=True))


def _add(rows: list[_Row], cells: Cells, columns: int, fresh: bool, framed: bool) -> None:
    """A row of cells: a new one, or the next line of the one above."""
    cells = [*cells, *[()] * (columns - len(cells))]
    words = [cell for cell in cells if cell]
    below = bool(rows) and not rows[-1].wide and not cells[0] and any(w[0].text[:1].islower() for w in words)
    if rows and not rows[-1].wide and ((framed and not fresh) or below):
        for held, cell in zip(rows[-1].cells, cells, strict=True):
            held += [Line(cell)] if cell else []
    elif len(words) == 1 and len(words[0]) > 2 and not fresh and rows:
        rows.append(_Row([[Line(words[0])]], wide=True))
    else:
        rows.append(_Row([[Line(cell)] if cell else [] for cell in cells]))


# ── lines to cells ────────────────────────────────────────────────────────


def _by_tabs(line: Line) -> Cells:
    return _shared_out(line.printed.split("\t"), line.words)


def _by_strokes(line: Line) -> Cells:
    if not _STROKE.search(line.printed):
        return []
    parts = _STROKE.split(line.printed)
    if not parts[0].strip():
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    words = [
        word if text == word.text else replace(word, text=text, raw=text)
        for word in line.words
        for text in _STROKE.split(word.text)
        if text
    ]
    return _shared_out(parts, words)


def _shared_out(parts: Sequence[str], words: Sequence[Word]) -> Cells:
    """The words part by part: the parts hold them in the same order."""
    cells: Cells = []
    at = 0
    for part in parts:
        count = len(part.split())
        cells.append(tuple(words[at : at + count]))
        at += count
    return cells if at == len(words) else []


@cache
def _mark() -> re.Pattern[str]:
    names = "|".join(map(re.escape, load_rules("text_tables")["marks"]))
    return re.compile(rf"[\[<]\s*/?\s*(?:{names})\b[^\]>]*[\]>]", re.IGNORECASE)


def _is_mark(text: str) -> bool:
    return bool(_mark().fullmatch(text.strip()))
