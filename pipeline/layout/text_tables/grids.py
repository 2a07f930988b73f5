"""The lines of a table, cut into cells → grids, one a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.layout.text_tables.body import Body, Cut, rows_of, spans_of
from pipeline.layout.text_tables.header import Header
from pipeline.layout.text_tables.pieces import Piece
from pipeline.layout.text_tables.vocabulary import Vocabulary
from pipeline.types import Grid, GridCell, Line, Word

UNREADABLE = 0.3
"""Confidence of what was read but makes no sense: kept as it is, for a person to look at."""
_DOUBTFUL = 0.5
_LEAST_READ, _WELL_READ = 0.5, 0.75
"""Shares of a cell's words that were read: below the first it is unreadable, below the second doubtful."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells of a row on one page by column, the number's column first; one cell where it spans all."""

    cells: tuple[tuple[Line, ...], ...]
    wide: bool = False


def to_grids(header: Header, body: Body, cuts: Sequence[Cut], vocabulary: Vocabulary) -> dict[int, Grid]:
    """The table's grid on each page, by the page's index."""
    columns = len(header.columns)
    rows: dict[int, list[_Row]] = {}
    for row in rows_of(cuts):
        parts = groupby(row, key=lambda cut: body.lines[cut.line].page)
        for page, cut_lines in parts:
            rows.setdefault(page, []).append(_row(list(cut_lines), body, vocabulary))
    first = min(rows, default=0)
    names = _Row(tuple(tuple(Line(words) for words in column.name) for column in header.columns))
    rows[first] = [names, *rows.get(first, [])]
    return {page: _grid(held, columns) for page, held in rows.items()}


def _row(cuts: Sequence[Cut], body: Body, vocabulary: Vocabulary) -> _Row:
    """The cuts of one row, or of the part of a row that stands on one page."""
    numbers = tuple(line for cut in cuts for line in _number(cut, body))
    cells: list[list[tuple[Piece, ...]]] = [[] for _ in body.roles]
    for cut in cuts:
        for column, pieces in spans_of(body.pieces(cut.line), cut.columns):
            cells[column].append(pieces)
    wide = cuts[0].kind == "group"
    return _Row((numbers, *(tuple(_lines(cell, vocabulary)) for cell in cells)), wide)


def _number(cut: Cut, body: Body) -> Iterator[Line]:
    number = body.numbers.get(cut.line)
    if number is not None:
        word = body.lines[cut.line].pieces[0].word
        yield Line((word if number.read else _doubted(word, UNREADABLE),))


def _lines(spans: Sequence[tuple[Piece, ...]], vocabulary: Vocabulary) -> Iterator[Line]:
    share = _share_read([piece for span in spans for piece in span], vocabulary)
    ceiling = UNREADABLE if share < _LEAST_READ else _DOUBTFUL if share < _WELL_READ else 1.0
    for span in spans:
        yield Line(tuple(_doubted(piece.word, ceiling) for piece in span))


def _doubted(word: Word, ceiling: float) -> Word:
    return replace(word, confidence=min(word.confidence, ceiling))


def _share_read(pieces: Sequence[Piece], vocabulary: Vocabulary) -> float:
    """The part of the letters in figures, syllables, abbreviations and words of the document."""
    letters = sum(len(piece.text) for piece in pieces)
    read = sum(len(piece.text) for piece in pieces if _is_read(piece, vocabulary))
    return read / letters if letters else 1.0


def _is_read(piece: Piece, vocabulary: Vocabulary) -> bool:
    if piece.figure or "%" in piece.text:
        return True
    familiar = vocabulary.familiar(piece.text)
    if familiar is not None:
        return familiar
    return len(piece.shape) > 1 and piece.text.strip(".,;:()").isupper() and piece.text.isascii()


# ── cells to a grid ───────────────────────────────────────────────────────


def _grid(rows: Sequence[_Row], columns: int) -> Grid:
    cells = tuple(cell for at, row in enumerate(rows) for cell in _cells(at, row, columns))
    page = next((line.page for cell in cells for line in cell.lines), 1)
    return Grid(len(rows), columns, cells, page, ruled=False)


def _cells(at: int, row: _Row, columns: int) -> Iterator[GridCell]:
    if not row.wide:
        for column, lines in enumerate(row.cells):
            yield GridCell(at, column, 1, 1, lines)
        return
    number, title = row.cells[0], tuple(line for lines in row.cells[1:] for line in lines)
    if number:
        yield GridCell(at, 0, 1, 1, number)
    yield GridCell(at, 1 if number else 0, 1, columns - 1 if number else columns, title)
