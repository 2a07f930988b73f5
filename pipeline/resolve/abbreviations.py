"""Abbreviations that the document itself defines: "thủ tục hành chính (TTHC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.folding import fold
from pipeline.resolve.record import Record
from pipeline.types import Passage
from schemas import Abbreviation

_DEFINED = re.compile(
    r"\((?:sau đây )?(?:viết tắt là|gọi tắt là|gọi là|viết tắt)?:?\s*[\"“']?([A-ZĐ][A-ZĐ&-]{1,11})[\"”']?\)"
)


def abbreviations_of(passages: Iterable[Passage], record: Record) -> tuple[Abbreviation, ...]:
    """Each capital word in brackets whose letters are the initials of the words before it, once."""
    found: dict[str, Abbreviation] = {}
    for passage in passages:
        for match in _DEFINED.finditer(passage.text):
            short = match.group(1)
            start = _full_form(passage.text[: match.start()], short)
            if start is None or short in found:
                continue
            full = passage.part(start, match.start())
            found[short] = Abbreviation(short=short, full=full.text)
            record.prove(f"abbreviations/{short}/full", passage.part(start, match.end()))
    return tuple(found.values())


def _full_form(before: str, short: str) -> int | None:
    """Where the words begin whose initials spell `short`; None where they do not."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    words = list(re.finditer(r"[^\W\d_]+", before))
    if len(words) < len(letters):
        return None
    tail = words[-len(letters) :]
    if [fold(word.group())[0] for word in tail] != letters:
        return None
    between = before[tail[0].start() :]
    return None if re.search(r"[.;:]", between) else tail[0].start()
