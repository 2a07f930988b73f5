"""The tables that hold lists entry by entry, and the rest of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.export.columns import OF_PLAN, PLAN, POSITION
from pipeline.export.table import Column, Link, Row, Subject, Table

_TASK = Column("task", "which task: `tasks.id`")
_UNIT = Column("unit", "which unit: `units.id`")
_ROLE = Column("role", "`lead` or `support`")
_OF_TASK = Link(("plan", "task"), "tasks", ("plan", "id"))
_OF_UNIT = Link(("plan", "unit"), "units", ("plan", "id"))


def _task_list(name: str, field: str, value: Column, meaning: str) -> Table:
    def rows(subject: Subject) -> Iterator[Row]:
        for task in subject.plan.tasks:
            for position, entry in enumerate(getattr(task, field), start=1):
                yield subject.id, task.id, position, entry

    return Table(
        name, meaning, (PLAN, _TASK, POSITION, value), ("plan", "task", "position"), rows, (_OF_TASK,)
    )


def _roles(collection: str) -> Callable[[Subject], Iterator[Row]]:
    def rows(subject: Subject) -> Iterator[Row]:
        for item in getattr(subject.plan, collection):
            for role in ("lead", "support"):
                for position, unit in enumerate(getattr(item, role), start=1):
                    yield subject.id, item.id, role, position, unit

    return rows


def _unit_names(subject: Subject) -> Iterator[Row]:
    for unit in subject.plan.units:
        for position, name in enumerate(unit.written or (unit.name,), start=1):
            yield subject.id, unit.id, position, name


def _assignment_units(subject: Subject) -> Iterator[Row]:
    for assignment in subject.plan.assignments:
        for position, unit in enumerate(assignment.units, start=1):
            yield subject.id, assignment.id, position, unit


def _citation_places(subject: Subject) -> Iterator[Row]:
    for number, cited in enumerate(subject.plan.citations, start=1):
        for position, item in enumerate(cited.cited_in, start=1):
            yield subject.id, number, position, item


def _recipients(subject: Subject) -> Iterator[Row]:
    for position, recipient in enumerate(subject.plan.document.recipients, start=1):
        yield subject.id, position, recipient


def _abbreviations(subject: Subject) -> Iterator[Row]:
    for position, entry in enumerate(subject.plan.abbreviations, start=1):
        yield subject.id, position, entry.short, entry.full


def _appendices(subject: Subject) -> Iterator[Row]:
    for position, appendix in enumerate(subject.plan.appendices, start=1):
        yield subject.id, appendix.id, position, appendix.title


def _sections(subject: Subject) -> Iterator[Row]:
    for position, section in enumerate(subject.plan.sections, start=1):
        yield subject.id, section.id, position, section.title, section.text


def _findings(subject: Subject) -> Iterator[Row]:
    for position, finding in enumerate(subject.plan.findings, start=1):
        yield subject.id, position, finding.severity, finding.code, finding.at, finding.message


def _evidence(subject: Subject) -> Iterator[Row]:
    for at, places in subject.plan.evidence.items():
        for position, place in enumerate(places, start=1):
            box = place.box or (None,) * 4
            yield (
                subject.id, at, position, place.page, place.line, *box, place.text, place.mended,
                place.origin, place.prepared, place.confidence,
            )  # fmt: skip


LISTS: tuple[Table, ...] = (
    Table(
        "unit_names", "every way a plan writes a unit",
        (PLAN, _UNIT, POSITION, Column("name", "the name as printed")),
        ("plan", "unit", "position"), _unit_names, (_OF_UNIT,),
    ),
    Table(
        "task_units", "who leads and who supports which task", (PLAN, _TASK, _ROLE, POSITION, _UNIT),
        ("plan", "task", "role", "position"), _roles("tasks"), (_OF_TASK, _OF_UNIT),
    ),
    _task_list(
        "task_sections", "section", Column("heading", "a heading above the task"),
        "the headings above each task, outermost first",
    ),
    _task_list("task_products", "products", Column("product", "what comes out of it"), "products of tasks"),
    _task_list(
        "task_details", "details", Column("detail", "an item or paragraph"), "what else stands under tasks"
    ),
    Table(
        "indicator_units", "who leads and who supports which indicator",
        (PLAN, Column("indicator", "which indicator: `indicators.id`"), _ROLE, POSITION, _UNIT),
        ("plan", "indicator", "role", "position"), _roles("indicators"),
        (Link(("plan", "indicator"), "indicators", ("plan", "id")), _OF_UNIT),
    ),
    Table(
        "assignment_units", "who is addressed by which assignment",
        (PLAN, Column("assignment", "which assignment: `assignments.id`"), POSITION, _UNIT),
        ("plan", "assignment", "position"), _assignment_units,
        (Link(("plan", "assignment"), "assignments", ("plan", "id")), _OF_UNIT),
    ),
    Table(
        "citation_places", "which items cite a document",
        (
            PLAN, Column("citation", "which citation: `citations.position`", "integer"), POSITION,
            Column("item", "id of the item that cites it"),
        ),
        ("plan", "citation", "position"), _citation_places,
        (Link(("plan", "citation"), "citations", ("plan", "position")),),
    ),
    Table(
        "recipients", "who gets the plan", (PLAN, POSITION, Column("recipient", "a line of the list")),
        ("plan", "position"), _recipients, (OF_PLAN,),
    ),
    Table(
        "abbreviations", "abbreviations that a plan itself defines",
        (PLAN, POSITION, Column("short", "the abbreviation"), Column("full", "what it stands for")),
        ("plan", "position"), _abbreviations, (OF_PLAN,),
    ),
    Table(
        "appendices", "appendices",
        (PLAN, Column("id", "PL and its number"), POSITION, Column("title", "its title")),
        ("plan", "id"), _appendices, (OF_PLAN,),
    ),
    Table(
        "sections", "printed text that no other table takes",
        (
            PLAN, Column("id", "the path of printed labels"), POSITION, Column("title", "its heading"),
            Column("text", "what is printed under it"),
        ),
        ("plan", "id"), _sections, (OF_PLAN,),
    ),
    Table(
        "findings", "what a person should look at, most serious first",
        (
            PLAN, POSITION, Column("severity", "error, warning or info"),
            Column("code", "a code of docs/findings.md"),
            Column("at", "the field it concerns as collection/id/field"),
            Column("message", "a sentence that says what is wrong"),
        ),
        ("plan", "position"), _findings, (OF_PLAN,),
    ),
    Table(
        "evidence", "where each field was read",
        (
            PLAN, Column("at", "the field as collection/id/field"), POSITION,
            Column("page", "page, from 1", "integer"),
            Column("line", "line of an input without pages", "integer"),
            Column("x0", "left edge, PDF points", "real"), Column("top", "upper edge, PDF points", "real"),
            Column("x1", "right edge, PDF points", "real"),
            Column("bottom", "lower edge, PDF points", "real"),
            Column("text", "the text as read"), Column("mended", "the text after mending"),
            Column("origin", "ocr, text_layer or person"),
            Column("prepared", "how the page was treated before OCR"),
            Column("confidence", "how sure the reading is, 0 to 1", "real"),
        ),
        ("plan", "at", "position"), _evidence, (OF_PLAN,),
    ),
)  # fmt: skip
