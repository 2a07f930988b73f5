"""From the signs of time in a printed deadline to its kind and dates, as the contract rules."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.resolve.deadlines.reading import DeadlineReading, Finding, Kind, unclear, without_final_stop
from pipeline.resolve.deadlines.signs import Signs, read_signs, words_before
from pipeline.resolve.deadlines.wording import find_phrase, phrases
from pipeline.resolve.moments import Moment, first_day, last_day
from pipeline.resolve.plan_years import PlanYears, settle


def resolve_deadline(
    text: str,
    *,
    year: int | None = None,
    period: tuple[str | None, str | None] | None = None,
    reference_date: str | None = None,
) -> DeadlineReading:
    """Read a printed deadline (the value of a field, a cell or a bracket; NFC).

    `year`, `period` and `reference_date` (ISO 8601) are what the plan says about its own
    time; they serve only for a year that is not printed, and then there is a finding
    `year-inferred`. What cannot be told is null with the finding `deadline-unclear`.
    """
    printed = without_final_stop(text)
    signs = read_signs(printed)
    years = PlanYears(year, period, reference_date)
    for rule in (_dated, _hung_on_a_clause, _first_of_time, _lasting, _later_clause):
        reading = rule(printed, signs, years)
        if reading is not None:
            return reading
    return unclear(printed, "No date, period or rhythm could be told from this deadline.")


# "Trước ngày 20": neither an event nor, without a month, a date.
_BARE_DAY = re.compile(r"(?:ng[^\W\d]{1,2}y)?\s*\d\S*")


# "Tuần thứ 2 tháng 9": a week that the calendar does not number.
_COUNTED_WEEK = re.compile(r"(?<!\w)(?:tuan|dot)\s+(?:thu\s+)?\w+\s*(?:cua\s+)?(?:thang\s*)?$")


def _used_by_rhythm(signs: Signs, moment: Moment) -> bool:
    """ "Quý IV hằng năm": a time without a year belongs to the yearly rhythm beside it."""
    rule = (signs.rhythm.rule if signs.rhythm else None) or ""
    return rule.startswith("FREQ=YEARLY") and not moment.year_printed and moment.grain != "year"


def _dated(printed: str, signs: Signs, years: PlanYears) -> DeadlineReading | None:
    """A printed calendar date decides the kind; a duration or an event beside it is kept."""
    days = [one for one in signs.moments if one.grain == "day" and not _used_by_rhythm(signs, one)]
    if not days:
        return None
    reading = _in_time(printed, signs, days[0], years)
    if reading.kind == "unclear":
        return reading
    if len(days) > 1 or days[0].several:
        reading = _with(reading, ("deadline-unclear", "Several dates are printed; the first was taken."))
    duration = (
        signs.duration.iso if signs.duration and not signs.inside_clause(signs.duration.start) else None
    )
    return replace(reading, duration=duration, basis=_basis(printed, signs))


def _with(reading: DeadlineReading, finding: Finding) -> DeadlineReading:
    return replace(reading, findings=(*reading.findings, finding))


def _basis(printed: str, signs: Signs) -> str | None:
    if signs.clause is None or not signs.clause.firm:
        return None
    return printed[slice(*signs.clause.basis)] or None


def _in_time(printed: str, signs: Signs, moment: Moment, years: PlanYears) -> DeadlineReading:
    """The reading of one printed time: a date where one day is meant, else a period."""
    if not moment.sound:
        return _unsound(printed, moment)
    limited = _limited(signs, moment)
    if not limited and moment.grain != "day" and _vague(signs, moment):
        return unclear(printed, "Only part of a period is meant, and no day is printed for it.")
    single = moment.grain == "day" and not moment.span
    kind: Kind = "date" if (single or limited) and not moment.onward else "period"
    schooled = any(one.grain == "school" for one in signs.moments)
    settled = settle(moment, PlanYears() if schooled else years)
    findings: list[Finding] = []
    if settled.start is None:
        findings.append(("deadline-unclear", "The year is not printed and cannot be told from the plan."))
    elif settled.inferred:
        findings.append(("year-inferred", f"The year is not printed; {settled.inferred} is the plan's."))
    if moment.several and not single:
        findings.append(("deadline-unclear", "Several periods are printed; the first was taken."))
    due = settled.end
    if kind == "period" and moment.grain != "day" and not moment.span and _before(signs, moment):
        kind, due = "date", None
        findings.append(("deadline-unclear", "Before a whole period: which day is meant is not printed."))
    start = settled.start if kind == "period" else None
    return DeadlineReading(printed, kind, start, due, findings=tuple(findings))


def _unsound(printed: str, moment: Moment) -> DeadlineReading:
    if moment.grain == "day" and None in (first_day(moment.first, 2024), last_day(moment.last, 2024)):
        reading = unclear(printed, "The printed date does not exist.")
        return _with(reading, ("invalid-date", "The calendar has no such day."))
    reading = unclear(printed, "The printed time can be read in two ways, or ends before it begins.")
    if moment.span:
        return _with(reading, ("date-order", "The span ends before it begins."))
    return reading


def _limited(signs: Signs, moment: Moment) -> bool:
    """ "Đến năm 2030": the time is a limit, and its last day is meant."""
    run = signs.folded[words_before(signs.folded, moment.start, "limits", "lead_words") : moment.start]
    return not moment.span and find_phrase(run, phrases("limits"), at_start=True) is not None


def _vague(signs: Signs, moment: Moment) -> bool:
    if _COUNTED_WEEK.search(signs.folded[: moment.start]):
        return True
    start = words_before(signs.folded, moment.start, "vague")
    return start != moment.start and not re.search(r"(?<!\w)bat\s+$", signs.folded[:start])


def _before(signs: Signs, moment: Moment) -> bool:
    return words_before(signs.folded, moment.start, "before") != moment.start


def _hung_on_a_clause(printed: str, signs: Signs, years: PlanYears) -> DeadlineReading | None:
    """A value that opens with its event or reference: "Theo lộ trình Kế hoạch"."""
    clause = signs.clause
    if clause is None or not clause.leads:
        return None
    if not clause.firm and (signs.rhythm or any(one.start >= clause.start for one in signs.moments)):
        return None
    if signs.rhythm and clause.kind == "reference":
        rhythm = words_before(signs.folded, signs.rhythm.start, "unmeasured_rhythms")
        if rhythm <= clause.basis[0]:
            return None  # "theo định kỳ hằng quý" names no other paper
    if _BARE_DAY.fullmatch(signs.folded, *clause.basis):
        return None
    outside = [one for one in signs.moments if not signs.inside_clause(one.start)]
    if outside:
        return replace(_in_time(printed, signs, outside[0], years), basis=_basis(printed, signs))
    if signs.duration and clause.kind == "event":
        return _counted_from_event(printed, signs)
    if signs.duration and not signs.inside_clause(signs.duration.start):
        return _of_duration(printed, signs)
    return DeadlineReading(printed, clause.kind, basis=printed[slice(*clause.basis)])


def _of_duration(printed: str, signs: Signs, basis: str | None = None) -> DeadlineReading | None:
    if signs.duration is None:
        return None
    basis = basis or _basis(printed, signs) or _after(printed, signs.folded, signs.duration.end)
    reading = DeadlineReading(printed, "duration", duration=signs.duration.iso, basis=basis)
    if signs.duration.iso is None:
        return _with(reading, ("deadline-unclear", "The duration is printed as a span of two figures."))
    return reading


def _after(printed: str, folded: str, at: int) -> str | None:
    """The event that a duration right before it is counted from: "24 giờ sau thiên tai"."""
    found = re.compile(r"\s+sau\s+(?=\w)").match(folded, at)
    return printed[found.end() :].rstrip(" .,;)") if found else None


def _counted_from_event(printed: str, signs: Signs) -> DeadlineReading | None:
    """ "Trước hội nghị 10 ngày": a duration at either end of the clause is counted from the rest."""
    clause, duration = signs.clause, signs.duration
    if clause is None or duration is None:
        return None
    start, end = clause.basis
    if not signs.inside_clause(duration.start):
        return _of_duration(printed, signs, printed[start:end])
    if duration.start > start and duration.end >= end:
        rest = printed[start : duration.start].rstrip(" ,(")
    elif duration.start <= start:
        rest = printed[duration.end : end].strip(" ,")
        if re.match(r"(?:ke\s+)?tu\b", signs.folded[duration.end : end].strip()):
            rest = ""
    else:
        return DeadlineReading(printed, "event", basis=printed[start:end])
    reading = _of_duration(printed, signs, rest or None)
    return replace(reading, basis=rest or None) if reading else None


def _first_of_time(printed: str, signs: Signs, years: PlanYears) -> DeadlineReading | None:
    """Rhythm, "thường xuyên" and periods: the one printed first gives the kind."""
    moments = [one for one in signs.moments if one.grain != "day" and not _used_by_rhythm(signs, one)]
    spans = [one for one in moments if one.grain != "school"]
    starts = {
        "rhythm": signs.rhythm.start if signs.rhythm else None,
        "continuous": signs.continuous.start if signs.continuous else None,
        "moment": spans[0].start if spans else None,
    }
    printed_order = sorted((at, name) for name, at in starts.items() if at is not None)
    if not printed_order:
        return unclear(printed, "When the school year runs is not printed.") if moments else None
    first = printed_order[0][1]
    if first == "moment":
        reading = _in_time(printed, signs, spans[0], years)
        if reading.kind == "unclear":
            return reading
        if spans[0].grain != "year" and any(one.grain == spans[0].grain for one in spans[1:]):
            reading = _with(
                reading, ("deadline-unclear", "Several periods are printed; the first was taken.")
            )
        duration = signs.duration.iso if signs.duration else None
        return replace(reading, duration=duration, basis=_basis(printed, signs))
    named = _in_time(printed, signs, spans[0], years) if spans else None
    kind: Kind = "recurring" if first == "rhythm" else "continuous"
    reading = DeadlineReading(printed, kind)
    if named is not None and named.kind != "unclear" and (spans[0].year_printed or first != "rhythm"):
        reading = replace(reading, start=named.start, due=named.due, findings=_only_inferred(named))
    if first == "rhythm" and signs.rhythm:
        reading = replace(reading, recurrence=signs.rhythm.rule)
        if signs.rhythm.problem:
            reading = _with(reading, ("deadline-unclear", f"A rhythm, but {signs.rhythm.problem}."))
    return reading


def _only_inferred(reading: DeadlineReading) -> tuple[Finding, ...]:
    return tuple(finding for finding in reading.findings if finding[0] == "year-inferred")


def _lasting(printed: str, signs: Signs, years: PlanYears) -> DeadlineReading | None:
    return _of_duration(printed, signs)


def _later_clause(printed: str, signs: Signs, years: PlanYears) -> DeadlineReading | None:
    if signs.clause is None or not signs.clause.firm:
        return None
    return DeadlineReading(printed, signs.clause.kind, basis=printed[slice(*signs.clause.basis)])
