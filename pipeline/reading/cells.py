"""Table cells read all at once: cut out and set one under the other on a sheet of their own.

Read in place, the lines of neighbouring cells run into each other; read one by one, each
cell costs the engine's start. On the sheet no cell has a neighbour, and it is one reading.
Each cell is brought to black on white by its own paper and ink, without specks: a lone
figure is lost among grain that a whole page of text would outweigh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.engines import ONE_BLOCK, EngineWord
from pipeline.reading.numerals import as_roman
from pipeline.reading.pieces import pieces, pixels_of
from pipeline.reading.prepare import Gray
from pipeline.reading.reader import Reader
from pipeline.reading.region import Region
from pipeline.reading.ruling import Ruling

_BETWEEN = 0.12
"""Inches between two cells on the sheet, and round it."""
_LEAST_CONTRAST = 25.0
_GHOST = 0.45
"""Of the contrast of the page's cells: what is paler shines through from the other side."""
_DARKEST = 20
"""Pixels of a cell that may be darker than what counts as its ink: less than a full stop."""
_SPECK = 0.0003
"""Square inches: a full stop at 12 points has 0.0004 and more, dots of letters less."""
_COMPANY = (0.05, 0.018)
"""Inches down and across from a larger piece of ink in which small ones are its dots and marks:
they stand above and below a letter. Pale letters are broken to pieces themselves."""
_INK = 0.45
_WHITE = 0.1
_SOFT, _TRACE = 0.8, 0.5
"""Pixels of the blur in which ink is looked for, and of that which grain is read through: more
fills the hook over a circumflex."""
_PALE, _GRAINY = 150.0, 5.0
_INK_OF_PALE, _WHITE_OF_PALE, _PALEST = 0.22, 0.15, 0.35
"""Of pale print's contrast: blotches of it are less than half as dark as others."""
_TRACE_OF_INK, _FEW, _STILL = 0.2, 0.1, 1.5
"""Of the contrast: the palest that thin strokes are (the bar of a T, a dash). Of the ink kept: where
no more than this is lost with the specks, and the paper is still (in gray levels), it is print."""
_NEAR = 25
_EDGE = 0.012
"""Inches at the walls of a cell in which thin remains of its lines may lie."""
_REMAINS = 0.02
_AROUND = 4
_SURE_OF_STROKES = 0.97
"""Of 280 lone figures on damaged pages 278 were told rightly by their strokes."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is printed in a cell, black on white, and where its left top corner is on the page."""

    left: int
    top: int
    pixels: Gray
    contrast: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cut on the sheet, `top` pixels down."""

    cut: _Cut
    top: int

    @property
    def bottom(self) -> int:
        return self.top + int(self.cut.pixels.shape[0])


def read_cells(gray: Gray, ruling: Ruling, reader: Reader) -> tuple[EngineWord, ...]:
    """The words of all cells of a page whose lines have been taken out, in pixels of the page."""
    cells = [cell for _, table in ruling.tables for cell in table]
    cuts = _without_ghosts(
        [cut for cell in cells if (cut := _cut(gray, ruling.rooms, cell, reader.dpi)) is not None]
    )
    if not cuts:
        return ()
    margin = max(8, round(_BETWEEN * reader.dpi))
    sheet, placed = _sheet(cuts, margin)
    found: dict[int, list[EngineWord]] = {}
    for word in reader.read(sheet, ONE_BLOCK):
        number = _place_of(word, placed, margin)
        if number is not None:
            found.setdefault(number, []).append(word)
    words: list[EngineWord] = []
    for number, place in enumerate(placed):
        checked = _checked(found.get(number, []), place.cut)
        words += map(partial(_back, place=place, margin=margin, number=number), checked)
    return tuple(words)


# ── one cell ──────────────────────────────────────────────────────────────


def _cut(gray: Gray, rooms: npt.NDArray[np.int32], cell: Region, dpi: int) -> _Cut | None:
    """The ink of a cell; null where it is empty."""
    place = slice(cell.top, cell.bottom), slice(cell.left, cell.right)
    inside = np.ones((cell.bottom - cell.top, cell.right - cell.left), np.uint8)
    if cell.room:
        inside = (rooms[place] == cell.room).astype(np.uint8)
    edge = max(1, round(_EDGE * dpi))
    inner = _shrunk(inside, 2)
    if np.count_nonzero(inner) <= 4 * _DARKEST:
        return None
    piece = gray[place]
    soft = cv2.GaussianBlur(piece, (0, 0), _SOFT)
    paper, dark = _paper_and_ink(soft[inner > 0])
    contrast = paper - dark
    if contrast < _LEAST_CONTRAST:
        return None
    pale = contrast < _PALE
    ink = ((soft < paper - (_INK_OF_PALE if pale else _INK) * contrast) & (inner > 0)).astype(np.uint8)
    kept, remains = _sorted_pieces(ink, _shrunk(inside, edge + 2), dpi)
    if not kept.any():
        return None
    ys, xs = np.nonzero(kept)
    top, bottom = max(0, ys.min() - _AROUND), ys.max() + _AROUND + 1
    left, right = max(0, xs.min() - _AROUND), xs.max() + _AROUND + 1
    white = paper - _WHITE * contrast
    # Strokes of pale print have holes, and grain is as dark as they are: a trace of blur.
    grain = _grain(piece, soft, inner, white)
    if pale:
        even = _evened(soft, paper, contrast)
    else:
        levels = np.clip((np.arange(256, dtype=np.float32) - dark) / (white - dark), 0, 1) * 255
        source = cv2.GaussianBlur(piece, (0, 0), _TRACE) if grain > _GRAINY else piece
        even = levels.astype(np.uint8)[source]
    company = _company(kept, pale, dpi)
    lost = (soft < paper - _TRACE_OF_INK * contrast) & (inner > 0) & (company == 0)
    if grain > _STILL or np.count_nonzero(lost) > _FEW * np.count_nonzero(kept):
        even[company == 0] = 255
    else:
        even[remains > 0] = 255
    even[inside == 0] = 255
    return _Cut(cell.left + int(left), cell.top + int(top), even[top:bottom, left:right], contrast)


def _evened(soft: npt.NDArray[Any], paper: float, contrast: float) -> Gray:
    """Pale print, each letter brought to black by the darkest ink near it."""
    ink = np.clip(paper - soft.astype(np.float32), 0, None)
    near = cv2.GaussianBlur(cv2.dilate(ink, np.ones((_NEAR, _NEAR), np.uint8)), (0, 0), _NEAR / 4)
    share = ink / np.maximum(near, _PALEST * contrast)
    return np.asarray(np.clip((1 - share) / (1 - _WHITE_OF_PALE), 0, 1) * 255).astype(np.uint8)


def _grain(piece: Gray, soft: npt.NDArray[Any], inner: npt.NDArray[np.uint8], white: float) -> float:
    """Mean difference of bare paper from its smoothed self, in gray levels."""
    bare = (inner > 0) & (soft >= white)
    if not bare.any():
        return 0.0
    return float(np.abs(piece[bare].astype(np.int16) - soft[bare].astype(np.int16)).mean())


def _shrunk(inside: npt.NDArray[np.uint8], by: int) -> npt.NDArray[np.uint8]:
    """The inside of a cell without a rim of `by` pixels."""
    ringed = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return cv2.erode(ringed, np.ones((2 * by + 1, 2 * by + 1), np.uint8))[1:-1, 1:-1].astype(np.uint8)


def _paper_and_ink(values: npt.NDArray[Any]) -> tuple[float, float]:
    return float(np.median(values)), float(np.partition(values, _DARKEST)[_DARKEST])


def _company(kept: npt.NDArray[np.uint8], pale: bool, dpi: int) -> npt.NDArray[np.uint8]:
    """The ink kept and what is near enough to belong to it."""
    down, across = (2 * max(2, round(inches * dpi)) + 1 for inches in _COMPANY)
    return np.asarray(cv2.dilate(kept, np.ones((down, down if pale else across), np.uint8)), dtype=np.uint8)


def _sorted_pieces(
    ink: npt.NDArray[np.uint8], well_inside: npt.NDArray[np.uint8], dpi: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """(print, remains): remains are thin pieces along the walls, left of lines that were taken out;
    print is what is neither that nor a speck.
    """
    labels, stats = pieces(ink)
    thin = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= _REMAINS * dpi
    thin[0] = False
    thin &= np.bincount(labels[well_inside > 0], minlength=len(stats)) == 0
    kept = (stats[:, cv2.CC_STAT_AREA] >= _SPECK * dpi * dpi) & ~thin
    kept[0] = False
    return pixels_of(kept, labels), pixels_of(thin, labels)


def _without_ghosts(cuts: Sequence[_Cut]) -> list[_Cut]:
    if not cuts:
        return []
    usual = float(np.percentile([cut.contrast for cut in cuts], 75))
    return [cut for cut in cuts if cut.contrast >= _GHOST * usual]


# ── the sheet ─────────────────────────────────────────────────────────────


def _sheet(cuts: Sequence[_Cut], margin: int) -> tuple[Gray, list[_Placed]]:
    width = max(cut.pixels.shape[1] for cut in cuts) + 2 * margin
    height = margin + sum(cut.pixels.shape[0] + margin for cut in cuts)
    sheet = np.full((height, width), 255, np.uint8)
    placed = []
    top = margin
    for cut in cuts:
        high, wide = cut.pixels.shape
        sheet[top : top + high, margin : margin + wide] = cut.pixels
        placed.append(_Placed(cut, top))
        top += high + margin
    return sheet, placed


def _place_of(word: EngineWord, placed: Sequence[_Placed], margin: int) -> int | None:
    middle = (word.top + word.bottom) / 2
    reach = margin / 3
    for number, place in enumerate(placed):
        if place.top - reach <= middle <= place.bottom + reach:
            return number
    return None


def _checked(words: Sequence[EngineWord], cut: _Cut) -> list[EngineWord]:
    """The words of a cell, with what the engine cannot know set right: strokes that are I, II, III."""
    plain = [replace(word, text=word.text.replace("⁄", "/")) for word in words]
    if len(plain) != 1:
        return plain
    text = as_roman(plain[0].text, cut.pixels)
    if text == plain[0].text:
        return plain
    return [replace(plain[0], text=text, confidence=max(plain[0].confidence, _SURE_OF_STROKES))]


def _back(word: EngineWord, place: _Placed, margin: int, number: int) -> EngineWord:
    """The word where it stands on the page, on a line of its own cell."""
    right, down = place.cut.left - margin, place.cut.top - place.top
    return replace(
        word,
        left=word.left + right,
        top=word.top + down,
        right=word.right + right,
        bottom=word.bottom + down,
        line=f"cell {number} {word.line}" if word.line else "",
    )
