"""Where another document begins in the same file."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.letterhead import parse_head
from pipeline.parse.likeness import find_phrase, is_capitals, prefix_end
from pipeline.parse.number_line import read_number
from pipeline.parse.strips import strips_of
from pipeline.rules import load_rules
from pipeline.types import Paragraph, Table

_LINE_LIMIT = 110
"""Characters: both columns of the first line of a letterhead, glued, are not longer."""
_NUMBER_LIMIT = 40
_LINES_ABOVE = 5


def find_second_letterhead(blocks: Sequence[Paragraph | Table]) -> list[int]:
    """Where further documents begin in the same file: the block with the first line of each letterhead.

    A report form in an appendix has a letterhead too, but dots instead of a number; it is none.
    """
    _, first = parse_head(blocks)
    starts: list[int] = []
    for index in range(max(first, 1), len(blocks)):
        if starts and index - starts[-1] < 6:
            continue
        if _names_the_state(blocks[index]):
            start = _back_to_issuer(blocks, index)
            if _is_letterhead(blocks[start:]):
                starts.append(start)
    return starts


def _names_the_state(block: Paragraph | Table) -> bool:
    strips = strips_of([block])
    return any(
        find_phrase(strip.text, phrase, 0.85) is not None
        for strip in strips[:4]
        if len(strip.text) <= _LINE_LIMIT and is_capitals(strip.text[-20:])
        for phrase in load_rules("letterhead")["national"]
        if phrase.isupper()
    )


def _back_to_issuer(blocks: Sequence[Paragraph | Table], index: int) -> int:
    """Back over the issuer's lines and the number, which stand before the state's name in reading order.

    Where columns are known they are the left ones; in a text in one column they are lines in capitals,
    the first of which names an organisation (and not the signer of the document before).
    """
    start = index
    while start > 0 and index - start < _LINES_ABOVE and _stands_above(blocks[start - 1], blocks[index]):
        start -= 1
    while start < index and not _opens_letterhead(blocks[start]):
        start += 1
    return start


def _stands_above(before: Paragraph | Table, state: Paragraph | Table) -> bool:
    if not isinstance(before, Paragraph) or _page(before) != _page(state):
        return False
    short = len(before.text) <= _LINE_LIMIT
    return before.column == "left" or (short and (is_capitals(before.text) or _is_number(before)))


def _opens_letterhead(block: Paragraph | Table) -> bool:
    if not isinstance(block, Paragraph) or block.column == "left":
        return True
    names = load_rules("letterhead")["organisations"]
    return _is_number(block) or any(prefix_end(block.text, name, 0.9) is not None for name in names)


def _is_number(block: Paragraph) -> bool:
    return len(block.text) <= _NUMBER_LIMIT and read_number(block.passage) is not None


def _page(block: Paragraph | Table) -> int:
    return (block.passage.page or 1) if isinstance(block, Paragraph) else block.pages[0]


def _is_letterhead(blocks: Sequence[Paragraph | Table]) -> bool:
    """A type or a number below the state's name, and no dots to be filled in."""
    head, _ = parse_head(blocks[:20])
    dotted = any("..." in part.text or "…" in part.text for part in (head.number, head.date, head.issuer))
    filled = not head.number_blank or not head.date_blank
    return not dotted and bool(head.number) and filled and bool(head.type or head.title)
