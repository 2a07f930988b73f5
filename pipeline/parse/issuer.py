"""Who issues a document and the body above it, told from the lines over the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.parse.likeness import likeness, prefix_end
from pipeline.rules import load_rules
from pipeline.types import EMPTY, Passage, join_passages

_NUMBERED = re.compile(r"\s*so\W*\d")
"""`SỐ 88/QĐ-SXD` carries on a name; without marks it looks like SỞ."""


@dataclass(frozen=True, slots=True)
class _IssuerRules:
    organisations: tuple[str, ...]
    carry_on: tuple[str, ...]
    incomplete: tuple[str, ...]
    open_end: tuple[str, ...]


@cache
def _issuer_rules() -> _IssuerRules:
    rules = load_rules("letterhead")
    keys = ("organisations", "carry_on", "incomplete", "open_end")
    return _IssuerRules(*(tuple(rules[key]) for key in keys))


def parent_and_issuer(lines: Sequence[Passage]) -> tuple[Passage, Passage]:
    """The lines of the left column put together to names: (parent or EMPTY, issuer).

    One name over two lines stays one (`ỦY BAN NHÂN DÂN` / `PHƯỜNG BIÊN GIANG`), and so do two that a dash at
    the line end joins (`SỞ Y TẾ -` / `SỞ TÀI CHÍNH`: both issue); of several names the last one issues,
    what stands above it is its parent.
    """
    names: list[list[Passage]] = []
    for line in lines:
        rest_of_name = line is lines[-1] and len(line.text.split()) == 1  # "BỘ ... MÔI" / "TRƯỜNG"
        if names and (rest_of_name or not _opens_name(line.text, names[-1][-1].text)):
            names[-1].append(line)
        else:
            names.append([line])
    if not names:
        return EMPTY, EMPTY
    parent = join_passages(line for name in names[:-1] for line in name)
    return parent.strip("-–"), join_passages(names[-1]).strip("-–")


def _opens_name(line: str, before: str) -> bool:
    """Whether `line` names a new organisation, `before` being the line above it."""
    rules = _issuer_rules()
    if fold(before).rstrip().endswith(tuple(" " + fold(word) for word in rules.open_end if word.isalpha())):
        return False
    if _repeats_end(line, before):
        return True
    if before.rstrip().endswith(("-", "–", ",")) or line.lstrip().startswith(("-", "–", "(")):
        return False
    if _NUMBERED.match(fold(line)) or any(
        prefix_end(line, words, 0.9) is not None for words in rules.carry_on
    ):
        return False
    if any(likeness(before, name) >= 0.92 for name in rules.incomplete):
        return _opens_by(line, [name for name in rules.organisations if len(name.split()) > 1])
    return _opens_by(line, rules.organisations)


def _repeats_end(line: str, before: str) -> bool:
    """ "CỤC THỐNG KÊ" | "THỐNG KÊ TỈNH ...": a branch named after the words that end its parent's name."""
    words, above = fold(line).split(), fold(before).split()
    return len(words) > 2 and len(above) > 2 and words[:2] == above[-2:]


def _opens_by(line: str, organisations: Sequence[str]) -> bool:
    first = fold(line).split()[:1]
    return any(
        # One word is too short for likeness: PHƯỢNG is no PHÒNG.
        prefix_end(line, name, 0.88) is not None if " " in name else first == [fold(name)]
        for name in organisations
    )
