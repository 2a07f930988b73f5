"""Which words are parts of names, as far as their letters and neighbours tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.folding import fold
from pipeline.language.stretches import Token
from pipeline.rules import load_rules


@cache
def _unit_openings() -> frozenset[tuple[str, str]]:
    """The first two syllables, folded, of words that open a unit's name (`chi cuc`)."""
    rules = load_rules("units")
    words = (fold(name).split() for name in (*rules["bodies"], *rules["organisations"]))
    return frozenset((first[0], first[1]) for first in words if len(first) > 1)


@cache
def _heads() -> frozenset[str]:
    """The heads of offices, folded."""
    return frozenset(fold(head) for head in load_rules("language")["offices"])


@cache
def _levels() -> frozenset[str]:
    """The last syllable of each level of administration, folded."""
    return frozenset(fold(level).split()[-1] for level in load_rules("language")["levels"])


def opens_a_unit(tokens: Sequence[Token], at: int) -> bool:
    """`Chỉ cục Thuế`: a capital, yet no name of a person or place that must be left alone."""
    following = tokens[at + 1].piece.text if at + 1 < len(tokens) else ""
    return (fold(tokens[at].piece.text), fold(following)) in _unit_openings()


def follows_an_office(tokens: Sequence[Token], at: int) -> bool:
    """`Phòng Tuyến sinh`: what an office does stands behind its head, in capitals but no name."""
    before = tokens[at - 1] if at else None
    return before is not None and before.case == "title" and fold(before.piece.text) in _heads()


def is_common(tokens: Sequence[Token], at: int) -> bool:
    """No part of a name, as far as its letters tell."""
    case = tokens[at].case
    return case == "lower" or (
        case == "title" and (opens_a_unit(tokens, at) or follows_an_office(tokens, at))
    )


def names_a_place(tokens: Sequence[Token], at: int) -> bool:
    """The first or second syllable behind a level of administration (`TỈNH LAM GIANG`)."""
    if tokens[at].case == "lower":
        return False
    return any(fold(token.piece.text) in _levels() for token in tokens[max(0, at - 2) : at])
