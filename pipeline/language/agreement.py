"""What was mended at some places of a document, and so at the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.language.candidates import Candidate
from pipeline.language.naming import is_common
from pipeline.language.stretches import Stretch, Token

_AGREED, _AGREEING = 0.3, 1.5
"""Share of the places of a pair of words that must be mended alike for the others to follow; what
the second pass gives on top (log) to what the first one chose."""


def preferred(found: tuple[Candidate, ...], before: str, read: str) -> tuple[Candidate, ...]:
    """The candidates with a little more for what the pass before changed the reading to."""
    return tuple(
        Candidate(one.text, one.id, one.channel + _AGREEING) if one.text == before != read else one
        for one in found
    )


def agreed(stretches: Sequence[Stretch], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The texts with what was mended at some places of a pair of words mended at all of them.

    An engine slips the same way each time (`Chỉ cục`); the places where the sentence did not
    give it away would teach the slip.
    """
    outcomes: dict[tuple[str, str], Counter[str]] = {}
    for stretch, said in zip(stretches, texts, strict=True):
        for at, pair in _pairs(stretch.tokens):
            outcomes.setdefault(pair, Counter())[said[at]] += 1
    better = {
        pair: text
        for pair, counts in outcomes.items()
        for text, times in (max(counts.items(), key=lambda found: (found[0] != pair[0], found[1])),)
        if text != pair[0] and times >= max(_AGREED * counts.total(), 2)
    }
    result = [list(said) for said in texts]
    for stretch, said in zip(stretches, result, strict=True):
        for at, pair in _pairs(stretch.tokens):
            if said[at] == pair[0]:
                said[at] = better.get(pair, said[at])
    return result


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The place of each token that may be mended, and what was read there and behind it; no names."""
    for at, (token, following) in enumerate(pairwise(tokens)):
        if token.free and is_common(tokens, at) and following.piece.kind == "syllable":
            yield at, (token.piece.text, following.piece.text.lower())
