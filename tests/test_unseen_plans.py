"""Whole plans of many forms against gold: own wording, modelled on what offices of all levels print.

Each file of `data/plans` is a plan as plain text or as DOCX (tables, numbering by Word itself) with the
collections of its gold that matter for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline import digitise
from pipeline.evaluate import Report, combine, evaluate, render
from schemas import load_gold

FOLDER = Path(__file__).parent / "data" / "plans"
SOURCES = {path.stem: path for path in FOLDER.iterdir() if path.suffix in (".txt", ".docx")}
PLANS = sorted(SOURCES)
LEAST = 0.95
LEAST_OVERALL = 0.99


@cache
def report(name: str) -> Report:
    return evaluate(load_gold(FOLDER / f"{name}.gold.yaml"), digitise(SOURCES[name]), name)


def test_every_plan_has_its_gold() -> None:
    assert len(PLANS) >= 107
    golds = sorted(path.name.removesuffix(".gold.yaml") for path in FOLDER.glob("*.gold.yaml"))
    assert golds == PLANS


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_nobody_has_seen(name: str) -> None:
    found = report(name)
    assert found.tally.expected >= 10
    assert (found.tally.f1 or 0.0) >= LEAST, render(found)


def test_all_plans_together() -> None:
    whole = combine([report(name) for name in PLANS])
    assert (whole.tally.f1 or 0.0) >= LEAST_OVERALL, render(whole)
