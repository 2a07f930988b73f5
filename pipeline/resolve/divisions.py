"""The parts of a plan with their kinds: a "PHẦN II" or "I. MỤC TIÊU, NHIỆM VỤ" is several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.outline import Item, Node, OutlineTable
from pipeline.resolve.actors import actor_of, is_about, unit_heading
from pipeline.resolve.context import final_stop_off
from pipeline.resolve.deadlines import is_deadline
from pipeline.resolve.section_kinds import (
    SectionKind,
    has_labelled,
    is_inspection,
    is_labelled,
    items,
    kind_of_heading,
    plain_words,
    rule_of_heading,
    states_fact,
)
from pipeline.resolve.title_parts import title_parts
from pipeline.types import Passage

_HEADING_WORDS = 12
_SHORT_HEADING = 6
_DIVIDING = ("part", "clause", "capital", "roman")
_AIMS = ("objectives", "requirements", "joint")


@dataclass(frozen=True, slots=True)
class Division:
    """A stretch of the plan that serves one purpose, and the headings above it."""

    item: Item
    kind: SectionKind
    above: tuple[Item, ...] = ()

    @property
    def headings(self) -> tuple[Passage, ...]:
        """The headings above it, outermost first."""
        return tuple(final_stop_off(item.text.strip(":. ")) for item in self.above)


def divisions(sections: Sequence[Item], title: str = "") -> Iterator[Division]:
    """The sections of the plan of this title, those that hold several kinds taken apart, in order."""
    inspects = is_inspection(title)
    for section in sections:
        for part in _taken_apart(section, ()):
            weak = part.kind == "tasks" and _is_open(rule_of_heading(heading_of(part.item)))
            # "Nội dung" of an inspection: tasks only where it says who acts or when.
            yield replace(part, kind="steps") if inspects and weak and not part.item.fields else part


def kind_of_section(section: Item) -> SectionKind:
    """What a section is for: its heading decides; where it says little, what stands below it."""
    heading = heading_of(section)
    rule = rule_of_heading(heading)
    kind = kind_of_heading(heading)
    if kind in ("facts", "steps") and _task_fields(section.children):
        return "tasks"
    if kind == "steps" and _only_facts(section):
        return "facts"
    if kind == "organisation" and _mostly_led(section.children):
        return "tasks"  # "NỘI DUNG VÀ PHÂN CÔNG THỰC HIỆN"
    if kind == "facts" and plain_words(heading).startswith("noi dung ") and _each_has_its_time(section):
        return "tasks"
    if _is_open(rule) and _mostly_addressed(section.children):
        return "organisation"
    if rule is None and (is_deadline(section.text.text.strip(":. ")) or _mostly_acted(section.children)):
        return "tasks"
    return kind


def _only_facts(section: Item) -> bool:
    """Whether the items say when, where and for whom the whole plan is, and nothing to be done
    ("1. Thời gian: ...", "2. Đối tượng: ...", "3. Phạm vi: ...")."""
    told = [item.text.text for item in items(section.children)]
    return bool(section.fields) and len(told) > 0 and all(map(states_fact, told))


def _each_has_its_time(section: Item) -> bool:
    """Whether every numbered item has a time of its own: "Nội dung, đối tượng và thời gian" over them."""
    labelled = [item for item in items(section.children) if is_labelled(item)]
    return len(labelled) > 1 and all(
        any(field.role == "deadline" for field in item.fields) for item in labelled
    )


def names_actors_or_times(nodes: Sequence[Node], paragraphs: bool = False) -> bool:
    """Whether an item (or, where wanted, a paragraph) below says who acts or when."""
    if any(isinstance(node, OutlineTable) and node.kind == "tasks" for node in nodes):
        return True
    return any(
        bool(item.fields)
        or _names_actor_or_time(item.text)
        or names_actors_or_times(item.children, paragraphs)
        for item in items(nodes)
        if paragraphs or item.kind != "none" or item.children
    )


def _names_actor_or_time(text: Passage) -> bool:
    parts = title_parts(text)
    return bool(parts.lead) or bool(parts.time and parts.title.text != text.text)


def _is_open(rule: dict[str, Any] | None) -> bool:
    """Whether a heading says so little that what stands below it decides."""
    return rule is None or bool(rule.get("weak"))


def heading_of(section: Item) -> str:
    """The words that name a section: up to the colon where its text runs on."""
    return section.text.text.split(":")[0] if section.children else section.text.text[:120]


def _taken_apart(section: Item, above: tuple[Item, ...]) -> Iterator[Division]:
    kind = kind_of_section(section)
    parts = [child for child in items(section.children) if is_labelled(child)]
    if not _holds_several(section, kind, parts):
        yield Division(section, kind, above)
        return
    below = (*above, section)
    rest = tuple(node for node in section.children if not (isinstance(node, Item) and is_labelled(node)))
    if any(isinstance(node, OutlineTable) for node in rest):
        yield Division(replace(section, children=rest), kind, above)
    for part in parts:
        if rule_of_heading(heading_of(part)) is None and not _divides(part):
            yield Division(part, kind, below)
        else:
            yield from _taken_apart(part, below)


def _divides(part: Item) -> bool:
    """Whether the part is itself a division (a Roman numeral under PHẦN)."""
    return part.kind in _DIVIDING


def _holds_several(section: Item, kind: SectionKind, parts: Sequence[Item]) -> bool:
    """Whether the headings right below a section serve other purposes than its own heading says."""
    if kind == "facts" and rule_of_heading(heading_of(section)) is not None:
        return False
    says_little = kind == "tasks" and _is_open(rule_of_heading(heading_of(section)))
    if (kind == "steps" or says_little) and _schedule_apart(parts):
        return True
    return any(_serves_another_purpose(part, kind) for part in parts)


def _schedule_apart(parts: Sequence[Item]) -> bool:
    """Whether only the parts headed as a schedule ("2. Thời gian và phương pháp") say who acts."""
    acting = [part for part in parts if names_actors_or_times(part.children, paragraphs=True)]
    kinds = {kind_of_heading(heading_of(part)) for part in acting}
    return kinds == {"steps"} and len(acting) < len(parts)


def _serves_another_purpose(part: Item, kind: SectionKind) -> bool:
    heading = heading_of(part)
    rule = rule_of_heading(heading)
    words = len(heading.split())
    if rule is None or not part.children or words > _HEADING_WORDS:
        return False
    own: SectionKind = rule["kind"]
    if _divides(part):
        return own not in (kind, "facts") and not (kind == "joint" and own in _AIMS)
    if words > _SHORT_HEADING:
        return False
    if kind in _AIMS:
        return kind != "requirements" and (own == "tasks" or states_fact(part.text.text))
    # "1. Mục tiêu", "2. Yêu cầu" under a heading that promises tasks ("MỤC TIÊU, NHIỆM VỤ")
    return kind in ("tasks", "facts", "steps") and own in _AIMS and bool(rule.get("start"))


def _mostly_addressed(nodes: Sequence[Node]) -> bool:
    """Whether most items are headed by the unit that is told to act ("1. Phòng Đào tạo: ...")."""
    labelled = has_labelled(nodes)
    listed = [item for item in items(nodes) if (is_labelled(item) if labelled else item.kind == "dash")]
    return sum(map(_addressed, listed)) * 2 > len(listed) > 0


def _addressed(item: Item) -> bool:
    found = unit_heading(item.text)
    if found is None or is_about(item.text):
        return False
    rest = found[1]
    # "Ông A - Phó Giám đốc: Trưởng đoàn" is a member of a list and is told nothing.
    return bool(rest and unit_heading(rest) is None) or bool(item.children and actor_of(item.text) is None)


def _mostly_acted(nodes: Sequence[Node]) -> bool:
    """Whether at least half of the lowest numbered items say who acts or when."""
    lowest = [item for item in _labelled_below(nodes) if not has_labelled(item.children)]
    acted = sum(
        bool(item.fields) or _names_actor_or_time(item.text) for item in lowest if not _is_member(item)
    )
    return acted > 1 and acted * 2 >= len(lowest)


def _is_member(item: Item) -> bool:
    """ "Ông A - Phó Giám đốc: Trưởng đoàn": an entry of a list of members."""
    found = unit_heading(item.text)
    return found is not None and bool(found[1]) and unit_heading(found[1]) is not None


def _mostly_led(nodes: Sequence[Node]) -> bool:
    """Whether most of the lowest numbered items carry a lead field: they are tasks."""
    lowest = [item for item in _labelled_below(nodes) if not has_labelled(item.children)]
    led = sum(any(field.role == "lead" for field in item.fields) for item in lowest)
    return led > 1 and led * 2 > len(lowest)


def _labelled_below(nodes: Sequence[Node]) -> Iterator[Item]:
    for item in items(nodes):
        if is_labelled(item):
            yield item
        yield from _labelled_below(item.children)


def _task_fields(nodes: Sequence[Node]) -> int:
    return sum(
        sum(field.role in ("lead", "support") for field in item.fields) + _task_fields(item.children)
        for item in items(nodes)
    )
