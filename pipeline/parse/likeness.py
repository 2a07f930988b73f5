"""Is this the phrase, as far as a bad scan lets one tell? Whole words, compared by their skeleton.

Every function takes the text as printed and a phrase as a clerk would write it,
and answers in places of the text, so that the caller can cut a sub-passage out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.folding import skeleton

_WORD = re.compile(r"[^\s–—-]+")
"""Dashes part words as spaces do: `Độc lập-Tự do` is printed both ways."""
_EDGE = " .,;:-_*~'\"()[]|/\\«»<>="
_OTHER_COUNT = 0.94
_SHORT = 4
"""Phrases of so few letters have to be equal: one letter off makes another word of them."""


def likeness(text: str, phrase: str) -> float:
    """How alike the whole of `text` and `phrase` are, 0 to 1."""
    return fuzz.ratio(_bare(text), _bare(phrase)) / 100


def prefix_end(text: str, phrase: str, cutoff: float = 0.84) -> int | None:
    """Where the words that stand for `phrase` end, if `text` begins with them."""
    return _best_window(text, phrase, cutoff, starts=(0,))[1]


def find_phrase(text: str, phrase: str, cutoff: float = 0.84) -> tuple[int, int] | None:
    """The words of `text` most like `phrase`, as (start, end)."""
    start, end = _best_window(text, phrase, cutoff, starts=None)
    return None if end is None else (start, end)


def is_capitals(text: str) -> bool:
    """Set in capitals, a slip of the reader allowed."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def letter_count(text: str) -> int:
    """How many letters `text` holds."""
    return sum(letter.isalpha() for letter in text)


def is_noise(text: str) -> bool:
    """A printed rule, a stain, part of a seal: nothing a reader would call a word."""
    return not any(looks_like_word(word) for word in text.split())


def looks_like_word(word: str) -> bool:
    """At least two letters, and no more signs than letters."""
    letters = letter_count(word)
    return letters >= 2 and letters * 2 >= len(word)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return " ".join(filter(None, (word.strip(_EDGE) for word in _WORD.findall(skeleton(text)))))


def _best_window(
    text: str, phrase: str, cutoff: float, starts: tuple[int, ...] | None
) -> tuple[int, int | None]:
    words = list(_WORD.finditer(text))
    wanted, size = _bare(phrase), len(_WORD.findall(phrase))
    short = len(wanted) <= _SHORT
    best = 1.0 if short else cutoff
    place: tuple[int, int | None] = (0, None)
    for first in starts if starts is not None else range(len(words)):
        for count in (size,) if short else (size, size - 1, size + 1):
            if count < 1 or first + count > len(words):
                continue
            start, end = words[first].start(), words[first + count - 1].end()
            score = _score(_bare(text[start:end]), wanted, as_many=count == size)
            if score > best or (score == best and place[1] is None):
                best, place = score, (start, end)
    return place


def _score(found: str, wanted: str, as_many: bool) -> float:
    """Words that ran together or came apart keep their letters: another number of words has to match well."""
    if as_many:
        return fuzz.ratio(found, wanted) / 100
    score = fuzz.ratio(found.replace(" ", ""), wanted.replace(" ", "")) / 100
    return score if score >= _OTHER_COUNT else 0.0
