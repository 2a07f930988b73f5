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
_ROWS = 20_000
_ODD = re.compile(
    r"['`‘’^~|_{}\[\]\\<>«»§¢°]"
    r"|[^\W\d_][:;.,]+[^\W\d_]|[a-zà-ỹđ][-–][a-zà-ỹđ]|\w[^\w\s/.,:;()%–-]\w|[,;:/][.,;:/]"
)
"""Signs that stand inside no printed word: specks and strokes read as such."""
_LEADERS = re.compile(r"[.…_]{3,}")


def weigh(manuscript: Manuscript, *, trusted_pages: Set[int] = frozenset()) -> Manuscript:
    """The manuscript with `Word.sure` for every word of OCR; nothing else changes.

    Words of a trusted text layer, and text of an engine without Vietnamese, for which the model
    does not hold, are left without.
    """
    sure = {id(word): _share(features) for word, features in features_of(manuscript, trusted_pages)}
    if not sure:
        return manuscript
    words = {id(word): word for run in runs_of(manuscript) for word in run if id(word) in sure}
    return with_words(
        manuscript, {key: replace(word, sure=round(sure[key], 4)) for key, word in words.items()}
    )


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
        for word, fit in zip(stretch.words, fits, strict=True):
            if id(word) in wanted:
                yield word, _features(word, fit)


def _share(features: Sequence[float]) -> float:
    weights = load_rules("confidence")["words"]
    wrong = sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))
    return 1.0 / (1.0 + math.exp(wrong))


@dataclass(frozen=True, slots=True)
class _Fit:
    """The least log-probability of a word's syllables in their place, and by how much the best
    syllable with other marks would be likelier there."""

    like: float = _NEUTRAL_LIKE
    rival: float = _NO_RIVAL


def _features(word: Word, fit: _Fit) -> tuple[float, ...]:
    bare = word.text.strip('.,;:()“”"')
    inner = _LEADERS.sub("", word.text)
    return (
        1.0,
        math.sqrt(-math.log(max(word.confidence, _LEAST))),
        -fit.like,
        fit.rival,
        float(judge(word.text) is False),
        float(word.text != word.raw),
        float(any(map(str.isdigit, word.text))),
        float(len(bare) == 1 and bare.isalpha()),
        float(bool(_ODD.search(inner))),
        float(word.text.isupper()),
    )


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
    for stretch, ids, leads in zip(stretches, texts, _leads(stretches, texts, model), strict=True):
        likely = model.log_along(np.array([*ids, stop], np.int64))
        found: list[list[_Fit]] = [[] for _ in stretch.words]
        for at, token in enumerate(stretch.tokens):
            if token.piece.kind == "syllable":
                like = (likely[at] + min(likely[at], likely[at + 1])) / 2
                found[token.word].append(_Fit(max(float(like), _LEAST_LIKE), leads[at]))
        yield [_worst(fits) for fits in found]


def _worst(fits: Sequence[_Fit]) -> _Fit:
    return _Fit(min(fit.like for fit in fits), max(fit.rival for fit in fits)) if fits else _Fit()


def _leads(stretches: Sequence[Stretch], texts: Sequence[Sequence[int]], model: Blend) -> list[list[float]]:
    """For each token by how much (log) its best rival would fit its place better than itself."""
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
    scores = _scores(np.array(rows, np.int64).reshape(-1, 5), model)
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
    parts = [
        model.log_along(rows[start : start + _ROWS].ravel()).reshape(-1, 5)[:, 2:].sum(axis=1)
        for start in range(0, len(rows), _ROWS)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)
