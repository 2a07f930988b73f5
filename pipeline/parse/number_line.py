"""The line with number and code, and the line with place and date, of a letterhead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.folding import fold
from pipeline.parse.likeness import is_capitals, letter_count
from pipeline.parse.title import document_kinds
from pipeline.types import EMPTY, Passage

_LABEL = re.compile(r"[^\w]{0,3}(?:s[oe06b](?=[^a-z])|s[oe06b](?=[a-z]{0,3}\W)|s(?=[^a-z]))\s*[:.;,]?\s*")
_CODE = re.compile(
    r"(?:[/\-–]\s?|\b[Il|](?=[A-Z]{2}))[\[({|]?\s?"
    r"([A-ZĐÐ][A-Za-zĐÐđ]{0,5})((?:\s?[-–/&.]\s?[A-ZĐÐ0-9§][\wĐÐ§]*)*)(?:\s?\([A-ZĐÐ&-]{2,10}\d{0,2}\))?"
)
_COLON = re.compile(r"[^\w]{0,3}s[oe06b]?\s*[:;]")
_PLAIN_NUMBER = re.compile(
    r"(\d{1,6}[a-zA-Z]?)(?:/(\d{4}))?([/\-])([A-ZĐ][\wĐ/&.\-]*)(?:\([A-ZĐ&\-]+\d*\))?$"
)
_BRACKETS = re.compile(r"(?<=[/\-])[\[({|]")
_LINE_LIMIT = 60
_BEFORE_CODE = 22
_LEGIBLE_FROM = 0.5
"""Confidence: printed numbers on poor scans have more, handwritten ones read by an engine for print less."""

_DATE = re.compile(
    r"ng\wy(?!en)(?P<day>.{0,16}?)\s*[t+f†]?h\w{1,3}g(?P<month>.{0,9}?)n\w{1,4}?m(?P<year>\W{0,3}\w{2,4}(?:\s\w{1,2})?|\W*)"
)
_YEAR_ALONE = re.compile(r"(?P<place>[a-z. ]{2,30}),(?P<rest>.{0,24}?\bn\w{1,4}m\s?\d{4})\W*")
_SLASHED = re.compile(r"(?:ng\wy\s*)?(?P<day>\d\d?)\s?[/.\-]\s?(?P<month>\d\d?)\s?[/.\-]\s?(?P<year>\d{4})")
_DIGITS = str.maketrans({"L": "1", "I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and date, each as printed, and where the line begins in its strip."""

    place: Passage
    date: Passage


@cache
def _codes() -> frozenset[str]:
    return frozenset(fold(code) for code in document_kinds().codes)


def read_number(passage: Passage) -> Passage | None:
    """What stands after the label `Số`, up to the end of the code; null if this is no number line.

    Where nothing but the code is printed (`Số:      /KH-SXD`), that is what comes back.
    """
    label = _LABEL.match(fold(passage.text))
    if label is None:
        return None
    colon = _COLON.match(fold(passage.text)) is not None
    for code in _CODE.finditer(passage.text, max(label.end() - 1, 0)):
        known = fold(code[1]) in _codes()
        if code.start() > _BEFORE_CODE or not (known or (colon and code[1].isupper())):
            continue
        return passage.part(label.end(), code.end())
    short = len(passage.text) <= _BEFORE_CODE
    return passage.part(label.end()) if colon and short else None


def number_value(passage: Passage) -> str | None:
    """`64 /[KH-UBND` → `64/KH-UBND`; null where the number is blank or not legible.

    A slash that was lost before a type's letters is put back (`12KH-UBND`).
    Handwriting read as digits looks like a number; that the engine was not sure of it gives it away.
    """
    if passage.confidence < _LEGIBLE_FROM:
        return None
    text = re.sub(r"\s+", "", passage.text).replace("Ð", "Đ").replace("–", "-").rstrip(".,;:")
    text = re.sub(r"^(\d+)[Il|](?=[A-ZĐ]{2})", r"\1/", _BRACKETS.sub("", text))
    lost = re.match(r"(\d+)([A-ZĐ]\w*)-", text)
    if lost and fold(lost[2]) in _codes():
        text = f"{lost[1]}/{text[len(lost[1]) :]}"
    return text if _PLAIN_NUMBER.fullmatch(text) else None


def read_date_line(passage: Passage) -> DateLine | None:
    """Place and date (`Biên Giang, ngày 08 tháng 3 năm 2024`), null if the line is something else."""
    folded = fold(passage.text)
    found = _DATE.search(folded) or _SLASHED.search(folded)
    if found is None or len(folded) > _LINE_LIMIT:
        return None
    after = folded[found.end() :].strip(" .,;:*_'\"|")
    place = passage.part(0, found.start()).rstrip(",.;:-–")
    if len(after) > 4 or re.search(r"[\d/]", place.text) or letter_count(place.text) == 1:
        return None
    return DateLine(place if letter_count(place.text) else EMPTY, passage.part(found.start(), found.end()))


def read_year_line(passage: Passage) -> DateLine | None:
    """Place and date where day and month, written by hand, took their labels along ("Hà Nam, năm 2024")."""
    found = _YEAR_ALONE.fullmatch(fold(passage.text))
    if found is None or is_capitals(passage.text):
        return None
    return DateLine(passage.part(0, found.end("place")), passage.part(found.start("rest")))


def date_value(passage: Passage) -> date | None:
    """The date printed (`ngày 08 tháng 3 năm 2024`), null where a part is blank or not legible.

    Only what an engine always makes of a 1 or a 0 (`I1`, `1O`) is read as such.
    """
    folded = fold(passage.text)
    found = _DATE.search(folded) or _SLASHED.search(folded)
    if found is None:
        return None
    parts = [_whole_number(passage.text[slice(*found.span(name))]) for name in ("year", "month", "day")]
    year, month, day = parts
    if year is None or month is None or day is None or not 1945 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole_number(printed: str) -> int | None:
    text = re.sub(r"\s+", "", printed).strip(".,;:_-'").translate(_DIGITS)
    return int(text) if text.isdecimal() and len(text) <= 4 else None
