"""I, II and III told from 1, H and the like by their strokes.

In bold type the serifs of II touch, and an engine reads H; a lone I is read 1. The strokes
tell: bars as high as the figure, nothing between them at half height, and serifs that reach
out to both sides at the top (a 1 has its flag on the left only).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.engines import EngineWord
from pipeline.reading.prepare import Gray

_MISREAD = re.compile(r"[1lIi|HÌÍÏĨỈỊïìíĩỉịMmn!¡\"„“”']{1,4}\.?")
_QUARTER = re.compile(r"([1lIiHÍÌÏíìï|!]{1,3})([/.,;:)]?.*)$")
_BAR = 0.8
"""Of the height that a column of a bar is inked."""
_WIDEST = 0.45
_OPEN = 0.12
_FINE = 3


def as_roman(text: str, pixels: Gray) -> str:
    """`text`, or I, II, III where it may be a misreading of these and the strokes say so.

    Args:
        pixels: the word alone, black on white.
    """
    if not _MISREAD.fullmatch(text):
        return text
    bars = roman_bars(pixels)
    stop = "." if text.endswith(".") else ""
    return "I" * bars + stop if bars else text


def with_quarters(words: Sequence[EngineWord], gray: Gray) -> list[EngineWord]:
    """The words, with the numeral after "Quý" (quarter) told by its strokes: I from 1, II from 11 and H.

    Plans print quarters as Quý I/2025; a figure is kept where the strokes show one.
    """
    quarters = [word for word in words if word.text.lower().strip(",.;(-") in ("quý", "quy", "qúy")]
    return [
        _quarter(word, gray) if any(_follows(word, quarter) for quarter in quarters) else word
        for word in words
    ]


def _follows(word: EngineWord, before: EngineWord) -> bool:
    """Whether `word` is the next on the line, or a quarter of a year ("II/2024") that the line end cut off.

    By place: words read again stand last in the list.
    """
    high = before.bottom - before.top
    middle = (word.top + word.bottom) / 2
    if before.top < middle < before.bottom:
        return -0.3 * high < word.left - before.right < 1.2 * high
    return "/" in word.text and 0 < middle - before.bottom < 1.5 * high and word.left < before.right


def _quarter(word: EngineWord, gray: Gray) -> EngineWord:
    shape = _QUARTER.match(word.text)
    if shape is None:
        return word
    crop = gray[
        max(0, int(word.top) - 1) : int(word.bottom) + 2, max(0, int(word.left) - 3) : int(word.right) + 2
    ]
    bars = _leading_bars(crop) if crop.size else 0
    if set(shape.group(1)) == {"I"} and bars < len(shape.group(1)):
        # Engines pass over a stroke, they add none; in coarse print two strokes may run into one.
        return word
    return replace(word, text="I" * bars + shape.group(2)) if bars else word


def _leading_bars(pixels: Gray) -> int:
    """Strokes of I, II or III at the start of a word; what follows them (/2025) does not matter."""
    paper, dark = float(np.percentile(pixels, 90)), float(pixels.min())
    even = np.clip((pixels.astype(np.float32) - dark) / max(1.0, paper - dark), 0, 1) * 255
    ink = (even < 140).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    order = sorted(range(1, len(stats)), key=lambda index: int(stats[index, 0]))
    order = [i for i in order if stats[i, cv2.CC_STAT_AREA] >= 8]
    found = 0
    for count in range(1, min(3, len(order)) + 1):
        part = np.where(np.isin(labels, order[:count]), even, 255).astype(np.uint8)
        right = max(int(stats[i, 0] + stats[i, 2]) for i in order[:count]) + 4
        found = max(found, roman_bars(part[:, :right]))
    return found


def roman_bars(pixels: Gray) -> int:
    """How many strokes of I, II or III the picture shows; 0 where it shows something else."""
    fine = cv2.resize(pixels, None, fx=_FINE, fy=_FINE, interpolation=cv2.INTER_CUBIC)
    ink = _tallest(fine < 128)
    if ink is None:
        return 0
    height = ink.shape[0]
    bars = _runs(ink[: int(0.95 * height)].mean(axis=0) >= _BAR)
    if not 1 <= len(bars) <= 3 or any(end - start > _WIDEST * height for start, end in bars):
        return 0
    middle = ink[int(0.3 * height) : int(0.7 * height)].astype(np.float64)
    for start, end in bars:
        middle[:, max(0, start - _FINE) : end + _FINE] = 0.0
    if middle.size and middle.sum() > _OPEN * height * height * 0.4:
        return 0
    return len(bars) if _serifs(ink, bars) else 0


def _tallest(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_] | None:
    """The pieces of ink that are nearly as high as the highest, cut out (a full stop is left)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    if count < 2:
        return None
    heights = stats[:, cv2.CC_STAT_HEIGHT].copy()
    heights[0] = 0
    solid = (heights >= 0.75 * heights.max())[labels]
    ys, xs = np.nonzero(solid)
    return np.asarray(solid[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1])


def _runs(on: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of True as half-open ranges."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], on.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def _serifs(ink: npt.NDArray[np.bool_], bars: list[tuple[int, int]]) -> bool:
    """True where the first bar has a serif to its left and the last to its right, at top and foot alike."""
    height = ink.shape[0]
    band = max(2, round(0.12 * height))
    left, right = bars[0][0], bars[-1][1]
    reach = []
    for rows in (ink[:band], ink[-band:]):
        columns = np.flatnonzero(rows.any(axis=0))
        if not len(columns):
            return False
        reach += [left - int(columns[0]), int(columns[-1]) + 1 - right]
    return min(reach) >= 0.04 * height and max(reach) <= 1.8 * max(1, min(reach)) + _FINE
