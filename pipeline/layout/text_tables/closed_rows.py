"""What a row is worth as a whole, once its last line is known."""

from __future__ import annotations

from pipeline.layout.text_tables import weights
from pipeline.layout.text_tables.states import Held, State
from pipeline.layout.text_tables.terms import Terms


def closed(terms: Terms, state: State, end: int) -> float:
    """What the row of `state` is worth; it ends before line `end`."""
    if state.kind == "group":
        return 0.0
    score = _number_of_row(terms, state, end)
    for column, held in enumerate(state.cells):
        if not held.key:
            figured = terms.body.roles[column] in ("unit", "target")
            missing = weights.EMPTY if figured else weights.BARE
            score += missing if column in terms.learned.filled else 0.0
            continue
        if column in terms.learned.repeating:
            score += _recurring(terms, column, held)
        if terms.body.roles[column] == "target" and not held.figures:
            score += weights.NO_FIGURE
    return score


def _recurring(terms: Terms, column: int, held: Held) -> float:
    """A cell of a column in which most cells are the same as another."""
    own = terms.learned.cell_at.get((held.line, column))
    cells = terms.learned.cells[column]
    if cells.times(held.key, own) <= 0:
        return weights.ODD_CELL
    words = min(weights.WORDS_THAT_COUNT, len(held.key))
    return weights.KNOWN_CELL * words * cells.nearness(held.key)


def _number_of_row(terms: Terms, state: State, end: int) -> float:
    if not terms.body.numbers:
        return weights.UNNUMBERED
    if state.number is None:
        upcoming = terms.next_number[end]
        lost = state.last == 0 if upcoming is None else upcoming > state.last + 1
        return weights.LOST_NUMBER if lost else weights.NO_NUMBER
    above, below = state.number - state.start, end - 1 - state.number
    if terms.on_top:
        return weights.BELOW_TOP * above
    cut = terms.body.lines[state.start].page != terms.body.lines[end - 1].page
    return 0.0 if cut else weights.OFF_CENTRE * max(0, abs(above - below) - 1)
