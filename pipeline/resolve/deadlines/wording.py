"""The words of time as rules data, found in folded text, exactly first and then tolerantly.

Badly read text still shows its phrases ("Thudong xuyén", "Pinh ky hang thang"). A window
of words passes for a phrase when each word is the phrase's own or close to it; a word that
itself is one of the known words of time never passes for another ("tháng năm" is not
"hằng năm").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold
from pipeline.rules import load_rules

_WORD = re.compile(r"[^\s,;:.()/\[\]\"+-]+")
# One wrong letter in four, none in three: "nội quy" is not "mỗi quý".
_CLOSE_WORD = 0.7
_CLOSE_PHRASE = 0.8


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: where it stands and, folded, which one."""

    start: int
    end: int
    phrase: str


def rules() -> dict[str, Any]:
    """The content of rules/deadlines.yaml."""
    data: dict[str, Any] = load_rules("deadlines")
    return data


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for text in _strings(rules()) for word in fold(text).split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The folded phrases under `name` in the rules, longest first."""
    listed = [fold(phrase) for phrase in _strings(rules()[name])]
    return tuple(sorted(set(listed), key=lambda phrase: (-len(phrase.split()), -len(phrase), phrase)))


@cache
def rhythm_phrases() -> dict[str, str]:
    """Folded phrase → RRULE."""
    return {fold(phrase): rule for rule, said in rules()["rhythms"].items() for phrase in said}


@cache
def _exact(listed: tuple[str, ...]) -> re.Pattern[str]:
    options = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed)
    return re.compile(rf"(?<![^\W_])(?:{options})(?![^\W_])")


def find_phrase(folded: str, listed: tuple[str, ...], *, at_start: bool = False) -> Hit | None:
    """The first of `listed` (folded, longest first) in `folded`; only at its head if `at_start`."""
    pattern = _exact(listed)
    match = pattern.match(folded) if at_start else pattern.search(folded)
    if match:
        return Hit(*match.span(), re.sub(r"\s+", " ", match[0]))
    return _tolerant(folded, listed, at_start=at_start)


@cache
def _of_several_words(listed: tuple[str, ...]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((phrase, words) for phrase in listed if len(words := phrase.split()) > 1)


def _tolerant(folded: str, listed: tuple[str, ...], *, at_start: bool) -> Hit | None:
    words = [(word[0], *word.span()) for word in _WORD.finditer(folded)]
    known, several = _known_words(), _of_several_words(listed)
    starts = range(min(1, len(words))) if at_start else range(len(words))
    for at in starts:
        sure = words[at][0] if words[at][0] in known else None
        for phrase, wanted in several:
            if (sure is not None and sure != wanted[0]) or at + len(wanted) > len(words):
                continue
            window = words[at : at + len(wanted)]
            if _passes([word for word, _, _ in window], wanted, known):
                return Hit(window[0][1], window[-1][2], phrase)
    return None


def _passes(window: list[str], wanted: list[str], known: frozenset[str]) -> bool:
    total = 0.0
    for word, right in zip(window, wanted, strict=True):
        if word == right:
            total += len(right)
            continue
        closeness = Levenshtein.normalized_similarity(word, right)
        if word in known or closeness < _CLOSE_WORD:
            return False
        total += closeness * len(right)
    return total >= _CLOSE_PHRASE * sum(map(len, wanted))
