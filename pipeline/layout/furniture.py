"""What is printed on a page and is no part of its text: page numbers, stray marks, signing stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.layout.lines import Row
from pipeline.layout.margins import Margins
from pipeline.layout.straighten import Spot
from pipeline.rules import load_rules

HEAD, FOOT = 0.11, 0.89
"""Page numbers stand above or below these parts of the page height."""
EDGE = 0.025
"""A word whose middle is nearer to the paper's edge (part of its size) is a mark of the scan."""
SIMILAR = 85
_SCRATCH = re.compile(r"[_=~|`´]+")
"""What engines make of a rule's remains or of dirt; no word begins a line with these."""


def at_paper_edge(spot: Spot, width: float, height: float) -> bool:
    """True for a mark on the very edge of the paper: dark borders, punch holes, a torn seal."""
    x, y = spot.box.centre
    return not (EDGE * width < x < (1 - EDGE) * width and EDGE * 0.6 * height < y < (1 - EDGE * 0.6) * height)


def set_apart(
    rows: Sequence[Row], margins: Margins, width: float, height: float
) -> tuple[list[Row], list[Row]]:
    """Rows of text, and rows of furniture."""
    furniture = [
        *_page_numbers(rows, width, height),
        *_signature(rows),
        *(row for row in rows if _is_mark(row, margins)),
    ]
    apart = {id(row) for row in furniture}
    kept: list[Row] = []
    strays: list[Row] = []
    for row in rows:
        if id(row) in apart:
            strays.append(row)
            continue
        body, stray = _trim(row, margins)
        kept.append(body)
        strays.extend(stray)
    return kept, strays


def is_page_number(text: str) -> bool:
    """True for "3", "- 3 -", "Trang 3/10" and their like."""
    return bool(_page_number().fullmatch(fold(text).strip()))


@cache
def _page_number() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in load_rules("layout")["page_words"])
    return re.compile(rf"[-. ]*(?:(?:{words})[.: ]*)?\d{{1,4}}(?: ?/ ?\d{{1,4}})?[-. ]*")


def _page_numbers(rows: Sequence[Row], width: float, height: float) -> list[Row]:
    """The outermost rows at head or foot that are a number, or what an engine made of one."""
    inked = [row for row in rows if any(map(str.isalnum, row.text))]
    outer = {id(row): row for row in [*inked[:1], *inked[-1:]]}
    found = [row for row in outer.values() if _number_place(row, width, height) and _number_like(row)]
    near = [row for row in [*inked[:2], *inked[-2:]] if is_page_number(row.text)]
    return [*found, *(row for row in near if _number_place(row, width, height))]


def _number_place(row: Row, width: float, height: float) -> bool:
    x, y = row.box.centre
    return not HEAD * height < y < FOOT * height and x > 0.4 * width


def _number_like(row: Row) -> bool:
    """One short word with a figure in it ("4A"), where nothing but a page number is printed so short."""
    return len(row.spots) == 1 and len(row.text) <= 3 and any(map(str.isdigit, row.text))


def _is_mark(row: Row, margins: Margins) -> bool:
    """A row without a letter or figure, short and alone: dirt, or what is left of a rule.

    Rows of dots are kept: in forms they are the place to write.
    """
    text = row.text.replace(" ", "")
    if any(map(str.isalnum, text)) or len(text) > 3:
        return bool(re.fullmatch(r"[_=~|—–-]+", text))
    return text not in {"...", "…"}


def _trim(row: Row, margins: Margins) -> tuple[Row, list[Row]]:
    """Cut marks off a row's ends that stand outside the text block or are no word at all."""
    spots = list(row.spots)
    stray: list[Row] = []
    while len(spots) > 1 and _SCRATCH.fullmatch(spots[0].word.text):
        stray.append(Row((spots.pop(0),)))
    while len(spots) > 1 and _outside(spots[-1], spots[-2], margins):
        stray.append(Row((spots.pop(),)))
    while len(spots) > 1 and _before(spots[0], spots[1], margins):
        stray.append(Row((spots.pop(0),)))
    return Row(tuple(spots)), stray


def _outside(last: Spot, before: Spot, margins: Margins) -> bool:
    beyond = last.box.x0 > margins.right + margins.height
    return beyond and last.box.x0 - before.box.x1 > margins.em


def _before(first: Spot, second: Spot, margins: Margins) -> bool:
    short = len(first.word.text) <= 3 and first.box.x1 < margins.left - margins.height
    return short and second.box.x0 - first.box.x1 > margins.em


def _signature(rows: Sequence[Row]) -> list[Row]:
    """The lines a signing program has printed: one that opens such a stamp and those that go on."""
    rules = load_rules("layout")
    found: list[Row] = []
    for index, row in enumerate(rows):
        if not _begins(row.text, rules["signature_opens"]):
            continue
        found.append(row)
        for other in rows[index + 1 : index + 8]:
            near = other.middle - found[-1].middle < 2.5 * found[-1].height
            beside = abs(other.box.x0 - found[0].box.x0) < 3 * row.height
            if near and beside and _begins(other.text, rules["signature_follows"]):
                found.append(other)
    return found


def _begins(text: str, phrases: Sequence[str]) -> bool:
    start = fold(text)
    return any(
        len(start) >= len(phrase)
        and fuzz.ratio(start[: len(phrase)], fold(phrase)) >= SIMILAR
        and start[len(phrase) : len(phrase) + 2].lstrip().startswith((":", ""))
        and (":" in start[: len(phrase) + 3] or phrase.startswith(("Digitally", "Signature")))
        for phrase in phrases
    )
