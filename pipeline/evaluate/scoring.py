"""Field F1 of a prediction against gold, as the contract's paragraph "Scoring" defines it.

Each non-null gold field is one expected answer, each non-null predicted field one given
answer; a list is one field, an empty one counts as null. A key that the gold leaves out
is not scored for its item. Items without counterpart count with all their fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pipeline.evaluate.pairing import Entry, nearly_same_sets, pair_items, same_sets
from pipeline.evaluate.report import CollectionScore, Fault, Report, Rows, Tally, Value, WrongField
from pipeline.evaluate.wording import nearly_same, same
from schemas import Gold, Plan, plan_content

Content = Mapping[str, Any]
How = Literal["text", "figure", "set", "units"]


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A scored field: its path in the item and how it is compared."""

    path: tuple[str, ...]
    how: How = "text"

    @property
    def name(self) -> str:
        return ".".join(self.path)


def _rules(names: str) -> tuple[FieldRule, ...]:
    """Rules from names; a bare one is compared as text, others as said after the colon."""
    how: dict[str, How] = {"": "text", "figure": "figure", "set": "set", "units": "units"}
    split = (name.partition(":") for name in names.split())
    return tuple(FieldRule(tuple(path.split(".")), how[kind]) for path, _, kind in split)


SCORED: dict[str, tuple[FieldRule, ...]] = {
    "document": _rules(
        "type number date place issuer parent title signer.authority signer.role signer.name recipients:set"
    ),
    "legal_bases": _rules("type number date issuer"),
    "objectives": _rules("text"),
    "requirements": _rules("text"),
    "tasks": _rules(
        "id title products:set lead:units support:units deadline.text deadline.kind deadline.start"
        " deadline.due deadline.recurrence deadline.duration deadline.basis"
    ),
    "indicators": _rules(
        "id name unit group target.text target.operator target.value:figure lead:units support:units"
    ),
    "assignments": _rules("id units:units text"),
}

RECOGNISED_BY = {
    "legal_bases": "number", "objectives": "text", "requirements": "text", "tasks": "title",
    "indicators": "name", "assignments": "text",
}  # fmt: skip

LEFT_OUT: Any = object()
"""Stands for a key that the gold does not have."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans: its content, and the names of its units by id."""

    content: Content
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of one item compared."""

    field: str
    tally: Tally
    wrong: WrongField | None


def evaluate(gold: Gold | Plan, predicted: Gold | Plan, name: str = "") -> Report:
    """Score `predicted` against `gold`; `name` is what the report calls this pair."""
    truth, answer = _side(gold), _side(predicted)
    scores: list[CollectionScore] = []
    wrong: list[WrongField] = []
    for collection, rules in SCORED.items():
        if truth.content.get(collection) is None:
            continue
        comparisons, rows = _compared(collection, truth, answer)
        fields = {rule.name: Tally() for rule in rules}
        for comparison in comparisons:
            fields[comparison.field] += comparison.tally
            if comparison.wrong is not None:
                wrong.append(replace(comparison.wrong, plan=name))
        scores.append(CollectionScore(collection, rows, fields))
    return Report(tuple(scores), tuple(wrong), (name,) if name else ())


def _side(plan: Gold | Plan) -> Side:
    content = plan_content(plan) if isinstance(plan, Plan) else plan.content
    units = content.get("units") or ()
    return Side(content, {unit["id"]: unit.get("name") or unit["id"] for unit in units if "id" in unit})


def _compared(collection: str, truth: Side, answer: Side) -> tuple[list[Comparison], Rows]:
    gold, predicted = _items(collection, truth), _items(collection, answer)
    if collection == "document":
        pairs = {0: 0}
    else:
        pairs = pair_items(_entries(collection, gold), _entries(collection, predicted))
    comparisons = [
        comparison
        for item, counterpart in _together(gold, predicted, pairs)
        for comparison in _item(collection, (item, truth), (counterpart, answer))
    ]
    return comparisons, Rows(len(gold), len(predicted), len(pairs))


def _items(collection: str, side: Side) -> Sequence[Content]:
    content = side.content.get(collection)
    return [content or {}] if collection == "document" else content or []


def _entries(collection: str, items: Sequence[Content]) -> list[Entry]:
    return [Entry(str(item.get("id", "")), _recognised_by(collection, item)) for item in items]


def _recognised_by(collection: str, item: Content) -> str | None:
    text = item.get(RECOGNISED_BY[collection])
    if text is None and collection == "legal_bases":
        text = item.get("id")  # a basis without number has its printed name as id
    return text or None


def _together(
    gold: Sequence[Content], predicted: Sequence[Content], pairs: Mapping[int, int]
) -> Iterator[tuple[Content | None, Content | None]]:
    """Gold items with their counterparts or null, in order; then predicted items without one."""
    for index, item in enumerate(gold):
        yield item, predicted[pairs[index]] if index in pairs else None
    taken = set(pairs.values())
    for index, item in enumerate(predicted):
        if index not in taken:
            yield None, item


def _item(
    collection: str, gold: tuple[Content | None, Side], predicted: tuple[Content | None, Side]
) -> Iterator[Comparison]:
    alone = gold[0] is None or predicted[0] is None
    key = (gold[0] or predicted[0] or {}).get("id")
    place = f"{collection}/{key}" if key else collection
    for rule in SCORED[collection]:
        expected, given = _value(*gold, rule), _value(*predicted, rule)
        if expected is not LEFT_OUT:
            # A partial prediction that lacks a key has given no answer.
            given = None if given is LEFT_OUT else given
            yield _comparison(rule, expected, given, f"{place}/{rule.name}", alone)


def _value(item: Content | None, side: Side, rule: FieldRule) -> Value:
    """The field's value; null for one that says nothing, LEFT_OUT for a key that is not there."""
    value: Any = item
    for step in rule.path:
        if value is None:
            return None  # no deadline at all: none of its parts either
        if step not in value:
            left_out: Value = LEFT_OUT
            return left_out
        value = value[step]
    if rule.how in ("text", "figure"):
        return None if value is None else _as_text(value)
    names = side.names if rule.how == "units" else {}
    texts = (names.get(entry, entry) for entry in value or ())
    return tuple(text for text in texts if text.strip()) or None


def _as_text(value: str | int | float) -> str | None:
    """A figure as it would be written: 60.0 and 60 are one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if str(value).strip() else None


def _comparison(rule: FieldRule, expected: Value, given: Value, at: str, alone: bool) -> Comparison:
    right, lenient = _verdict(rule.how, expected, given)
    tally = Tally(int(expected is not None), int(given is not None), int(right), int(lenient))
    wrong = None
    if not right and tally.expected + tally.given:
        fault: Fault = "extra" if expected is None else "missing" if given is None else "different"
        wrong = WrongField(at, fault, expected, given, lenient, alone)
    return Comparison(rule.name, tally, wrong)


def _verdict(how: How, expected: Value, given: Value) -> tuple[bool, bool]:
    """Whether an answer is right, strictly and leniently; without two values there is none."""
    if isinstance(expected, tuple) and isinstance(given, tuple):
        return same_sets(expected, given), nearly_same_sets(expected, given)
    if isinstance(expected, str) and isinstance(given, str):
        if how == "figure":  # -5 is not 5, though a dash at the end of a text does not count
            return expected == given, expected == given
        return same(expected, given), nearly_same(expected, given)
    return False, False
