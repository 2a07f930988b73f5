"""What no collection took, so that nothing printed is lost (the contract's `sections`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz import fuzz

from pipeline.folding import fold, skeleton
from pipeline.outline import Appendix, Item, Node, Outline, OutlineTable
from pipeline.resolve.context import Context, final_stop_off
from pipeline.rules import load_rules
from pipeline.types import Passage, Table, join_passages
from schemas import Section

_ROW_BREAK = " || "
_CELL_BREAK = " | "
_PUNCTUATION = " .,;:()-–—/\"'“”"
_BLANK_IN_CAPTION = re.compile(r"\bs[o6]\b\W{0,8}[a-z]{2,}[-/]|\bngay\b\W{0,8}(?:/\d|thang\b)")
""" "Kèm theo Kế hoạch số    /KH-UBND ngày   /03/2024": the number or the day was never filled in."""
_SHORT_WORD = 4
_ALIKE = 75
"""Of 100: how like a link a stretch of words must be; broken OCR of one comes to 80 and more."""


def leftover_sections(outline: Outline, context: Context) -> tuple[Section, ...]:
    """For each section and appendix the text that found no place, in document order.

    Preamble, closing paragraphs and loose text have ids of their own. The text of another document
    in the same file comes last, whole.
    """
    found = [
        _unlabelled(tuple(_beside_bases(outline.preamble, context)), context),
        _unlabelled(outline.carrier, context),
        *(_section_of(section, context) for section in outline.sections),
        _unlabelled(outline.closing.farewell, context),
        *(_appendix_section(appendix, context) for appendix in outline.appendices),
    ]
    loose = tuple(passage for passage in outline.loose if _unclaimed(passage, context))
    for passage in loose:
        context.record.flag("text-outside-any-section", None, text=passage.text)
    found.append(_unlabelled(loose, context))
    found.append(_unlabelled(outline.beyond, context))
    return tuple(section for section in found if section is not None)


def _beside_bases(preamble: Sequence[Passage], context: Context) -> Iterator[Passage]:
    """What the preamble says besides the documents it cites ("Sở A ban hành Kế hoạch ... như sau:")."""
    for passage in preamble:
        spans = [passage.spans[index] for index in _uncited(passage, context)]
        if spans:
            yield passage.part(spans[0][0], spans[-1][1])


def _uncited(passage: Passage, context: Context) -> list[int]:
    """Places of the words that no citation holds, words that only link citations left out."""
    owners = [context.record.owners(word, "legal_bases") for word in passage.words]
    kept: list[int] = []
    for cited, run in groupby(range(len(owners)), key=lambda index: bool(owners[index])):
        indices = list(run)
        if cited or _inside_one(owners, indices):
            continue
        if not _only_links(passage.part(passage.spans[indices[0]][0], passage.spans[indices[-1]][1])):
            kept += indices
    return kept


def _inside_one(owners: Sequence[frozenset[str]], run: Sequence[int]) -> bool:
    """Whether the words before and after the run belong to the same citation."""
    before = owners[run[0] - 1] if run[0] else frozenset()
    after = owners[run[-1] + 1] if run[-1] + 1 < len(owners) else frozenset()
    return bool(before & after)


def _only_links(words: Passage) -> bool:
    text = skeleton(words.text).strip(_PUNCTUATION)
    if not text:
        return True
    if text.isalpha() and len(text) <= _SHORT_WORD:
        return True  # a broken "số" or "và": nothing is lost with it
    return any(fuzz.ratio(text, skeleton(link)) >= _ALIKE for link in load_rules("preamble")["links"])


def _section_of(section: Item, context: Context) -> Section | None:
    """A section's own heading counts as left over only where it runs on into text."""
    own = _unclaimed(section.text, context) if not section.children else None
    heading = section.text
    if own is not None and not section.fields:
        head, colon, _ = section.text.text.partition(":")
        heading = section.text.part(0, len(head)) if colon and len(head.split()) <= 14 else section.text
        own = section.text.part(len(heading.text) + 1) if colon and heading is not section.text else None
    rest = [own, *_left_in(section.children, context), *(f.whole for f in section.fields)]
    kept: list[Passage] = [part for part in rest if part]
    if section.fields:
        kept.sort(key=_place)
    return _section(section.id, heading, kept, context)


def _place(passage: Passage) -> tuple[int, float]:
    """Page and height (line, where there are no pages) at which a passage begins."""
    first = passage.words[0]
    return first.page, first.box.top if first.box is not None else float(first.line or 0)


def _appendix_section(appendix: Appendix, context: Context) -> Section | None:
    """An appendix with what its tables and items leave; its caption ("Kèm theo ...") belongs there too."""
    if _BLANK_IN_CAPTION.search(fold(appendix.caption.text)):
        context.record.flag("lost-caption", f"appendices/{appendix.id}/title", id=appendix.id)
    rest = [appendix.caption or None, *_left_in(appendix.children, context)]
    return _section(appendix.id, appendix.title, rest, context)


def _unlabelled(passages: Sequence[Passage], context: Context) -> Section | None:
    text = join_passages(passages)
    if not text:
        return None
    section_id = context.free("sections", "")
    context.record.prove(f"sections/{section_id}/text", text)
    return Section(id=section_id, title=None, text=text.text)


def _section(
    wanted: str, title: Passage, parts: Sequence[Passage | None], context: Context
) -> Section | None:
    kept = [part for part in parts if part]
    if not kept:
        return None
    section_id = context.unique("sections", wanted)
    heading = final_stop_off(title.strip(": "))
    context.record.prove(f"sections/{section_id}/title", heading)
    context.record.prove(f"sections/{section_id}/text", *kept)
    return Section(id=section_id, title=heading.text or None, text=join_passages(kept).text)


def _left_in(nodes: Sequence[Node], context: Context) -> Iterator[Passage]:
    for node in nodes:
        if isinstance(node, OutlineTable):
            if node.kind == "other":
                yield _rows_as_text(node.table)
            elif node.kind == "indicators":
                yield from _columns_not_taken(node, context)
            continue
        left = _unclaimed(node.whole, context)
        if left is not None and not (_LABEL.fullmatch(left.text) and len(left) < len(node.whole)):
            yield left
        for field in node.fields:
            rest = _unclaimed(field.whole, context)
            if rest is not None and rest is not left:
                yield rest
        yield from _left_in(node.children, context)


_LABEL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđ]\d?)[.):]?")
"""An item's number whose text a field or a detail has taken is no text of its own."""


def _unclaimed(passage: Passage, context: Context) -> Passage | None:
    """The stretch of `passage` from its first to its last word that no field has; None if there is none."""
    spans = [
        span
        for word, span in zip(passage.words, passage.spans, strict=True)
        if not context.record.is_claimed(word) and any(letter.isalnum() for letter in word.text)
    ]
    return passage.part(spans[0][0], spans[-1][1]) if spans else None


def _columns_not_taken(table: OutlineTable, context: Context) -> Iterator[Passage]:
    """What an indicator table prints beside its targets (last year's results), each row with its name."""
    rows: list[Passage] = []
    headers: dict[str, Passage] = {}
    for row in table.rows:
        cells = [cell for cell in row.cells if _unclaimed(cell.passage, context) is not None]
        if cells:
            names = [cell.passage for cell in (row.of("name") or row.of("title"))[:1]]
            rows.append(join_passages((*names, *(cell.passage for cell in cells)), _CELL_BREAK))
            headers |= {
                cell.header: head for cell in cells for head in table.header if head.text == cell.header
            }
    if rows:
        yield join_passages((join_passages(headers.values(), _CELL_BREAK), *rows), _ROW_BREAK)


def _rows_as_text(table: Table) -> Passage:
    """A table that is no list of tasks or indicators: its cells, rows apart."""
    rows: list[Passage] = []
    for row in range(table.rows):
        cells = sorted(
            (cell for cell in table.cells if cell.row == row and cell.text), key=lambda cell: cell.column
        )
        rows.append(join_passages((cell.passage for cell in cells), _CELL_BREAK))
    return join_passages(rows, _ROW_BREAK)
