"""Numbered paragraphs to a tree of items, each with its path, fields and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from pipeline.folding import fold
from pipeline.outline import Field, Item, LabelKind, Node
from pipeline.parse.columns import read_table
from pipeline.parse.fields import split_fields, trailing_fields
from pipeline.parse.numbering import Numbered, number_paragraphs
from pipeline.rules import load_rules
from pipeline.types import EMPTY, Paragraph, Passage, Table, join_passages

_SHORT_LEAD_IN = 8
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”)]*$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A paragraph with its label chosen, or a table, and the depth it stands at."""

    depth: int
    bullet: bool
    numbered: Numbered | None
    passage: Passage
    bold: bool
    table: Table | None = None


def build_tree(blocks: Sequence[Paragraph | Table]) -> tuple[Node, ...]:
    """The outline of `blocks`: what stands before the first label comes as items of kind "none"."""
    return _nest(_entries(_join_broken(blocks)), ())


def section_item(title: Passage, blocks: Sequence[Paragraph | Table], label: str) -> Item:
    """A section whose heading carries no printed number, with what stands under it."""
    fields, children = _take_fields(_nest(_entries(_join_broken(blocks)), (label,)))
    return Item("roman", label, (label,), title, title, children, fields)


def _join_broken(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """A paragraph that goes on in lower case was broken by a page or a wide gap."""
    result: list[Paragraph | Table] = []
    for block in blocks:
        before = result[-1] if result else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and block.text[:1].islower()
            and not re.match(r"\S{1,3}[.)/]", block.text)
            and not _SENTENCE_END.search(before.text)
        ):
            joined = join_passages((before.passage, block.passage))
            result[-1] = replace(before, passage=joined, lines=(*before.lines, *block.lines))
        else:
            result.append(block)
    return result


def _entries(blocks: Sequence[Paragraph | Table]) -> list[_Entry]:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    numbers = iter(number_paragraphs([paragraph.text for paragraph in paragraphs]))
    entries: list[_Entry] = []
    plain_depth = 0
    for block in blocks:
        if isinstance(block, Table):
            entries.append(_Entry(plain_depth, False, None, EMPTY, False, block))
            continue
        numbered = next(numbers)
        bullet = numbered.label.kind in ("dash", "plus")
        if numbered.label.kind != "none" and not bullet:
            plain_depth = numbered.depth + 1
        entries.append(_Entry(numbered.depth, bullet, numbered, block.passage, block.bold))
    return _titles_on_the_next_line(_remarks_beside_items(_subheadings_over_restarts(entries)))


def _remarks_beside_items(entries: list[_Entry]) -> list[_Entry]:
    """ "(Chi tiết tại Phụ lục)" at the end of a section stands beside its items, not under the last one."""
    result = list(entries)
    for index, entry in enumerate(entries):
        below = entries[index + 1].depth if index + 1 < len(entries) else 0
        plain = entry.numbered is not None and entry.numbered.label.kind == "none"
        if plain and below + 1 < entry.depth and _is_remark(entry.passage.text):
            result[index] = replace(entry, depth=below + 1)
    return result


def _is_remark(text: str) -> bool:
    inner = text.rstrip(" .;/")
    if not (inner.startswith("(") and inner.endswith(")")):
        return False
    return any(fold(word) in fold(inner) for word in load_rules("paragraphs")["remarks"])


def _subheadings_over_restarts(entries: list[_Entry]) -> list[_Entry]:
    """ "Chiều:" before a numbering that starts again stands beside the items, not under the last one."""
    result = list(entries)
    for index, (entry, after) in enumerate(pairwise(entries)):
        plain = entry.numbered is not None and entry.numbered.label.kind == "none"
        restart = after.numbered is not None and after.numbered.restart
        if plain and restart and len(entry.passage.text.split()) <= _SHORT_LEAD_IN:
            result[index] = replace(entry, depth=after.depth)
    return result


def _titles_on_the_next_line(entries: list[_Entry]) -> list[_Entry]:
    """ "PHẦN II" on a line of its own takes the next line for its title."""
    result: list[_Entry] = []
    for entry in entries:
        before = result[-1] if result else None
        if (
            before is not None
            and before.numbered is not None
            and before.numbered.label.kind in ("part", "clause")
            and before.numbered.label.end >= len(before.passage)
            and entry.numbered is not None
            and entry.numbered.label.kind == "none"
        ):
            result[-1] = replace(before, passage=join_passages((before.passage, entry.passage)))
        else:
            result.append(entry)
    return result


def _nest(entries: Sequence[_Entry], path: tuple[str, ...]) -> tuple[Node, ...]:
    """Siblings at the depth of the first entry, each with what stands deeper behind it as children."""
    nodes: list[Node] = []
    index = 0
    while index < len(entries):
        end = index + 1
        while end < len(entries) and _belongs_under(entries[index], entries[end]):
            end += 1
        nodes.append(_node(entries[index], entries[index + 1 : end], path))
        index = end
    return _groups(tuple(nodes))


def _belongs_under(head: _Entry, entry: _Entry) -> bool:
    if head.table is not None or head.numbered is None or head.numbered.label.kind == "none":
        return False
    if head.bullet:
        return entry.bullet and entry.depth > head.depth
    return entry.depth > head.depth


def _node(entry: _Entry, below: Sequence[_Entry], path: tuple[str, ...]) -> Node:
    if entry.table is not None:
        return read_table(entry.table)
    assert entry.numbered is not None
    label = entry.numbered.label
    own_path = _path(path, label.kind, label.name)
    text = entry.passage.part(label.end)
    text, trailing = trailing_fields(text) if label.kind != "none" else (text, ())
    children = _nest(below, own_path)
    fields, rest = _take_fields(_hoisted(children) if len(own_path) > 1 and label.name else children)
    return Item(
        kind=cast(LabelKind, label.kind),
        label=label.name or None,
        path=own_path,
        text=text,
        whole=entry.passage,
        children=rest,
        fields=(*trailing, *fields),
        restored=label.restored,
        bold=entry.bold,
    )


def _path(path: tuple[str, ...], kind: str, name: str) -> tuple[str, ...]:
    if not name:
        return path
    if kind != "decimal":
        return (*path, name)
    parts = tuple(name.split("."))
    for length in range(min(len(path), len(parts) - 1), 0, -1):
        if path[-length:] == parts[:length]:
            return (*path, *parts[length:])
    while path and path[-1].isdecimal():
        path = path[:-1]
    return (*path, *parts)


def _groups(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A lead-in without label ("Sáng:", "Phấn đấu đến năm 2025:") holds the items behind it."""
    result: list[Node] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if isinstance(node, Item) and node.kind == "none" and node.text.text.endswith(":"):
            end = index
            while end < len(nodes) and _is_listed(nodes[end], nodes[index], node):
                end += 1
            if end > index and not split_fields(node.text):
                node = replace(node, children=nodes[index:end])
                index = end
        result.append(node)
    return tuple(result)


def _is_listed(node: Node, first: Node, lead_in: Item) -> bool:
    """Dashes belong to any lead-in; numbered items only to a short one that stands inside a section."""
    if not isinstance(node, Item) or not isinstance(first, Item) or node.kind != first.kind:
        return False
    short = bool(lead_in.path) and len(lead_in.text.text.split()) <= _SHORT_LEAD_IN
    return node.kind in ("dash", "plus") or (node.kind != "none" and short)


def _take_fields(children: tuple[Node, ...]) -> tuple[tuple[Field, ...], tuple[Node, ...]]:
    """The fields among the children, and the children that are none.

    Numbered children are fields only where most of them are ("a) Thời gian: ...", "b) Địa điểm: ...")
    and not all mere details ("1. Mục đích:", "2. Yêu cầu:" are headings).
    """
    fields: list[Field] = []
    rest: list[Node] = []
    numbered = [child for child in children if isinstance(child, Item) and child.label]
    found_in = [split_fields(child.text) for child in numbered]
    telling = any(field.role != "detail" for found in found_in for field in found)
    lettered = telling and sum(map(bool, found_in)) * 2 > len(numbered) > 1
    for child in children:
        found = _fields_of(child, lettered)
        fields.extend(found)
        if not found and lettered and isinstance(child, Item):
            rest.append(replace(child, kind="dash", label=None))  # "b) Địa điểm: ..." is a detail, no task
        elif not found:
            rest.append(child)
    return tuple(fields), tuple(rest)


def _hoisted(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Fields that run on in the last dash item under a numbered one belong to the numbered one.

    Where other dash items have fields too, each keeps its own.
    """
    dashes = [child for child in children if isinstance(child, Item) and not split_fields(child.text)]
    if not dashes or any(dash.label for dash in dashes) or any(dash.fields for dash in dashes[:-1]):
        return children
    last = dashes[-1]
    ends_before = last.whole.text[: -len(last.fields[-1].whole)] if last.fields else ""
    if last.children or not ends_before.rstrip().endswith("."):
        return children
    at = next(index for index, child in enumerate(children) if child is last)
    own = last.whole.part(0, last.whole.text.find(last.text.text) + len(last.text))
    fields = (Item("none", None, last.path, field.whole, field.whole) for field in last.fields)
    bare = replace(last, whole=own, fields=())
    return (*children[:at], bare, *fields, *children[at + 1 :])


def _fields_of(node: Node, lettered: bool) -> tuple[Field, ...]:
    if not isinstance(node, Item) or (node.label and not lettered):
        return ()
    found = split_fields(node.text)
    if found:
        found = (replace(found[0], whole=_from_label(node, found[0])), *found[1:])
    if any(field.role == "detail" for field in found):
        return ()
    if found and not found[-1].parts and node.children:
        listed = tuple(child.text.rstrip(";,") for child in node.children if isinstance(child, Item))
        whole = join_passages((found[-1].whole, *(_everything(child) for child in node.children)))
        return (*found[:-1], replace(found[-1], parts=listed, whole=whole))
    empty = not found or not any(field.parts for field in found)
    if empty and not node.children and node.fields and node.kind != "none":
        # "- Phân công thực hiện:" whose own items are all fields
        return node.fields if node.text.text.endswith(":") else ()
    return (*found, *node.fields) if found and not node.children else ()


def _from_label(node: Item, field: Field) -> Passage:
    """The first field of an item is printed behind the item's own dash or letter."""
    return node.whole.part(0, node.whole.text.find(node.text.text) + len(field.whole))


def _everything(node: Node) -> Passage:
    if isinstance(node, Item):
        return join_passages((node.whole, *(_everything(child) for child in node.children)))
    return EMPTY
