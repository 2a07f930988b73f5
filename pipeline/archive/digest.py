"""What the report needs of a plan, small enough to be kept in the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.folding import fold
from pipeline.rules import load_rules
from schemas import Plan


def digest_of(plan: Plan) -> dict[str, Any]:
    """Letterhead; documents cited; tasks by unit and by month due; findings by code."""
    document = plan.document
    names = {unit.id: unit.name for unit in plan.units}
    leads = Counter(names.get(unit, unit) for task in plan.tasks for unit in task.lead)
    supports = Counter(names.get(unit, unit) for task in plan.tasks for unit in task.support)
    months = Counter(due[:7] for task in plan.tasks if task.deadline and (due := task.deadline.due))
    return {
        "number": document.number,
        "issuer": document.issuer,
        "date": document.date,
        "title": document.title,
        "cites": list(_cited(plan)),
        "leads": dict(leads),
        "supports": dict(supports),
        "months": dict(sorted(months.items())),
        "findings": dict(Counter(f.code for f in plan.findings if f.severity != "info")),
    }


def _cited(plan: Plan) -> Iterator[dict[str, Any]]:
    """Each document cited, once: as a legal basis, in the body, or amended or replaced by this plan."""
    text = fold(" ".join(_running_text(plan)))
    seen: set[str] = set()
    for basis in plan.legal_bases:
        if basis.number and basis.number not in seen:
            seen.add(basis.number)
            yield _entry(basis.number, basis.date, basis.issuer, "based on")
    for citation in plan.citations:
        if citation.number not in seen:
            seen.add(citation.number)
            relation = _relation(text, citation.number)
            yield _entry(citation.number, citation.date, citation.issuer, relation)


def _entry(number: str, date: str | None, issuer: str | None, relation: str) -> dict[str, Any]:
    return {"number": number, "date": date, "issuer": issuer, "relation": relation}


def _running_text(plan: Plan) -> Iterator[str]:
    """The places where a plan says that it implements, amends or replaces another."""
    yield plan.document.title or ""
    for section in plan.sections:
        yield section.text or ""
    yield from (objective.text for objective in plan.objectives)
    yield from (requirement.text for requirement in plan.requirements)
    yield from (assignment.text or "" for assignment in plan.assignments)
    for task in plan.tasks:
        yield " ".join((task.title or "", *task.details))


def _relation(text: str, number: str) -> str:
    """By the last word of relation before the number, within one clause; else only `cites`."""
    for found in re.finditer(rf"(?<!\d){re.escape(fold(number))}", text):
        before = re.split(r"[.;:]", text[max(0, found.start() - _reach()) : found.start()])[-1]
        places = [(before.rfind(phrase), name) for name, phrases in _phrases() for phrase in phrases]
        place, name = max(places)
        if place >= 0:
            return name
    return "cites"


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    relations = load_rules("relations")["relations"]
    return tuple((name, tuple(fold(phrase) for phrase in phrases)) for name, phrases in relations.items())


@cache
def _reach() -> int:
    return int(load_rules("relations")["reach"])
