"""The plan's list of units: every organisation or post named, once each, in document order.

Two writings are one unit where they differ in capitals, a comma, a dash, in marks that an
engine dropped or in a letter it misread, or where one is the other's abbreviation and the
document gives both. Names that differ in a proper name, a digit or an abbreviation stay two:
"xã Tân Lập" and "xã Tân Lộc" are no misreadings of each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold, skeleton
from pipeline.resolve.unit_words import Token, damaged, head_at, tokens_of
from pipeline.types import Passage

ALIKE = 0.85
"""Share of equal letters from which two damaged names of equal length in words are one."""

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SPELLED_OUT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân"}
_SHORTENED_AFTER = frozenset({"đoàn", "tổ", "hội đồng"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the contract: its id, its name as first written, all its writings.

    `at` are the places of its mentions, in order.
    """

    id: str
    name: str
    written: tuple[str, ...]
    at: tuple[Passage, ...]


@dataclass(slots=True)
class _Entry:
    id: str
    written: list[str]
    at: list[Passage]
    keys: set[tuple[str, ...]] = field(default_factory=set)


class UnitRegistry:
    """Collects the mentions of units in document order and gives each its id.

    `abbreviations` are those the document itself defines, short form to full form.
    """

    def __init__(self, abbreviations: Mapping[str, str] | None = None) -> None:
        self._entries: list[_Entry] = []
        self._short = {short.casefold(): full for short, full in (abbreviations or {}).items()}

    def add(self, mention: Passage) -> str:
        """The id of the unit that `mention` names; a new one where it is named for the first time."""
        entry = self._entry_of(mention.text)
        if mention.text not in entry.written:
            entry.written.append(mention.text)
        entry.keys.add(self._key(mention.text))
        entry.at.append(mention)
        return entry.id

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units so far, in the order of their first mention."""
        return tuple(
            Unit(entry.id, entry.written[0], tuple(entry.written), tuple(entry.at)) for entry in self._entries
        )

    def _entry_of(self, name: str) -> _Entry:
        key = self._key(name)
        for entry in self._entries:
            if key in entry.keys:
                return entry
        alike = [entry for entry in self._entries if any(same_unit(name, one) for one in entry.written)]
        if len(alike) == 1 or (alike and damaged(name)):
            return alike[0]
        entry = _Entry(self._free_id(name), [], [])
        self._entries.append(entry)
        return entry

    def _key(self, name: str) -> tuple[str, ...]:
        words = []
        for token in tokens_of(name):
            word = without_tone_place(token.lower)
            full = self._short.get(word) or _SPELLED_OUT.get(word)
            words.extend(without_tone_place(full.casefold()).split() if full else [word])
        return tuple(word for word in words if any(letter.isalnum() for letter in word))

    def _free_id(self, name: str) -> str:
        base = unit_id(name)
        taken = {entry.id for entry in self._entries}
        if base not in taken:
            return base
        return next(f"{base}~{n}" for n in range(2, len(taken) + 3) if f"{base}~{n}" not in taken)


def unit_id(name: str) -> str:
    """The contract's id of a unit: lower case, marks off, đ to d, all else a dash."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "-"


def without_tone_place(word: str) -> str:
    """`word` with its tone mark moved to the end, so that hoà and hóa are equal."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in letters if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES)) + tones


def same_unit(one: str, other: str) -> bool:
    """Whether two different writings name one unit."""
    left, right = _words(one), _words(other)
    if _initials(left, right) or _initials(right, left) or _shortened(left, right) or _shortened(right, left):
        return True
    if len(left) != len(right):
        return False
    if damaged(one) or damaged(other):
        return _alike_when_damaged(left, right)
    slips = [pair for pair in zip(left, right, strict=True) if pair[0].lower != pair[1].lower]
    return len(slips) <= 2 and all(_is_slip(*pair) for pair in slips)


def _words(name: str) -> tuple[Token, ...]:
    return tuple(token for token in tokens_of(name) if any(letter.isalnum() for letter in token.text))


def _is_slip(one: Token, other: Token) -> bool:
    """A difference that an engine makes: marks, or one letter of a longer common word."""
    if without_tone_place(one.lower) == without_tone_place(other.lower):
        return True
    if any(letter.isdecimal() for letter in one.text + other.text) or (one.capital and other.capital):
        return False
    if fold(one.text) == fold(other.text):
        return True
    distance = Levenshtein.distance(skeleton(one.text), skeleton(other.text))
    return (
        distance <= 1
        and min(len(one.text), len(other.text)) >= 4
        and fold(one.text)[0] == fold(other.text)[0]
    )


def _alike_when_damaged(left: tuple[Token, ...], right: tuple[Token, ...]) -> bool:
    for one, other in zip(left, right, strict=True):
        a, b = skeleton(one.text), skeleton(other.text)
        exact = (one.text.isupper() and len(one.text) > 2) or one.text.isdecimal()
        if exact and a != b:
            return False
        if Levenshtein.distance(a, b) > max(1, max(len(a), len(b)) // 2):
            return False
    a, b = (" ".join(skeleton(token.text) for token in words) for words in (left, right))
    return Levenshtein.normalized_similarity(a, b) >= ALIKE


def _initials(short: tuple[Token, ...], full: tuple[Token, ...]) -> bool:
    """ "SYT" for "Sở Y tế": one word of capitals, each the first letter of a syllable."""
    if len(short) != 1 or len(full) != len(short[0].text) or len(full) < 3 or not short[0].text.isupper():
        return False
    return [token.lower[0] for token in full] == list(short[0].text.lower())


def _shortened(short: tuple[Token, ...], full: tuple[Token, ...]) -> bool:
    """ "Thư ký Tổ" for "Thư ký Tổ thẩm định": a body that the plan itself sets up."""
    if not 0 < len(short) < len(full) or [t.lower for t in short] != [t.lower for t in full[: len(short)]]:
        return False
    ends = {short[-1].lower, " ".join(token.lower for token in short[-2:])}
    if not ends & _SHORTENED_AFTER or full[len(short)].capital:
        return False
    head = head_at(short, 0)
    return head is not None and head.kind in {"post", "person", "organisation"}
