"""Stains that an engine read as marks before the first word of a line.

No printed line begins with a stop, an apostrophe or a low stroke; before a label ("`2.", ".3.", "_V.")
such a mark would hide it from all that comes after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.lines import Row

_MARKS = r".,'`´‘_~:;°^"
_ALONE = re.compile(rf"(?!\.\.)[{_MARKS}]{{1,3}}")
_LABEL = r"(?:\d{1,2}|[IVXHLJT1l]{1,5}|[a-zđ])\s?[.,)/:;]"
_BEFORE_LABEL = re.compile(rf"[{_MARKS}\-]{{0,4}}[{_MARKS}][{_MARKS}\-]{{0,2}}(?={_LABEL}$)")
_DASH_BEFORE_LABEL = re.compile(r"-(?=\d{1,2}[.)/]$)")
"""A stain like a dash: no item is printed "-2. Yêu cầu"; a figure ("-2,5", "-5%") is left alone."""


def without_stains(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """(the rows without such marks, the marks that stood alone); `raw` keeps what was read.

    Only what OCR gave is looked at: in a text layer the mark was typed.
    """
    clean: list[Row] = []
    stains: list[Row] = []
    for row in rows:
        start = 0
        while start < len(row.spots) - 1 and _stands_alone(row, start):
            start += 1
        if start:
            stain, row = row.split(start)
            stains.append(stain)
        clean.append(_unstained(row))
    return clean, stains


def _stands_alone(row: Row, at: int) -> bool:
    word = row.spots[at].word
    return word.origin == "ocr" and _ALONE.fullmatch(word.text) is not None


def _unstained(row: Row) -> Row:
    """The row with the mark taken off its first word, where a label is left and text follows it."""
    first, *rest = row.spots
    if not rest or first.word.origin != "ocr":
        return row
    text = first.word.text
    found = _BEFORE_LABEL.match(text)
    if found is None and rest[0].word.text[:1].isupper():
        found = _DASH_BEFORE_LABEL.match(text)
    if found is None:
        return row
    return Row((replace(first, word=replace(first.word, text=text[found.end() :])), *rest))
