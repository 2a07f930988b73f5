"""What a person typed, understood: text to the value that the contract wants."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from pipeline.corrections.errors import CannotCorrect
from pipeline.corrections.field_values import kept_value, kind_at
from pipeline.corrections.rhythms import is_sound
from pipeline.export.doubts import split_key
from pipeline.resolve.dates import parse_date
from pipeline.resolve.deadlines import DeadlineReading, resolve_deadline
from pipeline.resolve.targets import resolve_target
from pipeline.resolve.units import split_unit_text
from schemas import Deadline, Plan, Target

LONGEST = 20_000
"""Letters of one field: the longest section of a real plan stays far below."""
LONGEST_READ = 2_000
"""Letters of a text that is read for its meaning; the time this takes grows with their square."""
MOST_ENTRIES = 1_000

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_BULLET = re.compile(r"^\s*[-–+•*]\s+")


def understood(plan: Plan, key: str, text: str) -> Any:
    """The value, as kept, that `text` gives for the field `key`; an empty one gives null or no entry.

    A deadline is read like a printed one, with the plan's own period; units are parted as in a
    printed cell, or only at `;` and line ends where there are any.

    Raises:
        CannotCorrect: `no-field`, `no-date`, `too-long`.
    """
    kind = kind_at(plan, key)
    if len(text) > (LONGEST if kind in ("text", "list") else LONGEST_READ):
        raise CannotCorrect("too-long", key)
    lines = [line for line in map(_clean, re.split(r"[\r\n]+", text)) if line]
    whole = " ".join(lines)
    match kind:
        case "list":
            return [_BULLET.sub("", line) for line in lines]
        case "units":
            return _unit_names(lines, whole)
        case "text":
            return whole or None
        case "date":
            return _day(whole) if whole else None
        case "deadline":
            return _plain(deadline_from(plan, whole)) if whole else None
        case "target":
            return _target(plan, key, whole) if whole else None


def deadline_from(plan: Plan, text: str) -> DeadlineReading:
    """How `text` is understood as a deadline of this plan."""
    period = plan.document.period
    first = (period.start if period else None) or plan.document.date
    return resolve_deadline(
        _clean(text),
        year=int(first[:4]) if first else None,
        period=(period.start, period.end) if period else None,
        reference_date=plan.document.date,
    )


def well_formed(plan: Plan, key: str, value: Any) -> Any:
    """`value` as a client gave it, in the form in which it is kept.

    Units may be given by id or by name. Parts of a deadline or target that are left out are null.

    Raises:
        CannotCorrect: `no-field`; `bad-value`; `date-order`, `bad-rhythm` of a deadline.
    """
    kind = kind_at(plan, key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return [] if kind in ("list", "units") else None
    match kind:
        case "deadline":
            return _deadline(value)
        case "target":
            return _checked(Target, value, {"operator": None, "value": None, "unit": None})
        case "list" | "units":
            texts = _texts(value, key)
            names = {unit.id: unit.name for unit in plan.units}
            return [names.get(one, one) for one in texts] if kind == "units" else texts
        case "text" | "date":
            if not isinstance(value, str):
                raise CannotCorrect("bad-value", key)
            return understood(plan, key, value)


def _clean(text: str) -> str:
    """NFC, one space between words, no control characters."""
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _texts(value: Any, key: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CannotCorrect("bad-value", key)
    if len(value) > MOST_ENTRIES or sum(map(len, value)) > LONGEST:
        raise CannotCorrect("too-long", key)
    return [text for text in map(_clean, value) if text]


def _unit_names(lines: list[str], whole: str) -> list[str]:
    if len(lines) > 1 or ";" in whole:
        parts = [_clean(part) for line in lines for part in line.split(";")]
        return [part for part in parts if part]
    return [whole[start:end] for start, end in split_unit_text(whole)] or ([whole] if whole else [])


def _day(text: str) -> str:
    day = text if _ISO.fullmatch(text) else parse_date(text)
    try:
        return datetime.strptime(day or "", "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise CannotCorrect("no-date", text) from None


def _plain(reading: DeadlineReading) -> dict[str, Any]:
    return {name: getattr(reading, name) for name in Deadline.model_fields}


def _target(plan: Plan, key: str, text: str) -> dict[str, Any]:
    collection, item, _ = split_key(key)
    unit = kept_value(plan, f"{collection}/{item}/unit")
    reading = resolve_target(text, unit)
    return {"text": reading.text, "operator": reading.operator, "value": reading.value, "unit": reading.unit}


def _deadline(value: Any) -> Any:
    blank = dict.fromkeys(name for name in Deadline.model_fields if name not in ("text", "kind"))
    kept = _checked(Deadline, value, blank)
    if kept["start"] and kept["due"] and kept["start"] > kept["due"]:
        raise CannotCorrect("date-order", kept["text"])
    if kept["recurrence"] and not is_sound(kept["recurrence"]):
        raise CannotCorrect("bad-rhythm", kept["recurrence"])
    return kept


def _checked(model: type[Deadline] | type[Target], value: Any, blank: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CannotCorrect("bad-value", model.__name__)
    given = {name: _clean(one) or None if isinstance(one, str) else one for name, one in value.items()}
    try:
        part = model.model_validate({**blank, **given})
    except ValidationError as error:
        raise CannotCorrect("bad-value", error.errors(include_url=False)[0]["msg"]) from error
    if len(part.text) > LONGEST:
        raise CannotCorrect("too-long", model.__name__)
    return part.model_dump(mode="json")
