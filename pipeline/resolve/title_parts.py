"""A task's own sentence taken apart: its title, and who acts and when where the sentence says so.

Three places, each of which leaves the title: before a colon ("Ngày 12/8/2024: ...", "Trưởng đoàn:
..."), behind the last colon ("...: Từ ngày 6 đến ngày 15/11/2017"), and in the final bracket
("(Phòng Nội vụ thực hiện, xong trước ngày 15/6)"). What the sentence itself says ("Giao Phòng A
..., hoàn thành trước 30/9/2024") stays in the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.resolve.actors import Actor, actor_of, bracket_roles, supporters_of
from pipeline.resolve.context import final_stop_off
from pipeline.resolve.deadlines import is_deadline
from pipeline.resolve.entities import first_entity
from pipeline.types import EMPTY, Passage

# A bracket whose end was cut off with the labelled fields behind it counts as well.
_FINAL_BRACKET = re.compile(r"\s*\(([^()]*)(?:\)\s*[.;,]?)?$")
_CLAUSE = re.compile(r"[;,]\s+")
_COLON = re.compile(r":(?=\s)")
_CLAUSE_END = re.compile(r"[;.]\s")
_WITH = re.compile(r"\bphối hợp\s+(?:chặt chẽ\s+)?(?:với|cùng)\b", re.IGNORECASE)
_COMPLETION = re.compile(
    r"(?:hoàn thành|xong|chậm nhất|muộn nhất|trong vòng|trong thời hạn|trước ngày|trước tháng"
    r"|trước \d|kết thúc)",
    re.IGNORECASE,
)

# "... vào ngày 20/6/2014.", "... trong tháng 5/2014.": the end of the sentence, with a day, month or quarter.
_PLACED = re.compile(
    r"(?:thời gian|dự kiến|vào|trong|từ)\s.*(?:tháng|quý|\d\s*[/.-]\s*\d).*\d{4}", re.IGNORECASE | re.DOTALL
)

# "... 01 tháng/lần" at the end of the sentence.
_COUNTED_RHYTHM = re.compile(r"\d{1,2}\s*(?:ngày|tuần|tháng|quý|năm|lần|buổi|cuộc)\s*/", re.IGNORECASE)

# "... vào 14h00 thứ Năm hằng tuần", "... định kỳ hằng quý" at the end of the sentence.
_SET_RHYTHM = re.compile(r"(?:vào|định kỳ|trước)\s.*h[ằà]ng\s(?:ngày|tuần|tháng|quý|năm)", re.IGNORECASE)

Units = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class TitleParts:
    """`time` is EMPTY and the lists are empty where the sentence does not say it.

    `subject` says that the lead is the subject of the sentence and no field of its own.
    """

    title: Passage
    lead: Units = ()
    support: Units = ()
    time: Passage = EMPTY
    subject: bool = False


def title_parts(text: Passage, who: bool = True, when: bool = True) -> TitleParts:
    """The title in `text`, and who acts and when, as far as they are wanted."""
    parts = _time_apart(TitleParts(text)) if when else TitleParts(text)
    parts = _bracket_apart(parts, who, when)
    actor = actor_of(parts.title) if who and not parts.lead else None
    if actor is not None:
        parts = replace(
            parts,
            title=actor.rest,
            lead=actor.units,
            support=parts.support or actor.support or _joined_by(actor),
            subject=actor.form == "subject",
        )
    if when and not parts.time:
        parts = replace(parts, time=_time_in_sentence(parts.title))
    return parts


def _joined_by(actor: Actor) -> Units:
    """Who is named as a partner of the sentence's subject: "Phòng A chủ trì, phối hợp với Phòng B ..."."""
    if actor.form != "subject":
        return ()
    behind = actor.rest.part(max(0, actor.rest.text.find(actor.units[-1].text)))
    clause = _CLAUSE_END.search(behind.text)
    said = _WITH.search(behind.text, 0, clause.start() if clause else len(behind.text))
    named = {unit.text.casefold() for unit in actor.units}
    partners = supporters_of(behind.part(said.start())) if said else ()
    return tuple(unit for unit in partners if unit.text.casefold() not in named)


def is_time(text: Passage) -> bool:
    """Whether a heading or a field without label is nothing but a time ("Tháng 01/2024", "QUÝ I:")."""
    return is_deadline(text.text.strip(":. "))


def _time_apart(parts: TitleParts) -> TitleParts:
    text = parts.title
    colons = [match.start() for match in _COLON.finditer(text.text) if _outside(text.text, match.start())]
    if not colons:
        return parts
    time = final_stop_off(text.part(colons[-1] + 1))
    if is_deadline(re.sub(r"\s*\([^()]*\)$", "", time.text)):
        return replace(parts, title=text.part(0, colons[-1]), time=time)
    head, rest = text.part(0, colons[0]), text.part(colons[0] + 1)
    if rest and is_deadline(head.text):
        return replace(parts, title=rest, time=head)
    return parts


def _outside(text: str, at: int) -> bool:
    """Whether `at` stands outside brackets."""
    return text.count("(", 0, at) <= text.count(")", 0, at)


def _bracket_apart(parts: TitleParts, who: bool, when: bool) -> TitleParts:
    """The final bracket where all of it says who or when; a bracket of names alone is `actor_of`'s."""
    text = parts.title
    match = _FINAL_BRACKET.search(text.text)
    if match is None or not match.group(1).strip():
        return parts
    inside = text.part(*match.span(1))
    time, rest = _time_clause(inside) if when else (EMPTY, inside)
    time = _without_label(time)
    cut_off = not match.group().rstrip(" .;,").endswith(")")
    if (not time and not cut_off) or (rest and not who):
        return parts
    roles = bracket_roles(rest) if rest else ((), ())
    if roles is None:
        return parts
    title = text.part(0, match.start())
    return replace(parts, title=title, lead=roles[0], support=roles[1], time=time or parts.time)


def _without_label(time: Passage) -> Passage:
    """ "thời gian: tháng 11/2026" inside a bracket: the time behind its label."""
    colon = _COLON.search(time.text)
    value = time.part(colon.end()) if colon else EMPTY
    return value if value and is_deadline(value.text) else time


def _time_clause(inside: Passage) -> tuple[Passage, Passage]:
    """The clause of a bracket that says when, and the clauses before or behind it."""
    cuts = [(match.start(), match.end()) for match in _CLAUSE.finditer(inside.text)]
    if is_deadline(inside.text):
        return inside, EMPTY
    for end, start in cuts:
        if is_deadline(inside.part(start).text):
            return inside.part(start), inside.part(0, end)
    for end, start in reversed(cuts):
        if is_deadline(inside.part(0, end).text):
            return inside.part(0, end), inside.part(start)
    return EMPTY, inside


def _time_in_sentence(title: Passage) -> Passage:
    """When the sentence itself says it has to be done; a day or year that only names something is none."""
    span = first_entity(title.text, "deadlines")
    if span is None:
        return EMPTY
    start, end = span
    due = _COMPLETION.search(title.text[max(0, start - 14) : end])
    ends = not title.text[end:].strip(" .;)")
    placed = ends and (
        title.text[:start].rstrip().endswith(";")
        or _PLACED.search(title.text[max(0, start - 11) : end])
        or _COUNTED_RHYTHM.match(title.text, start)
        or _SET_RHYTHM.match(title.text, start, end)
    )
    return title.part(start, end) if due or placed else EMPTY
