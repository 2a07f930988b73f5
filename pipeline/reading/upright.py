"""A page turned upright and laid straight: its skew and its bend taken out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.reading.bend import Bend, find_bend, flatten
from pipeline.reading.prepare import COARSE_RED, Gray, Letters, Mask, find_skew, ink_mask, letters, rotate
from pipeline.reading.turning import turn

_LEAST_SKEW = 0.1
"""Degrees. Below it a line drifts by less than a pixel in ten words: not worth a resampling."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A page as it came, in pixels. `seen` is what `gray` was before it was prepared."""

    gray: Gray
    seen: Gray
    ink: Mask
    red: Mask | None
    letters: Letters


@dataclass(frozen=True, slots=True)
class Upright:
    """A page turned clockwise by `turned` degrees, and a skew of `angle` and the bend out of it."""

    gray: Gray
    seen: Gray
    ink: Mask
    red: Mask | None
    turned: int
    angle: float
    bend: Bend | None = None

    def lay(self, gray: Gray) -> Gray:
        """Another picture of the page as it came, laid as this one."""
        return _level(turn(gray, self.turned), self.angle, self.bend)


def stand_up(page: Lying, turned: int, dpi: float) -> Upright:
    """The page turned clockwise by `turned` degrees and straightened by its own lines."""
    page = _turned(page, turned, dpi) if turned else page
    angle, _ = find_skew(page.letters.x, page.letters.y)
    bend = find_bend(page.letters.x, page.letters.y, angle, page.gray.shape)
    if abs(angle) < _LEAST_SKEW:
        angle = 0.0
    if angle == 0.0 and bend is None:
        return Upright(page.gray, page.seen, page.ink, page.red, turned, 0.0)
    straight = _level(page.gray, angle, bend)
    before = straight if page.seen is page.gray else _level(page.seen, angle, bend)
    red = None if page.red is None else _level_mask(page.red, angle, bend)
    return Upright(straight, before, ink_mask(straight), red, turned, angle, bend)


def _turned(page: Lying, degrees: int, dpi: float) -> Lying:
    gray = turn(page.gray, degrees)
    seen = gray if page.seen is page.gray else turn(page.seen, degrees)
    ink = ink_mask(gray)
    red = None if page.red is None else turn(page.red, degrees)
    return Lying(gray, seen, ink, red, letters(ink, dpi))


def _level(gray: Gray, angle: float, bend: Bend | None) -> Gray:
    straight = rotate(gray, angle)
    return straight if bend is None else flatten(straight, bend)


def _level_mask(red: Mask, angle: float, bend: Bend | None) -> Mask:
    """The same of a mask, at a quarter of the size: it was found no finer (see `to_gray`)."""
    height, width = red.shape
    if bend is not None:
        return 255 - _level(255 - red, angle, bend)
    small = rotate(255 - red[::COARSE_RED, ::COARSE_RED], angle)
    return 255 - cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.uint8)
