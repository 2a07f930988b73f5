"""Sections whose headings carry no number: lines in capitals ("MỤC ĐÍCH, YÊU CẦU").

Looked for only where no section is numbered and no numbered heading is set in capitals; else such
a line belongs to something else (a motto, a table's title).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.outline import Node
from pipeline.parse.labels import read_labels
from pipeline.parse.likeness import is_capitals
from pipeline.parse.tree import build_tree, section_item
from pipeline.types import Paragraph, Passage, Table, join_passages

_LONGEST = 25
_FEWEST = 2
"""One line in capitals makes no plan of sections."""

_OF_SECTIONS = ("part", "clause", "roman", "capital")

Block = Paragraph | Table


def nodes_of_body(blocks: Sequence[Block]) -> tuple[Node, ...]:
    """The body's preamble and sections, whether its headings are numbered or not.

    A section without number takes `-1`, `-2` ... as its label, like any item that has none.
    """
    headings = _bare_headings(blocks)
    if len(headings) < _FEWEST:
        return build_tree(blocks)
    nodes = list(build_tree(blocks[: headings[0][0]]))
    ends = [start for start, _ in headings[1:]] + [len(blocks)]
    for number, ((start, stop), end) in enumerate(zip(headings, ends, strict=True), start=1):
        title = join_passages(_passage(block) for block in blocks[start:stop])
        nodes.append(section_item(title, blocks[stop:end], f"-{number}"))
    return tuple(nodes)


def _bare_headings(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where headings without number stand: (first block, block after its last line)."""
    if any(_is_numbered_heading(block) for block in blocks):
        return []
    lines = [index for index, block in enumerate(blocks) if _is_bare_heading(block)]
    starts = lines[:1] + [at for before, at in pairwise(lines) if at != before + 1]
    ends = [before + 1 for before, at in pairwise(lines) if at != before + 1] + [at + 1 for at in lines[-1:]]
    return list(zip(starts, ends, strict=True))


def _is_numbered_heading(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return any(
        (reading.kind in _OF_SECTIONS and not reading.restored)
        or (reading.kind not in ("dash", "plus") and _is_heading(block.text[reading.end :]))
        for reading in read_labels(block.text)[:1]
    )


def _is_bare_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and not read_labels(block.text) and _is_heading(block.text)


def _is_heading(text: str) -> bool:
    words = text.split()
    return 1 < len(words) <= _LONGEST and is_capitals(text) and not text.rstrip().endswith((".", ";", ","))


def _passage(block: Block) -> Passage:
    assert isinstance(block, Paragraph)
    return block.passage
