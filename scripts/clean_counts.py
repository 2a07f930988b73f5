"""Counts without the slips of the OCR that the corpus itself was read with.

"bố sung" stands in the counts 200 times, because "bổ sung" does 20,000 times: part of the corpus
was scanned. An n-gram is dropped where changing one syllable by a usual slip of the engine gives
one that is many times more frequent.
"""

from __future__ import annotations

from collections import Counter

from pipeline.language.channel import Channel

Gram = tuple[str, ...]

_USUAL = 0.03
"""Share of a letter's readings from which a confusion is usual (ổ read as ố)."""
_TIMES = 40


def usual_slips(channel: Channel, known: set[str]) -> dict[str, list[str]]:
    """read syllable → syllables that may have been printed instead, one letter apart."""
    printed: dict[str, list[str]] = {}
    for letter, outputs in channel.outputs.items():
        for read, share in outputs.items():
            if len(read) == 1 and read != letter and share >= _USUAL and letter.islower():
                printed.setdefault(read, []).append(letter)
    slips = {}
    for word in known:
        variants = [
            word[:at] + letter + word[at + 1 :]
            for at, read in enumerate(word)
            for letter in printed.get(read, ())
        ]
        meant = [variant for variant in variants if variant in known]
        if meant:
            slips[word] = meant
    return slips


def cleaned(grams: Counter[Gram], slips: dict[str, list[str]]) -> Counter[Gram]:
    """Without n-grams that are far rarer than what they may be a slip for."""
    return Counter({gram: count for gram, count in grams.items() if not _slip(gram, count, grams, slips)})


def _slip(gram: Gram, count: int, grams: Counter[Gram], slips: dict[str, list[str]]) -> bool:
    return any(
        grams.get((*gram[:at], meant, *gram[at + 1 :]), 0) > _TIMES * count
        for at, word in enumerate(gram)
        for meant in slips.get(word, ())
    )
