"""A manuscript to its outline: head, preamble, sections, tail, appendices, in that order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.outline import Appendix, HeadValues, Item, Letterhead, Node, Outline, OutlineTable
from pipeline.parse.appendix_heads import AppendixHead, find_appendices
from pipeline.parse.attached_plan import AttachedPlan, find_attached_plan
from pipeline.parse.bare_headings import nodes_of_body
from pipeline.parse.casing import sentence_case
from pipeline.parse.closing import parse_tail
from pipeline.parse.letterhead import issuer_name, level_value, parent_name, parse_head, type_value
from pipeline.parse.number_line import date_value, number_value
from pipeline.parse.period import period_of
from pipeline.parse.second_letterhead import find_second_letterhead
from pipeline.parse.title import title_value
from pipeline.parse.tree import build_tree
from pipeline.types import EMPTY, Manuscript, Paragraph, Passage, Table

Block = Paragraph | Table


def parse(manuscript: Manuscript) -> Outline:
    """The outline of the first document in the manuscript; `split_documents` gives each its own.

    What stands from a second letterhead on is another document's: no appendix, no task of this one.
    """
    further = tuple(find_second_letterhead(manuscript.blocks))
    blocks = manuscript.blocks[: further[0]] if further else manuscript.blocks
    letterhead, start = parse_head(blocks)
    attached = find_attached_plan(blocks, letterhead, start)
    if attached is not None:
        carrier = _outline_of(manuscript, blocks[: attached.start], letterhead, start, further)
        return _put_into_force(manuscript, blocks, attached, carrier, further)
    return _outline_of(manuscript, blocks, letterhead, start, further)


def _put_into_force(
    manuscript: Manuscript,
    blocks: Sequence[Block],
    attached: AttachedPlan,
    carrier: Outline,
    further: Sequence[int],
) -> Outline:
    """The attached plan, with number, date, bases, signer and recipients of the decision over it."""
    heading = attached.heading
    letterhead = replace(carrier.letterhead, type=heading.type, title=heading.title, caption=heading.caption)
    plan = _outline_of(manuscript, blocks, letterhead, attached.body, further)
    signed = carrier.closing if carrier.closing.name or carrier.closing.recipients else plan.closing
    return replace(
        plan,
        preamble=(*carrier.preamble, *plan.preamble),
        closing=replace(signed, farewell=plan.closing.farewell),
        carrier=tuple(_texts(carrier.sections)),
        loose=(*carrier.loose, *plan.loose),
    )


def _outline_of(
    manuscript: Manuscript,
    blocks: Sequence[Block],
    letterhead: Letterhead,
    start: int,
    further: Sequence[int],
) -> Outline:
    """The outline of `blocks`, whose text begins at `start` below this letterhead."""
    tail = parse_tail(blocks, start)
    heads = find_appendices(blocks, tail.end)
    nodes = nodes_of_body(blocks[start : tail.start])
    preamble = tuple(takewhile(lambda node: not _opens_section(node), nodes))
    sections = tuple(
        node if isinstance(node, Item) else _around_table(node) for node in nodes[len(preamble) :]
    )
    between = blocks[tail.end : heads[0].start if heads else len(blocks)]
    texts = tuple(_texts(preamble))
    return Outline(
        letterhead=letterhead,
        values=_values(letterhead, texts, sections),
        preamble=texts,
        sections=sections,
        closing=tail.closing,
        appendices=tuple(_appendices(blocks, heads)),
        loose=(*tail.loose, *_texts(build_tree(between))),
        further=tuple(_page(manuscript.blocks[index]) for index in further),
        beyond=tuple(_as_printed(manuscript.blocks[further[0] :])) if further else (),
    )


def split_documents(manuscript: Manuscript) -> tuple[Manuscript, ...]:
    """One manuscript for each document of the file, cut before every further letterhead."""
    blocks = manuscript.blocks
    bounds = [0, *find_second_letterhead(blocks), len(blocks)]
    parts = []
    for start, end in pairwise(bounds):
        pages = {page for block in blocks[start:end] for page in _pages(block)}
        facts = tuple(page for page in manuscript.pages if page.number in pages)
        parts.append(replace(manuscript, blocks=blocks[start:end], pages=facts))
    return tuple(parts)


def _page(block: Block) -> int:
    return min(_pages(block))


def _pages(block: Block) -> Sequence[int]:
    return block.pages if isinstance(block, Table) else tuple({word.page for word in block.passage.words})


def _values(letterhead: Letterhead, preamble: Sequence[Passage], sections: Sequence[Item]) -> HeadValues:
    issued = None if letterhead.date_blank else date_value(letterhead.date)
    title = title_value(letterhead.title)
    times = (item.whole.text for section in sections for item in _about_time(section))
    period = period_of(title or "", [text.text for text in preamble], times)
    return HeadValues(
        type=type_value(letterhead),
        number=None if letterhead.number_blank else number_value(letterhead.number),
        date=issued.isoformat() if issued else None,
        place=sentence_case(letterhead.place.text) or None,
        issuer=issuer_name(letterhead),
        parent=parent_name(letterhead),
        title=title,
        urgency=level_value(letterhead.urgency),
        secrecy=level_value(letterhead.secrecy),
        period=(period[0].isoformat() if period[0] else None, period[1].isoformat()) if period else None,
    )


def _about_time(section: Item) -> Iterator[Item]:
    """Items that say when the whole plan is carried out ("III. THỜI GIAN", "1. Thời gian dự kiến: ...")."""
    if section.text.text.casefold().startswith("thời gian"):
        yield section
        if not section.children:
            return
    for child in section.children:
        if isinstance(child, Item) and child.text.text.casefold().startswith("thời gian"):
            yield child


def _opens_section(node: Node) -> bool:
    """A labelled heading; or a table of tasks or indicators, where a plan has no heading above it."""
    if isinstance(node, OutlineTable):
        return node.kind != "other"
    return node.kind not in ("none", "dash", "plus")


def _around_table(table: OutlineTable) -> Item:
    """A section without label or heading: the rows' ids are their printed numbers alone."""
    return Item("none", None, (), EMPTY, EMPTY, (table,))


def _texts(nodes: Sequence[Node]) -> list[Passage]:
    texts: list[Passage] = []
    for node in nodes:
        if isinstance(node, OutlineTable):
            texts += [cell.passage for cell in node.table.cells if cell.lines]
        else:
            texts += [node.whole, *(field.whole for field in node.fields), *_texts(node.children)]
    return texts


def _as_printed(blocks: Sequence[Block]) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.passage for cell in block.cells if cell.lines)
        else:
            yield block.passage


def _appendices(blocks: Sequence[Block], heads: Sequence[AppendixHead]) -> Iterator[Appendix]:
    ends = [*(head.start for head in heads[1:]), len(blocks)]
    for head, end in zip(heads, ends, strict=False):
        children = build_tree(blocks[head.end : end])
        yield Appendix(head.id, head.title, head.caption, head.whole, children)
