"""Objectives and requirements: the lowest items of their sections, and the figures they promise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.outline import Item, Node
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.entities import first_entity
from pipeline.resolve.section_kinds import (
    SectionKind,
    is_labelled,
    is_remark,
    items,
    kind_of_heading,
    runs_in,
)
from pipeline.resolve.targets import resolve_target
from pipeline.types import Passage, join_passages
from schemas import Deadline, Indicator, Objective, Requirement, Target

_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ỹ\d])")


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective or requirement with its id, its printed text and the nearest heading."""

    kind: SectionKind
    id: str
    text: Passage
    whole: Passage
    heading: Passage


def aims_of_section(section: Item, kind: SectionKind, context: Context) -> tuple[Aim, ...]:
    """All objectives and requirements of a section, in order.

    Under a joint heading the sub-headings tell which is which; without any, all are objectives.
    """
    context.record.claim(section.whole if section.children else section.whole.part(0, 0))
    if not section.children:
        return (_aim(section, "objectives" if kind == "joint" else kind, (), section.text, context),)
    first = "objectives" if kind == "joint" else kind
    return tuple(_walk(section.children, section.path, first, section.text, kind == "joint", context))


def _walk(
    nodes: Sequence[Node],
    path: tuple[str, ...],
    kind: SectionKind,
    heading: Passage,
    joint: bool,
    context: Context,
) -> Iterator[Aim]:
    for item in items(nodes):
        own = _own_kind(item, kind, joint)
        run_in = _run_in_heading(item)
        if run_in is not None:
            context.record.claim(item.whole)
            yield _aim(item, own, item.path, heading, context, run_in)
            if item.children:
                yield from _walk(item.children, item.path, own, item.text, joint, context)
        elif is_remark(item):
            continue
        elif item.children:
            context.record.claim(item.whole)
            below = item.path if is_labelled(item) else path
            yield from _walk(item.children, below, own, item.text, joint, context)
        else:
            yield _aim(item, own, path, heading, context)


def _own_kind(item: Item, kind: SectionKind, joint: bool) -> SectionKind:
    """ "1. Mục đích", "2. Yêu cầu" under a joint heading say what stands below them."""
    if not joint or (item.kind == "none" and not item.children):
        return kind
    head = item.text.text.split(":")[0]
    if len(head.split()) > 8:
        return kind
    found = kind_of_heading(head)
    return found if found in ("objectives", "requirements") else kind


def _run_in_heading(item: Item) -> Passage | None:
    """What follows the colon of "1. Mục đích: Nâng cao ..."."""
    head, colon, _ = item.text.text.partition(":")
    if colon and runs_in(head):
        rest = item.text.part(len(head) + 1)
        return rest if rest else None
    return None


def _aim(
    item: Item,
    kind: SectionKind,
    path: tuple[str, ...],
    heading: Passage,
    context: Context,
    text: Passage | None = None,
) -> Aim:
    collection = "requirements" if kind == "requirements" else "objectives"
    if is_labelled(item) and text is None:
        aim_id = context.unique(collection, item.id)
    else:
        aim_id = context.free(collection, ".".join(path))
    fields = join_passages(field.whole for field in item.fields)
    whole = join_passages((text if text is not None else item.text, fields))
    context.record.prove(f"{collection}/{aim_id}/text", item.whole, fields)
    return Aim(kind, aim_id, whole, item.whole, heading.strip(": "))


def objectives_of(aims: Sequence[Aim]) -> tuple[Objective, ...]:
    """The objectives among `aims`."""
    return tuple(
        Objective(id=aim.id, text=aim.text.text) for aim in aims if aim.kind != "requirements" and aim.text
    )


def requirements_of(aims: Sequence[Aim]) -> tuple[Requirement, ...]:
    """The requirements among `aims`."""
    return tuple(
        Requirement(id=aim.id, text=aim.text.text) for aim in aims if aim.kind == "requirements" and aim.text
    )


def promised_figures(aims: Sequence[Aim], context: Context) -> tuple[Indicator, ...]:
    """An indicator for each objective that holds a measurable figure: the first figure counts."""
    found = (_indicator(aim, context) for aim in aims if aim.kind != "requirements")
    return tuple(indicator for indicator in found if indicator is not None)


def sentences(text: Passage) -> Iterator[Passage]:
    """The sentences of `text`."""
    start = 0
    for gap in _SENTENCE_BREAK.finditer(text.text):
        yield text.part(start, gap.start())
        start = gap.end()
    yield text.part(start)


def _indicator(aim: Aim, context: Context) -> Indicator | None:
    for sentence in sentences(aim.text):
        span = first_entity(sentence.text, "targets")
        if span is None:
            continue
        words = sentence.part(*span)
        reading = resolve_target(words.text, None)
        indicator_id = context.unique("indicators", aim.id)
        key = f"indicators/{indicator_id}"
        name = final_stop_off(sentence)
        context.record.prove(f"{key}/name", name)
        context.record.prove(f"{key}/target", words)
        return Indicator(
            id=indicator_id,
            group=final_stop_off(aim.heading).text or None,
            name=name.text,
            unit=reading.unit,
            target=Target(
                text=reading.text, operator=reading.operator, value=reading.value, unit=reading.unit
            ),
            lead=(),
            support=(),
            deadline=_deadline_in(sentence, span, f"{key}/deadline", context),
        )
    return None


def _deadline_in(sentence: Passage, target: tuple[int, int], key: str, context: Context) -> Deadline | None:
    span = first_entity(sentence.text, "deadlines")
    if span is None or (span[0] < target[1] and target[0] < span[1]):
        return None
    time = sentence.part(*span)
    return context.deadline(key, time, time)
