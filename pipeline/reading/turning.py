"""Which way up a page lies, told by reading a band of it in each direction."""

from __future__ import annotations

import numpy as np

from pipeline.reading.engines import ONE_BLOCK
from pipeline.reading.prepare import Gray, ink_mask
from pipeline.reading.reader import Reader
from pipeline.syllables import validity

_BAND = 0.2
"""Of the page's height: a sixth may be figures alone."""
_PLAIN, _ENOUGH = 0.85, 15
"""Share and number of valid syllables that no page gives upside down: then no other turn is tried."""


def best_turn(gray: Gray, turns: tuple[int, ...], reader: Reader) -> int:
    """The turn at which a band of the page, where most ink is, gives most valid syllables."""
    best, most = turns[0], -1.0
    for degrees in turns:
        turned = turn(gray, degrees)
        words = reader.read(_band(turned), ONE_BLOCK)
        found = validity(word.text for word in words)
        score = found.valid * found.share
        if score > most:
            best, most = degrees, score
        if found.share >= _PLAIN and found.valid >= _ENOUGH:
            break
    return best


def _band(gray: Gray) -> Gray:
    ink = (ink_mask(gray) > 0).sum(axis=1)
    high = max(1, int(len(ink) * _BAND))
    sums = np.convolve(ink, np.ones(high), mode="valid")
    top = int(np.argmax(sums))
    return np.ascontiguousarray(gray[top : top + high])


def turn(gray: Gray, degrees: int) -> Gray:
    """Turned clockwise."""
    return np.ascontiguousarray(np.rot90(gray, k=-degrees // 90 % 4))
