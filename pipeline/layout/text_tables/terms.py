"""On what terms a body is cut in one run: the lines, and what is known of them before it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.layout.text_tables.body import Body, key_of, spans_of
from pipeline.layout.text_tables.evidence import Learned, is_main
from pipeline.layout.text_tables.recurring import Key
from pipeline.layout.text_tables.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Terms:
    """What all steps of a run look at; nothing of it changes while the run goes down the lines."""

    body: Body
    vocabulary: Vocabulary
    tails: Sequence[int]
    """For each line how many of its last words recur at the ends of lines."""
    learned: Learned
    main: tuple[bool, ...]
    widths: tuple[float | None, ...]
    """Of each column, in letters; null where unknown."""
    on_top: bool
    """Numbers stand beside the first line of their rows, not in the middle."""
    next_number: Mapping[int, int | None]
    """The number that is printed first from this line on."""

    def own_spans(self, line: int) -> dict[int, Key]:
        """What the last round made of this line: no evidence for itself."""
        own, pieces = self.learned.lines.get(line, ()), self.body.pieces(line)
        return {column: key_of(held, self.vocabulary) for column, held in spans_of(pieces, own)}


def terms_of(body: Body, vocabulary: Vocabulary, tails: Sequence[int], learned: Learned) -> Terms:
    """The terms for a run after `learned` was found."""
    return Terms(
        body,
        vocabulary,
        tails,
        learned,
        tuple(is_main(role) for role in body.roles),
        tuple(learned.widths.get(column) for column in range(len(body.roles))),
        _numbers_on_top(body),
        {line: _number_from(body, line) for line in range(len(body.lines) + 1)},
    )


def _number_from(body: Body, line: int) -> int | None:
    return next((entry.value for at, entry in body.numbers.items() if at >= line), None)


def _numbers_on_top(body: Body) -> bool:
    """What follows the numbers begins with a capital."""
    opens = [body.pieces(line)[0].opens for line in body.numbers if body.pieces(line)]
    return bool(opens) and sum(opens) * 10 >= len(opens) * 6
