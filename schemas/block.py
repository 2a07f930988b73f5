"""Block-style YAML that every loader reads alike.

A plan holds only mappings, lists, text, numbers, booleans and null, so the writer is
short, and owing nothing to an emitter's version it gives the same bytes everywhere.
Text is quoted wherever YAML 1.1 or 1.2 could take it for anything else: PyYAML, for
one, leaves `1e3` bare because YAML 1.1 reads it as text, and YAML 1.2 reads 1000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

INDENT = "  "
LONGEST_KEY = 1000
"""A key on one line with its colon may have 1,024 characters (YAML 1.2, 8.2.2)."""

_OTHER_THAN_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
# A figure, date or time of day of either version, and a margin: digits with the few
# letters and signs that hexadecimal, octal, exponents and time zones bring along.
_FIGURE = re.compile(r"[0-9][0-9a-fox_.,:+\-/tz ]*", re.IGNORECASE | re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def to_block(content: Mapping[str, Any]) -> str:
    """`content` as a YAML document that ends with a new line."""
    lines = [scalar(content)] if _is_flat(content) else _lines(content, "")
    return "\n".join(lines) + "\n"


def _lines(value: Any, pad: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _entry(key, inner, pad)
    else:
        for inner in value:
            yield from _item(inner, pad)


def _entry(key: str, value: Any, pad: str) -> Iterator[str]:
    name = scalar(key)
    head = f"{pad}{name}:"
    if len(name) > LONGEST_KEY:
        yield f"{pad}? {name}"
        head = f"{pad}:"
    if _is_flat(value):
        yield f"{head} {scalar(value)}"
        return
    yield head
    yield from _lines(value, pad + INDENT if isinstance(value, Mapping) else pad)


def _item(value: Any, pad: str) -> Iterator[str]:
    if _is_flat(value):
        yield f"{pad}- {scalar(value)}"
        return
    for index, line in enumerate(_lines(value, pad + INDENT)):
        yield line if index else f"{pad}- {line[len(pad) + len(INDENT) :]}"


def _is_flat(value: Any) -> bool:
    return not value or not isinstance(value, Mapping | list | tuple)


def scalar(value: Any) -> str:
    """One value on one line: text (quoted where needed), number, boolean, null or an empty collection."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, list | tuple) else str(value)


def _float(value: float) -> str:
    """YAML 1.1 takes a number with an exponent for text unless it has a point: 1.0e-07."""
    digits = repr(value)
    mantissa, mark, exponent = digits.partition("e")
    return f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else digits


def _text(text: str) -> str:
    if not text.isprintable():
        return _double_quoted(text)
    return text if _stands_bare(text) else "'" + text.replace("'", "''") + "'"


def _stands_bare(text: str) -> bool:
    return (
        bool(text)
        and (text[0].isalnum() or text[0] in "(“")
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and text.casefold() not in _OTHER_THAN_TEXT
        and not _FIGURE.fullmatch(text)
    )


def _double_quoted(text: str) -> str:
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    code = ord(letter)
    if letter.isprintable():
        return letter
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
