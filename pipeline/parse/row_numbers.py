"""The numbers of table rows: as printed, and restored where a neighbour shows what OCR broke.

Row numbers run, so a `S` between 4 and 6 can only be 5. Nothing is restored unless most
rows of the same group agree on how the numbers run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.outline import TableRow
from pipeline.parse.labels import roman_value, to_roman

_STROKES = frozenset("1lI|!Ì")
_BROKEN = frozenset("1lI|!ÌÍÏĨỈỊíìïĩỉịHMmnTtVvYXx\"„“”'.")
_PRINTED = re.compile(r"\w+(?:\.\w+)*")


def number_rows(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """The rows with `number` filled in, those that lost their shape restored."""
    numbered = tuple(replace(row, number=printed_number(row.label.text)) for row in rows)
    result: list[TableRow] = []
    for _, group in groupby(numbered, key=lambda row: (row.group_labels, [g.text for g in row.groups])):
        result.extend(_continued(tuple(group)))
    return tuple(result)


def printed_number(label: str) -> str:
    """The number in what stands in the number column."""
    found = _PRINTED.search(label.strip("() "))
    return found.group() if found else ""


def _continued(rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    """The numbers that the run of the others gives."""
    cells = _number_cells(rows)
    numbers = [cell[0].number for cell in cells]
    wanted = _even_run(numbers) or _between(numbers)
    return tuple(_as_number(row, number) for cell, number in zip(cells, wanted, strict=True) for row in cell)


def _number_cells(rows: tuple[TableRow, ...]) -> list[tuple[TableRow, ...]]:
    """The rows of each cell of the number column: one that is merged down counts once."""
    if not all(row.label for row in rows):
        return [(row,) for row in rows]
    return [tuple(same) for _, same in groupby(rows, key=lambda row: row.label)]


def _even_run(numbers: Sequence[str]) -> list[int | None]:
    """Where most numbers run evenly, what the run says of each; else nothing."""
    offsets = [int(number) - index for index, number in enumerate(numbers) if number.isdecimal()]
    if not offsets:
        return []
    start = max(set(offsets), key=lambda offset: (offsets.count(offset), -abs(offset - 1)))
    fitting = offsets.count(start)
    if fitting < 3 or fitting * 10 < len(numbers) * 7:
        return []
    return [start + index for index in range(len(numbers))]


def _between(numbers: Sequence[str]) -> list[int | None]:
    """What no digit shows any more, where the numbers on both sides leave it no choice.

    A run that begins with it must go on 2, 3; one that ends with it have come n - 2, n - 1.
    """
    known: list[int | None] = [int(number) if number.isdecimal() else None for number in numbers]
    wanted = list(known)
    for unread, stretch in groupby(range(len(known)), key=lambda at: known[at] is None):
        places = list(stretch)
        if not unread:
            continue
        first, after = places[0], places[-1] + 1
        before = known[first - 1] if first else 0
        if after < len(known):
            fits = known[after] == (before or 0) + len(places) + 1
            sure = first > 0 or (after + 1 < len(known) and known[after + 1] == (known[after] or 0) + 1)
        else:
            fits = first > 1
            sure = fits and known[first - 2] == (before or 0) - 1 and len(places) == 1
        if fits and sure:
            wanted[first:after] = [(before or 0) + step for step in range(1, len(places) + 1)]
    return wanted


def _as_number(row: TableRow, number: int | None) -> TableRow:
    if number is None or (row.number.isdecimal() and int(row.number) == number):
        return row
    # A row without any number may be the second half of another: only a broken one is restored.
    return replace(row, number=str(number), restored=True) if row.label else row


# ── groups ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class GroupLabel:
    """The label of a group row as read.

    `own_cell`: its cell was drawn apart from the title's, so that a label belongs there.
    `first`: the number of the first row under it.
    """

    text: str
    own_cell: bool
    first: str = ""


def mend_groups(labels: Sequence[GroupLabel]) -> tuple[str, ...]:
    """The labels, with those Roman numbers restored that OCR broke: groups run I, II, III.

    Under groups A, B the Roman ones begin again.
    """
    mended: list[str] = []
    run: list[GroupLabel] = []
    capitals = 0
    for label in labels:
        if label.text == "ABCDEFGHIK"[capitals : capitals + 1]:
            capitals += 1
            mended += [*_mended_run(run), label.text]
            run = []
        else:
            run.append(label)
    return (*mended, *_mended_run(run))


def _mended_run(run: Sequence[GroupLabel]) -> list[str]:
    """One run of groups; as it was where it is not a run of Roman numbers."""
    labelled = [label for label in run if label.text or label.own_cell]
    if not labelled or not all(_could_be(label.text, at) for at, label in enumerate(labelled, start=1)):
        return [label.text for label in run]
    right = sum(roman_value(label.text) == at for at, label in enumerate(labelled, start=1))
    # A group "1" whose rows are numbered 1, 2, 3 as well was a group I.
    begins_again = all(label.first in ("1", "01") for label in labelled if label.text)
    if not right and not begins_again:
        return [label.text for label in run]
    if right < 2 and not any(label.text for label in labelled[1:]) and len(labelled) > 1:
        return [label.text for label in run]
    numbers = iter(range(1, len(labelled) + 1))
    return [to_roman(next(numbers)) if label.text or label.own_cell else "" for label in run]


def _could_be(label: str, place: int) -> bool:
    """A label of broken strokes may be any Roman number; a whole one must be the right one."""
    value = roman_value(label)
    if value is not None:
        return value == place or set(label) <= _STROKES
    return set(label) <= _BROKEN
