"""How quick is the web page on a long plan? 60 pages and 300 tasks, in headless Chromium at 1366 x 768.

    python -m benchmarks.web_page [TIMES]          5 unless given

Each figure is taken in the browser. The first view: from the start of the navigation until the
fields can be worked with, and until the image of the page is there; once after the list (the
plan was read for it, no page image was made yet), then TIMES more. A key: from its event until
the next field has been painted. Needs: sh scripts/system_packages.sh browser
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from schemas import Plan, dump_plan, load_gold
from tests.browser import browser, served

ROOT = Path(__file__).resolve().parent.parent
PAGES, TASKS = 60, 300
DOUBTFUL_EVERY = 9
"""Every so many fields one is read badly."""
PRESSES = 30
_READY = "return performance.getEntriesByName('ready')[0]?.startTime ?? null"
_IMAGE = """return performance.getEntriesByType('resource')
    .filter((one) => one.name.includes('.png')).map((one) => one.responseEnd)[0] ?? null"""
_WATCH = """window.pressed = [];
    addEventListener('keydown', (event) => {
      const before = document.querySelector('.field.selected')?.dataset.key;
      requestAnimationFrame(() => setTimeout(() => {
        const now = document.querySelector('.field.selected')?.dataset.key;
        window.pressed.push([performance.now() - event.timeStamp, now !== before]);
      }));
    }, {capture: true});"""


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = write_long_plan(folder)
        size = (folder / "long.yaml").stat().st_size // 1000
        print(f"{PAGES} pages, {TASKS} tasks, {len(plan.evidence)} fields read, {size} kB of YAML\n")
        with served(folder) as address, browser(folder) as chrome:
            listed = listing(chrome, address)
            first = view(chrome, address)
            again = [view(chrome, address) for _ in range(times)]
            rows: list[tuple[str, float, float | None]] = [
                ("list of plans, this plan never read before", listed, None),
                ("first view of the plan: fields", first[0], None),
                ("first view of the plan: page image", first[1], None),
            ]
            rows.append(figures("later views: fields", [fields for fields, _ in again]))
            rows.append(figures("later views: page image", [image for _, image in again]))
            rows += [
                figures(f"{key} in {where}", press(chrome, tab, code)) for key, where, tab, code in PRESSED
            ]
    print("| | median | slowest |\n|---|---|---|")
    for what, median, slowest in rows:
        print(f"| {what} | {median:.0f} ms | {f'{slowest:.0f} ms' if slowest is not None else ''} |")


PRESSED = (
    ("Enter (right, next)", "doubts", "1", Keys.ENTER),
    ("Arrow down", "300 task cards", "5", Keys.ARROW_DOWN),
    ("Page down", "60 pages", "5", Keys.PAGE_DOWN),
)


def figures(what: str, values: list[float]) -> tuple[str, float, float]:
    """Median and slowest."""
    return what, statistics.median(values), max(values)


def listing(chrome: Chrome, address: str) -> float:
    """Milliseconds until the list of plans is there, which reads each plan that is new."""
    chrome.get(f"{address}/")
    script = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    return float(WebDriverWait(chrome, 60).until(lambda _: chrome.execute_script(script)))


def view(chrome: Chrome, address: str) -> tuple[float, float]:
    """Milliseconds until the fields of the plan, and until its page image."""
    chrome.get("about:blank")
    chrome.get(f"{address}/plans/long")
    wait = WebDriverWait(chrome, 60, poll_frequency=0.05)
    ready = wait.until(lambda _: chrome.execute_script(_READY))
    image = wait.until(lambda _: chrome.execute_script(_IMAGE))
    return float(ready), max(float(ready), float(image))


def press(chrome: Chrome, tab: str, key: str) -> list[float]:
    """Milliseconds from a key's event to what it does being painted."""
    body = chrome.find_element(By.TAG_NAME, "body")
    body.send_keys(tab)
    chrome.execute_script(_WATCH if not chrome.execute_script("return !!window.pressed") else "pressed = []")
    for number in range(PRESSES):
        chrome.switch_to.active_element.send_keys(key)
        WebDriverWait(chrome, 10, poll_frequency=0.02).until(
            lambda _, number=number: len(chrome.execute_script("return window.pressed")) > number
        )
    taken: list[list[Any]] = chrome.execute_script("return window.pressed")
    assert key == Keys.PAGE_DOWN or all(moved for _, moved in taken), "a key press did not move on"
    return [float(one) for one, _ in taken]


def write_long_plan(folder: Path) -> Plan:
    """A scan of 60 pages below `folder`, and its plan: the samples' tasks again and again."""
    (folder / "scans").mkdir()
    scan = folder / "scans" / "long.pdf"
    with PdfDocument(ROOT / "samples" / "seed" / "plan.scan.pdf") as whole, PdfDocument.new() as long:
        for _ in range(PAGES // len(whole)):
            long.import_pages(whole)
        long.save(scan)
    content = long_plan(hashlib.sha256(scan.read_bytes()).hexdigest())
    (folder / "long.yaml").write_text(dump_plan(content), encoding="utf-8")
    return content


def long_plan(sha256: str) -> Plan:
    """300 tasks, five a page, each field with a line of its own as evidence."""
    gold: Any = dict(load_gold(ROOT / "samples" / "seed" / "plan.gold.yaml").content)
    gold["document"] |= {"urgency": None, "secrecy": None}
    tasks = [
        task | {"id": f"III.{number}"} for number, task in enumerate(islice(cycle(gold["tasks"]), TASKS), 1)
    ]
    for item in (*gold["assignments"], *gold["indicators"]):
        item |= {"deadline": None} | item
    source = {
        "file": "long.pdf", "sha256": sha256, "pages": PAGES, "reading": {"ocr": PAGES, "text_layer": 0},
        "engine": None, "version": "0.1.0",
    }  # fmt: skip
    lists = {name: gold.get(name, []) for name in ("abbreviations", "appendices", "sections")}
    return Plan.model_validate(
        {**gold, **lists, "schema": "kehoach.plan/1", "tasks": tasks, "citations": [], "findings": [],
         "source": source, "evidence": dict(evidence_of(tasks))}
    )  # fmt: skip


def evidence_of(tasks: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A place for every field that a task has."""
    number = 0
    for at, task in enumerate(tasks):
        top = 80.0 + (at % 5) * 140
        for field in ("title", "lead", "support", "deadline", "products"):
            if not task[field]:
                continue
            number, top = number + 1, top + 20
            sure = 0.5 if number % DOUBTFUL_EVERY == 0 else 0.97
            box = [85.0, top, 500.0, top + 14]
            yield (
                f"tasks/{task['id']}/{field}",
                [{"page": at * PAGES // TASKS + 1, "box": box, "text": "…", "confidence": sure}],
            )


if __name__ == "__main__":
    main()
