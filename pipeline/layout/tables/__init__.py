"""Tables: rules → strokes → lattices → cells → words in cells; without rules, white tells columns.

    join_strokes ─▶ meeting strokes ─▶ Lattice (edges, walls, cells) ─▶ Grid (lines in cells)

One way for lines drawn in a PDF, which are exact, and for lines seen on a scan, which are
broken, doubled, slightly bent and not quite level.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.geometry import Box
from pipeline.layout.lines import find_rows
from pipeline.layout.margins import Margins, of_column, set_lines
from pipeline.layout.straighten import LevelPage, Spot, text_height
from pipeline.layout.tables.half_ruled import half_ruled
from pipeline.layout.tables.lattice import Lattice, Region, build_lattice
from pipeline.layout.tables.open_columns import open_columns
from pipeline.layout.tables.strokes import join_strokes, meeting
from pipeline.types import Grid, GridCell, Line

__all__ = ["find_tables", "to_grid"]


def find_tables(level: LevelPage) -> list[Lattice]:
    """The tables of a page from top to bottom, ruled, half ruled or set in columns without lines.

    An underline meets no other rule, a box round a title has one cell, a frame round the
    page one too: none of them has two rows and two columns of closed cells.
    """
    height = text_height(level.spots)
    across = join_strokes(level.rules, horizontal=True, height=height)
    down = join_strokes(level.rules, horizontal=False, height=height)
    found = [build_lattice(hs, vs, height) for hs, vs in meeting(across, down, height)]
    tables = [lattice for lattice in found if lattice is not None and _is_table(lattice, level)]
    outer = [t for t in tables if not any(t is not o and o.around(t) for o in tables)]
    outer += half_ruled(across, level.spots, height, [table.box for table in outer])
    outer += open_columns(level.spots, height, [table.box for table in outer])
    return sorted(outer, key=lambda lattice: (lattice.box.top, lattice.box.x0))


def _is_table(lattice: Lattice, level: LevelPage) -> bool:
    """At least two rows and two columns, or one row of three (the rest of a table cut by the page)."""
    if lattice.columns < 2 or lattice.rows * lattice.columns < 3 or len(lattice.regions) < 3:
        return False
    filled = {lattice.region_of(spot.box.centre) for spot in level.spots}
    return len(filled - {None}) >= 2


def to_grid(lattice: Lattice, level: LevelPage) -> Grid:
    """The table with its words: each goes to the cell its middle lies in."""
    words: dict[Region, list[Spot]] = {region: [] for region in lattice.regions}
    for spot in level.spots:
        region = lattice.region_of(spot.box.centre)
        if region is not None:
            words[region].append(spot)
    cells = tuple(
        GridCell(
            region.row,
            region.column,
            region.row_span,
            region.column_span,
            _cell_lines(words[region], lattice.cell_box(region)),
            level.on_page(lattice.cell_box(region)),
        )
        for region in lattice.regions
    )
    edges = tuple(round(edge.mean, 1) for edge in lattice.xs)
    page = level.spots[0].word.page if level.spots else 1
    return Grid(lattice.rows, lattice.columns, cells, page, level.on_page(lattice.box), lattice.closed, edges)


def _cell_lines(spots: Sequence[Spot], cell: Box) -> tuple[Line, ...]:
    """The printed lines of one cell; how they stand is measured against the cell's own text."""
    rows = find_rows(spots)
    if not rows:
        return ()
    own = of_column(rows)
    centred = abs(own.centre - (cell.x0 + cell.x1) / 2) < own.em
    margins = Margins(cell.x0, cell.x1, own.height, own.em) if centred else own
    return tuple(set_lines(rows, "full", margins, None))
