"""Which syllables may a read word have been? A search of the trie of all syllables.

The trie is walked a letter at a time, all its branches together: a row of scores says, for
every branch, how well its letters explain the first 0, 1, 2 ... characters read. Branches far
behind the best are dropped on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.language.channel import LONGEST, Channel, Floats
from pipeline.language.tokens import Case

_BRANCHES = 140
_BEHIND = 11.0
_NEVER = np.float32(-1e9)

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Level:
    """Branches of one length: the branch each grew from, its letter, the syllable it ends (or -1)."""

    children_from: Indices
    children_to: Indices
    letters: list[str]
    syllable: Indices


class Trie:
    """All syllables (lower case) letter by letter."""

    def __init__(self, syllables: Sequence[tuple[int, str]]) -> None:
        roots: dict[str, Any] = {}
        for identity, syllable in syllables:
            node = roots
            for letter in syllable:
                node = node.setdefault(letter, {})
            node[""] = identity
        self.levels: list[_Level] = []
        nodes = [("", roots)]
        while nodes:
            below = [(letter, child) for _, node in nodes for letter, child in node.items() if letter]
            sizes = np.array([sum(1 for letter in node if letter) for _, node in nodes], np.intp)
            ends = np.cumsum(sizes)
            self.levels.append(
                _Level(
                    ends - sizes,
                    ends,
                    [letter for letter, _ in nodes],
                    np.array([node.get("", -1) for _, node in nodes]),
                )
            )
            nodes = below
        self._coded: dict[tuple[str, Case], list[Indices]] = {}

    def codes(self, channel: Channel, case: Case) -> list[Indices]:
        """Each level's letters as the channel numbers them, written in `case`."""
        key = (channel.letters, case)
        if key not in self._coded:
            self._coded[key] = [
                np.array([channel.index.get(_cased(letter, depth, case), 0) for letter in level.letters])
                for depth, level in enumerate(self.levels)
            ]
        return self._coded[key]

    def search(self, channel: Channel, read: str, case: Case) -> tuple[Indices, Floats]:
        """Syllables that may have been read as `read`, and log P(read | syllable)."""
        outputs, ahead = _outputs(channel, read)
        codes = self.codes(channel, case)
        width = len(read) + 1
        scores = np.full((1, width), _NEVER, np.float32)
        scores[0, 0] = 0.0
        branches: Indices = np.zeros(1, np.intp)
        found: list[Indices] = []
        values: list[Floats] = []
        for depth in range(len(self.levels) - 1):
            branches, parents = _grown(self.levels[depth], branches)
            if not len(branches):
                break
            scores = _advance(scores[parents], outputs, codes[depth + 1][branches], width)
            hope = (scores + ahead).max(axis=1)
            keep = np.flatnonzero(hope > hope.max() - _BEHIND)
            if len(keep) > _BRANCHES:
                keep = keep[np.argpartition(hope[keep], -_BRANCHES)[-_BRANCHES:]]
            branches, scores = branches[keep], scores[keep]
            syllables = self.levels[depth + 1].syllable[branches]
            whole = (syllables >= 0) & (scores[:, -1] > -60.0)
            found.append(syllables[whole])
            values.append(scores[whole, -1])
        if not found:
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        return np.concatenate(found), np.concatenate(values)


def _cased(letter: str, depth: int, case: Case) -> str:
    return letter.upper() if case == "upper" or (case == "title" and depth == 1) else letter


def _outputs(channel: Channel, read: str) -> tuple[list[Floats], Floats]:
    """For each output length the log-probabilities (letter, place where it ends), and what is to come.

    `ahead[j]` bounds from above how well any letters can explain what follows place j.
    """
    width = len(read) + 1
    outputs = [np.repeat(channel.column("")[:, None], width, axis=1)]
    ahead = np.full(width, _NEVER, np.float32)
    ahead[-1] = 0.0
    for length in range(1, LONGEST + 1):
        table = np.full((len(channel.letters), width), _NEVER, np.float32)
        for end in range(length, width):
            table[:, end] = channel.column(read[end - length : end])
        outputs.append(table)
    for place in range(width - 2, -1, -1):
        for length in range(1, min(LONGEST, width - 1 - place) + 1):
            reach = float(outputs[length][:, place + length].max()) + ahead[place + length]
            ahead[place] = max(ahead[place], np.float32(reach))
    return outputs, ahead


def _grown(level: _Level, branches: Indices) -> tuple[Indices, Indices]:
    """All children of the branches, and which branch (by its place in the list) each grew from."""
    first, last = level.children_from[branches], level.children_to[branches]
    sizes = last - first
    parents = np.repeat(np.arange(len(branches)), sizes)
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(first, sizes) + offsets, parents


def _advance(scores: Floats, outputs: list[Floats], letters: Indices, width: int) -> Floats:
    """One letter further: the best of nothing, one, two or three characters coming out."""
    result: Floats = scores + outputs[0][letters]
    for length in range(1, min(LONGEST, width - 1) + 1):
        reached = scores[:, :-length] + outputs[length][letters, length:]
        np.maximum(result[:, length:], reached, out=result[:, length:])
    return result
