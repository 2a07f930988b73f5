"""What `make demo` does: convert the sample scan and its born-digital copy, show what came out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipeline.cli import main as kehoach
from schemas import Plan, Task, load_plan

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = Path("samples") / "seed"
OUTPUT = Path("output")
SHOWN = 3


def main() -> int:
    """Convert and show; the exit code of the conversion."""
    os.chdir(ROOT)
    files = [SAMPLES / "plan.scan.pdf", SAMPLES / "plan.pdf"]
    code = kehoach(["convert", *map(str, files), "-o", str(OUTPUT), "--overlay"])
    if code:
        return code
    for file in files:
        print(f"\n{file.name}: {_counts(load_plan(OUTPUT / f'{file.stem}.yaml'))}")
    plan = load_plan(OUTPUT / f"{files[0].stem}.yaml")
    print(f"\nThe first tasks of {files[0].name}:")
    for task in plan.tasks[:SHOWN]:
        _show(task, {unit.id: unit.name for unit in plan.units})
    print(f"\nAll of it: {OUTPUT}/plan.scan.yaml; the pages: {OUTPUT}/plan.scan.overlay/")
    print(f"To check and correct it in the browser: .venv/bin/kehoach serve {OUTPUT} --scans {SAMPLES}")
    return 0


def _counts(plan: Plan) -> str:
    body = sum(not task.id.startswith("PL") for task in plan.tasks)
    return (
        f"{body} body tasks, {len(plan.tasks)} tasks in all, {len(plan.indicators)} indicators, "
        f"{len(plan.legal_bases)} legal bases, {len(plan.objectives)} objectives, "
        f"{len(plan.requirements)} requirements, {len(plan.assignments)} assignments"
    )


def _show(task: Task, names: dict[str, str]) -> None:
    print(f"\n  {task.id}  {task.title}")
    print(f"    lead      {', '.join(names[unit] for unit in task.lead) or '-'}")
    print(f"    support   {', '.join(names[unit] for unit in task.support) or '-'}")
    print(f"    deadline  {task.deadline.text if task.deadline else '-'}")
    print(f"    products  {'; '.join(task.products) or '-'}")


if __name__ == "__main__":
    sys.exit(main())
