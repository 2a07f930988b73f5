"""The channel: what an engine makes of each printed letter, with its probability.

A printed letter comes out as nothing, or as one to three characters ("ử" as "ir", "ộ" as "0");
letters are taken one by one, so the channel is small and is learned from few pages. Learning is
expectation-maximisation over all ways to divide the read word among the printed letters.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, log
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from pipeline.folding import skeleton

Floats = npt.NDArray[np.float32]
Texts = npt.NDArray[np.str_]
Outputs = Mapping[str, Mapping[str, float]]
"""letter → what it comes out as → probability"""

ChannelName = Literal["english", "vietnamese"]
LONGEST = 3
"""Characters one letter may come out as."""

_FLOORS = (2e-4, 2e-5, 2e-7, 2e-9)
"""Probability of an output never seen, by its length (0 to 3)."""
_OTHER_MARKS, _OTHER_MARKS_READ_WITH_VIETNAMESE = 4e-3, 1e-4
"""... where it is the letter itself or differs in its marks or case only; three times that for
capitals, whose marks are small. A model of Vietnamese has its own few ways to slip: one that was
not among a hundred thousand letters is next to none, and "trồng" no slip for "trong"."""
_LOOKS_ALIKE = 1e-3
"""... where it is one that engines take for the letter (¢ for e)."""
_LEAST_KEPT = 3e-5
_STRAY = 1e-3
_FAMILY = 0.04
_SHAPE = 1e-4
"""The probability of a letter coming out as the pieces it is drawn of."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ROUNDS = 6


@cache
def base_of(letter: str) -> str:
    """The letter without marks and case."""
    if letter in "đĐðÐ":
        return "d"
    return unicodedata.normalize("NFD", letter)[0].lower()


def floor(letter: str, read: str, other_marks: float) -> float:
    """The probability of an output that was never seen; `other_marks`: where only the marks differ."""
    if len(read) == 1:
        if base_of(read) == base_of(letter):
            return 3 * other_marks if letter.isupper() else other_marks
        if skeleton(read) == skeleton(letter):
            return _LOOKS_ALIKE
    return _FLOORS[len(read)]


@cache
def _drawn_like(letters: str) -> tuple[Texts, Texts, npt.NDArray[np.bool_]]:
    """Of each letter: its base, its skeleton, and whether it is a capital."""
    bases, skeletons = np.array([base_of(letter) for letter in letters]), np.array(list(skeleton(letters)))
    return bases, skeletons, np.array([letter.isupper() for letter in letters], bool)


def floors_of(letters: str, read: str, other_marks: float) -> npt.NDArray[np.float64]:
    """`floor` of all letters at once."""
    floors = np.full(len(letters), _FLOORS[len(read)])
    if len(read) == 1:
        bases, skeletons, capitals = _drawn_like(letters)
        floors[skeletons == skeleton(read)] = _LOOKS_ALIKE
        same = bases == base_of(read)
        floors[same] = np.where(capitals[same], 3 * other_marks, other_marks)
    return floors


class Channel:
    """P(read | letter), as columns over all letters for the search in the trie of syllables."""

    def __init__(self, outputs: Outputs, other_marks: float = _OTHER_MARKS) -> None:
        self.outputs = outputs
        self._other_marks = other_marks
        self.letters = "".join(sorted(outputs))
        self.index = {letter: at for at, letter in enumerate(self.letters)}
        self._columns: dict[str, Floats] = {}
        self._single: dict[tuple[str, str], float] = {}
        self.searched: dict[tuple[str, str], list[tuple[int, float]]] = {}
        """What was looked up in the trie already: by what was read and its case."""
        self._seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, letter in enumerate(self.letters):
            for read, share in outputs[letter].items():
                self._seen[read].append((place, share))

    def column(self, read: str) -> Floats:
        """log P(read | letter) for every letter, in the order of `letters`."""
        column = self._columns.get(read)
        if column is None:
            column = self._columns[read] = self._new_column(read)
        return column

    def _new_column(self, read: str) -> Floats:
        shares = floors_of(self.letters, read, self._other_marks)
        for place, share in self._seen.get(read, ()):
            shares[place] = max(shares[place], share)
        column: Floats = np.log(shares).astype(np.float32)
        if len(read) > 1:
            # An output never seen may be one that was, with a stray character before or after it.
            stray = np.maximum(self.column(read[1:]), self.column(read[:-1])) + log(_STRAY)
            column = np.maximum(column, stray.astype(np.float32))
        return column

    def aligned(self, printed: str, read: str) -> float:
        """log P(read | printed) where each letter printed is the one read at its place."""
        return sum(map(self.log_probability, printed, read))

    def log_probability(self, letter: str, read: str) -> float:
        known = self._single.get((letter, read))
        if known is None:
            place = self.index.get(letter)
            if place is None:
                known = log(0.9 if letter == read else floor(letter, read, self._other_marks))
            else:
                known = float(self.column(read)[place])
            self._single[letter, read] = known
        return known

    def score(self, printed: str, read: str) -> float:
        """log of the best way in which `printed` comes out as `read`."""
        worst = -1e9
        row = [0.0] + [worst] * len(read)
        parts = [
            [(start, read[start:end]) for start in range(max(0, end - LONGEST), end + 1)]
            for end in range(len(read) + 1)
        ]
        for letter in printed:
            following = [worst] * (len(read) + 1)
            for end, starts in enumerate(parts):
                for start, part in starts:
                    if row[start] > worst:
                        reached = row[start] + self.log_probability(letter, part)
                        if reached > following[end]:
                            following[end] = reached
            row = following
        return row[-1]

    def blended(self, counts: Mapping[str, Mapping[str, float]], weight: float) -> Channel:
        """With what was seen in a document mixed in; `weight` letters are worth the channel itself."""
        outputs = dict(self.outputs)
        for letter, seen in counts.items():
            known = self.outputs.get(letter)
            if known is None:
                continue
            total = weight + sum(seen.values())
            outputs[letter] = {
                read: (weight * known.get(read, 0.0) + seen.get(read, 0.0)) / total
                for read in known.keys() | seen.keys()
            }
        return Channel(outputs, self._other_marks).with_families()

    def with_families(self) -> Channel:
        """With a little of what the letter's family comes out as: ă, ắ, ằ ... are drawn alike."""
        families: dict[str, list[str]] = defaultdict(list)
        for letter in self.letters:
            families[family_of(letter)].append(letter)
        outputs = {}
        for letter in self.letters:
            own = self.outputs[letter]
            shared: dict[str, float] = defaultdict(float)
            family = families[family_of(letter)]
            for relative in family:
                for read, share in self.outputs[relative].items():
                    if read != relative:
                        shared[read] += share / len(family)
            outputs[letter] = {
                read: (1 - _FAMILY) * own.get(read, 0.0) + _FAMILY * shared.get(read, 0.0)
                for read in own.keys() | shared.keys()
            }
        return Channel(outputs, self._other_marks)

    def with_shapes(self, shapes: Mapping[str, Sequence[str]]) -> Channel:
        """With what a letter may look like in pieces, seen on the pages learned from or not."""
        outputs = dict(self.outputs)
        for letter, drawn in shapes.items():
            known = self.outputs[letter]
            outputs[letter] = {**known, **{read: max(known.get(read, 0.0), _SHAPE) for read in drawn}}
        return Channel(outputs, self._other_marks)


def family_of(letter: str) -> str:
    """The letter without its tone: ắ, ằ, ẳ, ẵ, ặ are of the family ă."""
    kept = [mark for mark in unicodedata.normalize("NFD", letter) if mark not in _TONES]
    return unicodedata.normalize("NFC", "".join(kept))


def expected(channel: Channel, pairs: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    """How often each letter came out as what, over all divisions of each (printed, read) pair."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (printed, read), times in pairs.items():
        forward, backward = _lattice(channel, printed, read)
        total = forward[-1][-1]
        if total <= 0.0:
            continue
        for at, letter in enumerate(printed):
            for start in range(len(read) + 1):
                if forward[at][start] == 0.0:
                    continue
                for end in range(start, min(len(read), start + LONGEST) + 1):
                    share = forward[at][start] * backward[at + 1][end] / total
                    if share > 0.0:
                        part = read[start:end]
                        share *= exp(channel.log_probability(letter, part))
                        if share > 1e-4:
                            counts[letter][part] += times * share
    return counts


def _lattice(channel: Channel, printed: str, read: str) -> tuple[list[list[float]], list[list[float]]]:
    """Forward and backward sums: how probable it is to be at a letter and a place in `read`."""
    width = len(read) + 1
    forward = [[0.0] * width for _ in range(len(printed) + 1)]
    backward = [[0.0] * width for _ in range(len(printed) + 1)]
    forward[0][0] = backward[-1][-1] = 1.0
    steps = [
        {
            (start, end): exp(channel.log_probability(letter, read[start:end]))
            for start in range(width)
            for end in range(start, min(width - 1, start + LONGEST) + 1)
        }
        for letter in printed
    ]
    for at, moves in enumerate(steps):
        for (start, end), probability in moves.items():
            forward[at + 1][end] += forward[at][start] * probability
    for at in range(len(printed) - 1, -1, -1):
        for (start, end), probability in steps[at].items():
            backward[at][start] += backward[at + 1][end] * probability
    return forward, backward


def learn(pairs: Mapping[tuple[str, str], float], letters: Sequence[str]) -> Channel:
    """A channel from (printed, read) words and how often each was seen."""
    channel = Channel({letter: {letter: 0.5, base_of(letter): 0.3} for letter in letters})
    for _ in range(_ROUNDS):
        counts = expected(channel, pairs)
        channel = Channel({letter: _smoothed(letter, counts.get(letter, {})) for letter in letters})
    return channel


def _smoothed(letter: str, seen: Mapping[str, float]) -> dict[str, float]:
    """Shares; a letter seen seldom keeps some belief that it comes out as itself or bare."""
    prior = {letter: 1.0}
    prior[base_of(letter).upper() if letter.isupper() else base_of(letter)] = 1.0
    total = sum(seen.values()) + sum(prior.values())
    shares = {read: (seen.get(read, 0.0) + prior.get(read, 0.0)) / total for read in seen.keys() | prior}
    return {read: share for read, share in shares.items() if share >= _LEAST_KEPT}


def write_channel(channel: Channel, path: Path) -> None:
    """Write as gzip JSON without a time stamp."""
    content = {
        letter: {read: float(f"{share:.3g}") for read, share in sorted(outputs.items())}
        for letter, outputs in sorted(channel.outputs.items())
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


@cache
def load_channel(name: ChannelName) -> Channel:
    """The channel shipped under this name."""
    packed = resources.files(__package__).joinpath(f"data/channel.{name}.json.gz").read_bytes()
    other_marks = _OTHER_MARKS if name == "english" else _OTHER_MARKS_READ_WITH_VIETNAMESE
    return Channel(json.loads(gzip.decompress(packed)), other_marks)
