"""Outlines made by hand: lines of text to items, and a context to resolve them in."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline import Item
from pipeline.parse.labels import read_labels, to_roman
from pipeline.parse.tree import build_tree
from pipeline.resolve.context import Context
from pipeline.resolve.record import Record
from pipeline.resolve.units import UnitRegistry
from pipeline.types import Paragraph, Passage, Word, passage_of


def passage(text: str) -> Passage:
    """`text` as a passage of trusted words."""
    return passage_of([Word(word, word, 1, None, 0.9, "text_layer", 1) for word in text.split()])


def sections(*lines: str) -> tuple[Item, ...]:
    """The items that paragraphs with these texts make."""
    nodes = build_tree([Paragraph(passage(line)) for line in lines])
    return tuple(node for node in nodes if isinstance(node, Item))


def section(*lines: str) -> Item:
    """The section that these paragraphs make, as it stands in a plan: behind those numbered before it."""
    label = read_labels(lines[0])[0]
    word = "PHẦN " if label.kind == "part" else ""
    before = [f"{word}{to_roman(number)}. TÌNH HÌNH" for number in range(1, label.value[-1])]
    return sections(*before, *lines)[-1]


def context() -> Context:
    """A plan of 2024, issued on 5 January 2024."""
    return Context(Record({}), UnitRegistry({}), 2024, ("2024-01-01", "2024-12-31"), "2024-01-05")


def names(ids: Sequence[str], where: Context) -> list[str]:
    """The names of the units with these ids."""
    return [unit.name for wanted in ids for unit in where.units.units if unit.id == wanted]
