"""Tables without any line: numbered rows set in columns with white between them.

A list of prose is numbered too: here the white has to run down in two places at least through
rows, all of whose numbers stand at one place and go on by one. What stands over the first
number and keeps to the columns is the header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.geometry import Box
from pipeline.layout.lines import Row, find_rows
from pipeline.layout.straighten import Spot
from pipeline.layout.tables.lattice import Edge, Lattice, Region
from pipeline.layout.tables.strokes import Piece
from pipeline.layout.tables.white_columns import find_gaps, row_starts

LEAST_ROWS = 3
LEAST_GAPS = 2
SAME_PLACE = 1.2
"""Numbers of one list stand within so many text heights of each other, across the page."""
TALLEST = 8.0
"""Text heights from one number to the next, at most."""
BLANK = 0.8
"""Text heights of white behind a number in a column of its own: no blank between words is so wide."""
SHORT = 4
"""Letters of a number, misread or not."""
MOSTLY = 0.6
"""Of the numbers of a run have to be read rightly."""
PITCH, HEADER_PITCH = 2.2, 3.6
"""Text heights from line to line within a table, and from its header to the first row, at most."""
MOST_HEADER_LINES = 4
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?$")
_FAR = 1e6


def open_columns(spots: Sequence[Spot], height: float, taken: Sequence[Box]) -> list[Lattice]:
    """Tables without lines outside the boxes `taken`; `height` is the text height in points."""
    free = [s for s in spots if not any(box.contains(s.box.centre) for box in taken)]
    rows = find_rows(free)
    found = []
    for run in _runs(rows, height):
        lattice = _lattice(run, rows, height)
        if lattice is not None:
            found.append(lattice)
    return found


def _runs(rows: Sequence[Row], height: float) -> Iterator[list[Row]]:
    """Rows that begin with a number in a column of their own, each by one more than the last."""
    stacks: list[list[Row]] = []
    for row in [row for row in rows if _begins_apart(row, height)]:
        stack = next((stack for stack in stacks if _goes_on(stack[-1], row, height)), None)
        if stack is None:
            stacks.append([row])
        else:
            stack.append(row)
    for stack in stacks:
        yield from _numbered(stack)


def _begins_apart(row: Row, height: float) -> bool:
    gaps, first = row.gaps(), row.spots[0].word.text
    short = len(first) <= SHORT and any(map(str.isalnum, first))
    return short and bool(gaps) and gaps[0] >= BLANK * height


def _goes_on(last: Row, row: Row, height: float) -> bool:
    apart = abs(_centre(row) - _centre(last))
    return apart <= SAME_PLACE * height and row.middle - last.middle <= TALLEST * height


def _numbered(run: Sequence[Row]) -> Iterator[list[Row]]:
    """The part of a run whose numbers go on by one, misread ones among them counted by their place."""
    numbers = [_number(row) for row in run]
    starts = Counter(number - at for at, number in enumerate(numbers) if number is not None)
    for start, count in starts.most_common(1):
        told = [at for at, number in enumerate(numbers) if number == start + at]
        if count >= max(LEAST_ROWS, MOSTLY * (told[-1] - told[0] + 1)):
            first = max(0, min(told[0], 1 - start))
            yield list(run[first : told[-1] + 2])


def _number(row: Row) -> int | None:
    match = _NUMBER.match(row.spots[0].word.text)
    return int(match.group(1)) if match else None


def _centre(row: Row) -> float:
    return row.spots[0].box.centre[0]


def _lattice(run: Sequence[Row], rows: Sequence[Row], height: float) -> Lattice | None:
    first, last = rows.index(run[0]), rows.index(run[-1])
    body = list(rows[first : last + 1])
    gaps = _gaps(body, height)
    if len(gaps) < LEAST_GAPS or gaps[0] < max(row.spots[0].box.x1 for row in run):
        return None
    above = _that_keep(reversed(rows[:first]), run[0], body, HEADER_PITCH * height)[:MOST_HEADER_LINES]
    below = _that_keep(rows[last + 1 :], run[-1], body, PITCH * height)
    gaps = _gaps([*above, *body, *below], height)
    inside = [s for row in (*above, *body, *below) for s in row.spots]
    left, right = min(s.box.x0 for s in inside), max(s.box.x1 for s in inside)
    top, bottom = min(s.box.top for s in inside), max(s.box.bottom for s in inside)
    levels = [top - 1, *row_starts(inside, gaps[0]), bottom + 1]
    ys = [_flat(level) for level in levels]
    xs = [_flat(place) for place in (left - 1, *gaps, right + 1)]
    return Lattice(tuple(ys), tuple(xs), tuple(_regions(ys, xs, inside)))


def _gaps(rows: Sequence[Row], height: float) -> list[float]:
    left = min(row.box.x0 for row in rows) - height / 2
    right = max(row.box.x1 for row in rows) + height / 2
    return find_gaps([[s.box for s in row.spots] for row in rows], left, right, height, BLANK)


def _that_keep(rows: Iterable[Row], beside: Row, body: Sequence[Row], pitch: float) -> list[Row]:
    """The rows next to `beside`, one by one, as long as they are near and leave the gaps white."""
    kept: list[Row] = []
    gaps = count = _gaps(body, beside.height)
    for row in rows:
        near = abs(row.middle - (kept[-1] if kept else beside).middle) <= pitch
        gaps = _gaps([*body, *kept, row], beside.height) if near else []
        crossed = any(s.box.x0 < gap < s.box.x1 for s in row.spots for gap in gaps)
        if len(gaps) < len(count) or crossed:
            break
        kept.append(row)
    return _in_columns(kept, _gaps([*body, *kept], beside.height))


def _in_columns(rows: Sequence[Row], gaps: Sequence[float]) -> list[Row]:
    """Of rows that leave the gaps white those that do so for being in columns, not by chance."""
    kept = list(rows)
    while kept and not _has_wide_gaps(kept[-1], gaps):
        kept.pop()
    return kept


def _has_wide_gaps(row: Row, gaps: Sequence[float]) -> bool:
    """False for a paragraph whose blanks happen to lie on the gaps: its blanks are narrow."""
    height = row.height
    over = [(a.box.x1, b.box.x0) for a, b in pairwise(row.spots)]
    narrow = sum(any(a <= gap <= b and b - a < BLANK * height for a, b in over) for gap in gaps)
    return narrow == 0


def _flat(level: float) -> Edge:
    return Edge((Piece(-_FAR, _FAR, level),), virtual=True)


def _regions(ys: Sequence[Edge], xs: Sequence[Edge], spots: Sequence[Spot]) -> list[Region]:
    """One cell a position; one cell over the columns that a word runs across."""
    regions = []
    for row, (upper, lower) in enumerate(pairwise(ys)):
        here = [s for s in spots if upper.mean < s.middle < lower.mean]
        start = 0
        for column in range(1, len(xs)):
            crossed = any(s.box.x0 < xs[column].mean - 1 < s.box.x1 - 2 for s in here)
            if column == len(xs) - 1 or not crossed:
                regions.append(Region(row, start, 1, column - start))
                start = column
    return regions
