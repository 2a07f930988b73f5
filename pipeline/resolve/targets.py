"""Targets (chỉ tiêu): operator, figure and unit of a cell; the measurable figure of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.folding import fold
from pipeline.resolve.figures import figures
from pipeline.resolve.masking import without_documents_and_times
from pipeline.resolve.quantities import (
    NEAR,
    TIME_UNIT,
    Quantity,
    before_figure,
    phrase_at,
    phrase_in,
    quantity_of,
    target_words,
)

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


def _operator(folded: str, quantity: Quantity) -> Operator:
    before, after = folded[quantity.start : quantity.figure.start], folded[quantity.figure.end : quantity.end]
    # The longer wording decides: "không dưới" holds "dưới", "không quá" nothing of the kind.
    found: list[tuple[int, Operator]] = []
    for name, operator in _OPERATORS:
        found += [(len(match[0]), operator) for match in phrase_in(name).finditer(before)]
        found += [(len(match[0]), operator) for match in phrase_in(f"{name}_after").finditer(after)]
    if found:
        return max(found, key=lambda one: one[0])[1]
    return _misread_operator(folded[max(0, quantity.figure.start - 24) : quantity.figure.start])


def _misread_operator(before: str) -> Operator:
    """The operator where OCR broke or glued its words: "tdi thieu", "Tdithieu"."""
    words = re.findall(r"[^\W\d_]+", before)[-3:]
    seen = {"".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1)}
    for name, operator in _OPERATORS:
        for phrase in target_words()[name]:
            glued = fold(phrase).replace(" ", "")
            if len(glued) >= 6 and any(_close(word, glued) for word in seen):
                return operator
    return "="


def _close(word: str, wanted: str) -> bool:
    return word[-1] == wanted[-1] and Levenshtein.normalized_similarity(word, wanted) >= 0.8


def _numbered(folded: str, quantity: Quantity) -> bool:
    """Whether the figure is a name or an ordinal: "Đề án số 08", "01 cửa"."""
    if quantity.share:
        return False  # "sĩ số 99,5%"
    at = quantity.figure.start
    if before_figure("numbered").search(folded, max(0, at - NEAR), at):
        return True
    few = quantity.figure.value is None or quantity.figure.value < 10  # "4 nhà", "6 rõ"; no "200 nhà"
    return few and bool(phrase_at("set_phrases").match(folded, quantity.figure.end))


def resolve_target(text: str, unit: str | None) -> TargetReading:
    """Read a printed target (a cell, or what `find_target` found; NFC).

    `unit` is the unit that the row's own column gives; one printed beside the figure wins.
    A span of two figures and a figure that can be read in two ways give null and the
    finding `target-unclear`.
    """
    printed = text.strip()
    folded = without_documents_and_times(printed)
    found = [quantity_of(printed, folded, figure) for figure in figures(printed, folded)]
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
    quantities = [quantity_of(sentence, folded, figure) for figure in figures(sentence, folded)]
    measured = [quantity for quantity in quantities if _measurable(sentence, folded, quantity)]
    return [(quantity.start, quantity.end) for quantity in _outside_first(folded, measured)]


def _outside_first(folded: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    def depth(quantity: Quantity) -> int:
        return folded.count("(", 0, quantity.start) - folded.count(")", 0, quantity.start)

    yield from sorted(found, key=lambda quantity: depth(quantity) > 0)


def _measurable(sentence: str, folded: str, quantity: Quantity) -> bool:
    if _numbered(folded, quantity):
        return False
    if quantity.share:
        return True
    if TIME_UNIT.match(folded, quantity.figure.end):
        return _limits_time(folded, quantity)
    if quantity.unit is None or _is_funding(folded, quantity):
        return False
    if quantity.degree and (quantity.known_unit or _strong_degree(folded, quantity)):
        return True
    return quantity.known_unit and _made(folded, quantity)


def _strong_degree(folded: str, quantity: Quantity) -> bool:
    """Words that can only be said of a quantity ("trên" may just mean "on")."""
    before = folded[quantity.start : quantity.figure.start]
    return bool(re.search(r"toi\s*(?:thieu|da)|it nhat|khong|tang|giam|dat", before))


def _is_funding(folded: str, quantity: Quantity) -> bool:
    money = bool(re.search(r"(?:dong|usd)$", fold(quantity.unit or "").split("/")[0]))
    return money and bool(phrase_in("funding").search(folded))


def _limits_time(folded: str, quantity: Quantity) -> bool:
    """A span of time is no target, save where it says how long something may take."""
    limited = quantity.degree and _operator(folded, quantity) != "="
    return limited and "thoi gian" in folded[: quantity.start]


def _made(folded: str, quantity: Quantity) -> bool:
    """A bare count that opens the sentence or a part of it, or follows a verb of making."""
    if not isinstance(quantity.figure.value, int):
        return False  # nobody makes 2.1 of anything: a section number
    before = folded[: quantity.start].rstrip()
    if not before.strip(" -+•*") or before[-1] == ":":
        return True
    while manner := before_figure("manners").search(before):
        before = before[: manner.start()].rstrip()  # "Phục vụ lưu động 36 điểm trường"
    makes = before_figure("makes").search(before + " ")
    return bool(makes) and not before_figure("facts").search(before + " ")
