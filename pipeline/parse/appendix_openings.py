"""Does a line open an appendix? `PHỤ LỤC 1`, `Biểu 01`, an agenda; and the caption under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.folding import fold
from pipeline.parse.likeness import find_phrase, is_capitals, prefix_end
from pipeline.rules import load_rules
from pipeline.types import Paragraph, Table

HeadKind = Literal["appendix", "form", "schedule", "unnamed"]

_NUMBER = re.compile(
    r"\s*(?:(?:s[oe06b]|s)\s*[:.]?\s*(?=\d))?(?P<number>\d{1,2}[a-z]?|[ivxl1|]{1,5}|[a-h])(?P<after>\s*[:.,)\-–/]|\s|$)"
)
_NOISE = " ~_*|.:-–—"
HEAD_LIMIT = 300
"""Letters: what is longer is a sentence."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens: its kind and, as printed, its number; null where it has none."""

    kind: HeadKind
    number: str | None
    rest: int
    """Where the title begins in the same line."""


@cache
def _names() -> tuple[tuple[HeadKind, str], ...]:
    rules = load_rules("appendix_heads")
    kinds: tuple[HeadKind, ...] = ("appendix", "form")
    return tuple((kind, name) for kind in kinds for name in rules[kind])


def opens_appendix(text: str) -> bool:
    """Whether the line is the heading of an appendix (not a mention of one in a sentence)."""
    opening = opening_in(text)
    return opening is not None and opening.kind == "appendix"


def opening_at(blocks: Sequence[Paragraph | Table], index: int) -> Opening | None:
    """The appendix, form or agenda that the block opens; null where it opens none."""
    block = blocks[index]
    if not isinstance(block, Paragraph):
        return None
    opening = opening_in(block.text)
    if opening is not None:
        return opening
    if not _is_schedule(block):
        return None
    below = [b for b in blocks[index + 1 : index + 4] if isinstance(b, Paragraph)]
    return Opening("schedule", None, 0) if any(is_caption(b.text) for b in [block, *below]) else None


def opening_in(text: str) -> Opening | None:
    """The appendix or form that the line opens, told by its words alone."""
    if len(text) > HEAD_LIMIT:
        return None
    start = len(text) - len(text.lstrip(_NOISE))
    body = text[start:]
    if not body[:1].isupper():
        return None
    for kind, name in _names():
        end = prefix_end(body, name, 0.8)
        opening = _numbered(kind, body, end, start) if end is not None else None
        if opening is not None:
            return opening
    return None


def _numbered(kind: HeadKind, body: str, end: int, start: int) -> Opening | None:
    """The opening with its number; null where the line goes on as a sentence."""
    # OCR may leave the colon on the name ("Phụ lục:"); a number glued to it counts as the name's end.
    if body[:end].rstrip().endswith((";", ",")):
        return None
    found = _NUMBER.match(fold(body), end)
    number, at = (found["number"], found.end()) if found else (None, end)
    rest = body[at:].lstrip(_NOISE)
    if found and found["after"].strip() in (",", ")", "/"):
        return None
    if kind == "form" and number is None:
        return None
    heading = not rest or is_capitals(rest) or rest.startswith("(")
    marked = ":" in body[end - 1 : at + 1] or "." in body[end - 1 : at + 1] or is_capitals(body[:end])
    if not heading and not (marked and rest[:1].isupper()):
        return None
    return Opening(kind, number, start + len(body) - len(rest))


def _is_schedule(block: Paragraph) -> bool:
    names = load_rules("appendix_heads")["schedule"]
    return is_capitals(block.text) and any(prefix_end(block.text, name, 0.85) is not None for name in names)


def is_caption(text: str) -> bool:
    """`(Kèm theo Kế hoạch số ... )`, or a part of it that names the document."""
    phrases = load_rules("appendix_heads")["caption"]
    inner = text.strip()
    return inner.startswith("(") and any(find_phrase(inner[:40], phrase, 0.84) for phrase in phrases)
