"""The national motto in a row of the letterhead, the row parted at it, and what goes on below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.layout.lines import Row
from pipeline.rules import load_rules

SIMILAR = 80
_REACH = 12.0
"""A letterhead is so many heights of its lines high."""
_SAME_EDGE, _TOUCHING = 0.35, 0.45
"""In ems: lines of one column set flush left begin as near to each other; the least gap between columns."""
_LINES_ABOVE = 4
_DATE_HEAD = re.compile(r"\bngay\b(?:(?!\bnam \d{4}).)*$")
"""A line with a day and no year."""
_DATE_TAIL = re.compile(r"(?:thang )?(?:\d{1,2} )?(?:nam )?(?:\d{4}|\d{1,2} nam \d{4})\W*")
_CAPITALS = 0.6
"""Share of capitals in a line set in capitals, some misread; the same words in a sentence have few."""


def split_at_motto(row: Row) -> list[Row]:
    """The issuer's part and the motto's part of a row that holds both, by the motto's words."""
    at = _motto_at(row)
    return list(row.split(at)) if at else [row]


def split_at_tails(rows: Sequence[Row], em: float) -> list[Row]:
    """The rows with lines of the right column parted from the issuer's where they ran over their width.

    `em` is the size of the type in points. Such a line is the rest of the motto or of the date, and is
    short: no gap beside it tells, but it stands below the motto.
    """
    parted: list[Row] = []
    mottos: list[Row] = []
    for row in rows:
        if is_motto(row):
            mottos.append(row)
        above = _near(row, mottos)
        at = None if above is None or row is above else _tail_at(row, above, parted, em)
        parted += row.split(at) if at else [row]
    return parted


def is_tail(row: Row, rows: Sequence[Row], em: float) -> bool:
    """Whether the row goes on with the motto or the date among `rows`, which stand above it."""
    mottos = [other for other in rows if is_motto(other)]
    return any(_tail_at(row, motto, rows, em) == 0 for motto in mottos)


def _near(row: Row, mottos: Sequence[Row]) -> Row | None:
    """The first motto that stands so near above `row` that one letterhead holds both."""
    return next((motto for motto in mottos if row.middle - motto.middle < _REACH * motto.height), None)


def _tail_at(row: Row, motto: Row, above: Sequence[Row], em: float) -> int | None:
    """Number of the first word below the motto, if that and the rest are the tail of a line above."""
    at = next((i for i, spot in enumerate(row.spots) if spot.box.x0 > motto.box.x0 - em), None)
    if at is None:
        return None
    least = _TOUCHING if abs(row.spots[at].box.x0 - motto.box.x0) < _SAME_EDGE * em else 1.0
    if at and row.gaps()[at - 1] < least * em:
        return None
    text = fold(" ".join(spot.word.text for spot in row.spots[at:]))
    lines = [fold(other.text) for other in above[-_LINES_ABOVE:]]
    dated = _DATE_TAIL.fullmatch(text) and any(_DATE_HEAD.search(line) for line in lines)
    return at if dated or any(_parts_of_motto(line, text) for line in lines) else None


def _parts_of_motto(head: str, tail: str) -> bool:
    """Whether the motto was set in two lines: `head` its greater part, `tail` the rest."""
    wanted = [fold(phrase) for phrase in load_rules("layout")["motto"]]
    return any(
        phrase.endswith(tail) and fuzz.ratio(f"{head[-len(phrase) :]} {tail}", phrase) >= SIMILAR
        for phrase in wanted
        if len(tail) < len(head)
    )


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
            at = _word_at(row, found.dest_start)
            if not phrase.isupper() or _in_capitals(row.split(at)[1] if at else row):
                return at
    return None


def _in_capitals(row: Row) -> bool:
    letters = [letter for letter in row.text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _CAPITALS * len(letters)


def _word_at(row: Row, position: int) -> int:
    """Number of the word that begins nearest to `position` of the row's text."""
    starts = [0]
    for spot in row.spots[:-1]:
        starts.append(starts[-1] + len(spot.word.text) + 1)
    return min(range(len(starts)), key=lambda i: abs(starts[i] - position))


def is_motto(row: Row) -> bool:
    """Whether the row begins with the motto."""
    return _motto_at(row) == 0
