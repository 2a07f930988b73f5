"""Tables in plain text: pages of lines → pages of lines and grids.

    cells kept apart (tabs, strokes, frames) ─▶ exact grids
    else: header (names of columns) ─▶ lines of the table ─▶ row numbers ─▶ lines × columns ─▶ grids

For what an old OCR left of a table: no boxes, cells run into each other line by line. What cannot
be read keeps its words, with a confidence that says so. Where no table is found nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.layout.text_tables.body import Body, Cut, spans_of
from pipeline.layout.text_tables.grids import to_grids
from pipeline.layout.text_tables.header import Header, ends_table, find_header, opens_header
from pipeline.layout.text_tables.numbers import find_numbers
from pipeline.layout.text_tables.pieces import TextLine, in_pieces, parted
from pipeline.layout.text_tables.search import cut_body
from pipeline.layout.text_tables.separated import find_separated
from pipeline.layout.text_tables.vocabulary import Vocabulary
from pipeline.types import Block, Grid, Line, PageLayout, Word

__all__ = ["grids_in_text"]

_SECTION = re.compile(r"(?:PHẦN|CHƯƠNG|MỤC)\s+[IVX\d]+\b|[IVX]{1,4}[.)]\s+\S")
_SPACED = 0.5
"""Share of the lines with broad spaces from which on these part the columns."""


def grids_in_text(pages: Sequence[PageLayout]) -> tuple[PageLayout, ...]:
    """The pages with the tables that their lines hold as grids, in their place.

    Strokes and other remains of ruling go to the furniture, and so do a transcript's own marks.
    """
    separated = [_with_separated(page) for page in pages]
    flow = [(index, block) for index, page in enumerate(separated) for block in page.blocks]
    found = list(_tables(flow))
    return (
        tuple(_with_grids(page, index, found) for index, page in enumerate(separated))
        if found
        else tuple(separated)
    )


# ── cells that the text keeps apart ───────────────────────────────────────


def _with_separated(page: PageLayout) -> PageLayout:
    lines = [block for block in page.blocks if isinstance(block, Line)]
    if len(lines) < len(page.blocks):
        return page
    tables = find_separated(lines)
    if not tables:
        return page
    blocks: list[Block] = []
    at = 0
    for table in tables:
        blocks += [*lines[at : table.start], table.grid]
        at = table.end
    marks = tuple(Line((word,)) for table in tables for word in table.marks)
    return replace(page, blocks=(*blocks, *lines[at:]), furniture=(*page.furniture, *marks))


# ── cells that run into each other ────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Found:
    """A table's lines, and its grid on each page by the page's index."""

    lines: tuple[TextLine, ...]
    grids: dict[int, Grid]
    strays: tuple[Word, ...]
    """Marks between the names of the columns that belong to none."""


def _tables(flow: Sequence[tuple[int, Block]]) -> Iterator[_Found]:
    """The tables in stretches of lines between grids."""
    stretches: list[list[TextLine]] = [[]]
    for page, block in flow:
        if isinstance(block, Line):
            stretches[-1].append(in_pieces(block, page))
        else:
            stretches.append([])
    every = [line for stretch in stretches for line in stretch]
    for lines in stretches:
        for header, start, end in _regions(lines):
            inside = {id(line) for line in lines[start:end]}
            prose = [line for line in every if id(line) not in inside]
            vocabulary = Vocabulary(map(_texts, every), map(_texts, prose))
            rows = [parted(line, vocabulary.parts) for line in lines[start + header.lines : end]]
            body = _body(header, rows)
            cuts = cut_body(body, vocabulary)
            if _is_table(body, cuts):
                yield _Found(tuple(lines[start:end]), to_grids(header, body, cuts, vocabulary), header.strays)


def _texts(line: TextLine) -> list[str]:
    return [piece.text for piece in line.pieces]


def _regions(lines: Sequence[TextLine]) -> Iterator[tuple[Header, int, int]]:
    """(header, first line of the header, end of the table) for each table."""
    headers: list[tuple[int, Header]] = []
    after = 0
    for at, line in enumerate(lines):
        if at >= after and opens_header(line):
            found = find_header(lines, at)
            if found is not None and found[0] >= after:
                headers.append(found)
                after = found[0] + found[1].lines
    bounds = [*(start for start, _ in headers), len(lines)]
    for (start, header), limit in zip(headers, bounds[1:], strict=True):
        first = start + header.lines
        end = next((at for at in range(first, limit) if _ends(lines[at])), limit)
        if end > first:
            yield header, start, end


def _ends(line: TextLine) -> bool:
    return ends_table(line) or bool(_SECTION.match(line.line.text))


def _body(header: Header, lines: Sequence[TextLine]) -> Body:
    held = tuple(line for line in lines if line.pieces)
    wide = sum(any(piece.wide for piece in line.pieces) for line in held)
    roles = tuple(column.role for column in header.columns[1:])
    return Body(held, roles, find_numbers(held), spaced=wide > _SPACED * len(held))


def _is_table(body: Body, cuts: Sequence[Cut]) -> bool:
    """Some row has something in two of its columns; else the header was a chance."""
    columns = {
        column
        for cut in cuts
        if cut.kind == "row"
        for column, _ in spans_of(body.pieces(cut.line), cut.columns)
    }
    return len(columns) > 1 and (bool(body.numbers) or len(body.roles) > 2)


# ── back on the pages ─────────────────────────────────────────────────────


def _with_grids(page: PageLayout, index: int, found: Sequence[_Found]) -> PageLayout:
    """The page with the lines of each table replaced by its grid."""
    blocks = list(page.blocks)
    strokes: list[Line] = []
    for table in found:
        taken = {id(line.line) for line in table.lines}
        places = [at for at, block in enumerate(blocks) if id(block) in taken]
        if places:
            grid = table.grids.get(index)
            blocks[places[0] : places[-1] + 1] = [grid] if grid is not None else []
            strokes += [Line(line.strokes) for line in table.lines if line.page == index and line.strokes]
            if table.strays and table.lines[0].page == index:
                strokes.append(Line(table.strays))
    return replace(page, blocks=tuple(blocks), furniture=(*page.furniture, *strokes))
