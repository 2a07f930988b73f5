"""Ink of the size and place of text that no word explains: lone figures, words under seals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.engines import EngineWord
from pipeline.reading.pieces import pieces, pixels_of
from pipeline.reading.prepare import Mask
from pipeline.reading.region import Region
from pipeline.reading.ruling import Ruling

_HALF = 2
_JOIN, _RISE = 0.1, 0.03
"""Inches: letters of one word are nearer to each other; so are an accent and its letter."""
_LOWEST, _HIGHEST = 0.5, 2.6
"""In heights of the page's words: a digit in a small face; a capital with two accents."""
_TWO_LINES = 1.45
_WIDEST_LETTER = 0.5
_EDGE = 0.15
"""Inches from the paper's edge: dirt and the scanner's shadow."""
_SEAL, _INSIDE = (0.8, 2.2), 0.85
"""Inches across a seal, its signature included; within which part of its radius, squared."""
_CUT_OFF = 0.3
"""Part of a letter inside a word's box from which on the rest outside is the same letter."""
_PAD = 0.03
_BESIDE = 1.0
"""Inches beyond the ends of a line."""
_MOST_BESIDE = 4
_MOST = 14
_LEAST_WORDS = 5


def lost_ink(ink: Mask, ruling: Ruling, words: Sequence[EngineWord], dpi: int) -> list[Region]:
    """Places of the upright page worth a look, the largest first; at most 14.

    Args:
        ink: of the page with its ruling lines out.
    """
    heights = [word.bottom - word.top for word in words if len(word.text) > 1]
    if len(heights) < _LEAST_WORDS:
        return []
    usual = float(np.median(heights))
    left = _unexplained(ink, words, usual)
    letters, seals = _letters(left, usual, dpi)
    reach = (max(3, round(_JOIN * dpi / _HALF) | 1), max(3, round(_RISE * dpi / _HALF) | 1))
    joined = cv2.dilate(letters, np.ones(reach[::-1], np.uint8))
    for frame, _ in ruling.tables:
        # What stands in two cells is never one word.
        inside = (
            slice(frame.top // _HALF, frame.bottom // _HALF),
            slice(frame.left // _HALF, frame.right // _HALF),
        )
        rooms = ruling.rooms[::_HALF, ::_HALF][: joined.shape[0], : joined.shape[1]]
        joined[inside][rooms[inside] == 0] = 0
    _, stats = pieces(joined)
    places = [
        line
        for index in range(1, len(stats))
        if _like_a_line(stats[index], reach, usual, ink.shape, dpi)
        for line in _lines_of(_shrunk(stats[index], reach, ink.shape, dpi), ink, usual)
    ]
    places = [place for place in places if not _in_a_seal(place, seals)]
    places += _beside_lines(left, words, places, usual, dpi)
    places.sort(key=lambda place: (place.left - place.right) * (place.bottom - place.top))
    return places[:_MOST] if len(places) <= 3 * _MOST else []


def _beside_lines(
    left: Mask, words: Sequence[EngineWord], known: Sequence[Region], usual: float, dpi: int
) -> list[Region]:
    """Ink that goes on at either end of a line and hangs together with something larger.

    A seal's ring that touches the first word of a signer's post takes it along: the piece is
    no letter any more, but it stands where the line goes on.
    """
    lines: dict[str, list[EngineWord]] = {}
    for word in words:
        if word.line and not word.line.startswith("cell "):
            lines.setdefault(word.line, []).append(word)
    places = []
    for line in lines.values():
        top, bottom = int(min(w.top for w in line)), int(max(w.bottom for w in line))
        if bottom - top > _HIGHEST * usual:
            continue
        first, last = int(min(w.left for w in line)), int(max(w.right for w in line))
        reach = round(_BESIDE * dpi)
        for x0, x1 in ((first - reach, first), (last, last + reach)):
            place = _inked(left, Region(max(0, x0), top, min(left.shape[1] * _HALF, x1), bottom), usual)
            if place is not None and not any(_meet(place, other) for other in known):
                places.append(place)
    return places[:_MOST_BESIDE]


def _inked(left: Mask, strip: Region, usual: float) -> Region | None:
    """The part of a strip that has as much ink as print has, if it is as wide as a word."""
    inside = left[strip.top // _HALF : strip.bottom // _HALF, strip.left // _HALF : strip.right // _HALF]
    columns = np.flatnonzero(inside.any(axis=0)) if inside.size else np.array([], dtype=np.int64)
    if len(columns) * _HALF < usual or not 0.08 < inside[:, columns].mean() < 0.62:
        return None
    pad = round(0.3 * usual)  # for accents, which this word may have and its neighbours not
    return Region(
        max(0, strip.left + int(columns[0]) * _HALF - pad),
        max(0, strip.top - pad),
        min(left.shape[1] * _HALF, strip.left + int(columns[-1] + 1) * _HALF + pad),
        min(left.shape[0] * _HALF, strip.bottom + pad),
    )


def _meet(a: Region, b: Region) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _unexplained(ink: Mask, words: Sequence[EngineWord], usual: float) -> Mask:
    """At half the size: ink outside words, without the rest of letters that a word's box cuts."""
    half = cv2.resize(ink, None, fx=1 / _HALF, fy=1 / _HALF, interpolation=cv2.INTER_AREA)
    left: Mask = np.asarray(half > 96, dtype=np.uint8)
    covered = np.zeros_like(left)
    for word in words:
        top, bottom = int(word.top) // _HALF - 2, int(word.bottom) // _HALF + 3
        x0, x1 = int(word.left) // _HALF - 1, int(word.right) // _HALF + 2
        covered[max(0, top) : bottom, max(0, x0) : x1] = 1
    labels, stats = pieces(left)
    inside = np.bincount(labels[covered > 0], minlength=len(stats))
    whole = stats[:, cv2.CC_STAT_AREA]
    of_a_word = (stats[:, cv2.CC_STAT_HEIGHT] * _HALF <= _HIGHEST * usual) & (inside > _CUT_OFF * whole)
    left[(covered | pixels_of(of_a_word, labels)) > 0] = 0
    return left


def _letters(left: Mask, usual: float, dpi: int) -> tuple[Mask, list[Region]]:
    """(pieces as high as a letter, or an accent, and no wider than one; places of seals)."""
    labels, stats = pieces(left)
    height, width = stats[:, cv2.CC_STAT_HEIGHT] * _HALF, stats[:, cv2.CC_STAT_WIDTH] * _HALF
    letter: npt.NDArray[np.bool_] = (height >= 0.15 * usual) | (width >= 0.2 * usual)
    letter &= height <= _HIGHEST * usual
    letter &= (width <= _WIDEST_LETTER * dpi) & (stats[:, cv2.CC_STAT_AREA] >= 4)
    letter[0] = False
    round_ones = (np.minimum(height, width) > _SEAL[0] * dpi) & (np.maximum(height, width) < _SEAL[1] * dpi)
    seals = [_region(stats[at]) for at in np.flatnonzero(round_ones)]
    return pixels_of(letter, labels), seals


def _region(stats: npt.NDArray[np.int32]) -> Region:
    left, top, width, height = (int(value) * _HALF for value in stats[:4])
    return Region(left, top, left + width, top + height)


def _in_a_seal(place: Region, seals: Sequence[Region]) -> bool:
    """True inside a ring that was printed in the colour of the text: a seal's words are no text."""
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    return any(
        ((2 * x - seal.left - seal.right) / (seal.right - seal.left)) ** 2
        + ((2 * y - seal.top - seal.bottom) / (seal.bottom - seal.top)) ** 2
        < _INSIDE
        for seal in seals
    )


def _lines_of(place: Region, ink: Mask, usual: float) -> list[Region]:
    """One place, or two where two lines of print touch."""
    high = place.bottom - place.top
    if high < _TWO_LINES * usual:
        return [place]
    rows = (ink[place.top : place.bottom, place.left : place.right] > 0).sum(axis=1)
    middle = rows[high // 3 : high - high // 3]
    at = place.top + high // 3 + int(np.argmin(middle))
    if middle.min() > 0.1 * rows.max():
        return [place]
    return [replace(place, bottom=at), replace(place, top=at)]


def _like_a_line(
    stats: npt.NDArray[np.int32], reach: tuple[int, int], usual: float, shape: tuple[int, ...], dpi: int
) -> bool:
    place = _shrunk(stats, reach, shape, 0)
    high, wide = place.bottom - place.top, place.right - place.left
    edge = round(_EDGE * dpi)
    inside = (
        place.left > edge
        and place.top > edge
        and place.right < shape[1] - edge
        and place.bottom < shape[0] - edge
    )
    dense = int(stats[cv2.CC_STAT_AREA]) > 0.3 * int(stats[cv2.CC_STAT_WIDTH]) * int(
        stats[cv2.CC_STAT_HEIGHT]
    )
    return bool(inside and dense and _LOWEST * usual <= high <= _HIGHEST * usual and wide >= 0.12 * usual)


def _shrunk(stats: npt.NDArray[np.int32], reach: tuple[int, int], shape: tuple[int, ...], dpi: int) -> Region:
    """The piece in pixels of the page without what joining added, a little padded if `dpi` is given."""
    left, top, width, height = (int(value) for value in stats[:4])
    pad = round(_PAD * dpi)
    return Region(
        max(0, (left + reach[0] // 2) * _HALF - pad),
        max(0, (top + reach[1] // 2) * _HALF - pad),
        min(shape[1], (left + width - reach[0] // 2) * _HALF + pad),
        min(shape[0], (top + height - reach[1] // 2) * _HALF + pad),
    )
