"""Ruling lines of a scanned page: found, taken out, and the cells that they close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.line_choice import mended
from pipeline.reading.line_tracing import across_to_paper, trace_lines
from pipeline.reading.open_tables import open_tables
from pipeline.reading.pieces import pieces
from pipeline.reading.prepare import Gray, Mask
from pipeline.reading.region import Region
from pipeline.reading.trace import Trace
from pipeline.reading.white_tables import white_tables

_LEAST_TABLE = (1.5, 0.35)
_LEAST_CELL = (0.12, 0.09)
_BRIDGED = 0.12
"""Inches that a line may be missing between two pieces of it, when its cells are closed."""
_SAME_LINE = 0.03


@dataclass(frozen=True, slots=True)
class Segment:
    """A ruling line or a piece of one, in pixels, along its middle."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was drawn on a page. `tables` holds, for each table, its cells in reading order.

    `rooms` has the number of its cell on every pixel inside one: cells of a bent page are no
    rectangles.
    """

    segments: tuple[Segment, ...]
    across: tuple[Trace, ...]
    down: tuple[Trace, ...]
    tables: tuple[tuple[Region, tuple[Region, ...]], ...]
    rooms: npt.NDArray[np.int32]


def find_ruling(gray: Gray, dpi: float) -> Ruling:
    """Find the lines of a straightened page and the cells between them."""
    across, down = trace_lines(gray, dpi)
    segments = (*_segments(across, horizontal=True), *_segments(down, horizontal=False))
    lines = _drawn(across, down, gray.shape, dpi)
    rooms = np.zeros(gray.shape, np.int32)
    tables = _tables(lines, rooms, dpi) if len(across) + len(down) > 3 else []
    frames = [frame for frame, _ in tables]
    free = [trace for trace in across if not any(_within(trace, frame) for frame in frames)]
    for frame, cells in open_tables(gray, free, dpi):
        tables.append((frame, tuple(_numbered(cells, rooms))))
    for frame, cells in white_tables(gray, _known(across, down, tables, gray.shape), dpi):
        tables.append((frame, tuple(_numbered(cells, rooms))))
    return Ruling(segments, tuple(across), tuple(down), tuple(tables), rooms)


def _known(
    across: Sequence[Trace],
    down: Sequence[Trace],
    tables: Sequence[tuple[Region, tuple[Region, ...]]],
    shape: tuple[int, ...],
) -> Mask:
    """Lines, and all that lies in tables found already."""
    known = np.zeros(shape, np.uint8)
    for traces, flat in ((across, True), (down, False)):
        for trace in traces:
            _draw(known, trace, max(3, round(trace.thickness) + 4), flat=flat)
    for frame, _ in tables:
        known[frame.top : frame.bottom, frame.left : frame.right] = 255
    return known


def _within(trace: Trace, frame: Region) -> bool:
    return frame.top <= trace.level(trace.start) <= frame.bottom and trace.start < frame.right


def _numbered(cells: Sequence[Region], rooms: npt.NDArray[np.int32]) -> list[Region]:
    """Plain rectangles entered in `rooms`."""
    numbered = []
    for room, cell in enumerate(cells, start=int(rooms.max()) + 1):
        rooms[cell.top : cell.bottom, cell.left : cell.right] = room
        numbered.append(replace(cell, room=room))
    return numbered


def take_out(gray: Gray, ruling: Ruling) -> Gray:
    """The page with paper where its ruling lines were; letters that cross them stay.

    A closing across the line brings the paper from both sides; the stem of a letter is too
    high for it and is left as it is.
    """
    clean = _without(gray, ruling.across)
    if not ruling.down:
        return clean
    return cv2.transpose(_without(cv2.transpose(clean).astype(np.uint8, copy=False), ruling.down)).astype(
        np.uint8, copy=False
    )


def _without(gray: Gray, traces: Sequence[Trace]) -> Gray:
    """Horizontal lines out of `gray`."""
    if not traces:
        return gray
    thickness = float(np.percentile([trace.thickness for trace in traces], 90))
    mask = np.zeros(gray.shape, np.uint8)
    for trace in traces:
        _draw(mask, trace, max(3, round(trace.thickness) + 4), flat=True)
    clean = gray.copy()
    cv2.copyTo(across_to_paper(gray, thickness), mask, clean)
    return clean


def _draw(mask: Mask, trace: Trace, thickness: int, *, flat: bool) -> None:
    """The trace as a polyline, a few pixels beyond its ends."""
    first, last = (trace.start - 3, trace.level(trace.start - 3)), (trace.end + 3, trace.level(trace.end + 3))
    points = np.array([first, *trace.points[1:-1], last])
    if not flat:
        points = points[:, ::-1]
    cv2.polylines(mask, [np.round(points).astype(np.int32)], False, 255, thickness)


def _segments(traces: Sequence[Trace], *, horizontal: bool) -> list[Segment]:
    """Each straight piece of each line."""
    pieces = [pair for trace in traces for pair in pairwise(trace.points)]
    if horizontal:
        return [Segment(a[0], a[1], b[0], b[1]) for a, b in pieces]
    return [Segment(a[1], a[0], b[1], b[0]) for a, b in pieces]


# ── cells ─────────────────────────────────────────────────────────────────


def _drawn(across: Sequence[Trace], down: Sequence[Trace], shape: tuple[int, ...], dpi: float) -> Mask:
    """All lines, mended: their breaks bridged and their ends drawn on to the lines they nearly meet."""
    lines = np.zeros(shape, np.uint8)
    for traces, others, flat in ((across, down, True), (down, across, False)):
        for trace in mended(traces, others, dpi):
            _draw(lines, trace, 3, flat=flat)
        for trace in _bridges(traces, dpi):
            _draw(lines, trace, 3, flat=flat)
    return lines


def _bridges(traces: Sequence[Trace], dpi: float) -> list[Trace]:
    """What is missing between two pieces of one line."""
    bridges = []
    for left in traces:
        for right in traces:
            gap = right.start - left.end
            if 0 < gap <= _BRIDGED * dpi and abs(left.level(right.start) - right.points[0][1]) <= max(
                2.0, _SAME_LINE * dpi
            ):
                bridges.append(Trace((left.points[-1], right.points[0]), 1.0, 0.0, 0.0))
    return bridges


def _tables(lines: Mask, rooms: npt.NDArray[np.int32], dpi: float) -> list[tuple[Region, tuple[Region, ...]]]:
    """Tables from top to bottom; the rooms of their cells are numbered in `rooms`."""
    reach = max(3, round(0.02 * dpi)) | 1
    both = cv2.dilate(lines, np.ones((reach, reach), np.uint8))
    tables = []
    for contour in cv2.findContours(both, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, width, height = cv2.boundingRect(contour)
        if width < _LEAST_TABLE[0] * dpi or height < _LEAST_TABLE[1] * dpi:
            continue
        frame = Region(left, top, left + width, top + height)
        inside = lines[top : top + height, left : left + width] > 0
        cells = _cells(inside, frame, rooms, dpi)
        if len(cells) >= 4:
            tables.append((frame, tuple(cells)))
    return sorted(tables, key=lambda table: table[0].top)


def _cells(
    lines: npt.NDArray[np.bool_], frame: Region, rooms: npt.NDArray[np.int32], dpi: float
) -> list[Region]:
    """The closed white places between the lines; merged cells are simply larger ones."""
    white = (~lines).astype(np.uint8)
    # A ring of white joins everything that is open to the outside into one piece.
    ringed = cv2.copyMakeBorder(white, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    labels, stats = pieces(ringed, corners=False)
    outside = labels[0, 0]
    number = int(rooms.max())
    inner = labels[1:-1, 1:-1]
    cells = []
    for index in range(1, len(stats)):
        left, top, width, height = (int(value) for value in stats[index, :4])
        if index == outside or width < _LEAST_CELL[0] * dpi or height < _LEAST_CELL[1] * dpi:
            continue
        number += 1
        x, y = frame.left + left - 1, frame.top + top - 1
        place = (slice(top - 1, top - 1 + height), slice(left - 1, left - 1 + width))
        rooms[y : y + height, x : x + width][inner[place] == index] = number
        cells.append(Region(x, y, x + width, y + height, number))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))
