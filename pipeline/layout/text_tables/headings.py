"""A line as a heading across the table, or as the next line of one."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.layout.text_tables import weights
from pipeline.layout.text_tables.body import in_capitals
from pipeline.layout.text_tables.pieces import length_of
from pipeline.layout.text_tables.states import State
from pipeline.layout.text_tables.terms import Terms

_WIDE = 1.3


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line is worth as a heading, whatever stands above it."""

    line: int
    columns: tuple[int, ...]
    signs: tuple[float, ...]
    """What its words say, to be added up in this order."""
    number: int | None
    opens: bool
    goes_on: bool
    capitals: bool

    def beginning(self, state: State, closing: float) -> float:
        """The score with it as the first line; `closing` is the worth of the row above."""
        score = self._added(state)
        score += weights.GROUP + closing + (weights.GROUP_GOES_ON if self.goes_on else 0.0)
        return score + (weights.GROUP_IN_RUN if self.number == state.last + 1 > 1 else 0.0)

    def going_on(self, state: State, above_in_capitals: bool) -> float:
        """The score with it as a further line of the heading above."""
        score = self._added(state)
        if self.opens or (not self.capitals and above_in_capitals):
            score += weights.GROUP_BEGINS_AGAIN
        return score

    def _added(self, state: State) -> float:
        score = state.score
        for sign in self.signs:
            score += sign
        return score


def heading_of(terms: Terms, line: int) -> Heading | None:
    """The line as a heading; None where there is nothing on it but a number."""
    pieces = terms.body.pieces(line)
    if not pieces:
        return None
    capitals = in_capitals(pieces)
    widths = [width for width, main in zip(terms.widths, terms.main, strict=True) if main and width]
    signs = (
        weights.GROUP_PIECE * len(pieces),
        weights.GROUP_TAIL * terms.tails[line] if terms.tails[line] > 1 else 0.0,
        weights.GROUP_CAPITALS if capitals else 0.0,
        weights.GROUP_WIDE if widths and length_of(pieces) > _WIDE * widths[0] else 0.0,
    )
    number = terms.body.numbers.get(line)
    first = pieces[0]
    return Heading(
        line,
        (0,) * len(pieces),
        signs,
        number.value if number is not None else None,
        first.opens,
        first.goes_on,
        capitals,
    )
