"""The text layer of a PDF page: words with boxes, drawn lines, how much of it is image.

pdfplumber measures from the top left of the MediaBox, after /Rotate; everything is moved
to the top left of what is seen (the CropBox) here, once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from sys import intern
from typing import Any

from pdfminer.encodingdb import EncodingDB
from pdfplumber.utils.text import extract_words

from pipeline.geometry import POINTS_PER_INCH, Box
from pipeline.intake.legacy import Legacy, convert, hint_of, legacy_of, shows_capitals
from pipeline.types import Rule, Word

# pdfminer reads code 173 of a Western page as a space; in TCVN3 it is "ư", the commonest of all.
_SOFT_HYPHEN = "\xad"
EncodingDB.encodings["WinAnsiEncoding"][ord(_SOFT_HYPHEN)] = _SOFT_HYPHEN

_BOLD = re.compile(r"bold|black|heavy|semibd|[-,]bd\b", re.IGNORECASE)
_GAP_OF_A_SPACE = 0.17
"""In ems: wider gaps part words where the file stores no space. Typeset spaces are 0.2 to 0.25."""
_SMALLEST_CHAR = 0.5
_HAIR = 0.7
"""Points between two prints of the same letter that are meant as one."""
_PATCH = 10 * _HAIR
_THINNEST_SHADE = 3.0
"""Points: a filled rectangle thinner than this is a ruling line (Word draws them so)."""
_SHORTEST_RULE = 5.0
_FULL_PAGE = 0.8
_CELLS = 50


@dataclass(frozen=True, slots=True)
class Layer:
    """What a PDF page says of itself."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    image_share: float
    scan_dpi: float | None
    image_pixels: int
    legacy: Legacy | None = None


EMPTY_LAYER = Layer((), (), 0.0, None, 0)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From pdfplumber's coordinates to ours."""

    left: float
    top: float
    scale_x: float
    scale_y: float
    width: float
    height: float

    def box(self, item: dict[str, Any]) -> Box:
        x = sorted((self.x(item["x0"]), self.x(item["x1"])))
        y = sorted((self.y(item["top"]), self.y(item["bottom"])))
        return Box(x[0], y[0], x[1], y[1])

    def x(self, value: float) -> float:
        return (value - self.left) * self.scale_x

    def y(self, value: float) -> float:
        return (value - self.top) * self.scale_y

    def seen(self, box: Box) -> bool:
        x, y = box.centre
        return 0 <= x <= self.width and 0 <= y <= self.height


def read_layer(page: Any, number: int, width: float, height: float) -> Layer:
    """Read a pdfplumber page whose visible size is `width` × `height` points."""
    left, top, right, bottom = page.cropbox
    frame = _Frame(left, top, width / max(right - left, 1), height / max(bottom - top, 1), width, height)
    images = [(frame.box(image), image["srcsize"]) for image in page.images]
    share, dpi = _images(images, frame)
    words, legacy = _words(page, number, frame)
    return Layer(
        words=tuple(words),
        rules=tuple(_rules(page, frame)),
        image_share=share,
        scan_dpi=dpi,
        image_pixels=max((int(size[0]) * int(size[1]) for _, size in images), default=0),
        legacy=legacy,
    )


def _words(page: Any, number: int, frame: _Frame) -> tuple[list[Word], Legacy | None]:
    """The words in Unicode, and the old encoding that they were in."""
    first = _PrintedOnce()
    chars = [char for char in page.chars if _is_visible(char) and first(char)]
    found = [
        word
        for word in extract_words(chars, x_tolerance_ratio=_GAP_OF_A_SPACE, return_chars=True)
        if word["text"].strip() and frame.seen(frame.box(word))
    ]
    legacy, hinted = _encoding(found)
    words = [_word(word, number, frame, legacy, hinted) for word in found]
    return words, legacy


def _encoding(found: list[dict[str, Any]]) -> tuple[Legacy | None, bool]:
    """The old encoding of the page, if any, and whether only fonts named so are in it."""
    hints = [hint_of(word["chars"][0]["fontname"]) for word in found]
    texts = [word["text"] for word, hint in zip(found, hints, strict=True) if hint]
    if texts:
        return legacy_of(texts, hints), True
    return legacy_of([word["text"] for word in found]), False


def _word(found: dict[str, Any], number: int, frame: _Frame, legacy: Legacy | None, hinted: bool) -> Word:
    chars = found["chars"]
    text = found["text"]
    if legacy and (not hinted or hint_of(chars[0]["fontname"]) == legacy):
        # Capitals of ABC are a font of their own, also within a word.
        runs = groupby(chars, key=lambda char: shows_capitals(char["fontname"]))
        text = "".join(
            convert("".join(char["text"] for char in run), legacy, ".VnH" if capitals else "")
            for capitals, run in runs
        )
    bold = sum(_is_bold(char["fontname"]) for char in chars)
    return Word(
        # A language has few syllables: each is kept once, not once a place.
        text=intern(unicodedata.normalize("NFC", _without_ligatures(text)).replace(_SOFT_HYPHEN, "-")),
        raw=intern(found["text"]),
        page=number,
        box=frame.box(found),
        confidence=1.0,
        origin="text_layer",
        bold=bold * 2 > len(chars),
    )


@lru_cache(maxsize=256)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


def _without_ligatures(text: str) -> str:
    """ﬁ, ﬂ and the like as their letters; other letters keep their form."""
    if not any("\ufb00" <= letter <= "\ufb06" for letter in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else letter for letter in text
    )


def _is_visible(item: dict[str, Any]) -> bool:
    if item["object_type"] != "char":
        return True
    # Combining marks of some fonts have no width of their own: one side is enough.
    return bool(item["size"] >= _SMALLEST_CHAR and item["height"] >= _SMALLEST_CHAR)


class _PrintedOnce:
    """False for a char that repeats one before it a hair apart: some programs print bold by printing twice.

    pdfplumber's own dedupe_chars looks through all chars for each of them, seconds on a full page.
    """

    def __init__(self) -> None:
        # For each look of a char the patches of the page where it stands: few have to be looked through.
        self._places: dict[tuple[Any, ...], dict[tuple[float, float], list[tuple[float, float]]]] = {}

    def __call__(self, item: dict[str, Any]) -> bool:
        if item["object_type"] != "char":
            return True
        x, y = item["x0"], item["top"]
        look = (item["text"], item["fontname"], item["size"], item["upright"])
        places = self._places.setdefault(look, {})
        for column in {(x - _HAIR) // _PATCH, (x + _HAIR) // _PATCH}:
            for row in {(y - _HAIR) // _PATCH, (y + _HAIR) // _PATCH}:
                for other in places.get((column, row), ()):
                    if abs(other[0] - x) <= _HAIR and abs(other[1] - y) <= _HAIR:
                        return False
        places.setdefault((x // _PATCH, y // _PATCH), []).append((x, y))
        return True


def _rules(page: Any, frame: _Frame) -> list[Rule]:
    found: dict[tuple[int, int, int, int], Rule] = {}
    for item in (*page.lines, *page.rects, *page.curves):
        for rule in _segments(item, frame):
            long_enough = max(abs(rule.x1 - rule.x0), abs(rule.bottom - rule.top)) >= _SHORTEST_RULE
            if long_enough and frame.seen(Box(rule.x0, rule.top, rule.x1, rule.bottom)):
                key = (round(rule.x0), round(rule.top), round(rule.x1), round(rule.bottom))
                found.setdefault(key, rule)
    return list(found.values())


def _segments(item: dict[str, Any], frame: _Frame) -> list[Rule]:
    """The ruling lines that a drawn line or rectangle makes; nothing for slanted lines and curves."""
    box = frame.box(item)
    if box.height < _THINNEST_SHADE or box.width < _THINNEST_SHADE:
        x, y = box.centre
        if box.width >= box.height:
            return [Rule(box.x0, y, box.x1, y)]
        return [Rule(x, box.top, x, box.bottom)]
    if item["object_type"] != "rect" or not item.get("stroke"):
        return []
    return [
        Rule(box.x0, box.top, box.x1, box.top),
        Rule(box.x0, box.bottom, box.x1, box.bottom),
        Rule(box.x0, box.top, box.x0, box.bottom),
        Rule(box.x1, box.top, box.x1, box.bottom),
    ]


def _images(images: list[tuple[Box, Any]], frame: _Frame) -> tuple[float, float | None]:
    """The part of the page that images cover, and the resolution of one that covers nearly all."""
    covered = set[tuple[int, int]]()
    dpi = None
    for box, size in images:
        x0, x1 = (_cell(value, frame.width) for value in (box.x0, box.x1))
        y0, y1 = (_cell(value, frame.height) for value in (box.top, box.bottom))
        covered.update((x, y) for x in range(x0, x1) for y in range(y0, y1))
        if (x1 - x0) * (y1 - y0) > _FULL_PAGE * _CELLS * _CELLS and box.width > 0:
            dpi = max(int(size[0]), int(size[1])) / max(box.width, box.height) * POINTS_PER_INCH
    return len(covered) / (_CELLS * _CELLS), dpi


def _cell(value: float, length: float) -> int:
    return max(0, min(_CELLS, round(value / length * _CELLS)))
