"""The sheets of the task tracker: their columns, Vietnamese headings and what stands in each cell.

A column marked `office` is left empty for the office to fill in; what it holds survives the
next export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.export.table import Subject
from pipeline.export.tracker_cells import Content
from pipeline.export.wording import section_path, target_of
from schemas import Deadline, Finding, Indicator, LegalBasis, Task, Unit

KEY: Final = "Khóa"
"""Heading of the hidden column by which rows are found again: plan and item."""

STATE: Final = "Tình trạng dữ liệu"
"""Heading of the column that says of a row that its item is gone from the plan."""

GONE: Final = "Không còn trong kế hoạch"
STATUSES: Final = ("Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Quá hạn", "Tạm dừng")
DONE: Final = "Hoàn thành"
SEEN: Final = ("Đã xem", "Đã sửa")
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}
_COLLECTIONS = {
    "document": "Thể thức văn bản", "legal_bases": "Căn cứ", "objectives": "Mục đích",
    "requirements": "Yêu cầu", "tasks": "Nhiệm vụ", "indicators": "Chỉ tiêu", "assignments": "Phân công",
    "units": "Đơn vị", "sections": "Nội dung khác", "citations": "Viện dẫn", "appendices": "Phụ lục",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: heading, width in letters, and for the office's own its choices."""

    heading: str
    width: float
    office: bool = False
    choices: tuple[str, ...] = ()
    centred: bool = False
    wrapped: bool = True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its key, its name for finding it again, and the cells of all columns that are ours."""

    plan: str
    item: str
    name: str
    cells: tuple[Content, ...]

    @property
    def key(self) -> str:
        """What the hidden column holds."""
        return f"{self.plan}/{self.item}"


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet: `rows` gives those of one plan; `named_by` is the heading of what rows are known by,
    `printed` that of the last column on paper, `frozen` the number of columns that stay in sight.
    """

    title: str
    colour: str
    columns: tuple[SheetColumn, ...]
    rows: Callable[[Subject], Iterator[SheetRow]]
    named_by: str
    printed: str
    frozen: int = 2


def _tasks(subject: Subject) -> Iterator[SheetRow]:
    for task in subject.plan.tasks:
        yield _row(subject, task.id, task.title or "", _task_cells(subject, task))


def _task_cells(subject: Subject, task: Task) -> Iterator[Content]:
    at = f"tasks/{task.id}"
    doubts = subject.checked.reasons
    yield Content(subject.plan.document.number)
    yield Content(task.id, (*subject.checked.whole(at), *doubts(at, "id")))
    yield Content(task.section[-1] if task.section else None, doubts(at, "section"))
    yield Content(task.title, doubts(at, "title"))
    yield Content(subject.names(task.lead), doubts(at, "lead"))
    yield Content(subject.names(task.support), doubts(at, "support"))
    yield from _deadline_cells(task.deadline, doubts(at, "deadline"))
    yield Content("\n".join(task.products) or None, doubts(at, "products"))
    yield from (Content(), Content(), Content())
    yield _page(subject, at)
    yield Content("\n".join(task.details) or None, doubts(at, "details"))
    yield Content(section_path(task.section) or None)


def _indicators(subject: Subject) -> Iterator[SheetRow]:
    for indicator in subject.plan.indicators:
        yield _row(subject, indicator.id, indicator.name or "", _indicator_cells(subject, indicator))


def _indicator_cells(subject: Subject, indicator: Indicator) -> Iterator[Content]:
    at = f"indicators/{indicator.id}"
    doubts = subject.checked.reasons
    target = indicator.target
    yield Content(subject.plan.document.number)
    yield Content(indicator.id, (*subject.checked.whole(at), *doubts(at, "id")))
    yield Content(indicator.group, doubts(at, "group"))
    yield Content(indicator.name, doubts(at, "name"))
    yield Content(indicator.unit, doubts(at, "unit"))
    yield Content(target_of(indicator) or None, doubts(at, "target"))
    yield Content(target.operator and _SIGNS[target.operator] if target else None)
    yield Content(target.value if target else None)
    yield Content(subject.names(indicator.lead), doubts(at, "lead"))
    yield Content(subject.names(indicator.support), doubts(at, "support"))
    yield from _deadline_cells(indicator.deadline, doubts(at, "deadline"))
    yield from (Content(), Content())
    yield _page(subject, at)


def _bases(subject: Subject) -> Iterator[SheetRow]:
    for basis in subject.plan.legal_bases:
        yield _row(subject, basis.id, basis.id, _basis_cells(subject, basis))


def _basis_cells(subject: Subject, basis: LegalBasis) -> Iterator[Content]:
    at = f"legal_bases/{basis.id}"
    doubts = subject.checked.reasons
    yield Content(subject.plan.document.number)
    yield Content(basis.type, doubts(at, "type"))
    yield Content(basis.number or basis.id, (*subject.checked.whole(at), *doubts(at, "number", "id")))
    yield Content(_day(basis.date), doubts(at, "date"))
    yield Content(basis.issuer, doubts(at, "issuer"))
    yield Content(basis.subject, doubts(at, "subject"))
    yield Content(basis.amends, doubts(at, "amends"))
    yield Content()
    yield _page(subject, at)


def _units(subject: Subject) -> Iterator[SheetRow]:
    plan = subject.plan
    for unit in plan.units:
        yield _row(subject, unit.id, unit.name, _unit_cells(subject, unit))


def _unit_cells(subject: Subject, unit: Unit) -> Iterator[Content]:
    plan = subject.plan
    at = f"units/{unit.id}"
    yield Content(plan.document.number)
    yield Content(unit.name, subject.checked.all(at))
    yield Content("\n".join(name for name in unit.written if name != unit.name) or None)
    yield Content(sum(unit.id in task.lead for task in plan.tasks))
    yield Content(sum(unit.id in task.support for task in plan.tasks))
    yield Content(sum(unit.id in (*one.lead, *one.support) for one in plan.indicators))
    yield Content(sum(unit.id in assignment.units for assignment in plan.assignments))
    yield Content()


def _findings(subject: Subject) -> Iterator[SheetRow]:
    seen: dict[str, int] = {}
    for finding in subject.plan.findings:
        item = f"{finding.code}:{finding.at or ''}"
        seen[item] = seen.get(item, 0) + 1
        own = item if seen[item] == 1 else f"{item}~{seen[item]}"
        yield _row(subject, own, finding.message, _finding_cells(subject, finding))


def _finding_cells(subject: Subject, finding: Finding) -> Iterator[Content]:
    at = finding.at or ""
    collection, _, rest = at.partition("/")
    item = rest.rpartition("/")[0] or rest
    yield Content(subject.plan.document.number)
    yield Content(SEVERITIES[finding.severity])
    yield Content(_COLLECTIONS.get(collection, collection) or "Toàn văn bản")
    yield Content(item if collection != "document" else None)
    yield Content(finding.message)
    yield Content()
    yield Content()
    yield _page(subject, f"{collection}/{item}" if collection != "document" else collection)
    yield Content(finding.code)


def _row(subject: Subject, item: str, name: str, cells: Iterable[Content]) -> SheetRow:
    return SheetRow(subject.id, item, name, tuple(cells))


def _deadline_cells(deadline: Deadline | None, doubts: tuple[str, ...]) -> Iterator[Content]:
    yield Content(deadline.text if deadline else None, doubts)
    yield Content(_day(deadline.start) if deadline else None)
    yield Content(_day(deadline.due) if deadline else None)


def _page(subject: Subject, at: str) -> Content:
    line = subject.checked.line(at)
    return Content(f"dòng {line}" if line else subject.checked.page(at))


def _day(text: str | None) -> date | str | None:
    """A real date; Excel has none before 1900, such a day stays text."""
    if text is None:
        return None
    value = date.fromisoformat(text)
    return value if value.year >= 1900 else text


_SIGNS = {">=": "≥", "<=": "≤", "=": "="}
_NUMBER = SheetColumn("Số kế hoạch", 15)
_NOTES = SheetColumn("Ghi chú", 22, office=True)
_PAGE = SheetColumn("Trang", 7, centred=True)
_DEADLINE = (
    SheetColumn("Thời hạn (theo văn bản)", 17),
    SheetColumn("Bắt đầu", 11, centred=True),
    SheetColumn("Hạn", 11, centred=True),
)

SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        "Nhiệm vụ", "1F4E79",
        (
            _NUMBER, SheetColumn("Mã số", 9), SheetColumn("Nhóm nhiệm vụ", 22), SheetColumn("Nhiệm vụ", 44),
            SheetColumn("Chủ trì", 18), SheetColumn("Phối hợp", 18), *_DEADLINE, SheetColumn("Sản phẩm", 22),
            SheetColumn("Trạng thái", 14, office=True, choices=STATUSES),
            SheetColumn("Ngày hoàn thành", 11, office=True, centred=True), _NOTES, _PAGE,
            SheetColumn("Chi tiết", 50), SheetColumn("Đề mục", 60, wrapped=False),
        ),
        _tasks, "Nhiệm vụ", "Trang",
    ),
    SheetKind(
        "Chỉ tiêu", "2E75B6",
        (
            _NUMBER, SheetColumn("Mã số", 9), SheetColumn("Nhóm chỉ tiêu", 22), SheetColumn("Chỉ tiêu", 44),
            SheetColumn("Đơn vị tính", 11), SheetColumn("Mục tiêu (theo văn bản)", 20),
            SheetColumn("So sánh", 7, centred=True), SheetColumn("Giá trị", 9), SheetColumn("Chủ trì", 18),
            SheetColumn("Phối hợp", 18), *_DEADLINE, SheetColumn("Kết quả", 11, office=True), _NOTES, _PAGE,
        ),
        _indicators, "Chỉ tiêu", "Trang",
    ),
    SheetKind(
        "Căn cứ", "548235",
        (
            _NUMBER, SheetColumn("Loại văn bản", 14), SheetColumn("Số, ký hiệu", 18),
            SheetColumn("Ngày", 11, centred=True), SheetColumn("Cơ quan ban hành", 26),
            SheetColumn("Trích yếu", 60), SheetColumn("Sửa đổi, bổ sung cho", 18), _NOTES, _PAGE,
        ),
        _bases, "Số, ký hiệu", "Trang", 3,
    ),
    SheetKind(
        "Đơn vị", "7F6000",
        (
            _NUMBER, SheetColumn("Đơn vị", 44), SheetColumn("Cách ghi khác", 34),
            SheetColumn("Chủ trì (nhiệm vụ)", 11, centred=True),
            SheetColumn("Phối hợp (nhiệm vụ)", 11, centred=True),
            SheetColumn("Chỉ tiêu", 9, centred=True), SheetColumn("Phân công", 10, centred=True), _NOTES,
        ),
        _units, "Đơn vị", "Ghi chú",
    ),
    SheetKind(
        "Cần xem lại", "C55A11",
        (
            _NUMBER, SheetColumn("Mức độ", 11), SheetColumn("Phần", 17), SheetColumn("Mã số", 13),
            SheetColumn("Nội dung cần xem", 64), SheetColumn("Đã xem", 11, office=True, choices=SEEN), _NOTES,
            _PAGE, SheetColumn("Mã lỗi", 20),
        ),
        _findings, "Nội dung cần xem", "Mã lỗi",
    ),
)  # fmt: skip
