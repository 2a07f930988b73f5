"""What a page's pixels say of how it was scanned: shading, pale ink, grain, specks."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.reading.levels import quantile
from pipeline.reading.pieces import pieces
from pipeline.reading.prepare import Gray, Mask

_COARSE = 4
_REACH, _SMOOTH = 11, 7
"""Coarse pixels (a fortieth of an inch at 165 dpi), and pixels twice as large: wider than any stroke,
narrower than any shadow."""
_PAPER = 240
_FULL = 255
_LEAST_DARK = 400


@dataclass(frozen=True, slots=True)
class Measures:
    """All in gray levels, 0 black to 255 white, but `specks`.

    `shading`: how far the paper's brightness varies over the page. `ink`: how dark the dark
    part of the ink is once the paper is white. `between`: the level that parts ink from what
    is paler than ink, such as print seen through the paper. `grain`: the noise of the paper.
    `specks`: lone dots smaller than any full stop for each hundred letters.
    """

    shading: float
    ink: float
    between: float
    grain: float
    specks: float


def measure(gray: Gray, ink: Mask, paper: Gray) -> Measures:
    """Measure a page at 165 to 240 dpi; `paper` is its background (see `paper_of`)."""
    level = cv2.divide(gray, paper, scale=_FULL)[::2, ::2]
    dark = level[level < _PAPER]
    if dark.size < _LEAST_DARK:
        return Measures(_shading(paper), 0.0, 128.0, _grain(gray, paper), 0.0)
    between, _ = cv2.threshold(dark.reshape(-1, 1), 0, _FULL, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if not (dark <= between).any():
        # Ink of one level: there is nothing to part.
        between = (float(dark.min()) + _FULL) / 2
    darkest = float(np.percentile(dark[dark <= between], 20))
    return Measures(_shading(paper), darkest, float(between), _grain(gray, paper), _specks(ink))


def paper_of(gray: Gray) -> Gray:
    """The brightness of the paper at each place, whatever is printed on it."""
    small = cv2.resize(gray, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_REACH, _REACH), np.uint8))
    smooth = cv2.medianBlur(cv2.resize(closed, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), _SMOOTH)
    return cv2.resize(smooth, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.uint8)


def _shading(paper: Gray) -> float:
    inner = paper[
        paper.shape[0] // 20 : -paper.shape[0] // 20 : 16, paper.shape[1] // 20 : -paper.shape[1] // 20 : 16
    ]
    least, most = np.percentile(inner, (4, 96))
    return float(most - least)


def _grain(gray: Gray, paper: Gray) -> float:
    """Of neighbouring pixels on bare paper, by the median of their differences (robust to dirt)."""
    left = np.ascontiguousarray(gray[::3, :-1:3])
    right = np.ascontiguousarray(gray[::3, 1::3][:, : left.shape[1]])
    bare = left > paper[::3, :-1:3].astype(np.int16) * 3 // 4
    if not bare.any():
        return 0.0
    differences = cv2.absdiff(right, left).astype(np.uint8, copy=False)[bare]
    # Most differences of a clean scan are 0 or 1: the mean of the lower nine tenths tells more.
    kept = np.bincount(differences)[: int(quantile(differences, 0.9)) + 1]
    return float((kept * np.arange(len(kept))).sum() / kept.sum())


def _specks(ink: Mask) -> float:
    """By the pieces of ink of a part of the page: a letter has 25 pixels and more, a speck under 6."""
    height = ink.shape[0]
    band = ink[height // 6 : height // 6 + height // 4]
    _, stats = pieces(band)
    areas = stats[1:, cv2.CC_STAT_AREA]
    letters = int((areas >= 25).sum())
    return 100.0 * float((areas < 6).sum()) / max(1, letters)
