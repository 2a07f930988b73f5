"""A table as read against the table as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from benchmarks.table_pages.build import TrueCell, TrueGrid
from pipeline.evaluate.wording import comparable, nearly_same, same

Shape = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as some tool gives it."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadGrid:
    """A table as some tool gives it."""

    rows: int
    columns: int
    cells: tuple[ReadCell, ...]


@dataclass(slots=True)
class Score:
    """Sums over pages. `wrong` holds (printed, read) of the cells that are not exact."""

    pages: int = 0
    found: int = 0
    right: int = 0
    cells: int = 0
    exact: int = 0
    lenient: int = 0
    letters: int = 0
    errors: int = 0
    seconds: float = 0.0
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("pages", "found", "right", "cells", "exact", "lenient", "letters", "errors", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong


def score(truth: TrueGrid, grids: Sequence[ReadGrid], seconds: float) -> Score:
    """Compare the printed table with the largest one found.

    The cells counted are those with text printed in them, and empty ones in which text was read.
    """
    best = max(grids, key=lambda grid: len(grid.cells), default=None)
    result = Score(pages=1, found=int(best is not None), seconds=seconds)
    result.right = int(best is not None and _shapes(truth) == _shapes(best))
    for cell, text in _pairs(truth, best):
        if not cell and not text:
            continue
        result.cells += 1
        result.exact += same(cell, text)
        result.lenient += nearly_same(cell, text)
        result.letters += len(comparable(cell))
        result.errors += Levenshtein.distance(comparable(cell), comparable(text))
        if not same(cell, text):
            result.wrong.append((cell, text))
    return result


def _shapes(grid: TrueGrid | ReadGrid) -> tuple[int, int, list[Shape]]:
    cells = sorted((cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells)
    return grid.rows, grid.columns, cells


def _pairs(truth: TrueGrid, read: ReadGrid | None) -> list[tuple[str, str]]:
    """Each printed cell with what was read for it: by place where the grid agrees, else by rows alike."""
    if read is None:
        return [(cell.text, "") for cell in truth.cells if cell.text]
    if _shapes(truth) == _shapes(read):
        texts = {(cell.row, cell.column): cell.text for cell in read.cells}
        return [(cell.text, texts[cell.row, cell.column]) for cell in truth.cells]
    printed, given = _by_row(truth.cells), _by_row(read.cells)
    rows = _aligned([" ".join(row) for row in printed], [" ".join(row) for row in given])
    pairs: list[tuple[str, str]] = []
    for number, row in enumerate(printed):
        other = given[rows[number]] if number in rows else []
        cells = _aligned(row, other)
        pairs += [(text, other[cells[i]] if i in cells else "") for i, text in enumerate(row)]
        taken = set(cells.values())
        pairs += [("", text) for i, text in enumerate(other) if i not in taken]
    return pairs


def _by_row(cells: Sequence[TrueCell] | Sequence[ReadCell]) -> list[list[str]]:
    """The texts of each row, left to right, empty cells left out; a merged cell is in its first row."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def _aligned(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Pairs in order with the greatest sum of likeness (Needleman and Wunsch 1970)."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            pair = Levenshtein.normalized_similarity(comparable(left[i]), comparable(right[j]))
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + (pair if pair > 0.3 else -1)
            )
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs[i] = j
            i, j = i + 1, j + 1
    return pairs
