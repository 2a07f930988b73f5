"""Lines × columns: the cut of all lines into cells and rows that explains them best.

A beam runs down the lines. For each it tries the line's best cuts, each as the beginning of a
row, as the rest of the row above, or as a heading across the table, and adds up how the words
fit their columns, how the pieces of a cell go on from line to line, how a row begins and ends.
Then it learns from what it found (words, cells that recur, widths) and runs again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from pipeline.layout.text_tables import weights
from pipeline.layout.text_tables.body import Body, Cut, in_capitals, key_of, spans_of
from pipeline.layout.text_tables.choices import Choice, best_choices
from pipeline.layout.text_tables.evidence import Learned, fitness, is_main, recurring_tails
from pipeline.layout.text_tables.learning import first_widths, learn
from pipeline.layout.text_tables.pieces import Piece, length_of
from pipeline.layout.text_tables.recurring import Key
from pipeline.layout.text_tables.states import Held, Option, Span, State
from pipeline.layout.text_tables.vocabulary import Vocabulary

ROUNDS = 4
BEAM, OF_A_KIND = 24, 8


def cut_body(body: Body, vocabulary: Vocabulary) -> list[Cut]:
    """The best cut of the lines, one entry a line."""
    tails = recurring_tails(body.lines, vocabulary)
    learned = Learned(widths=first_widths(body))
    search = _Search(body, vocabulary, tails, learned)
    cuts = search.run()
    for _ in range(ROUNDS - 1):
        search = _Search(body, vocabulary, tails, learn(body, vocabulary, cuts))
        again = search.run()
        if again == cuts:
            break
        cuts = again
    return cuts


# ── one run down the lines ────────────────────────────────────────────────


class _Search:
    def __init__(self, body: Body, vocabulary: Vocabulary, tails: Sequence[int], learned: Learned) -> None:
        self._body = body
        self._vocabulary = vocabulary
        self._tails = tails
        self._learned = learned
        self._top = _numbers_on_top(body)
        self._main = [is_main(role) for role in body.roles]
        self._widths = [learned.widths.get(c) for c in range(len(body.roles))]
        self._next = {line: self._number_from(line) for line in range(len(body.lines) + 1)}

    def _number_from(self, line: int) -> int | None:
        return next((entry.value for at, entry in self._body.numbers.items() if at >= line), None)

    def run(self) -> list[Cut]:
        empty = tuple(Held() for _ in self._body.roles)
        beam = [State(0.0, "row", 0, None, 0, empty, None, None)]
        for line in range(len(self._body.lines)):
            options = [self._option(line, choice) for choice in self._choices(line)]
            grown = [after for state in beam for after in self._after(state, line, options)]
            beam = _best(grown)
        final = max(beam, key=lambda state: state.score + self._closed(state, len(self._body.lines)))
        cuts: list[Cut] = []
        state: State | None = final
        while state is not None and state.cut is not None:
            cuts.append(state.cut)
            state = state.before
        return cuts[::-1]

    def _choices(self, line: int) -> list[Choice]:
        pieces = self._body.pieces(line)
        first_recurring = len(pieces) - self._tails[line]
        own = self._learned.lines.get(line)
        fit = [
            fitness(
                self._body.roles,
                piece,
                self._vocabulary.of(piece.shape),
                not self._learned.words and at >= first_recurring and self._tails[line] > 1,
                self._learned,
                self._vocabulary.clean,
                own[at] if own is not None and len(own) == len(pieces) else None,
            )
            for at, piece in enumerate(pieces)
        ]
        main = self._main.index(True) if any(self._main) else None
        return best_choices(pieces, fit, self._lures(line), self._body.spaced, main)

    def _lures(self, line: int) -> list[list[float]]:
        """For each piece and column a bonus where it is part of a piece of a cell known from other lines."""
        pieces, own = self._body.pieces(line), self._own_spans(line)
        keys = [self._vocabulary.of(piece.shape) for piece in pieces]
        lures = [[0.0] * len(self._main) for _ in pieces]
        for column, spans in self._learned.spans.items():
            for start, end in combinations(range(len(keys) + 1), 2):
                if spans.times(tuple(keys[start:end]), own.get(column)) > 0:
                    for at in range(start, end):
                        lures[at][column] = max(lures[at][column], weights.LURE * (end - start))
        return lures

    def _option(self, line: int, choice: Choice) -> Option:
        own = self._own_spans(line)
        spans = tuple(
            self._span(column, pieces, own)
            for column, pieces in spans_of(self._body.pieces(line), choice.columns)
        )
        score = choice.score + sum(span.score for span in spans)
        return Option(choice, spans, score, any(self._main[span.column] for span in spans))

    def _own_spans(self, line: int) -> dict[int, Key]:
        """What the last round made of this line: no evidence for itself."""
        own, pieces = self._learned.lines.get(line, ()), self._body.pieces(line)
        return {column: key_of(held, self._vocabulary) for column, held in spans_of(pieces, own)}

    def _span(self, column: int, pieces: tuple[Piece, ...], own: Mapping[int, Key]) -> Span:
        key, length = key_of(pieces, self._vocabulary), length_of(pieces)
        main = self._main[column]
        score = sum(self._beside(left, right, main) for left, right in pairwise(key))
        spans = self._learned.spans.get(column)
        if spans is not None and spans.times(key, own.get(column)) > 0:
            score += weights.KNOWN_SPAN * len(key) * spans.nearness(key)
        width = self._widths[column]
        if width:
            score += weights.TOO_LONG * max(0.0, length - weights.WIDER * width)
        first = pieces[0]
        text = " ".join(piece.text for piece in pieces)
        return Span(
            column,
            key,
            length,
            len(first.text),
            first.opens,
            first.goes_on,
            any(piece.figure for piece in pieces),
            text.count("(") - text.count(")"),
            score,
        )

    def _after(self, state: State, line: int, options: Sequence[Option]) -> Iterator[State]:
        numbered = line in self._body.numbers
        must = state.cut is None or state.kind == "group" or (numbered and state.number is not None)
        closing = self._closed(state, line) if state.cut is not None else 0.0
        for option in options:
            yield self._grown(state, line, option, True, closing)
            if not must:
                yield self._grown(state, line, option, False, 0.0)
        yield from self._grouped(state, line, closing)

    def _grown(self, state: State, line: int, option: Option, begins: bool, closing: float) -> State:
        score = state.score + option.score + closing
        cells = [Held()] * len(self._main) if begins else list(state.cells)
        for span in option.spans:
            held = cells[span.column]
            score += self._joined(span, held, line)
            cells[span.column] = Held(
                self._key_so_far(span, held),
                span.length,
                line,
                held.figures or span.figures,
                held.brackets + span.brackets,
            )
        if begins:
            score += weights.BLANK if self._body.lines[line].blank_above else 0.0
            score += 0.0 if option.main else weights.NO_MAIN
        number, last = (None if begins else state.number), state.last
        if line in self._body.numbers:
            number, last = line, self._body.numbers[line].value
        start = line if begins else state.start
        cut = Cut(line, "row", begins, option.choice.columns)
        promise = sum(
            weights.PROMISE * min(weights.WORDS_THAT_COUNT, len(cells[c].key))
            for c in self._learned.repeating
            if cells[c].key and self._learned.cells[c].begins(cells[c].key)
        )
        return State(score, "row", start, number, last, tuple(cells), cut, state, promise)

    def _key_so_far(self, span: Span, held: Held) -> Key:
        """Of a cell that may recur all words, of others the last: so like states become one."""
        if span.column in self._learned.repeating or not self._learned.words:
            return (*held.key, *span.key)
        return span.key[-1:] or held.key

    def _joined(self, span: Span, held: Held, line: int) -> float:
        """How the span goes with what its cell holds already."""
        main = self._main[span.column]
        score = weights.BRACKET if held.brackets + span.brackets < 0 else 0.0
        if not held.key:
            if span.opens:
                return score + (weights.MAIN_OPENS if main else weights.CELL_OPENS)
            return score + ((weights.MAIN_GOES_ON if main else weights.CELL_GOES_ON) if span.goes_on else 0.0)
        if held.figures and span.figures and self._body.roles[span.column] == "target":
            score += weights.SECOND_FIGURE
        score += (weights.OPENS_INSIDE if span.opens else 0.0) + (
            weights.SKIPPED_LINE if line - held.line > 1 else 0.0
        )
        if span.key:
            score += self._going_on(held.key[-1], span.key[0], main)
        # A printed line is as long as its column lets it be: the next word would not have fitted.
        width = self._widths[span.column]
        return score + (
            weights.TOO_SHORT
            if width and held.length + 1 + span.first_length < weights.NARROWER * width
            else 0.0
        )

    def _beside(self, left: str, right: str, main: bool) -> float:
        if _is_twice(left, right):
            return weights.TWICE
        strange = 0.0 if main else weights.STRANGE_BESIDE
        return weights.FOLLOWS_BESIDE if self._vocabulary.follows(left, right) else strange

    def _going_on(self, above: str, below: str, main: bool) -> float:
        if _is_twice(above, below):
            return weights.TWICE
        strange = 0.0 if main else weights.STRANGE
        return weights.FOLLOWS if self._vocabulary.follows(above, below) else strange

    def _grouped(self, state: State, line: int, closing: float) -> Iterator[State]:
        """The line as a heading across the table, or as its next line."""
        pieces = self._body.pieces(line)
        begins = state.kind != "group"
        if not pieces or (not begins and line in self._body.numbers):
            return
        score = state.score + weights.GROUP_PIECE * len(pieces)
        score += weights.GROUP_TAIL * self._tails[line] if self._tails[line] > 1 else 0.0
        score += weights.GROUP_CAPITALS if in_capitals(pieces) else 0.0
        widths = [width for width, main in zip(self._widths, self._main, strict=True) if main and width]
        score += weights.GROUP_WIDE if widths and length_of(pieces) > 1.3 * widths[0] else 0.0
        if begins:
            score += weights.GROUP + closing + (weights.GROUP_GOES_ON if pieces[0].goes_on else 0.0)
            number = self._body.numbers.get(line)
            score += (
                weights.GROUP_IN_RUN if number is not None and number.value == state.last + 1 > 1 else 0.0
            )
        elif pieces[0].opens or (not in_capitals(pieces) and self._capitals_above(state)):
            score += weights.GROUP_BEGINS_AGAIN
        cells = (Held(),) * len(self._main)
        cut = Cut(line, "group", begins, tuple(0 for _ in pieces))
        last = 0 if line in self._body.numbers or self._next[line] == 1 else state.last
        yield State(score, "group", line if begins else state.start, None, last, cells, cut, state)

    def _capitals_above(self, state: State) -> bool:
        return state.cut is not None and in_capitals(self._body.pieces(state.cut.line))

    def _closed(self, state: State, end: int) -> float:
        """What the row of `state` is worth as a whole; it ends before line `end`."""
        if state.kind == "group":
            return 0.0
        score = self._number_of_row(state, end)
        for column, held in enumerate(state.cells):
            if not held.key:
                figured = self._body.roles[column] in ("unit", "target")
                score += (
                    (weights.EMPTY if figured else weights.BARE) if column in self._learned.filled else 0.0
                )
                continue
            if column in self._learned.repeating:
                own = self._learned.cell_at.get((held.line, column))
                cells = self._learned.cells[column]
                known = cells.times(held.key, own) > 0
                worth = (
                    weights.KNOWN_CELL
                    * min(weights.WORDS_THAT_COUNT, len(held.key))
                    * cells.nearness(held.key)
                )
                score += worth if known else weights.ODD_CELL
            if self._body.roles[column] == "target" and not held.figures:
                score += weights.NO_FIGURE
        return score

    def _number_of_row(self, state: State, end: int) -> float:
        if not self._body.numbers:
            return weights.UNNUMBERED
        if state.number is None:
            upcoming = self._next[end]
            lost = state.last == 0 if upcoming is None else upcoming > state.last + 1
            return weights.LOST_NUMBER if lost else weights.NO_NUMBER
        above, below = state.number - state.start, end - 1 - state.number
        if self._top:
            return weights.BELOW_TOP * above
        cut = self._body.lines[state.start].page != self._body.lines[end - 1].page
        return 0.0 if cut else weights.OFF_CENTRE * max(0, abs(above - below) - 1)


def _is_twice(left: str, right: str) -> bool:
    """The same word twice; short words are too easily taken for each other."""
    return left == right and len(left) > weights.SHORT_WORD


def _best(grown: Sequence[State]) -> list[State]:
    """The best of the states that differ in more than how they came about."""
    best: dict[tuple[object, ...], State] = {}
    for state in grown:
        key = (state.kind, state.start, state.number, state.cells)
        if key not in best or state.score > best[key].score:
            best[key] = state
    kept: list[State] = []
    like = Counter[object]()
    for state in sorted(best.values(), key=lambda state: -state.score - state.promise):
        # Of the states that have filled the same columns a few are enough: the beam stays wide.
        outline = (state.kind, state.start, tuple(bool(held.key) for held in state.cells))
        like[outline] += 1
        if like[outline] <= OF_A_KIND and len(kept) < BEAM:
            kept.append(state)
    return kept


def _numbers_on_top(body: Body) -> bool:
    """Numbers stand beside the first line of their rows: what follows them begins with a capital."""
    opens = [body.pieces(line)[0].opens for line in body.numbers if body.pieces(line)]
    return bool(opens) and sum(opens) * 10 >= len(opens) * 6
