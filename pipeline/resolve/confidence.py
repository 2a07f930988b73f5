"""How sure a field is: calibrated from the words it was read from.

The engine's own confidences are not calibrated (it gives a wrong mark 0.96), so a
logistic model over a few plain features of the field's words says how often such a
field is right. Its weights are in `rules/confidence.yaml`; `benchmarks/confidence.py`
fits them on worn scans of two samples and reports on the third.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.rules import load_rules
from pipeline.syllables import judge
from pipeline.types import Word

FEATURES = ("bias", "words", "doubt", "worst", "invalid", "mended", "figures", "short")
_LEAST = 0.03
_TRUSTED = 0.995
"""A word of a trusted text layer is as printed; what is left is the parser's own doubt."""


def features(words: Sequence[Word]) -> tuple[float, ...]:
    """What tells right from wrong readings, in the order of `FEATURES`.

    Words count by their logarithm; `doubt` is the sum of the words' surprise, `worst` that of
    the least sure one; invalid syllables, mended words, figures and lone letters are counted.
    """
    surprise = [-math.log(max(word.confidence, _LEAST)) for word in words]
    return (
        1.0,
        math.log1p(len(words)),
        math.log1p(sum(surprise)),
        max(surprise, default=0.0),
        math.log1p(sum(judge(word.text) is False for word in words)),
        math.log1p(sum(word.text != word.raw for word in words)),
        float(any(letter.isdecimal() for word in words for letter in word.text)),
        float(any(len(word.text) == 1 and word.text.isalnum() for word in words)),
    )


def field_confidence(words: Sequence[Word]) -> float:
    """The share of fields like this one that are right, 0 to 1."""
    if not words:
        return 1.0
    if all(word.origin == "text_layer" for word in words):
        return _TRUSTED
    weights = load_rules("confidence")["weights"]
    score = sum(weights[name] * value for name, value in zip(FEATURES, features(words), strict=True))
    return 1.0 / (1.0 + math.exp(-score))
