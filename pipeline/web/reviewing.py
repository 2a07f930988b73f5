"""The review: a plan as fields, and what a person says about one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pipeline.corrections import (
    KINDS,
    CannotCorrect,
    Correction,
    FieldKind,
    Kept,
    corrected,
    deadline_from,
    kept_value,
    locked,
    save,
    shown,
    understood,
    undone,
    well_formed,
)
from pipeline.export.doubts import Checked, split_key
from pipeline.web.answers import Change, Corrected, FieldAnswer, UnderstoodDeadline
from pipeline.web.library import Held, Library
from pipeline.web.refusals import Refusal
from schemas import Plan
from schemas.part import Part

_ONLY_WHERE_FILLED = {"units", "appendices", "sections", "tasks/details"}
"""Collections and fields that are shown only where they hold something."""
_SEEN_ELSEWHERE = "units"
"""A unit is checked where it leads, supports or is told to."""


class Fields:
    """The fields of one open plan."""

    def __init__(self, held: Held) -> None:
        self._plan = held.plan
        self._checked = Checked(held.plan)
        self._names = {unit.id: unit.name for unit in held.plan.units}
        self._said: dict[str, list[Correction]] = {}
        for one in held.kept.entries:
            self._said.setdefault(one.key, []).append(one)

    def all(self) -> Iterator[FieldAnswer]:
        """Every field in the order of the contract."""
        for collection, kinds in KINDS.items():
            part = getattr(self._plan, collection)
            for item in (part,) if isinstance(part, Part) else part:
                for field, kind in kinds.items():
                    found = self._field(collection, item, field, kind)
                    if (
                        found.text
                        or found.places
                        or not {collection, f"{collection}/{field}"} & _ONLY_WHERE_FILLED
                    ):
                        yield found

    def one(self, key: str) -> FieldAnswer | None:
        """The field with this key; null where there is none any more."""
        collection, item, field = split_key(key)
        kind = KINDS.get(collection, {}).get(field)
        part = getattr(self._plan, collection, None)
        items = (part,) if isinstance(part, Part) else part or ()
        found = next((one for one in items if getattr(one, "id", "") == item), None)
        return self._field(collection, found, field, kind) if kind and found is not None else None

    def _field(self, collection: str, item: Part, field: str, kind: FieldKind) -> FieldAnswer:
        own = getattr(item, "id", "")
        key = f"{collection}/{own}/{field}" if own else f"{collection}/{field}"
        value: Any = item
        for name in field.split("."):
            value = getattr(value, name) if value is not None else None
        evidence = self._plan.evidence
        places = evidence.get(key) or evidence.get(key.rpartition(".")[0]) or ()
        said = self._said.get(key, [])
        last = said[-1] if said else None
        reasons = self._checked.doubts(key)
        unfit = any(one.at == key and one.code == "correction-unfit" for one in self._plan.findings)
        changed = last is not None and not unfit and said[0].old != last.new
        return FieldAnswer.model_construct(
            key=key,
            group=collection,
            item=own,
            field=field,
            value=_plain(value),
            text=self._text(value, kind),
            printed=" ".join(place.mended or place.text for place in places),
            places=places,
            confidence=min((place.confidence for place in places), default=None),
            doubtful=unfit or (bool(reasons) and last is None and collection != _SEEN_ELSEWHERE),
            reasons=reasons,
            corrected=Corrected(old=said[0].old, when=_moment(said[-1])) if changed else None,
            accepted=last is not None and not unfit and last.accepted,
            editable=kind,
        )

    def _text(self, value: Any, kind: FieldKind) -> str:
        if value is None:
            return ""
        if kind == "units":
            return "; ".join(self._names[one] for one in value)
        if kind == "list":
            return "\n".join(value)
        if kind == "date":
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        return shown(_plain(value))


def doubts_of(held: Held) -> int:
    """How many fields are doubtful."""
    return sum(field.doubtful for field in Fields(held).all())


def change(library: Library, plan: str, version: str, key: str, said: Change) -> Held:
    """Take what a person says about a field; the plan after it.

    Raises:
        Refusal: 412 where another window was there first.
        CannotCorrect: the value does not fit, or there is no such field.
        CannotWrite: it could not be kept.
    """
    path = library.open(plan).path
    with locked(path):
        held = _of_version(library, plan, version)
        correction = _correction(held.plan, key, said)
        after = corrected(held.plan, correction)
        entries = (*held.kept.entries, correction)
        return _saved(library, held, after, held.kept.model_copy(update={"entries": entries}))


def undo(library: Library, plan: str, version: str) -> tuple[Held, str]:
    """Take the last change back; the plan after it, and the key of the field.

    Raises:
        Refusal, CannotWrite: as for `change`.
        CannotCorrect: `nothing-to-undo`.
    """
    path = library.open(plan).path
    with locked(path):
        held = _of_version(library, plan, version)
        if not held.kept.entries:
            raise CannotCorrect("nothing-to-undo")
        key = held.kept.entries[-1].key
        after = undone(held.kept.plan_as_read(), held.kept.entries)
        kept = held.kept.model_copy(update={"entries": held.kept.entries[:-1]})
        return _saved(library, held, after, kept), key


def understood_deadline(plan: Plan, text: str) -> UnderstoodDeadline:
    """How `text` would be understood as a deadline of this plan."""
    reading = deadline_from(plan, text)
    return UnderstoodDeadline(
        text=reading.text,
        kind=reading.kind,
        start=reading.start,
        due=reading.due,
        recurrence=reading.recurrence,
        duration=reading.duration,
        basis=reading.basis,
        notes=tuple(code for code, _ in reading.findings),
    )


def _of_version(library: Library, plan: str, version: str) -> Held:
    held = library.open(plan)
    if version.removeprefix("W/").strip('" ') != held.version:
        raise Refusal(412, "other-window", {"version": held.version})
    return held


def _correction(plan: Plan, key: str, said: Change) -> Correction:
    old = kept_value(plan, key)
    given = said.model_fields_set & {"value", "text", "accept"}
    if len(given) != 1:
        raise CannotCorrect("bad-value", "value, text or accept")
    if said.accept:
        new = old
    elif "text" in given:
        new = understood(plan, key, said.text or "")
    else:
        new = well_formed(plan, key, said.value)
    if said.place is not None and said.place.page > plan.source.pages:
        raise Refusal(422, "no-page")
    return Correction(
        key=key,
        content_sha256=plan.source.sha256,
        old=old,
        new=new,
        when=datetime.now(UTC).replace(microsecond=0),
        accepted=bool(said.accept),
        place=said.place,
    )


def _saved(library: Library, held: Held, plan: Plan, kept: Kept) -> Held:
    return library.written(held, plan, save(held.path, plan, kept))


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.model_dump(mode="json")
    return list(value) if isinstance(value, tuple) else value


def _moment(correction: Correction) -> str:
    return correction.when.isoformat()
