"""The names of columns, known from the rules, and where the words of a header show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold_wording
from pipeline.layout.text_tables.pieces import Piece, likeness, shape
from pipeline.rules import load_rules
from pipeline.syllables import judge

_LIKE = 0.62
_INWARD = 0.3
"""What it costs that a name at the head of its line goes on inside the next: seldom one column."""
LIKE_BELOW = 0.7
"""How alike a word must be: beside the one before it, and in a line below."""


Spot = tuple[int, int]
"""A word of the header: its line and its place in it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A column's name found in the header: its role, its words from the first to the last, its worth."""

    role: str
    spots: tuple[Spot, ...]
    worth: float

    @property
    def top(self) -> int:
        return self.spots[0][0]

    @property
    def bottom(self) -> int:
        return self.spots[-1][0]

    def goes_as_far(self, other: Match) -> bool:
        """The same column, with as many words or more, up to the same word."""
        same = self.role == other.role and self.spots[-1] == other.spots[-1]
        return same and len(self.spots) >= len(other.spots)


class _Names:
    """The names as a tree of words: `roles` that end here, `after` by the next word's shape."""

    def __init__(self) -> None:
        self.roles: list[str] = []
        self.after: dict[str, _Names] = {}

    def add(self, role: str, words: Sequence[str]) -> None:
        node = self
        for word in words:
            node = node.after.setdefault(word, _Names())
        if role not in node.roles:
            node.roles.append(role)


@cache
def _names() -> _Names:
    rules = load_rules("text_tables")
    names = _Names()
    for role, lists in load_rules("columns")["roles"].items():
        for wording in (*lists.get("within", ()), *lists.get("whole", ())):
            if role == "number":
                continue
            for opening in ("", *rules["openings"].get(role, ())):
                for closing in ("", *rules["closings"].get(role, ())):
                    names.add(role, shapes_of(f"{opening} {wording} {closing}"))
    for wording in rules["measure"]:
        names.add("unit", shapes_of(wording))
    return names


def shapes_of(wording: str) -> tuple[str, ...]:
    """The words of a wording by their shapes."""
    return tuple(word for word in map(shape, fold_wording(str(wording)).split()) if word)


@cache
def _number_names() -> frozenset[tuple[str, ...]]:
    wordings = map(str, load_rules("columns")["roles"]["number"]["whole"])
    # "Số" alone is a word of many names.
    return frozenset(shapes_of(wording) for wording in wordings if judge(wording) is not True)


def is_number_name(pieces: Sequence[Piece], count: int) -> bool:
    """Whether the first `count` pieces are the name of the number column."""
    shapes = tuple(piece.shape for piece in pieces[:count])
    if len(shapes) < count:
        return False
    if count == 1:
        capitals = pieces[0].text.strip(".").isupper()
        return capitals and any(
            len(name) == 1 and likeness(name[0], shapes[0]) >= _LIKE for name in _number_names()
        )
    return shapes in _number_names()


def matches_in(grid: Sequence[Sequence[Piece]], row_of_number: int) -> Iterator[Match]:
    """All names in the lines of `grid`, wherever they stand; `row_of_number` is the line with STT."""
    length = max(count for count in (1, 2, 3) if is_number_name(grid[row_of_number], count))
    number = Match("number", tuple((row_of_number, at) for at in range(length)), 9.0)
    yield number
    for row, pieces in enumerate(grid):
        for at, piece in enumerate(pieces):
            if (row, at) not in number.spots:
                for node, like in _steps(_names(), piece, _LIKE):
                    yield from _grown(grid, node, ((row, at),), like)


def _steps(node: _Names, piece: Piece, least: float) -> Iterator[tuple[_Names, float]]:
    for word, after in node.after.items():
        like = likeness(word, piece.shape)
        if like >= least:
            yield after, like


def _grown(
    grid: Sequence[Sequence[Piece]], node: _Names, spots: tuple[Spot, ...], worth: float
) -> Iterator[Match]:
    for role in node.roles:
        # Whole names beat their parts: a part leaves words over, and each match costs.
        yield Match(role, spots, worth - 0.75)
    row, at = spots[-1]
    if at + 1 < len(grid[row]):
        for after, like in _steps(node, grid[row][at + 1], _LIKE):
            yield from _grown(grid, after, (*spots, (row, at + 1)), worth + like + 0.25)
    for below in range(row + 1, min(row + 3, len(grid))):
        for place, piece in enumerate(grid[below]):
            for after, like in _steps(node, piece, LIKE_BELOW):
                cost = 0.25 * (below - row - 1) + (_INWARD if place and (row, 0) in spots else 0.0)
                yield from _grown(grid, after, (*spots, (below, place)), worth + like - cost)


def orderly(one: Match, other: Match) -> bool:
    """One stands left of the other in every line that they share."""
    sides = {side(one, other, row) for row, _ in one.spots} - {0}
    return len(sides) < 2 and 2 not in sides


def odd(one: Match, other: Match) -> bool:
    """The work or the indicator stands right of another column than the number: rare."""

    def late(left: Match, right: Match) -> bool:
        named = right.role in ("title", "name") and left.role not in ("number", "title", "name")
        return named and any(side(left, right, row) == -1 for row, _ in left.spots)

    return late(one, other) or late(other, one)


def side(one: Match, other: Match, row: int) -> int:
    """-1 left, 1 right, 0 no common line, 2 woven into each other."""
    ours = [at for line, at in one.spots if line == row]
    theirs = [at for line, at in other.spots if line == row]
    if not ours or not theirs:
        return 0
    if max(ours) < min(theirs):
        return -1
    return 1 if min(ours) > max(theirs) else 2
