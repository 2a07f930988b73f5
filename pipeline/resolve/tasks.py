"""Tasks from the items of task sections: which of them are tasks, and what holds for several of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.outline import Field, FieldRole, Item, LabelKind, Node, OutlineTable
from pipeline.resolve.actors import unit_heading
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.divisions import names_actors_or_times
from pipeline.resolve.section_kinds import (
    has_labelled,
    is_labelled,
    is_remark,
    items,
    only_groups,
    states_fact,
)
from pipeline.resolve.task_of_item import Place, task_of_item
from pipeline.resolve.task_rows import tasks_of_table
from pipeline.resolve.title_parts import is_time, title_parts
from pipeline.resolve.unit_words import head_at, plural_at, tokens_of
from pipeline.types import EMPTY, Passage
from schemas import Task

_SUB_HEADING = 8
"""Words of a sub-heading without label; a longer lead-in is a sentence."""

_BULLETS: tuple[LabelKind, ...] = ("dash", "plus")
_LEADS_IN = re.compile(r"(?::|\b(?:sau đây|như sau|sau))\s*[.:]?\s*$", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:tại|theo|trong|ở|có)\s+(?:các\s+)?(?:phụ lục|danh mục|biểu|bảng)\b[^.;]{0,40}\b"
    r"(?:kèm|đính|dưới đây)"
    r"|^(?:(?:các|danh mục|nội dung|nhiệm vụ|công việc|đầu việc|phân công)\s)*(?:chi tiết|cụ thể)\s"
    r"(?:[^.;:,]{0,40}\s)?(?:tại|theo|trong|ở)\s+(?:các\s+)?phụ lục"
    r"[^.;:,]{0,20}[.;/]*$",
    re.IGNORECASE,
)
"""A sentence that only says where the tasks are listed."""
_BRACKETED = re.compile(r"\)[.;,: ]*$")


def tasks_of_section(
    section: Item, context: Context, only_acted: bool = False, above: tuple[Passage, ...] = ()
) -> Iterator[Task]:
    """The tasks of a task section; `above` are the headings over it.

    `only_acted` is for steps and schedules: an item there is a task only if the section
    says somewhere who acts or when.
    """
    if only_acted and not names_actors_or_times(section.children):
        return
    labelled = has_labelled(section.children)
    place = Place(
        (*above, section.text.strip(":. ")),
        (*(section.fields if labelled else ()), *_said_by_heading(section)),
        () if labelled else _bare_kinds(section.children),
    )
    yield from _walk(section.children, section.path, place, context)


def _bare_kinds(nodes: Sequence[Node]) -> tuple[LabelKind, ...]:
    """Where nothing is numbered, the dash items are the tasks; where nothing is listed, the paragraphs."""
    listed = any(item.kind in _BULLETS or _bare_kinds(item.children) == _BULLETS for item in items(nodes))
    return _BULLETS if listed else ("none",)


def _walk(nodes: Sequence[Node], path: tuple[str, ...], place: Place, context: Context) -> Iterator[Task]:
    siblings = [node for node in items(nodes) if is_labelled(node)]
    place = replace(place, shared=_nearer(place.shared, _printed_once(siblings)))
    for node in nodes:
        if isinstance(node, OutlineTable):
            if node.kind == "tasks":
                yield from tasks_of_table(node, ".".join(path), place.headings, context)
        elif is_labelled(node):
            yield from _walk_labelled(node, place, context)
        else:
            yield from _walk_bare(node, path, place, context)


def _walk_labelled(item: Item, place: Place, context: Context) -> Iterator[Task]:
    """A numbered item: a task, a heading over tasks, or both."""
    if states_fact(item.text.text):
        return
    if not has_labelled(item.children):
        if _lists_tasks_below(item):
            yield from _walk_below(item, place, _said_by_heading(item), context)
        else:
            yield task_of_item(item, context.unique("tasks", item.id), place, context)
        return
    own_fields = bool(item.fields) and _any_fields(item.children)
    if own_fields:
        yield task_of_item(item, context.unique("tasks", item.id), place, context)
    shared = (*(() if own_fields else item.fields), *_said_by_heading(item))
    yield from _walk_below(item, place, shared, context)


def _walk_below(item: Item, place: Place, shared: tuple[Field, ...], context: Context) -> Iterator[Task]:
    bare = () if has_labelled(item.children) else _bare_kinds(item.children)
    below = Place((*place.headings, _heading(item)), _nearer(place.shared, shared), bare)
    context.record.claim(item.whole)
    yield from _walk(item.children, item.path, below, context)


def _lists_tasks_below(item: Item) -> bool:
    """A numbered heading that is no task itself: over a table of tasks, only a time over what is due, or
    only a word for what follows ("1. Nhiệm vụ")."""
    if any(isinstance(child, OutlineTable) and child.kind == "tasks" for child in item.children):
        return True
    return bool(item.children) and not item.fields and (is_time(item.text) or only_groups(item.text.text))


def _walk_bare(item: Item, path: tuple[str, ...], place: Place, context: Context) -> Iterator[Task]:
    """A dash item, a paragraph, or a sub-heading without label over others."""
    heading = item.text.strip(": ")
    over_others = bool(item.children) and (item.kind == "none" or is_time(item.text))
    if over_others:
        if len(heading.text.split()) <= _SUB_HEADING:
            place = replace(place, headings=(*place.headings, heading))
            context.record.claim(item.whole)
        shared = _nearer(place.shared, _said_by_heading(item))
        yield from _walk(item.children, path, replace(place, shared=shared), context)
    elif item.kind in place.bare and not _only_leads_in(item) and not is_remark(item):
        yield task_of_item(item, context.free("tasks", ".".join(path)), place, context)


def _only_leads_in(item: Item) -> bool:
    return item.kind == "none" and bool(_LEADS_IN.search(item.text.text) or _REFERS.search(item.text.text))


def _heading(item: Item) -> Passage:
    return final_stop_off(item.text.strip(": "))


def _any_fields(nodes: Sequence[Node]) -> bool:
    return any(item.fields or _any_fields(item.children) for item in items(nodes))


def _said_by_heading(item: Item) -> tuple[Field, ...]:
    """A heading that is a time ("QUÝ I/2024") or ends with who or when in brackets says it for all below."""
    text = item.text.strip(":. ")
    if is_time(text):
        return (Field("deadline", EMPTY, (text,), item.whole, 100.0),)
    named = _named_by_heading(item)
    if named:
        return (Field("lead", EMPTY, named, item.whole, 100.0),)
    parts = title_parts(item.text)
    if not _BRACKETED.search(item.text.text) or parts.subject:
        return ()
    said: tuple[tuple[FieldRole, tuple[Passage, ...]], ...] = (
        ("lead", parts.lead),
        ("support", parts.support),
        ("deadline", (parts.time,) if parts.time else ()),
    )
    return tuple(Field(role, EMPTY, found, item.whole, 100.0) for role, found in said if found)


def _named_by_heading(item: Item) -> tuple[Passage, ...]:
    """The units of a heading that is nothing else ("2. Sở Y tế"): who has to do what is numbered below."""
    found = unit_heading(item.text) if has_labelled(item.children) else None
    if found is None or found[1]:
        return ()
    tokens = tokens_of(found[0][0].text)
    plural = plural_at(tokens, 0)
    head = head_at(tokens, plural)
    return found[0] if head and (plural or head.kind in ("body", "organisation", "post")) else ()


def _nearer(outer: tuple[Field, ...], inner: tuple[Field, ...]) -> tuple[Field, ...]:
    """Fields of the nearer group in place of those of the same role of the wider one."""
    roles = {field.role for field in inner}
    return (*(field for field in outer if field.role not in roles), *inner)


def _printed_once(siblings: Sequence[Item]) -> tuple[Field, ...]:
    """Fields behind the last of several bare items hold for all of them, like a merged cell.

    Printed after dash items of that last one they are its own; so are they where another item says who
    acts.
    """
    if len(siblings) < 2 or not siblings[-1].fields or siblings[-1].children:
        return ()
    bare = all(
        not item.fields and not item.children and not title_parts(item.text).lead for item in siblings[:-1]
    )
    return siblings[-1].fields if bare else ()
