"""The parts of a stretch where something has to be chosen, each with the context that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from pipeline.language.candidates import Candidate
from pipeline.language.decode import Event, Window
from pipeline.language.ngrams import Ints
from pipeline.language.stretches import Token

CONTEXT = 2
Options = Mapping[int, tuple[Candidate, ...]]


def windows_of(
    tokens: Sequence[Token], ids: Sequence[int], options: Options, stop: int
) -> Iterator[tuple[Window, list[int]]]:
    """Each window of the stretch, and the places of the tokens that are open in it.

    `ids` are the tokens' own; what has options is open. Signs in a row are one stop, as in the
    counts; two stops stand in front of a stretch and one behind it.
    """
    places = [at for at in range(len(tokens)) if not _both_signs(tokens, at)]
    row = [stop, stop, *(ids[at] for at in places), stop]
    open_at = [number for number, at in enumerate(places) if at in options]
    for start, end in spans(open_at, len(places) + 1):
        inside = [number for number in open_at if start <= number < end]
        events = {number - start + 2: _event(options[places[number]]) for number in inside}
        yield Window(row[start : end + 2], events), [places[number] for number in inside]


def _event(found: Sequence[Candidate]) -> Event:
    ids: Ints = np.array([candidate.id for candidate in found], np.int64)
    return Event(ids, np.array([candidate.channel for candidate in found]))


def _both_signs(tokens: Sequence[Token], at: int) -> bool:
    """True where this token and the one before it are signs: the n-grams count them as one."""
    return at > 0 and tokens[at].piece.kind == tokens[at - 1].piece.kind == "sign"


def spans(places: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """From each place to `CONTEXT` after it, joined where they meet."""
    start = end = -1
    for place in places:
        if start >= 0 and place < end:
            end = min(length, place + CONTEXT + 1)
            continue
        if start >= 0:
            yield start, end
        start, end = place, min(length, place + CONTEXT + 1)
    if start >= 0:
        yield start, end
