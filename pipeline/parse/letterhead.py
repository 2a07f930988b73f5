"""The head of the first page: issuer, number, place and date, type and title (phần đầu văn bản).

Decree 30/2020/NĐ-CP, Appendix I, sets it in two columns, which text inputs glue to one line
and bad scans mix up; so every line is told by what it says and not by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.folding import fold
from pipeline.outline import Letterhead
from pipeline.parse.casing import sentence_case
from pipeline.parse.handwriting import is_by_hand
from pipeline.parse.head_lines import head_lines, marks
from pipeline.parse.issuer import parent_and_issuer
from pipeline.parse.likeness import is_capitals, is_noise, likeness, prefix_end
from pipeline.parse.number_line import (
    DateLine,
    date_value,
    number_value,
    read_date_line,
    read_number,
    read_year_line,
)
from pipeline.parse.strips import Strip, strips_of
from pipeline.parse.title import TitleBlock, document_kinds, document_type, printed_type, read_title
from pipeline.types import EMPTY, Paragraph, Passage, Table, join_passages

_HEAD_BLOCKS = 45
_TYPE_WITHOUT_HEAD = 6
"""Where no letterhead was read, a type line counts among the first lines only."""


@dataclass(slots=True)
class _Sorted:
    """The strips above the title by what they are (local to one call)."""

    authority: list[Passage] = field(default_factory=list)
    numbers: list[tuple[int, Passage]] = field(default_factory=list)
    dates: list[DateLine] = field(default_factory=list)
    subject: list[Passage] = field(default_factory=list)
    urgency: Passage = EMPTY
    secrecy: Passage = EMPTY
    national: bool = False
    last: int = -1
    """Index of the last strip that surely belongs to the letterhead."""

    @property
    def found(self) -> bool:
        return self.national or bool(self.numbers) or bool(self.dates)


def parse_head(blocks: Sequence[Paragraph | Table]) -> tuple[Letterhead, int]:
    """The letterhead and the index of the first block after it, where the preamble begins.

    A document without one gives an empty `Letterhead` and 0.
    """
    strips = head_lines(strips_of(blocks, 0, _HEAD_BLOCKS))
    at = _type_line(strips)
    opened = read_title(strips, at) if at is not None else None
    found = _sorted(strips[: _end_of_head(strips) if at is None else at])
    if not found.found and (at is None or at > _TYPE_WITHOUT_HEAD):
        return Letterhead(), 0
    end = opened.next if opened else found.last + 1
    return _letterhead(found, opened), block_after(strips, end, blocks)


def issuer_name(letterhead: Letterhead) -> str | None:
    """The issuer in ordinary letters (`Ủy ban nhân dân phường Biên Giang`), null where none was read."""
    return sentence_case(letterhead.issuer.text) or None


def parent_name(letterhead: Letterhead) -> str | None:
    """The body above the issuer (cơ quan chủ quản) in ordinary letters, null where none is printed."""
    return sentence_case(letterhead.parent.text) or None


def type_value(letterhead: Letterhead) -> str | None:
    """The kind of document in the Decree's spelling; a subject without a type line is a dispatch."""
    if letterhead.type:
        return document_type(letterhead.type.text)
    dispatch = any(
        prefix_end(letterhead.title.text, words, 0.9) for words in document_kinds().dispatch_subject
    )
    return document_kinds().dispatch if dispatch else None


def level_value(passage: Passage) -> str | None:
    """The degree of urgency or secrecy in its proper spelling (`HÓA TỐC` → `HỎA TỐC`)."""
    return _level(passage.text, (*marks().urgency, *marks().secrecy))


def _is_national(strip: Strip) -> bool:
    known = marks()
    phrases = (*known.national, *known.on_the_right) if strip.column == "right" else known.national
    return any(likeness(strip.text.strip("* "), phrase) >= 0.72 for phrase in phrases)


def _type_line(strips: Sequence[Strip]) -> int | None:
    """The index of the line with the type: below number and date, where they were read."""
    below = next(
        (
            i
            for i, strip in enumerate(strips)
            if read_number(strip.passage) is not None or read_date_line(strip.passage) is not None
        ),
        -1,
    )
    for i, strip in enumerate(strips):
        if i > below and (strip.column == "full" or below >= 0) and _stands_alone(strip):
            return i
    return next(
        (i for i, strip in enumerate(strips) if strip.column == "full" and _stands_alone(strip)), None
    )


def _stands_alone(strip: Strip) -> bool:
    """Whether the strip opens with a type, as a title does; a number after it makes it a citation."""
    opened = printed_type(strip)
    return opened is not None and not fold(opened[1].text).startswith("so ")


def _end_of_head(strips: Sequence[Strip]) -> int:
    """Without a type line: as far as letterhead lines follow each other."""
    return next(
        (
            i
            for i, strip in enumerate(strips)
            if strip.column == "full"
            and not is_capitals(strip.text)
            and not _is_national(strip)
            and read_number(strip.passage) is None
            and read_date_line(strip.passage) is None
            and not _opens_subject(strip.text)
            and not is_noise(strip.text)
        ),
        len(strips),
    )


def _sorted(strips: Sequence[Strip]) -> _Sorted:
    found = _Sorted()
    for index, strip in enumerate(strips):
        if (is_noise(strip.text) and read_number(strip.passage) is None) or _is_mark(strip.text):
            continue
        if _is_national(strip):
            found.national = True
        elif not _take_level(strip, found) and not _take_line(strip, found):
            continue
        found.last = index
    return found


def _is_mark(text: str) -> bool:
    return any(prefix_end(text, mark, 0.93) is not None for mark in marks().passed_over)


def _take_level(strip: Strip, found: _Sorted) -> bool:
    text = strip.text
    labelled = any(prefix_end(text, label, 0.9) for label in marks().level_labels)
    levels = {fold(level) for level in (*marks().urgency, *marks().secrecy) if " " in level}
    if not is_capitals(text) and not labelled and fold(text).strip(" .,;:*") not in levels:
        return False
    if not found.secrecy and _level(text, marks().secrecy):
        found.secrecy = strip.passage
    elif not found.urgency and _level(text, marks().urgency):
        found.urgency = strip.passage
    else:
        return False
    return True


def _level(text: str, levels: Sequence[str]) -> str | None:
    """The one of `levels` that `text` is, after a label if it has one."""
    for label in marks().level_labels:
        end = prefix_end(text, label, 0.9)
        text = text[end:] if end is not None else text
    inner = text.strip(" .,;:*_-–|'\"()[]")
    for level in levels:
        close = 1.0 if len(level) <= 4 else 0.85
        if len(inner.split()) == len(level.split()) and likeness(inner, level) >= close:
            return level
    return None


def _take_line(strip: Strip, found: _Sorted) -> bool:
    dated = read_date_line(strip.passage)
    if dated is None and strip.column == "right":
        dated = read_year_line(strip.passage)
    if dated is not None:
        found.dates.append(dated)
        return True
    number = read_number(strip.passage)
    if number is not None and strip.column != "right":
        found.numbers.append((len(found.authority), number))
        found.authority.append(strip.passage)
        return True
    if found.subject or _opens_subject(strip.text):
        if strip.column != "right":
            found.subject.append(strip.passage)
        return strip.column != "right"
    if strip.column == "right":
        return False
    found.authority.append(_without_rule(strip.passage))
    return True


def _without_rule(line: Passage) -> Passage:
    """The line without what is left of a rule drawn beside it; a dash that ends its words stays, for the name
    goes on in the next line ("SỞ LAO ĐỘNG -" | "THƯƠNG BINH VÀ XÃ HỘI")."""
    bare = line.strip("_~|*-–.")
    start = line.text.find(bare.text)
    end = start + len(bare.text)
    dash = re.match(r"\s[-–](?=[\s_~|*.]*$)", line.text[end:]) if bare else None
    return line.part(start, end + dash.end()) if dash else bare


def _opens_subject(text: str) -> bool:
    return any(prefix_end(text, words, 0.9) for words in document_kinds().dispatch_subject)


def _letterhead(found: _Sorted, opened: TitleBlock | None) -> Letterhead:
    # A number may be part of the issuer's name ("ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH / SỐ ..."): the last counts.
    place, number = found.numbers[-1] if found.numbers else (None, EMPTY)
    above = found.authority[:place] if place else [p for i, p in enumerate(found.authority) if i != place]
    parent, issuer = parent_and_issuer(above if found.found else [])
    dated = found.dates[0] if found.dates else DateLine(EMPTY, EMPTY)
    printed = (*above, dated.place)
    return Letterhead(
        parent=parent,
        issuer=issuer,
        number=number,
        place=dated.place,
        date=dated.date,
        urgency=found.urgency,
        secrecy=found.secrecy,
        type=opened.type if opened else EMPTY,
        title=opened.title if opened else join_passages(found.subject),
        caption=opened.caption if opened else EMPTY,
        number_blank=bool(found.numbers) and (number_value(number) is None or is_by_hand(number, printed)),
        date_blank=bool(found.dates) and (date_value(dated.date) is None or is_by_hand(dated.date, printed)),
    )


def block_after(strips: Sequence[Strip], end: int, blocks: Sequence[Paragraph | Table]) -> int:
    """The block with the first line that is none of the head's: `strips[end]`, or a table right before it."""
    if end >= len(strips):
        return strips[-1].block + 1 if strips else min(1, len(blocks))
    passed = strips[end - 1].block + 1 if end else 0
    # A table of tasks right under the title has no strips; it is the first of the body.
    tables = [at for at in range(passed, strips[end].block) if isinstance(blocks[at], Table)]
    return tables[0] if tables else strips[end].block
