"""The document's own words: ids for what the general model does not know, and their n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from pipeline.language.ngrams import BITS, Grams, Ints, NGrams, Reals, pack

_OWN_COUNT_TAKEN_OFF = 1.0
"""A word's own occurrence is no evidence for itself: only what is seen again counts in full."""

_NEVER_SEEN = 1e-4
"""Count of a word that the document does not have."""


class Words:
    """Ids of syllables and abbreviations; unknown ones get an id of their own for this document."""

    def __init__(self, general: NGrams) -> None:
        self.general = general
        self._added: dict[str, int] = {}

    def id_of(self, text: str) -> int:
        lower = text.lower()
        known = self.general.ids.get(lower)
        if known is not None:
            return known
        return self._added.setdefault(
            lower, min(self.general.unknown + 1 + len(self._added), (1 << BITS) - 1)
        )

    def known(self, text: str) -> bool:
        return text.lower() in self.general.ids

    @property
    def size(self) -> int:
        return self.general.unknown + 2 + len(self._added)


def own_grams(stretches: Iterable[Sequence[int]], words: Words) -> Grams:
    """A model of what the document says, from the ids of its stretches as they are read now."""
    ones: Counter[int] = Counter()
    two: Counter[tuple[int, ...]] = Counter()
    three: Counter[tuple[int, ...]] = Counter()
    stop = words.general.stop
    for ids in stretches:
        padded = [stop, *ids, stop]
        ones.update(padded)
        two.update(pairwise(padded))
        three.update(zip(padded, padded[1:], padded[2:], strict=False))
    counts = np.full(words.size, _NEVER_SEEN)
    for identity, count in ones.items():
        counts[identity] += max(count - _OWN_COUNT_TAKEN_OFF, 0.0)
    return Grams(counts / counts.sum(), counts, _arrays(two), _arrays(three))


def _arrays(grams: Counter[tuple[int, ...]]) -> tuple[Ints, Reals]:
    keys, counts = pack(grams)
    return keys, np.maximum(counts - _OWN_COUNT_TAKEN_OFF, 0.0)
