"""Words that the engine ran together ("HàVănMinh", "Phốihợp"), and words that it cut in two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.reading.engines import EngineWord
from pipeline.syllables import is_syllable, judge

_MOST = 4
_LEAST = 2
_INSIDE = 0.6


def parted(words: Iterable[EngineWord]) -> list[EngineWord]:
    """The words, those parted that are syllables in one way."""
    return [part for word in words for part in _parts(word)]


def rejoined(words: Iterable[EngineWord]) -> list[EngineWord]:
    """The words, those that lie within the one before them on their line put back to it.

    What stands where another word stands is a piece of it: "09-HD/BTGDV" and "TU" of one code.
    """
    whole: list[EngineWord] = []
    for word in words:
        before = whole[-1] if whole else None
        if before is not None and before.line == word.line != "" and _lies_in(word, before):
            right = max(before.right, word.right)
            sure = min(before.confidence, word.confidence)
            whole[-1] = replace(before, text=before.text + word.text, right=right, confidence=sure)
        else:
            whole.append(word)
    return whole


def _lies_in(word: EngineWord, before: EngineWord) -> bool:
    """Most of its width, at its end: letters, not a stop or a mark."""
    inside = min(word.right, before.right) - max(word.left, before.left)
    level = min(word.bottom, before.bottom) - max(word.top, before.top)
    return (
        word.text.isalnum()
        and word.left > (before.left + before.right) / 2
        and inside >= _INSIDE * (word.right - word.left)
        and level >= _INSIDE * min(word.bottom - word.top, before.bottom - before.top)
    )


def _parts(word: EngineWord) -> list[EngineWord]:
    core = word.text.strip(".,;:()")
    # Latin words ("Video") may look like two syllables: a Vietnamese letter has to be in it.
    if len(core) < 2 * _LEAST or core.isascii() or not core.isalpha() or judge(word.text) is not False:
        return [word]
    ways = list(_ways(core, _MOST))
    least = min(map(len, ways), default=0)
    ways = [way for way in ways if len(way) == least]
    if len(ways) != 1:
        return [word]
    return _placed(word, ways[0], core)


def _ways(text: str, most: int) -> Iterable[tuple[str, ...]]:
    """Every way to part `text` into two or more syllables of like case; words that end in capitals apart."""
    for at in range(_LEAST, len(text) - _LEAST + 1):
        first, rest = text[:at], text[at:]
        if not is_syllable(first) or (first[1:] != first[1:].lower() and first != first.upper()):
            continue
        if is_syllable(rest) and (rest[1:] == rest[1:].lower() or rest == rest.upper()):
            yield (first, rest)
        if most > 2:
            for way in _ways(rest, most - 1):
                yield (first, *way)


def _placed(word: EngineWord, parts: tuple[str, ...], core: str) -> list[EngineWord]:
    """Each part with its share of the box, by letters; outer punctuation stays with its word."""
    before, _, behind = word.text.partition(core)
    texts = [*parts]
    texts[0] = before + texts[0]
    texts[-1] += behind
    total = sum(map(len, texts))
    width = word.right - word.left
    placed, at = [], 0
    for text in texts:
        left = word.left + width * at / total
        at += len(text)
        placed.append(replace(word, text=text, left=left, right=word.left + width * at / total))
    return placed
