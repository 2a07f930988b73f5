"""Whole plans against what they gave before, and against what a person annotated.

A golden file changes only on purpose: `KEHOACH_UPDATE_GOLDEN=1 pytest tests/test_golden.py` writes
them anew; look at the difference before committing it. Evidence is left out of them (its places are
tested in test_evidence), and the version, which changes with each release.
"""

import os
from pathlib import Path

import pytest

from pipeline.evaluate import Report, evaluate
from pipeline.evaluate.report import sum_of
from schemas import Gold, Plan, dump_plan
from tests.converted import conversion, gold

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("KEHOACH_UPDATE_GOLDEN") == "1"
FILES = ("seed/plan.vi.txt", "seed/plan.pdf", "department/plan.docx", "school/plan.docx")
"""None of them needs OCR, whose every version reads differently."""


def without_evidence(plan: Plan) -> str:
    source = plan.source.model_copy(update={"version": "any"})
    return dump_plan(plan.model_copy(update={"evidence": {}, "source": source}))


@pytest.mark.parametrize("file", FILES)
def test_golden(file: str) -> None:
    path = GOLDEN / f"{file.replace('/plan', '')}.yaml"
    made = without_evidence(conversion(file).plan)
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made.encode("utf-8"))
    assert made == path.read_text(encoding="utf-8")


# ── against gold ──────────────────────────────────────────────────────────

SCORES = [
    # file, least strict F1, least lenient F1, over the whole plan
    ("seed/plan.pdf", 0.99, 0.99),
    ("seed/plan.docx", 0.99, 0.99),
    ("department/plan.pdf", 0.99, 0.99),
    ("department/plan.docx", 0.99, 0.99),
    ("school/plan.pdf", 0.99, 0.99),
    ("school/plan.docx", 0.99, 0.99),
    ("seed/plan.scan.pdf", 0.96, 0.985),
]


def scored(file: str) -> Report:
    return evaluate(gold(file.partition("/")[0]), conversion(file).plan, file)


@pytest.mark.parametrize(("file", "strict", "lenient"), SCORES)
def test_score_over_the_whole_plan(file: str, strict: float, lenient: float) -> None:
    report = scored(file)
    tally = report.tally
    assert tally.f1 is not None
    assert tally.lenient_f1 is not None
    assert tally.f1 >= strict, report.wrong
    assert tally.lenient_f1 >= lenient, report.wrong


BUT_THE_TABLES = [
    ("department/plan.scan.pdf", 0.85, 0.95),
    ("school/plan.scan.pdf", 0.85, 0.95),
    ("seed/plan.scan.pdf", 0.85, 0.95),
    ("seed/plan.vi.txt", 0.98, 0.98),
    ("seed/plan.raw.txt", 0.8, 0.92),
]


@pytest.mark.parametrize(("file", "strict", "lenient"), BUT_THE_TABLES)
def test_score_over_everything_but_the_appendix_tables(file: str, strict: float, lenient: float) -> None:
    wanted = gold(file.partition("/")[0])
    content = {name: value for name, value in wanted.content.items() if name != "indicators"}
    content["tasks"] = [task for task in content["tasks"] if not task["id"].startswith("PL")]
    plan = conversion(file).plan
    made = plan.model_copy(
        update={
            "tasks": tuple(task for task in plan.tasks if not task.id.startswith("PL")),
            "indicators": (),
        }
    )
    report = evaluate(Gold(content, (*wanted.left_out, "indicators")), made, file)
    tally = sum_of(score.tally for score in report.collections if score.name != "indicators")
    assert tally.f1 is not None
    assert tally.lenient_f1 is not None
    assert (tally.f1 >= strict, tally.lenient_f1 >= lenient) == (True, True), report.wrong


@pytest.mark.parametrize("file", ["seed/plan.pdf", "seed/plan.docx", "seed/plan.scan.pdf"])
def test_counts_that_the_demo_prints(file: str) -> None:
    plan = conversion(file).plan
    aims = (len(plan.objectives), len(plan.requirements), len(plan.assignments))
    assert (len(plan.tasks), len(plan.indicators), len(plan.legal_bases)) == (21, 14, 11)
    assert aims == (2, 4, 2)
