"""The head and the tail of a document line by line, whatever the blocks they came in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.geometry import Box, union
from pipeline.types import Alignment, Column, Paragraph, Passage, Table

_GAP = re.compile(r"(?<=\S)(?: {5,}|\s*\t\s*)(?=\S)")
_LEFT_COLUMN = 20
"""Letters of a printed line: the right column does not begin before."""
_INDENTED = re.compile(r" {6,}\S")


@dataclass(frozen=True, slots=True)
class Strip:
    """One printed line or one column's part of it; `block` is the index of the block it came from."""

    passage: Passage
    block: int
    column: Column = "full"
    alignment: Alignment = "left"
    bold: bool = False

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def page(self) -> int:
        return self.passage.page or 1

    @property
    def box(self) -> Box | None:
        boxes = [word.box for word in self.passage.words if word.box is not None]
        return union(boxes) if boxes else None

    def part(self, start: int, end: int | None = None, column: Column | None = None) -> Strip:
        """A part of this strip, in another column if the caller found it glued."""
        return replace(self, passage=self.passage.part(start, end), column=column or self.column)


def strips_of(blocks: Sequence[Paragraph | Table], start: int = 0, stop: int | None = None) -> list[Strip]:
    """The lines of `blocks[start:stop]`; the cells of a table set for layout are its columns."""
    end = len(blocks) if stop is None else min(stop, len(blocks))
    found: list[Strip] = []
    for index in range(start, end):
        block = blocks[index]
        found.extend(_of_table(block, index) if isinstance(block, Table) else _of_paragraph(block, index))
    return [strip for strip in found if strip.text]


def is_layout_table(block: Paragraph | Table) -> bool:
    """A table of two columns and few rows: how DOCX sets a letterhead or a signature."""
    return isinstance(block, Table) and block.columns in (2, 3) and block.rows <= 4


def _of_table(table: Table, index: int) -> Iterator[Strip]:
    if not is_layout_table(table):
        return
    for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row)):
        column: Column = "left" if cell.column == 0 else "right"
        for line in cell.lines:
            yield Strip(line, index, column)


def _of_paragraph(paragraph: Paragraph, index: int) -> Iterator[Strip]:
    passages = _printed_lines(paragraph)
    lines = paragraph.lines if len(passages) == len(paragraph.lines) else (None,) * len(passages)
    for passage, line in zip(passages, lines, strict=True):
        printed = line.printed if line is not None else ""
        centred = _INDENTED.match(printed) is not None
        strip = Strip(
            passage, index, paragraph.column, "centre" if centred else paragraph.alignment, paragraph.bold
        )
        cut = _column_gap(passage, printed) if paragraph.column == "full" else None
        if cut is None:
            yield strip
        else:
            yield strip.part(0, cut, "left")
            yield strip.part(cut, None, "right")


def _column_gap(passage: Passage, printed: str) -> int | None:
    """Where the right column of a line of plain text begins: behind its one wide gap; null without one."""
    gaps = [match for match in _GAP.finditer(printed) if match.end() >= _LEFT_COLUMN]
    if len(gaps) != 1:
        return None
    before = len(printed[: gaps[0].start()].split())
    return passage.spans[before][0] if 0 < before < len(passage.spans) else None


def _printed_lines(paragraph: Paragraph) -> list[Passage]:
    """The paragraph cut at its printed lines, whole where they cannot be told any more."""
    passage, counts = paragraph.passage, [len(line.words) for line in paragraph.lines]
    if len(counts) < 2 or sum(counts) != len(passage.words):
        return [passage]
    cuts, at = [0], 0
    for count in counts[:-1]:
        at += count
        cuts.append(passage.spans[at][0])
    return [passage.part(a, b) for a, b in zip(cuts, [*cuts[1:], len(passage)], strict=True)]
