"""Who acts by a bracket: "(Phòng A chủ trì, Phòng B phối hợp)", and values that are worded like one."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.resolve.unit_regions import Spans, units_only
from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import Token, head_at, plural_at, starts_with, tokens_of


def lists_objects(before: tuple[Token, ...], bad: bool) -> bool:
    """Whether the bracket only spells out the last words ("tại các trường (Trường A, Trường B)")."""
    for back in range(1, min(5, len(before)) + 1):
        at = len(before) - back
        if head_at(before, at, bad) and plural_at(before, at - 1) and at >= 1:
            return True
    return False


def bracket_units(text: str, start: int, end: int) -> tuple[Spans, Spans]:
    """Lead and support named inside a bracket; both () where it names no units."""
    lead: list[tuple[int, int]] = []
    support: list[tuple[int, int]] = []
    target = lead
    for a, b in _clauses(text, start, end):
        units, role = _clause_units(text, a, b)
        if not units:
            return (), ()
        if role is not None:
            target = lead if role == "lead" else support
        target.extend(units)
    return tuple(lead), tuple(support)


_ROLE_BEHIND = re.compile(r"([^()]+?)\s*\(\s*(chủ trì|phối hợp)(?:\s+thực hiện)?\s*\)", re.IGNORECASE)


def roles_behind(text: str) -> tuple[Spans, Spans]:
    """Lead and support of "Phòng A (chủ trì), Phòng B (phối hợp)"; both () for anything else."""
    lead: list[tuple[int, int]] = []
    support: list[tuple[int, int]] = []
    for match in _ROLE_BEHIND.finditer(text):
        start = match.start(1) + len(match.group(1)) - len(match.group(1).lstrip(" ,;"))
        units = units_only(text, start, match.end(1))
        (lead if match.group(2).lower() == "chủ trì" else support).extend(units)
    rest = _ROLE_BEHIND.sub("", text).strip(" .,;")
    return (tuple(lead), tuple(support)) if not rest else ((), ())


_CLAUSE_CUT = re.compile(
    r";\s*|,\s*(?=phối hợp)|(?<=chủ trì),\s*|(?<=[^\W\d_])\s+(?=phối hợp\s+(?:với|cùng|[A-ZĐÀ-Ỹ]))"
)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The bracket's clauses: parted by semicolons, and before "phối hợp" after a comma."""
    cuts = [start]
    for match in _CLAUSE_CUT.finditer(text[start:end]):
        cuts.append(start + match.end())
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _clause_units(text: str, start: int, end: int) -> tuple[Spans, Literal["lead", "support"] | None]:
    rules = unit_rules()
    tokens = [token for token in tokens_of(text, start, end) if token.text not in {";"}]
    role: Literal["lead", "support"] | None = None
    while tokens and tokens[-1].text in {",", ":"}:
        tokens.pop()
    for name, phrases in (("support", rules.support_roles), ("lead", rules.lead_roles)):
        front = starts_with(tuple(tokens), 0, phrases)
        if front:
            tokens, role = tokens[front:], "support" if name == "support" else "lead"
            break
        back = next((p for p in phrases if tuple(t.lower for t in tokens[-len(p) :]) == p), ())
        if back and len(back) < len(tokens):
            tokens, role = tokens[: -len(back)], "support" if name == "support" else "lead"
            break
    while tokens and tokens[0].lower in {"do", "giao", "với", "cùng", ":"}:
        tokens = tokens[1:]
    if not tokens:
        return (), None
    return units_only(text, tokens[0].start, tokens[-1].end), role
