"""What the beginning of a line looks like: a label, surely or perhaps, or no label at all.

Only whether a paragraph begins is decided here. Which number a label is, and at which level
it stands, is for the parser.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.folding import fold
from pipeline.rules import load_rules

SURE, PERHAPS, NONE = 2, 1, 0

# "1.", "2)", "3/", "4 -" and no figure behind: not 14/5/2013, 1.500 ha, 28/KH-UBND, 3 - 6/2024.
_ARABIC = re.compile(r"\d{1,3}(?:\s?[.)](?!\d)|\s?/(?=\s)|\s?-(?=\s\D)|:(?=\s))\s*(?=[^\s\d)])")
_ARABIC_BEFORE_FIGURE = re.compile(r"\d{1,2}\.\s+\d")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}(?![\d/,%])(?:\s?[.):]\s*(?=\S)|\s*(?=[^\W\d_]))")
_ROMAN = re.compile(r"[IVX]{1,5}(?:\.\d{1,2})*(?:\s?[.):]|\s?[-–](?=\s)|\s?/(?=\s))\s*(?=\S)")
_ROMAN_DECIMAL = re.compile(r"[IVX]{1,5}(?:\.\d{1,2})+\s")
_BROKEN_ROMAN = re.compile(r"[IVXl1|!]{2,5}\s?\.\s*(?=[^\W\d_])")
# The stop read as another mark ("5; Nhân viên", "1, Mục đích", "1V, TỔ CHỨC").
_OTHER_STOP = re.compile(r"(?:\d{1,2}|[IVX1l]{1,5})\s?[,;:]\s+(?=[^\W\d_])")
_SENTENCE_ENDED = re.compile(r"[.;:!?/]['\"”)\]]*$")
_BARE_ROMAN = re.compile(r"[IVX]{1,5}\s+(?=\w*[^\W\d_]{2})")
_LETTER = re.compile(r"[^\s\d(\"“'\-–+*.,;:](?:\.?\d{1,2})?\s?\)\.?\s*(?=\S)")
_LETTER_STOP = re.compile(r"[a-zđ]\s?(?:\.|/\.?)\s*(?=[^\W\d_])")
_CAPITAL = re.compile(r"[A-HĐ]\s?[.)/]\s+(?=[^\W\d_])")
_BRACKET = re.compile(r"[(\[](?:\d{1,2}|[a-zđ]|[ivx]{1,4})[)\]]\s*(?=\S)")
_CODE_AHEAD = re.compile(r"\s*[A-ZĐ]{2,}[A-ZĐ0-9]*\s?[-/]\s?[A-ZĐ]")
_HEAD_NUMBER = (
    r"\s*(?:thứ\s+)?(?:\d{1,3}|[ivxl]{1,5}|[a-dđ]|nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
)


def label_shape(text: str, above: str) -> int:
    """SURE, PERHAPS or NONE: does `text` begin with a label, the line before being `above`?"""
    if bullet(text):
        return NONE if _cuts_a_range(text, above) else SURE
    if _head(text):
        return _head(text)
    for shape, strength in _NUMBERED:
        found = shape.match(text)
        if found and not _CODE_AHEAD.match(text, found.end()):
            if shape in (_LETTER_STOP, _CAPITAL) and not text[found.end()].isupper():
                continue
            if shape is _OTHER_STOP:
                return _with_another_stop(text[found.end()], above)
            letter = shape in (_LETTER, _LETTER_STOP)
            return NONE if _number_goes_on(above, letter) else strength
    return NONE


_NUMBERED = (
    (_DECIMAL, SURE),
    (_ARABIC, SURE),
    (_ROMAN, SURE),
    (_ROMAN_DECIMAL, SURE),
    (_BROKEN_ROMAN, SURE),
    (_LETTER, SURE),
    (_CAPITAL, SURE),
    (_LETTER_STOP, SURE),
    (_ARABIC_BEFORE_FIGURE, PERHAPS),
    (_OTHER_STOP, PERHAPS),
    (_BARE_ROMAN, PERHAPS),
    (_BRACKET, PERHAPS),
)


def bullet(text: str) -> bool:
    """True for a line that begins with a dash, a plus or another mark of a list."""
    marks = _marks()
    if not text or text[0] not in marks:
        return False
    rest = text[1:]
    # "+5%" and "o tạo" are no items; "-Thời hạn" is one.
    return bool(rest[:1].isspace() and rest.strip()) or (text[0] in "-–—+*•" and rest[:1].isalpha())


@cache
def _marks() -> frozenset[str]:
    rules = load_rules("labels")
    return frozenset(mark for mark in (*rules["dashes"], *rules["pluses"]) if mark)


@cache
def _heads() -> re.Pattern[str]:
    labels = load_rules("labels")
    named = (*labels["part_words"], *labels["clause_words"], *load_rules("paragraphs")["head_words"])
    words = sorted(named, key=len)
    names = "|".join(re.escape(fold(word)) for word in reversed(words))
    return re.compile(rf"(?:{names})\b(?:({fold(_HEAD_NUMBER)})\b)?\s*([.:]?)\s*")


@cache
def _numbered_words() -> re.Pattern[str]:
    """ "Bước 1.", "Hoạt động 2:": a word that heads an item only with its number and a stop."""
    labels = load_rules("labels")
    words = "|".join(re.escape(fold(word)) for word in (*labels["step_words"], *labels["item_words"]))
    return re.compile(rf"(?:{words})\s+\d{{1,2}}\s?[.:]\s")


def _head(text: str) -> int:
    """A named head: "Điều 3.", "PHỤ LỤC 1", "Phần thứ hai"; only perhaps where a sentence may run on."""
    if text[:1].isupper() and _numbered_words().match(fold(text)):
        return SURE
    found = _heads().match(fold(text))
    if not found or not text[0].isupper():
        return NONE
    rest = text[found.end() :]
    alone = not rest
    name = text[: found.end()].rstrip(" .:")
    # "PHỤ LỤC" in capitals or with nothing behind is a heading; "Danh sách các đơn vị ..." is a sentence.
    if name.isupper() and (alone or rest[:1].isupper() or rest[:1] in "(-–"):
        return SURE
    if found.group(1) and (found.group(2) or alone):
        return SURE
    return PERHAPS if found.group(1) and rest[:1].isupper() else NONE


def _with_another_stop(first: str, above: str) -> int:
    """SURE behind a sentence's end alone: a list may be cut there too ("các tổ 3," | "5, Khối đoàn thể")."""
    if not first.isupper() or _number_goes_on(above, letter=False):
        return NONE
    return SURE if _SENTENCE_ENDED.search(above) else PERHAPS


def _cuts_a_range(text: str, above: str) -> bool:
    """ "tháng 3" | "- 6/2024": the dash of a span, not of an item."""
    return bool(re.match(r"[-–—]\s*\d{1,2}/\d", text) and above[-1:].isdigit())


def _number_goes_on(above: str, letter: bool) -> bool:
    """True where the line before ends in a word that a number (or a letter) follows ("... tại Điều").

    Short words are compared with their marks: without them "tử" would be "từ".
    """
    rules = load_rules("paragraphs")
    words: list[str] = rules["before_a_letter" if letter else "before_a_number"]
    plain, folded = f" {above.rstrip()}".lower(), f" {fold(above).rstrip()}"
    return any(
        plain.endswith(f" {word.lower()}") or (len(word) > 4 and folded.endswith(f" {fold(word)}"))
        for word in words
    )
