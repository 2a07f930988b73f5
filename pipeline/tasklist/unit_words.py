"""Names of units as words to compare: marks, capitals, abbreviations and signs apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.rules import load_rules

Words = tuple[str, ...]

BREAK = ","
"""Stands between the entries of a list: comma, semicolon, và."""

_PIECES = re.compile(r"[^\W_]+(?:[&-][^\W_]+)*|[,;/]")
_AND = "va"


@dataclass(frozen=True, slots=True)
class SearchRules:
    """`rules/unit_search.yaml`, folded to words."""

    abbreviations: Mapping[str, Words]
    one_word: tuple[Words, ...]
    before: frozenset[Words]
    plural: frozenset[Words]
    levels: Mapping[Words, tuple[Words, ...]]
    anyone: frozenset[Words]
    left_open: frozenset[Words]
    independent: tuple[Words, ...]
    under: tuple[Words, ...]
    stands_for: Mapping[Words, tuple[Words, ...]]
    ends: tuple[Words, ...]


@cache
def search_rules() -> SearchRules:
    """The rules, read once."""
    rules, names = load_rules("unit_search"), load_rules("units")
    glued = tuple(_split(name) for name in rules["one_word"])

    def words(text: str) -> Words:
        return _glue(_split(text), glued)

    def many(texts: Iterable[str]) -> tuple[Words, ...]:
        return tuple(words(text) for text in texts)

    before = {*many(rules["before"]), *many(names["posts"]), *many(names["people"]), *many(names["address"])}
    return SearchRules(
        {fold(short): words(full) for short, full in rules["abbreviations"].items()},
        glued,
        frozenset(before),
        frozenset(many(rules["plural"])),
        {words(level): many(those) for level, those in rules["levels"].items()},
        frozenset(many(rules["anyone"])),
        frozenset(many(rules["left_open"])),
        many(rules["independent"]),
        many(rules["under"]),
        {words(kind): many(those) for kind, those in rules["stands_for"].items()},
        many(rules["ends"]),
    )


def words_of(name: str, own: Mapping[str, Words] | None = None) -> Words:
    """The words of `name`, abbreviations written out, list signs as `BREAK`.

    `own` are the abbreviations that a plan defines, folded; they come first.
    """
    rules = search_rules()
    found: list[str] = []
    for piece in _split(name, keep_breaks=True):
        full = (own or {}).get(piece) or rules.abbreviations.get(piece)
        if full:
            found += full
        elif piece in ";/":
            found.append(BREAK)
        else:
            found += re.split(r"[&-]", piece)
    return _glue(tuple(found), rules.one_word)


def plain(words: Words) -> Words:
    """Without list signs and "và": "Văn phòng, UBND phường" is "Văn phòng UBND phường"."""
    return tuple(word for word in words if word not in (BREAK, _AND))


def entries(words: Words) -> list[Words]:
    """The entries of a list: what stands between commas and "và"."""
    found: list[list[str]] = [[]]
    for word in words:
        if word in (BREAK, _AND):
            found.append([])
        else:
            found[-1].append(word)
    return [tuple(entry) for entry in found if entry]


def own_abbreviations(pairs: Iterable[tuple[str, str]]) -> dict[str, Words]:
    """What a plan defines, short form to words, ready for `words_of`."""
    return {fold(unicodedata.normalize("NFC", short)): words_of(full) for short, full in pairs}


def _split(text: str, *, keep_breaks: bool = False) -> Words:
    pieces = _PIECES.findall(fold(unicodedata.normalize("NFC", text)))
    return tuple(piece for piece in pieces if keep_breaks or piece not in ",;/")


def _glue(words: Words, glued: Iterable[Words]) -> Words:
    """Words that are one, joined by `_`."""
    found: list[str] = []
    place = 0
    while place < len(words):
        one = next((group for group in glued if words[place : place + len(group)] == group), None)
        found.append("_".join(one) if one else words[place])
        place += len(one) if one else 1
    return tuple(found)
