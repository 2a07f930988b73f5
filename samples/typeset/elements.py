"""What a plan is made of before it is set: paragraphs, tables, letterhead, closing block.

The same elements go to the page (`compose`) and to Word (`word`), so that the copies of
a plan say the same. Texts may hold two marks: `**bold**` and `//italic//`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Align = Literal["justified", "left", "centre", "right"]
Style = Literal["regular", "bold", "italic", "bolditalic"]

_MARK = re.compile(r"(\*\*|//)")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. Sizes and distances are in points.

    `lines` forces the line breaks (a line that begins with a form feed begins a page).
    `label` and `level` make an automatically numbered paragraph: Word numbers it itself,
    on the page the label is printed before the text.
    """

    text: str
    align: Align = "justified"
    style: Style = "regular"
    size: float = 14.0
    indent: float = 36.0
    before: float = 3.0
    label: str = ""
    level: int | None = None
    lines: tuple[str, ...] = ()
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; each of `lines` begins on a line of its own.

    `numbered`: its text is a running number, which Word counts itself in a `numbered` plan.
    """

    lines: tuple[str, ...]
    align: Align = "left"
    style: Style = "regular"
    columns: int = 1
    rows: int = 1
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its cells by column, None where a merged cell of before covers the place.

    `cut_after` breaks the page inside the row, after so many lines of it.
    """

    cells: tuple[Cell | None, ...]
    cut_after: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `widths` are shares of the text width."""

    widths: tuple[float, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    size: float = 12.0
    repeat_header: bool = False
    padding: float = 3.6
    """White space above and below the text of a row, in points."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of the letterhead; `rule` is the length of the line under it, as a share of its width."""

    text: str
    style: Style = "bold"
    size: float = 13.0
    rule: float = 0.0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Issuer on the left, national motto (or the Party's name) on the right.

    Source: Decree 30/2020/NĐ-CP, Appendix I; for the Party Guide 36-HD/VPTW.
    """

    left: tuple[HeadLine, ...]
    right: tuple[HeadLine, ...]
    share: float = 0.42
    """The left column's share of the text width."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients (Nơi nhận) on the left, the signature block on the right."""

    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    name: str
    name_beside: int
    """The recipient, counted from 0, on whose line the signer's name is printed."""
    heading: str = "**//Nơi nhận://**"


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page break; the pages after it lie or stand."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Separator:
    """A short centred line, as under a title."""

    length: float = 120.0


Element = Para | Table | Letterhead | Closing | NewPage | Separator


@dataclass(frozen=True, slots=True)
class Plan:
    """A sample plan: its name and what is printed."""

    name: str
    title: str
    elements: tuple[Element, ...]
    seed: int
    """Seeds everything random in its scan."""
    numbered: bool = False
    """Word numbers its headings and items itself."""


def runs(text: str, base: Style = "regular") -> tuple[Run, ...]:
    """Split marked text into runs of one style."""
    bold, italic = base in ("bold", "bolditalic"), base in ("italic", "bolditalic")
    found: list[Run] = []
    for piece in _MARK.split(text):
        if piece == "**":
            bold = not bold
        elif piece == "//":
            italic = not italic
        elif piece:
            found.append(Run(piece, _style(bold, italic)))
    return tuple(found)


def plain(text: str) -> str:
    """Marked text without its marks."""
    return _MARK.sub("", text)


def _style(bold: bool, italic: bool) -> Style:
    if bold and italic:
        return "bolditalic"
    if bold:
        return "bold"
    return "italic" if italic else "regular"
