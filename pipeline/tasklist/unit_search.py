"""Does this unit of a plan mean, or include, the unit that somebody asks for?

A name is found by its beginning: "Văn phòng" finds "Văn phòng UBND phường", but "UBND phường"
does not: that is another unit. Posts and forms of address before the name do not count. A
collective ("Các phòng, đơn vị thuộc Sở", "UBND các xã, phường") is found by each of its kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from pipeline.tasklist.unit_words import Words, entries, plain, search_rules, words_of

How = Literal["named", "collective"]

_LEVEL = "cap"
"""Opens a level of administration: "cấp xã"."""


class UnitSearch:
    """A unit that is looked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def finds(self, unit: str, own: Mapping[str, Words] | None = None, issuer: str = "") -> How | None:
        """How `unit` answers the search, null if it does not.

        Args:
            unit: the name as the plan writes it.
            own: the abbreviations that the plan defines.
            issuer: the plan's issuer; in its own plan a unit goes without its place name.
        """
        wanted = plain(words_of(self._name, own))
        words = words_of(unit, own)
        if not wanted or not words:
            return None
        kinds = tuple(kinds_of(words))
        if not kinds and (_opens(plain(words), wanted) or _is_local(plain(words), wanted, issuer)):
            return "named"
        if kinds and (_opens(_without_plural(words), wanted) or _include(kinds, words, wanted)):
            return "collective"
        return None


def kinds_of(words: Words) -> Iterator[Words]:
    """What a collective is made of: "UBND các xã, phường" gives "UBND xã" and "UBND phường".

    Empty for the name of one unit.
    """
    rules = search_rules()
    parts = entries(words)
    opening = next((place for place, part in enumerate(parts) if _is_plural(part)), None)
    if opening is None:
        yield from _listed_levels(parts)
        return
    yield from parts[:opening]  # "MTTQ và các đoàn thể": the first is named by itself
    head, first = _at_plural(parts[opening])
    open_ones = any(_holds(words, mark) for mark in rules.left_open)
    for part in (first, *parts[opening + 1 :]):
        if _LEVEL in part:
            yield from _of_level((*head, *part))
            continue
        kind = _kind(_at_plural(part)[1] or part)
        if not (open_ones and kind in rules.anyone):
            yield (*head, *kind)
            yield from ((*head, *other) for other in rules.stands_for.get(kind, ()))


def _listed_levels(parts: Sequence[Words]) -> Iterator[Words]:
    """ "UBND xã, phường, thị trấn": no plural word, but a list of levels; "UBND cấp xã": neither."""
    levels = {level for those in search_rules().levels.values() for level in those}
    first = parts[0]
    if _LEVEL in first:
        yield from _of_level(first)
    elif len(parts) > 1 and first[-1:] in levels and all(_kind(part) in levels for part in parts[1:]):
        yield first
        yield from ((*first[:-1], *_kind(part)) for part in parts[1:])


def _of_level(words: Words) -> Iterator[Words]:
    """ "UBND cấp xã", "UBND các cấp" """
    rules = search_rules()
    place = words.index(_LEVEL)
    head = tuple(word for word in words[:place] if (word,) not in rules.plural)
    named = rules.levels.get(words[place + 1 : place + 2]) or rules.levels.get(words[place + 1 : place + 3])
    if named is None:
        named = tuple(dict.fromkeys(level for those in rules.levels.values() for level in those))
    yield from ((*head, *level) for level in named)


def _is_plural(part: Words) -> bool:
    return bool(_at_plural(part)[1])


def _at_plural(words: Words) -> tuple[Words, Words]:
    """What stands before and after the first plural words or figure; nothing after where there are none."""
    for place in range(len(words)):
        rest = words[place:]
        while length := _plural_length(rest):
            rest = rest[length:]
        if len(rest) < len(words) - place:
            return words[:place], rest
    return words, ()


def _plural_length(words: Words) -> int:
    """How many of the first words say that there are several: "các", "tất cả", "12"."""
    if not words:
        return 0
    if words[0].isdecimal():
        return 1
    return next((length for length in (2, 1) if words[:length] in search_rules().plural), 0)


def _kind(words: Words) -> Words:
    """The kind of unit that an entry of a collective names, without what tells which ones."""
    ends = search_rules().ends
    for place in range(1, len(words)):
        if any(words[place : place + len(end)] == end for end in ends):
            return words[:place]
    return words


def _include(kinds: Sequence[Words], words: Words, wanted: Words) -> bool:
    """Whether the collective `words`, of these kinds, includes the unit."""
    anyone = search_rules().anyone
    meant = any(kind in anyone or wanted[: len(kind)] == kind for kind in kinds)
    return meant and not _elsewhere(words, wanted)


def _elsewhere(words: Words, wanted: Words) -> bool:
    """Whether `wanted` is, or belongs to, another body than that whose units `words` are ("thuộc Sở")."""
    rules = search_rules()
    marks = ((place, mark) for place in range(len(words)) for mark in rules.under)
    owner = next((words[place + len(mark) :] for place, mark in marks if _at(words, place, mark)), ())
    bodies = ((place, body) for place in range(len(wanted)) for body in rules.independent)
    place = next((place for place, body in bodies if _at(wanted, place, body)), None)
    return bool(owner) and place is not None and (place == 0 or wanted[place] != owner[0])


def _at(words: Words, place: int, part: Words) -> bool:
    return words[place : place + len(part)] == part


def _opens(words: Words, wanted: Words) -> bool:
    return any(start[: len(wanted)] == wanted for start in _starts(words))


def _is_local(words: Words, wanted: Words, issuer: str) -> bool:
    """ "UBND phường" in the plan of UBND phường Biên Giang, when that one is looked for."""
    if not issuer or wanted[: len(words)] != words or words == wanted:
        return False
    return _holds(plain(_issuer_words(issuer)), (words[-1], *wanted[len(words) :]))


def _starts(words: Words) -> Iterator[Words]:
    """`words`, and again without each post or form of address that stands before the unit."""
    before = search_rules().before
    yield words
    while True:
        length = next((n for n in (4, 3, 2, 1) if len(words) > n and words[:n] in before), 0)
        if not length:
            return
        words = words[length:]
        yield words


def _without_plural(words: Words) -> Words:
    plural = {word for group in search_rules().plural for word in group}
    return tuple(word for word in plain(words) if word not in plural and not word.isdecimal())


def _holds(words: Words, part: Words) -> bool:
    return any(words[place : place + len(part)] == part for place in range(len(words) - len(part) + 1))


@lru_cache(maxsize=4096)
def _issuer_words(issuer: str) -> Words:
    return words_of(issuer)
