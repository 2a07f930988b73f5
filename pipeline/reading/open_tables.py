"""Tables with horizontal lines only, on a scan: cells told by the white that runs down between columns.

What `pipeline.layout` finds by words is found here by ink, before there are words, so that
these cells too are read one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.levels import quantile
from pipeline.reading.pieces import pieces, pixels_of
from pipeline.reading.prepare import Gray, Mask, ink_mask
from pipeline.reading.region import Region
from pipeline.reading.trace import Trace

_LEAST_LINES = 4
_LEAST_WIDTH = 2.0
_SAME_END = 0.2
_TALLEST, _LOWEST = 3.0, 0.09
"""Inches: between two lines of a stack, most and least."""
_GAP = 0.075
"""Inches of white between two columns; blanks between words are half of it."""
_CROSSED, _FEW = 0.12, 5
"""Of the rows may run across the gaps between columns; of five or more one may."""
_SPECK = 0.0003
_OWN = 0.42


def open_tables(gray: Gray, across: Sequence[Trace], dpi: float) -> list[tuple[Region, list[Region]]]:
    """Frames and cells of the tables that horizontal lines outside ruled tables make."""
    tables = []
    for stack in _stacks(across, dpi):
        cells = _cells(gray, stack, dpi)
        if len(cells) >= 2 * (len(stack) - 1):
            frame = Region(
                min(cell.left for cell in cells),
                min(cell.top for cell in cells),
                max(cell.right for cell in cells),
                max(cell.bottom for cell in cells),
            )
            tables.append((frame, cells))
    return tables


def _stacks(across: Sequence[Trace], dpi: float) -> list[list[Trace]]:
    """Lines of one width, one under the other."""
    stacks: list[list[Trace]] = []
    for trace in sorted(across, key=lambda trace: trace.points[0][1]):
        if trace.length < _LEAST_WIDTH * dpi:
            continue
        for stack in stacks:
            last = stack[-1]
            apart = trace.points[0][1] - last.points[0][1]
            ends = max(abs(last.start - trace.start), abs(last.end - trace.end))
            if ends <= _SAME_END * dpi and apart <= _TALLEST * dpi:
                if apart >= _LOWEST * dpi:
                    stack.append(trace)
                break
        else:
            stacks.append([trace])
    return [stack for stack in stacks if len(stack) >= _LEAST_LINES]


def _cells(gray: Gray, stack: Sequence[Trace], dpi: float) -> list[Region]:
    left = max(0, int(min(trace.start for trace in stack)))
    right = int(max(trace.end for trace in stack)) + 1
    bands = [_band(upper, lower, dpi) for upper, lower in pairwise(stack)]
    ink = without_specks(own_ink(gray[: bands[-1][1], left:right]), dpi)
    shifts = _shifts(stack)
    rows = np.array(
        [
            np.roll((ink[top:bottom] > 0).any(axis=0), -shift)
            for (top, bottom), shift in zip(bands, shifts, strict=True)
        ]
    )
    edges = [0, *_gaps(rows, dpi), right - left]
    if len(edges) < 3:
        return []
    reach = round(_GAP * dpi / 2)
    cells = []
    for (top, bottom), row, shift in zip(bands, rows, shifts, strict=True):
        start = 0
        for edge in edges[1:]:
            # A word that runs across the gap: one cell over both columns.
            if edge == edges[-1] or not row[edge - reach : edge + reach + 1].any():
                cells.append(Region(max(0, left + start + shift), top, left + edge + shift, bottom))
                start = edge
    return cells


def _shifts(stack: Sequence[Trace]) -> list[int]:
    """How far each band lies to the right of the usual, in pixels: pages bend and shear."""
    middles = [(trace.start + trace.end) / 2 for trace in stack]
    usual = float(np.median(middles))
    return [round((a + b) / 2 - usual) for a, b in pairwise(middles)]


def _band(upper: Trace, lower: Trace, dpi: float) -> tuple[int, int]:
    """Rows of pixels between two lines, their own thickness and bend left out."""
    top = max(level for _, level in upper.points) + upper.thickness / 2 + 0.01 * dpi
    bottom = min(level for _, level in lower.points) - lower.thickness / 2 - 0.01 * dpi
    return round(top), max(round(top) + 1, round(bottom))


def own_ink(gray: Gray) -> Mask:
    """Ink as dark as the page's own: not what shines through."""
    paper, dark = (quantile(gray[::3, ::3], share) for share in (0.5, 0.01))
    own = (gray < paper - _OWN * (paper - dark)).astype(np.uint8)
    return np.asarray(ink_mask(gray) & own, dtype=np.uint8)


def without_specks(ink: Mask, dpi: float, least: float = _SPECK) -> Mask:
    """The ink without pieces of less than `least` square inches, by default less than a full stop."""
    labels, stats = pieces(ink)
    kept = stats[:, cv2.CC_STAT_AREA] >= least * dpi * dpi
    kept[0] = False
    return pixels_of(kept, labels)


def _gaps(rows: npt.NDArray[np.bool_], dpi: float) -> list[int]:
    """Middles of the strips that (nearly) all rows leave white, with ink on both sides."""
    white = rows.sum(axis=0) <= max(_CROSSED * len(rows), len(rows) >= _FEW)
    inked = np.flatnonzero(~white)
    if not len(inked):
        return []
    steps = np.flatnonzero(np.diff(inked) > _GAP * dpi)
    return [int(inked[step] + inked[step + 1]) // 2 for step in steps]
