"""Units in running text, for the entity layer: a unit word and the name that goes with it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import (
    Token,
    damaged,
    head_at,
    plural_at,
    predicate_at,
    starts_with,
    tokens_of,
)

_ENDS = " .,;:"


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Where a unit is named in a text."""

    start: int
    end: int


def find_units(text: str) -> list[UnitSpan]:
    """The units named in running text: a unit word and the name that goes with it, in order."""
    tokens, bad = tokens_of(text), damaged(text)
    found: list[UnitSpan] = []
    at = 0
    while at < len(tokens):
        end = _mention_end(tokens, at, bad)
        if end:
            found.append(
                UnitSpan(
                    tokens[at].start,
                    tokens[at].start + len(text[tokens[at].start : tokens[end - 1].end].rstrip(_ENDS)),
                )
            )
            at = end
        else:
            at += 1
    return found


def _mention_end(tokens: tuple[Token, ...], at: int, bad: bool) -> int:
    """The token after a unit named at `at`, or 0."""
    plural = plural_at(tokens, at)
    if not plural and not tokens[at].capital:
        return 0
    head = head_at(tokens, at + plural, bad)
    if head is None or head.kind == "level":
        return 0
    first = position = at + plural + head.length
    end = position
    while position < len(tokens) and (length := _continues_name(tokens, position, first, bad)):
        position += length
        end = position
    if head.kind in {"organisation", "general"} and not plural and end == at + head.length:
        return 0
    return end


def _continues_name(tokens: tuple[Token, ...], at: int, start: int, bad: bool) -> int:
    """How many tokens at `at` still belong to the name that began before; 0 at its end."""
    token, before = tokens[at], tokens[at - 1]
    if token.text in {",", ";", ":", "(", ")"} or predicate_at(tokens, at, bad):
        return 0
    if before.text.endswith(".") and not before.text.isupper():
        return 0
    if token.text.isdecimal():
        return int(before.capital)
    if token.capital or token.text in {"-", "–", "&"}:
        return 1
    if token.lower == "và":
        return int(at + 1 < len(tokens) and tokens[at + 1].capital and head_at(tokens, at + 1, bad) is None)
    head = head_at(tokens, at, bad)
    if head and head.kind in {"level", "general"}:
        return head.length
    stops, shared = unit_rules().name_stops, unit_rules().shared
    if at > start and before.capital and (len(before.text) == 1 or not before.text.isupper()):
        # The second syllable of a word of the name: "Sở Y tế", "Phòng Kế hoạch".
        return int(token.lower not in stops)
    if length := starts_with(tokens, at, shared):
        return length
    after_shared = not before.capital and starts_with(tokens, at - 1, shared) == 1
    return int(bool(after_shared) and token.lower not in stops)
