"""How well a word fits a column: by the column's meaning, and by what stands in it elsewhere.

All figures are natural logarithms of shares, so that they add up over the words of a line.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.folding import fold_wording
from pipeline.layout.text_tables.pieces import Piece, TextLine, alike, shape
from pipeline.layout.text_tables.recurring import Key, Recurring
from pipeline.layout.text_tables.vocabulary import Vocabulary
from pipeline.rules import load_rules

Assignment = tuple[int, ...]
"""The column of each piece of a line, never falling."""

_OPEN = {"title": 1.2, "name": 1.2, "product": 0.3, "note": -0.3, "other": 0.0, "lead": -0.6, "support": -0.6,
         "deadline": -0.8, "start": -0.8, "end": -0.8, "target": -1.0, "unit": -1.2}  # fmt: skip
"""How readily a column takes a word that tells nothing."""
_SIGN, _SMALL_SIGN, _PRINTED_YEAR = 1.8, 1.2, 2.8
_FIGURE = {
    "target": 3.0,
    "deadline": 0.8,
    "start": 1.5,
    "end": 1.5,
    "unit": -1.0,
    "lead": -1.0,
    "support": -1.0,
}
_PERCENT = {"unit": 4.0, "target": 1.0}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RECURRING = -1.5
"""For the main column, where the words recur at the ends of lines."""
_PRIOR = 2.0
"""How many sightings the meaning of a column is worth."""
_SIGHTINGS, _SMALL_COLUMN = 6.0, 5.0
_FEWEST = 3
_LONGEST_TAIL = 8


@dataclass(frozen=True, slots=True)
class Learned:
    """What an earlier round found: words, pieces of cells and whole cells by column, and widths."""

    words: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    sizes: Mapping[int, float] = field(default_factory=dict)
    """All weights of a column's words together."""
    spans: Mapping[int, Recurring] = field(default_factory=dict)
    cells: Mapping[int, Recurring] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    filled: frozenset[int] = frozenset()
    """Columns that hold something in most rows."""
    repeating: frozenset[int] = frozenset()
    """Columns in which most cells are the same as another."""
    lines: Mapping[int, Assignment] = field(default_factory=dict)
    cell_at: Mapping[tuple[int, int], Key] = field(default_factory=dict)
    """The whole cell that a line had a part in, by line and column."""


def recurring_tails(lines: Sequence[TextLine], vocabulary: Vocabulary) -> list[int]:
    """For each line how many of its last words recur, in this order, at the ends of other lines."""
    keys = [tuple(vocabulary.of(piece.shape) for piece in line.pieces) for line in lines]
    seen = Counter(key[-count:] for key in keys for count in range(1, min(_LONGEST_TAIL, len(key)) + 1))
    return [
        max(
            (count for count in range(1, min(_LONGEST_TAIL, len(key)) + 1) if seen[key[-count:]] >= _FEWEST),
            default=0,
        )
        for key in keys
    ]


def fitness(
    roles: Sequence[str],
    piece: Piece,
    leader: str,
    recurs: bool,
    learned: Learned,
    clean: bool,
    own: int | None,
) -> list[float]:
    """For each column the logarithm of the share that it has in this word.

    `clean` says that the text can be taken at its word; `own` is the column of the word in the last
    round: it is no evidence for itself.
    """
    prior = _prior(roles, piece, recurs, clean)
    counts = [learned.words[c].get(leader, 0.0) if c in learned.words else 0.0 for c in range(len(roles))]
    if own is not None:
        counts[own] = max(0.0, counts[own] - 1.0)
    # A word counts by its share in the column: a wordy column holds every word now and then.
    rates = [count / (learned.sizes.get(c, 0.0) + _SMALL_COLUMN) for c, count in enumerate(counts)]
    sightings = min(_SIGHTINGS, sum(counts))
    seen = [sightings * rate / sum(rates) if sightings else 0.0 for rate in rates]
    total = sightings + _PRIOR
    return [math.log((count + _PRIOR * share) / total) for count, share in zip(seen, prior, strict=True)]


def _prior(roles: Sequence[str], piece: Piece, recurs: bool, clean: bool) -> list[float]:
    scores = [
        _meaning(role, piece, clean) + (_RECURRING if recurs and is_main(role) else 0.0) for role in roles
    ]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    return [weight / sum(weights) for weight in weights]


def is_main(role: str) -> bool:
    """The column of the work or the indicator, which takes any words."""
    return role in ("title", "name")


def _meaning(role: str, piece: Piece, clean: bool) -> float:
    score = _OPEN.get(role, 0.0)
    if "%" in piece.shape and not piece.figure:
        return score + _PERCENT.get(role, 0.0)
    if piece.figure and role == "deadline" and _YEAR.search(piece.text):
        return score + _PRINTED_YEAR
    if piece.figure:
        return score + _FIGURE.get(role, 0.0)
    if not piece.shape:
        return score
    if not _is_sign(role, piece.shape, clean):
        return score
    return score + (_SMALL_SIGN if piece.goes_on and role in ("lead", "support", "product") else _SIGN)


@cache
def _signs() -> dict[str, frozenset[str]]:
    units = load_rules("units")
    lists = ("bodies", "organisations", "posts", "plural", "levels", "shared_complements")
    actors = _words([name for key in lists for name in units[key]])
    signs = {role: _words(words) for role, words in load_rules("text_tables")["signs"].items()}
    return {**signs, "lead": actors, "support": actors, "start": signs["deadline"], "end": signs["deadline"]}


def _words(wordings: Sequence[object]) -> frozenset[str]:
    return frozenset(
        word for wording in wordings for word in map(shape, fold_wording(str(wording)).split()) if word
    )


@cache
def _is_sign(role: str, shaped: str, clean: bool) -> bool:
    signs = _signs().get(role, frozenset())
    return shaped in signs or (not clean and len(shaped) > 3 and any(alike(shaped, sign) for sign in signs))
