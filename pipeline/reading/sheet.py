"""Pieces of a page set one under the other on a sheet, enlarged, and read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.reading.engines import ONE_BLOCK, EngineWord
from pipeline.reading.prepare import Gray
from pipeline.reading.reader import Reader
from pipeline.reading.region import Region
from pipeline.syllables import judge

_ENLARGED = 1.5
_MARGIN, _BETWEEN = 0.1, 0.12
"""Inches round the sheet, and between its rows and columns."""
_ANCHOR_FROM = 0.92
_DESCENDING = frozenset("gjpqyạặậẹệịọộợụựỵ,;()QỊẠẶẬẸỆỌỘỢỤỰ")


@dataclass(frozen=True, slots=True)
class _Row:
    """A piece of the page on the sheet: where it came from, where its part begins."""

    place: Region
    left: int
    top: int


def well_read(page: Gray, words: Sequence[EngineWord]) -> Gray | None:
    """A word of the page that stands on its line with nothing below, read well."""
    good = [
        word
        for word in words
        if word.confidence >= _ANCHOR_FROM
        and 3 <= len(word.text) <= 6
        and judge(word.text) is True
        and not _DESCENDING & set(word.text)
    ]
    if not good:
        return None
    heights = sorted(word.bottom - word.top for word in good)
    usual = heights[len(heights) // 2]
    best = min(good, key=lambda word: abs(word.bottom - word.top - usual) - word.confidence)
    return page[int(best.top) - 2 : int(best.bottom) + 2, int(best.left) - 2 : int(best.right) + 2]


def read_sheet(
    page: Gray,
    places: Sequence[Region],
    lonely: Sequence[bool],
    anchor: Gray | None,
    reader: Reader,
) -> list[list[EngineWord]]:
    """The words of each place, in one reading, in pixels of the page.

    Args:
        lonely: for each place, whether it is set beside `anchor`.
    """
    sheet, rows = _sheet(page, places, lonely, anchor, reader.dpi)
    larger = cv2.resize(sheet, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
    words = reader.read(larger.astype(np.uint8), ONE_BLOCK, enlarged=_ENLARGED)
    found: list[list[EngineWord]] = [[] for _ in rows]
    for word in words:
        placed = _back(word, rows)
        if placed is not None:
            found[placed[0]].append(placed[1])
    return found


def _sheet(
    page: Gray, places: Sequence[Region], lonely: Sequence[bool], anchor: Gray | None, dpi: int
) -> tuple[Gray, list[_Row]]:
    margin, between = round(_MARGIN * dpi), round(_BETWEEN * dpi)
    beside = 0 if anchor is None else anchor.shape[1] + between
    width = 2 * margin + beside + max(place.right - place.left for place in places)
    least = 0 if anchor is None else anchor.shape[0]
    height = 2 * margin + sum(max(place.bottom - place.top, least) + between for place in places)
    sheet = np.full((height, width), 255, np.uint8)
    rows = []
    top = margin
    for place, alone in zip(places, lonely, strict=True):
        high = place.bottom - place.top
        left, foot = margin, top + high
        if anchor is not None and alone:
            foot = top + max(high, least)
            sheet[foot - least : foot, margin : margin + anchor.shape[1]] = anchor
            left = margin + beside
        piece = page[place.top : place.bottom, place.left : place.right]
        top = foot - high
        sheet[top : top + piece.shape[0], left : left + piece.shape[1]] = piece
        rows.append(_Row(place, left, top))
        top = foot + between
    return sheet, rows


def _back(word: EngineWord, rows: Sequence[_Row]) -> tuple[int, EngineWord] | None:
    """The row that the word stands in, and the word at its place on the page."""
    x, y = (word.left + word.right) / 2 / _ENLARGED, (word.top + word.bottom) / 2 / _ENLARGED
    for index, row in enumerate(rows):
        inside = row.top - 4 <= y <= row.top + row.place.bottom - row.place.top + 4
        if inside and x >= row.left - 2:
            right, down = row.place.left - row.left, row.place.top - row.top
            moved = EngineWord(
                word.text,
                word.confidence,
                word.left / _ENLARGED + right,
                word.top / _ENLARGED + down,
                word.right / _ENLARGED + right,
                word.bottom / _ENLARGED + down,
            )
            return index, moved
    return None
