"""Red stamps with words in them (KHẨN, HỎA TỐC, MẬT): read apart, for the page is read without red.

Decree 30/2020/NĐ-CP, Appendix I, II.10: urgency is stamped in bright red, in a rectangle.
Round seals are left alone: their words are no text of the document.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.reading.engines import ONE_BLOCK, EngineWord
from pipeline.reading.pieces import pieces
from pipeline.reading.prepare import Gray, Mask
from pipeline.reading.reader import Reader
from pipeline.reading.region import Region
from pipeline.reading.ruling import find_ruling, take_out

_COARSE = 4
_JOINED = 0.12
_HEIGHT, _WIDTH = (0.12, 0.8), (0.4, 3.0)
"""Inches, least and most."""
_LEAST_ASPECT = 1.6
_SURE = 0.5
_LEAST_SEAL = 0.6
_SEAL_ASPECT = 0.45
_MOST_STAMPS = 3


def red_prints(red: Mask | None, dpi: int) -> list[Region]:
    """Rectangles round connected red prints, in pixels."""
    if red is None:
        return []
    small = red[::_COARSE, ::_COARSE]
    reach = max(3, round(_JOINED * dpi / _COARSE) | 1)
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, stats = pieces(joined)
    boxes = (stats[1:, :4] * _COARSE).tolist()
    return [Region(left, top, left + width, top + height) for left, top, width, height in boxes]


def seals(prints: list[Region], dpi: int) -> list[EngineWord]:
    """The large prints as wordless words: places with ink on them that give no text."""
    return [
        EngineWord("", 0.0, place.left, place.top, place.right, place.bottom)
        for place in prints
        if place.right - place.left > _LEAST_SEAL * dpi
        and place.bottom - place.top > _LEAST_SEAL * _SEAL_ASPECT * dpi
    ]


def like_stamps(prints: list[Region], dpi: int) -> list[Region]:
    """The first few prints that have the shape of a stamp with words in it."""
    return [place for place in prints if _like_a_stamp(place, dpi)][:_MOST_STAMPS]


def read_stamps(gray: Gray, places: list[Region], reader: Reader) -> tuple[EngineWord, ...]:
    """The words in red stamps. `gray` is the page with its red still dark, straightened."""
    words: list[EngineWord] = []
    for place in places:
        crop = np.ascontiguousarray(gray[place.top : place.bottom, place.left : place.right])
        clean = take_out(crop, find_ruling(crop, reader.dpi))
        clean = cv2.copyMakeBorder(clean, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255).astype(np.uint8)
        for word in reader.read(clean, ONE_BLOCK):
            text = word.text.strip("|[]!/\\_—- ")
            if word.confidence >= _SURE and len(text) >= 2 and text.isalpha():
                x, y = place.left - 20, place.top - 20
                words.append(
                    EngineWord(
                        text, word.confidence, word.left + x, word.top + y, word.right + x, word.bottom + y
                    )
                )
    return tuple(words)


def _like_a_stamp(place: Region, dpi: int) -> bool:
    width, height = (place.right - place.left) / dpi, (place.bottom - place.top) / dpi
    return (
        _HEIGHT[0] <= height <= _HEIGHT[1]
        and _WIDTH[0] <= width <= _WIDTH[1]
        and width >= _LEAST_ASPECT * height
    )
