"""The contract of kehoach: what a plan file holds, checked and documented.

Needs pydantic and PyYAML only, so that other programs can read plans without the
rest of kehoach:

    from schemas import load_plan, dump_plan
    plan = load_plan("output/plan.yaml")
    for task in plan.tasks:
        print(task.id, task.title)
"""

from __future__ import annotations

from schemas.errors import InvalidPlan, PlanFileError, Problem, UnknownSchema
from schemas.files import Gold, dump_plan, load_gold, load_plan, plan_content
from schemas.json_schema import plan_json_schema
from schemas.models import (
    SCHEMA,
    Abbreviation,
    Appendix,
    Assignment,
    Citation,
    Deadline,
    Document,
    Indicator,
    LegalBasis,
    Objective,
    Period,
    Plan,
    Requirement,
    Section,
    Signer,
    Target,
    Task,
    Unit,
)
from schemas.provenance import Finding, Place, Reading, Source

__all__ = [
    "SCHEMA",
    "Abbreviation",
    "Appendix",
    "Assignment",
    "Citation",
    "Deadline",
    "Document",
    "Finding",
    "Gold",
    "Indicator",
    "InvalidPlan",
    "LegalBasis",
    "Objective",
    "Period",
    "Place",
    "Plan",
    "PlanFileError",
    "Problem",
    "Reading",
    "Requirement",
    "Section",
    "Signer",
    "Source",
    "Target",
    "Task",
    "Unit",
    "UnknownSchema",
    "dump_plan",
    "load_gold",
    "load_plan",
    "plan_content",
    "plan_json_schema",
]
