"""Words → printed lines.

Words are chained from left to right: each joins the line whose last words stand at its own
height. Looking only at the nearest words follows skew and bent paper, and an accent or a
superscript cannot carry a whole line away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, median

from pipeline.geometry import Box, union
from pipeline.layout.straighten import Spot, text_height

LOOK_BACK = 4
"""So many words of a line tell its height at the place where the next is joined."""
SAME_LINE = 0.5
"""Least part of the smaller height that two words of one line share."""
NEIGHBOURS = 3.0
"""A word joins no line whose last word is more text heights above or below it."""
FAR = 3.0
"""A gap of more text heights than this is far: lines across it must agree closely."""
CLOSE_AGREEMENT = 0.3
"""Distance of middles, in text heights, at which two words are level even when far apart."""
TOO_TALL = 1.9
"""A box taller than so many text heights holds more than its word (a seal, a rule)."""

INTERLOCKED = 0.35
"""Rows whose middles differ by less than this part of their height are one, if they overlap."""

BULLET_REACH = 2.5
"""Text begins at most so many text heights behind its dash."""


@dataclass(frozen=True)
class Row:
    """Words on one printed line of the level page, from left to right.

    Its measures are asked for again and again, and are taken once.
    """

    spots: tuple[Spot, ...]

    @cached_property
    def box(self) -> Box:
        return union(spot.box for spot in self.spots)

    @cached_property
    def middle(self) -> float:
        """Height of the line on the page; words with letters tell, if there are any."""
        solid = [s.middle for s in self.spots if any(map(str.isalnum, s.word.text))]
        return median(solid or [s.middle for s in self.spots])

    @cached_property
    def height(self) -> float:
        return median([spot.box.height for spot in self.spots])

    @cached_property
    def text(self) -> str:
        return " ".join(spot.word.text for spot in self.spots)

    def gaps(self) -> list[float]:
        """White space between neighbours in points, one fewer than words."""
        return [b.box.x0 - a.box.x1 for a, b in zip(self.spots, self.spots[1:], strict=False)]

    def split(self, at: int) -> tuple[Row, Row]:
        """The words before number `at`, and the rest; both must have some."""
        return Row(self.spots[:at]), Row(self.spots[at:])


class _Chain:
    """Words of a line so far, and what the next word is held against."""

    def __init__(self, spot: Spot) -> None:
        self.spots = [spot]
        self.middle = spot.middle
        self.height = spot.box.height
        self.end = spot.box.x1

    def add(self, spot: Spot) -> None:
        self.spots.append(spot)
        last = self.spots[-LOOK_BACK:]
        self.middle = fmean([one.middle for one in last])
        self.height = max([one.box.height for one in last])
        self.end = max(self.end, spot.box.x1)


def find_rows(spots: Sequence[Spot]) -> list[Row]:
    """Words in any order → rows from top to bottom."""
    usual = text_height(spots)
    plain = [spot for spot in spots if spot.box.height <= TOO_TALL * usual]
    tall = [spot for spot in spots if spot.box.height > TOO_TALL * usual]
    chains = _chain(plain, usual)
    strangers = [spot for spot in sorted(tall, key=_left) if not _insert(spot, chains)]
    chains += _chain(strangers, text_height(strangers))
    rows = _unite([Row(tuple(sorted(chain.spots, key=_left))) for chain in chains])
    return _adopt_bullets(rows, usual)


def _adopt_bullets(rows: Sequence[Row], usual: float) -> list[Row]:
    """Dashes that stand alone go to the row that begins right behind them.

    The box that an engine gives a dash may be as tall as a letter and reach far below its line.
    """
    bullets: list[Row] = []
    adopted: list[Row] = []
    for row in rows:
        (bullets if len(row.spots) == 1 and _is_bullet(row.text) else adopted).append(row)
    for bullet in bullets:
        behind = [
            (abs(row.spots[0].middle - bullet.middle), index)
            for index, row in enumerate(adopted)
            if -1 <= row.box.x0 - bullet.box.x1 <= BULLET_REACH * usual
            and abs(row.spots[0].middle - bullet.middle) < 0.9 * usual
        ]
        if behind:
            index = min(behind)[1]
            adopted[index] = Row((*bullet.spots, *adopted[index].spots))
        else:
            adopted.append(bullet)
    return sorted(adopted, key=lambda row: (row.middle, row.box.x0))


def _is_bullet(text: str) -> bool:
    return len(text) <= 2 and not any(map(str.isalnum, text))


def _unite(rows: Sequence[Row]) -> list[Row]:
    """Rows from top to bottom, those that interlock made one.

    A box that is too wide covers the next words, which then find no room in their line. No
    two printed lines lie at the same height in the same place, so these belong together.
    """
    united: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.middle, row.box.x0)):
        for index, other in enumerate(united):
            apart = abs(row.middle - other.middle)
            level = apart < INTERLOCKED * row.height and apart < INTERLOCKED * other.height
            if level and row.box.x0 < other.box.x1 and other.box.x0 < row.box.x1:
                united[index] = Row(tuple(sorted((*other.spots, *row.spots), key=_left)))
                break
        else:
            united.append(row)
    return sorted(united, key=lambda row: (row.middle, row.box.x0))


def _left(spot: Spot) -> tuple[float, float, str]:
    return spot.box.x0, spot.box.top, spot.word.text


def _chain(spots: Sequence[Spot], usual: float) -> list[_Chain]:
    chains: list[_Chain] = []
    # The middle of each chain's last word and the chain's number, from top to bottom: of a page's
    # lines only the few beside a word are looked at.
    ends: list[tuple[float, int]] = []
    for spot in sorted(spots, key=_left):
        first = bisect_left(ends, (spot.middle - NEIGHBOURS * usual, -1))
        behind = bisect_right(ends, (spot.middle + NEIGHBOURS * usual, len(chains)))
        fitting = [
            (cost, number)
            for _, number in ends[first:behind]
            if (cost := _misfit(spot, chains[number], usual)) is not None
        ]
        if fitting:
            number = min(fitting)[1]
            ends.remove((chains[number].spots[-1].middle, number))
            chains[number].add(spot)
        else:
            number = len(chains)
            chains.append(_Chain(spot))
        insort(ends, (spot.middle, number))
    return chains


def _misfit(spot: Spot, chain: _Chain, usual: float) -> float | None:
    """How badly `spot` continues `chain`, in text heights; null where it cannot."""
    box, middle = spot.box, spot.middle
    gap = box.x0 - chain.end
    if gap < -0.4 * min(box.width, usual):
        return None
    apart = abs(middle - chain.middle)
    smaller = min(box.height, chain.height)
    shared = (box.height + chain.height) / 2 - apart
    if min(shared, smaller) < SAME_LINE * smaller:
        return None
    if gap > FAR * usual and apart > CLOSE_AGREEMENT * usual:
        return None
    return apart / usual + 0.05 * max(0.0, gap) / usual


def _insert(spot: Spot, chains: Sequence[_Chain]) -> bool:
    """Put a box that is too tall into the line that runs through it and leaves room for it."""
    best: tuple[float, _Chain] | None = None
    for chain in chains:
        nearest = min(chain.spots, key=lambda s: abs(s.box.centre[0] - spot.box.centre[0]))
        inside = spot.box.top <= nearest.middle <= spot.box.bottom
        free = all(min(s.box.x1, spot.box.x1) - max(s.box.x0, spot.box.x0) < 2 for s in chain.spots)
        distance = abs(nearest.box.centre[0] - spot.box.centre[0])
        near = distance < 3 * (nearest.box.width + spot.box.width)
        if inside and free and near:
            # Boxes that are too tall have mostly grown upwards (accents, seals): the foot is right.
            cost = abs(nearest.box.bottom - spot.box.bottom)
            if best is None or cost < best[0]:
                best = cost, chain
    if best is None:
        return False
    best[1].spots.append(spot)
    return True
