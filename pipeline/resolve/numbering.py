"""Findings about printed numbers: labels that were restored, numbers that jump."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.outline import Item, Node, Outline
from pipeline.resolve.record import Record
from pipeline.resolve.section_kinds import is_labelled, items

_VIETNAMESE_POINTS = "abcdđeghiklmnopqrstuvxy"
"""Points of a clause run through the Vietnamese alphabet; f, j, w and z are not in it."""


_ROMANS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)


def check_numbering(outline: Outline, record: Record) -> None:
    """Flag restored labels and jumps among the items of sections and appendices."""
    _check(outline.sections, record)
    for appendix in outline.appendices:
        _check(appendix.children, record)


def _check(nodes: Sequence[Node], record: Record) -> None:
    siblings = [item for item in items(nodes) if is_labelled(item)]
    for item in siblings:
        if item.restored:
            printed = item.whole.text[: len(item.whole.text) - len(item.text.text)].strip()
            record.flag("label-restored", None, text=printed, id=item.id)
    for before, after in pairwise(siblings):
        if before.kind == after.kind and _jumps(before, after):
            record.flag("numbering-gap", None, where=after.id, before=before.label, after=after.label)
    for item in items(nodes):
        _check(item.children, record)


def _jumps(before: Item, after: Item) -> bool:
    first, second = _ordinal(before), _ordinal(after)
    return first is not None and second is not None and second > first + 1


def _ordinal(item: Item) -> int | None:
    """The last number of a label; None where it has none that runs."""
    last = (item.label or "").split(".")[-1]
    if last.isdecimal():
        return int(last)
    if last in _ROMANS:
        return _ROMANS.index(last) + 1
    if item.kind == "letter" and len(last) == 1:
        position = _VIETNAMESE_POINTS.find(last)
        # d and đ: many authors leave one out
        return None if position < 0 or last in "dđe" else position + 1
    return None
