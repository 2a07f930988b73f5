"""Lines × columns: the cut of all lines into cells and rows that explains them best.

A beam runs down the lines. For each it tries the line's best cuts, each as the beginning of a
row, as the rest of the row above, or as a heading across the table, and adds up how the words
fit their columns, how the pieces of a cell go on from line to line, how a row begins and ends.
Then it learns from what it found (words, cells that recur, widths) and runs again.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

from pipeline.layout.text_tables import weights
from pipeline.layout.text_tables.body import Body, Cut, key_of, spans_of
from pipeline.layout.text_tables.choices import Choice, best_choices
from pipeline.layout.text_tables.closed_rows import closed
from pipeline.layout.text_tables.evidence import Learned, fitness, recurring_tails
from pipeline.layout.text_tables.growth import Growth, is_twice
from pipeline.layout.text_tables.learning import first_widths, learn
from pipeline.layout.text_tables.pieces import Piece, length_of
from pipeline.layout.text_tables.recurring import Key
from pipeline.layout.text_tables.states import Option, Span, State
from pipeline.layout.text_tables.terms import Terms, terms_of
from pipeline.layout.text_tables.vocabulary import Vocabulary

ROUNDS = 4


def cut_body(body: Body, vocabulary: Vocabulary) -> list[Cut]:
    """The best cut of the lines, one entry a line."""
    tails = recurring_tails(body.lines, vocabulary)
    cuts = _run(terms_of(body, vocabulary, tails, Learned(widths=first_widths(body))))
    for _ in range(ROUNDS - 1):
        again = _run(terms_of(body, vocabulary, tails, learn(body, vocabulary, cuts)))
        if again == cuts:
            break
        cuts = again
    return cuts


def _run(terms: Terms) -> list[Cut]:
    """Once down the lines."""
    growth = Growth(terms)
    beam = [growth.start()]
    lines = len(terms.body.lines)
    for line in range(lines):
        beam = growth.after(beam, line, _options(terms, line))
    state: State | None = max(beam, key=lambda state: state.score + closed(terms, state, lines))
    cuts: list[Cut] = []
    while state is not None and state.cut is not None:
        cuts.append(state.cut)
        state = state.before
    return cuts[::-1]


# ── the cuts of one line ──────────────────────────────────────────────────


def _options(terms: Terms, line: int) -> list[Option]:
    """The line's best cuts, made ready; cuts with the same pieces in a column share its span."""
    pieces, own = terms.body.pieces(line), terms.own_spans(line)
    made: dict[tuple[int, int, int], Span] = {}
    options = []
    for choice in _choices(terms, line, own):
        spans, at = [], 0
        for column, held in spans_of(pieces, choice.columns):
            place = (column, at, len(held))
            if place not in made:
                made[place] = _span(terms, column, held, own)
            spans.append(made[place])
            at += len(held)
        score = choice.score + sum(span.score for span in spans)
        options.append(Option(choice, tuple(spans), score, any(terms.main[span.column] for span in spans)))
    return options


def _choices(terms: Terms, line: int, own: Mapping[int, Key]) -> list[Choice]:
    pieces, learned = terms.body.pieces(line), terms.learned
    first_recurring = len(pieces) - terms.tails[line]
    before = learned.lines.get(line)
    fit = [
        fitness(
            terms.body.roles,
            piece,
            terms.vocabulary.of(piece.shape),
            not learned.words and at >= first_recurring and terms.tails[line] > 1,
            learned,
            terms.vocabulary.clean,
            before[at] if before is not None and len(before) == len(pieces) else None,
        )
        for at, piece in enumerate(pieces)
    ]
    main = terms.main.index(True) if any(terms.main) else None
    return best_choices(pieces, fit, _lures(terms, pieces, own), terms.body.spaced, main)


def _lures(terms: Terms, pieces: tuple[Piece, ...], own: Mapping[int, Key]) -> list[list[float]]:
    """For each piece and column a bonus where it is part of a piece of a cell known from other lines."""
    keys = [terms.vocabulary.of(piece.shape) for piece in pieces]
    lures = [[0.0] * len(terms.main) for _ in pieces]
    for column, spans in terms.learned.spans.items():
        for start, end in combinations(range(len(keys) + 1), 2):
            if spans.times(tuple(keys[start:end]), own.get(column)) > 0:
                for at in range(start, end):
                    lures[at][column] = max(lures[at][column], weights.LURE * (end - start))
    return lures


def _span(terms: Terms, column: int, pieces: tuple[Piece, ...], own: Mapping[int, Key]) -> Span:
    key, length = key_of(pieces, terms.vocabulary), length_of(pieces)
    score = sum(_beside(terms, left, right, terms.main[column]) for left, right in pairwise(key))
    spans = terms.learned.spans.get(column)
    if spans is not None and spans.times(key, own.get(column)) > 0:
        score += weights.KNOWN_SPAN * len(key) * spans.nearness(key)
    width = terms.widths[column]
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


def _beside(terms: Terms, left: str, right: str, main: bool) -> float:
    if is_twice(left, right):
        return weights.TWICE
    strange = 0.0 if main else weights.STRANGE_BESIDE
    return weights.FOLLOWS_BESIDE if terms.vocabulary.follows(left, right) else strange
