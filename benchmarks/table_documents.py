"""Tables in whole documents: the seed's appendices from damaged scans, and a long table.

    python -m benchmarks.table_documents [CONDITION ...]

The seed plan's pages and a table of 60 rows on three pages (two rows cut by the page) go
through the conditions of `benchmarks.tables` and the whole conversion. Prints Markdown.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.table_pages.conditions import CONDITIONS, Condition, Gray, worn
from pipeline.evaluate import evaluate
from pipeline.evaluate.wording import likeness
from pipeline.run import convert
from pipeline.settings import Settings
from samples.long_table import GROUPS, LEADS, long_table, rows_of_page
from samples.plans import HERE
from samples.typeset.compose import compose
from samples.typeset.fonts import load_fonts
from samples.typeset.pdf import write_pdf
from schemas import Gold, Plan, load_gold

_WANTED = ("clean 200", "worn", "fax")
_ALIKE = 0.9
"""A group or unit is the right one though a letter of it was misread."""
_WORN = Condition("worn", 200, worn)


@dataclass(frozen=True, slots=True)
class LongScore:
    """Of 60 rows: read once, under the right group, with the right lead; of two cut rows: proved twice."""

    rows: int
    groups: int
    leads: int
    cut: int


def main(arguments: Sequence[str]) -> None:
    load_fonts()
    conditions = [c for c in (*CONDITIONS, _WORN) if c.name in (arguments or _WANTED)]
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as name:
        folder = Path(name)
        long = folder / "long.pdf"
        write_pdf(compose(long_table()), long, "long")
        print(
            "| scan | seed: tasks | indicators | F1 of both | lenient "
            "| long: rows | groups | leads | cut rows |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for condition in conditions:
            seed = _converted(scan(HERE / "seed" / "plan.pdf", condition, folder))
            made = _converted(scan(long, condition, folder))
            print(_line(condition.name, seed, score_long(made)), flush=True)


def scan(pdf: Path, condition: Condition, folder: Path) -> Path:
    """All pages of `pdf` under `condition`, as one TIFF. The same bytes each time."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [_pixels(document, number, condition.dpi) for number in range(len(document))]
    finally:
        document.close()
    random = np.random.default_rng(zlib.crc32(f"{pdf.stem} {condition.name}".encode()))
    images = [
        Image.fromarray(condition.spoil(page, pages[(at + 1) % len(pages)], random))
        for at, page in enumerate(pages)
    ]
    path = folder / f"{pdf.parent.name}.{pdf.stem}.{condition.name.replace(' ', '_')}.tiff"
    dpi = (condition.dpi, condition.dpi)
    images[0].save(path, save_all=True, append_images=images[1:], dpi=dpi, compression="tiff_deflate")
    return path


def _pixels(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Gray:
    return np.asarray(document[number].render(scale=dpi / 72).to_pil().convert("L"), dtype=np.uint8)


def _converted(path: Path) -> Plan:
    return convert(path, Settings())[0].plan


def score_long(plan: Plan) -> LongScore:
    """What of the long table came through."""
    names = {unit.id: unit.name for unit in plan.units}
    tasks = {task.id.split(".")[-1]: task for task in plan.tasks}
    found = [(number, tasks[str(number)]) for number in range(1, 61) if str(number) in tasks]
    groups = sum(
        likeness(_of(GROUPS, number), (task.section or ("",))[-1]) >= _ALIKE for number, task in found
    )
    leads = sum(
        len(task.lead) == 1 and likeness(_of(LEADS, number), names[task.lead[0]]) >= _ALIKE
        for number, task in found
    )
    cut = 0
    for page in (1, 2):
        task = tasks.get(str(rows_of_page(page)))
        places = plan.evidence.get(f"tasks/{task.id}/title", ()) if task else ()
        cut += {place.page for place in places} == {page, page + 1}
    rows = len(found) if len(plan.tasks) == len(found) else -len(plan.tasks)
    return LongScore(rows, groups, leads, cut)


def _of(spans: Sequence[tuple[int, str]], number: int) -> str:
    return next(text for last, text in spans if number <= last)


def _line(name: str, seed: Plan, long: LongScore) -> str:
    report = evaluate(_gold_of_appendices(), _appendices(seed))
    both = [c.tally for c in report.collections if c.name in ("tasks", "indicators")]
    total = both[0] + both[1]
    return (
        f"| {name} | {len(_appendices(seed).tasks)} | {len(seed.indicators)} "
        f"| {total.f1 or 0:.3f} | {total.lenient_f1 or 0:.3f} "
        f"| {long.rows}/60 | {long.groups} | {long.leads} | {long.cut}/2 |"
    )


def _appendices(plan: Plan) -> Plan:
    """The plan with the tasks of its appendices alone."""
    tasks = [task for task in plan.tasks if task.id.startswith("PL")]
    return plan.model_copy(update={"tasks": type(plan.tasks)(tasks)})


def _gold_of_appendices() -> Gold:
    gold = load_gold(HERE / "seed" / "plan.gold.yaml")
    tasks = [task for task in gold.content["tasks"] if task["id"].startswith("PL")]
    kept = {key: gold.content[key] for key in ("units", "indicators")}
    return replace(gold, content={**kept, "tasks": tasks})


if __name__ == "__main__":
    main(sys.argv[1:])
