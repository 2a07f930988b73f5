"""Engine words to words of the page: noise apart, boxes in points, bold told by its strokes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from sys import intern

import cv2
import numpy as np

from pipeline.geometry import Box, straighten_point, unstraighten
from pipeline.reading.bend import Bend
from pipeline.reading.engines import EngineWord
from pipeline.reading.prepare import Mask
from pipeline.reading.ruling import Segment
from pipeline.syllables import judge
from pipeline.types import Rule, Word

_SURE = 0.6
_UNDER_A_SEAL = 0.3
_LONG_SYLLABLE = 4
"""Letters of a valid syllable that strokes of a seal or a pen never make up."""
_LEAST = 0.1
_LONELY = 0.45
_BESIDE, _SLACK = 0.5, 0.04
"""Inches across and down in which a word has company."""
_TOUCHED = 0.05
_MARKS_THAT_MEAN = frozenset(
    ("-", "–", "—", "+", "%", "./.", "/.", "…", "≥", "≤", ">", "<", "=", "/", "&", "*", "x")
)
_MARKS_AT_A_WORD = frozenset((".", ",", ";", ":", ")", "(", "”", "“", "..", "...", "....", "....."))
"""Printed apart from their word by a blank too much; nowhere else."""
_NUMERAL = re.compile(r"[IVXLl1|]{1,5}[.)/\-]")
"""A section's Roman number, or what an engine makes of one."""
_READ_FOR_FIGURES = frozenset("§$&©®€£¢¥")
"""What engines make of a lone figure (8, 5, 6, 0): a cell that holds one is not empty."""
_TOUCHING = 0.16
_DASHES = frozenset(("-", "–", "—", "~"))
_DASH = 1.3
_STROKES_OF_BOLD = 1.2
_ENOUGH_WORDS = 8
_PIECE = 200.0
"""Pixels: so long a piece of a line on a bent page is as good as straight."""
_SMALLEST, _LARGEST = 0.02, 0.6
"""Inches: a full stop; capitals of 40 points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """From pixels of the straightened page to points of the page as it is."""

    scale: float
    angle: float
    width: float
    height: float
    bend: Bend | None = None

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        shift = self._shift((left + right) / 2, (top + bottom) / 2)
        straight = Box(
            left * self.scale, (top + shift) * self.scale, right * self.scale, (bottom + shift) * self.scale
        )
        return unstraighten(straight, self.angle, self.width, self.height)

    def rules(self, segment: Segment) -> list[Rule]:
        """The line as drawn; in pieces where it lies on a bend."""
        pieces = 1 if self.bend is None else max(1, round(abs(segment.x1 - segment.x0) / _PIECE))
        steps = [step / pieces for step in range(pieces + 1)]
        points = [
            self._point(
                segment.x0 + step * (segment.x1 - segment.x0), segment.y0 + step * (segment.y1 - segment.y0)
            )
            for step in steps
        ]
        return [Rule(*first, *last) for first, last in pairwise(points)]

    def _point(self, x: float, y: float) -> tuple[float, float]:
        place = (x * self.scale, (y + self._shift(x, y)) * self.scale)
        return straighten_point(place, -self.angle, self.width, self.height)

    def _shift(self, x: float, y: float) -> float:
        return self.bend.shift(x, y) if self.bend is not None else 0.0


def sift(
    found: tuple[EngineWord, ...], red: Mask | None, dpi: int
) -> tuple[list[EngineWord], list[EngineWord]]:
    """(words, noise): stray marks, bits of pictures and what a seal was misread as go to the noise."""
    words: list[EngineWord] = []
    noise: list[EngineWord] = []
    for word in found:
        if _is_dash_between(word, found, dpi):
            words.append(word)
            continue
        alone = word.confidence < _LONELY and _stands_alone(word, found, dpi)
        (noise if alone or _is_noise(word, found, red, dpi) else words).append(word)
    return words, noise


def _is_dash_between(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True for a dash with text close by on both sides, however unsure: "20 – 21/11"."""
    if word.text not in _DASHES:
        return False
    beside = [other for other in found if other is not word and _is_level(other, word)]
    near = _BESIDE * dpi / 2
    before = any(0 <= word.left - other.right + 2 < near for other in beside)
    after = any(0 <= other.left - word.right + 2 < near for other in beside)
    return before and after


def _is_level(other: EngineWord, word: EngineWord) -> bool:
    middle = (word.top + word.bottom) / 2
    return other.top < middle < other.bottom and any(map(str.isalnum, other.text))


def _stands_at_a_word(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True where a word with letters ends, or begins, right beside it on its line."""
    return any(
        -4 < gap < _TOUCHING * dpi
        for other in found
        if other is not word and other.top < word.bottom and other.bottom > word.top
        if any(map(str.isalnum, other.text))
        for gap in (word.left - other.right, other.left - word.right)
    )


def sift_cells(found: tuple[EngineWord, ...], dpi: int) -> tuple[list[EngineWord], list[EngineWord]]:
    """(words, noise) of table cells: only marks that are left of the lines are noise there."""
    words: list[EngineWord] = []
    noise: list[EngineWord] = []
    for word in found:
        if any(map(str.isalnum, word.text)) or _is_dash_between(word, found, dpi):
            meant = True
        else:
            meant = word.confidence >= _UNDER_A_SEAL and _is_mark(word, found, dpi)
        (words if meant or word.text == "%" or word.text in _READ_FOR_FIGURES else noise).append(word)
    return words, noise


def _is_mark(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True for what is printed between spaces, and for a stop with its word beside it.

    A dash is longer than it is high, a speck is not.
    """
    if word.text in _DASHES and word.text in _MARKS_THAT_MEAN:
        return word.right - word.left >= _DASH * (word.bottom - word.top)
    if word.text in _MARKS_AT_A_WORD:
        return _stands_at_a_word(word, found, dpi)
    return word.text in _MARKS_THAT_MEAN or len(word.text) > 2


def _stands_alone(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True for a short word with nothing beside it on its line: a stroke of a signature, mostly."""
    if len(word.text) > 2:
        return False
    reach, slack = _BESIDE * dpi, _SLACK * dpi
    return not any(
        other is not word
        and other.top < word.bottom + slack
        and other.bottom > word.top - slack
        and other.left < word.right + reach
        and other.right > word.left - reach
        for other in found
    )


def _is_noise(word: EngineWord, found: tuple[EngineWord, ...], red: Mask | None, dpi: int) -> bool:
    height, width = (word.bottom - word.top) / dpi, (word.right - word.left) / dpi
    if height > _LARGEST or max(height, width) < _SMALLEST:
        return True
    if any(letter.isdigit() for letter in word.text):
        # A figure is short and often unsure, and its loss is worse than a false one.
        return False
    if not any(letter.isalpha() for letter in word.text):
        return not _is_mark(word, found, dpi) or (word.confidence < _SURE and len(word.text) > 2)
    if _NUMERAL.fullmatch(word.text) and _begins_a_line(word, found, dpi):
        # The strokes will tell which it is (see `roman`); a section without its number is lost.
        return False
    under_seal = red is not None and _share(red, word) > _TOUCHED
    if judge(word.text) is True:
        return under_seal and word.confidence < _UNDER_A_SEAL and len(word.text) < _LONG_SYLLABLE
    if _has_sure_company(word, found, dpi):
        return False
    return word.confidence < (_UNDER_A_SEAL if under_seal or len(word.text) <= 2 else _LEAST)


def _has_sure_company(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True for a word of letters next to one that was read for sure: a foreign word, or one that is broken.

    An engine has no confidence at all in a word that it does not know, however clear its print.
    """
    if sum(map(str.isalpha, word.text)) < _LONG_SYLLABLE:
        return False
    near = _BESIDE * dpi / 2
    return any(
        other.confidence >= _SURE
        and _is_level(other, word)
        and -4 < max(word.left - other.right, other.left - word.right) < near
        for other in found
        if other is not word
    )


def _begins_a_line(word: EngineWord, found: tuple[EngineWord, ...], dpi: int) -> bool:
    """True where nothing is printed close to the left of the word, and something to its right."""
    level = [other for other in found if other is not word and _is_level(other, word)]
    before = any(word.right - other.right > 0 and word.left - other.right < _BESIDE * dpi for other in level)
    after = any(other.left - word.left > 0 and other.left - word.right < _BESIDE * dpi for other in level)
    return after and not before


def _share(mask: Mask, word: EngineWord) -> float:
    inside = mask[int(word.top) : int(word.bottom), int(word.left) : int(word.right)]
    return float((inside > 0).mean()) if inside.size else 0.0


def to_words(found: list[EngineWord], ink: Mask, sheet: Sheet, number: int) -> tuple[Word, ...]:
    """Words of page `number` with boxes in points."""
    bold = _bold(found, ink)
    return tuple(
        Word(
            text=text,
            raw=text,
            page=number,
            box=sheet.box(word.left, word.top, word.right, word.bottom),
            confidence=round(word.confidence, 3),
            origin="ocr",
            bold=bool(heavy),
        )
        # A language has few syllables: each is kept once, not once a place.
        for word, text, heavy in zip(found, (intern(word.text) for word in found), bold, strict=True)
    )


def _bold(found: list[EngineWord], ink: Mask) -> list[bool]:
    """Which words have strokes clearly thicker than the thinner third of the page's words.

    A stroke's width is taken as the ink of a word divided by the number of left edges in
    it: on typeset pages 4.4 to 5.1 pixels for plain, 5.8 to 7.6 for bold and bold italic.
    """
    if len(found) < _ENOUGH_WORDS:
        return [False] * len(found)
    # A column of paper in front, so that the first column of the page has one before it too.
    framed = cv2.copyMakeBorder(ink, 0, 0, 1, 0, cv2.BORDER_CONSTANT, value=0).astype(np.uint8, copy=False)
    strokes = np.array([_stroke(word, framed) for word in found])
    lettered = np.array([sum(map(str.isalnum, word.text)) >= 2 for word in found])
    if lettered.sum() < _ENOUGH_WORDS:
        return [False] * len(found)
    plain = float(np.percentile(strokes[lettered], 30))
    return [
        any(map(str.isalnum, word.text)) and bool(stroke > plain * _STROKES_OF_BOLD)
        for word, stroke in zip(found, strokes.tolist(), strict=True)
    ]


def _stroke(word: EngineWord, framed: Mask) -> float:
    """Pixels of ink in the word's box for each pixel whose left neighbour is paper."""
    height, width = framed.shape[0], framed.shape[1] - 1
    top, bottom = (min(height, max(0, int(value))) for value in (word.top, word.bottom))
    left, right = (min(width, max(0, int(value))) for value in (word.left, word.right))
    inside, before = framed[top:bottom, left + 1 : right + 1], framed[top:bottom, left:right]
    edges = np.count_nonzero(inside > before)
    return np.count_nonzero(inside) / edges if edges else 0.0
