"""What number may stand before a paragraph: every plausible reading with its cost.

A printed label is ambiguous on a scan (`1.` may be what is left of `III.`), so the
reader offers readings and the outline (`pipeline.parse.numbering`) chooses among
them by how they go on from each other. Costs are in the unit "one clear violation
of the numbering is about 3".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.parse.label_reading import (
    NO_LABEL,
    LabelReading,
    broken_romans,
    label_rules,
    roman_value,
    to_roman,
)
from pipeline.parse.part_labels import part_labels, step_labels

__all__ = ["NO_LABEL", "LabelReading", "letter_follows", "read_labels", "roman_value", "to_roman"]

_SEPARATOR = r"(?:\s?[.):/]|\s?-(?=\s))"
_ARABIC = re.compile(r"(\d{1,3})(\s?[.):/](?:\s?-(?=\s))|\s?[.):/,;]|\s?-(?=\s)|(?=\s+\D))\s*(?=[^\s\d])")
_ARABIC_BEFORE_FIGURE = re.compile(r"(\d{1,3})(\s?[.)])\s+(?=\d)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?!\d|/\d)(\s?[.):/](?:\s?-(?=\s))?|\s?-(?=\s)|)\s*(?=\S)")
# A decimal whose stop was lost or became a comma ("27 Tăng cường", "2,7. Tăng cường").
_BROKEN_DECIMAL = re.compile(r"(\d)(?:[,;:]?)(\d{1,2})(?:\s?[.):])?\s+(?=[^\W\d_])")
_ROMAN_DECIMAL = re.compile(r"([IVX]{1,5}(?:\.\d{1,2}){1,3})(?!\d)\s?[.):]?\s*(?=\S)")
_ROMAN_TOKEN = re.compile(
    r"(\S{1,6}?)(\s?[.):/]\s?[-–](?=\s)\s*|\s?[.):]\s*|\s?[,;]\s+(?=[A-ZÀ-Ỹ])|\s?/\s*(?=[A-ZÀ-Ỹ])|\s?[-–]\s*(?=\S)|\s+)(?=[^\s\d])"
)
_LETTER = re.compile(r"(\S)(\s?[).:/](?:\s?-(?=\s))?)\s*(?=\S)")
_CAPITAL = re.compile(r"([A-HĐ])(\s?[.)/:](?:\s?-(?=\s))?|\s?-(?=\s))\s*(?=\S)")
_NUMBERED_LETTER = re.compile(r"([a-zđ])(\.?\d{1,2})(?:\s?[).:](?:\s?-(?=\s))?)\s*(?=[^\s\d])")
_BRACKETED = re.compile(r"\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_SPECK = re.compile(r"[.,'`´_~:;|]{1,2}\s?(?=[-–—+]\s)")
"""A stain that the engine read as a mark before the dash of an item."""
_BROKEN_ARABIC = re.compile(r"([lI|ÌÍ])(\s?[.)])\s*(?=\S)")


def read_labels(text: str) -> tuple[LabelReading, ...]:
    """Every plausible label at the start of `text`, best first; empty where there is none."""
    readings = [
        *part_labels(text),
        *step_labels(text),
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
    rules = label_rules()
    letters: list[str] = rules["letters"]
    between = letters[before : after - 1]
    return after > before and all(letter in rules["optional_letters"] for letter in between)


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
    yield from broken_romans("roman", token, match.end(), loose, value, strict=not heading)


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
        if separator == ";" and not following.isupper():
            return
        if separator in (":", "-", ",", ";"):
            cost = 0.4 if separator in ",;" and following.isupper() else 0.8
        yield LabelReading("arabic", (int(match.group(1)),), match.group(1), match.end(), cost)
    match = _BROKEN_ARABIC.match(text)
    if match:
        yield LabelReading("arabic", (1,), "1", match.end(), 0.9, restored=True)


def _letters(text: str) -> Iterator[LabelReading]:
    rules = label_rules()
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
    if match and match.group(1) in label_rules()["letters"]:
        value = (label_rules()["letters"].index(match.group(1)) + 1, int(match.group(2).strip(".")))
        yield LabelReading("subletter", value, match.group(1) + match.group(2), match.end(), 0.1)


def _bracketed(text: str) -> Iterator[LabelReading]:
    """ "(1)", "(ii)", "(a)": a level of its own, whatever stands in the brackets."""
    match = _BRACKETED.match(text)
    if not match:
        return
    name = match.group(1)
    letters: list[str] = label_rules()["letters"]
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
    if first in label_rules()["dashes"] and not (first == "-" and rest[0].isdecimal() and end == 1):
        yield LabelReading("dash", (), "", end, 0.0)
    if first in label_rules()["pluses"] and (first != "o" or (end == 2 and rest[0].isupper())):
        yield LabelReading("plus", (), "", end, 0.0 if first != "o" else 1.0)
