"""How sure each word is: what the engine says, what was read, and how it fits its neighbours.

An engine is as sure of a wrong mark as of a right one. What gives the mark away is that the
syllable hardly ever stands beside its neighbours, and that one with other marks would. So each
word gets the share of words like it that are right, by a logistic model over plain features; its
weights are in `rules/confidence.yaml`, fitted by `benchmarks/confidence.py` on worn pages whose
printed words are known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import mul

import numpy as np

from pipeline.language.decode import Blend
from pipeline.language.manner import VIETNAMESE
from pipeline.language.mend import is_trusted, runs_of, trusted_among, with_words, without_vietnamese
from pipeline.language.ngrams import Ints, Reals, load_ngrams
from pipeline.language.rivals import rivals_of
from pipeline.language.stretches import Stretch, stretch_of
from pipeline.language.vocabulary import Words, own_grams
from pipeline.rules import load_rules
from pipeline.syllables import judge
from pipeline.types import Manuscript, Word

FEATURES = (
    "bias", "surprise", "unlikely", "rival", "invalid", "mended", "figure", "lone", "odd", "capitals"
)  # fmt: skip
_LEAST = 0.03
_NEUTRAL_LIKE, _LEAST_LIKE = -4.0, -15.0
_NO_RIVAL, _MOST_RIVAL = -8.0, 8.0
_TOKENS = 2_000
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 16_384, 40
_ODD = re.compile(
    r"['`‘’^ˆ~|_{}\[\]\\<>‹›«»§¢°]|[:;][-–]"
    r"|[^\W\d_][:;.,]+[^\W\d_]|[a-zà-ỹđ][-–][a-zà-ỹđ]|\w[^\w\s/.,:;()%–-]\w|[,;:/][.,;:/]|I1|1I|l1|1l"
)
"""What stands inside no printed word: specks and strokes read as signs, half of a Roman number."""
_LEAST_WORD, _LEAST_ABBREVIATION = 2, 4
"""Letters from which on a word, and one with capitals (`TP.`, `ThS.`), is not shortened by its full stop."""
_LEADERS = re.compile(r"[.…_]{3,}")


def weigh(manuscript: Manuscript, *, trusted_pages: Set[int] = frozenset()) -> Manuscript:
    """The manuscript with `Word.sure` for every word of OCR; nothing else changes.

    Words of a trusted text layer, and text of an engine without Vietnamese, for which the model
    does not hold, are left without.
    """
    weighed = {
        id(word): replace(word, sure=round(_share(features), 4))
        for word, features in features_of(manuscript, trusted_pages)
    }
    return with_words(manuscript, weighed) if weighed else manuscript


def features_of(
    manuscript: Manuscript, trusted_pages: Set[int] = frozenset()
) -> Iterator[tuple[Word, tuple[float, ...]]]:
    """Each word of OCR with what tells right from wrong readings, in the order of `FEATURES`."""
    runs = [run for run in runs_of(manuscript) if run]
    loose = [word for run in runs for word in run]
    trusted = trusted_pages | trusted_among(loose)
    free = [word for word in loose if not is_trusted(word, trusted) and word.origin == "ocr"]
    if not free or without_vietnamese(free):
        return
    wanted = {id(word) for word in free}
    stretches = [stretch_of(run, [False] * len(run), False) for run in runs]
    for stretch, fits in zip(stretches, _fits(stretches), strict=True):
        for word, following, fit in zip(stretch.words, (*stretch.words[1:], None), fits, strict=True):
            if id(word) in wanted:
                yield word, _features(word, following, fit)


def _share(features: Sequence[float]) -> float:
    return 1.0 / (1.0 + math.exp(sum(map(mul, _weights(), features))))


@cache
def _weights() -> tuple[float, ...]:
    weights = load_rules("confidence")["words"]
    return tuple(weights[name] for name in FEATURES)


@dataclass(frozen=True, slots=True)
class _Fit:
    """The least log-probability of a word's syllables in their place, and by how much the best
    syllable with other marks would be likelier there."""

    like: float = _NEUTRAL_LIKE
    rival: float = _NO_RIVAL


def _features(word: Word, following: Word | None, fit: _Fit) -> tuple[float, ...]:
    known = _known_signs if len(word.text) <= _LONGEST_REMEMBERED else _signs
    invalid, figure, lone, odd, capitals = known(word.text)
    if following is not None and _stops_short(word.text, following.text):
        odd = 1.0
    surprise = math.sqrt(-math.log(max(word.confidence, _LEAST)))
    mended = float(word.text != word.raw)
    return (1.0, surprise, -fit.like, fit.rival, invalid, mended, figure, lone, odd, capitals)


def _stops_short(text: str, following: str) -> bool:
    """A full stop behind a word and before a small letter: a comma as often as not, or a speck."""
    word = text[:-1]
    shortened = len(word) < _LEAST_WORD or (len(word) < _LEAST_ABBREVIATION and not word.islower())
    return text.endswith(".") and word.isalpha() and not shortened and following[:1].islower()


def _signs(text: str) -> tuple[float, ...]:
    """What a word's text alone tells: no syllable, a figure, a lone letter, odd signs inside, capitals."""
    bare = text.strip('.,;:()“”"')
    return (
        float(judge(text) is False),
        float(any(map(str.isdigit, text))),
        float(len(bare) == 1 and bare.isalpha()),
        float(bool(_ODD.search(_LEADERS.sub("", text)))),
        float(text.isupper()),
    )


_known_signs = lru_cache(maxsize=_MOST_REMEMBERED)(_signs)


def _fits(stretches: Sequence[Stretch]) -> Iterator[list[_Fit]]:
    """For each stretch the fit of each of its words, by the general model and the document's own."""
    words = Words(load_ngrams())
    stop, figure = words.general.stop, words.general.figure
    texts = [
        [
            stop if token.piece.kind == "sign" else figure if token.piece.kind == "figure"
            else words.id_of(token.piece.text)
            for token in stretch.tokens
        ]
        for stretch in stretches
    ]  # fmt: skip
    model = Blend(words.general, own_grams(texts, words), VIETNAMESE.own_share)
    leads = _leads(stretches, texts, model)
    for stretch, likely, lead in zip(stretches, model.log_along_each(texts), leads, strict=True):
        likes = np.maximum((likely[:-1] + np.minimum(likely[:-1], likely[1:])) / 2, _LEAST_LIKE).tolist()
        found: list[list[_Fit]] = [[] for _ in stretch.words]
        for at, token in enumerate(stretch.tokens):
            if token.piece.kind == "syllable":
                found[token.word].append(_Fit(likes[at], lead[at]))
        yield [_worst(fits) for fits in found]


def _worst(fits: Sequence[_Fit]) -> _Fit:
    if len(fits) < 2:
        return fits[0] if fits else _Fit()
    return _Fit(min(fit.like for fit in fits), max(fit.rival for fit in fits))


def _leads(
    stretches: Sequence[Stretch], texts: Sequence[Sequence[int]], model: Blend
) -> Iterator[list[float]]:
    """For each token by how much (log) its best rival would fit its place better than itself."""
    start = tokens = 0
    for end, ids in enumerate(texts, start=1):
        tokens += len(ids)
        # A token has a dozen rivals: those of a long document are not held at once.
        if tokens >= _TOKENS or end == len(texts):
            yield from _leads_of(stretches[start:end], texts[start:end], model)
            start, tokens = end, 0


def _leads_of(
    stretches: Sequence[Stretch], texts: Sequence[Sequence[int]], model: Blend
) -> list[list[float]]:
    stop = model.general.stop
    rows: list[tuple[int, ...]] = []
    owners: list[tuple[int, int]] = []
    for number, (stretch, ids) in enumerate(zip(stretches, texts, strict=True)):
        padded = [stop, stop, *ids, stop, stop]
        for at, token in enumerate(stretch.tokens):
            others = rivals_of(token.piece.text) if token.piece.kind == "syllable" else ()
            if others:
                before, after = padded[at : at + 2], padded[at + 3 : at + 5]
                rows += [(*before, one, *after) for one in (ids[at], *others)]
                owners += [(number, at)] * (len(others) + 1)
    leads = [[_NO_RIVAL] * len(ids) for ids in texts]
    if not rows:
        return leads
    scores = _scores(np.array(rows, np.int64), model)
    start = 0
    while start < len(owners):
        number, at = owners[start]
        end = start + 1 + len(rivals_of(stretches[number].tokens[at].piece.text))
        lead = float(scores[start + 1 : end].max() - scores[start])
        leads[number][at] = min(max(lead, _NO_RIVAL), _MOST_RIVAL)
        start = end
    return leads


def _scores(rows: Ints, model: Blend) -> Reals:
    """log P of the last three of each row of five, each after the two before it."""
    likely: Reals = model.log_along(rows.ravel()).reshape(-1, 5)[:, 2:].sum(axis=1)
    return likely
