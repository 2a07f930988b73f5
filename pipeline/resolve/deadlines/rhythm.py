"""Rhythms ("Định kỳ hằng tháng", "trước ngày 20 hằng tháng", "3 tháng/lần") as RFC 5545 rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.resolve.deadlines.wording import find_phrase, phrases, rhythm_phrases, rules
from pipeline.resolve.masking import blank
from pipeline.resolve.moments import Moment


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm where it stands; `rule` is an RRULE value, null where how often is not printed clearly."""

    start: int
    end: int
    rule: str | None
    problem: str | None = None


_ONCE_EVERY = re.compile(
    r"(?<!\d)(?P<count>\d{1,2})\s*(?P<unit>{units})\s*(?:/|mot|1|01)?\s*(?:mot|1|01)?\s*l[a-z]n(?!\w)".replace(
        "{units}", r"[^\W\d]{3,5}"
    )
)
_TIMES_PER = re.compile(
    r"(?<!\d)(?P<times>\d{1,2})\s*(?:[1l]?[a-z]{1,3}n|buoi|cuoc|luot|dot|ky|phien|bai|tin)"
    r"\s*(?:/|tren|moi|mot)\s*(?:0?1\s*)?(?P<unit>[^\W\d]{3,5})"
)
_EVERY = re.compile(
    r"d[^\W\d]{1,3}h\s+k[yi]\s+(?P<count>\d{1,2})\s*(?P<unit>[^\W\d]{3,5})(?!\w)(?!\s+(?:dau|cuoi))"
)
# "6 tháng, năm": the usual pair of reports, a half-year first.
_HALF_YEARLY = re.compile(r"(?<!\d)0?6\s*thang\s*(?:,|va|/|;)\s*(?:0?1|mot|ca|hang)?\s*nam(?!\s*[\d¤])(?!\w)")
_BARE_DAYS = re.compile(
    r"ng[^\W\d]{1,2}[yv]\s*(?P<days>\d{1,2}(?:\s*(?:,|va|-|den)\s*(?:ng[^\W\d]{1,2}[yv]\s*)?\d{1,2})*)(?!\d|\s*/|\s*ng)"
)
_LAST_DAY = re.compile(r"ngay\s+cuoi(?:\s+cung)?(?:\s+cua)?(?:\s+(?:hang|moi))?\s+thang")
_COUNTED_WEEK = re.compile(
    r"tuan\s+(?:(?:thu\s+)?(?P<week>[1-5]|dau|nhat|hai|ba|tu|cuoi))(?!\w)(?:\s+(?:cua|trong))?"
)
_WEEKDAYS_BEFORE = re.compile(r"(?:(?<!\w)(?:thu\s+\w+|chu\s+nhat)\s*(?:,|va|-)?\s*)+$")
_WEEKS = {"dau": "1", "nhat": "1", "hai": "2", "ba": "3", "tu": "4", "cuoi": "-1"}
_CONTRACT_NAME = {"QUARTERLY": ("MONTHLY", 3), "DAILY": ("DAILY", 1), "WEEKLY": ("WEEKLY", 1)}


@cache
def _units() -> dict[str, tuple[str, int]]:
    """Folded unit → its FREQ and how many of these it is."""
    return {fold(unit): _CONTRACT_NAME.get(name, (name, 1)) for unit, name in rules()["rhythm_units"].items()}


def _rule(count: int, unit: str) -> str:
    frequency, size = _units()[unit]
    interval = count * size
    if frequency == "MONTHLY" and interval == 12:
        return "FREQ=YEARLY"
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _counted(folded: str) -> Rhythm | None:
    """Rhythms with a figure: "3 tháng/lần", "1 lần/quý", "định kỳ 6 tháng"."""
    for pattern in (_ONCE_EVERY, _EVERY):
        for match in pattern.finditer(folded):
            if match["unit"] in _units() and int(match["count"]):
                return Rhythm(*match.span(), _rule(int(match["count"]), match["unit"]))
    half_yearly = _HALF_YEARLY.search(folded)
    if half_yearly:
        return Rhythm(*half_yearly.span(), _rule(6, "thang"))
    for match in _TIMES_PER.finditer(folded):
        if match["unit"] in _units():
            if int(match["times"]) == 1:
                return Rhythm(*match.span(), _rule(1, match["unit"]))
            return Rhythm(*match.span(), None, "how the times are spread is not printed")
    return None


def find_rhythm(folded: str, moments: list[Moment], plain: str) -> Rhythm | None:
    """The first rhythm in `folded`, with its day of the month, weekday or date where one is printed.

    `moments` are the times found in it; those without a year serve a yearly rhythm. `plain`
    is `folded` with the moments blanked, where rhythms themselves are looked for.
    """
    said = find_phrase(plain, tuple(sorted(rhythm_phrases(), key=lambda phrase: -len(phrase))))
    named = Rhythm(said.start, said.end, rhythm_phrases()[said.phrase]) if said else None
    counted = _counted(plain)
    found = min((one for one in (named, counted) if one), key=lambda one: one.start, default=None)
    if found is None:
        loose = find_phrase(plain, phrases("unmeasured_rhythms"))
        return Rhythm(loose.start, loose.end, None, "how often is not printed") if loose else None
    return _placed(found, folded, moments, plain)


def _placed(rhythm: Rhythm, folded: str, moments: list[Moment], plain: str) -> Rhythm:
    if rhythm.rule is None:
        return rhythm
    if "MONTHLY" in rhythm.rule:
        return _on_weekday_of_month(rhythm, plain) or _on_day_of_month(rhythm, plain)
    if rhythm.rule.startswith("FREQ=WEEKLY"):
        days = weekdays(plain)
        named = _WEEKDAYS_BEFORE.search(plain, 0, rhythm.start)
        start = named.start() if named else rhythm.start
        return Rhythm(start, rhythm.end, rhythm.rule + (f";BYDAY={','.join(days)}" if days else ""))
    if rhythm.rule == "FREQ=YEARLY":
        return _on_date(rhythm, [moment for moment in moments if not moment.year_printed], folded)
    return rhythm


def _on_weekday_of_month(rhythm: Rhythm, folded: str) -> Rhythm | None:
    """ "Chủ nhật tuần thứ 2 hằng tháng" → BYDAY=2SU; null where no week is counted."""
    week = _COUNTED_WEEK.search(folded)
    days = weekdays(blank(folded, *week.span())) if week else []
    if week is None or not days:
        return None
    number = _WEEKS.get(week["week"], week["week"])
    named = [at for word in ("thu ", "chu nhat") if (at := folded.find(word)) >= 0]
    by_day = ",".join(f"{number}{day}" for day in days)
    return Rhythm(min(week.start(), rhythm.start, *named), rhythm.end, f"{rhythm.rule};BYDAY={by_day}")


def _on_day_of_month(rhythm: Rhythm, folded: str) -> Rhythm:
    last = _LAST_DAY.search(folded)
    if last:
        return Rhythm(min(last.start(), rhythm.start), rhythm.end, f"{rhythm.rule};BYMONTHDAY=-1")
    match = _BARE_DAYS.search(folded)
    if match is None:
        return rhythm
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    start, end = min(match.start(), rhythm.start), max(match.end(), rhythm.end)
    if re.search(r"-|den", match["days"]) or not all(1 <= day <= 31 for day in days):
        return Rhythm(start, end, rhythm.rule, "the day of the month is a span or none at all")
    return Rhythm(start, end, f"{rhythm.rule};BYMONTHDAY={','.join(map(str, days))}")


def _on_date(rhythm: Rhythm, yearless: list[Moment], folded: str) -> Rhythm:
    """ "Trước ngày 15/12 hằng năm"; of several dates the first counts unless they share the day."""
    days = [moment for moment in yearless if moment.grain == "day" and moment.sound and not moment.span]
    if days:
        same = [moment for moment in days if moment.last.day == days[0].last.day]
        months = ",".join(str(moment.last.month) for moment in same)
        problem = None if len(same) == len(days) else "several dates are printed, the first is taken"
        rule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0].last.day}"
        return Rhythm(min(days[0].start, rhythm.start), rhythm.end, rule, problem)
    months_only = [moment for moment in yearless if moment.grain == "month" and not moment.span]
    if months_only:
        start = min(months_only[0].start, rhythm.start)
        numbers = [
            int(one) for month in months_only for one in re.findall(r"\d+", folded[month.start : month.end])
        ]
        return Rhythm(start, rhythm.end, f"FREQ=YEARLY;BYMONTH={','.join(map(str, numbers))}")
    return rhythm


def weekdays(folded: str) -> list[str]:
    """The weekdays named, as RRULE codes, in order: "thứ Hai, thứ Sáu" → MO, FR."""
    names = {fold(name): code for name, code in rules()["weekdays"].items()}
    # "thứ Năm" and "thứ 2", "thứ 3": after "thứ" these words are weekdays.
    named = [
        (match.start(), names[match[1]])
        for match in re.finditer(r"(?<!\w)thu\s+(\w+)", folded)
        if match[1] in names
    ]
    named += [(match.start(), "SU") for match in re.finditer(fold(rules()["sunday"]), folded)]
    return [code for _, code in sorted(named)]
