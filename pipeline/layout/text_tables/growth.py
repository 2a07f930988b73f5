"""One step down the lines: all ways in which a line may follow on what is in hand, the best of them kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.layout.text_tables import weights
from pipeline.layout.text_tables.body import Cut, Kind, in_capitals
from pipeline.layout.text_tables.closed_rows import closed
from pipeline.layout.text_tables.evidence import Assignment
from pipeline.layout.text_tables.headings import Heading, heading_of
from pipeline.layout.text_tables.recurring import Key
from pipeline.layout.text_tables.states import NOTHING, Cells, Held, Option, Span, State
from pipeline.layout.text_tables.terms import Terms

BEAM, OF_A_KIND = 24, 8

Row = tuple[Held, ...]
Outline = tuple[Kind, int, int | None, Row]
"""What tells states apart: kind, first line, line of the number, cells. How they came about does not."""


class Step(NamedTuple):
    """How a state is reached: from `before`, with the line's pieces in these columns."""

    score: float
    before: State
    last: int
    columns: Assignment
    begins: bool


class Growth:
    """The steps of one run. What does not hang on the whole row is worked out once a line."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._cells = Cells()
        self._joins: dict[tuple[Span, Held], tuple[float, Held]] = {}
        self._promises: dict[tuple[int, Held], float] = {}
        self._empty: Row = (NOTHING,) * len(terms.main)

    def start(self) -> State:
        """Nothing cut yet."""
        return State(0.0, "row", 0, None, 0, self._empty, None, None)

    def after(self, beam: Sequence[State], line: int, options: Sequence[Option]) -> list[State]:
        """The best states with `line` cut too."""
        self._joins = {}
        steps: dict[Outline, Step] = {}
        fresh = [self._fresh(option, line) for option in options]
        heading = heading_of(self._terms, line)
        for state in beam:
            closing = closed(self._terms, state, line) if state.cut is not None else 0.0
            self._as_row(steps, state, line, options, fresh, closing)
            if heading is not None:
                self._as_heading(steps, state, heading, closing)
        return self._kept(steps, line)

    # ── as part of a row ──────────────────────────────────────────────────

    def _fresh(self, option: Option, line: int) -> tuple[Row, list[float]]:
        """The cells of a row that begins with this cut, and what has to be added for them."""
        cells, scores = list(self._empty), []
        for span in option.spans:
            joined, cells[span.column] = self._join(span, NOTHING, line)
            scores.append(joined)
        scores.append(weights.BLANK if self._terms.body.lines[line].blank_above else 0.0)
        scores.append(0.0 if option.main else weights.NO_MAIN)
        return tuple(cells), scores

    def _as_row(
        self,
        steps: dict[Outline, Step],
        state: State,
        line: int,
        options: Sequence[Option],
        fresh: Sequence[tuple[Row, list[float]]],
        closing: float,
    ) -> None:
        """The line begins a row with each of its cuts, or goes on with the one in hand."""
        entry = self._terms.body.numbers.get(line)
        number, last = (None, state.last) if entry is None else (line, entry.value)
        below = state.number if entry is None else line
        must = state.cut is None or state.kind == "group" or (entry is not None and state.number is not None)
        for option, (cells, scores) in zip(options, fresh, strict=True):
            score = state.score + option.score
            begun = score + closing
            for part in scores:
                begun += part
            _offer(steps, ("row", line, number, cells), begun, state, last, option, True)
            if not must:
                held = list(state.cells)
                for span in option.spans:
                    joined, held[span.column] = self._join(span, held[span.column], line)
                    score += joined
                _offer(steps, ("row", state.start, below, tuple(held)), score, state, last, option, False)

    def _join(self, span: Span, held: Held, line: int) -> tuple[float, Held]:
        """How well the span goes with its cell, and the cell with it."""
        found = self._joins.get((span, held))
        if found is None:
            after = self._cells.of(
                self._key_so_far(span, held),
                span.length,
                line,
                held.figures or span.figures,
                held.brackets + span.brackets,
            )
            found = self._joins[span, held] = self._joined(span, held, line), after
        return found

    def _key_so_far(self, span: Span, held: Held) -> Key:
        """Of a cell that may recur all words, of others the last: so like states become one."""
        if span.column in self._terms.learned.repeating or not self._terms.learned.words:
            return (*held.key, *span.key)
        return span.key[-1:] or held.key

    def _joined(self, span: Span, held: Held, line: int) -> float:
        main = self._terms.main[span.column]
        score = weights.BRACKET if held.brackets + span.brackets < 0 else 0.0
        if not held.key:
            if span.opens:
                return score + (weights.MAIN_OPENS if main else weights.CELL_OPENS)
            return score + ((weights.MAIN_GOES_ON if main else weights.CELL_GOES_ON) if span.goes_on else 0.0)
        if held.figures and span.figures and self._terms.body.roles[span.column] == "target":
            score += weights.SECOND_FIGURE
        score += (weights.OPENS_INSIDE if span.opens else 0.0) + (
            weights.SKIPPED_LINE if line - held.line > 1 else 0.0
        )
        if span.key:
            score += self._going_on(held.key[-1], span.key[0], main)
        # A printed line is as long as its column lets it be: the next word would not have fitted.
        width = self._terms.widths[span.column]
        short = width and held.length + 1 + span.first_length < weights.NARROWER * width
        return score + (weights.TOO_SHORT if short else 0.0)

    def _going_on(self, above: str, below: str, main: bool) -> float:
        if is_twice(above, below):
            return weights.TWICE
        strange = 0.0 if main else weights.STRANGE
        return weights.FOLLOWS if self._terms.vocabulary.follows(above, below) else strange

    # ── as a heading ──────────────────────────────────────────────────────

    def _as_heading(self, steps: dict[Outline, Step], state: State, heading: Heading, closing: float) -> None:
        begins = state.kind != "group"
        if not begins and heading.number is not None:
            return
        if begins:
            score = heading.beginning(state, closing)
        else:
            score = heading.going_on(state, self._capitals_above(state))
        again = heading.number is not None or self._terms.next_number[heading.line] == 1
        outline: Outline = ("group", heading.line if begins else state.start, None, self._empty)
        known = steps.get(outline)
        if known is None or score > known.score:
            steps[outline] = Step(score, state, 0 if again else state.last, heading.columns, begins)

    def _capitals_above(self, state: State) -> bool:
        return state.cut is not None and in_capitals(self._terms.body.pieces(state.cut.line))

    # ── what is kept ──────────────────────────────────────────────────────

    def _kept(self, steps: dict[Outline, Step], line: int) -> list[State]:
        ranked = []
        for outline, step in steps.items():
            promise = 0.0 if outline[0] == "group" else self._promise(outline[3])
            ranked.append((-step.score - promise, promise, outline, step))
        ranked.sort(key=lambda entry: entry[0])
        kept: list[State] = []
        like = Counter[object]()
        for _, promise, (kind, start, number, cells), step in ranked:
            # Of the states that have filled the same columns a few are enough: the beam stays wide.
            filled = (kind, start, tuple(bool(held.key) for held in cells))
            like[filled] += 1
            if like[filled] <= OF_A_KIND:
                cut = Cut(line, kind, step.begins, step.columns)
                kept.append(
                    State(step.score, kind, start, number, step.last, cells, cut, step.before, promise)
                )
                if len(kept) == BEAM:
                    break
        return kept

    def _promise(self, cells: Row) -> float:
        return sum(self._promised(column, cells[column]) for column in self._terms.learned.repeating)

    def _promised(self, column: int, held: Held) -> float:
        found = self._promises.get((column, held))
        if found is None:
            known = bool(held.key) and self._terms.learned.cells[column].begins(held.key)
            words = min(weights.WORDS_THAT_COUNT, len(held.key))
            found = self._promises[column, held] = weights.PROMISE * words if known else 0.0
        return found


def _offer(
    steps: dict[Outline, Step],
    outline: Outline,
    score: float,
    state: State,
    last: int,
    option: Option,
    begins: bool,
) -> None:
    """Remember the step if it is the best to its state; of equal ones the first stays."""
    known = steps.get(outline)
    if known is None or score > known.score:
        steps[outline] = Step(score, state, last, option.choice.columns, begins)


def is_twice(left: str, right: str) -> bool:
    """The same word twice; short words are too easily taken for each other."""
    return left == right and len(left) > weights.SHORT_WORD
