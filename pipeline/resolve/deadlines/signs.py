"""What a printed deadline holds: times, a rhythm, a duration, the clause it hangs on, each in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pipeline.folding import fold
from pipeline.resolve.dates import find_moments
from pipeline.resolve.deadlines.duration import Duration, find_duration
from pipeline.resolve.deadlines.rhythm import Rhythm, find_rhythm
from pipeline.resolve.deadlines.wording import Hit, find_phrase, phrases, rules
from pipeline.resolve.masking import blank, without_documents
from pipeline.resolve.moments import Moment, Point

CLOCK = r"\d{1,2}\s*(?:h|g|gio)\s*(?:\d{2})?(?:\s*phut)?(?!\w)"
"""The hour before a day: "trước 16 giờ 00 ngày 30/9/2026"."""


@dataclass(frozen=True, slots=True)
class Clause:
    """An event or a reference; `basis` is where its words stand, `leads` whether it opens the value.

    `firm` is False for the openings "trước" and "sau", which only mean an event where
    nothing else in the value says when.
    """

    kind: Literal["event", "reference"]
    start: int
    basis: tuple[int, int]
    leads: bool
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Signs:
    """All that was found in one value; positions count letters of its text."""

    folded: str
    moments: tuple[Moment, ...]
    rhythm: Rhythm | None
    continuous: Hit | None
    duration: Duration | None
    clause: Clause | None

    def inside_clause(self, at: int) -> bool:
        return self.clause is not None and self.clause.start <= at < self.clause.basis[1]


@cache
def _before_pattern(*names: str) -> re.Pattern[str]:
    listed = sorted({phrase for name in names for phrase in phrases(name)}, key=len, reverse=True)
    options = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed)
    return re.compile(rf"(?:(?<![^\W_])(?:{options})\s*:?\s+)+(?:{CLOCK}\s*,?\s*)?$")


def words_before(folded: str, at: int, *names: str) -> int:
    """Where the run of words listed under `names` that ends at `at` begins; `at` if there is none."""
    run = _before_pattern(*names).search(folded, max(0, at - 80), at)
    return run.start() if run else at


def _shared_years(moments: list[Moment]) -> list[Moment]:
    """Days listed one after the other share a year that is printed once ("15/6 và 15/12/2024")."""
    years = [moment.last.year for moment in moments if moment.grain == "day" and moment.last.year]
    if not years:
        return moments
    return [
        replace(moment, first=replace(moment.first, year=years[0]), last=replace(moment.last, year=years[0]))
        if moment.grain == "day" and not moment.year_printed
        else moment
        for moment in moments
    ]


def _plan_year(folded: str) -> list[Moment]:
    """ "Trong năm", "cả năm": the plan's year, which is not printed."""
    said = find_phrase(folded, phrases("this_year"))
    if said is None:
        return []
    return [Moment(said.start, said.end, "year", Point(None, 1), Point(None, 12))]


def read_signs(text: str) -> Signs:
    """Everything in `text` (NFC) that says when."""
    folded = without_documents(text)
    moments = _shared_years(find_moments(folded))
    plain = folded
    for moment in moments:
        plain = blank(plain, moment.start, moment.end)
    rhythm = find_rhythm(folded, moments, plain)
    if not moments:
        moments = _plan_year(folded)
    timeless = blank(plain, rhythm.start, rhythm.end) if rhythm else plain
    signs = Signs(
        folded,
        tuple(moments),
        rhythm,
        find_phrase(folded, phrases("continuous")),
        find_duration(timeless),
        None,
    )
    return replace(signs, clause=_clause(signs, plain))


def _head(plain: str) -> int:
    """Where the value begins once words such as "Hoàn thành" are passed over."""
    at = 0
    while True:
        rest = plain[at:]
        skip = len(rest) - len(rest.lstrip(" :,.("))
        said = find_phrase(rest[skip:], phrases("event_connectives"), at_start=True)
        preface = None if said else find_phrase(rest[skip:], phrases("prefaces"), at_start=True)
        if preface is None:
            return at + skip
        at += skip + preface.end


@cache
def _openings() -> dict[str, int]:
    """Folded opening → how many of its letters are the connective."""
    openings = {}
    for opening in rules()["event_openings"]:
        before, _, after = fold(opening).partition("|")
        whole = " ".join((before + after).split())
        openings[whole] = len(before.strip())
    return openings


def _clause(signs: Signs, plain: str) -> Clause | None:
    head = _head(plain)
    rest = plain[head:]
    connective = find_phrase(rest, phrases("event_connectives"), at_start=True)
    if connective:
        return _bounded(signs, Clause("event", head, (head + connective.end, len(plain)), leads=True))
    reference = find_phrase(rest, phrases("reference_connectives"), at_start=True)
    if reference:
        return _bounded(signs, Clause("reference", head, (head + reference.end, len(plain)), leads=True))
    longest_first = tuple(sorted(_openings(), key=len, reverse=True))
    opening = find_phrase(rest, longest_first, at_start=True)
    if opening:
        begin = head + _openings()[opening.phrase]
        firm = _openings()[opening.phrase] < len(opening.phrase)
        return _bounded(signs, Clause("event", head, (begin, len(plain)), leads=True, firm=firm))
    return _later_clause(signs, plain)


def _later_clause(signs: Signs, plain: str) -> Clause | None:
    """An event or reference after something else: "7 ngày làm việc sau khi công bố kết quả"."""
    event = find_phrase(plain, phrases("event_connectives"))
    # "kể từ khi ...", like "kể từ ngày ...", says where counting begins and stays in the text.
    if event and not re.search(r"(?<!\w)tu\s*$", plain[: event.start]):
        return _bounded(signs, Clause("event", event.start, (event.end, len(plain)), leads=False))
    reference = find_phrase(plain, phrases("reference_connectives"))
    # "tiếp theo" (following), "kèm theo" (attached) only end in the same word.
    if reference and not re.search(r"(?:tiep|kem)\s*$", plain[: reference.start]):
        return _bounded(signs, Clause("reference", reference.start, (reference.end, len(plain)), leads=False))
    return None


def _bounded(signs: Signs, clause: Clause) -> Clause | None:
    """The clause up to where another statement of time begins; null where nothing is left of it."""
    start, end = clause.basis
    stops = [moment.start for moment in signs.moments]
    stops += [sign.start for sign in (signs.rhythm, signs.continuous, signs.duration) if sign]
    for stop in stops:
        if stop < start:
            continue
        lead = words_before(signs.folded, stop, "lead_words", "limits", "before", "prefaces")
        parted = re.search(r"[,;(:.–-]\s*$", signs.folded[start:lead])
        bounded_day = lead < stop and any(
            moment.start == stop and moment.grain == "day" for moment in signs.moments
        )
        if parted:
            end = min(end, start + parted.start())
        elif bounded_day:
            end = min(end, lead)
    if not signs.folded[: clause.start].count("(") and clause.leads:
        closing = -1
    else:
        closing = signs.folded.find(")", start, end)
    if closing >= 0 and signs.folded.count("(", start, closing) == 0:
        end = closing
    while start < end and signs.folded[start] in " :,":
        start += 1
    while start < end and signs.folded[end - 1] in " ,;.":
        end -= 1
    if signs.folded[start:end] in {fold(unit) for unit in rules()["rhythm_units"]}:
        return None  # "chia theo quý": how often, no paper
    return replace(clause, basis=(start, end)) if start < end else None
