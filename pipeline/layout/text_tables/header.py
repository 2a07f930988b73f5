"""The header of a table in plain text: its columns in order, each with its words.

An engine that does not see the table gives the names of the columns one below the other,
or line by line across all of them ("Thời / Đơn vị gian Dự kiến / chủ trì thực hiện sản phẩm").
The names are known (rules), so each is looked for as a row of words that goes on to the right
in the same line or in one of the next lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.layout.text_tables.header_order import (
    is_year,
    merged_names,
    ordered_names,
    settled_roles,
    year_column,
)
from pipeline.layout.text_tables.names import (
    LIKE_BELOW,
    Match,
    Spot,
    is_number_name,
    matches_in,
    odd,
    orderly,
    shapes_of,
)
from pipeline.layout.text_tables.pieces import Piece, TextLine, likeness
from pipeline.rules import load_rules
from pipeline.syllables import judge
from pipeline.types import Word

ABOVE = 6
BELOW = 14
"""Lines of a header above and below the one with the name of the number column."""
_LEAST_COLUMNS = 3
_TRIED = 3
"""How many of the best extents of a header are looked at closely."""
_ITEM = re.compile(r"[-–+•]\s|.*:\s*\S.{12,}")
"""An item or a labelled field: its words may be a column's name, but it is none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds (a role of columns.yaml) and the words of its name, line by line."""

    role: str
    name: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns from left to right, `lines` lines of header, and stray marks between the names."""

    columns: tuple[Column, ...]
    lines: int
    strays: tuple[Word, ...]


def opens_header(line: TextLine) -> bool:
    """Whether the line begins with the name of the number column (STT), in whatever line of the header."""
    return bool(line.pieces) and any(is_number_name(line.pieces, count) for count in (1, 2, 3))


def find_header(lines: Sequence[TextLine], at: int) -> tuple[int, Header] | None:
    """The header that holds `lines[at]`, the line with STT, and the index of its first line.

    Null where too few names are found: a list of officials, a sum, a form.
    """
    first, last = _bounds(lines, at)
    grid = [line.pieces for line in lines[first:last]]
    found = sorted(matches_in(grid, at - first), key=lambda match: (-match.worth, match.spots))
    rough = [
        _chosen(grid, found, (start, end), usual)
        for start in range(at - first + 1)
        for end in range(at - first + 1, last - first + 1)
        for usual in (True, False)
    ]
    close = sorted(rough, key=lambda choice: -choice.worth)[:_TRIED]
    best = max((_improved(grid, found, choice) for choice in close), key=lambda choice: choice.worth)
    if len(best.matches) < _LEAST_COLUMNS:
        return None
    start, end = best.rows[0], _with_year(lines, first + best.rows[1], last) - first
    return first + start, _header(grid, lines[first + start : first + end], start, best.matches)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Names that could be the header of the rows from the first to before the last of `rows`."""

    rows: tuple[int, int]
    usual: bool
    matches: tuple[Match, ...]
    worth: float


def _chosen(
    grid: Sequence[Sequence[Piece]],
    found: Sequence[Match],
    rows: tuple[int, int],
    usual: bool,
    without: Sequence[Match] = (),
) -> _Choice:
    start, end = rows
    inside = (
        match
        for match in found
        if start <= match.top and match.bottom < end and not any(map(match.goes_as_far, without))
    )
    chosen = tuple(_choose(inside, usual))
    worth = _worth(chosen, usual) - _unmatched(grid, start, end, chosen)
    return _Choice(rows, usual, chosen, worth)


def _improved(grid: Sequence[Sequence[Piece]], found: Sequence[Match], choice: _Choice) -> _Choice:
    """Taking the best name first may go astray: one name, or two, are left out as long as that helps."""
    without: tuple[Match, ...] = ()
    while True:
        single = list(_trials(grid, found, choice, without))
        double = [trial for one, left_out in single for trial in _trials(grid, found, one, left_out)]
        best = max((*single, *double), key=lambda trial: trial[0].worth, default=None)
        if best is None or best[0].worth <= choice.worth + 1e-9:
            return choice
        choice, without = best


def _trials(
    grid: Sequence[Sequence[Piece]], found: Sequence[Match], choice: _Choice, without: tuple[Match, ...]
) -> Iterator[tuple[_Choice, tuple[Match, ...]]]:
    """The choice without one of its names each, and what then is left out in all."""
    for match in choice.matches:
        if match.role != "number":
            left_out = (*without, match)
            yield _chosen(grid, found, choice.rows, choice.usual, left_out), left_out


def _with_year(lines: Sequence[TextLine], end: int, last: int) -> int:
    """A line with nothing but a year below "Kế hoạch năm" belongs to the header."""
    while end < last and all(map(is_year, lines[end].pieces)):
        end += 1
    return end


def _bounds(lines: Sequence[TextLine], at: int) -> tuple[int, int]:
    """The lines around `at`, on its page, that may belong to a header."""

    def may(line: TextLine) -> bool:
        return line.page == lines[at].page and not _ITEM.match(line.line.text)

    first = at
    while first > max(0, at - ABOVE) and may(lines[first - 1]) and not _is_title(lines[first - 1]):
        first -= 1
    last = at + 1
    while last < min(len(lines), at + BELOW) and may(lines[last]) and not _opens_row(lines[last]):
        last += 1
    return first, last


def _opens_row(line: TextLine) -> bool:
    first = line.pieces[0].text.strip(".)") if line.pieces else ""
    return opens_header(line) or (len(line.pieces) > 1 and first in ("1", "01", "I"))


def _is_title(line: TextLine) -> bool:
    """The heading of an appendix or its caption, above a header."""
    text = line.line.text
    return text.startswith("(") or (text.isupper() and len(line.pieces) > 2) or ends_table(line)


def _worth(chosen: Sequence[Match], usual: bool) -> float:
    """Two columns of one meaning are rare, but for those who act and for names and figures."""
    roles = [match.role for match in chosen]
    doubled = len(roles) - len(set(roles))
    return sum(match.worth for match in chosen) - 0.5 * doubled + (0.6 if usual else 0.0)


def _unmatched(grid: Sequence[Sequence[Piece]], start: int, end: int, chosen: Sequence[Match]) -> float:
    used = {spot for match in chosen for spot in match.spots}
    return sum(
        0.55 if judge(piece.text) or len(piece.shape) > 2 else 0.15
        for row in range(start, end)
        for at, piece in enumerate(grid[row])
        if (row, at) not in used
    )


def _choose(found: Iterable[Match], usual: bool) -> list[Match]:
    """Of names sorted by worth those that share no word and keep one order in every line.

    With `usual` the work or the indicator has to stand left of all columns but the number.
    """
    chosen: list[Match] = []
    used: set[Spot] = set()
    for match in found:
        if used.isdisjoint(match.spots) and all(
            orderly(match, other) and not (usual and odd(match, other)) for other in chosen
        ):
            chosen.append(match)
            used.update(match.spots)
    return chosen


# ── their order ───────────────────────────────────────────────────────────


def _header(
    grid: Sequence[Sequence[Piece]], lines: Sequence[TextLine], start: int, chosen: Sequence[Match]
) -> Header:
    ordered = merged_names(ordered_names(chosen))
    owner = {spot: index for index, match in enumerate(ordered) for spot in match.spots}
    names: list[list[list[Word]]] = [[[] for _ in lines] for _ in ordered]
    strays: list[Word] = []
    last = 0
    for row, line in enumerate(lines):
        for at, piece in enumerate(line.pieces):
            last = owner.get((start + row, at), year_column(names, last) if is_year(piece) else last)
            known = (start + row, at) in owner or judge(piece.text) is True or piece.text.isdecimal()
            (names[last][row] if known else strays).append(piece.word)
    columns = tuple(
        Column(role, tuple(tuple(words) for words in name if words))
        for role, name in zip(settled_roles(ordered, names), names, strict=True)
    )
    return Header(columns, len(lines), tuple(strays))


def ends_table(line: TextLine) -> bool:
    """Whether the line belongs to what follows a table: another appendix, a caption, the closing block."""
    opening = [piece.shape for piece in line.pieces[:4]]
    return any(
        len(opening) >= len(words)
        and all(likeness(word, held) >= LIKE_BELOW for word, held in zip(words, opening, strict=False))
        for words in _endings()
    )


@cache
def _endings() -> tuple[tuple[str, ...], ...]:
    return tuple(shapes_of(wording) for wording in load_rules("text_tables")["ends"])
