"""Specks that an engine read as apostrophes at a word's edge: no Vietnamese word has one there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.syllables import judge
from pipeline.types import Word

_SIGNS = "'`‘’ˆ^´"
_SPECKED = re.compile(rf"([(\"“]*)([{_SIGNS}]?)(\w+)([{_SIGNS}]?)([.,;:)\"”]*)")


def without_specks(words: Sequence[Word]) -> dict[int, str]:
    """The texts of words that lose such a sign, by the identity of the word object.

    Where the run has two of them they may be quotation marks, and in front of or behind what is
    no syllable (`K'`, `H'Mông`) they are letters: both stay.
    """
    if sum(letter in _SIGNS for word in words for letter in word.text) != 1:
        return {}
    clean: dict[int, str] = {}
    for word in words:
        found = _SPECKED.fullmatch(word.text)
        if found is None or not (found[2] or found[4]) or word.origin != "ocr":
            continue
        if len(found[3]) > 1 and judge(found[3]) is True:
            clean[id(word)] = found[1] + found[3] + found[5]
    return clean
