"""≥ and ≤ told from > and < by the bar below: the Vietnamese model has no such letters.

A target of "≥ 85 %" that lost its bar says something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.engines import EngineWord
from pipeline.reading.prepare import Gray

Stats = npt.NDArray[np.int32]
_BARRED = {">": "≥", "<": "≤"}
_BELOW = 0.5
"""In heights of the word: how far below it the bar may lie, since the engine did not see it."""
_LEAST_SHARE, _FLAT = 0.6, 0.35
"""The bar's width in that of the angle; its height in its width."""
_SPECK = 6
_INK = 0.5
_BLANK = 0.28
"""Of the word's height: letters of one word are nearer to each other."""


def with_bars(words: Sequence[EngineWord], gray: Gray) -> list[EngineWord]:
    """The words, with the bar given back to those that open with an angle and have one on the page.

    A blank behind the sign, which the engine passes over, parts it from its figure.
    """
    return [part for word in words for part in _parts(word, gray)]


def _parts(word: EngineWord, gray: Gray) -> tuple[EngineWord, ...]:
    if word.text[:1] not in _BARRED:
        return (word,)
    high = word.bottom - word.top
    crop = gray[
        max(0, round(word.top) - 2) : round(word.bottom + _BELOW * high),
        max(0, round(word.left) - 3) : round(word.right) + 2,
    ]
    if not crop.size:
        return (word,)
    barred = shows_bar(crop)
    sign = _BARRED[word.text[0]] if barred else word.text[0]
    gap = _gap(crop, high)
    if gap is None or len(word.text) == 1:
        return (replace(word, text=sign + word.text[1:]),)
    left = max(0, round(word.left) - 3)
    return (
        replace(word, text=sign, right=left + gap[0]),
        replace(word, text=word.text[1:], left=left + gap[1]),
    )


def _gap(pixels: Gray, high: float) -> tuple[int, int] | None:
    """Columns between the first sign and what follows it, if they are as wide as a blank."""
    paper, dark = float(np.percentile(pixels, 80)), float(np.percentile(pixels, 2))
    inked = np.flatnonzero((pixels[: round(high)] < dark + _INK * (paper - dark)).sum(axis=0) > 0)
    steps = np.flatnonzero(np.diff(inked) > 1)
    if not len(steps):
        return None
    end, start = int(inked[steps[0]]) + 1, int(inked[steps[0] + 1])
    return (end, start) if start - end >= _BLANK * high else None


def shows_bar(pixels: Gray) -> bool:
    """Whether the first sign of a word is an angle with a level bar under it.

    Args:
        pixels: the word and the paper below it, dark on light.
    """
    paper, dark = float(np.percentile(pixels, 80)), float(np.percentile(pixels, 2))
    ink = (pixels < dark + _INK * (paper - dark)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = [at for at in range(1, len(stats)) if stats[at, cv2.CC_STAT_AREA] >= _SPECK]
    if not pieces:
        return False
    angle = min(pieces, key=lambda at: int(stats[at, cv2.CC_STAT_LEFT]))
    if _is_flat(stats[angle]):  # the bar reaches out farther than the angle does
        others = [at for at in pieces if at != angle and _over(stats[at], stats[angle])]
        return any(not _is_flat(stats[at]) and _share(stats[angle], stats[at]) for at in others)
    below = [at for at in pieces if at != angle and _over(stats[angle], stats[at])]
    if any(_is_flat(stats[at]) and _share(stats[at], stats[angle]) for at in below):
        return True
    return _foot_is_level((labels == angle), stats[angle])


def _is_flat(stats: Stats) -> bool:
    return bool(stats[cv2.CC_STAT_HEIGHT] <= _FLAT * stats[cv2.CC_STAT_WIDTH])


def _over(upper: Stats, lower: Stats) -> bool:
    """The lower piece lies under the upper one and near it."""
    left = max(upper[0], lower[0])
    right = min(upper[0] + upper[2], lower[0] + lower[2])
    gap = lower[1] - (upper[1] + upper[3])
    return bool(right - left >= _LEAST_SHARE * min(upper[2], lower[2]) and -2 <= gap <= 0.6 * upper[3])


def _share(bar: Stats, angle: Stats) -> bool:
    return bool(_LEAST_SHARE * angle[2] <= bar[2] <= 1.6 * angle[2])


def _foot_is_level(piece: npt.NDArray[np.bool_], stats: Stats) -> bool:
    """A bar that touches the angle: its lowest rows are inked from side to side, those above are not."""
    left, top, width, height = (int(value) for value in stats[:4])
    part = piece[top : top + height, left : left + width]
    rows = part.mean(axis=1)
    foot = rows[-max(2, height // 6) :].max()
    return bool(foot >= 0.85 and np.median(rows) < 0.6)
