"""How sure a field is, calibrated: from how sure its words are.

The language stage weighs each word (`Word.sure`). A field is right when all its words are and
the parser took the right ones; words that go wrong go wrong together. So the product of the words
goes through a logistic curve, whose two weights are in `rules/confidence.yaml`;
`benchmarks/confidence.py` fits them on worn scans and reports on others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pipeline.rules import load_rules
from pipeline.types import Word

FEATURES = ("bias", "doubt")
_LEAST = 0.02
_LEAST_DOUBT = 0.001
_TRUSTED = 0.995
"""A word of a trusted text layer is as printed; what is left is the parser's own doubt."""
_PRINTED = 0.9999


def of_sureness(sures: Iterable[float]) -> tuple[float, ...]:
    """What tells right from wrong fields, in the order of `FEATURES`: `doubt` is the logarithm of the
    words' surprise, -log of the product of what they are sure by.
    """
    surprise = sum(-math.log(max(sure, _LEAST)) for sure in sures)
    return 1.0, math.log(surprise + _LEAST_DOUBT)


def word_sure(word: Word) -> float:
    """The share of words like this one that are right, 0 to 1."""
    if word.sure is not None:
        return word.sure
    return _PRINTED if word.origin == "text_layer" else word.confidence


def field_confidence(words: Sequence[Word]) -> float:
    """The share of fields like this one that are right, 0 to 1."""
    if not words:
        return 1.0
    if all(word.origin == "text_layer" for word in words):
        return _TRUSTED
    weights = load_rules("confidence")["fields"]
    score = sum(
        weights[name] * value
        for name, value in zip(FEATURES, of_sureness(map(word_sure, words)), strict=True)
    )
    return 1.0 / (1.0 + math.exp(-score))
