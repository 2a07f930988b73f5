"""A plan as a sheet to read in a meeting (Markdown with tables, as GitHub and most viewers take it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.export.identity import NamedPlan
from pipeline.export.table import Subject, subject_of
from pipeline.export.wording import day, section_path, target_of
from schemas import Indicator, Plan, Task

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$^]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINK = re.compile(r"://|(?<=\bwww)\.|@")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters: no Markdown reader is bound to keep them."""

_OPENING = re.compile(r"^(?:[-+=]|\d+[.)])")
"""What would begin a list or a heading where a text stands in a paragraph of its own."""


def to_markdown(plans: Sequence[NamedPlan]) -> str:
    """The sheets of all plans, one after the other."""
    sheets = ("\n".join(_sheet(subject_of(named))) for named in plans)
    return "\n\n---\n\n".join(sheets) + "\n"


def escaped(text: str) -> str:
    """`text` so that a reader of Markdown gets exactly it: no markup, no HTML, no link, one line."""
    safe = _ENTITY.sub("&amp;", text)
    safe = _NOT_TEXT.sub("\ufffd", safe)
    safe = _SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0] not in "<>" else _html(found[0]), safe)
    safe = _LINK.sub(lambda found: _coded(found[0][0]) + found[0][1:], safe)
    safe = re.sub(r"[\t\r\n\u2028\u2029]", lambda found: _coded(found[0]), safe)
    safe = re.sub(r"^\s+|\s+$", lambda found: "".join(map(_coded, found[0])), safe)
    return _OPENING.sub(lambda found: found[0][:-1] + _coded(found[0][-1]), safe)


def _html(letter: str) -> str:
    return {"<": "&lt;", ">": "&gt;"}[letter]


def _coded(letter: str) -> str:
    """A carriage return may not be written as a reference in HTML; readers make it a line feed."""
    return f"&#{ord(letter)};"


def _sheet(subject: Subject) -> Iterator[str]:
    plan = subject.plan
    document = plan.document
    yield f"# {escaped(document.title or plan.source.file)}"
    yield ""
    yield from _facts(plan)
    yield from _tasks(subject)
    yield from _indicators(subject)
    yield from _assignments(subject)
    yield from _findings(plan)


def _facts(plan: Plan) -> Iterator[str]:
    document = plan.document
    issued = f"{document.type or 'Văn bản'} số {document.number or '…'}"
    if document.date:
        issued += f" ngày {day(document.date)}"
    facts = {
        "Văn bản": issued,
        "Cơ quan ban hành": document.issuer,
        "Người ký": document.signer.name,
        "Nhiệm vụ": f"{len(plan.tasks)}; chỉ tiêu: {len(plan.indicators)}",
    }
    for name, value in facts.items():
        if value:
            yield f"- **{name}:** {escaped(value)}"


def _tasks(subject: Subject) -> Iterator[str]:
    if not subject.plan.tasks:
        return
    yield from ("", "## Nhiệm vụ")
    section: tuple[str, ...] | None = None
    for task in subject.plan.tasks:
        if task.section != section:
            section = task.section
            yield from ("", f"### {escaped(section_path(section)) or 'Nhiệm vụ khác'}", "")
            yield from _head("Mã số", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm", "Trang")
        yield _row(_task_cells(subject, task))


def _task_cells(subject: Subject, task: Task) -> Iterator[str]:
    at = f"tasks/{task.id}"
    page = subject.checked.page(at)
    yield from (task.id, task.title or "", subject.names(task.lead) or "", subject.names(task.support) or "")
    yield task.deadline.text if task.deadline else ""
    yield "; ".join(task.products)
    yield str(page) if page else ""


def _indicators(subject: Subject) -> Iterator[str]:
    if not subject.plan.indicators:
        return
    yield from ("", "## Chỉ tiêu", "")
    yield from _head("Mã số", "Chỉ tiêu", "Mục tiêu", "Đơn vị", "Chủ trì")
    for indicator in subject.plan.indicators:
        yield _row(_indicator_cells(subject, indicator))


def _indicator_cells(subject: Subject, indicator: Indicator) -> tuple[str, ...]:
    return (
        indicator.id, indicator.name or "", target_of(indicator), indicator.unit or "",
        subject.names(indicator.lead) or "",
    )  # fmt: skip


def _assignments(subject: Subject) -> Iterator[str]:
    if not subject.plan.assignments:
        return
    yield from ("", "## Tổ chức thực hiện", "")
    yield from _head("Mã số", "Đơn vị", "Nội dung")
    for assignment in subject.plan.assignments:
        yield _row((assignment.id, subject.names(assignment.units) or "", assignment.text or ""))


def _findings(plan: Plan) -> Iterator[str]:
    serious = [finding for finding in plan.findings if finding.severity != "info"]
    if not serious:
        return
    yield from ("", "## Cần xem lại", "")
    yield from (f"- {escaped(finding.message)}" for finding in serious)


def _head(*names: str) -> tuple[str, str]:
    return f"| {' | '.join(names)} |", "|" + "---|" * len(names)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"
