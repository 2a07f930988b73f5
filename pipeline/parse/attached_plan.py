"""A plan that another document puts into force: "QUYẾT ĐỊNH ... (Ban hành kèm theo Quyết định số ...)".

The decision gives number, date, bases, signer and recipients; type, title and all that is to be done are
the plan's, which follows behind its signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.folding import fold
from pipeline.outline import Letterhead
from pipeline.parse.letterhead import block_after, type_value
from pipeline.parse.likeness import is_capitals
from pipeline.parse.strips import strips_of
from pipeline.parse.title import TitleBlock, document_type, printed_type, read_title
from pipeline.rules import load_rules
from pipeline.types import Paragraph, Table

_HEAD_BLOCKS = 12
_SHORT = 60
"""Blocks, and letters of each, that a letterhead above the attached plan may take."""


@dataclass(frozen=True, slots=True)
class AttachedPlan:
    """`start` is the first block of its heading, `body` the first block of its text."""

    start: int
    body: int
    heading: TitleBlock


def find_attached_plan(
    blocks: Sequence[Paragraph | Table], letterhead: Letterhead, after: int
) -> AttachedPlan | None:
    """The plan that stands behind a document of another type; null where there is none.

    Its title line opens with the type of a plan, and the bracket under it says with what it was issued.
    """
    rules = load_rules("document_types")
    carrier = type_value(letterhead)
    if carrier is None or carrier in rules["plans"]:
        return None
    strips = strips_of(blocks, after)
    for at, strip in enumerate(strips):
        if strip.column == "right" or printed_type(strip) is None:
            continue
        if document_type(strip.text) not in rules["plans"]:
            continue
        heading = read_title(strips, at)
        if heading is not None and _is_attached(heading.caption.text):
            return AttachedPlan(
                _heading_start(blocks, after, strip.block), block_after(strips, heading.next, blocks), heading
            )
    return None


def _is_attached(caption: str) -> bool:
    return any(fold(words) in fold(caption) for words in load_rules("document_types")["attached"])


def _heading_start(blocks: Sequence[Paragraph | Table], after: int, at: int) -> int:
    """Back over a letterhead above the title: the issuer's name and the state's."""
    start = at
    for index in range(at - 1, max(after, at - _HEAD_BLOCKS) - 1, -1):
        texts = [strip.text for strip in strips_of(blocks, index, index + 1)]
        if any(_names_the_state(text) for text in texts):
            start = index
        elif (start == at and (not texts or any(len(text) > _SHORT for text in texts))) or (
            start < at and not all(is_capitals(text) and len(text) <= _SHORT for text in texts)
        ):
            break
        elif start < at:
            start = index
    return start


def _names_the_state(text: str) -> bool:
    return any(fold(phrase) in fold(text) for phrase in load_rules("letterhead")["national"])
