"""Pages → one manuscript: broken lines joined, tables that run over pages made one.

repeated headers out ─▶ page by page: lines → paragraphs (a page end is no end) ─▶ tables joined
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from pipeline.assemble.continued_tables import continues, join_grids, to_table
from pipeline.assemble.paragraphs import Measure, join_lines, measure, starts
from pipeline.assemble.repeated import without_repeated
from pipeline.folding import fold
from pipeline.types import Grid, Line, Manuscript, PageFacts, PageLayout, Paragraph, Table

__all__ = ["assemble"]


def assemble(pages: Sequence[PageLayout]) -> Manuscript:
    """One reading order over all pages.

    A line that begins a page goes on with the paragraph above it unless it looks like a
    start; a table at the head of a page goes on with the one at the foot of the page before.
    """
    cleaned = without_repeated(pages)
    usual = measure(cleaned)
    blocks: list[Paragraph | Table] = []
    for group in _groups(cleaned):
        if isinstance(group[0], Grid):
            blocks.append(to_table(join_grids([grid for grid in group if isinstance(grid, Grid)])))
        else:
            blocks += _paragraphs([line for line in group if isinstance(line, Line)], usual)
    return Manuscript(tuple(blocks), tuple(_facts(page) for page in pages))


def _groups(pages: Sequence[PageLayout]) -> Iterator[list[Line | Grid]]:
    """Lines with nothing but a page end between them, and grids that are one table."""
    group: list[Line | Grid] = []
    page_of_last = -1
    for index, page in enumerate(pages):
        for block in page.blocks:
            last = group[-1] if group else None
            if isinstance(block, Grid):
                next_page = index == page_of_last + 1
                joins = isinstance(last, Grid) and next_page and continues(last, block)
            else:
                joins = isinstance(last, Line)
            if group and not joins:
                yield group
                group = []
            group.append(block)
            page_of_last = index
    if group:
        yield group


def _paragraphs(lines: Sequence[Line], usual: Measure) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    current: list[Line] = []
    for line in lines:
        if current and starts(line, current, usual):
            paragraphs.append(join_lines(current))
            current = []
        current.append(line)
    return [*paragraphs, join_lines(current)] if current else paragraphs


def _facts(page: PageLayout) -> PageFacts:
    words = [word.text for block in page.blocks for line in _lines(block) for word in line.words]
    letters = "".join(filter(str.isalnum, fold(" ".join(words))))
    return PageFacts(
        page.number,
        page.width,
        page.height,
        page.origin,
        page.reason,
        page.printed_number,
        len(words),
        hashlib.sha256(letters.encode("utf-8")).hexdigest()[:16],
        page.prepared,
        page.ink,
    )


def _lines(block: Line | Grid) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
    else:
        for cell in block.cells:
            yield from cell.lines
