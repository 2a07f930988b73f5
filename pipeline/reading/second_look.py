"""What the first reading left: ink that no word explains, and lines that are doubtful.

Both are cut out, set one under the other on a sheet, enlarged, and read at once. A lone
figure is set beside a word of the page that was read well: alone on a line the engine
passes over it, in company it is read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2

from pipeline.folding import fold
from pipeline.reading.engines import EngineWord
from pipeline.reading.numerals import roman_bars
from pipeline.reading.prepare import Gray
from pipeline.reading.quality import mean_worth, worth
from pipeline.reading.reader import Reader
from pipeline.reading.region import Region
from pipeline.reading.sheet import read_sheet, well_read
from pipeline.syllables import judge

_PAD = 0.03
"""Inches round each piece."""
_DOUBTFUL = 0.7
_MOST_STRETCHES = 10
_COMPANY = 2
_WIDE_GAP = 1.5
"""In heights of a word: spaces of a justified line are narrower."""
_BLUR, _BLUR_REACH = 0.6, 2
"""Pixels: its deviation, and from how far it takes anything."""
_GAIN = 0.08
_NEW_WORD, _NEW_FIGURE, _NEW_LETTER = 0.55, 0.6, 0.8
_HARDLY = 0.2
_NO_SPACE = 0.6
"""In heights of a word: as much as an engine draws the box of a word too short."""
_MARKS = frozenset(("-", "–", "—", "+", "%", "./.", "…", "/", ">", "<", "=", "≥", "≤"))
_FIGURE = re.compile(r"[\d.,/:%()-]*\d[\d.,/:%()-]*")
_NUMERAL = re.compile(r"[IVX]{1,5}[.)/-]")
"""The number of a section, which is no syllable and which an engine is never sure of."""
_STOPS, _DIRT = ".,;:-", "'`‘’^~|_°"


def look_again(
    clean: Gray,
    words: tuple[EngineWord, ...],
    spots: Sequence[Region],
    reader: Reader,
) -> tuple[EngineWord, ...]:
    """The words with doubtful lines read again and lost pieces found.

    Args:
        clean: the page as it was read, its lines out.
        spots: where there is ink that no word explains.
    """
    stretches, spots = _joined(doubtful_stretches(words), spots, reader.dpi, clean)
    if not stretches and not spots:
        return words
    anchor = well_read(clean, words)
    places = [*(place for _, place in stretches), *spots]
    narrow = 2 * max((anchor.shape[0] if anchor is not None else 0), 1)
    lonely = [place.right - place.left < narrow for place in places]
    found = read_sheet(_softened(clean, places), places, lonely, anchor, reader)
    doubtful = {id(word) for stretch, _ in stretches for word in stretch}
    others = [word for word in words if id(word) not in doubtful]
    kept = list(others)
    for (stretch, _), again in zip(stretches, found, strict=False):
        kept += better_of(stretch, [word for word in again if not _is_known(word, others)])
    for spot, again in zip(spots, found[len(stretches) :], strict=False):
        numeral = numeral_before_line(again, spot, clean, words)
        welcome = [numeral] if numeral is not None else [word for word in again if _is_welcome(word)]
        kept += [word for word in welcome if not _is_known(word, kept)]
    return tuple(kept)


def numeral_before_line(
    again: Sequence[EngineWord], spot: Region, clean: Gray, words: Sequence[EngineWord]
) -> EngineWord | None:
    """I, II or III before the first word of a line, told by its strokes whatever the engine made of it."""
    if len(again) != 1 or not _begins_line(spot, words):
        return None
    bars = roman_bars(clean[spot.top : spot.bottom, spot.left : spot.right])
    stop = again[0].text[-1:]
    return replace(again[0], text="I" * bars + (stop if stop in ".)/-" else "")) if bars else None


def _begins_line(spot: Region, words: Sequence[EngineWord]) -> bool:
    """True where the nearest word of the spot's line stands close behind it, and none before it."""
    high = spot.bottom - spot.top
    level = [word for word in words if word.top < (spot.top + spot.bottom) / 2 < word.bottom]
    before = any(word.left < spot.left for word in level)
    behind = [word for word in level if -high < word.left - spot.right < high]
    return not before and any(sum(map(str.isalpha, word.text)) > 1 for word in behind)


def doubtful_stretches(words: Iterable[EngineWord]) -> list[list[EngineWord]]:
    """Words that are hardly sure or no syllables, each with two neighbours; the worst first."""
    lines: dict[str, list[EngineWord]] = {}
    for word in words:
        if word.line:
            lines.setdefault(word.line, []).append(word)
    parts = [part for line in lines.values() for part in _parts(line)]
    stretches = [stretch for part in parts if (stretch := _stretch(part))]
    return sorted(stretches, key=mean_worth)[:_MOST_STRETCHES]


def _parts(line: Sequence[EngineWord]) -> list[list[EngineWord]]:
    """A line cut at its wide gaps: the engine runs two columns into one line."""
    parts: list[list[EngineWord]] = []
    for word in sorted(line, key=lambda word: word.left):
        if parts and word.left - parts[-1][-1].right < _WIDE_GAP * (word.bottom - word.top):
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _stretch(part: Sequence[EngineWord]) -> list[EngineWord]:
    """From two words before the first doubtful one to two behind the last; nothing if there is none."""
    doubtful = [
        at for at, word in enumerate(part) if any(map(str.isalnum, word.text)) and worth(word) < _DOUBTFUL
    ]
    if not doubtful:
        return []
    return list(part[max(0, doubtful[0] - _COMPANY) : doubtful[-1] + _COMPANY + 1])


def _joined(
    stretches: Sequence[list[EngineWord]], spots: Sequence[Region], dpi: int, page: Gray
) -> tuple[list[tuple[list[EngineWord], Region]], list[Region]]:
    """Stretches with their places, each grown by the spots that go on where it ends."""
    rest = list(spots)
    placed = []
    for stretch in stretches:
        place = _around(stretch, dpi, page)
        for spot in [spot for spot in rest if _goes_on(place, spot)]:
            rest.remove(spot)
            place = Region(
                min(place.left, spot.left),
                min(place.top, spot.top),
                max(place.right, spot.right),
                max(place.bottom, spot.bottom),
            )
        placed.append((stretch, place))
    return placed, rest


def _goes_on(place: Region, spot: Region) -> bool:
    """True for a spot on the same line, touching or nearly."""
    high = min(place.bottom - place.top, spot.bottom - spot.top)
    level = min(place.bottom, spot.bottom) - max(place.top, spot.top) > 0.5 * high
    return level and spot.left - place.right < high / 2 and place.left - spot.right < high / 2


def _is_known(word: EngineWord, words: Sequence[EngineWord]) -> bool:
    """True where another word stands already: a piece shows bits of the lines above and below it."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    level = [other for other in words if other.top < word.bottom and other.bottom > word.top]
    return any(
        (other.left < x < other.right and other.top < y < other.bottom) or _is_part(word, other)
        for other in level
    )


def _is_part(word: EngineWord, other: EngineWord) -> bool:
    """True for the end or the start of a word beside it: engines draw a word's box too short."""
    high = min(word.bottom - word.top, other.bottom - other.top)
    if min(word.bottom, other.bottom) - max(word.top, other.top) <= 0.5 * high:
        return False
    after = -high < word.left - other.right < _NO_SPACE * high
    before = -high < other.left - word.right < _NO_SPACE * high
    if not (after or before):
        return False
    piece, whole = (fold(side.text) for side in (word, other))
    return bool(piece) and ((after and whole.endswith(piece)) or (before and whole.startswith(piece)))


def better_of(old: Sequence[EngineWord], new: Sequence[EngineWord]) -> list[EngineWord]:
    """Word by word the better of two readings of one line, by place."""
    kept: list[EngineWord] = []
    for before, after in _clusters(old, [word for word in new if _says_something(word)]):
        if not before:
            kept += [word for word in after if _is_welcome(word) and _is_tall(word, old)]
        elif after and _is_better(after, before):
            kept += [replace(word, line=before[0].line) for word in after]
        else:
            kept += before
    return kept


def _says_something(word: EngineWord) -> bool:
    """No bit of a seal or a neighbouring line."""
    lettered = any(map(str.isalnum, word.text))
    return word.confidence >= _HARDLY and (lettered or word.text in _MARKS)


def _is_tall(word: EngineWord, line: Sequence[EngineWord]) -> bool:
    """Not a speck between two words."""
    return word.bottom - word.top > 0.5 * max(other.bottom - other.top for other in line)


def _is_better(after: Sequence[EngineWord], before: Sequence[EngineWord]) -> bool:
    """Surer by a clear margin, and not for letting letters or stops go."""
    old, new = ("".join(word.text for word in side) for side in (before, after))
    surer = mean_worth(after) > mean_worth(before) + _GAIN
    if old.strip(_STOPS + _DIRT) == new.strip(_STOPS + _DIRT):
        parted = len(after) > len(before) and surer
        return parted or (bool(set(_DIRT) & set(old)) and not set(_DIRT) & set(new))
    shorter = sum(len(word.text) for word in after) < 0.6 * sum(len(word.text) for word in before)
    return not shorter and surer


def _clusters(
    old: Sequence[EngineWord], new: Sequence[EngineWord]
) -> list[tuple[list[EngineWord], list[EngineWord]]]:
    """Words that stand over each other, the two readings apart."""
    both = sorted([(word, 0) for word in old] + [(word, 1) for word in new], key=lambda pair: pair[0].left)
    clusters: list[tuple[list[EngineWord], list[EngineWord]]] = []
    reach = width = 0.0
    for word, side in both:
        own = word.right - word.left
        # Of the narrower one: a label stands wholly over the start of "I.MỤC".
        if not clusters or word.left > reach - 0.25 * min(own, width):
            clusters.append(([], []))
            reach = word.right
        if word.right >= reach:
            reach, width = word.right, own
        clusters[-1][side].append(word)
    return clusters


def _is_welcome(word: EngineWord) -> bool:
    """Where nothing was read before, only what is plainly text is taken."""
    if word.text == "%" or _FIGURE.fullmatch(word.text):
        return word.confidence >= _NEW_FIGURE
    if _NUMERAL.fullmatch(word.text):
        return word.confidence >= _NEW_WORD
    if any(map(str.isdigit, word.text)):
        return word.confidence >= _NEW_LETTER and len(word.text) > 2
    letters = sum(map(str.isalpha, word.text))
    if letters == 0:
        return False
    if letters == 1 or judge(word.text) is not True:
        return word.confidence >= _NEW_LETTER and judge(word.text) is not False
    return word.confidence >= _NEW_WORD


def _around(line: Sequence[EngineWord], dpi: int, page: Gray) -> Region:
    pad = round(_PAD * dpi)
    height, width = page.shape
    return Region(
        max(0, int(min(word.left for word in line)) - pad),
        max(0, int(min(word.top for word in line)) - pad),
        min(width, int(max(word.right for word in line)) + pad),
        min(height, int(max(word.bottom for word in line)) + pad),
    )


def _softened(page: Gray, places: Iterable[Region]) -> Gray:
    """The page with the places softened that are looked at."""
    soft = page.copy()
    for place in places:
        top, left = max(0, place.top - _BLUR_REACH), max(0, place.left - _BLUR_REACH)
        around = page[top : place.bottom + _BLUR_REACH, left : place.right + _BLUR_REACH]
        blurred = cv2.GaussianBlur(around, (0, 0), _BLUR)
        soft[place.top : place.bottom, place.left : place.right] = blurred[
            place.top - top : place.bottom - top, place.left - left : place.right - left
        ]
    return soft
