"""The ways to cut one line into columns, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from pipeline.layout.text_tables.evidence import Assignment
from pipeline.layout.text_tables.pieces import Piece

KEPT = 24
_STROKE_BETWEEN = 1.6
_STROKE_INSIDE = -1.6
_CAPITAL_BETWEEN, _CAPITAL_INSIDE = 0.5, -0.8
_UNMARKED_BETWEEN = -0.5
_NO_SPACE_BETWEEN = -1.2
"""In a text that keeps its broad spaces a column seldom begins behind a narrow one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One cut: the column of each piece, and how well the pieces fit there."""

    columns: Assignment
    score: float


def best_choices(
    pieces: Sequence[Piece],
    fit: Sequence[Sequence[float]],
    lures: Sequence[Sequence[float]],
    spaced: bool,
    main: int | None,
) -> list[Choice]:
    """The best cuts of a line by its words and strokes alone; columns never fall from left to right.

    `fit[i][c]` is how well piece i fits column c; `spaced` says that broad spaces part the columns.
    `lures` make cuts worth a trial that show known pieces of cells; they are not in the score. A line
    that stands in the `main` column from end to end is always tried.
    """
    if not pieces:
        return [Choice((), 0.0)]
    plain = _best(pieces, fit, spaced)
    if main is not None:
        whole = _whole(pieces, fit, spaced, main)
        plain = [whole, *(choice for choice in plain if choice.columns != whole.columns)]
    if not any(map(any, lures)):
        return plain
    lured = _best(
        pieces, [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(fit, lures, strict=True)], spaced
    )
    half = KEPT // 2
    known = {choice.columns for choice in plain[:half]}
    fair = [Choice(choice.columns, choice.score - _lured(choice.columns, lures)) for choice in lured]
    return [*plain[:half], *(choice for choice in fair[:half] if choice.columns not in known)]


def _whole(pieces: Sequence[Piece], fit: Sequence[Sequence[float]], spaced: bool, column: int) -> Choice:
    between = sum(_between(left, right, False, spaced) for left, right in pairwise(pieces))
    return Choice((column,) * len(pieces), between + sum(row[column] for row in fit))


def _lured(columns: Assignment, lures: Sequence[Sequence[float]]) -> float:
    return sum(lure[column] for column, lure in zip(columns, lures, strict=True))


def _best(pieces: Sequence[Piece], fit: Sequence[Sequence[float]], spaced: bool) -> list[Choice]:
    """The best cuts without regard to the lines above; of equal ones those with the earlier columns."""
    width = len(fit[0])
    ends: list[list[Choice]] = [[Choice((c,), fit[0][c])] for c in range(width)]
    for at in range(1, len(pieces)):
        inside = _between(pieces[at - 1], pieces[at], False, spaced)
        parting = _between(pieces[at - 1], pieces[at], True, spaced)
        ends = [
            _grown([(choice, parting) for held in ends[:c] for choice in held]
                   + [(choice, inside) for choice in ends[c]], c, fit[at][c])
            for c in range(width)
        ]  # fmt: skip
    return nlargest(KEPT, (choice for held in ends for choice in held), key=lambda choice: choice.score)


def _grown(choices: Sequence[tuple[Choice, float]], column: int, fit: float) -> list[Choice]:
    """The best with one more piece in `column`; each comes with what the place between the pieces says."""
    scores = [choice.score + fit + between for choice, between in choices]
    # What is not kept is not made: this runs for every piece of a table.
    best = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:KEPT]
    return [Choice((*choices[at][0].columns, column), scores[at]) for at in best]


def _between(left: Piece, right: Piece, parted: bool, spaced: bool) -> float:
    marked = right.ruled or (spaced and right.wide)
    if marked:
        return _STROKE_BETWEEN if parted else _STROKE_INSIDE
    opens = right.opens and not left.opens and not left.text.endswith((".", "/", "-", "–"))
    if not parted:
        return _CAPITAL_INSIDE if opens else 0.0
    if spaced:
        return _NO_SPACE_BETWEEN
    return _CAPITAL_BETWEEN if opens else _UNMARKED_BETWEEN
