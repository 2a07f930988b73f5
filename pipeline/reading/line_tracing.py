"""Ruling lines traced over the page: where ink runs thin, long and nearly straight.

A line of a scan is pale, has holes, bends with the paper and is touched by letters. It is
looked for by what it is, thin across and long along: a closing across it gives the paper
without it, the difference is the line, and along it most pixels have to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, inf

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.levels import quantile
from pipeline.reading.line_choice import INK, LONG, can_hold, dark_enough, that_hold, usual_contrast
from pipeline.reading.prepare import Gray, Mask
from pipeline.reading.trace import Trace

_THICKEST = 0.04
"""Inches: 3 points and a little blur."""
_WINDOW_ACROSS, _WINDOW_DOWN = 0.22, 0.15
"""Inches along a line in which most pixels must be dark; a stem of a capital is 0.13 long."""
_COVERED = 0.84
_SHORT = 0.14
_MAY_BE_LONG = 0.9
"""Of a long line: what a stroke is long at least that may turn out to be one."""
_HOLE = 0.05
_RADIUS = 6.0
"""Inches: ruling lines on paper are never bent more; a seal's ring is."""
_GRAIN = 2.0
_BESET = (0.3, 0.9)
"""Along so much of a false line (strokes in a row of letters) ink goes on above or below; along
more than the second there is another line beside it."""
_TAIL = 0.5
_LONGER_THAN_WORDS = 2.0
"""Inches: blanks between words break a row of letters up long before."""
_STEP = 0.35
_STRAIGHT = 1.2
"""Pixels from a straight line that do not count as bent."""
_STEEP = 0.08


def trace_lines(gray: Gray, dpi: float) -> tuple[list[Trace], list[Trace]]:
    """(horizontal, vertical) ruling lines of a straightened page.

    Points of vertical lines are (y, x): along the line first.
    """
    turned = cv2.transpose(gray).astype(np.uint8, copy=False)
    flat, upright = _thin(gray, dpi), _thin(turned, dpi)
    least = max(_threshold(flat), _threshold(upright))
    # The page's own long lines tell what is ink: what shines through from behind is not.
    longest = list(_Strokes(gray, flat, least, dpi, LONG).long())
    least = max(least, INK * usual_contrast(longest, dpi))
    level, plumb = (
        _Strokes(gray, flat, least, dpi, _WINDOW_ACROSS),
        _Strokes(turned, upright, least, dpi, _WINDOW_DOWN),
    )
    some = gray[::3, ::3]
    text = quantile(some, 0.5) - quantile(some, 0.01)
    across, down = dark_enough(list(level.long()), list(plumb.long()), text, dpi)
    if can_hold(across, down, dpi):
        # Most short ones are strokes of letters: followed only where something could hold them.
        across, down = dark_enough([*across, *level.short()], [*down, *plumb.short()], text, dpi)
    return that_hold(across, down, dpi)


def across_to_paper(gray: Gray, thickness: float) -> Gray:
    """The page without what is dark and lower than `thickness` pixels."""
    return _closed(gray, int(2 * round(thickness) + 5) | 1)


# ── candidates ────────────────────────────────────────────────────────────


def _thin(gray: Gray, dpi: float) -> Gray:
    """How much darker a pixel is than the paper above and below: what is higher than a line is 0."""
    thickest = max(3, round(_THICKEST * dpi)) | 1
    return cv2.subtract(_closed(gray, thickest), gray).astype(np.uint8)


def _closed(gray: Gray, high: int) -> Gray:
    return cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((high, 1), np.uint8)).astype(np.uint8)


def _threshold(thin: Gray) -> float:
    """Above the grain of the paper, whatever the scanner made of it: less than a fifth is ink."""
    return max(12.0, _GRAIN * quantile(thin[::3, ::3], 0.8))


class _Strokes:
    """Thin dark strokes along the rows of `gray`; `least` is the contrast of ink."""

    def __init__(self, gray: Gray, thin: Gray, least: float, dpi: float, window: float) -> None:
        self._gray, self._thin, self._dpi = gray, thin, dpi
        self._dark = cv2.threshold(thin, least, 1, cv2.THRESH_BINARY)[1].astype(np.uint8)
        self._mask = _runs(self._dark, dpi, window)
        self._contours = cv2.findContours(self._mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]

    def long(self) -> Iterator[Trace]:
        """The lines among those that may be long ones."""
        return self._traces(_MAY_BE_LONG * LONG, inf)

    def short(self) -> Iterator[Trace]:
        """The lines among all others."""
        return self._traces(_SHORT, _MAY_BE_LONG * LONG)

    def _traces(self, least: float, below: float) -> Iterator[Trace]:
        for contour in self._contours:
            left, top, width, height = cv2.boundingRect(contour)
            if not least * self._dpi <= width < below * self._dpi:
                continue
            if height > max(0.08 * self._dpi, 0.06 * width):
                continue
            place = slice(top, top + height), slice(left, left + width)
            own = np.zeros((height, width), np.uint8)
            cv2.drawContours(own, [contour], -1, 1, cv2.FILLED, offset=(-left, -top))
            inked = (own & self._mask[place] & self._dark[place]) > 0
            trace = _follow(inked, self._thin[place], left, top, self._dpi)
            if trace is not None and not _beset(trace, self._gray, self._thin, self._dpi):
                yield trace


def _runs(dark: Mask, dpi: float, window: float) -> Mask:
    """Where most pixels along a row are dark; the ends, which the window cuts, given back."""
    wide = max(5, round(window * dpi)) | 1
    # One pixel up and down: a line that is not quite level changes its row now and then.
    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    core = np.zeros_like(dark)
    # Few rows of a page have enough ink for a line: the rest is passed over.
    rows = np.flatnonzero(cv2.reduce(thick, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0] >= _COVERED * wide)
    if not len(rows):
        return core
    inked = thick[rows]
    depth = cv2.CV_8U if wide <= 255 else cv2.CV_16U
    counts = cv2.boxFilter(inked, depth, (wide, 1), normalize=False, borderType=cv2.BORDER_CONSTANT)
    most = cv2.threshold(counts, ceil(_COVERED * wide) - 1, 1, cv2.THRESH_BINARY)[1]
    core[rows] = cv2.bitwise_and(most.astype(np.uint8, copy=False), inked)
    near = cv2.dilate(core, np.ones((3, 1), np.uint8))
    rows = np.flatnonzero(near.any(axis=1))
    if not len(rows):
        return core
    reach = cv2.dilate(near[rows], np.ones((1, wide), np.uint8))
    hole = max(3, round(_HOLE * dpi)) | 1
    joined = cv2.morphologyEx(thick[rows], cv2.MORPH_CLOSE, np.ones((1, hole), np.uint8))
    least = max(5, round(0.6 * window * dpi)) | 1
    solid = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    core[rows] |= cv2.bitwise_and(reach, solid).astype(np.uint8, copy=False)
    return core


def _follow(inked: npt.NDArray[np.bool_], thin: Gray, left: int, top: int, dpi: float) -> Trace | None:
    """The middle of the ink in steps along the line; null where it is too thick or curls."""
    columns = inked.sum(axis=0)
    filled = np.flatnonzero(columns)
    if len(filled) < 5:
        return None
    thickness = float(np.median(columns[filled]))
    if thickness > _THICKEST * dpi:
        return None
    middles = (inked * np.arange(inked.shape[0])[:, None]).sum(axis=0)[filled] / columns[filled]
    if _curls(filled, middles, dpi):
        return None
    dark = thin * inked
    own = _without_tails(dark.max(axis=0)[filled], dpi)
    filled, middles = filled[own], middles[own]
    count = max(1, round((filled[-1] - filled[0]) / _step(dpi)))
    size = len(filled) // count
    along = np.median(filled[: count * size].reshape(count, size), axis=1) + left
    across = np.median(middles[: count * size].reshape(count, size), axis=1) + top
    points = list(zip(along.tolist(), across.tolist(), strict=True))
    contrast, body = np.median(dark.max(axis=0)[filled]), np.median(dark.sum(axis=0)[filled]) / 255
    ends = _to_the_ends(points, filled[0] + left, filled[-1] + left)
    return Trace(ends, thickness, float(contrast), float(body))


def _step(dpi: float) -> int:
    return max(8, round(_STEP * dpi))


def _without_tails(darkness: npt.NDArray[np.uint8], dpi: float) -> slice:
    """The columns without pale ends: there a line of the other side goes on where the page's own stops."""
    size = _step(dpi)
    count = len(darkness) // size
    if count < 3:
        return slice(None)
    steps = np.median(darkness[: count * size].reshape(count, size), axis=1)
    own = np.flatnonzero(steps >= _TAIL * np.median(darkness))
    start = 0 if own[0] == 0 else int(own[0] * size)
    end = len(darkness) if own[-1] == count - 1 else int((own[-1] + 1) * size)
    return slice(start, end)


def _beset(trace: Trace, gray: Gray, thin: Gray, dpi: float) -> bool:
    """True where ink goes on above or below along much of it: strokes in a row of letters."""
    if trace.length >= _LONGER_THAN_WORDS * dpi:
        return False
    xs = np.arange(max(0, round(trace.start)), min(gray.shape[1] - 1, round(trace.end)))
    places, levels = np.array(trace.points).T
    ys = np.interp(xs, places, levels)
    middle = np.clip(np.round(ys).astype(int), 0, gray.shape[0] - 1)
    paper = gray[middle, xs].astype(np.float32) + thin[middle, xs]
    ink = paper - max(12.0, trace.contrast / 2)
    away = round(trace.thickness / 2 + max(2.0, 0.012 * dpi))
    sides = []
    for side in (-away, away):
        beside = gray[np.clip(middle + side, 0, gray.shape[0] - 1), xs]
        sides.append(float((beside < ink).mean()))
    low, high = _BESET
    return any(low < side < high for side in sides)


def _to_the_ends(
    points: list[tuple[float, float]], start: float, end: float
) -> tuple[tuple[float, float], ...]:
    """Points from end to end; of a line that is straight only its ends are kept."""
    xs, ys = np.array(points).T
    ends = np.array([start, end], np.float64)
    if len(points) == 1:
        return _rounded(zip(ends, (ys[0], ys[0]), strict=True))
    aside = xs - xs.mean()
    slope = float(aside @ ys / (aside @ aside))
    base = float(ys.mean() - slope * xs.mean())
    if len(points) == 2 or float(np.abs(ys - (slope * xs + base)).max()) <= _STRAIGHT:
        return _rounded(zip(ends, slope * ends + base, strict=True))
    trace = Trace(tuple(points), 0.0, 0.0, 0.0)
    return _rounded([(start, trace.level(start)), *points, (end, trace.level(end))])


def _rounded(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """To a tenth of a pixel: nothing finer was measured."""
    return tuple((round(float(along), 1), round(float(across), 1)) for along, across in points)


def _curls(xs: npt.NDArray[np.int64], middles: npt.NDArray[np.float64], dpi: float) -> bool:
    """True for an arc of a seal's ring: bent or sloping more than paper ever lies."""
    length = float(xs[-1] - xs[0])
    # Least squares by the normal equations: numpy's polyfit takes ten times as long for so few points.
    powers = np.vander((xs - xs.mean()) / length, 3)
    bend, slope, _ = np.linalg.solve(powers.T @ powers, powers.T @ middles) / (length**2, length, 1.0)
    sagitta = abs(bend) * length**2 / 4
    return bool(abs(slope) > _STEEP or (sagitta > _STRAIGHT and 2 * abs(bend) > 1 / (_RADIUS * dpi)))
