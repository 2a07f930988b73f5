"""Text made comparable: without marks, without case, without what OCR mixes up.

Three strengths, each a plain function from str to str of the same length, so that
a position found in the folded text is a position in the text itself:

- `fold`      marks and case off                    "Thời hạn:" → "thoi han:"
- `skeleton`  letters that OCR confuses made one    "Théi han:" → "thoi han:"

and `fold_wording` for whole-string comparison (spaces and quotes too).
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = {
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'",
    "…": ".", "\u00a0": " ",
}  # fmt: skip

# What an engine without Vietnamese makes of a letter, seen in the raw text of old scans
# and in pages rendered and read for the benchmark; each key folds to a single letter.
_CONFUSED = str.maketrans(
    {"0": "o", "1": "l", "6": "o", "5": "s", "8": "b", "9": "g", "|": "l", "!": "l", "¢": "e", "€": "e",
     "§": "o", "&": "e", "$": "s", "£": "e", "i": "l", "y": "v", "ﬁ": "h"}
)  # fmt: skip


_MOST_LETTERS = 4096


class _Folded(dict[int, str]):
    """Each letter's plain one, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = _fold_letter(chr(code))
        if len(self) < _MOST_LETTERS:
            self[code] = plain
        return plain


_FOLDED = _Folded()


def _fold_letter(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """Marks and case off; as long as `text`, which must be NFC."""
    return text.translate(_FOLDED)


def skeleton(text: str) -> str:
    """`fold`, and letters that OCR mixes up made one; as long as `text`."""
    return fold(text).translate(_CONFUSED)


def fold_wording(text: str) -> str:
    """For comparing two wordings: folded, spaces made one, outer punctuation gone."""
    return re.sub(r"\s+", " ", fold(text)).strip(" .,;:-\"'()[]")


def tidy(text: str) -> str:
    """NFC with spaces made one and outer spaces gone."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


# Letters of other alphabets that look like ours, and signs that are two letters or none.
_LOOK_ALIKES = str.maketrans(
    {"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "а": "a", "А": "A", "в": "b", "В": "B", "с": "c", "С": "C",
     "е": "e", "Е": "E", "һ": "h", "Н": "H", "і": "i", "І": "I", "ј": "j", "Ј": "J", "К": "K", "к": "k",
     "М": "M", "о": "o", "О": "O", "р": "p", "Р": "P", "ѕ": "s", "Ѕ": "S", "Т": "T", "у": "y", "У": "Y",
     "х": "x", "Х": "X", "Α": "A", "Β": "B", "Ε": "E", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
     "Ο": "O", "ο": "o", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
     "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
     "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u00ad": None, "\u200b": None, "\u200c": None,
     "\u200d": None, "\u2060": None, "\ufeff": None}
)  # fmt: skip


def normalise(text: str) -> str:
    """Text as it comes in, made Unicode NFC with the letters of Vietnamese and no others like them.

    Cyrillic and Greek look-alikes, ð for đ, ligatures, no-break spaces, invisible signs. Old and
    new tone placement (hóa, hoá) stay as printed. The length may change: call it before offsets
    are counted.
    """
    # NFC first and last: a combining mark may sit on a look-alike, and then joins its new letter.
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES))
    return unicodedata.normalize("NFC", decomposed.translate(_LOOK_ALIKES))
