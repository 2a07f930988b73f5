"""What passes between the stages: one frozen type a boundary.

    Source ─reading▶ PageText ─layout▶ PageLayout ─assemble▶ Manuscript ─parse▶ Outline

A word keeps its page, box, raw text and confidence all the way, so that each
field of the plan can name the place it came from. `Outline` and its parts are
in `pipeline.outline`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.geometry import Box

if TYPE_CHECKING:
    from PIL.Image import Image

Origin = Literal["ocr", "text_layer"]
Column = Literal["full", "left", "right"]
Alignment = Literal["left", "centre", "right", "justified"]
SourceKind = Literal["pdf", "image", "docx", "text"]


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word (a Vietnamese syllable with the punctuation that touches it).

    `text` is Unicode NFC; `raw` is what the engine or the text layer gave before
    anything was mended. `box` is null for inputs that have no pages (DOCX, text);
    then `line` counts the lines of the input from 1. `page` counts from 1.
    """

    text: str
    raw: str
    page: int
    box: Box | None
    confidence: float
    origin: Origin
    line: int | None = None
    bold: bool = False


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
    its drawn lines. `raster(dpi)` renders the page upright as the file says (RGB);
    nothing is rendered before it is asked for, so a long file costs no memory.
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
    raster: Callable[[float], Image] = field(compare=False, repr=False)
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
        return _around(boxes)

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


# ── assemble ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that knows the words it was made of.

    `spans[i]` is where `words[i]` stands in `text`. Slicing keeps the words that
    touch the slice, so any part of any field still names its place on the page.
    """

    text: str
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if len(self.words) != len(self.spans):
            raise ValueError("one span a word")

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> Passage:
        """The passage from `start` to `end`, with outer spaces gone."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        start = min(start, stop)
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        kept = [
            (word, (max(a, start) - start, min(b, stop) - start))
            for word, (a, b) in zip(self.words, self.spans, strict=True)
            if a < stop and b > start
        ]
        return Passage(
            self.text[start:stop],
            tuple(word for word, _ in kept),
            tuple(span for _, span in kept),
        )

    def strip(self, characters: str) -> Passage:
        """Without `characters` (and spaces) at both ends."""
        inner = self.text.strip(characters + " ")
        start = self.text.find(inner) if inner else len(self.text)
        return self.part(start, start + len(inner))

    def rstrip(self, characters: str) -> Passage:
        return self.part(0, len(self.text.rstrip(characters + " ")))

    @property
    def confidence(self) -> float:
        """The least sure word's confidence, 1.0 for an empty passage."""
        return min((word.confidence for word in self.words), default=1.0)

    @property
    def page(self) -> int | None:
        return self.words[0].page if self.words else None


EMPTY = Passage("", (), ())


def passage_of(words: Sequence[Word], *, joined: Callable[[Word, Word], bool] | None = None) -> Passage:
    """Join `words` by one space; by none where `joined(left, right)` says so."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for index, word in enumerate(words):
        if index and not (joined and joined(words[index - 1], word)):
            parts.append(" ")
            at += 1
        parts.append(word.text)
        spans.append((at, at + len(word.text)))
        at += len(word.text)
    return Passage("".join(parts), tuple(words), tuple(spans))


def join_passages(passages: Iterable[Passage], separator: str = " ") -> Passage:
    """One passage out of several, empty ones left out."""
    texts: list[str] = []
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for passage in passages:
        if not passage.text:
            continue
        if texts:
            at += len(separator)
        texts.append(passage.text)
        words.extend(passage.words)
        spans.extend((a + at, b + at) for a, b in passage.spans)
        at += len(passage.text)
    return Passage(separator.join(texts), tuple(words), tuple(spans))


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


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    result = boxes[0]
    for box in boxes[1:]:
        result = result.union(box)
    return result
