"""Labels with a word before the number: "PHẦN II", "Điều 3.", "Bước 1."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.folding import skeleton
from pipeline.parse.label_reading import LabelReading, broken_romans, label_rules, roman_value, to_roman

_PART_NUMBER = re.compile(r"(\s*)([^\s.:)]{1,6}?)\s?([.:)\-]?)(?:\s+|$)")
_STEP_NUMBER = re.compile(r"\s+(\d{1,2})\s?[.:]\s+(?=\S)")


def part_labels(text: str) -> Iterator[LabelReading]:
    """Parts and clauses ("PHẦN II", "Mục 3", "Điều 3.")."""
    letters = skeleton(text)
    words = [(kind, word) for kind in ("part", "clause") for word in label_rules()[f"{kind}_words"]]
    for kind, word in words:
        head = skeleton(word)
        # "Mục tiêu", "Điều tra": only a number makes it a part; "mục III" inside a sentence is lower case.
        if not text[:1].isupper() or not letters.startswith(head):
            continue
        if len(head) >= len(text.rstrip(" .:")) and text[: len(head)].isupper():
            yield from _lost_numbers(kind, len(text))
        match = _PART_NUMBER.match(text, len(head))
        if match is None or not (match.group(1) or text[: match.end()].isupper()):
            continue
        yield from _part_readings(kind, match, alone=not text[match.end() :].strip())


def _lost_numbers(kind: str, end: int) -> Iterator[LabelReading]:
    """ "PHẦN" alone on its line lost its number; the neighbours say which."""
    for number in range(1, 11):
        yield LabelReading(kind, (number,), to_roman(number), end, 1.2, restored=True)


def step_labels(text: str) -> Iterator[LabelReading]:
    """ "Bước 1.", "Giai đoạn 2:", "Hoạt động 1.": a number in words of its own."""
    letters = skeleton(text)
    for kind, words in (("arabic", "step_words"), ("bracketed", "item_words")):
        for word in label_rules()[words]:
            head = skeleton(word)
            match = _STEP_NUMBER.match(text, len(head)) if letters.startswith(head) else None
            if match is not None and text[:1].isupper():
                yield LabelReading(kind, (int(match.group(1)),), match.group(1), match.end(), 0.1)


def _part_readings(kind: str, match: re.Match[str], alone: bool) -> Iterator[LabelReading]:
    """Number and name of "PHẦN II", "Điều 3.", "Phần thứ nhất", and of "PHẨNT" where strokes were lost."""
    token, stop = match.group(2), match.group(3)
    printed = roman_value(token.upper())
    counted = int(token) if token.isdecimal() else label_rules()["part_numbers"].get(token.lower())
    loose = 0.0 if stop or alone or match.string[: match.end()].isupper() else 0.6
    if printed or counted:
        value = printed or counted or 0
        name = token.upper() if printed else str(value)
        yield LabelReading(kind, (value,), name, match.end(), loose)
    if counted is None and (alone or stop):
        yield from broken_romans(kind, token, match.end(), loose, printed)
