"""Which plan is it: an id that stays the same when the plan is corrected and exported again.

It is made of number, year and issuer, as offices themselves tell plans apart, with marks
and case off, so that a mended letter makes no new plan. A plan whose number is not legible
goes by the hash of its file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.folding import fold
from schemas import Plan

_LONGEST = 100
"""Letters of an id; a longer one is cut and closed by a hash of the whole."""


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan and its id, which no other plan of the same export has."""

    id: str
    plan: Plan


def name_plans(plans: Iterable[Plan]) -> tuple[NamedPlan, ...]:
    """Each plan with its id; a clash gets `~2`, as ids in the contract do."""
    taken: set[str] = set()
    named = []
    for plan in plans:
        base = plan_id(plan)
        own = base
        number = 2
        while own in taken:
            own = f"{base}~{number}"
            number += 1
        taken.add(own)
        named.append(NamedPlan(own, plan))
    return tuple(named)


def plan_id(plan: Plan) -> str:
    """`64-kh-ubnd.2024.uy-ban-nhan-dan-phuong-bien-giang`; letters, digits, `-` and `.` only."""
    document = plan.document
    if not document.number:
        return f"file.{plan.source.sha256[:16]}"
    year = (document.date or "")[:4]
    return ".".join(_slug(part) for part in (document.number, year, document.issuer or "") if part)


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "-"
    if len(slug) <= _LONGEST:
        return slug
    return f"{slug[:_LONGEST]}-{hashlib.sha256(slug.encode('ascii')).hexdigest()[:8]}"
