"""Is this the phrase, as far as a bad scan lets one tell? Whole words, compared by their skeleton.

Every function takes the text as printed and a phrase as a clerk would write it,
and answers in places of the text, so that the caller can cut a sub-passage out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz

from pipeline.folding import skeleton

_WORD = re.compile(r"[^\s–—-]+")
"""Dashes part words as spaces do: `Độc lập-Tự do` is printed both ways."""
_EDGE = " .,;:-_*~'\"()[]|/\\«»<>="
_OTHER_COUNT = 0.94
_SHORT = 4
"""Phrases of so few letters have to be equal: one letter off makes another word of them."""
_OPENING = 12
"""Words of a text that are looked at for what it begins with: more than any phrase has."""
_ROUNDING = 0.01


def likeness(text: str, phrase: str) -> float:
    """How alike the whole of `text` and `phrase` are, 0 to 1."""
    return fuzz.ratio(_bare(text), _bare(phrase)) / 100


def prefix_end(text: str, phrase: str, cutoff: float = 0.84) -> int | None:
    """Where the words that stand for `phrase` end, if `text` begins with them."""
    return _best_window(text, phrase, cutoff, anywhere=False)[1]


def find_phrase(text: str, phrase: str, cutoff: float = 0.84) -> tuple[int, int] | None:
    """The words of `text` most like `phrase`, as (start, end)."""
    start, end = _best_window(text, phrase, cutoff, anywhere=True)
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


@lru_cache(maxsize=1024)
def _wanted(phrase: str) -> tuple[str, int]:
    return _bare(phrase), len(_WORD.findall(phrase))


@lru_cache(maxsize=2048)
def _words(text: str, most: int | None) -> tuple[tuple[int, int, str], ...]:
    """Where each word stands, and what is left of it for comparison; one text is asked for many phrases."""
    found = islice(_WORD.finditer(text), most)
    return tuple((word.start(), word.end(), _bare(word.group())) for word in found)


def _best_window(text: str, phrase: str, cutoff: float, *, anywhere: bool) -> tuple[int, int | None]:
    wanted, size = _wanted(phrase)
    words = _words(text, None if anywhere or size >= _OPENING else _OPENING)
    short = len(wanted) <= _SHORT
    best = 1.0 if short else cutoff
    place: tuple[int, int | None] = (0, None)
    for first in range(len(words) if anywhere else 1):
        for count in (size,) if short else (size, size - 1, size + 1):
            if count < 1 or first + count > len(words):
                continue
            window = words[first : first + count]
            found = " ".join([bare for _, _, bare in window if bare])
            score = _score(found, wanted, as_many=count == size, least=best)
            if score > best or (score == best and place[1] is None):
                best, place = score, (window[0][0], window[-1][1])
    return place


def _score(found: str, wanted: str, as_many: bool, least: float) -> float:
    """0 below `least`, which saves most of the work.

    Words that ran together or came apart keep their letters: another number of words has to match well.
    """
    if not as_many:
        found, wanted = found.replace(" ", ""), wanted.replace(" ", "")
        least = max(least, _OTHER_COUNT)
    score = fuzz.ratio(found, wanted, score_cutoff=100 * least - _ROUNDING) / 100
    return score if as_many or score >= _OTHER_COUNT else 0.0
