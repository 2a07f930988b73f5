"""Printed Vietnamese times: days, months, quarters, half-years, years and spans of them.

Matching is on folded text,
so that "ngay 08 thang 3 ndam 2024" is read like "ngày 08 tháng 3 năm 2024". What can be
read in two ways (a year of two digits) or does not exist (31/02) is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.folding import fold
from pipeline.resolve.moments import Grain, Moment, Point, first_day

_DAY_WORD = r"ng[^\W\d]{1,2}[yv]"
_MONTH_WORD = r"(?<![^\W\d])(?<!\d\s)(?<!\d)(?:th[^\W\d]{1,3}g|t\.?(?=\s?\d))"
_MONTH_INSIDE = r"th[^\W\d]{1,3}g"
_YEAR_WORD = r"(?<![^\W\d])n[^\W\d]{0,3}m"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_AND = r"(?:-|,|&|\+|va|den|toi)"
# Neither the end of a longer number nor the minutes of an hour ("11h 00, ngày 23/11").
_NOT_INSIDE = r"(?<!\d)(?<!\d[.,/-])(?<!\d[hg:])(?<!\d[hg]\s)"
# "Tuần thứ 2 tháng 9" counts weeks, it is no second of September.
_NOT_ORDINAL = r"(?<!thu )(?<!tuan )(?<!dot )(?<!lan )(?<!thu 0)"
_YEAR_TAIL = rf"(?:\s*[/.-]\s*(?P<y>{_YEAR})|\s*,?\s*(?:cua\s+)?(?:{_YEAR_WORD}\s*)?(?P<y2>{_YEAR}))"
_QUARTER = r"(?:iv|[1l|!]v|[il1|!]{1,3}|0?[1-4])(?![^\W_])"

_NUMERIC_DAY = (
    r"(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})"
    rf"(?:\s*(?P=sep)\s*(?P<y>\d{{4}}|\d\d)(?!\d)|\s*,?\s*{_YEAR_WORD}\s*(?P<y3>{_YEAR}))"
)
_NUMERIC_DAY_NO_YEAR = (
    r"(?P<d>\d{1,2})\s*/\s*(?P<m>\d{1,2})"
    rf"(?!\s*[/.,-]?\d|\s*[/%]|\s*(?:{_DAY_WORD}|{_MONTH_INSIDE}|n.?m|tuan|gio)\b(?!\s*\d))"
)
_WORD_DAY = (
    rf"(?P<d>\d{{1,2}})\s*{_MONTH_INSIDE}\s*(?P<m>\d{{1,2}})(?!\d|\s*l.n(?!\w)|\s*/\s*l.n(?!\w))"
    rf"(?:\s*[/.-]\s*(?P<y>{_YEAR})|\s*,?\s*{_YEAR_WORD}\s*(?P<y3>{_YEAR}))?"
)
_HEAD = rf"(?:{_DAY_WORD}\s*)?(?P<head>(?:\d{{1,2}}\s*{_AND}\s*(?:{_DAY_WORD}\s*)?)*)"


def _point(year: str | None, month: int, day: int | None = None) -> Point:
    return Point(int(year) if year else None, month, day)


def _exists(point: Point) -> bool:
    # 29/02 exists in some years: without a printed one the benefit of the doubt.
    return first_day(point, 2024) is not None


def _numbers(text: str | None) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text or "")]


def _running(numbers: list[int]) -> bool:
    return all(right == left + 1 for left, right in pairwise(numbers))


def _days(match: re.Match[str]) -> Moment | None:
    """One day ("08/3/2024"), or several before one month ("06 - 15/11/2017", "6, 7, 8/3")."""
    groups = match.groupdict()
    printed_year = groups.get("y") or groups.get("y3")
    two_digits = bool(printed_year) and len(printed_year or "") == 2
    last = _point(None if two_digits else printed_year, int(match["m"]), int(match["d"]))
    if not printed_year and not (1 <= last.month <= 12):
        return None
    head = _numbers(match["head"])
    if not all(1 <= day <= 31 for day in head):
        return None
    span = bool(head)
    if head and not re.search(r"-|den|toi", match["head"]) and not _running([*head, last.day or 0]):
        span = False  # "ngày 6 và 20/11": two days, of which the first is meant here
    first = replace(last, day=head[0]) if head else last
    if head and not span:
        last = first
    sound = not two_digits and _exists(first) and _exists(last)
    if span and sound and (first.day or 0) > (last.day or 0):
        sound = False
    return Moment(*match.span(), "day", first, last, span, sound=sound, several=bool(head) and not span)


def _months(match: re.Match[str]) -> Moment | None:
    """One month or several before one year: "Tháng 3 - 6/2024", "tháng 3, 4 năm 2024"."""
    groups = match.groupdict()
    year = groups.get("y") or groups.get("y2")
    months = [int(match["a"]), *_numbers(groups.get("more"))]
    if not all(1 <= month <= 12 for month in months):
        return None
    return _run_of(match, months, year, "month", 1)


def _run_of(match: re.Match[str], parts: list[int], year: str | None, grain: Grain, size: int) -> Moment:
    """A run of months (`size` 1) or quarters (`size` 3); of several that do not run on, the first."""
    joined = bool(re.search(r"-|den|toi", match.groupdict().get("more") or "")) or _running(parts)
    end = parts[-1] if joined else parts[0]
    first = _point(year, (parts[0] - 1) * size + 1)
    last = _point(year, end * size)
    several = len(parts) > 1
    return Moment(
        *match.span(),
        grain,
        first,
        last,
        span=joined and several,
        sound=first.month <= last.month,
        several=several and not joined,
    )


def _quarter(printed: str) -> int:
    marks = re.sub(r"[l1|!]", "i", printed) if not printed.isdigit() or set(printed) == {"1"} else printed
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(marks) or int(marks)


def _quarters(match: re.Match[str]) -> Moment:
    groups = match.groupdict()
    more = re.findall(_QUARTER, re.sub(rf"\bqu?[yvi]\b|{_AND}", " ", groups["more"] or ""))
    parts = [_quarter(match["a"]), *map(_quarter, more)]
    return _run_of(match, parts, groups.get("y") or groups.get("y2"), "quarter", 3)


def _half(match: re.Match[str]) -> Moment:
    """ "6 tháng đầu năm 2024", "9 tháng đầu năm", "nửa cuối năm": months from either end."""
    groups = match.groupdict()
    months = _numbers(groups["n"])[0] if (groups["n"] or "")[:1].isdigit() else 6
    sound = 1 <= months <= 11
    year = groups.get("y")
    if groups["which"].startswith("d"):
        first, last = _point(year, 1), _point(year, months if sound else 1)
    else:
        first, last = _point(year, 13 - months if sound else 1), _point(year, 12)
    return Moment(*match.span(), "half", first, last, sound=sound)


def _years(match: re.Match[str]) -> Moment:
    years = re.findall(_YEAR, match[0])
    joined = bool(re.search(r"\d\s*(?:-|den|toi)", match[0])) or _running([int(year) for year in years])
    last = years[-1] if joined else years[0]
    span = joined and len(years) > 1
    bare = match[0][0].isdigit() and not span
    sound = int(years[0]) <= int(last)
    return Moment(*match.span(), "year", _point(years[0], 1), _point(last, 12), span, bare=bare, sound=sound)


def _school(match: re.Match[str]) -> Moment:
    """A school year or term: when it begins and ends is not printed."""
    return Moment(*match.span(), "school", Point(None, 1), Point(None, 12), sound=False)


_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_YEAR_WORD}\s+hoc(?:\s*{_YEAR}\s*-\s*{_YEAR})?|hoc\s+k[yi]\s+(?:i{{1,2}}|[12])\b", _school),
        (
            rf"(?:{_NOT_INSIDE}(?P<n>\d{{1,2}}|sau|chin|ba)\s*{_MONTH_INSIDE}|nua)\s+(?P<which>d[^\W\d]{{1,2}}u|cu[^\W\d]{{1,2}})"
            rf"\s+{_YEAR_WORD}(?!\s*hoc)(?:\s*(?P<y>{_YEAR}))?",
            _half,
        ),
        (rf"{_NOT_INSIDE}{_HEAD}{_NUMERIC_DAY}", _days),
        (rf"{_NOT_ORDINAL}{_NOT_INSIDE}{_HEAD}{_WORD_DAY}", _days),
        (rf"{_NOT_INSIDE}(?P<a>\d{{1,2}})(?P<more>\s*(?:-|den)\s*\d{{1,2}})\s*/\s*(?P<y>{_YEAR})", _months),
        (rf"(?<![\w/]){_NOT_INSIDE}(?P<a>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<y>{_YEAR})(?!\s*/)", _months),
        (rf"{_NOT_INSIDE}{_HEAD}{_NUMERIC_DAY_NO_YEAR}", _days),
        (
            rf"{_MONTH_WORD}\s*(?P<a>\d{{1,2}})(?![\d%])"
            rf"(?P<more>(?:\s*{_AND}\s*(?:{_MONTH_INSIDE}\s*|t)?\d{{1,2}}(?!\d|\s*/\s*\d{{1,2}}(?!\d)|\s*%))*)"
            rf"{_YEAR_TAIL}?",
            _months,
        ),
        (
            rf"(?<!\w)(?:qu[^\W\da]?[yvi]|q\.?)\s*(?P<a>{_QUARTER})(?P<more>(?:\s*{_AND}\s*(?:qu?[yvi]\s*)?{_QUARTER})*){_YEAR_TAIL}?",
            _quarters,
        ),
        (
            rf"(?:(?:giai\s*doan|thoi\s*ky|nhiem\s*ky|cac\s*nam|{_YEAR_WORD})\s*)?{_NOT_INSIDE}{_YEAR}\s*-\s*{_YEAR}(?![./]\d)",
            _years,
        ),
        (rf"{_YEAR_WORD}\s*{_YEAR}(?:\s*(?:,|va|&)\s*(?:{_YEAR_WORD}\s*)?{_YEAR})*(?![./]\d)", _years),
        (rf"{_NOT_INSIDE}(?<![\w/]){_YEAR}(?!\s*[./,-]\s*\d|[^\W_])", _years),
    )
)

_TO = re.compile(
    r"\s*[,;]?\s*(?:-|(?:cho\s+)?(?:den|toi)(?:\s+(?:het|cuoi))?|ket\s+thuc(?:\s+vao)?)\s*"
    r"(?:\d{1,2}\s*(?:h|g|gio)\s*(?:\d{2})?(?:\s*phut)?\s*,?\s*)?"
)
_FROM = re.compile(r"(?<!thu )(?<![^\W\d])(?:(?:ke\s+)?tu|sau)(?:\s+ng[^\W\d]{1,2}[yv])?\s*$")
_ONWARD = re.compile(r"\s*(?:tro\s+)di(?!\w)")


def _atoms(folded: str) -> Iterator[Moment]:
    """Times one by one, from left to right; where two readings begin together the earlier rule wins."""
    at = 0
    waiting = {index: pattern.search(folded) for index, (pattern, _) in enumerate(_GRAMMAR)}
    while True:
        for index, match in waiting.items():
            if match and match.start() < at:
                waiting[index] = _GRAMMAR[index][0].search(folded, at)
        found = [(match.start(), index, match) for index, match in waiting.items() if match]
        if not found:
            return
        start, index, match = min(found, key=lambda entry: entry[:2])
        moment = _GRAMMAR[index][1](match)
        if moment is None:
            waiting[index] = _GRAMMAR[index][0].search(folded, start + 1)
            continue
        yield moment
        at = match.end()


def _join(left: Moment, right: Moment) -> Moment:
    """From the first of `left` to the last of `right`; a year printed once serves both ends."""
    year = left.last.year or right.first.year
    first = left.first if left.first.year else replace(left.first, year=right.first.year or right.last.year)
    last = right.last if right.last.year else replace(right.last, year=year)
    same_day_grain = left.grain == right.grain
    sound = left.sound and right.sound
    if first.year and last.year and (first.year, first.month) > (last.year, last.month):
        sound = False
    grain = right.grain if same_day_grain or right.grain == "day" else left.grain
    return Moment(left.start, right.end, grain, first, last, span=True, sound=sound)


def find_moments(folded: str) -> list[Moment]:
    """All times in `folded` (see `folding.fold`), spans joined, in order of place.

    Quoted document numbers should have been blanked before (`masking.without_documents`).
    """
    moments: list[Moment] = []
    for atom in _atoms(folded):
        before = moments[-1] if moments else None
        if before and not before.span and not atom.span and _TO.fullmatch(folded, before.end, atom.start):
            moments[-1] = _join(before, atom)
        else:
            moments.append(atom)
    return [_opened(moment, folded) for moment in moments]


def _opened(moment: Moment, folded: str) -> Moment:
    said = _FROM.search(folded[: moment.start]) or _ONWARD.match(folded, moment.end)
    if moment.span or not said:
        return moment
    return replace(moment, onward=True)


def parse_date(text: str) -> str | None:
    """The one full day printed in `text` as ISO 8601; null where there is none, or more than one.

    >>> parse_date("Biên Giang, ngày 08 tháng 3 năm 2024")
    '2024-03-08'
    """
    days = [moment for moment in find_moments(fold(text)) if moment.grain == "day"]
    if len(days) != 1 or days[0].span or not days[0].sound:
        return None
    day = first_day(days[0].first)
    return day.isoformat() if day else None
