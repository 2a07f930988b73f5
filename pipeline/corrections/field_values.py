"""The fields a person can correct: their kinds, reading one from a plan, putting one into a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ValidationError

from pipeline.corrections.errors import CannotCorrect
from pipeline.export.doubts import split_key
from pipeline.resolve.unit_registry import unit_id, without_tone_place
from schemas import Plan, Unit
from schemas.part import Part

FieldKind = Literal["text", "units", "date", "deadline", "target", "list"]

_ACTING: dict[str, FieldKind] = {"lead": "units", "support": "units", "deadline": "deadline"}

KINDS: dict[str, dict[str, FieldKind]] = {
    "document": {
        "type": "text", "number": "text", "date": "date", "place": "text", "issuer": "text",
        "parent": "text", "title": "text", "period.start": "date", "period.end": "date",
        "signer.authority": "text", "signer.role": "text", "signer.name": "text",
        "recipients": "list", "urgency": "text", "secrecy": "text",
    },
    "legal_bases": {
        "type": "text", "number": "text", "date": "date", "issuer": "text", "subject": "text",
        "amends": "text",
    },
    "objectives": {"text": "text"},
    "requirements": {"text": "text"},
    "tasks": {"title": "text", **_ACTING, "products": "list", "details": "list"},
    "indicators": {"group": "text", "name": "text", "unit": "text", "target": "target", **_ACTING},
    "assignments": {"units": "units", "text": "text", "deadline": "deadline"},
    "appendices": {"title": "text"},
    "sections": {"title": "text", "text": "text"},
    "units": {"name": "text"},
}  # fmt: skip
"""For each collection its fields in the order of the contract."""


def kind_at(plan: Plan, key: str) -> FieldKind:
    """The kind of the field `key`.

    Raises:
        CannotCorrect: `no-field` if the plan has no such item, or the item no such field.
    """
    collection, item, field = split_key(key)
    kind = KINDS.get(collection, {}).get(field)
    if kind is None or _part(plan, collection, item) is None:
        raise CannotCorrect("no-field", key)
    return kind


def kept_value(plan: Plan, key: str) -> Any:
    """The value of the field as it is kept: plain data, units by their names.

    Raises:
        CannotCorrect: `no-field`.
    """
    kind = kind_at(plan, key)
    collection, item, field = split_key(key)
    value: Any = _part(plan, collection, item)
    for name in field.split("."):
        value = getattr(value, name) if value is not None else None
    if isinstance(value, Part):
        return value.model_dump(mode="json")
    if kind == "units":
        names = {unit.id: unit.name for unit in plan.units}
        return [names[one] for one in value]
    return list(value) if isinstance(value, tuple) else value


def with_value(plan: Plan, key: str, value: Any) -> Plan:
    """The plan with `value`, as kept, in the field `key`; units that this needs are added.

    A unit that nothing names any more goes away with its evidence, as if it had not been read.

    Raises:
        CannotCorrect: `no-field`; `bad-value` if the contract does not allow it.
    """
    kind = kind_at(plan, key)
    collection, item, field = split_key(key)
    before = plan
    if kind == "units":
        plan, value = _with_units(plan, value)
    old = _part(plan, collection, item)
    assert old is not None  # kind_at has found it
    try:
        new = _changed(old, field, value)
    except ValidationError as error:
        raise CannotCorrect("bad-value", error.errors(include_url=False)[0]["msg"]) from error
    if collection == "document":
        return plan.model_copy(update={"document": new})
    items = tuple(new if one is old else one for one in getattr(plan, collection))
    plan = plan.model_copy(update={collection: items})
    return _without_unnamed(plan, before) if kind == "units" else plan


def matching_unit(units: Sequence[Unit], name: str) -> Unit | None:
    """The unit that is called or was written so; capitals, spaces and hoà or hòa do not matter."""
    wanted = _same(name)
    called = (unit for unit in units if _same(unit.name) == wanted)
    written = (unit for unit in units if any(_same(one) == wanted for one in unit.written))
    return next(called, None) or next(written, None)


def _part(plan: Plan, collection: str, item: str) -> Part | None:
    if collection == "document":
        return None if item else plan.document
    return next((one for one in getattr(plan, collection) if one.id == item), None)


def _changed(part: Part, field: str, value: Any) -> Part:
    """A copy of `part` with the value in `field`; `period.start` makes the period if need be."""
    data = part.model_dump(by_alias=True)
    head, _, tail = field.partition(".")
    if tail:
        inner = data[head] or dict.fromkeys(("start", "end"))
        inner[tail] = value
        empty = head == "period" and not any(inner.values())
        data[head] = None if empty else inner
    else:
        data[head] = value
    return type(part).model_validate(data)


def _with_units(plan: Plan, names: Any) -> tuple[Plan, list[str]]:
    """The plan with all units of these names, and their ids, each once."""
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) and one.strip() for one in names):
        raise CannotCorrect("bad-value", "a list of names")
    units = list(plan.units)
    ids = []
    for name in names:
        unit = matching_unit(units, name)
        if unit is None:
            unit = Unit(id=_free_id(name, units), name=name, written=(name,))
            units.append(unit)
        ids.append(unit.id)
    return plan.model_copy(update={"units": tuple(units)}), list(dict.fromkeys(ids))


def _without_unnamed(plan: Plan, before: Plan) -> Plan:
    """Without the units that `before` named somewhere and `plan` names nowhere."""
    gone = _named(before) - _named(plan)
    if not gone:
        return plan
    keys = {f"units/{unit}/name" for unit in gone}
    update = {
        "units": tuple(unit for unit in plan.units if unit.id not in gone),
        "evidence": {key: places for key, places in plan.evidence.items() if key not in keys},
        "findings": tuple(one for one in plan.findings if one.at not in keys),
    }
    return plan.model_copy(update=update)


def _named(plan: Plan) -> set[str]:
    named = {unit for task in plan.tasks for unit in (*task.lead, *task.support)}
    named |= {unit for indicator in plan.indicators for unit in (*indicator.lead, *indicator.support)}
    return named | {unit for assignment in plan.assignments for unit in assignment.units}


def _free_id(name: str, units: Sequence[Unit]) -> str:
    base, taken = unit_id(name), {unit.id for unit in units}
    return next(one for one in (base, *(f"{base}~{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _same(name: str) -> str:
    return " ".join(without_tone_place(word) for word in name.casefold().split())
