"""The syllable n-gram model: how probable a syllable is after two others.

Counts of one to three syllables, lower case, figures as `#`, punctuation and line ends as `|`.
Probabilities are made at loading: interpolated absolute discounting, and what the counts leave
out (rare n-grams were cut) goes to the shorter context. N-grams are sorted integers, 14 bits a
syllable, so that a whole column of candidates is looked up in one search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

BITS = 14
STOP = "|"
FIGURE = "#"
_DISCOUNT = 0.6
_COUNT_STEPS = 18.0
_LAST_STEP = 255
"""Counts are shipped as round(18 log count): one byte, 3 % off at most."""
_BEYOND = np.iinfo(np.int64).max
_UNKNOWN = 2e-7
"""A syllable or abbreviation that the counts do not have."""


class Counts:
    """Sorted n-gram keys with probabilities and, for contexts, what is left to shorter ones."""

    def __init__(self, keys: Ints, counts: Reals, totals: Reals) -> None:
        share = np.maximum(counts - _DISCOUNT, 0.0) / totals
        context = keys >> BITS
        starts = np.flatnonzero(np.r_[True, context[1:] != context[:-1]]) if len(keys) else np.array([], int)
        used = np.add.reduceat(share, starts) if len(keys) else np.array([])
        self._shares = _Table(keys, share, 0.0)
        self._left = _Table(context[starts], np.clip(1.0 - used, 0.02, 1.0), 1.0)

    def shares(self, keys: Ints) -> Reals:
        return self._shares.at(keys)

    def left_over(self, contexts: Ints) -> Reals:
        return self._left.at(contexts)


class _Table:
    """Values by sorted keys, and what counts for a key that is not there."""

    def __init__(self, keys: Ints, values: Reals, default: float) -> None:
        # One more that nobody asks for: no search runs over the end.
        self._keys = np.append(keys, _BEYOND)
        self._values = np.append(values, default)
        self._default = default

    def at(self, wanted: Ints) -> Reals:
        places = self._keys.searchsorted(wanted)
        return np.where(self._keys[places] == wanted, self._values[places], self._default)


class Grams:
    """P(syllable | the two before it), over ids."""

    def __init__(
        self, single: Reals, ones: Reals, two: tuple[Ints, Reals], three: tuple[Ints, Reals]
    ) -> None:
        self.single = single
        keys2, counts2 = two
        keys3, counts3 = three
        self.pairs = Counts(keys2, counts2, np.maximum(ones[keys2 >> BITS], counts2 + _DISCOUNT))
        before = _Table(keys2, counts2, 1.0).at(keys3 >> BITS)
        self.triples = Counts(keys3, counts3, np.maximum(before, counts3 + _DISCOUNT))

    def after(self, first: Ints, second: Ints, third: Ints) -> Reals:
        """P(third | first, second) for every history (rows) and every candidate (columns)."""
        single = self.single[np.minimum(third, len(self.single) - 1)][None, :]
        pair_keys = (second[:, None] << BITS) | third[None, :]
        two = self.pairs.shares(pair_keys) + self.pairs.left_over(second)[:, None] * single
        history = (first << BITS) | second
        triple_keys = (history[:, None] << BITS) | third[None, :]
        result: Reals = self.triples.shares(triple_keys) + self.triples.left_over(history)[:, None] * two
        return result

    def along(self, ids: Ints) -> Reals:
        """P of each syllable of a text after the two before it; the text needs two more in front."""
        first, second, third = ids[:-2], ids[1:-1], ids[2:]
        single = self.single[np.minimum(third, len(self.single) - 1)]
        two = self.pairs.shares((second << BITS) | third) + self.pairs.left_over(second) * single
        history = (first << BITS) | second
        result: Reals = self.triples.shares((history << BITS) | third) + self.triples.left_over(history) * two
        return result


class NGrams(Grams):
    """The general model, with the syllables that the ids stand for."""

    def __init__(
        self, syllables: Sequence[str], ones: Reals, two: tuple[Ints, Reals], three: tuple[Ints, Reals]
    ) -> None:
        super().__init__(np.append(ones / ones.sum(), _UNKNOWN), ones, two, three)
        self.syllables = list(syllables)
        self.ids = {syllable: index for index, syllable in enumerate(self.syllables)}
        self.unknown = len(self.syllables)
        self.stop, self.figure = self.ids[STOP], self.ids[FIGURE]


def pack(counts: Mapping[tuple[int, ...], int]) -> tuple[Ints, Reals]:
    """Sorted keys and their counts."""
    keys = np.zeros(len(counts), np.int64)
    for place, gram in enumerate(counts):
        key = 0
        for identity in gram:
            key = (key << BITS) | identity
        keys[place] = key
    order = np.argsort(keys)
    return keys[order], np.fromiter(counts.values(), np.float64, len(counts))[order]


def packed_arrays(
    ones: Mapping[str, int], two: Mapping[tuple[str, ...], int], three: Mapping[tuple[str, ...], int]
) -> dict[str, Any]:
    """The arrays of the shipped file: gaps between sorted keys and quantised counts."""
    syllables = sorted(ones, key=lambda syllable: (-ones[syllable], syllable))
    ids = {syllable: index for index, syllable in enumerate(syllables)}
    arrays: dict[str, Any] = {
        "syllables": np.frombuffer("\n".join(syllables).encode("utf-8"), np.uint8),
        "ones": np.array([ones[syllable] for syllable in syllables], np.int32),
    }
    for name, grams in (("two", two), ("three", three)):
        keys, counts = pack({tuple(ids[word] for word in gram): n for gram, n in grams.items()})
        gaps = np.diff(keys, prepend=0)
        arrays[f"{name}_low"] = (gaps & 0xFFFF).astype(np.uint16)
        arrays[f"{name}_high"] = (gaps >> 16).astype(np.uint32)
        # The commonest pair of all, a figure and a stop, is beyond the last step.
        arrays[f"{name}_counts"] = np.minimum(np.round(np.log(counts) * _COUNT_STEPS), _LAST_STEP).astype(
            np.uint8
        )
    return arrays


def unpacked(arrays: Mapping[str, Any]) -> NGrams:
    """The inverse of `packed_arrays`."""
    syllables = arrays["syllables"].tobytes().decode("utf-8").split("\n")
    grams = []
    for name in ("two", "three"):
        gaps = (arrays[f"{name}_high"].astype(np.int64) << 16) | arrays[f"{name}_low"]
        counts = np.exp(arrays[f"{name}_counts"] / _COUNT_STEPS)
        grams.append((np.cumsum(gaps), counts))
    return NGrams(syllables, arrays["ones"].astype(np.float64), grams[0], grams[1])


@cache
def load_ngrams() -> NGrams:
    """The shipped model."""
    with resources.files(__package__).joinpath("data/syllables.npz").open("rb") as file:
        return unpacked(dict(np.load(file)))
