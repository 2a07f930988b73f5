"""Syllables that differ in their marks alone: what an engine takes for each other."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.folding import fold
from pipeline.language.ngrams import load_ngrams


@lru_cache(maxsize=20_000)
def rivals_of(text: str) -> tuple[int, ...]:
    """Ids of the known syllables that are written with the same letters and other marks."""
    known = load_ngrams().ids.get(text.lower())
    return tuple(one for one in _by_letters().get(fold(text), ()) if one != known)


@cache
def _by_letters() -> dict[str, tuple[int, ...]]:
    alike: dict[str, list[int]] = {}
    for number, syllable in enumerate(load_ngrams().syllables):
        if syllable.isalpha():
            alike.setdefault(fold(syllable), []).append(number)
    return {letters: tuple(numbers) for letters, numbers in alike.items()}
