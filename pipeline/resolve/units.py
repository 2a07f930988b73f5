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
from dataclasses import dataclass
from typing import Literal

from pipeline.resolve.unit_mentions import UnitSpan, find_units
from pipeline.resolve.unit_registry import Unit, UnitRegistry
from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import (
    Head,
    Token,
    damaged,
    head_at,
    is_person_name,
    plural_at,
    starts_with,
    tokens_of,
)
from pipeline.types import Passage

__all__ = ["Unit", "UnitRegistry", "UnitSpan", "find_units", "split_unit_text", "split_units"]

Separator = Literal["comma", "semicolon", "and", "line"]

_BULLET = re.compile(r"\s*(?:[-–+•*]\s+|\d{1,2}[.)]\s+)")
_ENDS = " .,;:"


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands between two separators: its tokens, its collective and its head."""

    tokens: tuple[Token, ...]
    plural: bool
    head: Head | None
    complement: tuple[Token, ...]

    @property
    def bare(self) -> bool:
        return not self.complement

    @property
    def shared(self) -> bool:
        """What follows the head makes it no name of its own ("đơn vị có liên quan")."""
        return bool(starts_with(self.complement, 0, unit_rules().shared))

    @property
    def collective(self) -> bool:
        """A collective stands before the head or after it ("Hiệu trưởng các trường MN, TH")."""
        return self.plural or any(plural_at(self.complement, at) for at in range(len(self.complement)))

    @property
    def proper(self) -> bool:
        return any(token.capital for token in self.complement)

    @property
    def capital(self) -> bool:
        return self.tokens[0].capital

    @property
    def kind(self) -> str | None:
        return self.head.kind if self.head else None

    @property
    def own_name(self) -> bool:
        """A name by itself, whatever stands around it."""
        if self.kind in {"body", "address"}:
            return True
        return bool(self.head) and not self.bare and not self.shared


# ── splitting a value ─────────────────────────────────────────────────────


def split_units(value: Passage, lines: Sequence[Passage] | None = None) -> tuple[Passage, ...]:
    """The units that a field's value names, in order, each a part of `value`.

    `lines` are the printed lines of a narrow cell, top to bottom: a line that begins with a
    capital is a new unit where the one above it is complete.
    """
    spans = split_unit_text(value.text, _line_starts(value.text, lines))
    return tuple(value.part(a, b) for a, b in spans)


def split_unit_text(text: str, line_starts: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """`split_units` on plain text: the offsets of the units; `line_starts` begin printed lines."""
    bad = damaged(text)
    pieces = _pieces(text, line_starts)
    parts = _names_over_lines(
        [(separator, _part(tokens, bad)) for separator, tokens in pieces if tokens], bad
    )
    headed = any(part.head and part.kind != "level" for _, part in parts)
    groups: list[list[_Part]] = []
    for separator, part in parts:
        if not groups or _begins_unit(groups[-1], separator, part, headed):
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


def _names_over_lines(parts: list[tuple[Separator, _Part]], bad: bool) -> list[tuple[Separator, _Part]]:
    """ "Trường Đại học" at the end of a line goes on with the name on the next one."""
    joined: list[tuple[Separator, _Part]] = []
    for separator, part in parts:
        before = joined[-1][1] if joined else None
        if before is not None and separator == "line" and _goes_on(before, part):
            joined[-1] = (joined[-1][0], _part((*before.tokens, *part.tokens), bad))
        else:
            joined.append((separator, part))
    return joined


def _goes_on(before: _Part, part: _Part) -> bool:
    """Whether a name that is only begun on one line ("Trường Đại học", "Văn phòng") goes on with `part`."""
    if part.head is None:
        return before.kind == "organisation" and before.bare
    return before.bare and _belongs_to_office(before, "line", part)


def _part(tokens: tuple[Token, ...], bad: bool) -> _Part:
    at = 1 if len(tokens) > 1 and tokens[0].text in {"-", "–", "+", "•", "*"} else 0
    plural = plural_at(tokens, at)
    head = head_at(tokens, at + plural, bad)
    if head and head.kind == "address" and not plural and at + head.length < len(tokens):
        return _Part(tokens, False, head, tokens[at + head.length :])
    complement = tokens[at + plural + (head.length if head else 0) :]
    return _Part(tokens, bool(plural), head, complement)


def _begins_unit(group: list[_Part], separator: Separator, part: _Part, headed: bool) -> bool:
    """Whether `part` begins a unit of its own after the unit that `group` makes so far."""
    first, last = group[0], group[-1]
    if separator == "line":
        return _line_begins_unit(group, part)
    if part.head is None:
        return _headless_begins(first, separator, part, headed)
    if part.kind == "level":
        return part.plural and not part.bare and part.proper
    if _belongs_to_office(last, separator, part):
        return False
    if part.plural:
        return not (last.kind == "post" and last.bare and part.kind == "post")
    if first.plural:
        return _begins_under_plural(group, separator, part)
    return _begins_after_single(first, last, separator, part)


def _headless_begins(first: _Part, separator: Separator, part: _Part, headed: bool) -> bool:
    """A part without a unit word: a person, an abbreviation, or one of a list of short names."""
    if is_person_name(part.tokens) and (first.kind == "address" or first.head is None):
        return True
    if _abbreviated(part) and not first.collective:
        return separator != "and" or first.head is None or first.kind == "body"
    if separator == "and":
        return False
    if (
        headed
        and separator == "comma"
        and first.head is not None
        and not (first.kind == "body" and first.bare)
    ):
        return False
    return part.capital and (first.head is None or first.bare or separator == "semicolon")


def _abbreviated(part: _Part) -> bool:
    """ "P.KHTC", "BCHQS xã": a name in capitals."""
    letters = [letter for letter in part.tokens[0].text if letter.isalpha()]
    return len(letters) >= 2 and all(letter.isupper() for letter in letters)


def _belongs_to_office(last: _Part, separator: Separator, part: _Part) -> bool:
    """ "Văn phòng, UBND phường" and "Văn phòng HĐND và UBND": one office and its owner."""
    rules = unit_rules()
    if last.head is None or not last.head.word.startswith("văn phòng") or part.plural:
        return False
    owned = bool(starts_with(part.tokens, 0, rules.owners))
    if last.bare:
        return owned and separator != "semicolon" and not starts_with(part.complement, 0, rules.plural)
    return (
        owned
        and separator in {"and", "comma"}
        and bool(starts_with(last.complement, 0, rules.owners))
        and (len(last.complement) == 1 or separator == "and")
    )


def _begins_under_plural(group: list[_Part], separator: Separator, part: _Part) -> bool:
    """After a collective: only what is plainly a name of its own."""
    if part.kind == "address" or (
        part.kind == "body" and (part.capital or (separator != "and" and not part.bare and not part.shared))
    ):
        return True
    if part.shared or part.bare:
        return False
    if part.capital and part.proper:
        return True
    open_list = all(one.bare for one in group)
    if separator == "and" or open_list:
        return False
    return part.kind != "general" and (part.kind == "person" or part.capital or separator == "semicolon")


def _begins_after_single(first: _Part, last: _Part, separator: Separator, part: _Part) -> bool:
    if first.kind == "address" and part.kind == "post" and separator == "comma":
        return False
    if last.collective and separator == "comma" and part.shared and not part.capital:
        return False  # "Trưởng các phòng, ban chuyên môn"
    if last.kind == "post" and last.bare and part.kind == "post" and not part.bare:
        return not _same_post(last, part)
    if last.kind == "person" and last.bare and part.kind == "person":
        return part.capital
    if part.kind == "post":
        return separator != "and" or not part.bare or last.kind == "post"
    if last.kind in {"organisation", "general"} and last.bare and (part.shared or not part.capital):
        return False
    if last.kind == "post" and last.bare and part.kind in {"person", "general"} and not part.capital:
        return False
    if part.bare and part.kind == "person" and last.proper and not last.collective:
        return True  # "Y sĩ Hoàng Văn A và y tế thôn bản"
    if part.bare and part.kind in {"organisation", "general", "person"}:
        return part.kind == "person" and separator != "and" and part.head is not None and part.head.length > 1
    return True


def _same_post(last: _Part, part: _Part) -> bool:
    """ "Trưởng phòng, Phó Trưởng phòng Đào tạo": one complement for both."""
    if last.head is None or part.head is None:
        return False
    return last.head.word in part.head.word or last.head.word in {"trưởng", "lãnh đạo", "thủ trưởng"}


def _post_wants_its_office(last: _Part, part: _Part) -> bool:
    """ "Đồng chí Phó Bí thư" at the end of a line goes on with "Đảng ủy" on the next."""
    if last.head is None or last.head.kind not in {"post", "address"}:
        return False
    heads = (head_at(last.tokens, at) for at in range(len(last.tokens)))
    kinds = [head.kind for head in heads if head is not None]
    named = "post" in kinds and not {"body", "organisation"} & set(kinds)
    return named and part.kind in {"body", "organisation"}


def _line_begins_unit(group: list[_Part], part: _Part) -> bool:
    first, last = group[0], group[-1]
    if part.tokens[0].text in {"-", "–", "+", "•", "*"} or re.fullmatch(r"\d{1,2}[.)]", part.tokens[0].text):
        return True
    if last.tokens[-1].text in {"-", "–", "và", "của", "thuộc", "các", "/"} or not part.capital:
        return False
    if part.kind == "person" and part.bare and last.tokens[-1].lower in {"tác", "lý"}:
        return False  # "Phòng Công tác" | "Sinh viên"
    if part.head is None:
        if is_person_name(part.tokens):
            return is_person_name(last.tokens) or last.kind == "address"
        return first.head is None and len(part.tokens) > 1 and len(last.tokens) > 1
    if part.kind == "level" or (last.head is not None and last.bare and last.kind not in {"body", "post"}):
        return False
    if _belongs_to_office(last, "line", part) or _post_wants_its_office(last, part):
        return False
    return part.plural or part.own_name or (part.kind in {"post", "person"} and not last.bare)
