"""Specks that an engine read as a stop or a dash between two words that belong together.

"Phòng Tư pháp chủ-trì", "Bảo đảm an toàn.cho": the syllables say that nothing was printed there. A mark
that the author may have set stays: commas, what parts sentences, what compounds are printed with
("kinh tế-xã hội").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.language.ngrams import NGrams, load_ngrams
from pipeline.syllables import judge
from pipeline.types import Word

_INSIDE = re.compile(r"([(\"“]?)([^\W\d_]{2,})[-–.:]([^\W\d_]{2,})([.,;:)\"”]*)")
_STOP_BEHIND = re.compile(r"([(\"“]?)([^\W\d_]{2,})\.")
_MARK_BEFORE = re.compile(r"[-–.:;]([^\W\d_]{2,}[.,;:)]*)")
_DOUBLED = re.compile(r"([^\W\d_]{2,}(?::(?=\.)|[,;](?=[-–.])))[.\-–]([^\W\d_]{2,}[.,;:)]*)")
"""Two marks without a space: "(Chủ trì:.Hiệp hội", "cháy lớn,-gây"."""
_BY_WAY_OF_REPORT = re.compile(r"([({\[]?(?:để\s)?b/)[€¢©](\W*)", re.IGNORECASE)
"""b/c (báo cáo) behind a recipient: no plan prints these signs."""
_LETTERS = re.compile(r"[^\W\d_]+")
_INSIDE_LIKELIER, _LIKELIER = 10.0, 100.0
"""So many times more probable without a mark: within a word, where no mark is printed without a space
behind it, and at a word's edge. Of the marks printed in the samples and in the plans of the tests none
is taken off."""


def without_stray_marks(words: Sequence[Word]) -> dict[int, str]:
    """The texts of words that lose such a mark, by the identity of the word object.

    Only words of small letters are joined to what goes on in small letters: names, figures and
    abbreviations stay as they were read.
    """
    clean: dict[int, str] = {}
    for at, word in enumerate(words):
        if word.origin != "ocr":
            continue
        before = _last_syllable(words[at - 1].text) if at else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        text = _cleaned(word.text, before, after)
        if text is not None:
            clean[id(word)] = text
    return clean


def _cleaned(text: str, before: str, after: str) -> str | None:
    report = _BY_WAY_OF_REPORT.fullmatch(text)
    if report:
        return f"{report[1]}c{report[2]}"
    doubled = _DOUBLED.fullmatch(text)
    if doubled:
        return f"{doubled[1]} {doubled[2]}"
    inside = _INSIDE.fullmatch(text)
    if inside and _plain(inside[2], inside[3]) and _bound(before, inside[2], inside[3], _INSIDE_LIKELIER):
        return f"{inside[1]}{inside[2]} {inside[3]}{inside[4]}"
    behind = _STOP_BEHIND.fullmatch(text)
    follows = _LETTERS.match(after)
    if behind and follows and follows[0].islower() and _plain(behind[2].lower(), follows[0]):
        return behind[1] + behind[2] if _bound(before, behind[2], follows[0], _LIKELIER) else None
    opened = _MARK_BEFORE.fullmatch(text)
    if opened and before and judge(opened[1].strip(".,;:)")):
        second = _LETTERS.match(opened[1])
        return opened[1] if second and _bound("", before, second[0], _LIKELIER) else None
    return None


def _plain(first: str, second: str) -> bool:
    """Two syllables in small letters."""
    return first[1:].islower() and second.islower() and judge(first) is True and judge(second) is True


def _last_syllable(text: str) -> str:
    """The letters that end the word; nothing where a mark stands behind them."""
    found = re.search(r"[^\W\d_]+$", text)
    return found[0] if found else ""


def _bound(before: str, first: str, second: str, likelier: float) -> bool:
    """Whether `second` comes after `first` so many times likelier without a mark between them."""
    general = load_ngrams()
    ids = [general.ids.get(text.lower(), general.unknown) for text in (before, first, second)]
    if general.unknown in ids[1:]:
        return False
    if not before or ids[0] == general.unknown:
        ids[0] = general.stop
    return _probability(general, ids) > likelier * _probability(general, [*ids[:2], general.stop, ids[2]])


def _probability(general: NGrams, ids: Sequence[int]) -> float:
    return float(np.prod(general.along(np.array(ids, np.int64))))
