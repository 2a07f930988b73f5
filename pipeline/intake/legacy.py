"""Vietnamese before Unicode: TCVN 5712:1993 (the ABC fonts, .VnTime) and VNI (VNI-Times), exactly.

Both put Vietnamese letters on the codes of a Western page: what such a font shows as
"Kế hoạch" says "KÕ ho¹ch" in ABC and "Keá hoaïch" in VNI. ABC has a code for each small
letter and no codes for capitals with tones: those are set in a second font whose name ends
in H, which shows small letters as capitals. VNI writes a letter's marks as a second letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from pipeline.syllables import validity

Legacy = Literal["TCVN3", "VNI"]

_TCVN3_CODES = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
TCVN3: dict[str, str] = {
    chr(first + at): letter for first, letters in _TCVN3_CODES for at, letter in enumerate(letters)
}
"""Letter of the Western page (Windows 1252, the same as Latin 1 here) → Vietnamese letter."""

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_BREVE, _CIRCUMFLEX = "aA", "aeoAEO"
_TONED = "aeouyôöAEOUYÔÖ"
_CLEARLY_BETTER = 0.1
_GOOD = 0.85
_LEAST_WORDS = 5
_HINTS: tuple[tuple[re.Pattern[str], Legacy], ...] = (
    (re.compile(r"(^|\+)\.?vn(?!i[-_ ])[a-z]", re.IGNORECASE), "TCVN3"),
    (re.compile(r"(^|\+)vni[-_ ]", re.IGNORECASE), "VNI"),
)
_CAPITAL_FONT = re.compile(r"(^|\+)\.?[Vv][Nn].*?H(?![a-z])")


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for base in _TONED:
        for mark, signs in _VNI_MARKS.items():
            shape = signs[0] if signs[0] in "\u0302\u0306" else ""
            if (shape == "\u0302" and base not in _CIRCUMFLEX) or (shape == "\u0306" and base not in _BREVE):
                continue
            letter = _VNI_ALONE.get(base.lower(), base.lower())
            letter = letter.upper() if base.isupper() else letter
            whole = unicodedata.normalize("NFC", letter + signs)
            pairs[base + mark] = pairs[base + mark.upper()] = whole
    return pairs


VNI_PAIRS = _vni_pairs()
VNI_ALONE = {**_VNI_ALONE, **{old.upper(): new.upper() for old, new in _VNI_ALONE.items()}}
_VNI = re.compile("|".join(map(re.escape, sorted([*VNI_PAIRS, *VNI_ALONE], key=len, reverse=True))))


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """ABC text in Unicode; `capitals` for text in a font whose name ends in H."""
    unicode = "".join(TCVN3.get(letter, letter) for letter in _western(text))
    return unicode.upper() if capitals else unicode


def from_vni(text: str) -> str:
    """VNI text in Unicode."""
    return _VNI.sub(lambda found: VNI_PAIRS.get(found[0]) or VNI_ALONE[found[0]], _western(text))


def _western(text: str) -> str:
    """Symbol fonts put their codes at U+F000; some readers take a letter and its mark apart."""
    plain = "".join(
        chr(ord(letter) - 0xF000) if "\uf020" <= letter <= "\uf0ff" else letter for letter in text
    )
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=256)
def hint_of(font: str) -> Legacy | None:
    """The encoding that a font's name speaks of: .VnTime, ABCDEF+VNI-Times."""
    return next((legacy for shape, legacy in _HINTS if shape.search(font)), None)


def shows_capitals(font: str) -> bool:
    """True for the second font of an ABC face: .VnTimeH, .VnArialH-Bold."""
    return bool(_CAPITAL_FONT.search(font))


def convert(text: str, legacy: Legacy, font: str = "") -> str:
    """`text` in Unicode."""
    return from_vni(text) if legacy == "VNI" else from_tcvn3(text, capitals=shows_capitals(font))


def legacy_of(texts: Sequence[str], hints: Iterable[Legacy | None] = ()) -> Legacy | None:
    """The encoding in which `texts` are good Vietnamese where they are none as they stand.

    A font's name is a hint only: programs that make PDFs may have mapped its codes to
    Unicode already. Null where the texts are good, or in no encoding better.
    """
    plain = validity(texts)
    if plain.share > 1 - _CLEARLY_BETTER:
        return None
    hinted = {hint for hint in hints if hint}
    enough = _LEAST_WORDS if not hinted else 1
    best: tuple[float, Legacy] | None = None
    candidates: tuple[Legacy, ...] = ("TCVN3", "VNI")
    for legacy in candidates:
        found = validity(convert(text, legacy) for text in texts)
        if found.counted < enough or found.share < (_GOOD if legacy not in hinted else plain.share):
            continue
        if best is None or found.share > best[0]:
            best = (found.share, legacy)
    if best is None or best[0] < plain.share + _CLEARLY_BETTER:
        return None
    return best[1]
