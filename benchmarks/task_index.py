"""How long does `kehoach tasks` take over many plans? The samples varied, indexed, searched.

    python -m benchmarks.task_index [PLANS]          1000 unless given

Prints seconds: making the index, a search with the index as it is, a search after one plan
in a hundred has changed. Each search is a process of its own, as a user starts it.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from schemas import Plan, dump_plan, load_gold

ROOT = Path(__file__).resolve().parent.parent
_YEAR = re.compile(r"\b202[3-6](?=-\d\d-)")
WARDS = ("Biên Giang", "Phú La", "Yên Nghĩa", "Kiến Hưng", "Đồng Mai", "La Khê", "Dương Nội", "Văn Quán")
SEARCHES = (
    ("--unit", "Văn phòng", "--due-before", "2024-07-01"),
    ("--unit", "UBND phường"),
    ("--due-after", "2025-03-01", "--due-before", "2025-06-01"),
    (),
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_plans(folder, count)
        print(f"{count} plans, {sum(path.stat().st_size for path in folder.iterdir()) // 1_000_000} MB")
        print(f"index made            {seconds(folder, '--unit', 'none'):6.2f} s")
        for search in SEARCHES:
            print(f"search {' '.join(search) or 'for all':45} {seconds(folder, *search):6.2f} s")
        for path in sorted(folder.glob("*.yaml"))[::100]:
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        print(f"after {-(-count // 100)} changed plans   {seconds(folder, '--unit', 'Văn phòng'):6.2f} s")


def seconds(folder: Path, *search: str) -> float:
    """Wall time of one `kehoach tasks`."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "pipeline.cli", "tasks", str(folder), *search]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def write_plans(folder: Path, count: int) -> None:
    """`count` plans: the samples under other numbers, places, years and orders of their tasks."""
    chance = random.Random(5)
    texts = [dump_plan(whole(path)) for path in sorted(ROOT.glob("samples/*/plan.gold.yaml"))]
    for number in range(count):
        text = texts[number % len(texts)].replace("Biên Giang", chance.choice(WARDS))
        text = text.replace("2024-02-29", "2024-02-28")  # not in every year
        text = _YEAR.sub(partial(_moved, years=number % 3 - 1), text)
        text = text.replace("number: 64/KH", f"number: {number + 1}/KH")
        (folder / f"plan-{number:04}.yaml").write_text(text, encoding="utf-8")


def _moved(found: re.Match[str], years: int) -> str:
    return f"{int(found[0]) + years}"


def whole(path: Path) -> Plan:
    """Gold with evidence for its tasks, so that its size is that of a converted plan."""
    content = dict(load_gold(path).content)
    content["document"] |= {"urgency": None, "secrecy": None}
    content["citations"] = []
    for item in (*content["assignments"], *content["indicators"]):
        item.setdefault("deadline", None)
    for name in ("abbreviations", "appendices", "sections", "findings"):
        content.setdefault(name, [])
    place = {"page": 1, "box": [85.1, 71.0, 310.4, 86.2], "confidence": 0.96}
    content["evidence"] = {
        f"tasks/{task['id']}/{field}": [{**place, "text": str(task[field])}]
        for task in content["tasks"]
        for field in ("id", "title", "lead", "support", "deadline", "products")
    }
    reading = {"ocr": 1, "text_layer": 0}
    content["source"] = {
        "file": path.parent.name, "sha256": "0" * 64, "pages": 1, "reading": reading, "engine": None,
        "version": "0",
    }  # fmt: skip
    return Plan.model_validate(content)


if __name__ == "__main__":
    main()
