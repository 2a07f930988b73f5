"""Units (đơn vị, cơ quan, chức danh): who leads, supports or is told to act.

    split_units(value, lines)   a field's value or a table cell → the units it names
    find_units(text)            where units are named in running text

The rulings are CONTRACT.md's: a comma parts two units only where each part is a name by
itself, "và" only where a unit of its own begins after it, and nothing is parted under one
"Các".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.resolve.unit_mentions import UnitSpan, find_units
from pipeline.resolve.unit_parts import Part, Separator, begins_unit, belongs_to_office, part_of
from pipeline.resolve.unit_registry import Unit, UnitRegistry
from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import Token, damaged, predicate_at, starts_with, tokens_of
from pipeline.types import Passage

__all__ = ["Unit", "UnitRegistry", "UnitSpan", "find_units", "split_unit_text", "split_units"]

_BULLET = re.compile(r"\s*(?:[-–+•*]\s+|\d{1,2}[.)]\s+)")
_ENDS = " .,;:"


# ── splitting a value ─────────────────────────────────────────────────────


def split_units(value: Passage, lines: Sequence[Passage] | None = None) -> tuple[Passage, ...]:
    """The units that a field's value names, in order, each a part of `value`.

    `lines` are the printed lines of a narrow cell, top to bottom: a line that begins with a
    capital is a new unit where the one above it is complete.
    """
    spans = split_unit_text(value.text, _line_starts(value.text, lines))
    return tuple(value.part(a, _end_of_name(value.text, a, b)) for a, b in spans)


def _end_of_name(text: str, start: int, end: int) -> int:
    """Where the name ends in a value that goes on ("các chi đoàn cử 15 đoàn viên tham gia")."""
    tokens = tokens_of(text, start, end)
    verbs = unit_rules().value_verbs
    for at in range(2, len(tokens) - 1):
        if not tokens[at].capital and starts_with(tokens, at, verbs) and predicate_at(tokens, at):
            return tokens[at - 1].end
    return end


def split_unit_text(text: str, line_starts: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """`split_units` on plain text: the offsets of the units; `line_starts` begin printed lines."""
    bad = damaged(text)
    pieces = _pieces(text, line_starts)
    parts = _names_over_lines(
        [(separator, part_of(tokens, bad)) for separator, tokens in pieces if tokens], bad
    )
    headed = any(part.head and part.kind != "level" for _, part in parts)
    groups: list[list[Part]] = []
    for separator, part in parts:
        if not groups or begins_unit(groups[-1], separator, part, headed):
            groups.append([part])
        else:
            groups[-1].append(part)
    spans = [(group[0].tokens[0].start, group[-1].tokens[-1].end) for group in groups]
    return [span for a, b in spans if (span := _trimmed(text, a, b))[1] > span[0]]


def _line_starts(text: str, lines: Sequence[Passage] | None) -> frozenset[int]:
    """Offsets in the joined text where a printed line after the first begins."""
    starts, at = [], 0
    for line in lines or ():
        found = text.find(line.text, at) if line.text else -1
        if found >= 0:
            starts.append(found)
            at = found + len(line.text)
    return frozenset(starts[1:])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    core = text[start:end]
    ellipsis = core.rstrip().endswith(("...", "…"))
    stripped = core.rstrip() if ellipsis else core.rstrip(_ENDS)
    lead = len(stripped) - len(stripped.lstrip(_ENDS + "-"))
    return start + lead, start + len(stripped)


def _pieces(text: str, line_starts: frozenset[int]) -> list[tuple[Separator, tuple[Token, ...]]]:
    """Tokens between separators outside brackets, each piece with the separator before it."""
    pieces: list[tuple[Separator, list[Token]]] = [("comma", [])]
    depth = 0
    tokens = tokens_of(text)
    whole = {
        at + n for at in range(len(tokens)) for n in range(starts_with(tokens, at, unit_rules().one_name))
    }
    for at, token in enumerate(tokens):
        if at in whole:
            pieces[-1][1].append(token)
            continue
        depth = max(0, depth + (token.text == "(") - (token.text == ")"))
        if depth == 0 and token.start in line_starts and not token.text[0].islower():
            pieces.append(("line" if pieces[-1][1] else pieces[-1][0], []))
        if depth == 0 and token.text in {",", ";"}:
            pieces.append(("comma" if token.text == "," else "semicolon", []))
        elif depth == 0 and token.lower in {"và", "va", "&"} and (pieces[-1][1] or len(pieces) > 1):
            pieces.append(("and" if pieces[-1][1] else pieces[-1][0], []))
        else:
            pieces[-1][1].append(token)
    return [(separator, tuple(tokens)) for separator, tokens in pieces]


def _names_over_lines(parts: list[tuple[Separator, Part]], bad: bool) -> list[tuple[Separator, Part]]:
    """ "Trường Đại học" at the end of a line goes on with the name on the next one."""
    joined: list[tuple[Separator, Part]] = []
    for separator, part in parts:
        before = joined[-1][1] if joined else None
        if before is not None and separator == "line" and _goes_on(before, part):
            joined[-1] = (joined[-1][0], part_of((*before.tokens, *part.tokens), bad))
        else:
            joined.append((separator, part))
    return joined


def _goes_on(before: Part, part: Part) -> bool:
    """Whether a name that is only begun on one line ("Trường Đại học", "Văn phòng") goes on with `part`."""
    if part.head is None:
        return before.kind == "organisation" and before.bare
    if " ".join(token.lower for token in before.tokens) in unit_rules().wants_owner:
        return bool(starts_with(part.tokens, 0, unit_rules().owners))
    return before.bare and belongs_to_office(before, "line", part)
