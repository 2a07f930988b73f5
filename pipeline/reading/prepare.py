"""A page's pixels made ready: gray without red ink, skew found, turned upright."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.geometry import POINTS_PER_INCH
from pipeline.reading.levels import quantile
from pipeline.reading.pieces import pieces, pixels_of

Gray = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.uint8]

COARSE_RED = 4
"""Every so manieth pixel is asked whether it is red."""
_RED_SHARE = 0.0004
"""Of the page; a seal covers 0.2 % and more, the coloured fringes of a scanner much less."""
_EDGES = 2
"""Coarse pixels round red in which its edges lie."""
_PALE_EDGE = 0.6
_BLANK_INK = 0.0003
"""Of the page; a lone page number has about this much ink."""
_MARGIN = 0.03
_MAX_SKEW = 5.0
_COARSE, _FINE = 0.2, 0.05
_POINTS = 10_000
_LEAST_POINTS = 400
_TALLER = (0.6, 0.9)
"""Of all pieces by height: small letters are below, letters with accents and short words above."""
_PEAKED = 1.08
_FLAT_TOP = 0.99
_SIDEWAYS = 1.3


@dataclass(frozen=True, slots=True)
class Ink:
    """A page's ink. `gray` is what is read; on a page with red prints `red` marks them.

    `full` is the gray in which red is still dark; it is `gray` itself where there is none.
    """

    gray: Gray
    red: Mask | None
    full: Gray


def to_gray(rgb: npt.NDArray[np.uint8]) -> Ink:
    """Gray of an RGB image; with a red seal on it, its red channel.

    Seen through red glass a red seal is white and the black words under it stay: Decree
    30/2020/NĐ-CP, Article 32, has the seal cover a third of the signature.
    """
    redness, green, blue = cv2.split(np.ascontiguousarray(rgb[::COARSE_RED, ::COARSE_RED]))
    red = (cv2.subtract(redness, cv2.max(green, blue)) > 50) & (redness > 110)
    full = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    if red.mean() < _RED_SHARE:
        return Ink(full, None, full)
    size = (rgb.shape[1], rgb.shape[0])
    mask = cv2.resize(red.astype(np.uint8) * 255, size, interpolation=cv2.INTER_NEAREST)
    return Ink(_without_edges(np.ascontiguousarray(rgb[..., 0]), red), mask.astype(np.uint8), full)


def _without_edges(gray: Gray, red: npt.NDArray[np.bool_]) -> Gray:
    """The red channel without what it leaves of red prints: pale edges, where colours run on a scan.

    Round red, what is less than half as dark as the page's ink is made paper.
    """
    reach = 2 * _EDGES + 1
    wide = cv2.dilate(red.astype(np.uint8), np.ones((reach, reach), np.uint8))
    near = cv2.resize(wide, gray.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    some = gray[::3, ::3]
    paper = quantile(some, 0.5)
    # A page with a few words on it has less ink than this: then its darkest is red or paper.
    dark = min(quantile(some, 0.01), paper / 2)
    levels = np.clip((np.arange(256) - dark) / max(1.0, _PALE_EDGE * (paper - dark)), 0, 1) * paper
    gray[near] = levels.astype(np.uint8)[gray[near]]
    return gray


def ink_mask(gray: Gray) -> Mask:
    """255 where there is ink, by the brightness of the neighbourhood (shading does not matter)."""
    return cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 25
    ).astype(np.uint8)  # fmt: skip


def is_blank(ink: Mask) -> bool:
    """True if there is next to nothing inside the margins, specks apart."""
    height, width = ink.shape
    across, down = int(width * _MARGIN), int(height * _MARGIN)
    inner = ink[down : height - down, across : width - across]
    solid = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return bool((solid > 0).mean() < _BLANK_INK)


@dataclass(frozen=True, slots=True)
class Letters:
    """x and y (pixels) of up to 10,000 ink pixels that belong to letters.

    `height` is that of the taller ones in points, about that of capitals; 0 where there are none.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    height: float


def letters(ink: Mask, dpi: float) -> Letters:
    """The letters of a page, whichever way up it lies.

    Ruling lines, seals, dark borders and specks would all pull at the skew: only
    pieces of ink of the size of letters or short words count.
    """
    scale = 2
    half = ink[::scale, ::scale]
    labels, stats = pieces(half)
    sides = np.sort(stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], axis=1) * scale / dpi
    wanted = (sides[:, 0] > 0.015) & (sides[:, 0] < 0.3) & (sides[:, 1] > 0.04) & (sides[:, 1] < 1.5)
    wanted[0] = False
    places = np.flatnonzero(pixels_of(wanted, labels))
    y, x = np.divmod(places[:: max(1, len(places) // _POINTS)], labels.shape[1])
    heights = np.sort(stats[wanted, cv2.CC_STAT_HEIGHT]) * scale / dpi * POINTS_PER_INCH
    tall = heights[int(_TALLER[0] * len(heights)) : int(_TALLER[1] * len(heights)) + 1]
    return Letters(
        x.astype(np.float64) * scale,
        y.astype(np.float64) * scale,
        float(tall.mean()) if len(tall) else 0.0,
    )


def find_skew(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The slope of the lines in degrees, downhill to the right positive, and how sharp they stand.

    The projection of the ink on the page's side has the highest peaks along the lines
    (Postl 1986). Coarse steps over ±5°, then steps of 0.05° round the best. (0.0, sharpness)
    where there is too little text to tell.
    """
    if len(x) < _LEAST_POINTS:
        return 0.0, 0.0
    coarse = np.arange(-_MAX_SKEW, _MAX_SKEW + _COARSE / 2, _COARSE)
    scores = [sharpness(x, y, angle) for angle in coarse]
    best = float(coarse[int(np.argmax(scores))])
    fine = np.arange(best - _COARSE, best + _COARSE + _FINE / 2, _FINE)
    fine_scores = np.array([sharpness(x, y, angle) for angle in fine])
    top = float(fine_scores.max())
    if top < _PEAKED * float(np.median(scores)):
        return 0.0, sharpness(x, y, 0.0)
    # The peak is flat at its top: its middle is nearer the truth than its first highest step.
    middle = float(fine[fine_scores >= _FLAT_TOP * top].mean())
    return round(round(middle / _FINE) * _FINE, 2), top


def runs_sideways(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> bool:
    """True if the lines seem to run from top to bottom: the page lies on its side."""
    if len(x) < _LEAST_POINTS:
        return False
    angles = np.arange(-2.0, 2.1, 0.4)
    along = max(sharpness(x, y, angle) for angle in angles)
    across = max(sharpness(y, x, angle) for angle in angles)
    return across > _SIDEWAYS * along


def rotate(gray: Gray, angle: float) -> Gray:
    """The page with a skew of `angle` degrees taken out; same size, white where nothing was."""
    if angle == 0.0:
        return gray
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    turned = cv2.warpAffine(
        gray, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return turned.astype(np.uint8)


def rotated_points(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], angle: float, shape: tuple[int, ...]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where pixels of the page lie after `rotate`."""
    centre_x, centre_y = (shape[1] - 1) / 2, (shape[0] - 1) / 2
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    dx, dy = x - centre_x, y - centre_y
    return centre_x + cosine * dx + sine * dy, centre_y - sine * dx + cosine * dy


def sharpness(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], angle: float) -> float:
    """Mean square of the projection's rows, in units of the square of its mean."""
    rows = (y - x * tan(radians(angle))) / 2
    rows -= rows.min()
    counts = np.bincount(rows.astype(np.int64))
    return float(np.square(counts.astype(np.float64)).sum() / (len(x) ** 2) * len(counts))
