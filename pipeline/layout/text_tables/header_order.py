"""The names of a header from left to right, and what the columns below them hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from pipeline.layout.text_tables.names import Match, shapes_of, side
from pipeline.layout.text_tables.pieces import Piece, shape
from pipeline.rules import load_rules
from pipeline.types import Word

_YEAR = re.compile(r"(?:19|20)\d\d")


def ordered_names(matches: Sequence[Match]) -> list[Match]:
    """From left to right: by common lines, else as they follow each other, else as is usual."""
    usual = list(load_rules("text_tables")["usual_order"])
    stacked = all(
        side(one, other, row) == 0 for one, other in combinations(matches, 2) for row, _ in one.spots
    )
    rest = sorted(
        matches, key=lambda match: match.spots if stacked else (usual.index(match.role), match.spots)
    )
    ordered: list[Match] = []
    while rest:
        free = [
            one
            for one in rest
            if not any(
                side(other, one, row) == -1 for other in rest if other is not one for row, _ in one.spots
            )
        ]
        ordered.append((free or rest)[0])
        rest.remove(ordered[-1])
    return ordered


def is_year(piece: Piece) -> bool:
    """A year and nothing else, as it stands below "Kế hoạch năm"."""
    return bool(_YEAR.fullmatch(piece.text))


def year_column(names: Sequence[Sequence[Sequence[Word]]], last: int) -> int:
    """The column whose name waits for a year: "Kế hoạch năm"."""
    ends = [[word for row in name for word in row][-1:] for name in names]
    waiting = [index for index, end in enumerate(ends) if end and shape(end[0].text) == shape("năm")]
    return last if last in waiting or not waiting else waiting[0]


def merged_names(matches: Sequence[Match]) -> list[Match]:
    """ "Nội dung" and "nhiệm vụ" beside each other are one name."""
    names: list[Match] = []
    for match in matches:
        left = names[-1] if names else None
        row, at = match.spots[0]
        both = left is not None and left.role == match.role in ("title", "name", "product", "deadline")
        if left is not None and both and (row, at - 1) in left.spots:
            names[-1] = Match(left.role, (*left.spots, *match.spots), left.worth + match.worth)
        else:
            names.append(match)
    return names


def settled_roles(matches: Sequence[Match], names: Sequence[Sequence[Sequence[Word]]]) -> list[str]:
    """ "Chỉ tiêu" names the indicator in one column and its figure in another; "Đơn vị" is the
    unit of measure where another column names who acts."""
    roles = [match.role for match in matches]
    named = [index for index, role in enumerate(roles) if role in ("name", "target")]
    if "title" not in roles and named:
        roles[named[0]] = "name"
        for index in named[1:]:
            roles[index] = "target"
    measures = {shapes_of(str(wording)) for wording in load_rules("text_tables")["measure"]}
    for index, name in enumerate(names):
        words = tuple(shape(word.text) for row in name for word in row)
        if words in measures and roles[index] == "lead" and roles.count("lead") > 1 and "target" in roles:
            roles[index] = "unit"
    return roles
