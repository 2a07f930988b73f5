"""The result of an evaluation: counts, scores and every wrong field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

Fault = Literal["missing", "extra", "different"]
Value = str | tuple[str, ...] | None
"""A field's value as compared: a text, the texts of a list, or null."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers counted: `expected` by the gold, `given` by the prediction, right strictly and leniently."""

    expected: int = 0
    given: int = 0
    right: int = 0
    lenient: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.expected + other.expected,
            self.given + other.given,
            self.right + other.right,
            self.lenient + other.lenient,
        )

    @property
    def f1(self) -> float | None:
        """Strict F1, null where nothing was expected and nothing given."""
        return self._f1(self.right)

    @property
    def lenient_f1(self) -> float | None:
        """Lenient F1, null where nothing was expected and nothing given."""
        return self._f1(self.lenient)

    def _f1(self, right: int) -> float | None:
        answers = self.expected + self.given
        return 2 * right / answers if answers else None

    def as_dict(self) -> dict[str, Any]:
        """Counts and scores for JSON."""
        return {
            "f1": self.f1,
            "lenient_f1": self.lenient_f1,
            "expected": self.expected,
            "given": self.given,
            "right": self.right,
            "lenient_right": self.lenient,
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """Items: in the gold, in the prediction, and gold items found in the prediction."""

    gold: int = 0
    predicted: int = 0
    found: int = 0

    def __add__(self, other: Rows) -> Rows:
        return Rows(self.gold + other.gold, self.predicted + other.predicted, self.found + other.found)


@dataclass(frozen=True, slots=True)
class WrongField:
    """A field that is not strictly right.

    `at` is collection/id/field with the id of the gold, or that of the prediction for an
    item that the gold does not have. `whole_item` says that its item has no counterpart.
    """

    at: str
    fault: Fault
    gold: Value
    predicted: Value
    lenient: bool = False
    whole_item: bool = False
    plan: str = ""


@dataclass(frozen=True, slots=True)
class CollectionScore:
    """The score of one collection, and of each of its fields by name."""

    name: str
    rows: Rows
    fields: dict[str, Tally] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        return sum_of(self.fields.values())


@dataclass(frozen=True, slots=True)
class Report:
    """The score of a prediction (or of several) against gold.

    `collections` holds those that the gold has, in the contract's order.
    """

    collections: tuple[CollectionScore, ...]
    wrong: tuple[WrongField, ...]
    plans: tuple[str, ...] = ()

    @property
    def tally(self) -> Tally:
        """The counts of all collections: its `f1` and `lenient_f1` are the field F1."""
        return sum_of(collection.tally for collection in self.collections)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, in a stable order."""
        return {
            "plans": list(self.plans),
            **self.tally.as_dict(),
            "collections": {score.name: _collection_dict(score) for score in self.collections},
            "wrong": [_wrong_dict(wrong) for wrong in self.wrong],
        }


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """All `tallies` added up."""
    return reduce(Tally.__add__, tallies, Tally())


def combine(reports: Sequence[Report]) -> Report:
    """One report over several pairs of plans: their counts added up, so F1 stays a micro-average."""
    merged: dict[str, CollectionScore] = {}
    for report in reports:
        for score in report.collections:
            merged[score.name] = _added(merged[score.name], score) if score.name in merged else score
    return Report(
        tuple(merged[name] for name in _in_order(reports)),
        tuple(wrong for report in reports for wrong in report.wrong),
        tuple(plan for report in reports for plan in report.plans),
    )


def _in_order(reports: Sequence[Report]) -> list[str]:
    """Names of collections in the order of the fullest report, then those it lacks."""
    fullest_first = sorted(reports, key=lambda report: -len(report.collections))
    return list(dict.fromkeys(score.name for report in fullest_first for score in report.collections))


def _added(left: CollectionScore, right: CollectionScore) -> CollectionScore:
    names = dict.fromkeys([*left.fields, *right.fields])
    fields = {name: left.fields.get(name, Tally()) + right.fields.get(name, Tally()) for name in names}
    return CollectionScore(left.name, left.rows + right.rows, fields)


def _collection_dict(score: CollectionScore) -> dict[str, Any]:
    rows = {"gold": score.rows.gold, "predicted": score.rows.predicted, "found": score.rows.found}
    fields = {name: tally.as_dict() for name, tally in score.fields.items()}
    return {**score.tally.as_dict(), "rows": rows, "fields": fields}


def _wrong_dict(wrong: WrongField) -> dict[str, Any]:
    return {
        "plan": wrong.plan,
        "at": wrong.at,
        "fault": wrong.fault,
        "gold": _plain(wrong.gold),
        "predicted": _plain(wrong.predicted),
        "lenient": wrong.lenient,
        "whole_item": wrong.whole_item,
    }


def _plain(value: Value) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value
