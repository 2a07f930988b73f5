"""The seed plan in each form in which it is kept: texts, born-digital files and a scan.

Line numbers are those of `samples/seed/plan.raw.txt` and `plan.vi.txt`, counted from 1: both files
have the same text on the same lines up to the tables.
"""

import pytest
from rapidfuzz import fuzz

from pipeline.folding import skeleton
from schemas import Plan, Task
from tests.converted import conversion

RAW, CORRECT = "seed/plan.raw.txt", "seed/plan.vi.txt"
PDF, DOCX, SCAN = "seed/plan.pdf", "seed/plan.docx", "seed/plan.scan.pdf"
TEXTS = (RAW, CORRECT)
ALL = (RAW, CORRECT, PDF, DOCX, SCAN)
WITH_TABLES = (CORRECT, PDF, DOCX, SCAN)
"""The old OCR interleaved the cells of the tables line by line."""

every_file = pytest.mark.parametrize("file", ALL)
every_text = pytest.mark.parametrize("file", TEXTS)
with_tables = pytest.mark.parametrize("file", WITH_TABLES)


def plan_of(file: str) -> Plan:
    return conversion(file).plan


def task(file: str, task_id: str) -> Task:
    return next(one for one in plan_of(file).tasks if one.id == task_id)


def body_tasks(plan: Plan) -> list[Task]:
    return [one for one in plan.tasks if one.id.startswith("III.")]


def unit_names(file: str, ids: tuple[str, ...]) -> list[str]:
    names = {unit.id: unit.name for unit in plan_of(file).units}
    return [names[one] for one in ids]


def lines_of(plan: Plan, key: str) -> list[int]:
    return [place.line for place in plan.evidence.get(key, ()) if place.line is not None]


def alike(read: str, printed: str) -> float:
    """0 to 100, what OCR confuses made one: the same words in good and bad letters reach 80."""
    return fuzz.ratio(skeleton(read), skeleton(printed))


def findings(file: str, code: str) -> list[str | None]:
    return [finding.at for finding in plan_of(file).findings if finding.code == code]
