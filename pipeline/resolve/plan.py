"""An outline to the plan of the contract: the table of contents of the resolver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.outline import Appendix, Item, Node, Outline, OutlineTable
from pipeline.resolve.abbreviations import abbreviations_of
from pipeline.resolve.appendix_tables import tables_of_appendix, without_tables
from pipeline.resolve.assignments import assignments_of_section
from pipeline.resolve.body_citations import body_citations
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.divisions import Division, divisions
from pipeline.resolve.document import document_of
from pipeline.resolve.indicators import indicators_of_table
from pipeline.resolve.leftovers import leftover_sections
from pipeline.resolve.legal_bases import LegalBasisReading, legal_bases
from pipeline.resolve.numbering import check_numbering
from pipeline.resolve.objectives import (
    Aim,
    aims_of_section,
    objectives_of,
    promised_figures,
    requirements_of,
)
from pipeline.resolve.pages import check_pages
from pipeline.resolve.record import Record
from pipeline.resolve.section_kinds import has_labelled, holds_any, owned_tables
from pipeline.resolve.task_rows import tasks_of_table
from pipeline.resolve.tasks import tasks_of_section
from pipeline.resolve.units import UnitRegistry
from pipeline.rules import load_rules
from pipeline.types import PageFacts, Passage
from schemas import Appendix as AppendixEntry
from schemas import (
    Assignment,
    Citation,
    Document,
    Indicator,
    LegalBasis,
    Plan,
    Source,
    Task,
    Unit,
)

PLAN_TYPES = tuple(load_rules("document_types")["plans"])
"""Types of Decree 30/2020/NĐ-CP that hold tasks; anything else gets its `document` part alone."""


def resolve(
    outline: Outline, pages: Sequence[PageFacts], source: Source, damaged: Mapping[int, str] | None = None
) -> Plan:
    """The plan, its findings and the evidence of every field.

    `damaged` gives for each page that could not be read the reason.
    """
    record = Record({page.number: page.prepared for page in pages})
    check_pages(pages, damaged or {}, record)
    document = document_of(outline, record)
    check_numbering(outline, record)
    if document.type is not None and document.type not in PLAN_TYPES:
        record.flag("not-a-plan", "document/type", type=document.type)
        return _document_alone(document, outline, record, source)
    bases = _bases(outline, record)
    context = _context(document, outline, record)
    parts = tuple(divisions(outline.sections, document.title or ""))
    aims = tuple(aim for part in parts for aim in _aims(part, context))
    tasks = (*_section_tasks(parts, context), *_appendix_tasks(outline.appendices, context))
    indicators = (*promised_figures(aims, context), *_table_indicators(outline, context))
    assignments = tuple(_assignments(parts, context))
    citations = _citations(outline, document, record)
    appendices = _appendix_entries(outline.appendices, record)
    abbreviations = abbreviations_of(_all_texts(outline), record)
    units = _units(context)
    sections = leftover_sections(outline, context)
    if not tasks:
        record.flag("no-task", None)
    if record.mended:
        record.flag("words-mended", None, count=record.mended)
    record.flag_doubtful()
    return Plan(
        schema="kehoach.plan/1",
        document=document,
        legal_bases=bases,
        units=units,
        objectives=objectives_of(aims),
        requirements=requirements_of(aims),
        tasks=tasks,
        indicators=indicators,
        assignments=assignments,
        citations=citations,
        abbreviations=abbreviations,
        appendices=appendices,
        sections=sections,
        findings=record.findings,
        source=source,
        evidence=record.evidence,
    )


def _document_alone(document: Document, outline: Outline, record: Record, source: Source) -> Plan:
    """A document that is no plan gets its `document` part; its text is kept in `sections`."""
    context = _context(document, outline, record)
    sections = leftover_sections(outline, context)
    return Plan(
        schema="kehoach.plan/1",
        document=document,
        legal_bases=(),
        units=(),
        objectives=(),
        requirements=(),
        tasks=(),
        indicators=(),
        assignments=(),
        citations=(),
        abbreviations=(),
        appendices=_appendix_entries(outline.appendices, record),
        sections=sections,
        findings=record.findings,
        source=source,
        evidence=record.evidence,
    )


def _context(document: Document, outline: Outline, record: Record) -> Context:
    period = document.period
    covered = (period.start, period.end) if period else None
    first = (period.start if period else None) or document.date
    year = int(first[:4]) if first else None
    defined = {one.short: one.full for one in abbreviations_of(_all_texts(outline), Record({}))}
    return Context(record, UnitRegistry(defined), year, covered, document.date)


def _aims(part: Division, context: Context) -> tuple[Aim, ...]:
    context.record.claim(*(item.whole for item in part.above))
    if part.kind not in ("objectives", "requirements", "joint"):
        return ()
    return aims_of_section(part.item, part.kind, context)


def _section_tasks(parts: Sequence[Division], context: Context) -> Iterator[Task]:
    for part in parts:
        section = part.item
        if part.kind == "tasks" or part.kind == "steps":
            found = tuple(tasks_of_section(section, context, part.kind == "steps", part.headings))
            if found:
                context.record.claim(section.whole)
            yield from found
        else:
            for owner, table in owned_tables(section.children, section.id):
                if table.kind == "tasks":
                    headings = (*part.headings, final_stop_off(section.text))
                    yield from tasks_of_table(table, owner, headings, context)


def _appendix_tasks(appendices: Sequence[Appendix], context: Context) -> Iterator[Task]:
    for appendix in appendices:
        form = holds_any(appendix.title.text, "forms")
        for table in tables_of_appendix(appendix.children, context):
            if table.kind == "tasks":
                yield from tasks_of_table(table, appendix.id, (), context)
        if not form and holds_any(appendix.title.text, "agendas"):
            yield from _agenda(appendix, context)


def _agenda(appendix: Appendix, context: Context) -> Iterator[Task]:
    """The items of an attached programme are tasks, under `PL1`."""
    nodes = without_tables(appendix.children)
    if not has_labelled(nodes):
        return
    root = Item("none", None, (appendix.id,), appendix.title, appendix.whole, _under(nodes, appendix.id))
    for task in tasks_of_section(root, context, only_acted=True):
        yield task.model_copy(update={"section": task.section[1:]})


def _under(nodes: Sequence[Node], prefix: str) -> tuple[Node, ...]:
    return tuple(
        replace(node, path=(prefix, *node.path), children=_under(node.children, prefix))
        for node in nodes
        if isinstance(node, Item)
    )


def _table_indicators(outline: Outline, context: Context) -> Iterator[Indicator]:
    owned = [table for owner in outline.sections for table in owned_tables(owner.children, owner.id)]
    owned += [
        (owner.id, table)
        for owner in outline.appendices
        if not holds_any(owner.title.text, "forms")  # a form to be filled in promises nothing
        for table in tables_of_appendix(owner.children, context)
    ]
    for owner_id, table in owned:
        if table.kind == "indicators":
            yield from indicators_of_table(table, owner_id, context)


def _assignments(parts: Sequence[Division], context: Context) -> Iterator[Assignment]:
    for part in parts:
        if part.kind == "organisation":
            found = tuple(assignments_of_section(part.item, context))
            if found:
                context.record.claim(part.item.whole)
            yield from found


def _bases(outline: Outline, record: Record) -> tuple[LegalBasis, ...]:
    readings = legal_bases(outline.preamble)
    for reading in readings:
        _prove_basis(reading, record)
    return tuple(
        LegalBasis(
            id=reading.id,
            type=reading.type,
            number=reading.number,
            date=reading.date,
            issuer=reading.issuer,
            subject=reading.subject,
            amends=reading.amends,
        )
        for reading in readings
    )


def _prove_basis(reading: LegalBasisReading, record: Record) -> None:
    key = f"legal_bases/{reading.id}"
    record.prove(f"{key}/type", reading.type_at)
    record.prove(f"{key}/number", reading.number_at)
    record.prove(f"{key}/date", reading.date_at)
    record.prove(f"{key}/issuer", reading.issuer_at)
    record.prove(f"{key}/subject", reading.subject_at)
    if reading.has_unread_number:
        record.flag("basis-number-unclear", f"{key}/number", text=reading.whole.text)


def _citations(outline: Outline, document: Document, record: Record) -> tuple[Citation, ...]:
    found = body_citations(_texts_by_id(outline), document.number)
    for citation in found:
        record.prove(f"citations/{citation.number}/number", *citation.at)
    return tuple(
        Citation(
            number=citation.number,
            type=citation.type,
            date=citation.date,
            issuer=citation.issuer,
            cited_in=citation.cited_in,
        )
        for citation in found
    )


def _texts_by_id(outline: Outline) -> Iterator[tuple[str, Passage]]:
    """Every passage of the body with the id of the deepest labelled item it stands in."""
    for section in outline.sections:
        yield from _node_texts(section, section.id)
    for appendix in outline.appendices:
        yield appendix.id, appendix.title
        for node in appendix.children:
            yield from _node_texts(node, appendix.id)


def _node_texts(node: Node, owner: str) -> Iterator[tuple[str, Passage]]:
    if isinstance(node, OutlineTable):
        yield from ((owner, cell.passage) for cell in node.table.cells)
        return
    own = node.id if node.label and not owner.startswith("PL") else owner
    yield own, node.text
    yield from ((own, field.whole) for field in node.fields)
    for child in node.children:
        yield from _node_texts(child, own)


def _all_texts(outline: Outline) -> list[Passage]:
    return [*outline.preamble, *(text for _, text in _texts_by_id(outline))]


def _units(context: Context) -> tuple[Unit, ...]:
    units = context.units.units
    for unit in units:
        context.record.prove(f"units/{unit.id}/name", *unit.at)
    return tuple(Unit(id=unit.id, name=unit.name, written=unit.written) for unit in units)


def _appendix_entries(appendices: Sequence[Appendix], record: Record) -> tuple[AppendixEntry, ...]:
    for appendix in appendices:
        record.prove(f"appendices/{appendix.id}/title", appendix.title or appendix.whole)
        record.claim(appendix.whole, appendix.caption)
    return tuple(
        AppendixEntry(id=appendix.id, title=final_stop_off(appendix.title).text or None)
        for appendix in appendices
    )
