"""A figure with the words that go with it: degree, unit, what it is counted by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.folding import fold
from pipeline.resolve.figures import Figure
from pipeline.rules import load_rules


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its words: `start` to `end`, degree and unit included."""

    figure: Figure
    start: int
    end: int
    unit: str | None
    share: bool
    known_unit: bool
    degree: bool


def target_words() -> dict[str, Any]:
    """The content of rules/targets.yaml."""
    data: dict[str, Any] = load_rules("targets")
    return data


def _alternatives(*names: str) -> str:
    listed = {fold(phrase) for name in names for phrase in target_words()[name]}
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s*") for phrase in ordered)


def _words(*names: str) -> str:
    """One of the phrases, as words by themselves; spaces inside may be lost ("Toithiéu 55")."""
    return rf"(?<![^\W\d_])(?:{_alternatives(*names)})(?![^\W\d_])"


@cache
def before_figure(*names: str) -> re.Pattern[str]:
    """One of the phrases under `names`, right before the place where matching ends."""
    return re.compile(rf"(?:{_words(*names)}\s*)$")


@cache
def phrase_at(*names: str) -> re.Pattern[str]:
    """One of the phrases under `names`, with the space before it."""
    return re.compile(rf"\s*{_words(*names)}")


@cache
def phrase_in(*names: str) -> re.Pattern[str]:
    """One of the phrases under `names`, as words by themselves."""
    return re.compile(_words(*names))


@cache
def _degree_behind() -> re.Pattern[str]:
    """ "trở lên", also behind words that belong to the unit ("10 đảng viên mới trở lên")."""
    return re.compile(rf"(?:\s[^\W\d_]+){{0,3}}?\s*{_words('at_least_after', 'at_most_after')}")


@cache
def _unit_of_share() -> re.Pattern[str]:
    # "%o" and "°/o" are what OCR makes of a percent sign.
    return re.compile(r"\s*(?:%o?(?![^\W\d_])|%|‰|phan\s+tram)")


# Words further back, in letters, say nothing of a figure; looking there only costs time.
NEAR = 60
# "15/15 xã": so many out of so many.
_OUT_OF = re.compile(r"/\d+(?![\d/])")
# "Nâng hạng lên 5 bậc": a degree, but no word of the target's own text.
_LIFTED = re.compile(r"(?<![^\W\d_])(?:len|them)\s*$")
_PER = re.compile(r"\s*/\s*(?:\d+\s*)?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+\d?")
TIME_UNIT = re.compile(r"\s*(?:ngay|thang|nam|tuan|quy|gio|phut|giay)(?![^\W\d_])")


def _degree_start(folded: str, at: int) -> int:
    """Where the words of degree (and đạt, tăng, giảm) that end at `at` begin."""
    start, run = at, before_figure("at_least", "at_most", "degree", "verbs")
    while match := run.search(folded, max(0, start - NEAR), start):
        start = match.start()
    longer = re.compile(rf"{_words('longer_verbs')}\s*")
    for verb in longer.finditer(folded, max(0, start - 12), at):
        start = max(start, verb.end())
    leading = phrase_at("loose_degree")
    while start < at and (match := leading.match(folded, start, at)):
        start = match.end()
    return at - len(folded[start:at].lstrip())


def is_counted(words: str) -> bool:
    """Whether `words` are a unit of the rules and nothing else ("người", "%", "tỷ đồng")."""
    known = (*target_words()["shares"], *target_words()["counted"])
    wanted = fold(words).strip()
    return any(wanted == fold(str(unit)) for unit in known) or _known_unit_end(wanted, 0) == len(wanted)


def _known_unit_end(folded: str, at: int) -> int | None:
    """Where a unit of the list ends, after a word of magnitude if one is printed ("triệu lượt khách")."""
    found = phrase_at("counted").match(folded, at)
    if found:
        return found.end()
    magnitude = phrase_at("magnitudes").match(folded, at)
    found = phrase_at("counted").match(folded, magnitude.end()) if magnitude else None
    return found.end() if found else None


def _unit_end(text: str, folded: str, at: int) -> tuple[int, bool]:
    """Where the counted noun after a figure ends, and whether the rules know it."""
    known = _known_unit_end(folded, at)
    if known is not None:
        return known, True
    end, words = at, 0
    stop = phrase_at("unit_ends")
    while words < 3:
        match = re.compile(r"\s+").match(folded, end)
        word = _WORD.match(folded, match.end() if match else end)
        halted = stop.match(folded, end)
        if (
            word is None
            or (match is None and words)
            or (halted and _is_printed_so(text[slice(*halted.span())]))
        ):
            break
        end, words = word.end(), words + 1
    return end, False


def _is_printed_so(words: str) -> bool:
    """Whether folded words are a unit's end as printed, too: "tài" (in "tài liệu") is no "tại"."""
    printed = words.strip().casefold()
    return printed.isascii() or printed in {phrase.casefold() for phrase in target_words()["unit_ends"]}


def _per_end(text: str, folded: str, at: int) -> int:
    """Past "/năm", "/01 bộ phận", "/người/năm": what the figure is counted by."""
    while per := _PER.match(folded, at):
        time = TIME_UNIT.match(folded, per.end())
        at = time.end() if time else _unit_end(text, folded, per.end())[0]
    return at


def _printed_unit(text: str, start: int, end: int) -> str | None:
    """The unit without a "one" inside ("sáng kiến/01 bộ phận" → "sáng kiến/bộ phận")."""
    printed = re.sub(r"/\s*0*1\s+", "/", text[start:end])
    printed = re.sub(r"\s*/\s*", "/", printed).strip(" ,.;:")
    return re.sub(r"^%o", "%", printed) or None


def quantity_of(text: str, folded: str, figure: Figure) -> Quantity:
    """The figure with its words of degree, its unit and what it is counted by."""
    share = _unit_of_share().match(folded, figure.end)
    if share:
        end, known = share.end(), True
    elif time := TIME_UNIT.match(folded, figure.end):
        end, known = time.end(), False
    else:
        end, known = _unit_end(text, folded, figure.end)
    total = _OUT_OF.match(folded, figure.end)
    begin = total.end() if total else figure.end
    if total:
        end, known = _unit_end(text, folded, begin)
    end = _per_end(text, folded, end)
    unit = _printed_unit(text, begin, end)
    after = _degree_behind().match(folded, end)
    start, whole_end = _degree_start(folded, figure.start), after.end() if after else end
    degree = (
        bool(after)
        or start < figure.start
        or bool(_LIFTED.search(folded, max(0, figure.start - NEAR), figure.start))
    )
    return Quantity(figure, start, whole_end, unit, bool(share), known, degree)
