"""What assemble hands on: one reading order over all pages, in paragraphs and whole tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.passage import Passage, join_passages

if TYPE_CHECKING:
    from pipeline.geometry import Box
    from pipeline.types import Alignment, Column, Line, Origin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its broken lines joined."""

    passage: Passage
    column: Column = "full"
    alignment: Alignment = "left"
    bold: bool = False
    gap: float | None = None
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def page(self) -> int:
        return self.passage.words[0].page


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an assembled table. `lines` are its printed lines, top to bottom."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[Passage, ...]

    @property
    def passage(self) -> Passage:
        return join_passages(self.lines)

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Table:
    """A table in one piece, also where it runs over several pages."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    pages: tuple[int, ...]
    ruled: bool = True

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this position (a merged one counts for all it spans)."""
        for cell in self.cells:
            if (
                cell.row <= row < cell.row + cell.row_span
                and cell.column <= column < cell.column + cell.column_span
            ):
                return cell
        return None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is worth knowing of a page after its words have gone into the manuscript."""

    number: int
    width: float | None
    height: float | None
    origin: Origin
    reason: str
    printed_number: int | None
    words: int
    fingerprint: str
    """Equal for pages with the same text."""
    prepared: str | None = None
    ink: tuple[Box, ...] = ()
    """See `PageText.ink`."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One reading order over all pages."""

    blocks: tuple[Paragraph | Table, ...]
    pages: tuple[PageFacts, ...]
