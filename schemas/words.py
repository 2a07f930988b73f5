"""What pydantic found wrong, said so that a clerk understands it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_KINDS = {
    bool: "yes/no", int: "a number", float: "a number", str: "text", list: "a list", dict: "a mapping",
    type(None): "null",
}  # fmt: skip

_WORDS = {
    "extra_forbidden": "is no key of the contract",
    "string_too_short": "must not be empty; use null where the document says nothing",
    "string_unicode": "holds characters that are not valid Unicode",
    "tuple_type": "must be a list, not {given}",
    "dict_type": "must be a mapping, not {given}",
    "model_type": "must be a mapping, not {given}",
    "model_attributes_type": "must be a mapping, not {given}",
    "float_type": "must be a number, not {given}",
    "int_type": "must be a whole number, not {given}",
    "int_from_float": "must be a whole number, not {given}",
    "finite_number": "must be a number",
    "literal_error": "must be {expected}, not {given}",
    "greater_than_equal": "must be at least {ge}, not {given}",
    "less_than_equal": "must be at most {le}, not {given}",
    "string_pattern_mismatch": "{given} does not have the form {pattern}",
    "too_short": "must have at least {min_length} entries, not {actual_length}",
    "too_long": "must have at most {max_length} entries, not {actual_length}",
}


def in_words(detail: Mapping[str, Any]) -> str:
    """One error of pydantic's `ValidationError.errors()` as a sentence without its subject."""
    given = _given(detail["input"])
    if detail["type"] == "string_type":
        quotes = "; put it in quotes" if isinstance(detail["input"], int | float) else ""
        return f"must be text, not {given}{quotes}"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    if detail["type"] in _WORDS:
        return _WORDS[detail["type"]].format(given=given, **detail.get("ctx", {}))
    return f"{detail['msg']} (given: {given})"


def place_of(path: Sequence[str | int], data: object) -> str:
    """Where `path` leads in `data`, as collection/id/field; a list entry counts from 1 in brackets."""
    parts: list[str] = []
    for step in path:
        data = _step(data, step)
        if isinstance(step, int):
            key = data.get("id") if isinstance(data, dict) and len(parts) == 1 else None
            parts.append(key if isinstance(key, str) and key else f"[{step + 1}]")
        elif step != "[key]":
            parts.append(str(step))
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    """The first two parts by a slash each, the field below them by dots."""
    if not parts:
        return "(file)"
    depth = 1 if parts[0] in ("document", "source") else 2
    head, tail = parts[:depth], parts[depth:]
    place = "/".join(head).replace("/[", "[")
    field = ".".join(tail).replace(".[", "[")
    if not field:
        return place
    return place + field if field.startswith("[") else f"{place}/{field}"


def _step(data: object, step: str | int) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _given(value: object) -> str:
    if isinstance(value, str | int | float):
        shown = repr(value) if isinstance(value, str) else str(value).lower()
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return shown if isinstance(value, str) else f"{_KINDS[type(value)]} ({shown})"
    return _KINDS.get(type(value), type(value).__name__)
