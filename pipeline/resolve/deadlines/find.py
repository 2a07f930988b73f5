"""Finding where a sentence says when: "..., phấn đấu đến năm 2030 đạt 33,59%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.resolve.deadlines.reading import without_final_stop
from pipeline.resolve.deadlines.resolve import resolve_deadline
from pipeline.resolve.deadlines.signs import CLOCK, Signs, read_signs, words_before
from pipeline.resolve.deadlines.wording import find_phrase, phrases
from pipeline.resolve.moments import Moment

_CLAUSE_OPENS = re.compile(r"(?:^|[,;:(.]|\s[-+])\s*$")
_WITHIN = re.compile(
    r"(?:trong\s+(?:vong|thoi\s+han|khong\s+qua)|(?:cham|muon)\s+nhat(?:\s+la)?(?:\s+(?:sau|trong)(?:\s+vong)?)?)\s+$"
)
_COUNTED_FROM = re.compile(r"\s*,?\s*(?:ke\s+)?tu\s+(?:ngay|khi|thoi\s+diem)\s[^,;:.()]*")
"""The event that a duration is counted from stays with it."""
_HOUR = re.compile(rf"(?:{CLOCK}|(?<!\w)thu\s+\w+|chu\s+nhat)(?:\s*,?\s*(?:thu\s+\w+|chu\s+nhat))?\s*,?\s*$")
"""The hour or the weekday right before a day."""
_ONWARD = re.compile(r"\s*tro\s+di")
_TIME_KINDS = frozenset({"date", "period", "continuous", "recurring", "duration", "event"})


def find_deadline(text: str) -> tuple[int, int] | None:
    """Where the first time expression of a sentence (NFC) stands, with the words that go with it.

    Years that only belong to a name or a comparison ("so với năm 2023", "Đề án ... giai
    đoạn 2026-2030") and the dates of quoted documents are passed over. Null if there is none.
    """
    return next(iter(find_deadlines(text)), None)


def find_deadlines(text: str) -> list[tuple[int, int]]:
    """All time expressions of `text`, in order of place, none inside another."""
    signs = read_signs(text)
    found: list[tuple[int, int]] = []
    for start, end in sorted(_candidates(signs), key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def _candidates(signs: Signs) -> Iterator[tuple[int, int]]:
    for moment in signs.moments:
        if moment.grain == "school" or not moment.sound:
            continue
        start = words_before(signs.folded, moment.start, "lead_words", "limits", "before")
        if _tells_when(signs, moment, start):
            onward = _ONWARD.match(signs.folded, moment.end)
            yield start, onward.end() if onward else moment.end
    rhythm = signs.rhythm
    if rhythm and rhythm.rule:
        start = words_before(signs.folded, rhythm.start, "lead_words", "before", "unmeasured_rhythms")
        placed = "BYMONTHDAY" in rhythm.rule or "BYDAY" in rhythm.rule
        counted = signs.folded[rhythm.start].isdigit() and not signs.folded[rhythm.end :].strip(" .;)")
        if placed or counted or start < rhythm.start or _CLAUSE_OPENS.search(signs.folded[:start]):
            yield start, rhythm.end
    duration = signs.duration
    if duration and duration.iso:
        within = _WITHIN.search(signs.folded[: duration.start])
        if within:
            event = _COUNTED_FROM.match(signs.folded, duration.end)
            yield within.start(), event.end() if event else duration.end


def _tells_when(signs: Signs, moment: Moment, start: int) -> bool:
    """Whether the time is said of the sentence, not part of a name or a comparison."""
    if moment.grain == "day":
        return True
    led = start < moment.start
    if moment.bare:
        return led and not moment.span and bool(re.match(r"den|toi|truoc|cham", signs.folded[start:]))
    opens = bool(_CLAUSE_OPENS.search(signs.folded[:start]))
    if led and signs.folded[start : moment.start].strip() in {"cuoi"}:
        led = False
    followed = signs.folded[moment.end :].lstrip(" ,:")
    verb = find_phrase(followed, phrases("verbs_after_year"), at_start=True)
    return led or opens or (verb is not None and moment.grain != "month")


def is_deadline(text: str) -> bool:
    """Whether all of `text` (a bracket at the end of a title, say) is a time: "(trước 15/12)", "(hằng quý)".

    References ("theo Phụ lục 1") are not, nor sentences that merely hold a date.
    """
    inner = without_final_stop(text.strip(" ()[]"))
    if not inner or len(inner) > 120:
        return False
    reading = resolve_deadline(inner)
    if reading.kind not in _TIME_KINDS:
        return False
    if reading.kind == "event":
        signs = read_signs(inner)
        return bool(signs.clause and signs.clause.leads and signs.clause.start == 0)
    return _share_of_time(inner) >= 0.7


def _share_of_time(text: str) -> float:
    """The part of the letters of `text` that its time expressions and their words take."""
    signs = read_signs(text)
    taken = [False] * len(text)
    parts = [*signs.moments, *(one for one in (signs.rhythm, signs.continuous, signs.duration) if one)]
    for part in parts:
        hour = _HOUR.search(signs.folded, 0, part.start)
        start = words_before(
            signs.folded, hour.start() if hour else part.start, "lead_words", "limits", "before", "prefaces"
        )
        taken[start : part.end] = [True] * (part.end - start)
    letters = [at for at, letter in enumerate(text) if letter.isalnum()]
    return sum(taken[at] for at in letters) / max(1, len(letters))
