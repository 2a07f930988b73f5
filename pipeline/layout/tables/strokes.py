"""Rules as drawn or seen → strokes: each a line of a table in one piece.

A scanner breaks and doubles lines and paper bends them. Pieces that go on from each other at
nearly the same level are one stroke, which remembers where each piece lay.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.types import Rule

SHORTEST = 4.0
"""Points; anything shorter is no rule."""
LEVEL = 0.33
"""Pieces whose levels differ by less than this (in text heights) go on from each other."""
BRIDGED = 1.5
"""Longest gap in a stroke, in text heights."""
LOW_ROW = 5.0
"""A row without sides is at most so many text heights high."""
SLANT = 1.0
"""Points that a piece may rise from its start to its end."""
TOUCH = 0.4
"""Strokes that end so near each other (in text heights) are taken to meet."""


class Piece(NamedTuple):
    """A part of a stroke: from where to where along it, and at what level across."""

    start: float
    end: float
    level: float


@dataclass(frozen=True)
class Stroke:
    """Pieces in a row, sorted along the stroke."""

    pieces: tuple[Piece, ...]

    @cached_property
    def start(self) -> float:
        return min(piece.start for piece in self.pieces)

    @cached_property
    def end(self) -> float:
        return max(piece.end for piece in self.pieces)

    @cached_property
    def mean(self) -> float:
        """The level of the stroke, long pieces counting more."""
        weights = [max(0.1, piece.end - piece.start) for piece in self.pieces]
        return sum(p.level * w for p, w in zip(self.pieces, weights, strict=True)) / sum(weights)

    def at(self, along: float) -> float:
        """Its level at a place along it."""
        return level_at(self.pieces, along)

    def between(self, along: float) -> float:
        """Its level at a place along it, from piece to piece without steps, and on beyond its ends."""
        middles = [((p.start + p.end) / 2, p.level) for p in self.pieces]
        if len(middles) < 2:
            return middles[0][1]
        after = next((i for i, (place, _) in enumerate(middles) if place >= along), len(middles) - 1)
        (x0, y0), (x1, y1) = middles[max(1, after) - 1], middles[max(1, after)]
        return y0 + (y1 - y0) * (along - x0) / (x1 - x0) if x1 > x0 else y0


def level_at(pieces: Sequence[Piece], along: float) -> float:
    """The level of the piece that lies at `along`, or nearest to it."""
    for piece in pieces:
        if piece.start <= along <= piece.end:
            return piece.level
    return min(pieces, key=lambda p: max(p.start - along, along - p.end, 0.0)).level


def covered(pieces: Iterable[Piece], start: float, end: float) -> float:
    """The part (0 to 1) of the way from `start` to `end` that has a piece on it."""
    if end <= start:
        return 1.0
    length, reached = 0.0, start
    for piece in sorted(pieces):
        begin, stop = max(piece.start, reached), min(piece.end, end)
        if stop > begin:
            length += stop - begin
            reached = stop
    return length / (end - start)


def join_strokes(rules: Iterable[Rule], *, horizontal: bool, height: float) -> list[Stroke]:
    """The rules of one direction, pieces of one line joined, double lines made one.

    `height` is the text height of the page in points: what is small is small against it.
    """
    strokes: list[list[Piece]] = []
    for piece in sorted(_pieces(rules, horizontal)):
        best: tuple[float, list[Piece]] | None = None
        for stroke in strokes:
            gap = piece.start - max(p.end for p in stroke)
            apart = abs(piece.level - level_at(stroke, piece.start))
            if gap <= BRIDGED * height and apart <= LEVEL * height and (best is None or apart < best[0]):
                best = apart, stroke
        if best is None:
            strokes.append([piece])
        else:
            best[1].append(piece)
    return [Stroke(tuple(sorted(pieces))) for pieces in strokes]


def _pieces(rules: Iterable[Rule], horizontal: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for rule in rules:
        if rule.horizontal != horizontal:
            continue
        if horizontal:
            ends = sorted([(rule.x0, rule.top), (rule.x1, rule.bottom)])
        else:
            ends = sorted([(rule.top, rule.x0), (rule.bottom, rule.x1)])
        if ends[1][0] - ends[0][0] >= SHORTEST:
            pieces += _in_steps(*ends)
    return pieces


def _in_steps(first: tuple[float, float], last: tuple[float, float]) -> Iterator[Piece]:
    """A slanting rule as short level pieces; a level one as it is."""
    count = max(1, math.ceil(abs(last[1] - first[1]) / SLANT))
    for step in range(count):
        start, end = (first[0] + (last[0] - first[0]) * part / count for part in (step, step + 1))
        level = first[1] + (last[1] - first[1]) * (step + 0.5) / count
        yield Piece(start, end, level)


def meeting(
    across: Sequence[Stroke], down: Sequence[Stroke], height: float
) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that meet one another, directly or by way of others."""
    group = list(range(len(across) + len(down)))

    def find(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    reach = TOUCH * height
    for i, flat in enumerate(across):
        for j, upright in enumerate(down):
            if _meet(flat, upright, reach):
                group[find(i)] = find(len(across) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for member in range(len(group)):
        flats, uprights = groups.setdefault(find(member), ([], []))
        if member < len(across):
            flats.append(across[member])
        else:
            uprights.append(down[member - len(across)])
    found = [pair for pair in groups.values() if len(pair[0]) + len(pair[1]) > 2 and pair[1]]
    return _stacked(sorted(found, key=_top), height)


_Group = tuple[list[Stroke], list[Stroke]]


def _top(group: _Group) -> float:
    return min(stroke.start for stroke in group[1])


def _stacked(groups: Sequence[_Group], height: float) -> list[_Group]:
    """Groups made one where a row across the whole table parts them that has no sides drawn."""
    joined: list[_Group] = []
    for group in groups:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _open_sided(last, height)
            and _open_sided(group, height)
            and _on(last, group, height)
        ):
            joined[-1] = (last[0] + group[0], last[1] + group[1])
        else:
            joined.append(group)
    return joined


def _open_sided(group: _Group, height: float) -> bool:
    """True where the flat strokes reach past the outermost upright ones."""
    flats, uprights = group
    if not flats:
        return False
    left, right = min(s.start for s in flats), max(s.end for s in flats)
    return min(s.mean for s in uprights) > left + height and max(s.mean for s in uprights) < right - height


def _on(upper: _Group, lower: _Group, height: float) -> bool:
    """The lower group begins close below the upper one and is as wide."""
    bottom, top = max(s.mean for s in upper[0]), min(s.mean for s in lower[0])
    ends = [(min(s.start for s in g[0]), max(s.end for s in g[0])) for g in (upper, lower)]
    level = abs(ends[0][0] - ends[1][0]) < height and abs(ends[0][1] - ends[1][1]) < height
    return level and 0 <= top - bottom < LOW_ROW * height


def _meet(flat: Stroke, upright: Stroke, reach: float) -> bool:
    x = upright.at(flat.mean)
    y = flat.at(x)
    return flat.start - reach <= x <= flat.end + reach and upright.start - reach <= y <= upright.end + reach
