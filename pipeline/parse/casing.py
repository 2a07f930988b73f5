"""Names set in capitals brought into ordinary letters (Decree 30/2020/NĐ-CP, Appendix II)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold, tidy
from pipeline.parse.likeness import is_capitals
from pipeline.rules import load_rules

_TOKEN = re.compile(r"[^\s\-–/,;.()]+|[\-–/,;.()]+")

_ROMAN_NUMBER = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
"""Of two strokes and more: "KHU VỰC XXI"."""

_LOPSIDED = re.compile(r"\s+[-–](?=\S)|(?<=\S)[-–]\s+")
"""A dash with a space on one side parts two names, as one with two spaces does."""

_COUNCILS = ("UBND", "HĐND", "nhân dân")


@dataclass(frozen=True, slots=True)
class _Casing:
    phrases: dict[str, str]
    longest: int
    levels: dict[str, str]
    small: dict[str, str]
    abbreviations: dict[str, str]


@cache
def _casing() -> _Casing:
    rules = load_rules("letterhead")
    phrases = {fold(phrase): phrase for phrase in rules["phrases"]}
    return _Casing(
        phrases,
        max(len(phrase.split()) for phrase in phrases),
        *({fold(word): word for word in rules[key]} for key in ("levels", "small_words", "abbreviations")),
    )


def sentence_case(name: str) -> str:
    """`ỦY BAN NHÂN DÂN PHƯỜNG BIÊN GIANG` → `Ủy ban nhân dân phường Biên Giang`.

    A name that is not set in capitals stays as printed.
    """
    name = _LOPSIDED.sub(" - ", tidy(name))
    if not is_capitals(name):
        return name
    words = name.split()
    cased: list[str] = []
    at = 0
    while at < len(words):
        council = bool(cased) and cased[-1].endswith(_COUNCILS)
        text, used = _known(words, at, council) or (_proper(words[at]), 1)
        cased.append(text)
        at += used
    joined = " ".join(cased)
    return joined[:1].upper() + joined[1:]


def _known(words: list[str], at: int, council: bool) -> tuple[str, int] | None:
    """The longest phrase of the rules that stands at `at`, in its own spelling, and how many words it is."""
    rules = _casing()
    for size in range(min(rules.longest, len(words) - at), 0, -1):
        printed = " ".join(words[at : at + size])
        core = printed.rstrip(",.;:")
        found = _spelling(core, size, rules, opens=at == 0, council=council)
        if found is not None:
            return found + printed[len(core) :], size
    return None


def _spelling(printed: str, size: int, rules: _Casing, opens: bool, council: bool) -> str | None:
    folded = fold(printed)
    if size > 1 and folded in rules.phrases:
        return rules.phrases[folded]
    known = rules.levels.get(folded) or (None if opens else rules.small.get(folded))
    if size == 1 and folded in rules.abbreviations:
        return rules.abbreviations[folded]
    # One syllable without its marks may be any name: its own marks decide, if it has some. After a council
    # or committee only a level can stand (UBND TĨNH is a slip of the reader).
    if known is not None and (size > 1 or council or printed.isascii() or printed.lower() == known):
        return known
    return None


def _proper(word: str) -> str:
    """One syllable with a capital; abbreviations and numbers with their signs stay."""
    if any(character.isdigit() for character in word) or "/" in word:
        return word
    return _TOKEN.sub(lambda token: _one(token.group()), word)


def _one(token: str) -> str:
    vowels = set("aeiouy")
    folded = fold(token)
    if folded in _casing().abbreviations or not vowels & set(folded) or _ROMAN_NUMBER.fullmatch(token):
        return token
    return token[:1].upper() + token[1:].lower()
