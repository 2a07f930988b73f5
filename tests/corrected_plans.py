"""A plan with two tasks to set right, and corrections as a person makes them."""

from datetime import UTC, datetime
from typing import Any

from pipeline.corrections import Correction, corrected, kept_value, understood
from schemas import Plan, plan_content
from tests.conftest import plan_dict

WHEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
LEAD, DEADLINE, TITLE = "tasks/III.1/lead", "tasks/III.1/deadline", "tasks/III.1/title"


def place(confidence: float = 0.95, page: int = 1) -> dict[str, Any]:
    return {"page": page, "box": [1, 2, 3, 4], "text": "chữ in", "confidence": confidence, "origin": "ocr"}


def warning(code: str, at: str) -> dict[str, str]:
    return {"severity": "warning", "code": code, "at": at, "message": "Cần xem lại."}


def deadline(text: str = "Quý II", **known: str) -> dict[str, Any]:
    blank = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    return {"text": text, "kind": "unclear", **blank, **known}


def two_tasks() -> Plan:
    """Two tasks, of which the first has its lead and its deadline wrong."""
    task = {
        "id": "III.1", "title": "Rà soát", "section": [], "lead": ["van-phong"], "support": ["phong-a"],
        "deadline": deadline(), "products": [], "details": [],
    }  # fmt: skip
    return Plan.model_validate(plan_dict(
        units=[
            {"id": "van-phong", "name": "Văn phồng", "written": ["Văn phồng"]},
            {"id": "phong-a", "name": "Phòng A", "written": ["Phòng A", "P. A"]},
        ],
        tasks=[task, {**task, "id": "III.2", "lead": ["phong-a"], "support": [], "deadline": None}],
        findings=[warning("deadline-unclear", DEADLINE), warning("missing-product", "tasks/III.2/products")],
        evidence={
            "units/van-phong/name": [place(0.5)], "units/phong-a/name": [place()],
            LEAD: [place(0.5), place(0.9)], DEADLINE: [place()], TITLE: [place(page=1)],
        },
    ))  # fmt: skip


def said(plan: Plan, key: str, text: str | None = None, **more: Any) -> Correction:
    """A correction by typed text; without any, the value was accepted."""
    old = kept_value(plan, key)
    new = old if text is None else understood(plan, key, text)
    sha256 = plan.source.sha256
    return Correction(
        key=key, content_sha256=sha256, old=old, new=new, when=WHEN, accepted=text is None, **more
    )


def task(plan: Plan, number: int = 0) -> Any:
    return plan.tasks[number]


def chain(plan: Plan) -> tuple[Plan, tuple[Correction, ...]]:
    """Four corrections, each made on what the ones before it left."""
    entries: list[Correction] = []
    for key, text in ((LEAD, "Sở B"), (DEADLINE, "Tháng 5/2024"), (LEAD, "Phòng C; Sở B"), (TITLE, None)):
        entries.append(said(plan, key, text))
        plan = corrected(plan, entries[-1])
    return plan, tuple(entries)


def changed(plan: Plan, number: int, **values: Any) -> Plan:
    content = plan_content(plan)
    content["tasks"][number].update(values)
    return Plan.model_validate(content)


PRINTED = """\
ỦY BAN NHÂN DÂN PHƯỜNG BIÊN GIANG
Số: 12/KH-UBND
KẾ HOẠCH
Công tác năm 2024
I. NHIỆM VỤ
1. Rà soát văn bản
- Đơn vị thực hiện: Văn phòng.
- Thời hạn: Quý II/2024.
"""
