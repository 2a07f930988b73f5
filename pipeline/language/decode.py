"""The best reading of a stretch of text: what the channel says times what the n-grams say.

A stretch is a row of events. At an event with several candidates one has to be chosen; at one
with a single candidate (a sure word, a figure, a sign) it only serves as context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.ngrams import BITS, Grams, Ints, NGrams, Reals

_BEAM = 14
_LANGUAGE_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """Candidates as ids of the n-gram model, with what the channel says (log)."""

    ids: Ints
    channel: Reals


class Blend:
    """The general model and the document's own, mixed; `own` is null before the first pass."""

    def __init__(self, general: NGrams, own: Grams | None = None, share: float = 0.0) -> None:
        self.general, self.own, self.share = general, own, share

    def log_after(self, first: Ints, second: Ints, third: Ints) -> Reals:
        probability = self.general.after(first, second, third)
        if self.own is not None:
            probability = (1 - self.share) * probability + self.share * self.own.after(first, second, third)
        result: Reals = np.log(probability)
        return result

    def log_along(self, ids: Ints) -> Reals:
        """log P of each id of a text after the two before it (two stops in front)."""
        padded = np.r_[[self.general.stop] * 2, ids]
        probability = self.general.along(padded)
        if self.own is not None:
            probability = (1 - self.share) * probability + self.share * self.own.along(padded)
        result: Reals = np.log(probability)
        return result


def decode(events: Sequence[Event], model: Blend, before: tuple[int, int]) -> list[int]:
    """For each event the index of the candidate on the best path; `before` are the two ids in front."""
    first = np.array([before[0]], np.int64)
    second = np.array([before[1]], np.int64)
    scores = np.zeros(1)
    steps: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = []
    for event in events:
        total = scores[:, None] + _LANGUAGE_WEIGHT * model.log_after(first, second, event.ids)
        total += event.channel[None, :]
        rows, columns = _best(total, second, event.ids)
        scores = total[rows, columns]
        first, second = second[rows], event.ids[columns]
        steps.append((rows, columns))
    return _trace(steps, int(np.argmax(scores)))


def _best(total: Reals, second: Ints, ids: Ints) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The best paths, one for each pair of last two syllables."""
    if total.shape[1] == 1 and total.shape[0] <= _BEAM:
        rows: npt.NDArray[np.intp] = np.arange(total.shape[0])
        order = np.argsort(-total[:, 0], kind="stable")
        return rows[order], np.zeros(len(rows), np.intp)
    flat = total.ravel()
    count = min(3 * _BEAM, flat.size)
    order = np.argpartition(-flat, count - 1)[:count]
    order = order[np.argsort(-flat[order], kind="stable")]
    rows, columns = np.divmod(order, total.shape[1])
    history = (second[rows] << BITS) | ids[columns]
    _, unique = np.unique(history, return_index=True)
    kept = np.sort(unique)[:_BEAM]
    return rows[kept], columns[kept]


def _trace(steps: Sequence[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]], end: int) -> list[int]:
    chosen = []
    for rows, columns in reversed(steps):
        chosen.append(int(columns[end]))
        end = int(rows[end])
    return chosen[::-1]
