"""The form of an iCalendar file (RFC 5545): escaped text, folded lines; and reading our own back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WIDEST = 75
"""Octets of a line without its break (RFC 5545, 3.1)."""

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""What text must not hold (RFC 5545, 3.1: CONTROL); a tab may stay."""

_UNFOLD = re.compile(r"\r?\n[ \t]")


def escaped(text: str) -> str:
    """A value of type TEXT. Every kind of line break becomes one; other control characters become U+FFFD."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROL.sub("\ufffd", _BREAK.sub("\\\\n", text))


def folded(line: str) -> Iterator[str]:
    """`line` in pieces of at most 75 octets, no letter cut in two; all but the first open with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > WIDEST:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece


def file_of(lines: Iterable[str]) -> str:
    """The content lines as a file."""
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line))


def entries_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """Kind (VTODO, VEVENT) and content lines, unfolded, of each entry of a calendar file."""
    kind, entry = "", []  # type: str, list[str]
    for line in re.split(r"\r?\n", _UNFOLD.sub("", text)):
        if line in ("BEGIN:VTODO", "BEGIN:VEVENT"):
            kind, entry = line.removeprefix("BEGIN:"), []
        elif kind and line == f"END:{kind}":
            yield kind, entry
            kind = ""
        elif kind:
            entry.append(line)
