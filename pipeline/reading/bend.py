"""Lines of a photographed or folded page that run in a curve: found, and laid flat.

The page is cut into upright strips; how far the pattern of lines of one strip must be moved
to lie on its neighbour's, at three heights, gives a smooth surface of shifts.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.prepare import Gray, rotated_points, sharpness

_STRIPS, _BANDS = 14, 3
_POWERS = (1, 2, 3)
_FARTHEST = 12
"""Pixels between neighbouring strips: a slope of 6 degrees at 200 dpi."""
_SMOOTH = 2.0
_LEAST_POINTS = 60
_LEAST_LIKENESS = 0.35
_LEAST_PAIRS = 14
_WORTH = 9.0
"""Pixels between the highest and the lowest point of a line; the engine follows less by itself."""
_DEEPEST = 0.06
"""Of the page's height; nobody photographs a page bent further."""
_SHARPER = 1.03
"""How much more the lines have to stand out of the page's projection."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bend:
    """`flat(x, y) = page(x, y + shift(x, y))`, in pixels of the straightened page."""

    coefficients: tuple[float, ...]
    width: float
    height: float

    def shift(self, x: float, y: float) -> float:
        return float(np.dot(self.coefficients, _terms(np.array([x / self.width]), y / self.height)[0]))

    @property
    def depth(self) -> float:
        """Between highest and lowest point of the worst line, in pixels."""
        x = np.linspace(0.1, 0.9, 17)
        shifts = [_terms(x, v) @ np.array(self.coefficients) for v in (0.1, 0.5, 0.9)]
        return max(float(np.ptp(shift)) for shift in shifts)


def find_bend(x: Floats, y: Floats, angle: float, shape: tuple[int, ...]) -> Bend | None:
    """The bend of a page from ink pixels of its letters, or null where its lines are straight.

    Args:
        x, y: as `letters` gives them, before the skew of `angle` degrees is taken out.
    """
    height, width = shape[:2]
    x, y = rotated_points(x, y, angle, shape)
    rows: list[Floats] = []
    shifts: list[float] = []
    weights: list[float] = []
    for band in range(_BANDS):
        v = (band + 0.5) / _BANDS
        profiles = _profiles(x, y, (v - 0.25) * height, (v + 0.25) * height, width)
        for strip in range(_STRIPS - 1):
            left, right = profiles[strip], profiles[strip + 1]
            if min(left.sum(), right.sum()) < _LEAST_POINTS:
                continue
            shift, likeness = _offset(left, right)
            if likeness < _LEAST_LIKENESS:
                continue
            ends = np.array([(strip + 0.5) / _STRIPS, (strip + 1.5) / _STRIPS])
            terms = _terms(ends, v)
            rows.append(terms[1] - terms[0])
            shifts.append(shift)
            weights.append(likeness)
    if len(rows) < _LEAST_PAIRS:
        return None
    weight = np.array(weights)[:, None]
    found, *_ = np.linalg.lstsq(np.array(rows) * weight, np.array(shifts) * weight[:, 0], rcond=None)
    bend = Bend(tuple(found.tolist()), float(width), float(height))
    if not _WORTH < bend.depth < _DEEPEST * height:
        return None
    # Where little is printed the surface is guessed: it has to make the lines stand out.
    flat = y - _shifts(bend, x, y)
    return bend if sharpness(x, flat, 0.0) > _SHARPER * sharpness(x, y, 0.0) else None


def _shifts(bend: Bend, x: Floats, y: Floats) -> Floats:
    terms = np.stack([(x / bend.width - 0.5) ** power for power in _POWERS], axis=-1)
    lean = (y / bend.height - 0.5)[:, None]
    shifts: Floats = np.concatenate([terms, terms * lean], axis=-1) @ np.array(bend.coefficients)
    return shifts


def _terms(x: Floats, v: float) -> Floats:
    """Powers of x about the middle, alone and times the height on the page."""
    powers = np.stack([(x - 0.5) ** power for power in _POWERS], axis=-1)
    return np.concatenate([powers, powers * (v - 0.5)], axis=-1)


def _profiles(x: Floats, y: Floats, top: float, bottom: float, width: int) -> Floats:
    inside = (y >= top) & (y < bottom) & (x >= 0) & (x < width)
    bins = max(8, int(bottom - top))
    strips = (x[inside] * _STRIPS / width).astype(np.int64)
    levels = ((y[inside] - top) * bins / (bottom - top)).astype(np.int64)
    counts = np.bincount(strips * bins + levels, minlength=_STRIPS * bins).reshape(_STRIPS, bins)
    kernel = np.exp(-0.5 * (np.arange(-6, 7) / _SMOOTH) ** 2)
    return np.array([np.convolve(row, kernel / kernel.sum(), mode="same") for row in counts])


def _offset(left: Floats, right: Floats) -> tuple[float, float]:
    """How many pixels lower the right profile lies, and how alike the two are then (0 to 1)."""
    a, b = left - left.mean(), right - right.mean()
    norm = float(np.sqrt((a**2).sum() * (b**2).sum())) or 1.0
    inner = a[_FARTHEST:-_FARTHEST]
    scores = np.correlate(b, inner, mode="valid") / norm
    best = int(np.argmax(scores))
    offset = float(best - _FARTHEST)
    if 0 < best < len(scores) - 1:
        before, at, after = scores[best - 1 : best + 2]
        curve = before - 2 * at + after
        offset += 0.5 * float(before - after) / float(curve) if curve < 0 else 0.0
    return offset, float(scores[best])


def flatten(gray: Gray, bend: Bend, outside: int = 255) -> Gray:
    """The page with its lines straight."""
    height, width = gray.shape
    x = np.arange(width, dtype=np.float64) / width
    middle = _terms(x, 0.5) @ np.array(bend.coefficients)
    lean = _terms(x, 1.5) @ np.array(bend.coefficients) - middle
    v = np.arange(height, dtype=np.float64)[:, None]
    down = (v + middle[None, :] + lean[None, :] * (v / height - 0.5)).astype(np.float32)
    across = np.broadcast_to(np.arange(width, dtype=np.float32)[None, :], down.shape)
    across = np.ascontiguousarray(across)
    flat = cv2.remap(gray, across, down, cv2.INTER_CUBIC, borderValue=outside)
    return flat.astype(np.uint8)
