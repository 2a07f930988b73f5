"""Mending the stretches of one document: doubt, candidates, two passes with its own vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from pipeline.language.agreement import agreed, preferred
from pipeline.language.candidates import Candidate, Speller, cases_of, with_marks
from pipeline.language.channel import Channel, expected, load_channel
from pipeline.language.decode import Blend, Window, decode
from pipeline.language.manner import ENGLISH, VIETNAMESE, Manner
from pipeline.language.naming import follows_an_office, is_common, names_a_place, opens_a_unit
from pipeline.language.ngrams import load_ngrams
from pipeline.language.stretches import Stretch, Token, without_vowel
from pipeline.language.tokens import is_abbreviation
from pipeline.language.vocabulary import Words, own_grams
from pipeline.language.windows import windows_of
from pipeline.syllables import is_syllable

_OFTEN = 3
"""Times that an abbreviation must be read before others are taken for it."""
_TOGETHER = 300
"""Stretches (of some ten pages) decoded at once: bounds the memory."""
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
        texts: list[list[str]] = []
        for start in range(0, len(stretches), _TOGETHER):
            part = slice(start, start + _TOGETHER)
            texts += self._chosen(stretches[part], before[part] if before is not None else None)
        return texts

    def _chosen(
        self, stretches: Sequence[Stretch], before: Sequence[Sequence[str]] | None
    ) -> list[list[str]]:
        """The texts of some stretches, all their windows decoded together."""
        texts = [[as_it_stands(token) for token in stretch.tokens] for stretch in stretches]
        rows = [[self._id(token) for token in stretch.tokens] for stretch in stretches]
        windows: list[Window] = []
        open_places: list[tuple[list[str], int, tuple[Candidate, ...]]] = []
        for number, doubtful in enumerate(self._doubtful(stretches, rows)):
            tokens, said = stretches[number].tokens, texts[number]
            options = self._open(tokens, doubtful, before[number] if before is not None else None)
            for window, places in windows_of(tokens, rows[number], options, self.words.general.stop):
                windows.append(window)
                open_places += [(said, at, options[at]) for at in places]
        choices = chain.from_iterable(decode(windows, self.model))
        for (said, at, found), choice in zip(open_places, choices, strict=True):
            said[at] = found[choice].text
        return texts

    def _open(
        self, tokens: Sequence[Token], doubtful: set[int], before: Sequence[str] | None
    ) -> dict[int, tuple[Candidate, ...]]:
        """The candidates of each token that has any but itself."""
        if before is not None:
            free = (at for at, token in enumerate(tokens) if token.free)
            doubtful = doubtful.union(at for at in free if before[at] != tokens[at].piece.text)
        options: dict[int, tuple[Candidate, ...]] = {}
        for at in doubtful:
            found = self._options(tokens, at)
            if before is not None and is_common(tokens, at):
                found = preferred(found, before[at], tokens[at].piece.text)
            if len(found) > 1:
                options[at] = found
        return options

    def _options(self, tokens: Sequence[Token], at: int) -> tuple[Candidate, ...]:
        token = tokens[at]
        read = token.piece.text
        before = tokens[at - 1].case if at and tokens[at - 1].piece.kind == "syllable" else None
        after = (
            tokens[at + 1].case if at + 1 < len(tokens) and tokens[at + 1].piece.kind == "syllable" else None
        )
        sure_letters = token.confidence >= self.manner.marks_only and self._known(read)
        found = self.speller.candidates(read, cases_of(token.case, read, before, after), sure_letters)
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

    def _doubtful(self, stretches: Sequence[Stretch], rows: Sequence[Sequence[int]]) -> Iterator[set[int]]:
        """For each stretch the places of the tokens that may be another word; `rows` are their ids."""
        if self.manner.doubt_all:
            yield from ({at for at, token in enumerate(s.tokens) if token.free} for s in stretches)
            return
        for stretch, likely in zip(stretches, self.model.log_along_each(rows), strict=True):
            fits = (likely[:-1] + np.minimum(likely[:-1], likely[1:])) / 2
            unlikely = (fits < self.manner.likely).tolist()
            yield {
                at
                for at, token in enumerate(stretch.tokens)
                if token.free and (unlikely[at] or self._uncertain(token))
            }

    def _uncertain(self, token: Token) -> bool:
        """No known syllable, or one that the engine itself is not sure of."""
        text = token.piece.text
        return token.confidence < self.manner.sure or not (self._known(text) or is_abbreviation(text))

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


def english_restorer() -> Restorer:
    """For text that an engine without Vietnamese made."""
    return Restorer(load_channel("english"), ENGLISH)


def vietnamese_restorer() -> Restorer:
    """For the slips of the Vietnamese model."""
    return Restorer(load_channel("vietnamese"), VIETNAMESE)
