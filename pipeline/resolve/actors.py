"""Who acts (CONTRACT.md, "Who acts"): the actor of a task or an assignment.

Three forms, looked for in this order:

- before a colon: "Trưởng đoàn: Công bố ..."; the actor leaves the title
- in a bracket at the end: "... (Phòng Đào tạo chủ trì)"; the actor leaves the title
- as subject of the sentence: "Văn phòng Sở chủ trì, ..."; the title stays whole

A sentence that begins with its verb ("Tổ chức thực hiện ...", "Phối hợp với Sở ...") names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.resolve.bracket_units import bracket_units, lists_objects, roles_behind
from pipeline.resolve.unit_regions import (
    LONGEST_SUBJECT,
    Spans,
    head_or_person,
    is_unit,
    region_end,
    shifted,
    units_only,
)
from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import (
    Token,
    damaged,
    head_at,
    predicate_at,
    starts_with,
    tokens_of,
)
from pipeline.resolve.units import split_unit_text
from pipeline.types import EMPTY, Passage

Form = Literal["colon", "bracket", "subject"]

_LABEL = re.compile(r"\s*(?:(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)/]\s*|[-–+•*]\s+)")
_ROLE = re.compile(r"\b(?:chủ trì|phối hợp)\b", re.IGNORECASE)
_JOINED_BY = frozenset({"với", "cùng", "chặt", "chẽ"})
_HEADING_WORDS = 30
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class ActorSpans:
    """`Actor` on plain text: offsets instead of passages."""

    units: Spans
    form: Form
    rest: tuple[int, int]
    support: Spans = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which form it was printed, and what is left as title (`rest`).

    `support` is filled where a bracket names those who help ("(A chủ trì, B phối hợp)").
    """

    units: tuple[Passage, ...]
    form: Form
    rest: Passage
    support: tuple[Passage, ...] = ()


def actor_of(text: Passage) -> Actor | None:
    """Who acts in a task's or an assignment's sentence; null where nobody is named."""
    found = actor_in(text.text)
    if found is None:
        return None
    return Actor(_parts(text, found.units), found.form, text.part(*found.rest), _parts(text, found.support))


def actors_of_sentences(text: Passage) -> tuple[Passage, ...]:
    """The subjects of all sentences of `text`, each unit once, in order."""
    units: dict[str, Passage] = {}
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(text.text)), len(text.text)]:
        sentence = text.part(start, end)
        start = end
        for a, b in _subject(sentence.text) or ():
            unit = sentence.part(a, b)
            units.setdefault(unit.text.casefold(), unit)
    return tuple(units.values())


def orders_somebody(text: Passage) -> bool:
    """Whether the sentence opens with an order and the one it is given to ("Giao Sở A theo dõi ...")."""
    tokens, bad = tokens_of(text.text), damaged(text.text)
    ordered = _before_unit(tokens, 0, unit_rules().late_orders, bad)
    return bool(ordered and _subject(text.text))


def is_about(text: Passage) -> bool:
    """Whether the sentence opens with whom it is about ("Đối với đảng viên"), which is nobody told to act."""
    return bool(starts_with(tokens_of(text.text), 0, unit_rules().concerned))


def unit_heading(text: Passage) -> tuple[tuple[Passage, ...], Passage] | None:
    """The units of a heading ("1. Các đơn vị:", "Phòng Nội vụ: Chuẩn bị ...") and the text after it.

    Null where the text is no heading of units: a title, a sentence.
    """
    found = heading_in(text.text)
    if found is None:
        return None
    units, rest = found
    return _parts(text, units), text.part(rest) if rest < len(text.text) else EMPTY


def roles_in_value(value: Passage) -> tuple[tuple[Passage, ...], tuple[Passage, ...]] | None:
    """Lead and support of a value that says who does which ("Phòng A chủ trì, phối hợp với Phòng B").

    Null where the value is a plain list of units; then `split_units` is its reading.
    """
    if not _ROLE.search(value.text):
        return None
    lead, support = roles_behind(value.text)
    if not lead and not support:
        lead, support = bracket_units(value.text, 0, len(value.text.rstrip(" .;")))
    return (_parts(value, lead), _parts(value, support)) if lead or support else None


def bracket_roles(content: Passage) -> tuple[tuple[Passage, ...], tuple[Passage, ...]] | None:
    """Lead and support named by what stands in a bracket ("Phòng A thực hiện"); null for anything else."""
    lead, support = bracket_units(content.text, 0, len(content.text.rstrip(" .;,")))
    return (_parts(content, lead), _parts(content, support)) if lead or support else None


def supporters_of(text: Passage) -> tuple[Passage, ...]:
    """The units after "phối hợp với", "phối hợp cùng" in a sentence."""
    tokens, bad = tokens_of(text.text), damaged(text.text)
    for index in range(len(tokens) - 2):
        if tuple(token.lower for token in tokens[index : index + 2]) != ("phối", "hợp"):
            continue
        at = index + 2
        while at < len(tokens) and tokens[at].lower in _JOINED_BY:
            at += 1
        end = region_end(tokens, at, bad)
        if at < len(tokens) and end > at and head_or_person(tokens, at, bad):
            start = tokens[at].start
            return _parts(text, shifted(split_unit_text(text.text[start : tokens[end - 1].end]), start))
    return ()


def _parts(text: Passage, spans: Spans) -> tuple[Passage, ...]:
    return tuple(text.part(a, b) for a, b in spans)


# ── on plain text ─────────────────────────────────────────────────────────


def actor_in(text: str) -> ActorSpans | None:
    """`actor_of` on plain text."""
    return _before_colon(text) or _in_bracket(text) or _as_subject(text) or _behind_heading(text)


def heading_in(text: str) -> tuple[Spans, int] | None:
    """`unit_heading` on plain text: the units' offsets, and where the rest begins."""
    label = _LABEL.match(text)
    start = label.end() if label and not re.match(r"P\.", text) else 0
    colon = _outer(text, ":", start)
    stop = len(text) if colon is None else colon
    tokens = tokens_of(text, start, stop)
    opening = _before_unit(tokens, 0, unit_rules().heading_openings, damaged(text))
    if opening:
        start = tokens[opening].start if opening < len(tokens) else stop
    if colon is None and re.search(r"[.;]\s+\w", text[start:]):
        return None
    units = units_only(text, start, stop)
    return (units, stop + 1 if colon is not None else len(text)) if units else None


def _before_colon(text: str) -> ActorSpans | None:
    colon = _outer(text, ":", 0)
    if colon is None or not text[colon + 1 :].strip(" ./;"):
        return None
    start = _skip_order(text)
    units = units_only(text, start, colon)
    if units and starts_with(tokens_of(text), 0, unit_rules().concerned):
        behind = shifted(list(_subject(text[colon + 1 :])), colon + 1)
        if behind:
            return ActorSpans(behind, "subject", (0, len(text)))
        head = head_at(tokens_of(text, start), 0)
        if head and head.kind == "person":
            return None
    return ActorSpans(units, "colon", (colon + 1, len(text))) if units else None


def _in_bracket(text: str) -> ActorSpans | None:
    match = re.search(r"\s*\(([^()]*)\)\s*[.;,]?\s*$", text)
    if match is None or not text[: match.start()].strip():
        return None
    before = tokens_of(text, 0, match.start())
    lead, support = bracket_units(text, match.start(1), match.end(1))
    if not lead and not support:
        return None
    # "tại các đơn vị (Phòng A, Phòng B)" names the objects one by one; one unit alone is who acts
    if len(lead) > 1 and not support and lists_objects(before, damaged(text)):
        return None
    return ActorSpans(lead, "bracket", (0, match.start()), support)


def _as_subject(text: str) -> ActorSpans | None:
    units = _subject(text)
    return ActorSpans(units, "subject", (0, len(text))) if units else None


def _behind_heading(text: str) -> ActorSpans | None:
    """The subject of a sentence with a heading of its own ("Chế độ báo cáo: Các phòng báo cáo ...")."""
    colon = _outer(text, ":", 0)
    if colon is None or len(text[:colon].split()) > _HEADING_WORDS:
        return None
    units = shifted(list(_subject(text[colon + 1 :])), colon + 1)
    return ActorSpans(units, "subject", (0, len(text))) if units else None


def _outer(text: str, mark: str, start: int) -> int | None:
    """The first `mark` outside brackets that is no clock time or ratio."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth <= 0 and text[at] == mark and not text[at + 1 : at + 2].isdecimal():
            return at
    return None


def _skip_order(text: str) -> int:
    """Past a word of order ("Giao", "Đề nghị") or address ("Đối với") at the beginning."""
    tokens = tokens_of(text)
    rules = unit_rules()
    length = _before_unit(tokens, 0, (*rules.orders, *rules.heading_openings), damaged(text))
    return tokens[length].start if 0 < length < len(tokens) else 0


def _before_unit(tokens: tuple[Token, ...], at: int, phrases: tuple[tuple[str, ...], ...], bad: bool) -> int:
    """How many tokens at `at` are one of `phrases`; 0 where a unit begins so ("Giáo viên" is no "Giao")."""
    head = head_at(tokens, at, bad)
    return 0 if head and head.length > 1 else starts_with(tokens, at, phrases)


# ── the subject ───────────────────────────────────────────────────────────


def _subject(text: str) -> Spans:
    """The units that are the sentence's subject, after an order, a time or a reason; () for none."""
    tokens, bad = tokens_of(text), damaged(text)
    label = _LABEL.match(text)
    first = next((i for i, token in enumerate(tokens) if not label or token.start >= label.end()), 0)
    for at in _subject_starts(tokens, first):
        ordered = _before_unit(tokens, at, unit_rules().orders, bad)
        begin = at + ordered
        if begin >= len(tokens) or not head_or_person(tokens, begin, bad):
            continue
        end = region_end(tokens, begin, bad)
        if not begin < end <= min(len(tokens) - 1, begin + LONGEST_SUBJECT) or _is_label(tokens, end, bad):
            continue
        if not ordered and not predicate_at(tokens, end, bad):
            continue
        start, stop = tokens[begin].start, tokens[end - 1].end
        units = shifted(split_unit_text(text[start:stop]), start)
        if units and all(is_unit(text, span) for span in units):
            return units
    return ()


def _subject_starts(tokens: tuple[Token, ...], first: int) -> list[int]:
    """Where a subject may begin: at once, or after a comma where a time or a reason stands before."""
    starts = [first]
    if starts_with(tokens, first, unit_rules().openings):
        commas = [i for i, token in enumerate(tokens[:60]) if token.text == "," and i > first]
        stop = next((i for i, token in enumerate(tokens) if token.text in {";", ":"}), len(tokens))
        starts += [i + 1 for i in commas if i < stop]
    late = unit_rules().late_orders
    marks = (i for i, token in enumerate(tokens) if i > first and token.text in {";", ","})
    return [*starts, *(i + 1 for i in marks if i + 1 < len(tokens) and starts_with(tokens, i + 1, late))]


def _is_label(tokens: tuple[Token, ...], at: int, bad: bool) -> bool:
    """Whether the predicate at `at` only makes a field's label ("Lãnh đạo phụ trách: ...")."""
    last = head_at(tokens, at - 1, bad) or head_at(tokens, max(0, at - 2), bad)
    if last and last.kind == "general" and any(token.text == ":" for token in tokens[at : at + 10]):
        # "Đơn vị phối hợp tuyên truyền: ..."
        return True
    position = at
    while position < len(tokens) and (length := predicate_at(tokens, position, bad)):
        position += length
        if position < len(tokens) and tokens[position].lower in {"và", "chính"}:
            position += 1
    return position < len(tokens) and tokens[position].text == ":"
