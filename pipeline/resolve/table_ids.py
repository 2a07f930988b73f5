"""Ids of table rows: the printed number, with the group's number where rows start again at 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.outline import TableRow


def row_ids(rows: Sequence[TableRow], prefix: str) -> tuple[str, ...]:
    """One id a row (empty for rows without a number): `PL1.3`, `PL2.II.3`.

    The group's number is part of the id where its rows start again at 1, and where
    there is a single group I; running numbers under groups A, B, C need none.
    """
    numbers = [row.number for row in rows]
    grouped = _groups_count(rows, numbers)
    ids = []
    for row, number in zip(rows, numbers, strict=True):
        labels = [label for label in row.group_labels if label] if grouped else []
        ids.append(".".join([prefix, *labels, number] if prefix else [*labels, number]) if number else "")
    return tuple(ids)


def _groups_count(rows: Sequence[TableRow], numbers: Sequence[str]) -> bool:
    groups = {row.group_labels for row in rows if any(row.group_labels)}
    if not groups:
        return False
    if len(groups) == 1:
        return all(row.group_labels for row in rows) and not any(
            label in tuple("ABCDEFGH") for label in next(iter(groups))
        )
    return len(set(numbers)) < len(numbers)


def gaps(rows: Sequence[TableRow]) -> Iterator[tuple[int, str, str]]:
    """Places where printed numbers jump: the index of the row after the gap, the number before, its own.

    A number that begins again at 1 under a new group is no gap.
    """
    for at, (before, after) in enumerate(pairwise(rows), start=1):
        first, second = before.number.rpartition("."), after.number.rpartition(".")
        if not (first[2].isdecimal() and second[2].isdecimal()) or first[0] != second[0]:
            continue
        if int(second[2]) > int(first[2]) + 1:
            yield at, before.number, after.number
