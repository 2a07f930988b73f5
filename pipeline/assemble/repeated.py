"""Headers and footers: what stands at the head or foot of several pages in nearly the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the head or foot of its page: its words without figures, and its height in points."""

    line: Line
    wording: str
    top: float


def _edge(page: PageLayout, index: int) -> _Edge | None:
    if len(page.blocks) < 3:
        return None
    block = page.blocks[index]
    if not isinstance(block, Line) or len(block.text) > LONGEST or block.box is None or not page.height:
        return None
    # The box lies on the page as printed, a little askew, which matters little here.
    top = block.box.top
    at_edge = top < MARGIN * page.height if index == 0 else top > (1 - MARGIN) * page.height
    return _Edge(block, _wording(block), top) if at_edge else None


def _repeated(edges: Sequence[_Edge | None], index: int) -> list[Line]:
    edge = edges[index]
    if edge is None or edge.line.begins is not None or len(edge.wording) < 8:
        return []
    tops = [
        other.top
        for other in edges
        if other is not None and fuzz.ratio(edge.wording, other.wording, score_cutoff=SIMILAR) > 0
    ]
    # A field that happens to end several pages ("- Thời hạn: Thường xuyên.") is no footer: a
    # header stands at one height on all of them.
    return [edge.line] if len(tops) >= ENOUGH and max(tops) - min(tops) < 15 else []


def _wording(line: Line) -> str:
    return "".join(letter for letter in fold(line.text) if letter.isalpha() or letter == " ").strip()


def _without(page: PageLayout, lines: Sequence[Line]) -> PageLayout:
    if not lines:
        return page
    gone = {id(line) for line in lines}
    kept = tuple(block for block in page.blocks if id(block) not in gone)
    return replace(page, blocks=kept, furniture=(*page.furniture, *lines))
