"""One task from one item: its own fields, what its sentence says, and what its group says for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.outline import Field, FieldRole, Item, LabelKind
from pipeline.resolve.actors import roles_in_value
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.section_kinds import is_labelled, items
from pipeline.resolve.task_rows import flag_missing
from pipeline.resolve.title_parts import TitleParts, title_parts
from pipeline.types import Passage, join_passages
from schemas import Deadline, Task

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands: the headings above it, fields printed once for its whole group, and
    which items without label are tasks there (`bare`)."""

    headings: tuple[Passage, ...]
    shared: tuple[Field, ...] = ()
    bare: tuple[LabelKind, ...] = ()


def task_of_item(item: Item, task_id: str, place: Place, context: Context) -> Task:
    """The task that `item` is; its own fields go before its wording, both before its group's fields."""
    key = f"tasks/{task_id}"
    parts = title_parts(
        item.text,
        who=not _of_role(item.fields, "lead"),
        when=not _of_role(item.fields, "deadline"),
    )
    parts = _with_paragraph(item, parts)
    title = final_stop_off(parts.title.rstrip(": "))
    context.record.prove(f"{key}/title", _with_label(item) if item.fields else item.whole)
    lead, support = _acting(item, place, parts, key, context)
    products = _of_role(item.fields, "product") or _of_role(place.shared, "product")
    task = Task(
        id=task_id,
        title=title.text or None,
        section=tuple(heading.text for heading in place.headings if heading),
        lead=lead,
        support=support,
        deadline=_due(item, place, parts, f"{key}/deadline", context),
        products=_products(products, f"{key}/products", context),
        details=_details(item, f"{key}/details", context),
    )
    flag_missing(task, context)
    return task


def _with_paragraph(item: Item, parts: TitleParts) -> TitleParts:
    """Who and when as the only paragraph under a heading says it ("3. Truyền thông" / "Báo A mở ...")."""
    only = item.children[0] if len(item.children) == 1 else None
    if item.fields or parts.lead or parts.time or not isinstance(only, Item):
        return parts
    if only.kind != "none" or only.children:
        return parts
    said = title_parts(only.text)
    return replace(parts, lead=said.lead, support=said.support, time=said.time, subject=True)


def _of_role(fields: Sequence[Field], role: FieldRole) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.role == role and field.parts)


def _acting(item: Item, place: Place, parts: TitleParts, key: str, context: Context) -> tuple[Ids, Ids]:
    """Who leads and who supports."""
    shared = _of_role(place.shared, "lead")
    said = bool(parts.lead) and not (parts.subject and shared)
    helped: Ids = ()
    if said:
        lead = context.unit_ids(parts.lead)
        context.record.prove(f"{key}/lead", *parts.lead)
    else:
        lead, helped = _leading(_of_role(item.fields, "lead") or shared, key, context)
    own = _of_role(item.fields, "support")
    if parts.support and not own:
        context.record.prove(f"{key}/support", *parts.support)
        return lead, context.unit_ids(parts.support)
    support = _supporting(own or _of_role(place.shared, "support"), f"{key}/support", context)
    return lead, tuple(dict.fromkeys((*helped, *support)))


def _leading(fields: Sequence[Field], key: str, context: Context) -> tuple[Ids, Ids]:
    """Lead of the lead fields, and the support that they name too ("A chủ trì, phối hợp với B")."""
    lead: list[str] = []
    support: list[str] = []
    for found in fields:
        for part in found.parts:
            roles = roles_in_value(part)
            if roles is None:
                lead.extend(context.units_in(final_stop_off(part)))
                continue
            lead.extend(context.unit_ids(roles[0]))
            support.extend(context.unit_ids(roles[1]))
            context.record.prove(f"{key}/support", *roles[1])
        context.record.prove(f"{key}/lead", found.whole)
    return tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(support))


def _supporting(fields: Sequence[Field], key: str, context: Context) -> Ids:
    ids: list[str] = []
    for found in fields:
        for part in found.parts:
            ids.extend(context.units_in(final_stop_off(part)))
        context.record.prove(key, found.whole)
    return tuple(dict.fromkeys(ids))


def _due(item: Item, place: Place, parts: TitleParts, key: str, context: Context) -> Deadline | None:
    fields = _of_role(item.fields, "deadline") or (() if parts.time else _of_role(place.shared, "deadline"))
    if fields:
        return context.deadline(key, fields[0].value, fields[0].whole)
    return context.deadline(key, parts.time, parts.time)


def _with_label(item: Item) -> Passage:
    """The item as printed with its label, without fields that run on in its paragraph."""
    start = item.whole.text.find(item.text.text)
    return item.whole.part(0, start + len(item.text.text)) if start >= 0 else item.whole


def _products(fields: Sequence[Field], key: str, context: Context) -> tuple[str, ...]:
    for found in fields:
        context.record.prove(key, found.whole)
    parts = (final_stop_off(part) for found in fields for part in found.parts)
    return tuple(part.text for part in parts if part)


def _details(item: Item, key: str, context: Context) -> tuple[str, ...]:
    texts: list[str] = []
    for child in items(item.children):
        if is_labelled(child):
            continue
        text = final_stop_off(join_passages(_flat(child)))
        texts.append(text.text)
        context.record.prove(key, text)
    for found in _of_role(item.fields, "detail"):
        texts.append(final_stop_off(found.whole).text)
        context.record.prove(key, found.whole)
    return tuple(text for text in texts if text)


def _flat(item: Item) -> Iterator[Passage]:
    """An item's text and, with their own marks, the items under it."""
    yield item.text
    for child in items(item.children):
        yield from (child.whole, *(passage for below in items(child.children) for passage in _flat(below)))
    for found in item.fields:
        yield found.whole
