"""The tables of an appendix as the contract numbers them: its own headings are groups of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.outline import Item, Node, OutlineTable
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.section_kinds import has_labelled, is_labelled, is_remark, tables
from pipeline.types import Passage


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading inside an appendix ("I. CHỈ TIÊU CHUNG"): its label and its text."""

    label: str
    text: Passage


def tables_of_appendix(children: Sequence[Node], context: Context) -> tuple[OutlineTable, ...]:
    """The tables of an appendix; those of one kind under headings of its own are one numbering, in which
    the headings are groups."""
    if not any(isinstance(node, Item) and _heads_tables(node) for node in children):
        return tuple(tables(children))
    found = tuple(_grouped(children, (), context))
    kinds = dict.fromkeys(table.kind for table in found)
    return tuple(_joined([table for table in found if table.kind == kind]) for kind in kinds)


def _joined(parts: Sequence[OutlineTable]) -> OutlineTable:
    header = tuple(head for table in parts for head in table.header)
    return replace(parts[0], header=header, rows=tuple(row for table in parts for row in table.rows))


def _grouped(nodes: Sequence[Node], above: tuple[_Heading, ...], context: Context) -> Iterator[OutlineTable]:
    for node in nodes:
        if isinstance(node, OutlineTable):
            yield _under(node, above)
        elif _heads_tables(node):
            context.record.claim(node.whole)
            heading = _Heading(node.label or "", final_stop_off(node.text.strip(": ")))
            yield from _grouped(node.children, (*above, heading), context)
        else:
            yield from _grouped(node.children, above, context)


def _heads_tables(item: Item) -> bool:
    """Whether a numbered item is nothing but a heading over tables."""
    if not is_labelled(item) or item.fields:
        return False
    below = [node for node in item.children if isinstance(node, OutlineTable) or not is_remark(node)]
    return bool(below) and all(isinstance(node, OutlineTable) or _heads_tables(node) for node in below)


def _under(table: OutlineTable, above: tuple[_Heading, ...]) -> OutlineTable:
    texts, labels = tuple(one.text for one in above), tuple(one.label for one in above)
    rows = tuple(
        replace(row, groups=(*texts, *row.groups), group_labels=(*labels, *row.group_labels))
        for row in table.rows
    )
    return replace(table, rows=rows)


def without_tables(nodes: Sequence[Node]) -> tuple[Item, ...]:
    """The items of an appendix as they are without its tables; one that only stands over rows is none."""
    kept: list[Item] = []
    for node in nodes:
        if isinstance(node, OutlineTable):
            continue
        below = without_tables(node.children)
        over_rows = any(table.kind != "other" for table in tables(node.children))
        if has_labelled(below) or not over_rows:
            kept.append(replace(node, children=below))
    return tuple(kept)
