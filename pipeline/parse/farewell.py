"""The closing paragraphs of the body (`Trên đây là ...`, `Đề nghị các đơn vị ... thực hiện./.`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.parse.likeness import is_noise, prefix_end
from pipeline.parse.title import is_section_heading
from pipeline.rules import load_rules
from pipeline.types import Paragraph, Passage, Table

_END_MARK = re.compile(r"\.\s?/\s?\.?")
_SCRAP_AFTER_MARK = 14
_FAREWELL_BLOCKS = 10


@cache
def _farewells() -> tuple[str, ...]:
    return tuple(load_rules("closing")["farewell"])


def is_farewell(text: str) -> bool:
    """Whether a paragraph opens as closing ones do (`Trên đây là ...`)."""
    return any(prefix_end(text, phrase, 0.84) is not None for phrase in _farewells())


def _opens_firmly(text: str) -> bool:
    """Whether the paragraph opens as nothing but a closing one does (`Nhận được Kế hoạch này, ...`)."""
    phrases: list[str] = load_rules("closing")["firm_farewell"]
    return any(prefix_end(text, phrase, 0.84) is not None for phrase in phrases)


def farewell_start(blocks: Sequence[Paragraph | Table], first: int) -> int:
    """The first of the closing paragraphs that end before block `first`; `first` if there are none."""
    start, opened = first, first
    for index in range(first - 1, max(first - _FAREWELL_BLOCKS, -1), -1):
        block = blocks[index]
        if isinstance(block, Table) or is_section_heading(block.text) or block.text.startswith(("-", "+")):
            break
        if prefix_end(block.text, _farewells()[0], 0.8) is not None:
            return index
        if start == index + 1 and (is_farewell(block.text) or is_noise(block.text)):
            start = index
            opened = index if not is_noise(block.text) else opened
    ended = any(
        _END_MARK.search(block.text[-20:]) or _opens_firmly(block.text)
        for block in blocks[opened:first]
        if isinstance(block, Paragraph)
    )
    return opened if ended else first


def without_scrap(passage: Passage) -> Passage:
    """Without what a pen left behind the end mark `./.`."""
    marks = list(_END_MARK.finditer(passage.text))
    if marks and len(passage.text) - marks[-1].end() <= _SCRAP_AFTER_MARK:
        return passage.part(0, marks[-1].end())
    return passage
