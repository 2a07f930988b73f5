"""Headers and footers: what stands at the head or foot of several pages in nearly the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.types import Line, PageLayout

ENOUGH = 3
"""Pages that have to show the same line; on two it may be chance (a title, a table's name)."""
SIMILAR = 88
MARGIN = 0.12
"""The part of the page height at head and foot in which they stand."""
LONGEST = 120
"""Letters; a header is one line."""


def without_repeated(pages: Sequence[PageLayout]) -> tuple[PageLayout, ...]:
    """The pages with their running headers and footers moved to the furniture.

    Only a page's first and its last line are looked at, figures left out of account, and
    only lines whose page has other text: a one-line page keeps its line.
    """
    heads = [_edge(page, 0) for page in pages]
    feet = [_edge(page, -1) for page in pages]
    return tuple(_without(page, [*_repeated(heads, i), *_repeated(feet, i)]) for i, page in enumerate(pages))


def _edge(page: PageLayout, index: int) -> Line | None:
    if len(page.blocks) < 3:
        return None
    block = page.blocks[index]
    if not isinstance(block, Line) or len(block.text) > LONGEST or block.box is None or not page.height:
        return None
    # The box lies on the page as printed, a little askew, which matters little here.
    at_edge = (
        block.box.top < MARGIN * page.height if index == 0 else block.box.top > (1 - MARGIN) * page.height
    )
    return block if at_edge else None


def _repeated(lines: Sequence[Line | None], index: int) -> list[Line]:
    line = lines[index]
    if line is None or line.begins is not None:
        return []
    wording = _wording(line)
    if len(wording) < 8:
        return []
    alike = [
        other for other in lines if other is not None and fuzz.ratio(wording, _wording(other)) >= SIMILAR
    ]
    # A field that happens to end several pages ("- Thời hạn: Thường xuyên.") is no footer: a
    # header stands at one height on all of them.
    return [line] if len(alike) >= ENOUGH and _level(alike) else []


def _level(lines: Sequence[Line]) -> bool:
    tops = [line.box.top for line in lines if line.box is not None]
    return len(tops) == len(lines) and max(tops) - min(tops) < 15


def _wording(line: Line) -> str:
    return "".join(letter for letter in fold(line.text) if letter.isalpha() or letter == " ").strip()


def _without(page: PageLayout, lines: Sequence[Line]) -> PageLayout:
    if not lines:
        return page
    gone = {id(line) for line in lines}
    kept = tuple(block for block in page.blocks if id(block) not in gone)
    return replace(page, blocks=kept, furniture=(*page.furniture, *lines))
