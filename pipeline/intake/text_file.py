"""Plain text, as old OCR left it: lines, and the traces of the pages they stood on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NotADocument
from pipeline.intake.encodings import decode
from pipeline.intake.kinds import ACCEPTED
from pipeline.syllables import judge, validity
from pipeline.types import FlowSource, Line, Origin, PageLayout, Word

_BLANKS_OF_A_BREAK = 3
_PRINTED_ON_A_PAGE = 10
"""A page of running text holds 28 to 40 lines; fewer than this is no page, and the trace is chance."""
_TRUSTED_FROM = 0.9
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,3}[-–—\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the file that has something on it, outer spaces kept; `number` counts from 1."""

    number: int
    text: str
    blanks_above: int


@dataclass(frozen=True, slots=True)
class _Quality:
    """Of the whole file: where its words count as coming from, and the share of valid syllables."""

    origin: Origin
    share: float


def open_text(path: Path, sha256: str) -> FlowSource:
    """Read a text file whole.

    Words have page 1, no box, and the line of the file they stand on; the page traces
    split the lines into PageLayouts all the same, so that page numbers become furniture
    and what a page end cut can be joined.

    Raises:
        NotADocument: no encoding makes text of it.
    """
    text = decode(path.read_bytes())
    if text is None:
        raise NotADocument(f"{path.name} is neither text nor any known document.", ACCEPTED)
    share = validity(text.split())
    origin: Origin = "text_layer" if share.share >= _TRUSTED_FROM else "ocr"
    reason = f"text: {share.percent} valid syllables"
    pages = tuple(
        _page(number, printed, _Quality(origin, share.share), reason)
        for number, printed in enumerate(_split_pages(text), start=1)
    )
    return FlowSource(path.name, sha256, "text", pages)


def _split_pages(text: str) -> list[list[_Printed]]:
    """The printed lines page by page.

    Three traces of a page break are known: a form feed; a form feed turned into a single
    space before the first line; a run of three or more blank lines. The last two count
    only after a fair number of printed lines, for both also stand in ordinary text.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    spaced = _one_space_is_rare(lines)
    pages: list[list[_Printed]] = [[]]
    blanks = 0
    for number, line in enumerate(lines, start=1):
        parts = line.split("\f")
        for index, part in enumerate(parts):
            if index and pages[-1]:
                pages.append([])
            if not part.strip():
                blanks += index == len(parts) - 1
                continue
            trace = blanks >= _BLANKS_OF_A_BREAK or (spaced and _one_space(part))
            if trace and len(pages[-1]) >= _PRINTED_ON_A_PAGE:
                pages.append([])
            pages[-1].append(_Printed(number, part, blanks))
            blanks = 0
    return [page for page in pages if page]


def _one_space(line: str) -> bool:
    return len(line) > 1 and line[0] == " " and not line[1].isspace()


def _one_space_is_rare(lines: list[str]) -> bool:
    """Where many lines are indented by one space, the space says nothing."""
    printed = [line for line in lines if line.strip()]
    return sum(map(_one_space, printed)) * 10 <= len(printed)


def _page(number: int, printed: list[_Printed], quality: _Quality, reason: str) -> PageLayout:
    edges = {0, len(printed) - 1}
    blocks: list[Line] = []
    furniture: list[Line] = []
    for index, line in enumerate(printed):
        if index in edges and len(printed) > 1 and _PAGE_NUMBER.fullmatch(line.text.strip()):
            furniture.append(_line(line, None, quality))
        else:
            gap = float(line.blanks_above) if blocks else None
            blocks.append(_line(line, gap, quality))
    return PageLayout(number, None, None, tuple(blocks), tuple(furniture), quality.origin, reason)


def _line(printed: _Printed, gap: float | None, quality: _Quality) -> Line:
    tokens = printed.text.split()
    share = validity(tokens)
    # The neighbourhood tells how far a word that proves nothing by itself (a number, a
    # name without marks) may be trusted.
    around = (share.share + quality.share) / 2 if share.counted else quality.share
    words = tuple(
        Word(token, token, 1, None, _confidence(token, around), quality.origin, line=printed.number)
        for token in tokens
    )
    return Line(words, gap=gap, printed=printed.text)


def _confidence(token: str, around: float) -> float:
    """0.5 for a word that is no syllable, 0.7 to 0.9 for one that is, by its neighbours."""
    return 0.5 if judge(token) is False else round(0.7 + 0.2 * around, 3)
