"""The row numbers at the heads of lines: 1, 2, 3 ... with what OCR broke found between its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.layout.text_tables.pieces import TextLine

_FIGURE = re.compile(r"\d{1,3}[.)]?")
_BROKEN_LENGTH = 2
_JUMP = 0.35
"""What a gap of one in the numbers costs against the one point for a number that fits."""
_AGAIN = 0.6
"""What it costs that the numbers start again (a new group)."""


@dataclass(frozen=True, slots=True)
class RowNumber:
    """A number at the head of a line; `read` is False where only its neighbours say what it is."""

    value: int
    read: bool


def find_numbers(lines: Sequence[TextLine]) -> Mapping[int, RowNumber]:
    """The lines that carry a row's number, by their index."""
    figures = [
        (index, int(re.sub(r"\D", "", line.pieces[0].text)))
        for index, line in enumerate(lines)
        if line.pieces and _FIGURE.fullmatch(line.pieces[0].text)
    ]
    run = _best_run(figures)
    found = {index: RowNumber(value, True) for index, value in run}
    for (above, low), (below, high) in pairwise(run):
        if high - low == 2:
            broken = _broken_between(lines, above, below)
            if broken is not None:
                found[broken] = RowNumber(low + 1, False)
    return dict(sorted(found.items()))


def _best_run(figures: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The figures that count on from each other, by dynamic programming over the lines."""
    worth: list[float] = []
    before: list[int] = []
    for at, (_, value) in enumerate(figures):
        worth.append(1.0 - _JUMP * (value - 1))
        before.append(-1)
        for earlier in range(at):
            step = value - figures[earlier][1]
            cost = _JUMP * (step - 1) if step > 0 else (_AGAIN if value == 1 else 99.0)
            if worth[earlier] + 1.0 - cost > worth[at]:
                worth[at] = worth[earlier] + 1.0 - cost
                before[at] = earlier
    if not worth or max(worth) <= 0:
        return []
    at = max(range(len(worth)), key=lambda index: (worth[index], -index))
    run: list[tuple[int, int]] = []
    while at >= 0:
        run.append(figures[at])
        at = before[at]
    return run[::-1]


def _broken_between(lines: Sequence[TextLine], above: int, below: int) -> int | None:
    """The line between two numbered ones that begins with a sign that no word is, best before a stroke."""
    signs = [
        index
        for index in range(above + 1, below)
        if len(lines[index].pieces) > 1
        and len(lines[index].pieces[0].text) <= _BROKEN_LENGTH
        and not lines[index].pieces[0].text.isalpha()
    ]
    return max(signs, key=lambda index: (lines[index].pieces[1].ruled, -index), default=None)
