"""Counts without the slips of the OCR that the corpus itself was read with.

"bố sung" stands in the counts 200 times, because "bổ sung" does 20,000 times: part of the corpus
was scanned. An n-gram is dropped where changing one syllable by a usual slip of the engine gives
one that is many times more frequent: a single count of "tế chức" would make the model believe it.

The more may change, the more frequent the other must be. Other marks on the same letters are the
common slip (chi tiết, chỉ tiết); any other letter is a rare one (tổ chức, tế chức). What opens or
ends a phrase tells less about its neighbour, so that more is asked of it. Words that stand side by
side no oftener than chance would have it ("trọng tâm | năm", beside "tám năm") are left: a slip
keeps the company of the word that was meant.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import prod

from pipeline.language.channel import Channel

Gram = tuple[str, ...]

_USUAL = 0.03
"""Share of a letter's readings from which a confusion is usual (ổ read as ố)."""
_TIMES = 40
_TIMES_OF_MARKS, _AT_THE_EDGE = 18, 3
_TIMES_OF_A_LETTER = 1500
_BEYOND_CHANCE = 3
_EDGE = "|"
Likes = Callable[[str], Iterator[str]]


def usual_slips(channel: Channel, known: set[str]) -> dict[str, list[str]]:
    """read syllable → syllables that may have been printed instead, one letter apart."""
    printed: dict[str, list[str]] = {}
    for letter, outputs in channel.outputs.items():
        for read, share in outputs.items():
            if len(read) == 1 and read != letter and share >= _USUAL and letter.islower():
                printed.setdefault(read, []).append(letter)
    slips = {}
    for word in known:
        variants = [
            word[:at] + letter + word[at + 1 :]
            for at, read in enumerate(word)
            for letter in printed.get(read, ())
        ]
        meant = [variant for variant in variants if variant in known]
        if meant:
            slips[word] = meant
    return slips


def cleaned(grams: Counter[Gram], slips: dict[str, list[str]], ones: Mapping[str, int]) -> Counter[Gram]:
    """Without n-grams that are far rarer than what they may be a slip for."""
    left = Counter({gram: count for gram, count in grams.items() if not _slip(gram, count, grams, slips)})
    marks, letters = _most(left, _without_marks), _most(left, _one_letter_open)
    all_words = sum(ones.values())
    return Counter(
        {
            gram: count
            for gram, count in left.items()
            if (
                count < _BEYOND_CHANCE * prod(ones[word] for word in gram) / all_words ** (len(gram) - 1)
                or not _rare(gram, count, marks, _without_marks, _times_of_marks(gram))
            )
            and not _rare(gram, count, letters, _one_letter_open, _TIMES_OF_A_LETTER)
        }
    )


def _times_of_marks(gram: Gram) -> int:
    return _TIMES_OF_MARKS * (_AT_THE_EDGE if _EDGE in gram else 1)


def _slip(gram: Gram, count: int, grams: Counter[Gram], slips: dict[str, list[str]]) -> bool:
    return any(
        grams.get((*gram[:at], meant, *gram[at + 1 :]), 0) > _TIMES * count
        for at, word in enumerate(gram)
        for meant in slips.get(word, ())
    )


def _without_marks(word: str) -> Iterator[str]:
    yield "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _one_letter_open(word: str) -> Iterator[str]:
    if len(word) > 1:
        yield from (f"{word[:at]}*{word[at + 1 :]}" for at in range(len(word)))


def _patterns(gram: Gram, likes: Likes) -> Iterator[tuple[int, Gram]]:
    """The n-gram with one syllable made what all that are like it have in common."""
    for at, word in enumerate(gram):
        yield from ((at, (*gram[:at], like, *gram[at + 1 :])) for like in likes(word))


def _most(grams: Counter[Gram], likes: Likes) -> dict[tuple[int, Gram], int]:
    """The count of the most frequent n-gram of each pattern."""
    most: dict[tuple[int, Gram], int] = {}
    for gram, count in grams.items():
        if likes is _one_letter_open and count < _TIMES_OF_A_LETTER:
            continue
        for pattern in _patterns(gram, likes):
            most[pattern] = max(most.get(pattern, 0), count)
    return most


def _rare(gram: Gram, count: int, most: dict[tuple[int, Gram], int], likes: Likes, times: int) -> bool:
    return any(most.get(pattern, 0) > times * count for pattern in _patterns(gram, likes))
