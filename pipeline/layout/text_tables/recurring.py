"""Cells, and lines of cells, that recur in a column, a few letters misread each time."""

from __future__ import annotations

from collections import Counter

from rapidfuzz import fuzz

Key = tuple[str, ...]
"""A cell's words, or a line's, by their leading spellings."""

_ALIKE = 80.0
_OTHER_COUNT = 0.4
_SHORT = 5
"""Shorter texts have to be equal."""


class Recurring:
    """What one column holds, gathered in families of like texts. Fixed once it is made."""

    def __init__(self, texts: Counter[Key]) -> None:
        self._leaders: list[str] = []
        self._lengths: list[int] = []
        self._sizes: list[int] = []
        self._family: dict[Key, int] = {}
        self._begins: dict[Key, bool] = {}
        self._nearness: dict[str, float] = {}
        for key, count in sorted(texts.items(), key=lambda entry: (-entry[1], entry[0])):
            if not key:
                continue
            at = self._nearest("".join(key))
            if at < 0:
                at = len(self._leaders)
                self._leaders.append("".join(key))
                self._lengths.append(len(key))
                self._sizes.append(0)
            self._family[key] = at
            self._sizes[at] += count

    def times(self, key: Key, own: Key | None = None) -> int:
        """How often the text was seen; `own` is what the asking place itself held then."""
        at = self.family(key)
        if at < 0:
            return 0
        return self._sizes[at] - (own is not None and self.family(own) == at)

    def nearness(self, key: Key) -> float:
        """1 where the text is as in its family, 0 where it is only just like it."""
        at = self.family(key)
        if at < 0:
            return 0.0
        text = "".join(key)
        if text not in self._nearness:
            ratio = fuzz.ratio(text, self._leaders[at])
            near = max(0.0, (ratio - _ALIKE) / (100.0 - _ALIKE))
            # OCR changes letters; a word more or less is seldom its doing.
            self._nearness[text] = near if len(key) == self._lengths[at] else near * _OTHER_COUNT
        return self._nearness[text]

    def family(self, key: Key) -> int:
        """The family of the text, -1 where it has none."""
        if key not in self._family:
            self._family[key] = self._nearest("".join(key))
        return self._family[key]

    def begins(self, key: Key) -> bool:
        """Whether a text that recurs begins like this."""
        if key not in self._begins:
            text = "".join(key)
            self._begins[key] = any(
                size > 1 and _alike(text, leader[: len(text)])
                for leader, size in zip(self._leaders, self._sizes, strict=True)
            )
        return self._begins[key]

    @property
    def share(self) -> float:
        """The part of all texts that are like another."""
        total = sum(self._sizes)
        return sum(size for size in self._sizes if size > 1) / total if total else 0.0

    @property
    def total(self) -> int:
        """All texts that were seen."""
        return sum(self._sizes)

    def _nearest(self, text: str) -> int:
        return next((at for at, leader in enumerate(self._leaders) if _alike(text, leader)), -1)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((len(one), len(other)))
    # Of which one is much the longer, no letters could make the ratio: most pairs end here.
    if short < _SHORT or 200 * short < _ALIKE * (short + long):
        return False
    return fuzz.ratio(one, other, score_cutoff=_ALIKE) >= _ALIKE
