"""Which item of the prediction answers which item of the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.wording import LENIENT_FROM, comparable, likeness

SAME_ID_FROM = 0.5
"""Items of one id pair when their texts are at least half alike: numbering can shift."""
PAIR_FROM = 0.6
"""Items of different ids pair from this text similarity."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an item is recognised by; `text` is null where there is none to compare."""

    id: str
    text: str | None


def pair_items(gold: Sequence[Entry], predicted: Sequence[Entry]) -> dict[int, int]:
    """Index in `gold` to index in `predicted`: by id first, the rest by text."""
    pairs = _by_id(gold, predicted)
    taken = set(pairs.values())
    rest_gold = [index for index in range(len(gold)) if index not in pairs]
    rest_predicted = [index for index in range(len(predicted)) if index not in taken]
    found = best_pairs(
        [gold[index].text for index in rest_gold],
        [predicted[index].text for index in rest_predicted],
        PAIR_FROM,
    )
    return pairs | {rest_gold[left]: rest_predicted[right] for left, right in found.items()}


def _by_id(gold: Sequence[Entry], predicted: Sequence[Entry]) -> dict[int, int]:
    by_id: dict[str, int] = {}
    for index, entry in enumerate(predicted):
        if entry.id:
            by_id.setdefault(comparable(entry.id), index)
    pairs: dict[int, int] = {}
    for index, entry in enumerate(gold):
        other = by_id.get(comparable(entry.id))
        if other is not None and _may_be_one(entry.text, predicted[other].text):
            pairs[index] = other
            del by_id[comparable(entry.id)]
    return pairs


def _may_be_one(left: str | None, right: str | None) -> bool:
    # An item without text, or one whose text the gold leaves out, is known by its id alone.
    return left is None or right is None or likeness(left, right) >= SAME_ID_FROM


def best_pairs(left: Sequence[str | None], right: Sequence[str | None], at_least: float) -> dict[int, int]:
    """Pair texts one to one, the most alike first; among equals in document order."""
    candidates = sorted(
        (-alike, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if one is not None and other is not None and (alike := likeness(one, other)) >= at_least
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def same_sets(left: Sequence[str], right: Sequence[str]) -> bool:
    """Strictly equal as sets."""
    return set(map(comparable, left)) == set(map(comparable, right))


def nearly_same_sets(left: Sequence[str], right: Sequence[str]) -> bool:
    """Leniently equal as sets: each text has its own counterpart."""
    one, other = sorted(set(map(comparable, left))), sorted(set(map(comparable, right)))
    return len(one) == len(other) == len(best_pairs(one, other, LENIENT_FROM))
