"""Assignments: who is told to do what under "Tổ chức thực hiện"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.outline import Item, Node
from pipeline.resolve.actors import actor_of, actors_of_sentences, orders_somebody, unit_heading
from pipeline.resolve.context import Context
from pipeline.resolve.entities import first_entity
from pipeline.resolve.section_kinds import has_labelled, holds_any, is_labelled, items, states_unaddressed
from pipeline.types import EMPTY, Passage, join_passages
from schemas import Assignment

_SENTENCE_END = re.compile(r"[.;]\s*$")


def assignments_of_section(section: Item, context: Context) -> Iterator[Assignment]:
    """Each numbered item, else each dash item, else each paragraph of the section."""
    nodes, orders = _closing_orders(section.children)
    yield from _walk(nodes, section.path, has_labelled(nodes), context)
    for order in orders:
        assignment = _assignment(order, EMPTY, context.free("assignments", section.id), context)
        if assignment is not None:
            yield assignment


def _closing_orders(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[Item, ...]]:
    """Orders in paragraphs of their own behind the last numbered item ("Giao Sở A theo dõi, đôn đốc ..."),
    apart from the items: they speak for the whole section."""
    last = nodes[-1] if nodes else None
    if not isinstance(last, Item):
        return tuple(nodes), ()
    if is_labelled(last):
        below, orders = _closing_orders(last.children)
        if len(below) == 0 and not _SENTENCE_END.search(last.text.text):
            return tuple(nodes), ()  # all that the item says
        return (*nodes[:-1], replace(last, children=below)), orders
    if last.kind != "none" or last.children or not orders_somebody(last.text):
        return tuple(nodes), ()
    before, orders = _closing_orders(nodes[:-1])
    return before, (*orders, last)


def _walk(
    nodes: Sequence[Node], path: tuple[str, ...], labelled: bool, context: Context
) -> Iterator[Assignment]:
    for item in items(nodes):
        if is_labelled(item):
            yield from _labelled(item, context)
        elif labelled or _is_farewell(item):
            continue
        elif item.kind == "none" and item.children:
            yield from _walk(item.children, path, labelled, context)
        else:
            assignment = _assignment(item, EMPTY, context.free("assignments", ".".join(path)), context)
            if assignment is not None:
                yield assignment


def _labelled(item: Item, context: Context) -> Iterator[Assignment]:
    """A numbered item: one assignment, or a heading over numbered ones."""
    if has_labelled(item.children) and _only_groups(item):
        context.record.claim(item.whole)
        yield from _walk(item.children, item.path, True, context)
        return
    assignment_id = context.unique("assignments", item.id)
    assignment = _assignment(item, EMPTY, assignment_id, context)
    if assignment is not None:
        yield assignment
    yield from _own_assignments(item, context)


def _only_groups(item: Item) -> bool:
    """Whether the numbered items below are the assignments: this one tells nobody to do anything, or
    all of them are headed by units of their own ("1. Các sở, ngành" over "1.1. Sở Y tế")."""
    numbered = [child for child in items(item.children) if is_labelled(child)]
    if len(numbered) > 1 and all(unit_heading(child.text) is not None for child in numbered):
        return True
    return not _tells_somebody(item)


def _tells_somebody(item: Item) -> bool:
    return unit_heading(item.text) is not None or actor_of(_sentence(item)) is not None


def _sentence(item: Item) -> Passage:
    """The item's own words, without the colon that leads over to the items below it."""
    return item.text.rstrip(": ") if item.children else item.text


def _own_assignments(item: Item, context: Context) -> Iterator[Assignment]:
    """Where every dash item opens with a unit and a colon, each is an assignment of its own."""
    dashes = [child for child in items(item.children) if child.kind in ("dash", "plus")]
    if len(dashes) < 2 or len(dashes) != len(item.children):
        return
    headings = [unit_heading(dash.text) for dash in dashes]
    if all(heading is not None and heading[1] for heading in headings):
        for dash in dashes:
            assignment_id = context.free("assignments", item.id)
            assignment = _assignment(dash, EMPTY, assignment_id, context)
            if assignment is not None:
                yield assignment


def _assignment(item: Item, lead_in: Passage, assignment_id: str, context: Context) -> Assignment | None:
    key = f"assignments/{assignment_id}"
    unaddressed = states_unaddressed(item.text.text) and not actors_of_sentences(item.text)
    if unaddressed or _is_member(item):
        return None
    units, text = _addressed(item, context, key)
    if not units and item.kind == "none":
        return None
    whole = _without_end_mark(join_passages((lead_in, text, *_below(item))))
    if not whole:
        return None
    context.record.prove(f"{key}/text", item.whole, *_below(item))
    if not units:
        context.record.flag("unit-unclear", f"{key}/units", text=item.text.text)
    span = first_entity(whole.text, "deadlines")
    time = whole.part(*span) if span else EMPTY
    return Assignment(
        id=assignment_id,
        units=units,
        text=whole.text,
        deadline=context.deadline(f"{key}/deadline", time, time) if time else None,
    )


def _without_end_mark(text: Passage) -> Passage:
    """The stop stays, the mark that ends a document (`./.`) goes."""
    return text.part(0, len(text.text.rstrip()) - 2) if text.text.rstrip().endswith("./.") else text


def _addressed(item: Item, context: Context, key: str) -> tuple[tuple[str, ...], Passage]:
    """The units told to act, and the text without a run-in heading that names them."""
    heading = unit_heading(item.text)
    if heading is not None:
        named, rest = heading
        context.record.prove(f"{key}/units", *named)
        return context.unit_ids(named), rest
    actor = actor_of(_sentence(item))
    if actor is None:
        later = actors_of_sentences(item.text)  # "Kinh phí ... Sở Tài chính bố trí ..."
        context.record.prove(f"{key}/units", *later)
        return context.unit_ids(later), item.text
    units = actors_of_sentences(item.text) if actor.form == "subject" and item.kind == "none" else actor.units
    context.record.prove(f"{key}/units", *units)
    return context.unit_ids(units), item.text if actor.form == "subject" else actor.rest


def _below(item: Item) -> Iterator[Passage]:
    """What stands under the item, each part with its own dash or number."""
    for child in items(item.children):
        yield child.whole
        yield from _below(child)
    for found in item.fields:
        yield found.whole


def _is_member(item: Item) -> bool:
    """ "Ông A, Phó Giám đốc: Trưởng đoàn": a list of members tells nobody to do anything."""
    heading = unit_heading(item.text)
    return heading is not None and bool(heading[1]) and unit_heading(heading[1]) is not None


def _is_farewell(item: Item) -> bool:
    return item.kind == "none" and holds_any(item.text.text[:40], "farewells")
