"""Plans for the tests of exports: the gold of the samples as whole plans, and one with hostile texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from schemas import Plan, load_gold
from tests.conftest import plan_dict

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

HOSTILE = (
    "=1+1", '=HYPERLINK("http://example.com","x")', "+84 24 3333", "- Thời hạn: quý II", "@SUM(A1)", "-",
    "'=1+1", "''", "\t=1+1", "＝1+1", "dòng một\ndòng hai", "dòng một\r\ndòng hai", "a\rb", 'nói "có"',
    "'nháy'", "</script><script>alert(1)</script>", "<b>&amp;</b>", "một; hai, ba\\bốn", "a|b||c",
    "`x` *y* _z_ [l](http://a.b) ![i](j)", "# không phải tiêu đề", "1. không phải mục", "&#65; &lt; &nbsp;",
    "_x0041_ _x000D_", "#N/A", "TRUE", "08/3", "1.10", "000123", "1e5", "2024-03-08", "NULL", "$x^2$ ~~bỏ~~",
    "www.example.com a@b.vn", "  hai bên  ", "a\u2028b\u0085c", "Kế\u00a0hoạch 🇻🇳", "x\x0bcy\x0c\x07",
    "END:VTODO\r\nBEGIN:VTODO", "'; DROP TABLE tasks; --", "…" * 3, "\\n \\, \\;", "dài " * 1000 + "hết.",
)  # fmt: skip
"""Texts that some format would take for something else. The last one has 4,004 letters."""


@cache
def sample_plan(name: str) -> Plan:
    """The gold of a sample with what gold leaves out."""
    gold: Any = dict(load_gold(SAMPLES / name / "plan.gold.yaml").content)
    gold["document"] |= {"urgency": None, "secrecy": None}
    for cited in gold.get("citations", ()):
        cited |= {"type": None, "date": None, "issuer": None, "cited_in": []} | cited
    for item in (*gold["assignments"], *gold["indicators"]):
        item |= {"deadline": None} | item
    gold["source"] = plan_dict()["source"] | {"file": f"{name}.pdf", "sha256": f"{sum(name.encode()):064x}"}
    return Plan.model_validate(plan_dict() | gold)


def sample_plans() -> tuple[Plan, ...]:
    """All three samples."""
    return tuple(sample_plan(name) for name in ("seed", "department", "school"))


def task_dict(item: str, **parts: Any) -> dict[str, Any]:
    """A task of the contract."""
    return {
        "id": item, "title": "Việc", "section": [], "lead": [], "support": [], "deadline": None,
        "products": [], "details": [], **parts,
    }  # fmt: skip


def deadline_dict(text: str = "Năm 2024", kind: str = "date", **parts: Any) -> dict[str, Any]:
    """A deadline of the contract."""
    empty = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    return {"text": text, "kind": kind, **empty, **parts}


def document_dict(**parts: Any) -> dict[str, Any]:
    """The head of a plan, with number, date and issuer."""
    named = {
        "type": "Kế hoạch",
        "number": "64/KH-UBND",
        "date": "2024-03-08",
        "issuer": "UBND phường Biên Giang",
    }
    head: dict[str, Any] = plan_dict()["document"]
    return head | named | parts


def hostile_plan(*texts: str) -> Plan:
    """Each text as title, section, product, detail, deadline and lead of a task, as a basis, and so on."""
    texts = texts or HOSTILE
    units = [{"id": f"u{n}", "name": text, "written": [text]} for n, text in enumerate(texts)]
    tasks = [
        task_dict(
            f"I.{n}", title=text, section=[text], lead=[f"u{n}"], products=[text], details=[text],
            deadline=deadline_dict(text, due="2024-06-30"),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    numbers = [f"{n}/QĐ" for n in range(len(texts))]
    bases = [
        {
            "id": number, "type": text, "number": number, "date": None, "issuer": text, "subject": text,
            "amends": None,
        }
        for number, text in zip(numbers, texts, strict=True)
    ]  # fmt: skip
    indicators = [
        {
            "id": f"PL1.{n}", "group": text, "name": text, "unit": text, "lead": [f"u{n}"], "support": [],
            "deadline": None, "target": {"text": text, "operator": "=", "value": 1, "unit": text},
        }
        for n, text in enumerate(texts)
    ]  # fmt: skip
    findings = [
        {"severity": "warning", "code": "unit-unclear", "at": None, "message": text} for text in texts
    ]
    objectives = [{"id": f"O.{n}", "text": text} for n, text in enumerate(texts)]
    document = document_dict(title=texts[0], issuer=texts[1] if len(texts) > 1 else texts[0])
    return Plan.model_validate(
        plan_dict(
            document=document, units=units, tasks=tasks, legal_bases=bases, indicators=indicators,
            findings=findings, objectives=objectives,
        )
    )  # fmt: skip
