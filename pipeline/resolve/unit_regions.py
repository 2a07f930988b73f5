"""How far a stretch of units reaches in a sentence: where the predicate or the colon comes."""

from __future__ import annotations

from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import (
    Token,
    damaged,
    head_at,
    is_person_name,
    name_verbs_at,
    plural_at,
    predicate_at,
    starts_with,
    tokens_of,
)
from pipeline.resolve.units import split_unit_text

Spans = tuple[tuple[int, int], ...]

LONGEST_SUBJECT = 40
"""Tokens a subject may have; longer stretches before a verb are no subject."""

BARE_HEADS = frozenset({"đoàn", "tổ", "hội đồng", "nhóm", "tổ công tác", "đoàn công tác"})
"""Bodies that a plan sets up and then calls by this word alone."""


def units_only(text: str, start: int, stop: int) -> Spans:
    """The units of a stretch that is made of units alone; () for anything else."""
    tokens, bad = tokens_of(text, start, stop), damaged(text)
    if not tokens or len(tokens) > LONGEST_SUBJECT or not head_or_person(tokens, 0, bad):
        return ()
    if region_end(tokens, 0, bad, whole=True) < len(tokens):
        return ()
    units = shifted(split_unit_text(text[start:stop]), start)
    return units if all(is_unit(text, span) for span in units) else ()


def is_unit(text: str, span: tuple[int, int]) -> bool:
    """Whether the stretch begins like a unit's name."""
    tokens = tokens_of(text, *span)
    return bool(tokens) and head_or_person(tokens, 0, damaged(text))


def head_or_person(tokens: tuple[Token, ...], at: int, bad: bool) -> bool:
    """Whether an organisation, a post or a person is named at `at`."""
    head = head_at(tokens, at + plural_at(tokens, at), bad)
    if head is None:
        name = tokens[at : at + 5]
        return any(is_person_name(name[:length]) for length in (4, 3, 2))
    plural = bool(plural_at(tokens, at))
    follows = tokens[at + head.length : at + head.length + 1]
    if head.word in unit_rules().verb_like and not plural and follows and not follows[0].capital:
        return follows[0].text in {",", ";", ":"} or bool(head_at(tokens, at + head.length, bad))
    if head.kind == "level":
        return plural or (
            at + head.length < len(tokens) and tokens[at + head.length].capital and tokens[at].capital
        )
    if head.kind == "organisation" and not plural:
        # "Phòng, chống ...", a bare "Khoa:" say nothing; "Đoàn" and "Tổ" alone do.
        return bool(follows) or head.word in BARE_HEADS
    return True


def shifted(spans: list[tuple[int, int]], by: int) -> Spans:
    """Offsets in a part of a text as offsets in the text."""
    return tuple((a + by, b + by) for a, b in spans)


def region_end(tokens: tuple[Token, ...], at: int, bad: bool, whole: bool = False) -> int:
    """The token at which the units that begin at `at` end: a predicate, a colon, a stop.

    `whole` asks about a stretch that should be units to its end: a verb that may belong to
    a name then does.
    """
    plural = plural_at(tokens, at)
    head = head_at(tokens, at + plural, bad)
    position = at + plural + (head.length if head else 0)
    if head and head.kind == "organisation" and not plural and head.word not in BARE_HEADS:
        # "phòng tổ chức hành chính": a bare "phòng" is no name, so the verb is part of it.
        inside = predicate_at(tokens, position, bad)
        position += inside if inside > 1 else 0
    depth = 0
    while position < len(tokens):
        token = tokens[position]
        depth += (token.text == "(") - (token.text == ")")
        if depth > 0 or token.text == ")":
            position += 1
            continue
        if token.text in {";", ":"} and not whole:
            return position
        if position > at and (length := _verb_of_name(tokens, at, position, bad, whole)):
            position += length
            continue
        if position > at and predicate_at(tokens, position, bad):
            return position
        position += 1
    return len(tokens)


def _verb_of_name(tokens: tuple[Token, ...], at: int, position: int, bad: bool, whole: bool) -> int:
    """How many tokens at `position` are verbs inside a name ("Đoàn kiểm tra, đánh giá"); 0 for none.

    They are where the word before takes a verb and the predicate itself comes after them.
    """
    rules = unit_rules()
    if tokens[position - 1].lower == "được":
        return _told(tokens, position, bad)
    if charge := _in_charge_of(tokens, position, bad):
        return charge
    if (last := starts_with(tokens, position, rules.name_end_verbs)) and not tokens[position].capital:
        return last if starts_with(tokens, position + last, rules.lead_roles) else 0
    length = name_verbs_at(tokens, position)
    before = (tuple(token.lower for token in tokens[max(at, position - n) : position]) for n in (1, 2, 3))
    if not length or not any(words in rules.verbal_heads for words in before):
        return 0
    after = position + length
    if after >= len(tokens):
        return length if whole else 0
    if tokens[after].lower in rules.object_words and not whole:
        return 0
    ends = {";", ":", ","}
    stop = next((i for i in range(after, min(after + 12, len(tokens))) if tokens[i].text in ends), after + 12)
    follows = any(predicate_at(tokens, i, bad) for i in range(after, min(stop, len(tokens))))
    return length if follows or whole else 0


def _in_charge_of(tokens: tuple[Token, ...], position: int, bad: bool) -> int:
    """How many tokens say what a person is in charge of, where the predicate follows at once ("Phó Giám đốc
    phụ trách lĩnh vực trực tiếp chỉ đạo ..."); 0 for none."""
    if tuple(token.lower for token in tokens[position : position + 2]) != ("phụ", "trách"):
        return 0
    for at in range(position + 3, min(position + 8, len(tokens))):
        if tokens[at].text in {",", ";", ":", "("}:
            return 0
        if predicate_at(tokens, at, bad):
            return at - position
    return 0


def _told(tokens: tuple[Token, ...], position: int, bad: bool) -> int:
    """How many tokens behind "được" belong to who it is ("Công chức được phân công ...").

    What they were told to do does where the predicate follows at once ("được giao chủ trì có trách
    nhiệm ...").
    """
    verbs = name_verbs_at(tokens, position)
    if verbs and predicate_at(tokens, position + verbs, bad):
        return verbs
    length = max(1, predicate_at(tokens, position, bad))
    second = starts_with(tokens, position + length, unit_rules().lead_roles)
    return length + second if second and predicate_at(tokens, position + length + second, bad) else length
