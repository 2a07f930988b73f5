"""Where clauses and sentences end in a preamble."""

from __future__ import annotations

import re

from pipeline.folding import skeleton
from pipeline.resolve.document_words import document_rules

_ABBREVIATED = re.compile(r"\b(?:TP|Tp|TX|TT|Q|P|H|Đ)$")


def plan_begins(text: str, comma: int) -> bool:
    """Whether the plan's own issuer goes on at this comma ("..., UBND phường ban hành Kế hoạch ...")."""
    rest = text[comma + 1 :].lstrip()
    if not rest[:1].isupper():
        return False
    verbs = "|".join(map(re.escape, document_rules().plan_verbs))
    return bool(re.match(rf"[^;.,]{{3,120}}?\b(?:{verbs})\b[^;.]{{0,60}}?\bke hoach\b", skeleton(rest)))


def ends_sentence(text: str, at: int) -> bool:
    """Whether the stop at `at` ends a sentence; "TP. Nam Định" does not."""
    rest = text[at + 1 :]
    if not rest.strip(" ./"):
        return True
    if not rest[:1].isspace() or not rest.lstrip()[:1].isupper():
        return False
    return not _ABBREVIATED.search(text[:at])


def closing_bracket(text: str, opening: int) -> int | None:
    """Where the bracket opened at `opening` closes; null where it never does."""
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return None
