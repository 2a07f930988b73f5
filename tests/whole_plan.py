"""A small plan with every collection filled, and the ways in which a value of it can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

WHOLE = (Path(__file__).parent / "data" / "whole.plan.yaml").read_text(encoding="utf-8")
"""A small plan with every collection filled, as `dump_plan` writes it; own wording."""


def whole() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(WHOLE)
    return content


def put(content: Any, path: Any, value: Any) -> None:
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


PLACE = {"page": 1, "box": None, "text": "", "confidence": 1}

# path in the file, what to put there, how the message begins, what it says
WRONG = [
    (("document", "date"), "8/3/2024", "document/date: ", "YYYY-MM-DD"),
    (("document", "date"), "20240308", "document/date: ", "YYYY-MM-DD"),  # ISO's short form
    (("document", "date"), "2023-02-29", "document/date: ", "not a calendar date"),
    (("document", "date"), "٢٠٢٤-03-08", "document/date: ", "YYYY-MM-DD"),  # Arabic digits
    (("document", "number"), 64, "document/number: ", "must be text, not a number (64); put it in quotes"),
    (("document", "number"), False, "document/number: ", "put it in quotes"),  # a bare `no`
    (("document", "recipients"), "UBND", "document/recipients: ", "must be a list, not 'UBND'"),
    (("document", "recipients", 1), None, "document/recipients[2]: ", "must be text, not null"),
    (("document", "signer"), None, "document/signer: ", "must be a mapping, not null"),
    (("document", "signer", "post"), "x", "document/signer.post: ", "is no key of the contract"),
    (("document", "period"), [], "document/period: ", "must be a mapping, not a list"),
    (("extra",), 1, "extra: ", "is no key of the contract"),
    (("tasks", 0, "leads"), [], "tasks/III.1/leads: ", "is no key of the contract"),
    (("tasks", 0, "lead"), ["so-y-te"], "tasks/III.1/lead: ", "'so-y-te', which is not in units"),
    (("tasks", 0, "lead"), ["van-phong", 7], "tasks/III.1/lead[2]: ", "must be text"),
    (("tasks", 0, "id"), "", "tasks[1]/id: ", "must not be empty"),
    (("indicators", 0, "support"), ["x"], "indicators/PL1.1/support: ", "not in units"),
    (("assignments", 0, "units"), ["x"], "assignments/IV.1/units: ", "not in units"),
    (("tasks", 0, "deadline", "kind"), "soon", "tasks/III.1/deadline.kind: ", "must be 'date', 'period'"),
    (("tasks", 0, "deadline", "recurrence"), "hằng tháng", "tasks/III.1/deadline.recurrence: ", "RRULE"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;FREQ=DAILY", "tasks/III.1/deadline", "RRULE"),
    (("tasks", 0, "deadline", "recurrence"), "RRULE:FREQ=MONTHLY", "tasks/III.1/deadline", "RRULE"),
    (("tasks", 0, "deadline", "duration"), "20 ngày", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("tasks", 0, "deadline", "duration"), "P", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("tasks", 0, "deadline", "duration"), "P5DT", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("indicators", 0, "target", "value"), "60", "indicators/PL1.1/target.value: ", "must be a number"),
    (("indicators", 0, "target", "value"), True, "indicators/PL1.1/target.value: ", "must be a number"),
    (("indicators", 0, "target", "operator"), "≥", "indicators/PL1.1/target.operator: ", "must be '>='"),
    (("findings", 0, "severity"), "fatal", "findings[1]/severity: ", "'error', 'warning' or 'info'"),
    (("source", "sha256"), "abc", "source/sha256: ", "does not have the form"),
    (("source", "pages"), 2.5, "source/pages: ", "must be a whole number"),
    (("source", "pages"), -1, "source/pages: ", "at least 0"),
    (("evidence", "document/signer.name", 0, "box"), [1, 2], "evidence/document/signer.name[1].box", "entri"),
    (("evidence", "document/signer.name", 0, "box"), [9, 2, 3, 4], "evidence/document/signer.na", "x0 <= x1"),
    (("evidence", "document/signer.name", 0, "confidence"), 1.5, "evidence/document/signer", "at most 1"),
    (("evidence", "document/signer.name"), [], "evidence/document/signer.name: ", "at least 1 entr"),
    (("evidence", "people/1/name"), [PLACE], "evidence/people/1/name: ", "key must"),
    (("evidence", "document"), [PLACE], "evidence/document: ", "key must"),
]  # fmt: skip
