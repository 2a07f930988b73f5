"""What each column of a table holds, told from its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from pipeline.folding import fold_wording, skeleton
from pipeline.outline import ColumnRole
from pipeline.rules import load_rules
from pipeline.types import Passage

_PERIOD = (
    r"(?:nam |den nam |den |quy |thang )?(?:(?:19|20)\d\d(?: ?[-–] ?(?:20)?\d\d)?|i{1,3}|iv)(?: ?/ ?20\d\d)?"
)
_MONTH = r"(?:thang |t)(?:0?[1-9]|1[0-2])(?:/20\d\d)?"
_BARE_PERIOD = re.compile(_PERIOD)
_MARKS = re.compile(r"(?<=\w)[.,:;'`]+ ?(?=\w)")
"""Specks of a bad scan between the words of a header ("Bắt.đầu")."""
_LAST_BRACKET = re.compile(r"\s*\([^()]*\)?$")
_LAST_PERIOD = re.compile(rf" {_PERIOD}$")


def roles_of(header: Sequence[Passage], own: Sequence[str]) -> tuple[ColumnRole, ...]:
    """One role a column: its own header cell decides, else all header cells above it together."""
    scores = [
        role_scores(lowest) or role_scores(fold_wording(text.text))
        for text, lowest in zip(header, own, strict=True)
    ]
    roles: list[ColumnRole] = [
        max(found, key=lambda role: found[role]) if found else "other" for found in scores
    ]
    if header and not header[0].text and "number" not in roles:
        roles[0] = "number"
    for index, text in enumerate(header):
        # "Đơn vị" beside "Cơ quan chủ trì" and a figure is the unit of measure
        if fold_wording(text.text) == "don vi" and roles.count("lead") > 1 and "unit" not in roles:
            roles[index] = "unit"
    return _settle_names(_with_one_time(_with_yearly_targets(roles, header, own), header), scores)


def is_period(header: str) -> bool:
    """Whether a header (folded) is a year, a quarter or a month and nothing else."""
    return bool(_BARE_PERIOD.fullmatch(header) or re.fullmatch(_MONTH, header))


def _with_one_time(roles: list[ColumnRole], header: Sequence[Passage]) -> list[ColumnRole]:
    """Beside the time planned the time that a law allows is a remark."""
    by_law = [fold_wording(phrase) for phrase in load_rules("columns")["by_law"]]
    lawful = [
        role == "deadline" and any(holds_wording(fold_wording(text.text), phrase) for phrase in by_law)
        for role, text in zip(roles, header, strict=True)
    ]
    if roles.count("deadline") == sum(lawful):
        return roles
    return ["note" if law else role for role, law in zip(roles, lawful, strict=True)]


def _with_yearly_targets(
    roles: list[ColumnRole], header: Sequence[Passage], own: Sequence[str]
) -> list[ColumnRole]:
    """Columns "2026", "2027" ... under one head hold figures to be reached, in a table that has a unit of
    measure; those under "Thực hiện" say what was."""
    if not {"unit", "name"} & set(roles):
        return roles
    past = tuple(f"{fold_wording(str(phrase))} " for phrase in load_rules("columns")["past"])
    years = [
        bool(_BARE_PERIOD.fullmatch(lowest)) and not fold_wording(text.text).startswith(past)
        for lowest, text in zip(own, header, strict=True)
    ]
    if sum(years) < 2:
        return roles
    return ["target" if year else role for role, year in zip(roles, years, strict=True)]


def _settle_names(
    roles: list[ColumnRole], scores: Sequence[dict[ColumnRole, float]]
) -> tuple[ColumnRole, ...]:
    """ "Chỉ tiêu" names the indicator in one column and its figure in another."""
    named = [
        index for index, role in enumerate(roles) if role in ("name", "target") and "name" in scores[index]
    ]
    if named and "title" not in roles:
        first = named[0]
        roles[first] = "name"
        for index in named[1:]:
            roles[index] = "target"
    elif named and "title" in roles:
        for index in named:
            roles[index] = "target"
    if "title" not in roles and "name" not in roles:
        free = [index for index, role in enumerate(roles) if role == "other"]
        leads = [index for index, role in enumerate(roles) if role == "lead"]
        if free:
            roles[free[0]] = "title"
        elif len(leads) > 1:
            roles[leads[0]] = "title"
    return tuple(roles)


@cache
def _phrases() -> tuple[tuple[str, ColumnRole, bool], ...]:
    """(wording, role, must be the whole header)."""
    found: list[tuple[str, ColumnRole, bool]] = []
    for role, lists in load_rules("columns")["roles"].items():
        found += [(fold_wording(str(phrase)), role, False) for phrase in lists.get("within", ())]
        found += [(fold_wording(str(phrase)), role, True) for phrase in lists.get("whole", ())]
    return tuple(found)


def role_scores(header: str) -> dict[ColumnRole, float]:
    """For each role the length of the longest wording found in the header (complete ones count double)."""
    return _scores(header) or _scores(_MARKS.sub(" ", header))


def _scores(header: str) -> dict[ColumnRole, float]:
    scores: dict[ColumnRole, float] = {}
    bare = _LAST_BRACKET.sub("", header)  # "Chỉ tiêu (người)"
    for wording, role, whole in _phrases():
        hit = same_wording(bare, wording) if whole else holds_wording(header, wording)
        if not hit and role == "target":  # "Kế hoạch 2026"
            hit = whole and same_wording(_LAST_PERIOD.sub("", header), wording)
        if hit:
            weight = len(wording) * (
                2.0 if same_wording(bare, wording) else 1.0 if wording in header else 0.5
            )
            scores[role] = max(scores.get(role, 0.0), weight)
    return scores


def same_wording(header: str, wording: str) -> bool:
    """Whether a header (folded) is this wording, a broken letter or two allowed in a long one."""
    return header == wording or (len(wording) > 6 and fuzz.ratio(skeleton(header), skeleton(wording)) >= 88)


def holds_wording(header: str, wording: str) -> bool:
    """Whether the wording stands in a header (both folded)."""
    if re.search(rf"(?<!\w){re.escape(wording)}(?!\w)", header):
        return True
    return (
        7 < len(wording) <= len(header) + 1 and fuzz.partial_ratio(skeleton(wording), skeleton(header)) >= 90
    )
