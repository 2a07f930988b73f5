"""What passes between the stages: one frozen type a boundary.

    Source ─reading▶ PageText ─layout▶ PageLayout ─assemble▶ Manuscript ─parse▶ Outline

A word keeps its page, box, raw text and confidence all the way, so that each
field of the plan can name the place it came from. Passages and the manuscript have
files of their own and are offered here too; `Outline` and its parts are in
`pipeline.outline`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.geometry import Box, union
from pipeline.manuscript import Cell, Manuscript, PageFacts, Paragraph, Table
from pipeline.passage import EMPTY, Passage, join_passages, passage_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "EMPTY",
    "Alignment",
    "Block",
    "Cell",
    "Column",
    "FlowSource",
    "Grid",
    "GridCell",
    "Line",
    "Manuscript",
    "Origin",
    "PageFacts",
    "PageLayout",
    "PageText",
    "PagedSource",
    "Paragraph",
    "Passage",
    "Rule",
    "Source",
    "SourceKind",
    "SourcePage",
    "Table",
    "Word",
    "join_passages",
    "passage_of",
]

Origin = Literal["ocr", "text_layer"]
Column = Literal["full", "left", "right"]
Alignment = Literal["left", "centre", "right", "justified"]
SourceKind = Literal["pdf", "image", "docx", "text"]


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word (a Vietnamese syllable with the punctuation that touches it).

    `text` is Unicode NFC; `raw` is what the engine or the text layer gave before
    anything was mended. `box` is null for inputs that have no pages (DOCX, text);
    then `line` counts the lines of the input from 1. `page` counts from 1. `confidence` is
    the engine's own; `sure` the share of words like this one that are right, as the language
    stage weighs it, null where it does not.
    """

    text: str
    raw: str
    page: int
    box: Box | None
    confidence: float
    origin: Origin
    line: int | None = None
    bold: bool = False
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line as drawn: a segment in points, horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return abs(self.x1 - self.x0) >= abs(self.bottom - self.top)


# ── intake ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page as it came.

    `layer` holds the words of the PDF's own text layer (empty for images), `rules`
    its drawn lines. `raster(dpi)` draws the page upright as the file says: (height,
    width, 3) bytes, RGB. Nothing is drawn before it is asked for, so a long file costs no memory.
    `scan_dpi` is the resolution of a full-page image if the page is one, else null.
    `image_share` is the part of the page covered by images, 0 to 1.
    """

    number: int
    width: float
    height: float
    layer: tuple[Word, ...]
    rules: tuple[Rule, ...]
    image_share: float
    scan_dpi: float | None
    raster: Callable[[float], npt.NDArray[np.uint8]] = field(compare=False, repr=False)
    legacy: str | None = None
    """The old Vietnamese encoding ("TCVN3", "VNI") from which the layer was made Unicode."""


@dataclass(frozen=True, slots=True)
class PagedSource:
    """A PDF or image file: pages to be looked at. Iterating `pages()` opens one at a time."""

    name: str
    sha256: str
    kind: SourceKind
    page_count: int
    page: Callable[[int], SourcePage] = field(compare=False, repr=False)
    """`page(number)`, counted from 1. Raises `UnreadablePage` for a damaged one."""


@dataclass(frozen=True, slots=True)
class FlowSource:
    """A DOCX or text file: it has no pixels, its lines and tables are known from the start."""

    name: str
    sha256: str
    kind: SourceKind
    pages: tuple[PageLayout, ...]


Source = PagedSource | FlowSource


# ── reading ───────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one upright page, from its text layer or from OCR, in no order yet.

    `rules` are the ruling lines drawn or seen, in points. `reason` says why this
    reading was chosen ("text layer: 98 % valid syllables"), `prepared` how the page
    image was treated before OCR, null for a text layer. `angle` is the skew found
    and taken out, in degrees.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    origin: Origin
    reason: str
    prepared: str | None = None
    angle: float = 0.0
    ink: tuple[Box, ...] = ()
    """Places with ink on them that gave no word (seals, signatures, handwriting)."""
    turned: int = 0
    """Degrees (0, 90, 180, 270) by which the raster has to be turned clockwise to be upright."""


# ── layout ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or one column's part of it: words from left to right.

    `begins` is True or False where the source knows whether a paragraph begins here
    (DOCX), null where it has to be told from the page.
    `label` is an automatic number that is not among the words (DOCX numbering).
    """

    words: tuple[Word, ...]
    column: Column = "full"
    alignment: Alignment = "left"
    begins: bool | None = None
    gap: float | None = None
    """White space above, in line heights; null at the top of a page or where unknown."""
    indent: float | None = None
    slack: float | None = None
    """Points from the left margin of the text block (or column) to the line, and from the line
    to the right margin, measured on the level page; null where unknown."""
    printed: str = ""
    """The line as a text file has it, tabs and runs of spaces kept; empty where boxes tell the places."""

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box | None:
        boxes = [word.box for word in self.words if word.box is not None]
        return union(boxes) if boxes else None

    @property
    def bold(self) -> bool:
        return sum(word.bold for word in self.words) * 2 > len(self.words)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table: where it starts (from 0), how far it reaches, its printed lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[Line, ...]
    box: Box | None = None

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page: cells in reading order, each position covered exactly once.

    `ruled` says whether lines were drawn round the cells. `continues` is True where
    the first row is the rest of a row that the page before it cut.
    """

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    page: int
    box: Box | None = None
    ruled: bool = True
    column_edges: tuple[float, ...] = ()


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One page in reading order: lines and tables; furniture (page numbers, marks) apart."""

    number: int
    width: float | None
    height: float | None
    blocks: tuple[Block, ...]
    furniture: tuple[Line, ...] = ()
    origin: Origin = "ocr"
    reason: str = ""
    prepared: str | None = None
    ink: tuple[Box, ...] = ()
    """See `PageText.ink`."""

    @property
    def printed_number(self) -> int | None:
        """The page number printed on it, where one was read."""
        for line in self.furniture:
            digits = line.text.strip("-–— .")
            if digits.isdecimal() and len(digits) <= 4:
                return int(digits)
        return None
