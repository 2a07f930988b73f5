"""Where appendices begin: `PHỤ LỤC 1`, `Biểu 01`, an agenda, and what the closing block leaves over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.folding import fold
from pipeline.parse.appendix_openings import HEAD_LIMIT, HeadKind, Opening, is_caption, opening_at, opening_in
from pipeline.parse.likeness import is_capitals, is_noise, letter_count
from pipeline.parse.title import ends_open, is_preamble, is_section_heading
from pipeline.types import EMPTY, Paragraph, Passage, Table, join_passages

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_TITLE_LINES = 6
_CAPTION_LINES = 5
_CORNER_LINES = 3
_CORNER_LETTERS = 30
_LEAST_LETTERS = 60
"""Fewer letters behind the closing block are stains, not an appendix whose heading was lost."""


@dataclass(frozen=True, slots=True)
class AppendixHead:
    """One heading: blocks `start` to `end` (exclusive) are the heading, the content begins at `end`.

    `number` is as printed, null where none is; `kind` is `unnamed` where the heading itself was not read.
    """

    start: int
    end: int
    id: str
    number: str | None
    title: Passage
    caption: Passage
    whole: Passage
    kind: HeadKind


def find_appendices(blocks: Sequence[Paragraph | Table], after: int = 0) -> list[AppendixHead]:
    """The headings of all appendices in `blocks[after:]`; `after` is where the closing block ends.

    Forms (`Biểu 01`) and agendas count only where no appendix holds them. If none is found though much
    is printed behind the closing block, all of it is one appendix, whose heading a seal or the scan hid.
    """
    openings = [(i, opening) for i in range(after, len(blocks)) if (opening := opening_at(blocks, i))]
    named = [(i, opening) for i, opening in openings if opening.kind == "appendix"]
    if not named:
        named = openings if after else []
    heads = [_head(blocks, i, opening, after) for i, opening in named]
    if after and (not heads or heads[0].start > after):
        lost = _lost_head(blocks, after, heads[0].start if heads else len(blocks))
        heads = [*lost, *heads]
    return _with_ids(heads)


def _head(blocks: Sequence[Paragraph | Table], at: int, opening: Opening, after: int) -> AppendixHead:
    block = blocks[at]
    before = _caption_before(blocks, at, after)
    rest = block.passage.part(opening.rest) if isinstance(block, Paragraph) else EMPTY
    title, caption, content = _title_and_caption(blocks, at + 1, rest, before)
    start = _start(blocks, at, before is not None, after)
    passages = [b.passage for b in blocks[start:content] if isinstance(b, Paragraph)]
    return AppendixHead(
        start, content, "", opening.number, title, caption, join_passages(passages), opening.kind
    )


def _start(blocks: Sequence[Paragraph | Table], at: int, caption_above: bool, after: int) -> int:
    """The first block of the heading: a caption above it, or few lines that head the same page."""
    start = at - 1 if caption_above else at
    first = start
    while first > after and first > start - 5:
        before = blocks[first - 1]
        if not isinstance(before, Paragraph) or _page(before) != _page(blocks[at]) or len(before.text) > 60:
            break
        first -= 1
    heads_page = first > 0 and _page(blocks[first - 1]) < _page(blocks[at])
    return first if after and heads_page and first < start else start


def _page(block: Paragraph | Table) -> int:
    return (block.passage.page or 1) if isinstance(block, Paragraph) else block.pages[0]


def _caption_before(blocks: Sequence[Paragraph | Table], at: int, after: int) -> Passage | None:
    """The first half of a caption that the page's order put above the heading."""
    if at - 1 < max(after, 0):
        return None
    before = blocks[at - 1]
    if isinstance(before, Paragraph) and is_caption(before.text) and ")" not in before.text:
        return before.passage
    return None


def _title_and_caption(
    blocks: Sequence[Paragraph | Table], at: int, first: Passage, before: Passage | None
) -> tuple[Passage, Passage, int]:
    """Title lines, then the bracket under them: (title, caption, index of the content)."""
    lines, index = [first] if letter_count(first.text) > 1 else [], at
    if lines and lines[0].text.startswith("("):
        return EMPTY, lines[0], at
    while index < len(blocks) and len(lines) < _TITLE_LINES:
        block = blocks[index]
        if not isinstance(block, Paragraph):
            break
        if is_noise(block.text):
            index += 1
            continue
        if block.text.startswith("(") and is_caption(block.text):
            caption, index = _caption(blocks, index)
            return _joined(lines), _whole_caption(before, caption), index
        if _closes_bracket(block.text) and (before is not None or (lines and _names_document(block.text))):
            return _joined(lines), _whole_caption(before, block.passage), index + 1
        if not lines and _is_corner(block) and index - at < _CORNER_LINES:
            index += 1
            continue
        if opening_in(block.text) is not None or not _is_title_line(block, lines):
            break
        lines.append(block.passage)
        index += 1
    return _joined(lines), before or EMPTY, index if lines else at


def _joined(lines: Sequence[Passage]) -> Passage:
    return join_passages(line.strip("~_*|") for line in lines)


def _whole_caption(before: Passage | None, caption: Passage) -> Passage:
    return caption if before is None else join_passages((before, caption))


def _closes_bracket(text: str) -> bool:
    return text.rstrip(" .").endswith(")") and "(" not in text


def _names_document(text: str) -> bool:
    """The number of another document in it: the rest of a caption whose opening a seal hid."""
    return re.search(r"\d\s?/\s?[A-ZĐ]{2}", text) is not None


def _is_title_line(block: Paragraph, lines: Sequence[Passage]) -> bool:
    text = block.text
    if is_section_heading(text) or text.startswith(("-", "+")) or is_preamble(text, firm=True):
        return False
    if len(text) > HEAD_LIMIT:
        return False
    capitals = is_capitals(text) and len(text.split()) >= 2
    if not lines:
        return capitals or block.alignment == "centre" or block.bold
    before = lines[-1].text
    if before.rstrip().endswith((".", ";", ":")):
        return False
    if ends_open(before) or text.startswith("("):
        return True
    if is_capitals(before) and capitals:
        return True
    return block.alignment == "centre" or text[:1].islower()


def _is_corner(block: Paragraph) -> bool:
    """A form's corner (`ĐƠN VỊ:`, `KHOA:`), which reading order puts between the heading and its title."""
    return len(block.text) <= _CORNER_LETTERS and block.text.rstrip(" .…").endswith(":")


def _caption(blocks: Sequence[Paragraph | Table], at: int) -> tuple[Passage, int]:
    """The bracket that opens at `at`, over several lines where it has to be, and the index after it.

    Where nobody closed it, it goes on as long as its lines begin in small letters.
    """
    lines: list[Passage] = []
    for index in range(at, min(at + _CAPTION_LINES, len(blocks))):
        block = blocks[index]
        if not isinstance(block, Paragraph) or (lines and is_section_heading(block.text)):
            break
        lines.append(block.passage)
        if ")" in block.text:
            return join_passages(lines), index + 1
    goes_on = next((i for i, line in enumerate(lines) if i and not line.text[:1].islower()), len(lines))
    return join_passages(lines[:goes_on]), at + goes_on


def _lost_head(blocks: Sequence[Paragraph | Table], after: int, stop: int) -> list[AppendixHead]:
    """What is printed between the closing block and the first heading, if it is more than stains."""
    rest = blocks[after:stop]
    letters = sum(letter_count(block.text) for block in rest if isinstance(block, Paragraph))
    if letters < _LEAST_LETTERS and not any(isinstance(block, Table) for block in rest):
        return []
    title, caption, content = _title_and_caption(blocks[:stop], after, EMPTY, None)
    whole = join_passages(b.passage for b in blocks[after:content] if isinstance(b, Paragraph))
    return [AppendixHead(after, content, "", None, title, caption, whole, "unnamed")]


def _with_ids(heads: Sequence[AppendixHead]) -> list[AppendixHead]:
    """`PL` and the printed number; an unnumbered one takes the next, a clash gets `~2`."""
    given: list[AppendixHead] = []
    used: dict[str, int] = {}
    last = 0
    for head in heads:
        number = appendix_number(head.number) if head.number else str(last + 1)
        last = int(number) if number.isdecimal() else last + 1
        name = f"PL{number}"
        used[name] = used.get(name, 0) + 1
        final = name if used[name] == 1 else f"{name}~{used[name]}"
        given.append(replace(head, id=final))
    return given


def appendix_number(printed: str) -> str:
    """`01` → `1`, `II` → `2`, `1a` → `1a`, `B` → `B`: Roman and Arabic numbering are one in the id."""
    folded = fold(printed).replace("|", "i")
    arabic = re.fullmatch(r"0*(\d+)([a-z]?)", folded)
    if arabic:
        return arabic[1] + arabic[2]
    if re.fullmatch(r"[ivxl]+", folded.replace("1", "i")):
        values = [_ROMAN[letter] for letter in folded.replace("1", "i").replace("l", "i")]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-value if value < following else value for value, following in pairs))
    return printed.upper()
