"""Layout of one page, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.layout.columns import Placed, find_columns
from pipeline.layout.furniture import at_paper_edge, set_apart
from pipeline.layout.lines import Row, find_rows
from pipeline.layout.margins import Margins, find_margins, of_column, set_lines, without_gap
from pipeline.layout.stains import without_stains
from pipeline.layout.straighten import LevelPage, Spot, straighten
from pipeline.layout.tables import find_tables, to_grid
from pipeline.layout.tables.lattice import Lattice
from pipeline.types import Block, Line, PageLayout, PageText


def lay_out(page: PageText) -> PageLayout:
    """Words and rules of a page → its lines and tables in reading order, furniture apart.

    Pure: the same words in any order give the same layout.
    """
    level = straighten(page)
    lattices = find_tables(level)
    loose = [spot for spot in level.spots if not any(lattice.holds(spot) for lattice in lattices)]
    marks: list[Spot] = []
    body: list[Spot] = []
    for spot in loose:
        (marks if at_paper_edge(spot, level.width, level.height) else body).append(spot)
    rows = find_rows(body)
    margins = find_margins(rows, level.width, [lattice.box for lattice in lattices])
    text, strays = set_apart(rows, margins, level.width, level.height)
    text, stains = without_stains(text)
    blocks = _blocks(text, lattices, level, margins)
    furniture = tuple(_plain_line(row) for row in [*strays, *find_rows(marks), *stains])
    return PageLayout(
        page.number,
        page.width,
        page.height,
        tuple(blocks),
        furniture,
        page.origin,
        page.reason,
        page.prepared,
        page.ink,
    )


def _blocks(
    rows: Sequence[Row], lattices: Sequence[Lattice], level: LevelPage, margins: Margins
) -> list[Block]:
    """Text between the tables, each stretch with its own columns, and the tables."""
    blocks: list[Block] = []
    above: float | None = None
    rest = list(rows)
    for lattice in sorted(lattices, key=lambda lattice: lattice.box.top):
        middle = lattice.box.centre[1]
        before = [row for row in rest if row.middle < middle]
        rest = [row for row in rest if row.middle >= middle]
        blocks += _text(before, margins, above)
        blocks.append(to_grid(lattice, level))
        above = lattice.box.bottom
    return blocks + _text(rest, margins, above)


def _text(rows: Sequence[Row], margins: Margins, above: float | None) -> list[Line]:
    placed = find_columns(sorted(rows, key=lambda row: (row.middle, row.box.x0)), margins)
    lines: list[Line] = []
    for (column, region), members in groupby(placed, key=lambda p: (p.column, p.region)):
        part = [member.row for member in members]
        lines += _column_lines(part, Placed(part[0], column, region), margins, above)
        above = part[-1].middle + part[-1].height / 2
    return lines


def _column_lines(rows: Sequence[Row], placed: Placed, margins: Margins, above: float | None) -> list[Line]:
    if placed.region is None:
        return set_lines(rows, placed.column, margins, above)
    lines = set_lines(rows, placed.column, of_column(rows), above)
    return without_gap(lines) if placed.column == "right" else lines


def _plain_line(row: Row) -> Line:
    return Line(tuple(spot.word for spot in row.spots))
