"""How far a reading is from what is printed: character and word error rates without a reading order.

Systems put columns, table cells and page numbers in different orders; that is layout, not
reading. So each printed line (of a column or cell) is looked for anywhere in the text that a
system gives: exactly, else as the stretch with the least edit distance (Sellers 1980); long
lines before short ones, which could be found inside them. What was found is used up. A line
that is nowhere counts as left out, text that belongs to no line as inserted. Spaces count
within lines, not between them. Quotation marks, dashes and bullets of whatever shape count
as equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

_USED = "\0"
_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "•": "-"})
_PASSES = ((15, 0.4), (1, 0.7))
"""Least length of a line, and the share of it that may be wrong: beyond it a likeness is chance."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Characters and words wrong (changed, left out, inserted), and how many there are in print."""

    characters: int = 0
    of_characters: int = 0
    words: int = 0
    of_words: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.characters + other.characters,
            self.of_characters + other.of_characters,
            self.words + other.words,
            self.of_words + other.of_words,
        )

    @property
    def cer(self) -> float:
        return self.characters / max(1, self.of_characters)

    @property
    def wer(self) -> float:
        return self.words / max(1, self.of_words)


@dataclass(frozen=True, slots=True)
class Slip:
    """A printed line and the stretch of the reading that it was matched with ("" if none)."""

    printed: str
    read: str


def compare(printed: Sequence[str], read: str) -> tuple[Errors, list[Slip]]:
    """Errors of `read` against the lines of `printed`, and each line that is not exact."""
    lines = sorted(filter(None, map(plain, printed)), key=len, reverse=True)
    rest = plain(read)
    errors = Errors(0, sum(map(len, lines)), 0, sum(len(line.split()) for line in lines))
    slips: list[Slip] = []
    left = lines
    for shortest, share in _PASSES:
        rest, left = _match_whole([line for line in left if len(line) >= shortest], rest, left)
        for line in [line for line in left if len(line) >= shortest]:
            start, end, distance = _closest(line, rest)
            if distance <= share * len(line):
                found, rest = rest[start:end].strip(), _use(rest, start, end)
                left.remove(line)
                slips.append(Slip(line, found))
    slips += [Slip(line, "") for line in left]
    for slip in slips:
        letters = Levenshtein.distance(slip.printed, slip.read)
        errors += Errors(letters, 0, Levenshtein.distance(slip.printed.split(), slip.read.split()), 0)
    extra = [piece for part in rest.split(_USED) for piece in part.split()]
    slips += [Slip("", piece) for piece in extra]
    return errors + Errors(sum(map(len, extra)), 0, len(extra), 0), slips


def _match_whole(lines: Sequence[str], text: str, left: Sequence[str]) -> tuple[str, list[str]]:
    """`text` with the lines that are in it exactly used up, and what is left of `left`."""
    missing = list(left)
    for line in lines:
        at = _find_whole(line, text)
        if at >= 0:
            text = _use(text, at, at + len(line))
            missing.remove(line)
    return text, missing


def plain(text: str) -> str:
    """NFC, one space for any white space, one shape for each mark."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).translate(_SAME).strip()


def _find_whole(line: str, text: str) -> int:
    """Where `line` stands in `text` between spaces or used stretches; -1 if nowhere."""
    at = text.find(line)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(line) : at + len(line) + 1]
        if before in ("", " ", _USED) and after in ("", " ", _USED):
            return at
        at = text.find(line, at + 1)
    return -1


def _use(text: str, start: int, end: int) -> str:
    return text[:start] + _USED + text[end:]


def _closest(line: str, text: str) -> tuple[int, int, int]:
    """(start, end, edit distance) of the stretch of `text` nearest to `line`."""
    if not text:
        return 0, 0, len(line)
    ends = _distances(line, text)
    end = int(np.argmin(ends))
    starts = _distances(line[::-1], text[:end][::-1])
    # Of equally near stretches the longer: the last minimum of the reversed search.
    start = end - int(len(starts) - 1 - np.argmin(starts[::-1]))
    return start, end, int(ends[end])


def _distances(line: str, text: str) -> npt.NDArray[np.int64]:
    """For each end in `text`, the least distance of `line` to a stretch that ends there."""
    letters = np.array([ord(letter) for letter in text], dtype=np.int64)
    places = np.arange(len(text) + 1, dtype=np.int64)
    used = np.concatenate(([0], np.where(letters == 0, 10_000, 0)))
    row = np.zeros(len(text) + 1, dtype=np.int64)
    for count, letter in enumerate(line, start=1):
        below = np.empty_like(row)
        below[0] = count
        below[1:] = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)) + used[1:])
        # An insertion costs one; crossing a used stretch is no way at all.
        below = np.minimum.accumulate(below - places) + places if not used.any() else _inserted(below, used)
        row = below
    return row


def _inserted(row: npt.NDArray[np.int64], used: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    cost = np.cumsum(np.where(used > 0, used, 1))
    cost -= cost[0]
    return np.minimum.accumulate(row - cost) + cost
