"""The best reading of a stretch of text: what the channel says times what the n-grams say.

A window is a row of ids in which some places are open: there one of several candidates has to be
chosen, the others (sure words, figures, signs) are context only. Windows with few ways through
are tried whole, all of a document in one search of the n-grams; the others by a beam.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from pipeline.language.ngrams import BITS, Grams, Ints, NGrams, Reals

_BEAM = 14
_FEW = 100
"""Ways through a window up to which all of them are tried."""
_AT_ONCE = 20_000
"""Ids looked up together: bounds the memory."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Event:
    """Candidates as ids of the n-gram model, with what the channel says (log)."""

    ids: Ints
    channel: Reals


@dataclass(frozen=True, slots=True)
class Window:
    """Ids in a row, the first two of them context; `open`: the places (in order) with candidates."""

    ids: Sequence[int]
    open: Mapping[int, Event]

    @property
    def ways(self) -> int:
        return prod(len(event.ids) for event in self.open.values())


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

    def log_along_each(self, texts: Sequence[Sequence[int]]) -> list[Reals]:
        """For each text the log P of each of its ids after the two before it, and of the stop at its end."""
        stop = self.general.stop
        joined = [one for ids in texts for one in (stop, stop, *ids, stop)]
        likely = self.log_along(np.array(joined, np.int64))
        found: list[Reals] = []
        start = 2
        for ids in texts:
            found.append(likely[start : start + len(ids) + 1])
            start += len(ids) + 3
        return found


def decode(windows: Sequence[Window], model: Blend) -> list[list[int]]:
    """For each window the index of the candidate on the best path, for each of its open places."""
    chosen: list[list[int]] = [[] for _ in windows]
    small = [at for at, window in enumerate(windows) if window.ways <= _FEW]
    for part in _parts(windows, small):
        for at, choice in zip(part, _tried([windows[at] for at in part], model), strict=True):
            chosen[at] = choice
    for at in sorted(set(range(len(windows))) - set(small)):
        chosen[at] = _beamed(windows[at], model)
    return chosen


def _parts(windows: Sequence[Window], small: Sequence[int]) -> Iterator[list[int]]:
    """The small windows, as many together as may be looked up at once."""
    part: list[int] = []
    size = 0
    for at in small:
        part.append(at)
        size += windows[at].ways * len(windows[at].ids)
        if size > _AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _tried(windows: Sequence[Window], model: Blend) -> list[list[int]]:
    """The best of all ways through each window."""
    rows = [_rows(window) for window in windows]
    likely = model.log_along(np.concatenate([row.ravel() for row, _ in rows]))
    chosen: list[list[int]] = []
    start = 0
    for window, (row, said) in zip(windows, rows, strict=True):
        scores = likely[start : start + row.size].reshape(row.shape)[:, 2:].sum(axis=1) + said
        start += row.size
        sizes = [len(event.ids) for event in window.open.values()]
        chosen.append([int(choice) for choice in np.unravel_index(int(scores.argmax()), sizes)])
    return chosen


def _rows(window: Window) -> tuple[Ints, Reals]:
    """Every way through the window, a row each, and what the channel says of it."""
    rows, said = np.array([window.ids], np.int64), np.zeros(1)
    for at, event in window.open.items():
        rows = np.repeat(rows, len(event.ids), axis=0)
        rows[:, at] = np.tile(event.ids, len(said))
        said = (said[:, None] + event.channel).ravel()
    return rows, said


def _beamed(window: Window, model: Blend) -> list[int]:
    """The best way through a window as far as a beam finds it."""
    first, second = np.array([window.ids[0]], np.int64), np.array([window.ids[1]], np.int64)
    scores = np.zeros(1)
    steps: list[tuple[Places, Places]] = []
    for at in range(2, len(window.ids)):
        event = window.open.get(at) or Event(np.array([window.ids[at]], np.int64), np.zeros(1))
        total = scores[:, None] + model.log_after(first, second, event.ids)
        total += event.channel
        rows, columns = _best(total, second, event.ids)
        scores = total[rows, columns]
        first, second = second[rows], event.ids[columns]
        steps.append((rows, columns))
    path = _trace(steps, int(np.argmax(scores)))
    return [path[at - 2] for at in window.open]


def _best(total: Reals, second: Ints, ids: Ints) -> tuple[Places, Places]:
    """The best paths, one for each pair of last two syllables."""
    if total.shape[1] == 1 and total.shape[0] <= _BEAM:
        rows: Places = np.arange(total.shape[0])
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


def _trace(steps: Sequence[tuple[Places, Places]], end: int) -> list[int]:
    chosen = []
    for rows, columns in reversed(steps):
        chosen.append(int(columns[end]))
        end = int(rows[end])
    return chosen[::-1]
