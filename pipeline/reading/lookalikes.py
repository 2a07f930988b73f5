"""Letters that look like those of Vietnamese and are none, as engines and fonts give them."""

from __future__ import annotations

import re
import unicodedata

# Latin eth for đ; Cyrillic and Greek capitals; a fraction slash for a stroke; marks of no width.
_SAME = str.maketrans(
    "ÐðƉɖАВЕКМНОРСТУХаеорсухіІЈјΑΒΕΗΙΚΜΝΟΡΤΥΧ⁄∕¡",
    "ĐđĐđABEKMHOPCTYXaeopcyxiIJjABEHIKMNOPTYX//i",
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f",
)
_DASHES = re.compile("[-–—]{2,}")
"""One dash read as two, one on the other."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def normal_letters(text: str) -> str:
    """`text` in NFC with look-alike letters replaced, ligatures taken apart."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    plain = unicodedata.normalize("NFC", text.translate(_SAME))
    return "–" if _DASHES.fullmatch(plain.strip()) else plain
