"""One way to read a label, and Roman numbers, whole and broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.rules import load_rules

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class LabelReading:
    """One way to read the start of a paragraph.

    `value` is comparable within a kind: (3,) for III or 3 or c, (2, 10) for 2.10.
    `name` is the id component (`III`, `2.10`, `đ`), empty for dashes and no label.
    `end` is where the text behind the label begins.
    """

    kind: str
    value: tuple[int, ...]
    name: str
    end: int
    cost: float
    restored: bool = False


NO_LABEL = LabelReading("none", (), "", 0, 0.0)


@cache
def label_rules() -> dict[str, Any]:
    """The content of rules/labels.yaml."""
    rules: dict[str, Any] = load_rules("labels")
    return rules


def roman_value(token: str) -> int | None:
    """The value of a well-formed roman number up to 50, else None."""
    if not token or any(letter not in _ROMAN_VALUES for letter in token):
        return None
    numbers = [_ROMAN_VALUES[letter] for letter in token]
    total = sum(
        -value if any(value < later for later in numbers[index + 1 : index + 2]) else value
        for index, value in enumerate(numbers)
    )
    return total if total <= 50 and to_roman(total) == token else None


def to_roman(value: int) -> str:
    """`value` (1 to 50) as a roman number."""
    result = ""
    for number, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= number:
            result += letters
            value -= number
    return result


def broken_romans(
    kind: str, token: str, end: int, loose: float, printed: int | None, strict: bool = False
) -> Iterator[LabelReading]:
    """Strokes get lost or run together (II for III, HI for III, 1 for III); the neighbours decide."""
    bare = (unicodedata.normalize("NFD", letter)[0] for letter in token)
    strokes = "".join(label_rules()["roman_strokes"].get(letter, letter) for letter in bare)
    for number in range(1, 21):
        distance = _stroke_distance(strokes, to_roman(number))
        if number == printed or distance is None or (distance and strict):
            continue
        cost = loose + (0.4 if not distance else 1.0 + 0.25 * distance)
        yield LabelReading(kind, (number,), to_roman(number), end, cost, restored=True)


def _stroke_distance(strokes: str, roman: str) -> int | None:
    """How many I strokes were lost or added to get from `roman` to `strokes`; None where more differs."""
    if not set(strokes) <= set("IVX"):
        return None
    if strokes.replace("I", "") != roman.replace("I", ""):
        return None
    return abs(len(strokes) - len(roman))
