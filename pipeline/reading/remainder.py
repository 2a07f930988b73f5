"""What stands outside the tables, read with the empty places between drawn together.

Where the cells were is white: an engine that walks over it spends as much on it as on text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.reading.engines import WHOLE_PAGE, EngineWord
from pipeline.reading.prepare import Gray, ink_mask
from pipeline.reading.reader import Reader

_LEFT = 0.5
"""Inches that stay of a longer white strip: more than between any two paragraphs."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """Rows of the page that were kept, and the row of the drawn-together page they begin at."""

    top: int
    bottom: int
    at: int


def read_remainder(gray: Gray, reader: Reader) -> tuple[EngineWord, ...]:
    """The words of a page whose cells are white, in pixels of the page."""
    strips = _strips(gray, reader.dpi)
    if not strips:
        return ()
    drawn = np.ascontiguousarray(np.concatenate([gray[strip.top : strip.bottom] for strip in strips]))
    words = reader.read(drawn, WHOLE_PAGE)
    return tuple(_back(word, strips) for word in words)


def _strips(gray: Gray, dpi: int) -> list[_Strip]:
    """Stretches of rows with ink, each with half of what is left of the white above and below."""
    inked = np.flatnonzero((ink_mask(gray) > 0).sum(axis=1) > 1)
    if not len(inked):
        return []
    margin = round(_LEFT * dpi / 2)
    breaks = np.flatnonzero(np.diff(inked) > 2 * margin)
    tops = [int(inked[0]), *(int(inked[at + 1]) for at in breaks)]
    bottoms = [*(int(inked[at]) for at in breaks), int(inked[-1])]
    strips: list[_Strip] = []
    at = 0
    for top, bottom in zip(tops, bottoms, strict=True):
        first, last = max(0, top - margin), min(len(gray), bottom + margin + 1)
        strips.append(_Strip(first, last, at))
        at += last - first
    return strips


def _back(word: EngineWord, strips: list[_Strip]) -> EngineWord:
    middle = (word.top + word.bottom) / 2
    strip = next(strip for strip in reversed(strips) if strip.at <= middle or strip is strips[0])
    down = strip.top - strip.at
    return replace(word, top=word.top + down, bottom=word.bottom + down)
