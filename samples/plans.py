"""The sample plans by name."""

from __future__ import annotations

from pathlib import Path

from samples.department_plan import department_plan
from samples.school_plan import school_plan
from samples.seed_plan import seed_plan
from samples.typeset.elements import Plan

HERE = Path(__file__).parent


def sample_plans() -> tuple[Plan, ...]:
    """All sample plans, in the order in which they are built."""
    return seed_plan(HERE / "seed" / "plan.vi.txt"), department_plan(), school_plan()
