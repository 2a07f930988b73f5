"""What number may stand before a paragraph: every plausible reading with its cost.

A printed label is ambiguous on a scan (`1.` may be what is left of `III.`), so the
reader offers readings and the outline (`pipeline.parse.numbering`) chooses among
them by how they go on from each other. Costs are in the unit "one clear violation
of the numbering is about 3".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pipeline.folding import skeleton
from pipeline.rules import load_rules

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SEPARATOR = r"(?:\s?[.):/]|\s?-(?=\s))"
_ARABIC = re.compile(r"(\d{1,3})(\s?[.):/](?:\s?-(?=\s))|\s?[.):/,]|\s?-(?=\s)|(?=\s+\D))\s*(?=[^\s\d])")
_ARABIC_BEFORE_FIGURE = re.compile(r"(\d{1,3})(\s?[.)])\s+(?=\d)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?!\d|/\d)(\s?[.):/](?:\s?-(?=\s))?|\s?-(?=\s)|)\s*(?=\S)")
# A decimal whose stop was lost or became a comma ("27 Tăng cường", "2,7. Tăng cường").
_BROKEN_DECIMAL = re.compile(r"(\d)(?:[,;:]?)(\d{1,2})(?:\s?[.):])?\s+(?=[^\W\d_])")
_ROMAN_DECIMAL = re.compile(r"([IVX]{1,5}(?:\.\d{1,2}){1,3})(?!\d)\s?[.):]?\s*(?=\S)")
_ROMAN_TOKEN = re.compile(
    r"(\S{1,6}?)(\s?[.):/]\s?[-–](?=\s)\s*|\s?[.):]\s*|\s?/\s*(?=[A-ZÀ-Ỹ])|\s?[-–]\s*(?=\S)|\s+)(?=[^\s\d])"
)
_LETTER = re.compile(r"(\S)(\s?[).:/](?:\s?-(?=\s))?)\s*(?=\S)")
_PART_NUMBER = re.compile(r"(\s*)([^\s.:)]{1,6}?)\s?([.:)\-]?)(?:\s+|$)")
_CAPITAL = re.compile(r"([A-HĐ])(\s?[.)/:](?:\s?-(?=\s))?|\s?-(?=\s))\s*(?=\S)")
_NUMBERED_LETTER = re.compile(r"([a-zđ])(\.?\d{1,2})(?:\s?[).:](?:\s?-(?=\s))?)\s*(?=[^\s\d])")
_BRACKETED = re.compile(r"\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_SPECK = re.compile(r"[.,'`´_~:;|]{1,2}\s?(?=[-–—+]\s)")
"""A stain that the engine read as a mark before the dash of an item."""
_BROKEN_ARABIC = re.compile(r"([lI|ÌÍ])(\s?[.)])\s*(?=\S)")


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


def read_labels(text: str) -> tuple[LabelReading, ...]:
    """Every plausible label at the start of `text`, best first; empty where there is none."""
    readings = [
        *_parts(text),
        *_decimals(text),
        *_romans(text),
        *_arabics(text),
        *_letters(text),
        *_bracketed(text),
        *_bullets(text),
    ]
    best: dict[tuple[str, tuple[int, ...]], LabelReading] = {}
    for reading in readings:
        key = (reading.kind, reading.value)
        if key not in best or reading.cost < best[key].cost:
            best[key] = reading
    return tuple(sorted(best.values(), key=lambda reading: reading.cost))


def letter_follows(before: int, after: int) -> bool:
    """True where point `after` may follow point `before` (d → đ or e)."""
    rules = _rules()
    letters: list[str] = rules["letters"]
    between = letters[before : after - 1]
    return after > before and all(letter in rules["optional_letters"] for letter in between)


@cache
def _rules() -> dict[str, Any]:
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


def _parts(text: str) -> Iterator[LabelReading]:
    letters = skeleton(text)
    words = [(kind, word) for kind in ("part", "clause") for word in _rules()[f"{kind}_words"]]
    for kind, word in words:
        head = skeleton(word)
        # "Mục tiêu", "Điều tra": only a number makes it a part; "mục III" inside a sentence is lower case.
        if not text[:1].isupper() or not letters.startswith(head):
            continue
        match = _PART_NUMBER.match(text, len(head))
        if match is None or not (match.group(1) or text[: match.end()].isupper()):
            continue
        yield from _part_readings(kind, match, alone=not text[match.end() :].strip())


def _part_readings(kind: str, match: re.Match[str], alone: bool) -> Iterator[LabelReading]:
    """Number and name of "PHẦN II", "Điều 3.", "Phần thứ nhất", and of "PHẨNT" where strokes were lost."""
    token, stop = match.group(2), match.group(3)
    printed = roman_value(token.upper())
    counted = int(token) if token.isdecimal() else _rules()["part_numbers"].get(token.lower())
    loose = 0.0 if stop or alone or match.string[: match.end()].isupper() else 0.6
    if printed or counted:
        value = printed or counted or 0
        name = token.upper() if printed else str(value)
        yield LabelReading(kind, (value,), name, match.end(), loose)
    if counted is None and (alone or stop):
        yield from _broken_romans(kind, token, match.end(), loose, printed)


def _broken_romans(
    kind: str, token: str, end: int, loose: float, printed: int | None, strict: bool = False
) -> Iterator[LabelReading]:
    """Strokes get lost or run together (II for III, HI for III, 1 for III); the neighbours decide."""
    bare = (unicodedata.normalize("NFD", letter)[0] for letter in token)
    strokes = "".join(_rules()["roman_strokes"].get(letter, letter) for letter in bare)
    for number in range(1, 21):
        distance = _stroke_distance(strokes, to_roman(number))
        if number == printed or distance is None or (distance and strict):
            continue
        cost = loose + (0.4 if not distance else 1.0 + 0.25 * distance)
        yield LabelReading(kind, (number,), to_roman(number), end, cost, restored=True)


def _decimals(text: str) -> Iterator[LabelReading]:
    match = _DECIMAL.match(text)
    if match and not re.match(r"\d+[./]\d+[./]\d{4}", text):
        value = tuple(int(part) for part in re.findall(r"\d+", match.group(1)))
        name = re.sub(r"\s", "", match.group(1))
        follows = text[match.end() : match.end() + 1]
        # "1.5 triệu", "2.10 %": a figure, not a label, unless a stop or a capital follows.
        cost = 0.0 if match.group(2).strip() or follows.isupper() else 1.5
        yield LabelReading("decimal", value, name, match.end(), cost)
    match = _BROKEN_DECIMAL.match(text)
    if match and text[match.end()].isupper():
        value = (int(match.group(1)), int(match.group(2)))
        yield LabelReading("decimal", value, f"{value[0]}.{match.group(2)}", match.end(), 1.2, restored=True)
    match = _ROMAN_DECIMAL.match(text)
    if match:
        root, *rest = match.group(1).split(".")
        number = roman_value(root)
        if number:
            value = (number, *(int(part) for part in rest))
            yield LabelReading("decimal", value, match.group(1), match.end(), 0.2)


def _romans(text: str) -> Iterator[LabelReading]:
    match = _ROMAN_TOKEN.match(text)
    if not match:
        return
    token, separator = match.group(1).rstrip(".,"), match.group(2).strip()
    following = text[match.end() : match.end() + 1]
    loose = 0.0 if separator or match.group(1) != token else 0.7
    if loose and not following.isupper():
        return
    value = roman_value(token)
    if value:
        yield LabelReading("roman", (value,), token, match.end(), loose)
    if separator == ")" and value is None:
        return  # sections are not numbered "1)"; a III broken to 1 keeps its stop
    heading = _looks_like_heading(text[match.end() :])
    yield from _broken_romans("roman", token, match.end(), loose, value, strict=not heading)


def _stroke_distance(strokes: str, roman: str) -> int | None:
    """How many I strokes were lost or added to get from `roman` to `strokes`; None where more differs."""
    if not set(strokes) <= set("IVX"):
        return None
    if strokes.replace("I", "") != roman.replace("I", ""):
        return None
    return abs(len(strokes) - len(roman))


def _looks_like_heading(text: str) -> bool:
    letters = [letter for letter in text[:60] if letter.isalpha()]
    return bool(letters) and (
        sum(letter.isupper() for letter in letters) > 0.8 * len(letters) or len(text) < 60
    )


def _arabics(text: str) -> Iterator[LabelReading]:
    match = _ARABIC.match(text) or _ARABIC_BEFORE_FIGURE.match(text)
    if match:
        separator = match.group(2).strip()
        following = text[match.end() : match.end() + 1]
        if separator == "/" and not following.isupper():
            return
        # "2024 phường": a number without a stop is a label only before a capital, and a small one.
        cost = 0.0 if separator else 1.8
        if not separator and (not following.isupper() or len(match.group(1)) > 2):
            return
        if separator in (":", "-", ","):
            cost = 0.8
        yield LabelReading("arabic", (int(match.group(1)),), match.group(1), match.end(), cost)
    match = _BROKEN_ARABIC.match(text)
    if match:
        yield LabelReading("arabic", (1,), "1", match.end(), 0.9, restored=True)


def _letters(text: str) -> Iterator[LabelReading]:
    rules = _rules()
    match = _LETTER.match(text)
    if match:
        letter, separator = match.group(1), match.group(2).strip()
        cost = 0.0 if separator == ")" else 0.4
        candidates = [(letter, 0.0), *((other, 0.5) for other in rules["confused_letters"].get(letter, ()))]
        for name, doubt in candidates:
            if name in rules["letters"]:
                position = rules["letters"].index(name) + 1
                yield LabelReading("letter", (position,), name, match.end(), cost + doubt, restored=doubt > 0)
    yield from _numbered_letters(text)
    match = _CAPITAL.match(text)
    if match and match.group(1) in "ABCDEFGH":
        value = "ABCDEFGH".index(match.group(1)) + 1
        yield LabelReading("capital", (value,), match.group(1), match.end(), 0.3)


def _numbered_letters(text: str) -> Iterator[LabelReading]:
    """ "a1)", "b.2)": the points of a point."""
    match = _NUMBERED_LETTER.match(text)
    if match and match.group(1) in _rules()["letters"]:
        value = (_rules()["letters"].index(match.group(1)) + 1, int(match.group(2).strip(".")))
        yield LabelReading("subletter", value, match.group(1) + match.group(2), match.end(), 0.1)


def _bracketed(text: str) -> Iterator[LabelReading]:
    """ "(1)", "(ii)", "(a)": a level of its own, whatever stands in the brackets."""
    match = _BRACKETED.match(text)
    if not match:
        return
    name = match.group(1)
    letters: list[str] = _rules()["letters"]
    roman = roman_value(name.upper())
    if name.isdecimal():
        yield LabelReading("bracketed", (int(name),), name, match.end(), 0.1)
        return
    if roman:
        yield LabelReading("bracketed", (roman,), name, match.end(), 0.1)
    if len(name) == 1 and name in letters:
        yield LabelReading("bracketed", (letters.index(name) + 1,), name, match.end(), 0.1)


def _bullets(text: str) -> Iterator[LabelReading]:
    speck = _SPECK.match(text)
    if speck:
        for reading in _bullets(text[speck.end() :]):
            yield replace(reading, end=reading.end + speck.end(), cost=reading.cost + 0.3)
        return
    first = text[:1]
    rest = text[1:].lstrip()
    if not rest:
        return
    end = len(text) - len(rest)
    if first in _rules()["dashes"] and not (first == "-" and rest[0].isdecimal() and end == 1):
        yield LabelReading("dash", (), "", end, 0.0)
    if first in _rules()["pluses"] and (first != "o" or (end == 2 and rest[0].isupper())):
        yield LabelReading("plus", (), "", end, 0.0 if first != "o" else 1.0)
