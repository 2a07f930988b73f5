"""The pieces of a text line: its words without the strokes that ruling left on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.folding import skeleton
from pipeline.types import Line, Word

STROKES = "|‖¦│┃[]{}"
_ALONE = re.compile(rf"[{re.escape(STROKES)}]+")
_STAIN = re.compile(r"[^\w%+/<>≥≤=()\-–—…]{1,2}|_+")
"""A lone mark that no cell holds: what is left of a stroke or of a dot."""
_FIGURE = re.compile(r"(?<!\w)\d+(?!\w)")
_WIDE = re.compile(r"\t| {2,}")
_CLOSE, _CLOSE_LONG = 0.74, 0.7
_SHORT, _LONG = 3, 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a table's line. `ruled` and `wide` tell of a stroke or a broad space before it."""

    word: Word
    shape: str
    ruled: bool
    wide: bool
    opens: bool
    """Begins like a sentence: a capital that is no abbreviation's."""
    goes_on: bool
    """Begins with a small letter, as the inside of a sentence does."""
    figure: bool
    """Holds a number; a digit between letters is a letter misread."""

    @property
    def text(self) -> str:
        return self.word.text


def piece_of(word: Word, ruled: bool, wide: bool) -> Piece:
    """The piece that `word` makes."""
    letters = [letter for letter in word.text if letter.isalpha()]
    opens = len(letters) > 1 and letters[0].isupper() and any(map(str.islower, letters[1:]))
    first = next((letter for letter in word.text if letter.isalnum() or letter == "%"), "")
    figure = bool(_FIGURE.search(word.text))
    return Piece(word, shape(word.text), ruled, wide, opens, first.islower(), figure)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in pieces; `strokes` are words that were ruling and nothing else. `page` indexes the pages."""

    line: Line
    page: int
    pieces: tuple[Piece, ...]
    strokes: tuple[Word, ...]

    @property
    def blank_above(self) -> bool:
        return self.line.gap is None or self.line.gap > 0

    @property
    def width(self) -> int:
        return length_of(self.pieces)


def length_of(pieces: tuple[Piece, ...]) -> int:
    """Letters with the spaces between."""
    return sum(len(piece.text) + 1 for piece in pieces) - 1 if pieces else 0


@lru_cache(maxsize=8192)
def shape(text: str) -> str:
    """What is left of a word for comparison: the skeleton's letters; `%` stays.

    No Vietnamese syllable begins with p but those in ph: such a p is a Đ misread.
    """
    letters = "".join(letter for letter in skeleton(text) if letter.isalnum() or letter == "%")
    return "d" + letters[1:] if letters[:1] == "p" and letters[1:2] not in ("h", "") else letters


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """0 to 1 for two shapes; of short ones only equal ones count, or one letter more at the end."""
    if one == other:
        return 1.0
    if {len(one), len(other)} == {2, 3}:
        return 0.65 if one.startswith(other) or other.startswith(one) else 0.0
    if min(len(one), len(other)) < _SHORT or abs(len(one) - len(other)) > 1:
        return 0.0
    return float(Levenshtein.normalized_similarity(one, other))


def alike(one: str, other: str) -> bool:
    """The same word by its shape, one slip allowed; in three letters only inside them."""
    if min(len(one), len(other)) == _SHORT == max(len(one), len(other)):
        return one[0] == other[0] and likeness(one, other) >= 0.6
    return likeness(one, other) >= (_CLOSE_LONG if max(len(one), len(other)) > _LONG else _CLOSE)


def in_pieces(line: Line, page: int) -> TextLine:
    """Strokes at the ends of words become marks between the pieces; words keep their raw text."""
    gaps = _wide_spaces(line)
    pieces: list[Piece] = []
    strokes: list[Word] = []
    ruled = False
    before: Word | None = None
    for word, wide in zip(line.words, gaps, strict=True):
        if _ALONE.fullmatch(word.text):
            strokes.append(word)
            ruled = True
            continue
        # A dash opens an item of a list, but not among stains.
        stained = bool(strokes) and strokes[-1] is before
        before = word
        if _STAIN.fullmatch(word.text.strip(STROKES)) or (stained and word.text in "-–—"):
            strokes.append(word)
            ruled = ruled or word.text[0] in STROKES or word.text[-1] in STROKES
            continue
        text = word.text.strip(STROKES)
        ruled = ruled or word.text[0] in STROKES
        bare = word if text == word.text else replace(word, text=text)
        pieces.append(piece_of(bare, ruled and bool(pieces), wide))
        ruled = word.text[-1] in STROKES
    return TextLine(line, page, tuple(pieces), tuple(strokes))


def _wide_spaces(line: Line) -> list[bool]:
    """For each word whether a tab or several spaces stand before it."""
    found: list[bool] = []
    at = 0
    for word in line.words:
        start = line.printed.find(word.raw, at)
        found.append(bool(found) and start > at and bool(_WIDE.search(line.printed[at:start])))
        at = max(at, start + len(word.raw))
    return found


def parted(line: TextLine, cut: Callable[[str], Sequence[str]]) -> TextLine:
    """The line with words that `cut` takes apart as several pieces, each with its own raw text."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        texts = cut(piece.text)
        if len(texts) == 1:
            pieces.append(piece)
            continue
        for at, text in enumerate(texts):
            word = replace(piece.word, text=text, raw=text)
            pieces.append(piece_of(word, piece.ruled and not at, piece.wide and not at))
    return replace(line, pieces=tuple(pieces))
