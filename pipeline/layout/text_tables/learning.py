"""What a cut of the lines teaches for the next one: words, cells that recur, widths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from pipeline.layout.text_tables.body import Body, Cut, key_of, rows_of, spans_of
from pipeline.layout.text_tables.evidence import Learned, is_main
from pipeline.layout.text_tables.pieces import length_of
from pipeline.layout.text_tables.recurring import Key, Recurring
from pipeline.layout.text_tables.vocabulary import Vocabulary

_FEW_LINES = 3
_TOO_FEW = 3
"""With fewer rows nothing can recur, and a mistake would only confirm itself."""


def first_widths(body: Body) -> dict[int, float]:
    """The main column's width before anything is known: what stands left of the next capital or `%`."""
    lengths: list[int] = []
    for line in range(len(body.lines)):
        pieces = body.pieces(line)
        ends = (at for at in range(1, len(pieces)) if pieces[at].opens or pieces[at].shape == "%")
        end = next(ends, None)
        if end is not None:
            lengths.append(length_of(pieces[:end]))
    main = next((c for c, role in enumerate(body.roles) if is_main(role)), None)
    return {main: float(median(lengths))} if main is not None and len(lengths) > _FEW_LINES else {}


def learn(body: Body, vocabulary: Vocabulary, cuts: Sequence[Cut]) -> Learned:
    """What the cut shows of words, cells and widths; nothing where it has too few rows."""
    spans: dict[int, Counter[Key]] = {}
    cells: dict[int, Counter[Key]] = {}
    lengths: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    cell_at: dict[tuple[int, int], Key] = {}
    rows = [row for row in rows_of(cuts) if row[0].kind == "row"]
    if len(rows) < _TOO_FEW:
        return Learned()
    for row in rows:
        whole: dict[int, Key] = {}
        last: dict[int, int] = {}
        for cut in row:
            for column, pieces in spans_of(body.pieces(cut.line), cut.columns):
                key = key_of(pieces, vocabulary)
                spans.setdefault(column, Counter())[key] += 1
                if column in last:
                    # The last line of a cell may be short: only one that goes on fills its column.
                    lengths.setdefault(column, []).append(last[column])
                last[column] = length_of(pieces)
                whole[column] = (*whole.get(column, ()), *key)
        for column, key in whole.items():
            ends.setdefault(column, []).append(last[column])
            cells.setdefault(column, Counter())[key] += 1
            cell_at.update({(cut.line, column): key for cut in row})
    gathered = {c: Recurring(found) for c, found in cells.items()}
    words = {c: _word_weights(found, gathered[c]) for c, found in cells.items()}
    return Learned(
        words=words,
        sizes={c: sum(weights.values()) for c, weights in words.items()},
        spans={c: Recurring(found) for c, found in spans.items()},
        cells=gathered,
        widths={c: _width(lengths[c] if len(lengths.get(c, ())) > 2 else found) for c, found in ends.items()},
        filled=frozenset(c for c, found in gathered.items() if found.total > 0.5 * len(rows) > 1),
        repeating=frozenset(c for c, found in gathered.items() if found.share > 0.5),
        lines={cut.line: cut.columns for cut in cuts if cut.kind == "row"},
        cell_at=cell_at,
    )


def _width(lengths: Sequence[int]) -> float:
    """A column's width in letters, by the lines that fill it."""
    return float(median(lengths))


def _word_weights(cells: Counter[Key], gathered: Recurring) -> dict[str, float]:
    """How strongly words stand for a column. A cell that recurs tells less with each time."""
    seen = {(gathered.family(key), gathered.times(key), word) for key in cells for word in key}
    weights: dict[str, float] = {}
    for _, times, word in sorted(seen):
        weights[word] = weights.get(word, 0.0) + times**0.5
    return weights
