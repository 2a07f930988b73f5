"""All plans as tables with keys: what the database holds, and the CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.export.columns import (
    DEADLINE,
    DOUBTS,
    OF_PLAN,
    PAGE,
    PLAN,
    POSITION,
    deadline_values,
    doubts_value,
    lines,
)
from pipeline.export.lists import LISTS
from pipeline.export.table import Column, Row, Subject, Table, Value

_LEAD = Column("lead", "names of the units that do it, joined by `; `")
_SUPPORT = Column("support", "names of the units that help, joined by `; `")


def _plans(subject: Subject) -> Iterator[Row]:
    plan, document = subject.plan, subject.plan.document
    period, signer = document.period, document.signer
    yield (
        subject.id, document.type, document.number, document.date, document.place, document.issuer,
        document.parent, document.title, period.start if period else None,
        period.end if period else None,
        signer.authority, signer.role, signer.name, document.urgency, document.secrecy,
        plan.source.file, plan.source.sha256, plan.source.pages, plan.source.version,
    )  # fmt: skip


def _bases(subject: Subject) -> Iterator[Row]:
    for position, basis in enumerate(subject.plan.legal_bases, start=1):
        at = f"legal_bases/{basis.id}"
        yield (
            subject.id, basis.id, position, basis.type, basis.number, basis.date, basis.issuer,
            basis.subject, basis.amends, subject.checked.page(at), doubts_value(subject, at),
        )  # fmt: skip


def _units(subject: Subject) -> Iterator[Row]:
    for position, unit in enumerate(subject.plan.units, start=1):
        yield subject.id, unit.id, position, unit.name, lines(unit.written)


def _texts(collection: str, subject: Subject) -> Iterator[Row]:
    for position, item in enumerate(getattr(subject.plan, collection), start=1):
        at = f"{collection}/{item.id}"
        page, doubts = subject.checked.page(at), doubts_value(subject, at)
        yield subject.id, item.id, position, item.text, page, doubts


def _tasks(subject: Subject) -> Iterator[Row]:
    for position, task in enumerate(subject.plan.tasks, start=1):
        at = f"tasks/{task.id}"
        yield (
            subject.id, task.id, position, task.title, lines(task.section), subject.names(task.lead),
            subject.names(task.support), *deadline_values(task.deadline), lines(task.products),
            lines(task.details), subject.checked.page(at), doubts_value(subject, at),
        )  # fmt: skip


def _indicators(subject: Subject) -> Iterator[Row]:
    for position, indicator in enumerate(subject.plan.indicators, start=1):
        at = f"indicators/{indicator.id}"
        target = indicator.target
        figures: tuple[Value, ...] = (None,) * 4
        if target is not None:
            figures = (target.text, target.operator, target.value, target.unit)
        yield (
            subject.id, indicator.id, position, indicator.group, indicator.name, indicator.unit, *figures,
            subject.names(indicator.lead), subject.names(indicator.support),
            *deadline_values(indicator.deadline), subject.checked.page(at), doubts_value(subject, at),
        )  # fmt: skip


def _assignments(subject: Subject) -> Iterator[Row]:
    for position, assignment in enumerate(subject.plan.assignments, start=1):
        at = f"assignments/{assignment.id}"
        yield (
            subject.id, assignment.id, position, subject.names(assignment.units), assignment.text,
            *deadline_values(assignment.deadline), subject.checked.page(at), doubts_value(subject, at),
        )  # fmt: skip


def _citations(subject: Subject) -> Iterator[Row]:
    for position, cited in enumerate(subject.plan.citations, start=1):
        yield (
            subject.id, position, cited.number, cited.type, cited.date, cited.issuer, lines(cited.cited_in)
        )  # fmt: skip


def _objectives(subject: Subject) -> Iterable[Row]:
    return _texts("objectives", subject)


def _requirements(subject: Subject) -> Iterable[Row]:
    return _texts("requirements", subject)


_ID = Column("id", "the path of printed labels, such as III.1.3.a")
_TEXT_COLUMNS = (PLAN, _ID, POSITION, Column("text", "the text as printed"), PAGE, DOUBTS)

TABLES: tuple[Table, ...] = (
    Table(
        "plans", "one row a plan",
        (
            Column("plan", "id of the plan: number, year and issuer, so that a corrected plan keeps it"),
            Column("type", "type of document"), Column("number", "number and symbol"),
            Column("date", "date of issue", "date"), Column("place", "place of issue"),
            Column("issuer", "who issued it"), Column("parent", "the body printed above the issuer"),
            Column("title", "what the plan is about"),
            Column("period_start", "first day that it covers", "date"),
            Column("period_end", "last day that it covers", "date"),
            Column("signer_authority", "lines above the signer's post"),
            Column("signer_role", "the signer's post"), Column("signer_name", "the signer's name"),
            Column("urgency", "KHẨN, THƯỢNG KHẨN or HỎA TỐC"),
            Column("secrecy", "MẬT, TỐI MẬT or TUYỆT MẬT"),
            Column("file", "name of the file that it was read from"),
            Column("sha256", "SHA-256 of that file"),
            Column("pages", "number of pages", "integer"), Column("version", "version of kehoach"),
        ),
        ("plan",), _plans,
    ),
    Table(
        "legal_bases", "documents cited before the first section",
        (
            PLAN, Column("id", "its number, or its name where it has none"), POSITION,
            Column("type", "type of document"), Column("number", "number and symbol"),
            Column("date", "its date", "date"), Column("issuer", "who issued it"),
            Column("subject", "what it is about"),
            Column("amends", "number of the basis that it amends"), PAGE, DOUBTS,
        ),
        ("plan", "id"), _bases, (OF_PLAN,),
    ),
    Table(
        "units", "organisations and posts that lead, support or are told something",
        (
            PLAN, Column("id", "the name in lower case, without marks"), POSITION,
            Column("name", "the name as first printed"),
            Column("written", "every way the plan writes it, one a line"),
        ),
        ("plan", "id"), _units, (OF_PLAN,),
    ),
    Table("objectives", "objectives", _TEXT_COLUMNS, ("plan", "id"), _objectives, (OF_PLAN,)),
    Table("requirements", "requirements", _TEXT_COLUMNS, ("plan", "id"), _requirements, (OF_PLAN,)),
    Table(
        "tasks", "one row a task, lists joined for reading; the tables `task_...` hold them entry by entry",
        (
            PLAN, _ID, POSITION, Column("title", "what is to be done"),
            Column("section", "the headings above it, outermost first, one a line"), _LEAD, _SUPPORT,
            *DEADLINE, Column("products", "what comes out of it, one a line"),
            Column("details", "items and paragraphs under it, one a line"), PAGE, DOUBTS,
        ),
        ("plan", "id"), _tasks, (OF_PLAN,),
    ),
    Table(
        "indicators", "one row an indicator",
        (
            PLAN, _ID, POSITION, Column("group_name", "the group it stands under"),
            Column("name", "what is measured"), Column("unit_of_measure", "unit of measure"),
            Column("target", "the target as printed"), Column("operator", ">=, <= or ="),
            Column("value", "the figure", "real"), Column("target_unit", "what is counted"),
            _LEAD, _SUPPORT, *DEADLINE, PAGE, DOUBTS,
        ),
        ("plan", "id"), _indicators, (OF_PLAN,),
    ),
    Table(
        "assignments", "who is told to do what outside the task list",
        (
            PLAN, _ID, POSITION, Column("units", "names of the units addressed, joined by `; `"),
            Column("text", "what they are told"), *DEADLINE, PAGE, DOUBTS,
        ),
        ("plan", "id"), _assignments, (OF_PLAN,),
    ),
    Table(
        "citations", "documents cited outside the preamble",
        (
            PLAN, POSITION, Column("number", "number and symbol"), Column("type", "type of document"),
            Column("date", "its date", "date"), Column("issuer", "who issued it"),
            Column("cited_in", "ids of the items that cite it, one a line"),
        ),
        ("plan", "position"), _citations, (OF_PLAN,),
    ),
    *LISTS,
)  # fmt: skip
"""In an order in which every table comes after those that it refers to."""
