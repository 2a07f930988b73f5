"""Mending the stretches of one document: doubt, candidates, two passes with its own vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.folding import fold
from pipeline.language.agreement import agreed, preferred
from pipeline.language.candidates import Candidate, Speller, cases_of, with_marks
from pipeline.language.channel import Channel, expected, load_channel
from pipeline.language.decode import Blend, Event, decode
from pipeline.language.manner import ENGLISH, VIETNAMESE, Manner
from pipeline.language.naming import follows_an_office, is_common, names_a_place, opens_a_unit
from pipeline.language.ngrams import load_ngrams
from pipeline.language.stretches import Stretch, Token, without_vowel
from pipeline.language.tokens import is_abbreviation
from pipeline.language.vocabulary import Words, own_grams
from pipeline.syllables import is_syllable

CONTEXT = 2
_OFTEN = 3
"""Times that an abbreviation must be read before others are taken for it."""
_LONGEST_WORD = 30
"""Letters: a longer token is no word, and would cost the square of its length to learn from."""


class Restorer:
    """Mends stretches. One for a document: it learns the document's words and spelling slips."""

    def __init__(self, channel: Channel, manner: Manner) -> None:
        self.words = Words(load_ngrams())
        self.channel, self.manner = channel, manner
        self.speller = Speller(channel, self.words)
        self.model = Blend(self.words.general)
        self.abbreviations: tuple[str, ...] = ()
        self._more = 0.0

    def mended(self, stretches: Sequence[Stretch]) -> list[list[str]]:
        """For each stretch the text of each token.

        The first pass goes by the general model alone; what it reads teaches the document's
        words, and both go into the second, which starts from the raw text again. (Words learned
        from the raw text would back the slips that an engine makes every time: "bố sung".)
        """
        texts = self._pass(stretches, self.manner.first_margin)
        if not self.manner.doubt_all:
            texts = agreed(stretches, texts)
        self._learn_words(stretches, texts)
        if self.manner.adapt_weight:
            self._learn_channel(stretches, texts)
        return self._pass(stretches, 0.0, None if self.manner.doubt_all else texts)

    def _pass(
        self, stretches: Sequence[Stretch], more: float, before: Sequence[Sequence[str]] | None = None
    ) -> list[list[str]]:
        """`before`: what the pass before made of them; what it changed is doubtful in this one too."""
        self._more = more
        if self.speller.channel is not self.channel:
            self.speller = Speller(self.channel, self.words)
        self.speller.abbreviations = self.abbreviations
        return [self._one(stretch, before[at] if before else None) for at, stretch in enumerate(stretches)]

    def _one(self, stretch: Stretch, before: Sequence[str] | None) -> list[str]:
        tokens = stretch.tokens
        texts = [as_it_stands(token) for token in tokens]
        doubtful = self._doubtful(tokens)
        if before is not None:
            doubtful |= {at for at, text in enumerate(texts) if before[at] != text and tokens[at].free}
        if not doubtful:
            return texts
        options = {at: self._options(tokens, at) for at in doubtful}
        if before is not None:
            common = [at for at in options if is_common(tokens, at)]
            options |= {at: preferred(options[at], before[at], texts[at]) for at in common}
        for start, end in windows(sorted(doubtful), len(tokens)):
            self._decode(tokens, start, end, options, texts)
        return texts

    def _decode(
        self,
        tokens: Sequence[Token],
        start: int,
        end: int,
        options: dict[int, tuple[Candidate, ...]],
        texts: list[str],
    ) -> None:
        """Choose for the tokens from `start` to `end`; write what was chosen into `texts`."""
        events: list[Event] = []
        places: list[int] = []
        for at in range(start, end):
            if at in options:
                ids = np.array([candidate.id for candidate in options[at]], np.int64)
                channel = np.array([candidate.channel for candidate in options[at]])
                events.append(Event(ids, channel))
                places.append(at)
            elif not (at > start and _both_signs(tokens, at)):
                events.append(self._fixed(self._id(tokens[at])))
                places.append(-1)
        if end == len(tokens):
            events.append(self._fixed(self.words.general.stop))
            places.append(-1)
        chosen = decode(events, self.model, self._before(tokens, start, texts))
        for place, choice in zip(places, chosen, strict=True):
            if place >= 0:
                texts[place] = options[place][choice].text

    def _before(self, tokens: Sequence[Token], start: int, texts: Sequence[str]) -> tuple[int, int]:
        """The ids of the two tokens in front, as they were mended; signs in a row count once."""
        ids: list[int] = []
        for at in range(start - 1, -1, -1):
            if len(ids) == 2:
                break
            if not _both_signs(tokens, at + 1):
                kind = tokens[at].piece.kind
                ids.append(
                    self.words.id_of(texts[at]) if kind in ("syllable", "code") else self._id(tokens[at])
                )
        stop = self.words.general.stop
        ids += [stop] * (2 - len(ids))
        return ids[1], ids[0]

    def _fixed(self, identity: int) -> Event:
        return Event(np.array([identity], np.int64), np.zeros(1))

    def _options(self, tokens: Sequence[Token], at: int) -> tuple[Candidate, ...]:
        token = tokens[at]
        read = token.piece.text
        before = tokens[at - 1].case if at and tokens[at - 1].piece.kind == "syllable" else None
        after = (
            tokens[at + 1].case if at + 1 < len(tokens) and tokens[at + 1].piece.kind == "syllable" else None
        )
        found = self.speller.candidates(read, cases_of(token.case, read, before, after))
        if token.confidence >= self.manner.marks_only and self._known(read):
            found = tuple(c for c in found if fold(c.text) == fold(read))
        named = (token.case == "title" and before is not None) or names_a_place(tokens, at)
        named = named and not (opens_a_unit(tokens, at) or follows_an_office(tokens, at))
        if not self.manner.doubt_all and read.isupper() and without_vowel(read):
            found = tuple(c for c in found if c.text == read or is_abbreviation(c.text))
        margin = self._margin(token, named)
        if not margin:
            return found
        return tuple(Candidate(c.text, c.id, c.channel + margin) if c.text == read else c for c in found)

    def _margin(self, token: Token, named: bool) -> float:
        manner = self.manner
        known = self._known(token.piece.text)
        margin = manner.valid_margin if known else manner.odd_margin
        if named and known:
            margin += manner.name_margin
        return margin + self._more + manner.confidence_margin * token.confidence

    def _known(self, text: str) -> bool:
        return self.words.known(text) and (is_syllable(text) or len(text) > 1)

    def _doubtful(self, tokens: Sequence[Token]) -> set[int]:
        free = [at for at, token in enumerate(tokens) if token.free]
        if self.manner.doubt_all or not free:
            return set(free)
        ids = np.array([self._id(token) for token in tokens] + [self.words.general.stop], np.int64)
        likely = self.model.log_along(ids)
        doubtful = set()
        for at in free:
            token = tokens[at]
            text = token.piece.text
            unknown = not self._known(text) and not is_abbreviation(text)
            unlikely = (likely[at] + min(likely[at], likely[at + 1])) / 2 < self.manner.likely
            if unknown or unlikely or token.confidence < self.manner.sure:
                doubtful.add(at)
        return doubtful

    def _id(self, token: Token) -> int:
        kind = token.piece.kind
        if kind == "sign":
            return self.words.general.stop
        return self.words.general.figure if kind == "figure" else self.words.id_of(token.piece.text)

    # ── what the document teaches ─────────────────────────────────────────

    def _learn_words(self, stretches: Sequence[Stretch], texts: Sequence[Sequence[str]]) -> None:
        own = own_grams(self._read(stretches, texts), self.words)
        self.model = Blend(self.words.general, own, self.manner.own_share)
        seen = Counter(text for said in texts for text in said if is_abbreviation(text))
        self.abbreviations = tuple(sorted(text for text, times in seen.items() if times >= _OFTEN))

    def _read(self, stretches: Sequence[Stretch], texts: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        stop, figure = self.words.general.stop, self.words.general.figure
        for stretch, said in zip(stretches, texts, strict=True):
            ids: list[int] = []
            for token, text in zip(stretch.tokens, said, strict=True):
                kind = token.piece.kind
                if kind == "sign":
                    if not ids or ids[-1] != stop:
                        ids.append(stop)
                else:
                    ids.append(figure if kind == "figure" else self.words.id_of(text))
            yield ids

    def _learn_channel(self, stretches: Sequence[Stretch], texts: Sequence[Sequence[str]]) -> None:
        """What this document's engine made of each letter, as far as the first pass is right."""
        pairs: Counter[tuple[str, str]] = Counter()
        for stretch, said in zip(stretches, texts, strict=True):
            for token, text in zip(stretch.tokens, said, strict=True):
                if token.free and len(token.piece.text) <= _LONGEST_WORD:
                    pairs[text, token.piece.text] += 1
        counts = expected(self.channel, {pair: float(times) for pair, times in pairs.items()})
        self.channel = self.channel.blended(counts, self.manner.adapt_weight)


def as_it_stands(token: Token) -> str:
    """The token's text unmended, but for the marks of a document code (ND-CP → NĐ-CP)."""
    return with_marks(token.piece.text) if token.piece.kind == "code" else token.piece.text


def _both_signs(tokens: Sequence[Token], at: int) -> bool:
    """True where this token and the one before it are signs: the n-grams count them as one."""
    return 0 < at < len(tokens) and tokens[at].piece.kind == tokens[at - 1].piece.kind == "sign"


def windows(places: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """From each place to `CONTEXT` tokens after it, joined where they meet."""
    start = end = -1
    for place in places:
        if start >= 0 and place <= end:
            end = min(length, place + CONTEXT + 1)
            continue
        if start >= 0:
            yield start, end
        start, end = place, min(length, place + CONTEXT + 1)
    if start >= 0:
        yield start, end


def english_restorer() -> Restorer:
    """For text that an engine without Vietnamese made."""
    return Restorer(load_channel("english"), ENGLISH)


def vietnamese_restorer() -> Restorer:
    """For the slips of the Vietnamese model."""
    return Restorer(load_channel("vietnamese"), VIETNAMESE)
