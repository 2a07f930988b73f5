"""Number and date written into a printed letterhead by hand: an engine reads them as some print.

It may be sure of what it made of them, so that they are told by their size: they
rise above the line and hang below it, as no typed figure does.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from pipeline.types import Passage

_TALLER = 1.3
"""Heights of the letterhead's middle word. Typed numbers have 0.8 to 1.0 on scans of all qualities, the
handwritten ones of five offices 1.4 to 2.2 (of a sixth 1.1: not told)."""


def is_by_hand(figures: Passage, printed: Iterable[Passage]) -> bool:
    """True where a word with a figure in it is much higher than the words of `printed`."""
    heights = [word.box.height for passage in printed for word in passage.words if word.box is not None]
    if not heights:
        return False
    limit = _TALLER * median(heights)
    return any(
        word.box is not None and word.box.height > limit and any(map(str.isdigit, word.text))
        for word in figures.words
        if word.origin == "ocr"
    )
