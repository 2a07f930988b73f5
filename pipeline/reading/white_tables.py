"""Tables with few lines or none, on a scan: numbers in a column of their own, white between columns.

Read as a page, lines of neighbouring columns that are not level run into each other, and lone
figures are passed over. So these columns too are found by ink, before there are words, and
read cell by cell. What is a table `pipeline.layout` then decides by the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.open_tables import own_ink, without_specks
from pipeline.reading.pieces import pieces
from pipeline.reading.prepare import Gray, Mask
from pipeline.reading.region import Region

_BLANK, _RISE = 0.11, 0.035
"""Inches: wider than a blank between words; an accent stands nearer to its letter than lines do."""
_WIDEST, _HIGHEST, _LOWEST = 0.5, 0.25, 0.06
"""Inches of a number, or of STT over the numbers, across and down."""
_SAME_PLACE = 0.11
_TALLEST = 1.3
"""Inches from one number to the next, at most."""
_LEAST_NUMBERS = 4
_SLICE = 0.06
_GAP = 0.1
_CROSSED = 0.1
"""Of the slices between first and last number may have ink in a gap: group rows."""
_LEAST_GAPS = 2
_APART = 0.35
"""Inches of white that end a table, above and below its numbers."""
_REACH = 2
_DIRT = 0.001
"""Square inches: less is dirt, or a full stop, and tells nothing of columns; a 1 has 0.0025."""
_COARSE = 2
"""Looked for at half the size: white strips are wide."""

Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Numbers from top to bottom, and the middles of the white strips to their right, in pixels."""

    numbers: tuple[Region, ...]
    left: int
    right: int
    gaps: tuple[int, ...]


def white_tables(gray: Gray, lines: Mask, dpi: float) -> list[tuple[Region, list[Region]]]:
    """Frames and cells of the tables that white alone makes.

    Args:
        lines: ruling lines, and whole tables known already: ink there is left out of account.
    """
    half = cv2.resize(gray, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    coarse = dpi / _COARSE
    ink = without_specks(own_ink(np.asarray(half, dtype=np.uint8)), coarse, _DIRT)
    ink[cv2.resize(lines, (ink.shape[1], ink.shape[0]), interpolation=cv2.INTER_NEAREST) > 0] = 0
    tables = []
    for stack in _stacks(_phrases(ink, coarse), coarse):
        columns = _columns(ink, stack, coarse)
        if columns is not None:
            cells = [_enlarged(cell) for cell in _cells(ink, columns, coarse)]
            tables.append((_around(cells), cells))
    return tables


def _enlarged(cell: Region) -> Region:
    return Region(*(_COARSE * side for side in (cell.left, cell.top, cell.right, cell.bottom)))


def _phrases(ink: Mask, dpi: float) -> list[Region]:
    """Pieces of printed lines that a blank between words does not break."""
    across, down = round(_BLANK * dpi) | 1, round(_RISE * dpi) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((down, across), np.uint8))
    _, stats = pieces(joined)
    return [Region(x, y, x + w, y + h) for x, y, w, h in stats[1:, :4].tolist()]


def _stacks(phrases: Sequence[Region], dpi: float) -> Iterator[list[Region]]:
    """Short pieces one under the other, with something to their right and nothing beside them."""
    short = [
        p
        for p in sorted(phrases, key=lambda p: p.top)
        if p.right - p.left <= _WIDEST * dpi and _LOWEST * dpi <= p.bottom - p.top <= _HIGHEST * dpi
    ]
    stacks: list[list[Region]] = []
    for piece in short:
        near = [s for s in stacks if _under(s[-1], piece, dpi)]
        if near:
            min(near, key=lambda s: abs(_middle(s[-1]) - _middle(piece))).append(piece)
        else:
            stacks.append([piece])
    # The leftmost first: figures of other columns stack up too, and are inside by then.
    done: list[Region] = []
    for stack in sorted(stacks, key=lambda s: s[0].left):
        if len(stack) >= _LEAST_NUMBERS and not any(_inside(stack[0], other) for other in done):
            done.append(Region(stack[0].left, stack[0].top, 1 << 30, stack[-1].bottom))
            yield stack


def _middle(piece: Region) -> float:
    return (piece.left + piece.right) / 2


def _under(upper: Region, lower: Region, dpi: float) -> bool:
    return (
        abs(_middle(upper) - _middle(lower)) <= _SAME_PLACE * dpi
        and upper.bottom <= lower.top
        and lower.top - upper.top <= _TALLEST * dpi
    )


def _inside(piece: Region, other: Region) -> bool:
    return piece.left >= other.left and other.top - 100 <= piece.top <= other.bottom


def _columns(ink: Mask, stack: Sequence[Region], dpi: float) -> _Columns | None:
    """The white strips beside a stack of numbers; null where there are too few, or ink to the left."""
    left = max(0, min(piece.left for piece in stack) - _REACH)
    top, bottom = stack[0].top, stack[-1].bottom
    body = ink[top:bottom] > 0
    if body[:, :left].any(axis=1).mean() > _CROSSED / 2:
        return None
    slices = _sliced(body, dpi)
    crossed = np.asarray(slices.sum(axis=0), dtype=np.int64)
    inked = np.flatnonzero(crossed > _CROSSED * len(slices))
    gaps = [
        _whitest(crossed, int(a) + 1, int(b)) for a, b in pairwise(inked) if b - a > _GAP * dpi and a >= left
    ]
    if len(gaps) < _LEAST_GAPS or gaps[0] < max(piece.right for piece in stack):
        return None
    right = int(np.flatnonzero(body.any(axis=0))[-1]) + _REACH
    return _Columns(tuple(stack), left, right, tuple(gaps))


def _sliced(body: Rows, dpi: float) -> Rows:
    """What of each column is inked, slice by slice; slices without any ink left out."""
    high = max(4, round(_SLICE * dpi))
    slices = np.array([body[at : at + high].any(axis=0) for at in range(0, len(body), high)])
    return np.asarray(slices[slices.any(axis=1)])


def _cells(ink: Mask, columns: _Columns, dpi: float) -> list[Region]:
    edges = [columns.left, *columns.gaps, columns.right]
    levels = _levels(ink, columns, dpi)
    reach = round(_GAP * dpi / 3)
    cells = []
    for top, bottom in pairwise(levels):
        row = np.any(ink[top:bottom], axis=0)
        start = edges[0]
        for edge in edges[1:]:
            # Ink that runs across the gap: one cell over both columns.
            if edge == edges[-1] or not row[edge - reach : edge + reach + 1].any():
                cells.append(Region(start, top, edge, bottom))
                start = edge
    return cells


def _levels(ink: Mask, columns: _Columns, dpi: float) -> list[int]:
    """Where rows begin and end: at the whitest place between two numbers."""
    numbers = columns.numbers
    filled = np.count_nonzero(ink[:, columns.left : columns.right], axis=1) > 0
    levels = [_end(ink, columns, numbers[0].top, -1, dpi)]
    for upper, lower in pairwise(numbers):
        levels.append(
            _whitest(
                np.asarray(filled, dtype=np.int64),
                (upper.top + upper.bottom) // 2,
                (lower.top + lower.bottom) // 2,
            )
        )
    return [*levels, _end(ink, columns, numbers[-1].bottom, 1, dpi)]


def _whitest(crossed: npt.NDArray[np.int64], start: int, end: int) -> int:
    """The middle of the longest run, from `start` to `end`, where the least ink is."""
    more = np.flatnonzero(crossed[start:end] > crossed[start:end].min())
    edges = np.concatenate(([start - 1], start + more, [end]))
    widest = int(np.argmax(np.diff(edges)))
    return int(edges[widest] + edges[widest + 1]) // 2


def _end(ink: Mask, columns: _Columns, start: int, step: int, dpi: float) -> int:
    """How far a table goes on beyond its numbers: until a line crosses a gap, or much is white."""
    reach = round(_GAP * dpi / 2)
    strips = [slice(max(0, gap - reach), gap + reach) for gap in columns.gaps]
    level, last, whole = start, start, start
    while 0 < level < len(ink) - 1 and abs(level - last) < _APART * dpi:
        row = np.asarray(ink[level] > 0)
        if any(row[strip].any() for strip in strips):
            return whole + step * _REACH
        if row[columns.left : columns.right].any():
            last = level
        else:
            # White between two lines: what was passed belongs to the table.
            whole = last
        level += step
    return last + step * _REACH


def _around(cells: Sequence[Region]) -> Region:
    return Region(
        min(cell.left for cell in cells),
        min(cell.top for cell in cells),
        max(cell.right for cell in cells),
        max(cell.bottom for cell in cells),
    )
