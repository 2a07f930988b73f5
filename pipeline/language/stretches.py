"""A stretch: the words of a paragraph or cell in order, taken apart into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.folding import fold, normalise
from pipeline.language.tokens import STROKES, Case, Piece, case_of, is_abbreviation, pieces
from pipeline.rules import load_rules
from pipeline.types import Word

_LABEL = re.compile(r"[IVXLl1|]{1,5}[.)]?|[A-Z]{1,4}\.|[^\W\d_][.)]|¢[.)]|\d[\d.]*[.)]?\w?")

_VOWELS = frozenset("aeiouy")
_ROMAN = re.compile(r"[IVXLHJ]{2,5}")
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 16_384, 40
_GARBLED = re.compile(r"\w\W*[{}\[\];<>=+*#^~\\“”\"]\W*\w|\(\w+\)\w|\(\w*\(")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the word at place `word` of the stretch. `free` means: may be mended."""

    word: int
    piece: Piece
    case: Case
    free: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of one paragraph or cell."""

    words: tuple[Word, ...]
    tokens: tuple[Token, ...]


def stretch_of(words: Sequence[Word], fixed: Sequence[bool], noisy: bool) -> Stretch:
    """`fixed[i]`: word i must stay as it is (a trusted layer)."""
    named = _names(words)
    tokens = []
    for at, word in enumerate(words):
        label = at == 0 and bool(_LABEL.fullmatch(word.text))
        kept = label or at in named
        known = _known_parts if len(word.text) <= _LONGEST_REMEMBERED else _parts
        for part in known(word.text, fixed[at], noisy):
            tokens.append(Token(at, part.piece, part.case, part.free and not kept, word.confidence))
    return Stretch(tuple(words), tuple(tokens))


@dataclass(frozen=True, slots=True)
class _Part:
    """What the text of a word alone tells of one of its pieces."""

    piece: Piece
    case: Case
    free: bool


def _parts(text: str, fixed: bool, noisy: bool) -> tuple[_Part, ...]:
    kept = fixed or garbled(text, noisy)
    return tuple(
        _Part(
            piece,
            case_of(piece.text),
            not kept and piece.kind == "syllable" and (noisy or not _no_word(piece.text)),
        )
        for piece in pieces(text if kept else normalise(text), noisy)
    )


_known_parts = lru_cache(maxsize=_MOST_REMEMBERED)(_parts)
"""A plan says a few hundred words over and over, and is taken apart twice: to mend, to weigh."""


def _no_word(text: str) -> bool:
    """What the Vietnamese model gives for no word of the language, so that none is sought for it.

    One letter (a figure as often as not); a broken Roman number (IH, HI for III); letters without
    a vowel (p/h, th); two words read as one (SởY).
    """
    if len(text) == 1 or _ROMAN.fullmatch(text) or (without_vowel(text) and not text.isupper()):
        return True
    return not text.isupper() and any(map(str.isupper, text[1:]))


def without_vowel(text: str) -> bool:
    """Letters that can only be an abbreviation."""
    return not _VOWELS & set(fold(text))


def garbled(text: str, noisy: bool) -> bool:
    """Signs inside the word that no word has: two printed lines read as one, not to be guessed at.

    One alone may be part of a letter where an engine without Vietnamese made the text.
    """
    core = text.strip(".,;:()[]\"'“”‘’")
    strokes = [sign for sign in core if sign in STROKES]
    if noisy and len(strokes) == 1:
        core = core.replace(strokes[0], "")
    return bool(_GARBLED.search(core))


def _names(words: Sequence[Word]) -> set[int]:
    """Places of words that are a person's name (họ và tên).

    Three or four capitalised words, the first a family name, alone on their line or after a
    form of address. A place is no person: "thành phố Hồ Chí Minh" has neither sign.
    """
    families, address = _signs_of_names()
    found: set[int] = set()
    for start, end in _title_runs(words):
        for at in range(start, end - 2):
            before = fold(" ".join(word.text for word in words[max(0, at - 2) : at])).strip(" .:,;-")
            alone = at == 0 or words[at - 1].text[-1] in ";.:,-–"
            addressed = before.endswith(address)
            ends = end == len(words) or words[end - 1].text[-1] in ",.;:)-–" or addressed
            if fold(words[at].text) in families and (addressed or (alone and ends and end - at <= 4)):
                found.update(range(at, min(end, at + 4)))
                break
    return found


@cache
def _signs_of_names() -> tuple[frozenset[str], tuple[str, ...]]:
    """Family names and forms of address, folded."""
    rules = load_rules("language")
    families = frozenset(fold(name) for name in rules["family_names"])
    return families, tuple(fold(form) for form in rules["forms_of_address"])


def _title_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Runs of words that begin with a capital, cut after punctuation."""
    start = None
    for at, word in enumerate(words):
        text = word.text.strip(".,;:()")
        capital = text[:1].isupper() and text[1:] == text[1:].lower() and not is_abbreviation(text)
        if capital and start is None:
            start = at
        if start is not None and (not capital or word.text[-1] in ",.;:"):
            yield start, at + 1 if capital else at
            start = None
    if start is not None:
        yield start, len(words)
