"""The national motto in a row of the letterhead, and the row parted at it."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.layout.lines import Row
from pipeline.rules import load_rules

SIMILAR = 80


def split_at_motto(row: Row) -> list[Row]:
    """The issuer's part and the motto's part of a row that holds both, by the motto's words."""
    at = _motto_at(row)
    return list(row.split(at)) if at else [row]


def _motto_at(row: Row) -> int | None:
    """The number of the word at which the motto begins; null where the row has none."""
    if len(row.spots) < 4:
        return None
    text = fold(row.text)
    for phrase in load_rules("layout")["motto"]:
        wanted = fold(phrase)
        if len(text) < 0.8 * len(wanted):
            continue
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=SIMILAR)
        if found is not None and found.dest_end - found.dest_start > 0.7 * len(wanted):
            return _word_at(row, found.dest_start)
    return None


def _word_at(row: Row, position: int) -> int:
    """Number of the word that begins nearest to `position` of the row's text."""
    starts = [0]
    for spot in row.spots[:-1]:
        starts.append(starts[-1] + len(spot.word.text) + 1)
    return min(range(len(starts)), key=lambda i: abs(starts[i] - position))


def is_motto(row: Row) -> bool:
    """Whether the row begins with the motto."""
    return _motto_at(row) == 0
