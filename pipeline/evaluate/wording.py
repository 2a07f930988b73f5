"""When two wordings count as the same (CONTRACT, "Scoring")."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

LENIENT_FROM = 0.95
"""Normalised edit similarity from which two wordings count as leniently equal."""

_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″‘’‚‛′`´'", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."})
_AROUND = re.compile(r"\s*([-/,;:.])\s*")
_SPACES = re.compile(r"\s+")
# Not every sign: in 60%, >= and + it is part of what is said.
_OUTER = ' .,;:-/"()[]{}!?*•·'

_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_LATER_TONE = {
    unicodedata.normalize("NFC", first + tone) + second: first + unicodedata.normalize("NFC", second + tone)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_EARLY_TONE = re.compile("|".join(_LATER_TONE))


@lru_cache(maxsize=65536)
def comparable(text: str) -> str:
    """`text` without what does not count: case, kinds of quote and dash, tone placement, spaces, ends."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    folded = _EARLY_TONE.sub(lambda pair: _LATER_TONE[pair[0]], folded.translate(_MARKS))
    spaced = _AROUND.sub(r"\1", _SPACES.sub(" ", folded)).strip()
    return spaced.strip(_OUTER) or spaced


def likeness(left: str, right: str) -> float:
    """Normalised edit similarity of two wordings, 0 to 1, of what counts in them."""
    return Levenshtein.normalized_similarity(comparable(left), comparable(right))


def same(left: str, right: str) -> bool:
    """Strictly equal: nothing that counts differs."""
    return comparable(left) == comparable(right)


def nearly_same(left: str, right: str) -> bool:
    """Leniently equal: one character in twenty may differ."""
    return likeness(left, right) >= LENIENT_FROM
