"""The kind of document and its title: what stands between the letterhead and the preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.parse.likeness import is_capitals, is_noise, letter_count, likeness, prefix_end
from pipeline.parse.strips import Strip
from pipeline.rules import load_rules
from pipeline.types import EMPTY, Passage, join_passages

_SECTION = re.compile(r"(?:[ivx1l|]{1,4}|[0-9]{1,2}|[a-h])\s?[.)/]\s|(?:phan|chuong|dieu|muc)\s+[0-9ivx]+\b")
_SPAN = re.compile(
    r"\((?:(?:ngày|tháng|năm|từ|đến|giai đoạn|nhiệm kỳ|[\d/.–\-])\s*)*\d(?:[\d/.–\-\s]*)\)", re.IGNORECASE
)
_MOST_LINES = 8
"""A title of more lines has run into the text."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What was read; `next` is the index of the first strip that belongs to none of it."""

    type: Passage
    title: Passage
    caption: Passage
    next: int


@dataclass(frozen=True, slots=True)
class DocumentKinds:
    """The kinds of documents by name, and their code letters."""

    names: tuple[str, ...]
    codes: dict[str, str]
    dispatch: str
    dispatch_subject: tuple[str, ...]
    preamble: tuple[str, ...]
    goes_on_after: tuple[str, ...]


@cache
def document_kinds() -> DocumentKinds:
    """The rules of `document_types.yaml`, longer names first, so that they win over shorter ones."""
    rules = load_rules("document_types")
    entries = [*rules["administrative"], *rules["legislative"], *rules["party"]]
    names = sorted({entry["name"] for entry in entries}, key=lambda name: (-len(name), name))
    return DocumentKinds(
        tuple(names),
        {entry["code"]: entry["name"] for entry in reversed(entries) if "code" in entry},
        rules["dispatch"],
        tuple(rules["dispatch_subject"]),
        tuple(rules["preamble"]),
        tuple(rules["goes_on_after"]),
    )


def document_type(text: str) -> str | None:
    """The kind (thể loại) that `text` begins with, in the Decree's spelling; null where it is none.

    `KẾ HOẠCH`, `Ké hoach số 12/KH-UBND` and `KẾ HOẠCH Cải cách ...` are all `Kế hoạch`.
    """
    found = _kind_at_start(text)
    return found[0] if found else None


def _kind_at_start(text: str, cutoff: float = 0.84) -> tuple[str, int] | None:
    best: tuple[float, str, int] | None = None
    for name in document_kinds().names:
        end = prefix_end(text, name, cutoff)
        if end is None:
            continue
        score = likeness(text[:end], name)
        if best is None or score > best[0]:
            best = (score, name, end)
    return (best[1], best[2]) if best else None


def printed_type(strip: Strip) -> tuple[Passage, Passage] | None:
    """The type in capitals that opens the line, and what follows it in the same line; null if there is none.

    A stain or the end of a rule before it is left out.
    """
    start = next((i for i, letter in enumerate(strip.text) if letter.isalpha()), len(strip.text))
    body = strip.passage.part(start)
    found = _kind_at_start(body.text)
    if found is None:
        return None
    end = found[1]
    if not is_capitals(body.text[:end]):
        return None
    rest = body.part(end).strip(":-_~*.'` ")
    return body.part(0, end).rstrip(":._-*~"), EMPTY if is_noise(rest.text) else rest


def read_title(strips: Sequence[Strip], at: int) -> TitleBlock | None:
    """Type, title lines and the bracket under them, beginning with the type line at `strips[at]`."""
    opened = printed_type(strips[at])
    if opened is None:
        return None
    lines, caption = [opened[1]] if opened[1] else [], EMPTY
    index, last = at + 1, strips[at]
    while index < len(strips) and len(lines) < _MOST_LINES:
        strip = strips[index]
        if _is_span(strip.text) and lines:
            lines.append(strip.passage)
            index, last = index + 1, strip
            continue
        if is_noise(strip.text):
            index += 1
            continue
        if _opens_bracket(strip.text) and (lines or strip.alignment == "centre"):
            caption, index = _bracket(strips, index)
            break
        if not belongs_to_title(strip, lines, last):
            break
        lines.append(strip.passage.strip("_~*|"))
        index, last = index + 1, strip
    while index < len(strips) and is_noise(strips[index].text):
        index += 1
    return TitleBlock(opened[0], join_passages(lines), caption, index)


def _is_span(text: str) -> bool:
    """Whether the line is a bracket of dates alone (`(30/4/1975 - 30/4/2025)`): a part of the title."""
    return _SPAN.fullmatch(text.strip()) is not None


def _opens_bracket(text: str) -> bool:
    """Whether the line opens the bracket below a title; a bad scan loses the sign, not what it holds."""
    if text.startswith("("):
        return True
    attached = load_rules("document_types")["attached"]
    return any(prefix_end(text, f"{lead}{words}", 0.9) for lead in ("", "ban hành ") for words in attached)


def belongs_to_title(strip: Strip, lines: Sequence[Passage], last: Strip) -> bool:
    """Whether `strip` is a (further) line of the title after `lines`; `last` is the line before it."""
    text = strip.text
    if is_section_heading(text) or text.lstrip().startswith(("-", "+", "•")):
        return False
    if not lines:
        return not fold(text).startswith("can cu ") and not fold(text).startswith("kinh gui")
    before = lines[-1].text
    if ends_open(before) and not is_preamble(text, firm=True):
        return True
    if before.rstrip().endswith((".", ";", ":")) or is_preamble(text):
        return False
    if text[:1].islower():
        return True
    if is_capitals(text):
        return is_capitals(before)
    return strip.alignment == "centre" and (strip.bold or not last.bold) and not _parted(last, strip)


def _parted(above: Strip, below: Strip) -> bool:
    """Whether a blank line stands between two lines of a text without pages."""
    last, first = above.passage.words[-1], below.passage.words[0]
    return bool(last.line and first.line and not last.box) and (first.line or 0) - (last.line or 0) > 1


def ends_open(text: str) -> bool:
    """Whether the line ends in the middle of a phrase (a comma, a dash, `của`, `và`)."""
    if text.rstrip().endswith((",", "-", "–")):
        return True
    plain = text.isascii()  # an engine without Vietnamese lost all marks; else they tell "do" from "độ"
    return any(
        text.lower().endswith(" " + (fold(word) if plain else word))
        for word in document_kinds().goes_on_after
    )


def is_section_heading(text: str) -> bool:
    """Whether the line carries a section's or an item's number."""
    return _SECTION.match(fold(text)) is not None


def is_preamble(text: str, firm: bool = False) -> bool:
    """Whether the line opens the preamble. `firm` asks for one of the openings of two words and more."""
    phrases = document_kinds().preamble
    return any(
        prefix_end(text, phrase, 0.9) is not None for phrase in phrases if not firm or len(phrase.split()) > 1
    )


def _bracket(strips: Sequence[Strip], at: int) -> tuple[Passage, int]:
    """The bracket that opens at `at`, over at most five lines, and the index after it."""
    for stop in range(at, min(at + 5, len(strips))):
        if ")" in strips[stop].text:
            return join_passages(strip.passage for strip in strips[at : stop + 1]), stop + 1
    return strips[at].passage, at + 1


def title_value(title: Passage) -> str | None:
    """The title as the contract wants it: as printed, without a final stop or marks around it."""
    text = title.text.strip(" ._~*")
    return text if letter_count(text) else None
