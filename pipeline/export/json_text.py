"""Plans as JSON for programs: whole plans as one array, or one task a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pipeline.export.doubts import Checked
from pipeline.export.identity import NamedPlan
from schemas import Plan, plan_content

_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""Characters that some programs take for the end of a line, and JSON need not escape."""


def to_json(plans: Sequence[NamedPlan]) -> str:
    """An array with each plan as the contract has it, one plan or many."""
    return json.dumps([plan_content(named.plan) for named in plans], ensure_ascii=False, indent=2) + "\n"


def to_jsonl(plans: Sequence[NamedPlan]) -> str:
    """JSON Lines: one task a line, complete in itself, with its plan and the names of its units."""
    lines = (json.dumps(task, ensure_ascii=False) for named in plans for task in _tasks(named))
    return "".join(line.translate(_BREAKS) + "\n" for line in lines)


def _tasks(named: NamedPlan) -> list[dict[str, Any]]:
    plan, checked = named.plan, Checked(named.plan)
    names = {unit.id: unit.name for unit in plan.units}
    return [
        {
            **_head(named.id, plan),
            **task.model_dump(mode="json"),
            "lead": [names[unit] for unit in task.lead],
            "support": [names[unit] for unit in task.support],
            "page": checked.page(f"tasks/{task.id}"),
            "doubts": list(checked.all(f"tasks/{task.id}")),
        }
        for task in plan.tasks
    ]


def _head(plan_id: str, plan: Plan) -> dict[str, Any]:
    document = plan.document
    return {
        "plan": plan_id,
        "number": document.number,
        "date": document.date,
        "issuer": document.issuer,
        "file": plan.source.file,
    }
