"""Where one unit ends and the next begins: the parts of a value between its commas, "và" and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.resolve.unit_rules import unit_rules
from pipeline.resolve.unit_words import Head, Token, head_at, is_person_name, plural_at, starts_with

_BULLETS = frozenset(("-", "–", "+", "•", "*"))

Separator = Literal["comma", "semicolon", "and", "line"]


@dataclass(frozen=True, slots=True)
class Part:
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


def part_of(tokens: tuple[Token, ...], bad: bool) -> Part:
    """The collective and the head of what stands between two separators."""
    at = 1 if len(tokens) > 1 and tokens[0].text in _BULLETS else 0
    plural = plural_at(tokens, at)
    head = head_at(tokens, at + plural, bad)
    if head and head.kind == "address" and not plural and at + head.length < len(tokens):
        return Part(tokens, False, head, tokens[at + head.length :])
    complement = tokens[at + plural + (head.length if head else 0) :]
    return Part(tokens, bool(plural), head, complement)


def begins_unit(group: list[Part], separator: Separator, part: Part, headed: bool) -> bool:
    """Whether `part` begins a unit of its own after the unit that `group` makes so far."""
    first, last = group[0], group[-1]
    if separator == "line":
        return _line_begins_unit(group, part)
    if part.head is None:
        return _headless_begins(first, separator, part, headed)
    if part.kind == "level":
        return part.plural and not part.bare and part.proper
    if belongs_to_office(last, separator, part):
        return False
    if part.plural:
        return not (last.kind == "post" and last.bare and part.kind == "post")
    if first.plural:
        return _begins_under_plural(group, separator, part)
    return _begins_after_single(first, last, separator, part)


def _headless_begins(first: Part, separator: Separator, part: Part, headed: bool) -> bool:
    """A part without a unit word: a person, an abbreviation, or one of a list of short names."""
    if is_person_name(part.tokens) and (first.kind == "address" or first.head is None):
        return True
    if part.plural and not part.bare:
        return True  # "Sở Công Thương; các chủ thể OCOP": its own "các"
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


def _abbreviated(part: Part) -> bool:
    """ "P.KHTC", "BCHQS xã": a name in capitals."""
    letters = [letter for letter in part.tokens[0].text if letter.isalpha()]
    return len(letters) >= 2 and all(letter.isupper() for letter in letters)


def belongs_to_office(last: Part, separator: Separator, part: Part) -> bool:
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


def _begins_under_plural(group: list[Part], separator: Separator, part: Part) -> bool:
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


def _begins_after_single(first: Part, last: Part, separator: Separator, part: Part) -> bool:
    if first.kind == "address" and part.kind == "post" and separator == "comma":
        return False
    if last.collective and separator == "comma" and part.shared and not part.capital:
        return False  # "Trưởng các phòng, ban chuyên môn"
    if _ends_name(first, last, separator, part):
        return False
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
    if part.bare and part.kind == "person" and separator != "and" and _abbreviated(part):
        return True  # "Nhân viên y tế, GVCN"
    if part.bare and part.kind in {"organisation", "general", "person"}:
        return part.kind == "person" and separator != "and" and part.head is not None and part.head.length > 1
    return True


def _ends_name(first: Part, last: Part, separator: Separator, part: Part) -> bool:
    """ "Phòng Cải cách hành chính và Công chức": a capital and nothing behind it make it the name's end."""
    if separator != "and" or not part.bare or not part.capital or part.kind not in {"person", "general"}:
        return False
    return first.kind == "organisation" and last.proper and not last.collective


def _same_post(last: Part, part: Part) -> bool:
    """ "Trưởng phòng, Phó Trưởng phòng Đào tạo": one complement for both."""
    if last.head is None or part.head is None:
        return False
    return last.head.word in part.head.word or last.head.word in {"trưởng", "lãnh đạo", "thủ trưởng"}


def _post_wants_its_office(last: Part, part: Part) -> bool:
    """ "Đồng chí Phó Bí thư" at the end of a line goes on with "Đảng ủy" on the next."""
    if last.head is None or last.head.kind not in {"post", "address"}:
        return False
    heads = (head_at(last.tokens, at) for at in range(len(last.tokens)))
    kinds = [head.kind for head in heads if head is not None]
    named = "post" in kinds and not {"body", "organisation"} & set(kinds)
    return named and part.kind in {"body", "organisation"}


def _line_begins_unit(group: list[Part], part: Part) -> bool:
    first, last = group[0], group[-1]
    if part.tokens[0].text in _BULLETS:
        # "Phòng Văn hóa" | "- Xã hội": a dash that is the name's own, at a line end.
        return first.tokens[0].text in _BULLETS or part.kind not in {None, "level"}
    if re.fullmatch(r"\d{1,2}[.)]", part.tokens[0].text):
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
    if belongs_to_office(last, "line", part) or _post_wants_its_office(last, part):
        return False
    return part.plural or part.own_name or (part.kind in {"post", "person"} and not last.bare)
