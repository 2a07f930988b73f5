"""How good is a reading? By what the engine says of its words, and by what they are."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.reading.engines import EngineWord
from pipeline.syllables import judge

_FALSE, _UNPROVEN = 0.4, 0.95
"""What a word that is no syllable, and one that proves nothing (a figure), is worth of its confidence."""
_POOR = 0.80


def worth(word: EngineWord) -> float:
    """0 to 1: the confidence, less for what is no Vietnamese syllable."""
    verdict = judge(word.text)
    return word.confidence * (1.0 if verdict else _FALSE if verdict is False else _UNPROVEN)


def mean_worth(words: Iterable[EngineWord]) -> float:
    """Mean over letters; 0 where there are none."""
    pairs = [(len(word.text), worth(word)) for word in words]
    letters = sum(length for length, _ in pairs)
    return sum(length * value for length, value in pairs) / letters if letters else 0.0


def yield_of(words: Iterable[EngineWord]) -> float:
    """How much was read, in letters: text that is good for something, less what is not.

    Of two readings of the same page the one that yields more is the better; a mean alone
    would prefer the one that left the difficult half out.
    """
    return sum(len(word.text) * (worth(word) - 0.25) for word in words)


def is_poor(words: tuple[EngineWord, ...]) -> bool:
    """True where another preparation is worth its cost."""
    return mean_worth(words) < _POOR
