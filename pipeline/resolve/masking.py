"""Folded text with quoted documents blanked out, so that their numbers and dates are not taken for ours."""

from __future__ import annotations

import re
from functools import cache

from pipeline.folding import fold
from pipeline.resolve.dates import find_moments
from pipeline.rules import load_rules

BLANK = "¤"
"""Stands for each masked letter: no digit, no letter, no space."""

# Capitals tell a document number (161/KH-UBND, 35-NQ/TU, 61/2024/QH15) from a rate (2 lần/năm).
_NUMBER = re.compile(
    r"\d+\s*/\s*(?:\d{4}\s*/\s*)?\[?[A-ZĐÐ][^\s,;.()]*(?:(?<=-)\s[A-ZĐÐ][^\s,;.()]*)?|\d+\s*-\s*[A-ZĐÐ]{2,5}(?:\s*/\s*[A-ZĐÐ][\w-]*)+"
)
_PRINTED_DATE = r"\d{1,2}\s*(?:[/.-]|th[^\W\d]{1,3}g)\s*\d{1,2}\s*(?:[/.-]|,?\s*n[^\W\d]{0,3}m)\s*\d{4}"
_OWN_DATE = re.compile(rf"\s*,?\s*(?:ng[^\W\d]{{1,2}}[yv]\s*{_PRINTED_DATE}|n[^\W\d]{{0,3}}m\s*\d{{4}})")


@cache
def _dated_papers() -> re.Pattern[str]:
    names = "|".join(fold(name).replace(" ", r"\s+") for name in load_rules("deadlines")["dated_papers"])
    return re.compile(rf"(?<!\w)(?:{names})\s+ng[^\W\d]{{1,2}}[yv]\s*{_PRINTED_DATE}")


def blank(text: str, start: int, end: int) -> str:
    """`text` with the letters from `start` to `end` blanked; as long as before."""
    return text[:start] + BLANK * (end - start) + text[end:]


def without_documents(text: str) -> str:
    """`text` (NFC) folded, document numbers and the dates that belong to them blanked; as long as `text`."""
    folded = fold(text)
    for number in _NUMBER.finditer(text):
        own = _OWN_DATE.match(folded, number.end())
        folded = blank(folded, number.start(), own.end() if own else number.end())
    for paper in _dated_papers().finditer(folded):
        folded = blank(folded, *paper.span())
    return folded


_SAYS_WHEN = re.compile(r"(?:truoc|den|tu|nhat|han|vao|trong)\s*$")


def without_documents_and_times(text: str) -> str:
    """`without_documents`, printed times blanked as well: what is left of figures counts something."""
    folded = without_documents(text)
    for moment in find_moments(folded):
        # "10/12 tiêu chí" is ten out of twelve unless a word before it makes it a day.
        doubtful = moment.grain == "day" and not moment.year_printed and folded[moment.start].isdigit()
        said = _SAYS_WHEN.search(folded, max(0, moment.start - 12), moment.start)
        if not moment.bare and (said or not doubtful):
            folded = blank(folded, moment.start, moment.end)
    return folded
