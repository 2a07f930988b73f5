"""Words that the engine ran together: "HàVănPhúc", "Phốihợp". Each syllable is a word of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.reading.engines import EngineWord
from pipeline.syllables import is_syllable, judge

_MOST = 4
_LEAST = 2


def parted(words: Iterable[EngineWord]) -> list[EngineWord]:
    """The words, those parted that are syllables in one way."""
    return [part for word in words for part in _parts(word)]


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
