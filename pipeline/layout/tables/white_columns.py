"""Columns and rows told by white: strips that run down between words, and rows by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.geometry import Box
from pipeline.layout.lines import Row, find_rows
from pipeline.layout.straighten import Spot

GAP, GAP_OF_FEW = 0.5, 0.9
"""Text heights of white between two columns, at least; more where there are few rows to agree."""
FEW_ROWS = 5
CROSSED = 0.12
"""Of the rows may have words across a gap between columns (group rows); where they are not few, one may."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5})(?:\.\d{1,2})*[.)]?$")
_SHORT = 4
"""Letters of a row's number at most, misread or not: (12)."""
_MOSTLY = 0.5


def is_number(text: str) -> bool:
    """True for what numbers a row: 3, 3., (3), 1.2, IV."""
    return bool(_NUMBER.match(text))


def find_gaps(
    rows: Sequence[Sequence[Box]], left: float, right: float, height: float, least: float | None = None
) -> list[float]:
    """Middles of the white strips that run down through (nearly) all rows.

    Args:
        rows: the boxes of the words of each row.
        height: of text, in points.
        least: text heights of white between two columns; by the number of rows where none is given.
    """
    edges = sorted({left, right, *(e for row in rows for box in row for e in (box.x0, box.x1))})
    strips: list[list[tuple[float, float, int]]] = []
    for a, b in pairwise(edge for edge in edges if left <= edge <= right):
        middle = (a + b) / 2
        crossed = sum(any(box.x0 < middle < box.x1 for box in row) for row in rows)
        if crossed > max(CROSSED * len(rows), len(rows) >= FEW_ROWS):
            continue
        if strips and strips[-1][-1][1] == a:
            strips[-1].append((a, b, crossed))
        else:
            strips.append([(a, b, crossed)])
    if least is None:
        least = GAP if len(rows) >= FEW_ROWS else GAP_OF_FEW
    return [
        _whitest(strip)
        for strip in strips
        if strip[-1][1] - strip[0][0] >= least * height
        and _words_between(rows, left, strip[0][0])
        and _words_between(rows, strip[-1][1], right)
    ]


def _whitest(strip: Sequence[tuple[float, float, int]]) -> float:
    """The middle of the widest part that the fewest rows cross: a header may be wider than its column."""
    fewest = min(crossed for _, _, crossed in strip)
    parts: list[tuple[float, float]] = []
    for a, b, crossed in strip:
        if crossed > fewest:
            continue
        if parts and parts[-1][1] == a:
            parts[-1] = (parts[-1][0], b)
        else:
            parts.append((a, b))
    a, b = max(parts, key=lambda part: part[1] - part[0])
    return (a + b) / 2


def _words_between(rows: Sequence[Sequence[Box]], start: float, end: float) -> bool:
    return any(start <= box.centre[0] <= end for row in rows for box in row)


def row_starts(band: Sequence[Spot], first_gap: float) -> list[float]:
    """Where rows part in a band that holds several: in the widest white between two numbers."""
    lines = find_rows([s for s in band if s.box.centre[0] < first_gap])
    starts = []
    for upper, lower in pairwise(row.middle for row in _numbers(lines)):
        levels = sorted((s.box.top, s.box.bottom) for s in band if upper <= s.middle <= lower)
        reached, best = levels[0][1], (0.0, (upper + lower) / 2)
        for top, bottom in levels[1:]:
            if top > reached:
                best = max(best, (top - reached, (top + reached) / 2))
            reached = max(reached, bottom)
        starts.append(best[1])
    return starts


def _numbers(lines: Sequence[Row]) -> list[Row]:
    """The lines of a first column that number its rows, from top to bottom.

    Where most are numbers, what is as short is one that was misread.
    """
    told = [line for line in lines if is_number(line.text)]
    if len(told) >= _MOSTLY * len(lines):
        told = [line for line in lines if is_number(line.text) or len(line.text) <= _SHORT]
    return sorted(told, key=lambda line: line.middle)
