"""A printed word taken apart: syllables that may be mended, figures and signs that may not.

"(TTHC);" is a sign, a syllable, a sign; "63/2010/NĐ-CP" a document number, kept but for the
marks of its letters. What an engine without Vietnamese puts in place of a letter ("hi¢n", "s6")
counts as part of the syllable; a figure that stands alone is a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.syllables import is_syllable

Kind = Literal["syllable", "figure", "sign", "code"]
Case = Literal["lower", "title", "upper"]

_PLAIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARKED_LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)  # fmt: skip
MARKED = frozenset(_MARKED_LETTERS + _MARKED_LETTERS.upper())
VIETNAMESE_LETTERS = _PLAIN_LETTERS + _MARKED_LETTERS + (_PLAIN_LETTERS + _MARKED_LETTERS).upper()

_ONLY_VIETNAMESE = frozenset(set(_MARKED_LETTERS) - set("àáãâèéêìíòóõôùúý"))

_NOISE = "¢€§&$£¥©®°@"
"""Signs that stand for letters in the output of an engine without Vietnamese."""
_LETTER_LIKE = frozenset("¢€§&£@")
"""Those that mean a letter after what may be an l: "1¢" is lệ."""
_RUN = re.compile(r"[^\W_]+|[^\w]|_")
STROKES = "{}^~\\"
"""Signs that no plan prints: part of a letter, or of the mark on it ("dﬁr}g" is đúng)."""
_NOISY_RUN = re.compile(
    rf"(?:[^\W_]|[{re.escape(_NOISE)}]|(?<=[^\W\d_])(?:[{re.escape(STROKES)}]|['’‘`?)|!](?=[^\W\d_])))+%?|[^\w]|_"
)
_CODE = re.compile(r"[^\s/]*/(?:[^\s/]*/)?\W?[A-ZĐƯ0-9][A-Za-zĐđƯ0-9&.\-–/()]*\W*")
_MEASURE = re.compile(r"\d+(?:ha|km|kg|m|cm|mm|h|g|m2|m3|km2|tr|đ|st|nd|th|%)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word's text, from `start` to `end`."""

    text: str
    start: int
    end: int
    kind: Kind


def pieces(text: str, noisy: bool) -> list[Piece]:
    """The parts of a word in order. `noisy`: signs and figures may stand for letters."""
    code = _is_code(text)
    found = []
    for match in (_NOISY_RUN if noisy and not code else _RUN).finditer(text):
        run = match.group()
        found.append(Piece(run, match.start(), match.end(), _kind(run, text, code, noisy)))
    return found


def _kind(run: str, whole: str, code: bool, noisy: bool) -> Kind:
    letters = sum(map(str.isalpha, run))
    digits = sum(map(str.isdigit, run))
    if not letters:
        if noisy and len(run) > 1 and run[0] == "1" and run[1] in _LETTER_LIKE:
            return "syllable"
        return "figure" if digits else "sign"
    if code:
        return "code"
    if not digits:
        return "syllable"
    if not noisy or (run.upper() == run and letters + digits > 3) or _MEASURE.fullmatch(run):
        return "figure"
    printed_so = re.fullmatch(r"[A-ZĐ]{2,}\d+|[A-ZĐ]\d{2,}|\d+[A-ZĐ]+", run)
    return "figure" if printed_so else "syllable"


def _is_code(text: str) -> bool:
    """A document number or the rest of one ("/KH-UBND"): a slash, then capitals."""
    if "/" not in text or not _CODE.fullmatch(text.lstrip('(["“')):
        return False
    tail = text[text.rindex("/") + 1 :]
    capitals = sum(letter.isupper() for letter in tail)
    has_number = any(map(str.isdigit, text[: text.rindex("/")])) or text.startswith("/")
    return capitals >= 2 and has_number


def case_of(text: str) -> Case:
    """How the word is written; lone capitals count as a capital at the beginning."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if capitals > 1 and capitals * 2 > len(letters):
        return "upper"
    return "title" if letters and text[0].isupper() else "lower"


def written(syllable: str, case: Case) -> str:
    """A lower-case syllable as the case asks."""
    if case == "upper":
        return syllable.upper()
    return syllable[:1].upper() + syllable[1:] if case == "title" else syllable


def bare(text: str) -> str:
    """Lower case, letters only, one space between."""
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))


def has_vietnamese_mark(text: str) -> bool:
    """A letter of Vietnamese alone: an engine for English gives é and ô, but no ơ, ấ or ị."""
    return not _ONLY_VIETNAMESE.isdisjoint(text.lower())


def is_abbreviation(text: str) -> bool:
    """Capitals that make no syllable: TTHC, UBND, HĐND."""
    return len(text) > 1 and text.isalpha() and text.isupper() and not is_syllable(text)
