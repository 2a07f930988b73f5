"""A Word body walked in order: paragraphs to Lines, tables to Grids or, for layout tables, Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pipeline.intake.word_numbering import Numbering
from pipeline.intake.word_styles import Styles
from pipeline.intake.word_tables import (
    TableCell,
    WordTable,
    is_layout,
    read_table,
    side_of,
)
from pipeline.intake.word_text import PrintedWord, broken_lines, pieces_of, text_boxes
from pipeline.intake.word_xml import child, name
from pipeline.types import Alignment, Block, Column, Grid, GridCell, Line, Word

_ALIGNMENTS: dict[str, Alignment] = {
    "center": "centre", "right": "right", "end": "right", "both": "justified", "distribute": "justified",
}  # fmt: skip
_SEE_THROUGH = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_BLOCKS_BEFORE_A_LETTERHEAD = 3
_COLUMNS: tuple[Column, ...] = get_args(Column)


class Walker:
    """Reads one document; counts its lines from 1."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._line = 0

    def read(self, body: Any) -> list[Block]:
        """All blocks of w:body in order."""
        blocks: list[Block] = []
        blank = 0
        for element in _flat(body):
            if name(element) == "tbl":
                blocks += self._table(element, early=len(blocks) < _BLOCKS_BEFORE_A_LETTERHEAD)
                blank = 0
                continue
            lines = self._paragraph(element, float(blank) if blocks else None)
            blank = 0 if lines else blank + 1
            blocks += lines
        return blocks

    def _paragraph(
        self, paragraph: Any, gap: float | None, column: Column = "full", in_cell: bool = False
    ) -> list[Line]:
        """The lines of a paragraph, its number in front, then those of its text boxes."""
        properties = child(paragraph, "pPr")
        style = self._styles.of_paragraph(properties)
        printed = broken_lines(pieces_of(paragraph, self._styles, style))
        lines: list[Line] = []
        # An empty paragraph counts too: Word prints its number, and goes on from there.
        gone = child(properties, "rPr", "del") is not None and not printed
        label = "" if gone else self._numbering.label(properties, style)
        if label and not printed and in_cell:
            printed = [[]]  # the running numbers of a table are often nothing but automatic numbers
        if printed:
            if label:
                printed[0] = [PrintedWord(label, bool(printed[0]) and printed[0][0].bold), *printed[0]]
            alignment = self._alignment(properties, style)
            for index, words in enumerate(printed):
                lines.append(self._new_line(words, column, alignment, index == 0, gap if index == 0 else 0.0))
        for box in text_boxes(paragraph):
            for element in _flat(box):
                lines += self._anything(element, column)
        return lines

    def _anything(self, element: Any, column: Column) -> list[Line]:
        """Lines of a paragraph or of a nested table, its cells one after the other."""
        if name(element) == "p":
            return self._paragraph(element, 0.0, column, in_cell=True)
        table = read_table(element, self._styles)
        return [line for cell in table.cells for line in self._cell_lines(cell, column)]

    def _cell_lines(self, cell: TableCell, column: Column = "full") -> list[Line]:
        return [
            line
            for content in cell.contents
            for item in _flat(content)
            for line in self._anything(item, column)
        ]

    def _new_line(
        self, words: list[PrintedWord], column: Column, alignment: Alignment, begins: bool, gap: float | None
    ) -> Line:
        self._line += 1
        made = tuple(
            Word(word.text, word.text, 1, None, 1.0, "text_layer", line=self._line, bold=word.bold)
            for word in words
        )
        return Line(made, column, alignment, begins, gap)

    def _alignment(self, properties: Any | None, style: str | None) -> Alignment:
        return _ALIGNMENTS.get(self._styles.paragraph_value(properties, style, "jc") or "", "left")

    def _table(self, element: Any, *, early: bool) -> list[Block]:
        table = read_table(element, self._styles)
        if not table.cells:
            return []
        if is_layout(table, early=early):
            return list(self._side_by_side(table))
        cells = tuple(
            GridCell(
                cell.row, cell.column, cell.row_span, cell.column_span, tuple(self._cell_lines(cell))
            )
            for cell in table.cells
        )  # fmt: skip
        if not any(cell.lines for cell in cells):
            return []
        return [Grid(table.rows, table.columns, cells, page=1, ruled=table.ruled)]

    def _side_by_side(self, table: WordTable) -> Iterator[Line]:
        """The left column's lines, then the right one's; a cell over both parts them."""
        kept: dict[Column, list[Line]] = {side: [] for side in _COLUMNS}
        for cell in table.cells:
            side = side_of(cell, table)
            if side == "full":
                yield from kept["left"] + kept["right"]
                kept["left"], kept["right"] = [], []
                yield from self._cell_lines(cell)
            else:
                kept[side] += self._cell_lines(cell, side)
        yield from kept["left"] + kept["right"]


def _flat(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables under `parent`, content controls and accepted insertions opened."""
    for element in parent:
        kind = name(element)
        if kind in ("p", "tbl"):
            yield element
        elif kind in _SEE_THROUGH:
            yield from _flat(element)
