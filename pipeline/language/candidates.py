"""What each doubtful token may have been: candidates with the channel's word on them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from pipeline.folding import fold
from pipeline.language.channel import Channel
from pipeline.language.ngrams import NGrams, load_ngrams
from pipeline.language.rivals import rivals_of
from pipeline.language.spelling import Trie
from pipeline.language.tokens import STROKES, Case, is_abbreviation, written
from pipeline.language.vocabulary import Words
from pipeline.rules import load_rules
from pipeline.syllables import is_syllable

_MOST = 20
_FREQUENCY_WEIGHT = 0.6
_LONGEST_READ = 14
_LONGEST_SCORED = 60
_MOST_REMEMBERED = 20_000
_SLIP = -14.0
"""The channel's least word on an abbreviation: about one letter taken for quite another."""
_SIGN_INSIDE, _STROKE_INSIDE = -8.0, -12.0
_LEAST_OF_PIECES, _NEVER = -20.0, -1e9
"""The channel's least word where a sign stands inside: below it two printed lines were read as one."""
_CERTAIN = 3.0
"""Added where the marks of a code are certain by the rules."""
_OTHER_CASE = -5.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to write the token, its id in the model and log P(read | text)."""

    text: str
    id: int
    channel: float


@cache
def load_trie() -> Trie:
    """The trie of all syllables that the general model knows."""
    general = load_ngrams()
    return Trie([(index, word) for index, word in enumerate(general.syllables) if is_syllable(word)])


class Speller:
    """Candidates for tokens of one document, remembered by what was read."""

    def __init__(self, channel: Channel, words: Words, abbreviations: tuple[str, ...] = ()) -> None:
        self.channel, self.words = channel, words
        self.abbreviations = abbreviations
        self.general: NGrams = words.general
        self.trie = load_trie()
        self._known: dict[tuple[str, tuple[Case, ...], bool], tuple[Candidate, ...]] = {}

    def candidates(
        self, read: str, cases: tuple[Case, ...], marks_only: bool = False
    ) -> tuple[Candidate, ...]:
        """The most probable first; what was read is among them. `marks_only`: its letters are sure."""
        key = (read, cases, marks_only)
        if key not in self._known:
            self._known[key] = (self._alike if marks_only else self._searched)(read, cases)
        if marks_only:
            return self._known[key]
        own = self._of_the_document(read)
        if not own:
            return self._known[key]
        known = {candidate.text for candidate in self._known[key]}
        added = (
            Candidate(text, self.words.id_of(text), self.channel.score(text, read))
            for text in own
            if text not in known
        )
        return (*self._known[key], *added)

    def _searched(self, read: str, cases: tuple[Case, ...]) -> tuple[Candidate, ...]:
        best: dict[str, Candidate] = {read: self._as_read(read)}
        least = _LEAST_OF_PIECES if any(sign in read for sign in STROKES) else _NEVER
        if len(read) <= _LONGEST_READ:
            for place, case in enumerate(cases):
                for candidate in self._spelled(read, case, _OTHER_CASE if place else 0.0):
                    if swapped(read, candidate.text) or spelled_otherwise(read, candidate.text):
                        continue
                    if candidate.channel < least:
                        continue
                    known = best.get(candidate.text)
                    if known is None or known.channel < candidate.channel:
                        best[candidate.text] = candidate
        for text in abbreviations(read):
            bonus = _CERTAIN if text == with_marks(read) else 0.0
            best[text] = Candidate(text, self.words.id_of(text), self.channel.score(text, read) + bonus)
        return tuple(sorted(best.values(), key=lambda candidate: -candidate.channel))

    def _alike(self, read: str, cases: tuple[Case, ...]) -> tuple[Candidate, ...]:
        """Those with the same letters: no search is needed, the n-th letter is the n-th read."""
        best = {read: self._as_read(read)}
        for place, case in enumerate(cases):
            for identity in rivals_of(read):
                text = written(self.general.syllables[identity], case)
                if not is_syllable(text) or spelled_otherwise(read, text):
                    continue
                score = self.channel.aligned(text, read) + (_OTHER_CASE if place else 0.0)
                if text not in best or best[text].channel < score:
                    best[text] = Candidate(text, identity, score)
        for text in abbreviations(read):
            bonus = _CERTAIN if text == with_marks(read) else 0.0
            best[text] = Candidate(text, self.words.id_of(text), self.channel.aligned(text, read) + bonus)
        return tuple(sorted(best.values(), key=lambda candidate: -candidate.channel))

    def _of_the_document(self, read: str) -> tuple[str, ...]:
        """The document's abbreviations that an unknown one may be a slip for: TPHC for TTHC."""
        if not is_abbreviation(read) or read in self.abbreviations:
            return ()
        return tuple(
            text
            for text in self.abbreviations
            if abs(len(text) - len(read)) <= 1 and self.channel.score(text, read) > _SLIP
        )

    def _as_read(self, read: str) -> Candidate:
        # Nobody printed a word with a sign inside it.
        odd = sum(_STROKE_INSIDE if sign in STROKES else _SIGN_INSIDE for sign in read if not sign.isalnum())
        # What is longer than any word or code has no other candidate: its score compares with nothing.
        score = self.channel.score(read, read) if len(read) <= _LONGEST_SCORED else 0.0
        return Candidate(read, self.words.id_of(read), score + odd)

    def _spelled(self, read: str, case: Case, bonus: float) -> list[Candidate]:
        key = (read, case)
        found = self.channel.searched.get(key)
        if found is None:
            found = self._search(read, case)
            if len(self.channel.searched) < _MOST_REMEMBERED:
                self.channel.searched[key] = found
        return [
            Candidate(written(self.general.syllables[identity], case), identity, score + bonus)
            for identity, score in found
        ]

    def _search(self, read: str, case: Case) -> list[tuple[int, float]]:
        """The syllables that may be meant, by how well they explain what was read and how frequent."""
        ids, scores = self.trie.search(self.channel, read, case)
        if not len(ids):
            return []
        rank = scores + _FREQUENCY_WEIGHT * np.log(self.general.single[ids])
        order = np.argsort(-rank, kind="stable")[:_MOST]
        return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))


def swapped(read: str, text: str) -> bool:
    """The same letters in another order: a typist swaps letters (nhgiệp), an engine does not."""
    one, other = fold(read), fold(text)
    return len(one) == len(other) and one != other and sorted(one) == sorted(other)


def spelled_otherwise(read: str, text: str) -> bool:
    """Two spellings of one word, both printed: quy and qui, hóa and hoá. Kept as the author has it."""
    if len(read) != len(text) or read == text or not is_syllable(read):
        return False
    return _signs_of(read) == _signs_of(text) and read.lower() != text.lower()


@lru_cache(maxsize=_MOST_REMEMBERED)
def _signs_of(word: str) -> tuple[str, ...]:
    """Letters and marks in no order, y as i."""
    return tuple(sorted(unicodedata.normalize("NFD", word).lower().replace("y", "i")))


def abbreviations(read: str) -> tuple[str, ...]:
    """Abbreviations and codes that lost the marks of their letters: QDKD → QĐKD."""
    if not is_abbreviation(read):
        return ()
    mended = with_marks(read)
    general = load_ngrams()
    variants = {mended} if mended != read else set()
    for at, letter in enumerate(read):
        if letter == "D":
            variant = read[:at] + "Đ" + read[at + 1 :]
            if variant.lower() in general.ids and read.lower() not in general.ids:
                variants.add(variant)
    return tuple(sorted(variants))


def with_marks(code: str) -> str:
    """A document code or abbreviation with the marks of Decree 30/2020/NĐ-CP where they are certain."""
    marks: dict[str, str] = load_rules("documents")["marks"]
    if code in marks:
        return marks[code]
    for plain in sorted(marks, key=len, reverse=True):
        if len(plain) > 1 and code.startswith(plain) and len(code) > len(plain) + 1:
            return marks[plain] + code[len(plain) :]
    return code


def cases_of(case: Case, read: str, before: Case | None, after: Case | None) -> tuple[Case, ...]:
    """The ways a word may have been written, the most probable first.

    `before` and `after` are the neighbours' cases, null where a sign, a figure or the end is.
    Short words in capitals among small letters ("BO phan") are an engine's slip more often than
    not; a capital I that begins a word may be a small l.
    """
    around = [neighbour for neighbour in (before, after) if neighbour]
    letters = sum(map(str.isalpha, read))
    if case == "upper" and around and "upper" not in around:
        if letters > 3:
            return ("upper",)
        return ("title", "upper", "lower") if before is None else ("upper", "title", "lower")
    if case == "title" and letters <= 2 and around and all(near == "upper" for near in around):
        return ("upper", "title")
    if read[0] == "I" and case == "title" and before is not None:
        return ("lower", "title")
    if case == "title" and (read[0] == "I" or any(map(str.isupper, read[1:]))):
        return ("title", "lower")
    return (case,)
