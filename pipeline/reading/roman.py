"""Roman numerals that the engine takes for letters (II read H, III HI, I. L.), told by their strokes.

Between the two strokes of H there is a bar; between those of II there is paper. This looks
at the pixels: it is reading, not mending by guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from pipeline.reading.engines import EngineWord
from pipeline.reading.numerals import roman_bars
from pipeline.reading.prepare import Gray

_DOUBTFUL = re.compile(r"^([HIlíÌìiJ1!|]{1,4}t?)([.,:)/-]?)$")
_LONE = re.compile(r"^[L|!\[\]]([.,:)/-])$")
"""What a lone I and its stop are read as; a small l may be a label of its own."""
_UPPER, _LOWER = 0.3, 0.7
_STROKE = 0.8
"""Part of the middle rows that are ink in a column of a stroke."""
_WIDEST = 0.42
"""Of the height; strokes of bold capitals have up to 0.3."""
_BAR = 0.75
_DARK = 140


def with_roman_numerals(words: Iterable[EngineWord], gray: Gray) -> list[EngineWord]:
    """The words, with II and III where two or three bare strokes were read as something else."""
    return [_read_strokes(word, gray) for word in words]


def _read_strokes(word: EngineWord, gray: Gray) -> EngineWord:
    lone = _LONE.match(word.text)
    if lone is not None:
        crop = gray[
            max(0, int(word.top) - 2) : int(word.bottom) + 2, max(0, int(word.left) - 2) : int(word.right) + 2
        ]
        return replace(word, text="I" + lone.group(1)) if crop.size and roman_bars(crop) == 1 else word
    shape = _DOUBTFUL.match(word.text)
    if shape is None or word.text.isdigit() or not set(word.text) & set("HIlJ"):
        return word
    strokes = count_strokes(gray[int(word.top) : int(word.bottom), int(word.left) : int(word.right)])
    if strokes not in (2, 3):
        return word
    if set(shape.group(1)) == {"I"} and strokes <= len(shape.group(1)):
        # Engines pass over a stroke, they add none; in coarse print two strokes may run into one.
        return word
    return replace(word, text="I" * strokes + shape.group(2))


def count_strokes(crop: Gray) -> int:
    """How many upright strokes stand in `crop` with only paper between them; 0 where there is a bar."""
    ink = crop < min(_DARK, (int(crop.min()) + int(crop.max())) // 2) if crop.size else crop.astype(bool)
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 8:
        return 0
    body = ink[rows[0] : rows[-1] + 1]
    high = len(body)
    middle = body[int(_UPPER * high) : int(_LOWER * high)]
    columns = middle.mean(axis=0) >= _STROKE
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    if not runs or any(end - start > _WIDEST * high for start, end in runs):
        return 0
    for (_, end), (start, _) in pairwise(runs):
        if middle[:, end:start].mean(axis=1).max() > _BAR:
            return 0
    return len(runs)
