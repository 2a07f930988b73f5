"""What time a plan covers, by its title or its text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from pipeline.folding import fold

Period = tuple[date | None, date]

_YEAR = r"(20\d\d|19\d\d)"
_NAM = r"n[adi]{1,3}m"
"""`năm`, and what an engine without Vietnamese makes of it (ndm, nidm, niam)."""
_SCHOOL_YEAR = re.compile(rf"nam hoc\s*{_YEAR}\s*-+\s*{_YEAR}|nien khoa\s*{_YEAR}\s*-+\s*{_YEAR}")
_SPAN = re.compile(
    rf"(?:giai doan|thoi ky|nhiem ky|trong cac nam|cac nam|nam)\s*(?:tu\s*)?(?:nam\s*)?{_YEAR}"
    rf"\s*(?:-+|den(?:\s*het)?(?:\s*nam)?)\s*{_YEAR}"
)
_DAYS = re.compile(
    rf"(?:tu\s*)?(?:ngay\s*)?(\d\d?)[/.-](\d\d?)(?:[/.-]{_YEAR})?\s*(?:den(?: het)?|-+)\s*(?:ngay\s*)?"
    rf"(\d\d?)[/.-](\d\d?)[/.-]{_YEAR}"
)
_MONTHS = re.compile(
    rf"(?:tu\s*)?thang\s*(\d\d?)(?:\s*/\s*{_YEAR})?\s*(?:-+|den(?: het)?)\s*(?:thang\s*)?(\d\d?)"
    rf"(?:\s*/\s*|\s*nam\s*){_YEAR}"
)
_MONTH = re.compile(rf"thang\s*(\d\d?)(?:\s*/\s*|\s*,?\s*{_NAM}\s*){_YEAR}")
_QUARTER = re.compile(rf"quy\s*(iv|i{{1,3}}|[1-4])\s*(?:/|,?\s*{_NAM})\s*{_YEAR}")
_HALF = re.compile(rf"(?:6|06|sau) thang (dau|cuoi) nam\s*{_YEAR}")
_LIMIT = re.compile(rf"(?<!\w)den(?:\s*het)?(?:\s*nam)?\s*{_YEAR}")
_OF_OTHERS = re.compile(
    rf"(?:sinh|khoa)\s*(?:tu\s*)?(?:nam\s*)?{_YEAR}(?:\s*(?:-+|den)\s*(?:nam\s*)?{_YEAR})?"
)
"""When children were born, when students began: not the plan's time."""
_ELECTED = re.compile(r"bau cu|dai hoi|dai bieu|hoi dong nhan dan|hdnd")
_TERM = re.compile(rf"nhiem ky\s*(?:tu\s*)?(?:nam\s*)?{_YEAR}\s*(?:-+|den)\s*(?:nam\s*)?{_YEAR}")
"""The term of those elected, which the plan only names."""
_LONGEST = 20
_WHOLE_YEAR = re.compile(rf"\b{_NAM}\s*{_YEAR}\b")
_BARE_YEAR = re.compile(rf"(?<![\d/\-]){_YEAR}$")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_of(title: str, preamble: Iterable[str] = (), hints: Iterable[str] = ()) -> Period | None:
    """First and last day that the plan covers, null where nothing says so.

    The title is asked first, then `hints` (the text of a section that says when, "Thời gian"), last the
    sentences of the preamble that announce the plan. A school year has no days of its own: null.
    """
    own = _read(title)
    if own is not None or _SCHOOL_YEAR.search(fold(title)):
        return own
    for text in hints:
        found = _read(text)
        if found is not None:
            return found
    return next((found for text in preamble if (found := _announced(text)) is not None), None)


def _announced(text: str) -> Period | None:
    """The period in a sentence of the preamble, looked for only after the words that issue the plan."""
    folded = fold(text)
    cut = max(folded.rfind(words) for words in ("ban hanh ke hoach", "xay dung ke hoach", "lap ke hoach"))
    return _read(text[cut:]) if cut >= 0 else None


def _read(text: str) -> Period | None:
    folded = fold(text)
    folded = _OF_OTHERS.sub(" ", _SCHOOL_YEAR.sub(" ", folded))
    if _ELECTED.search(folded):
        folded = _TERM.sub(" ", folded)
    limit = _LIMIT.search(folded)
    years = set(re.findall(_YEAR, folded))
    if limit and len(years) == 1:
        return None, date(int(limit[1]), 12, 31)
    for reader in (_days, _span, _months, _month, _quarter, _half, _year):
        found = reader(folded)
        if found is not None and _is_sound(found):
            return found
    return None


def _is_sound(period: Period) -> bool:
    """A plan covers some years at most; a longer time is a history ("20/10/1930 - 20/10/2025")."""
    start, end = period
    return start is None or (start <= end and end.year - start.year <= _LONGEST)


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _ordered(start: date | None, end: date | None) -> Period | None:
    return (start, end) if start and end else None


def _whole_months(year: str | int, first: int, end_year: str | int, last: int) -> Period | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return _ordered(_day(year, first, 1), _day(end_year, last, monthrange(int(end_year), last)[1]))


def _days(text: str) -> Period | None:
    match = _DAYS.search(text)
    if match is None:
        return None
    day, month, year, end_day, end_month, end_year = match.groups()
    return _ordered(_day(year or end_year, month, day), _day(end_year, end_month, end_day))


def _span(text: str) -> Period | None:
    match = _SPAN.search(text)
    return _whole_months(match[1], 1, match[2], 12) if match else None


def _months(text: str) -> Period | None:
    match = _MONTHS.search(text)
    return _whole_months(match[2] or match[4], int(match[1]), match[4], int(match[3])) if match else None


def _month(text: str) -> Period | None:
    match = _MONTH.search(text)
    if match is None or _is_date(text, match.start()):
        return None
    return _whole_months(match[2], int(match[1]), match[2], int(match[1]))


def _is_date(text: str, at: int) -> bool:
    """Whether `tháng` at `at` is part of a day's date (`ngày 08 tháng 3 năm 2024`)."""
    return re.search(r"\d\s*$", text[:at]) is not None


def _quarter(text: str) -> Period | None:
    match = _QUARTER.search(text)
    if match is None:
        return None
    number = _QUARTERS.get(match[1]) or int(match[1])
    return _whole_months(match[2], number * 3 - 2, match[2], number * 3)


def _half(text: str) -> Period | None:
    match = _HALF.search(text)
    if match is None:
        return None
    first = 1 if match[1] == "dau" else 7
    return _whole_months(match[2], first, match[2], first + 5)


def _year(text: str) -> Period | None:
    """The one year named; two different ones say nothing certain."""
    years = set(_WHOLE_YEAR.findall(text)) or set(_BARE_YEAR.findall(text.strip()))
    dates = _MONTH.search(text)
    if len(years) != 1 or (dates is not None and _is_date(text, dates.start())):
        return None
    year = years.pop()
    return _whole_months(year, 1, year, 12)
