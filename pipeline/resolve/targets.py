"""Targets (chỉ tiêu): operator, figure and unit of a cell; the measurable figure of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold
from pipeline.resolve.figures import Figure, figures
from pipeline.resolve.masking import without_documents_and_times
from pipeline.rules import load_rules

Operator = Literal[">=", "<=", "="]
_OPERATORS: tuple[tuple[str, Operator], ...] = (("at_least", ">="), ("at_most", "<="))
Finding = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TargetReading:
    """A target as printed and what it says; all null where no figure is printed.

    `unit` is what is counted: `%`, `%/năm`, `sáng kiến/bộ phận`.
    """

    text: str
    operator: Operator | None
    value: float | int | None
    unit: str | None
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A figure with its words: `start` to `end`, degree and unit included."""

    figure: Figure
    start: int
    end: int
    unit: str | None
    share: bool
    known_unit: bool
    degree: bool


def _rules() -> dict[str, Any]:
    data: dict[str, Any] = load_rules("targets")
    return data


def _alternatives(*names: str) -> str:
    listed = {fold(phrase) for name in names for phrase in _rules()[name]}
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s*") for phrase in ordered)


def _words(*names: str) -> str:
    """One of the phrases, as words by themselves; spaces inside may be lost ("Toithiéu 55")."""
    return rf"(?<![^\W\d_])(?:{_alternatives(*names)})(?![^\W\d_])"


@cache
def _before_figure(*names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(*names)}\s*)$")


@cache
def _at(*names: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{_words(*names)}")


@cache
def _anywhere(*names: str) -> re.Pattern[str]:
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
_NEAR = 60
# "15/15 xã": so many out of so many.
_OUT_OF = re.compile(r"/\d+(?![\d/])")
# "Nâng hạng lên 5 bậc": a degree, but no word of the target's own text.
_LIFTED = re.compile(r"(?<![^\W\d_])(?:len|them)\s*$")
_PER = re.compile(r"\s*/\s*(?:\d+\s*)?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+\d?")
_TIME_UNIT = re.compile(r"\s*(?:ngay|thang|nam|tuan|quy|gio|phut|giay)(?![^\W\d_])")


def _degree_start(folded: str, at: int) -> int:
    """Where the words of degree (and đạt, tăng, giảm) that end at `at` begin."""
    start, run = at, _before_figure("at_least", "at_most", "degree", "verbs")
    while match := run.search(folded, max(0, start - _NEAR), start):
        start = match.start()
    longer = re.compile(rf"{_words('longer_verbs')}\s*")
    for verb in longer.finditer(folded, max(0, start - 12), at):
        start = max(start, verb.end())
    leading = _at("loose_degree")
    while start < at and (match := leading.match(folded, start, at)):
        start = match.end()
    return at - len(folded[start:at].lstrip())


def _known_unit_end(folded: str, at: int) -> int | None:
    found = _at("counted").match(folded, at)
    return found.end() if found else None


def _unit_end(text: str, folded: str, at: int) -> tuple[int, bool]:
    """Where the counted noun after a figure ends, and whether the rules know it."""
    known = _known_unit_end(folded, at)
    if known is not None:
        return known, True
    end, words = at, 0
    stop = _at("unit_ends")
    while words < 3:
        match = re.compile(r"\s+").match(folded, end)
        word = _WORD.match(folded, match.end() if match else end)
        if word is None or (match is None and words) or stop.match(folded, end):
            break
        end, words = word.end(), words + 1
    return end, False


def _per_end(text: str, folded: str, at: int) -> int:
    """Past "/năm", "/01 bộ phận", "/người/năm": what the figure is counted by."""
    while per := _PER.match(folded, at):
        time = _TIME_UNIT.match(folded, per.end())
        at = time.end() if time else _unit_end(text, folded, per.end())[0]
    return at


def _printed_unit(text: str, start: int, end: int) -> str | None:
    """The unit without the figures inside ("sáng kiến/01 bộ phận" → "sáng kiến/bộ phận")."""
    printed = re.sub(r"/\s*\d+\s*", "/", text[start:end])
    printed = re.sub(r"\s*/\s*", "/", printed).strip(" ,.;:")
    return re.sub(r"^%o", "%", printed) or None


def _quantity(text: str, folded: str, figure: Figure) -> _Quantity:
    share = _unit_of_share().match(folded, figure.end)
    if share:
        end, known = share.end(), True
    elif time := _TIME_UNIT.match(folded, figure.end):
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
        or bool(_LIFTED.search(folded, max(0, figure.start - _NEAR), figure.start))
    )
    return _Quantity(figure, start, whole_end, unit, bool(share), known, degree)


def _operator(folded: str, quantity: _Quantity) -> Operator:
    before, after = folded[quantity.start : quantity.figure.start], folded[quantity.figure.end : quantity.end]
    # The longer wording decides: "không dưới" holds "dưới", "không quá" nothing of the kind.
    found: list[tuple[int, Operator]] = []
    for name, operator in _OPERATORS:
        found += [(len(match[0]), operator) for match in _anywhere(name).finditer(before)]
        found += [(len(match[0]), operator) for match in _anywhere(f"{name}_after").finditer(after)]
    if found:
        return max(found, key=lambda one: one[0])[1]
    return _misread_operator(folded[max(0, quantity.figure.start - 24) : quantity.figure.start])


def _misread_operator(before: str) -> Operator:
    """The operator where OCR broke or glued its words: "tdi thieu", "Tdithieu"."""
    words = re.findall(r"[^\W\d_]+", before)[-3:]
    seen = {"".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1)}
    for name, operator in _OPERATORS:
        for phrase in _rules()[name]:
            glued = fold(phrase).replace(" ", "")
            if len(glued) >= 6 and any(_close(word, glued) for word in seen):
                return operator
    return "="


def _close(word: str, wanted: str) -> bool:
    return word[-1] == wanted[-1] and Levenshtein.normalized_similarity(word, wanted) >= 0.8


def _numbered(folded: str, quantity: _Quantity) -> bool:
    """Whether the figure is a name or an ordinal: "Đề án số 08", "01 cửa"."""
    if quantity.share:
        return False  # "sĩ số 99,5%"
    at = quantity.figure.start
    if _before_figure("numbered").search(folded, max(0, at - _NEAR), at):
        return True
    few = quantity.figure.value is None or quantity.figure.value < 10  # "4 nhà", "6 rõ"; no "200 nhà"
    return few and bool(_at("set_phrases").match(folded, quantity.figure.end))


def resolve_target(text: str, unit: str | None) -> TargetReading:
    """Read a printed target (a cell, or what `find_target` found; NFC).

    `unit` is the unit that the row's own column gives; one printed beside the figure wins.
    A span of two figures and a figure that can be read in two ways give null and the
    finding `target-unclear`.
    """
    printed = text.strip()
    folded = without_documents_and_times(printed)
    found = [_quantity(printed, folded, figure) for figure in figures(printed, folded)]
    plain = [quantity for quantity in found if not _numbered(folded, quantity)]
    if not (plain or found):
        return TargetReading(printed, None, None, unit)
    quantity = (plain or found)[0]
    own = quantity.unit if quantity.known_unit or (quantity.unit and not unit) else None
    if quantity.figure.value is None:
        why = "The figure of this target is a span or can be read in two ways."
        return TargetReading(printed, None, None, own or unit, (("target-unclear", why),))
    return TargetReading(printed, _operator(folded, quantity), quantity.figure.value, own or unit)


def find_target(sentence: str) -> tuple[int, int] | None:
    """Where the first measurable figure of a sentence (NFC) stands, with its words of degree and its unit.

    Measurable is a share; a figure with a word of degree or đạt, tăng, giảm and a unit; a
    count of known things that opens the sentence or is made ("Xây dựng 02 mô hình"). Years,
    numbers of documents and sections, ordinals, set phrases and funding are not.
    """
    return next(iter(find_targets(sentence)), None)


def find_targets(sentence: str) -> list[tuple[int, int]]:
    """All measurable figures of `sentence`, in order; those outside brackets first come first."""
    folded = without_documents_and_times(sentence)
    quantities = [_quantity(sentence, folded, figure) for figure in figures(sentence, folded)]
    measured = [quantity for quantity in quantities if _measurable(sentence, folded, quantity)]
    return [(quantity.start, quantity.end) for quantity in _outside_first(folded, measured)]


def _outside_first(folded: str, found: Iterable[_Quantity]) -> Iterator[_Quantity]:
    def depth(quantity: _Quantity) -> int:
        return folded.count("(", 0, quantity.start) - folded.count(")", 0, quantity.start)

    yield from sorted(found, key=lambda quantity: depth(quantity) > 0)


def _measurable(sentence: str, folded: str, quantity: _Quantity) -> bool:
    if _numbered(folded, quantity):
        return False
    if quantity.share:
        return True
    if _TIME_UNIT.match(folded, quantity.figure.end):
        return _limits_time(folded, quantity)
    if quantity.unit is None or _is_funding(folded, quantity):
        return False
    if quantity.degree and (quantity.known_unit or _strong_degree(folded, quantity)):
        return True
    return quantity.known_unit and _made(folded, quantity)


def _strong_degree(folded: str, quantity: _Quantity) -> bool:
    """Words that can only be said of a quantity ("trên" may just mean "on")."""
    before = folded[quantity.start : quantity.figure.start]
    return bool(re.search(r"toi\s*(?:thieu|da)|it nhat|khong|tang|giam|dat", before))


def _is_funding(folded: str, quantity: _Quantity) -> bool:
    money = bool(re.search(r"(?:dong|usd)$", fold(quantity.unit or "").split("/")[0]))
    return money and bool(_anywhere("funding").search(folded))


def _limits_time(folded: str, quantity: _Quantity) -> bool:
    """A span of time is no target, save where it says how long something may take."""
    limited = quantity.degree and _operator(folded, quantity) != "="
    return limited and "thoi gian" in folded[: quantity.start]


def _made(folded: str, quantity: _Quantity) -> bool:
    """A bare count that opens the sentence or a part of it, or follows a verb of making."""
    if not isinstance(quantity.figure.value, int):
        return False  # nobody makes 2.1 of anything: a section number
    before = folded[: quantity.start].rstrip()
    if not before.strip(" -+•*") or before[-1] == ":":
        return True
    makes = _before_figure("makes").search(before + " ")
    return bool(makes) and not _before_figure("facts").search(before + " ")
