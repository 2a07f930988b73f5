"""Tables with horizontal lines only: columns told by the white between the words.

A stack of lines of one width, one under the other, is a table if the words between them leave
the same gaps free from top to bottom. Where only the header has a line under it, rows are
told by the numbers of the first column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.geometry import Box
from pipeline.layout.lines import find_rows
from pipeline.layout.straighten import Spot
from pipeline.layout.tables.lattice import Edge, Lattice, Region
from pipeline.layout.tables.strokes import Piece, Stroke
from pipeline.layout.tables.white_columns import find_gaps, row_starts

LEAST_LINES = 3
SAME_END = 1.5
"""Lines of one stack begin and end within so many text heights."""
LEAST_WIDTH = 15.0
"""Text heights: a line under a title is shorter."""
TALLEST = 30.0
"""Text heights between two lines of one stack."""
_FAR = 1e6


def half_ruled(
    across: Sequence[Stroke], spots: Sequence[Spot], height: float, taken: Sequence[Box]
) -> list[Lattice]:
    """Tables of horizontal strokes outside the boxes `taken`; `height` is the text height in points."""
    free = [s for s in across if not any(_near(s, box, height) for box in taken)]
    found = []
    for stack in _stacks(free, height):
        lattice = _lattice(stack, spots, height)
        if lattice is not None:
            found.append(lattice)
    return found


def _near(stroke: Stroke, box: Box, height: float) -> bool:
    inside = box.top - height <= stroke.mean <= box.bottom + height
    return inside and stroke.start < box.x1 + height and stroke.end > box.x0 - height


def _stacks(strokes: Sequence[Stroke], height: float) -> list[list[Stroke]]:
    """Lines of one width that follow each other down the page."""
    stacks: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: s.mean):
        if stroke.end - stroke.start < LEAST_WIDTH * height:
            continue
        for stack in stacks:
            last = stack[-1]
            level = max(abs(last.start - stroke.start), abs(last.end - stroke.end)) <= SAME_END * height
            if level and stroke.mean - last.mean <= TALLEST * height:
                if stroke.mean - last.mean > 0.5 * height:
                    stack.append(stroke)
                break
        else:
            stacks.append([stroke])
    return [stack for stack in stacks if len(stack) >= LEAST_LINES]


def _lattice(stack: Sequence[Stroke], spots: Sequence[Spot], height: float) -> Lattice | None:
    left, right = min(s.start for s in stack), max(s.end for s in stack)
    inside = [s for s in spots if left - height < s.box.centre[0] < right + height]
    bands = [
        [s for s in inside if upper.at(s.box.centre[0]) < s.middle < lower.at(s.box.centre[0])]
        for upper, lower in pairwise(stack)
    ]
    filled = [band for band in bands if band]
    if len(filled) < 2:
        return None
    shear = _Shear(stack)
    rows = [row.spots for band in filled for row in find_rows(band)] if len(filled) < 4 else filled
    gaps = find_gaps([[shear.upright(s.box) for s in row] for row in rows], left, right, height)
    if not gaps:
        return None
    ys = _edges_down(stack, bands, gaps[0])
    xs = [shear.edge(x) for x in (left, *gaps, right)]
    return Lattice(tuple(ys), tuple(xs), tuple(_regions(ys, xs, inside)))


class _Shear:
    """How far the lines of a stack lie to the right of the usual: pages bend and shear."""

    def __init__(self, stack: Sequence[Stroke]) -> None:
        self._levels = [(s.mean, (s.start + s.end) / 2) for s in stack]
        usual = median(middle for _, middle in self._levels)
        self._levels = [(level, middle - usual) for level, middle in self._levels]

    def at(self, y: float) -> float:
        """In points, at the height `y`; that of the nearest line beyond the first and last."""
        for (top, a), (bottom, b) in pairwise(self._levels):
            if y <= bottom:
                part = min(1.0, max(0.0, (y - top) / (bottom - top)))
                return a + (b - a) * part
        return self._levels[-1][1]

    def upright(self, box: Box) -> Box:
        """`box` where it would be if the lines stood straight under each other."""
        by = self.at(box.centre[1])
        return Box(box.x0 - by, box.top, box.x1 - by, box.bottom)

    def edge(self, x: float) -> Edge:
        """An upright edge of the table, bent as the lines are."""
        pieces = [Piece(top, bottom, x + (a + b) / 2) for (top, a), (bottom, b) in pairwise(self._levels)]
        return Edge(tuple(pieces), virtual=True)


def _edges_down(stack: Sequence[Stroke], bands: Sequence[Sequence[Spot]], first_gap: float) -> list[Edge]:
    """The drawn lines, and between them one above each further number of the first column."""
    edges = [Edge(stack[0].pieces)]
    for number, (band, lower) in enumerate(zip(bands, stack[1:], strict=True)):
        if number:
            edges += [_flat(level) for level in row_starts(band, first_gap)]
        edges.append(Edge(lower.pieces))
    return edges


def _flat(level: float) -> Edge:
    return Edge((Piece(-_FAR, _FAR, level),), virtual=True)


def _regions(ys: Sequence[Edge], xs: Sequence[Edge], spots: Sequence[Spot]) -> list[Region]:
    """One cell a position; one cell over the columns that a word runs across."""
    regions = []
    for row, (upper, lower) in enumerate(pairwise(ys)):
        here = [s for s in spots if upper.at(s.box.centre[0]) < s.middle < lower.at(s.box.centre[0])]
        start = 0
        for column in range(1, len(xs)):
            last = column == len(xs) - 1
            crossed = any(s.box.x0 < xs[column].at(s.middle) - 1 < s.box.x1 - 2 for s in here)
            if last or not crossed:
                regions.append(Region(row, start, 1, column - start))
                start = column
    return regions
