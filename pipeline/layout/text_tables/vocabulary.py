"""What the document's own words tell of a table: spellings of one word, and which words follow each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.layout.text_tables.pieces import alike, shape
from pipeline.syllables import judge, validity

_FAMILIAR = 2
"""Uses in the document from which on a word counts as read."""
_CLEAN = 0.9
"""Share of valid syllables from which on two spellings are two words."""
_GLUED = 6
_LONGEST_SYLLABLE = 7
_FREQUENT, _GUESSED_PART = 3, 4
_CLOSEST = 5


class Vocabulary:
    """The document's words by shape; in a poor reading spellings that differ by a slip are one word."""

    def __init__(self, texts: Iterable[Sequence[str]], prose: Iterable[Sequence[str]]) -> None:
        """`texts` are all lines of the document, `prose` those in which neighbours belong together."""
        held = [list(text) for text in texts]
        self.clean = validity(word for text in held for word in text).share >= _CLEAN
        lines = [[shape(word) for word in text] for text in held]
        self._uses = Counter(word for line in lines for word in line if word)
        self._leaders: dict[str, str] = {}
        self._gather()
        self._family = Counter[str]()
        for word, count in self._uses.items():
            self._family[self._leaders[word]] += count
        self._frequent = sorted(word for word, uses in self._family.items() if uses >= _FREQUENT)
        self._pairs = Counter(
            (self.of(shape(left)), self.of(shape(right))) for line in prose for left, right in pairwise(line)
        )

    def _gather(self) -> None:
        """The most used spelling leads each family."""
        known: list[str] = []
        for word, _ in sorted(self._uses.items(), key=lambda entry: (-entry[1], entry[0])):
            leader = None if self.clean else _nearest(word, known)
            if leader is None:
                known.append(word)
            self._leaders[word] = leader or word

    def of(self, shaped: str) -> str:
        """The leading spelling of the word with this shape."""
        return self._leaders.get(shaped, shaped)

    def follows(self, left: str, right: str) -> int:
        """How often the word `right` stands after `left` in the document, by their leading spellings."""
        return self._pairs[left, right]

    def familiar(self, text: str) -> bool | None:
        """Whether a word was read: used more than once, or a syllable; null where nothing tells."""
        verdict = judge(text)
        if verdict is None:
            return None
        return verdict or self._family[self.of(shape(text))] >= _FAMILIAR

    def parts(self, text: str) -> list[str]:
        """A word in which OCR lost the spaces ("congtac"), cut into words that the document holds.

        The text itself where it is a syllable, or where no cut gives familiar words.
        """
        single = len(text) <= _LONGEST_SYLLABLE
        if len(text) < _GLUED or not text.isalpha() or len(shape(text)) != len(text):
            return [text]
        if single and self.familiar(text) is not False:
            return [text]
        best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(text)
        for end in range(2, len(text) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1):
                before = best[start]
                worth = self._part_worth(text[start:end], guess=not single)
                if before is None or worth <= 0:
                    continue
                total = before[0] + worth
                held = best[end]
                if held is None or total > held[0]:
                    best[end] = total, [*before[1], text[start:end]]
        whole = best[-1]
        return whole[1] if whole is not None and whole[0] > 0 else [text]

    def _part_worth(self, part: str, guess: bool) -> float:
        """Logarithm of the uses, weighed by length: few long parts beat many short ones."""
        shaped = shape(part)
        uses = self._family[self.of(shaped)]
        if uses >= _FREQUENT:
            return math.log(uses) * len(part)
        leader = _nearest(shaped, self._frequent) if guess and len(part) >= _GUESSED_PART else None
        return 0.7 * math.log(self._family[leader]) * len(part) if leader else 0.0


def _nearest(word: str, known: Sequence[str]) -> str | None:
    close = process.extract(
        word, known, scorer=Levenshtein.normalized_similarity, score_cutoff=0.6, limit=_CLOSEST
    )
    return next((held for held, _, _ in close if alike(word, held)), None)
