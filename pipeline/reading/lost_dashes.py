"""Dashes of list items that the engine passed over: a short level stroke in front of a line.

On worn pages it loses one in five, and with each of them where an item begins. A dash is told by
its shape alone, no engine is asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import median

import numpy as np

from pipeline.reading.engines import EngineWord
from pipeline.reading.levels import quantile
from pipeline.reading.pieces import pieces
from pipeline.reading.prepare import Gray

_NEAR, _FAR = 0.1, 1.5
"""Between the dash and its word; in heights of the page's middle word, as all that follow."""
_WIDTH, _HIGHEST = (0.22, 0.62), 0.2
_LEAST_ASPECT = 2.0
_SOLID = 0.75
"""Of the dash's box that is ink: a speck is round, a stroke of a letter slants."""
_LEVEL = (0.38, 0.82)
"""Where in the height of its word the middle of a dash lies."""
_STRAY = 0.4
"""Of the dash's ink: more beside it is no speck, and the dash a part of something."""
_INK = 0.5
_CONFIDENCE = 0.7
_LEAST_WORDS = 12


def with_dashes(words: Sequence[EngineWord], gray: Gray) -> list[EngineWord]:
    """The words, and the dashes seen before those that begin a line. `gray` is the page without its lines."""
    printed = [word for word in words if any(map(str.isalnum, word.text))]
    if len(printed) < _LEAST_WORDS:
        return list(words)
    high = median(word.bottom - word.top for word in printed)
    found = [_dash_before(word, gray, high) for word in _first_words(printed, words, high)]
    return [*words, *(dash for dash in found if dash is not None)]


def _first_words(printed: Sequence[EngineWord], words: Sequence[EngineWord], high: float) -> list[EngineWord]:
    """Words that begin with a capital and have no other before them in their line."""
    by_top = sorted(words, key=lambda word: word.top)
    tops = [word.top for word in by_top]
    tallest = max(word.bottom - word.top for word in words)
    firsts = []
    for word in printed:
        if not word.text.lstrip("\"“'").istitle() and not word.text[:1].isdigit() and not word.text.isupper():
            continue
        start, stop = bisect_left(tops, word.top - tallest), bisect_right(tops, word.bottom)
        beside = (
            other
            for other in by_top[start:stop]
            if other is not word
            and other.bottom > word.top
            and other.left < word.left
            and other.right > word.left - (_FAR + 1.0) * high
            and min(other.bottom, word.bottom) - max(other.top, word.top)
            > 0.3 * min(high, other.bottom - other.top)
        )
        if next(beside, None) is None:
            firsts.append(word)
    return firsts


def _dash_before(word: EngineWord, gray: Gray, high: float) -> EngineWord | None:
    top, bottom = max(0, round(word.top)), round(word.bottom)
    left, right = max(0, round(word.left - (_FAR + _WIDTH[1]) * high)), round(word.left - _NEAR * high)
    own = gray[top:bottom, max(0, round(word.left)) : round(word.right)]
    crop = gray[top:bottom, left:right]
    if not own.size or not crop.size:
        return None
    paper, dark = quantile(own, 0.8), quantile(own, 0.02)
    ink = (crop < paper - _INK * (paper - dark)).astype(np.uint8)
    if not ink.any():
        return None
    found = pieces(ink)[1][1:].tolist()
    dashes = [piece for piece in found if _is_dash(piece, bottom - top, high)]
    if len(dashes) != 1 or _has_company(dashes[0], found):
        return None
    x, y, width, height, _ = dashes[0]
    return EngineWord("-", _CONFIDENCE, left + x, top + y, left + x + width, top + y + height)


def _is_dash(piece: Sequence[int], own: float, high: float) -> bool:
    _, y, width, height, area = piece
    level = (y + height / 2) / own
    return (
        _WIDTH[0] * high <= width <= _WIDTH[1] * high
        and height <= max(_HIGHEST * high, 3.0)
        and width >= _LEAST_ASPECT * height
        and area >= _SOLID * width * height
        and _LEVEL[0] <= level <= _LEVEL[1]
    )


def _has_company(dash: Sequence[int], found: Sequence[Sequence[int]]) -> bool:
    return any(piece[4] > _STRAY * dash[4] for piece in found if piece is not dash)
