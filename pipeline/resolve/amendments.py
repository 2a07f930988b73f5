"""Who amends whom: "(sửa đổi, bổ sung tại ...)", "được sửa đổi bởi ...", "sửa đổi một số điều của ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.folding import skeleton
from pipeline.resolve.citations import CitationSpan
from pipeline.resolve.clauses import closing_bracket, ends_sentence

PASSIVE = re.compile(
    r"(?:s\w{1,3}a do[il1]|b\w{0,2} sung|thav the|dlnh chlnh|hop nhat)[^;()]{0,60}?\b(?:tal|bol|theo|bang)\b"
)
_ACTIVE = re.compile(
    r"(?:s\w{1,3}a do[il1]|b\w{0,2} sung|thav the)[^;()]{0,80}?\b(?:cua|c\w{1,3}a)\s+(?:cac\s+)?$"
)


def amendments(text: str, citations: Sequence[CitationSpan]) -> dict[int, str]:
    """Start of each amending citation → number of the document it amends."""
    skeletal = skeleton(text)
    found: dict[int, str] = {}
    for phrase in PASSIVE.finditer(skeletal):
        base = [one for one in citations if one.end <= phrase.start() and one.start not in found]
        if not base or base[-1].number is None:
            continue
        scope = _amending_scope(text, phrase.start(), base[-1])
        inside = [one for one in citations if phrase.end() <= one.start < scope]
        if inside and inside[0].start - phrase.end() <= 30:
            found.update((one.start, base[-1].number) for one in inside)
    for earlier, later in pairwise(citations):
        between = skeletal[earlier.end : later.start]
        if later.number and _ACTIVE.search(between) and ";" not in between:
            found.setdefault(earlier.start, later.number)
    return found


def _amending_scope(text: str, phrase: int, base: CitationSpan) -> int:
    """Where the list of amending documents ends: its bracket, else the next semicolon or stop."""
    opening = text.rfind("(", base.end, phrase)
    if opening >= 0 and ")" not in text[opening:phrase] and (closing := closing_bracket(text, opening)):
        return closing
    ends = [
        at
        for at in range(phrase, len(text))
        if text[at] == ";" or (text[at] == "." and ends_sentence(text, at))
    ]
    return ends[0] if ends else len(text)
