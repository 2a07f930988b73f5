"""The web page in a browser, as a clerk uses it: mostly by keyboard, on an office screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.actions.action_builder import ActionBuilder

from schemas import Plan, Task, dump_plan
from tests.browser import NoBrowser, browser, served
from tests.clerk import Clerk, small_plan
from tests.converted import SAMPLES, conversion

SCHOOL_SCAN = SAMPLES / "school" / "plan.scan.pdf"
SCRIPT = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>"
FORMULA = '=HYPERLINK("http://example.invalid", "press")'
LONG = 120
"""Seconds for a conversion on a busy machine."""


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    try:
        with browser(tmp_path_factory.mktemp("downloads")) as started:
            yield started
    except NoBrowser as missing:
        pytest.fail(str(missing))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "output"
    place.mkdir()
    return place


@pytest.fixture
def clerk(chrome: Chrome, folder: Path) -> Iterator[Clerk]:
    with served(folder) as address:
        yield Clerk(chrome, address)
        chrome.get("about:blank")
        chrome.delete_all_cookies()


def put(folder: Path, name: str, plan: Plan) -> None:
    (folder / f"{name}.yaml").write_text(dump_plan(plan), encoding="utf-8")


def test_from_the_scan_to_the_spreadsheet(clerk: Clerk, folder: Path, tmp_path: Path) -> None:
    clerk.open("/")
    clerk.all("#choose")[0].send_keys(str(first_pages(SCHOOL_SCAN, 2, tmp_path / "quét.pdf")))
    clerk.see(".job a.primary", LONG).click()
    clerk.ready()
    assert clerk.see(".sheet image[href]")

    clerk.press("5")  # the tab of tasks
    clerk.walk_to("tasks/II.1.1/lead")
    assert clerk.see(".crop") and clerk.see(".sheet .lit")
    clerk.press(Keys.F2, Keys.BACKSPACE)
    clerk.press("Phòng Thanh tra", Keys.ENTER, Keys.ENTER)
    clerk.until(lambda: clerk.value("tasks/II.1.1/lead") == "Phòng Thanh tra")
    clerk.walk_to("tasks/II.1.1/deadline")
    clerk.press(Keys.F2, "Trước ngày 20/12/2025")
    clerk.until(lambda: "20/12/2025" in clerk.see(".meaning").text)
    clerk.press(Keys.ENTER)
    clerk.until(lambda: "Trước ngày 20/12/2025" in clerk.value("tasks/II.1.1/deadline"))
    saved = folder / "quét.corrections.json"
    clerk.until(lambda: saved.exists() and "20/12/2025" in saved.read_text(encoding="utf-8"))

    clerk.chrome.refresh()
    clerk.ready()
    assert_corrected(clerk)
    clerk.see(".plan-bar .menu summary").click()
    clerk.see("#convert").click()
    clerk.until(lambda: "said=converted" in clerk.chrome.current_url, LONG)
    clerk.ready()
    assert_corrected(clerk)

    link = clerk.all(".plan-bar a[href$='/exports/xlsx']")[0].get_attribute("href")
    assert link
    sheet = load_workbook(BytesIO(clerk.fetch(link.removeprefix(clerk.address))))["Nhiệm vụ"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if "II.1.1" in row]
    assert "Phòng Thanh tra" in row
    assert datetime(2025, 12, 20) in row
    assert clerk.complaints() == []


def first_pages(scan: Path, count: int, path: Path) -> Path:
    """The first pages of a scan as a file of their own."""
    with PdfDocument(scan) as whole, PdfDocument.new() as part:
        part.import_pages(whole, range(count))
        part.save(path)
    return path


def assert_corrected(clerk: Clerk) -> None:
    clerk.press("5")
    clerk.until(lambda: clerk.value("tasks/II.1.1/lead") == "Phòng Thanh tra")
    assert "Trước ngày 20/12/2025" in clerk.value("tasks/II.1.1/deadline")
    state = "return document.querySelector(\"[data-key='tasks/II.1.1/lead']\").dataset.state"
    assert clerk.run(state) == "corrected"


def test_text_of_a_document_does_nothing(clerk: Clerk, folder: Path) -> None:
    put(folder, "hostile", hostile())
    for path in ("/", "/plans/hostile/timeline", "/plans/hostile/timeline?by=unit", "/plans/hostile/clarity",
                 "/overview?days=366", "/nothing-here<script>"):  # fmt: skip
        clerk.open(path)
        assert unharmed(clerk), path
    clerk.review("hostile")
    for tab in "12345678":
        clerk.press(tab)
        assert unharmed(clerk), tab
    clerk.press("5")
    clerk.walk_to("tasks/II.1/title")
    clerk.until(lambda: SCRIPT in clerk.see(".inspector .value").text)
    clerk.press(Keys.F2)
    assert clerk.see("textarea").get_attribute("value") == SCRIPT
    clerk.press(Keys.ESCAPE)
    clerk.walk_to("tasks/II.1/lead")
    clerk.press(Keys.F2, SCRIPT, Keys.ENTER)
    assert unharmed(clerk)
    workbook = load_workbook(BytesIO(clerk.fetch("/api/plans/hostile/exports/xlsx")))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert any(FORMULA in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def hostile() -> Plan:
    """Markup and formulas wherever a plan holds text."""
    content = small_plan(title=SCRIPT, issuer=FORMULA, number=SCRIPT).model_dump(mode="json", by_alias=True)
    content["tasks"][0] |= {"title": SCRIPT, "section": [SCRIPT], "details": [SCRIPT]}
    content["tasks"][0]["products"] = [FORMULA, SCRIPT]
    content["tasks"][0]["deadline"] |= {"text": FORMULA}
    content["tasks"][1] |= {"title": FORMULA}
    content["units"][0] |= {"name": SCRIPT, "written": [SCRIPT]}
    content["assignments"][0]["text"] = SCRIPT
    content["findings"][0]["message"] = SCRIPT
    content["findings"].append({"severity": "warning", "code": "no-task", "at": None, "message": SCRIPT})
    content["sections"] = [{"id": "IV", "title": SCRIPT, "text": FORMULA}]
    content["source"]["file"] = "'\"><script>.pdf"
    return Plan.model_validate(content)


def unharmed(clerk: Clerk) -> bool:
    """No script ran, no image, link or frame came out of a text."""
    return bool(
        clerk.run("""return !window.harmed
        && !document.querySelector('main img, iframe, object, embed')
        && [...document.scripts].every((one) => one.src && !one.textContent.trim())
        && [...document.links].every((one) => one.host === location.host)""")
    )


def test_a_second_window_is_warned(clerk: Clerk, folder: Path) -> None:
    put(folder, "plan", small_plan())
    clerk.review("plan")
    first = clerk.chrome.current_window_handle
    clerk.press("5")
    clerk.walk_to("tasks/II.1/title")
    clerk.press(Keys.F2, "Chữ của cửa sổ một")

    clerk.chrome.switch_to.new_window("window")
    second = clerk.chrome.current_window_handle
    clerk.review("plan")
    assert "cửa sổ khác" in clerk.see("#banner").text
    clerk.press("5")
    clerk.walk_to("tasks/II.1/title")
    clerk.press(Keys.F2, "Chữ của cửa sổ hai", Keys.ENTER)
    stored = folder / "plan.yaml"
    clerk.until(lambda: "Chữ của cửa sổ hai" in stored.read_text(encoding="utf-8"))

    clerk.chrome.switch_to.window(first)
    clerk.press(Keys.ENTER)
    assert "chưa được lưu" in clerk.until(lambda: clerk.see(".alert").text)
    assert "Chữ của cửa sổ hai" in clerk.see(".inspector").text
    assert clerk.see(".inspector textarea").get_attribute("value") == "Chữ của cửa sổ một"
    assert "Chữ của cửa sổ một" not in stored.read_text(encoding="utf-8")
    clerk.press(Keys.ENTER)  # all the same
    clerk.until(lambda: "Chữ của cửa sổ một" in stored.read_text(encoding="utf-8"))
    clerk.chrome.switch_to.window(second)
    clerk.until(lambda: "vừa sửa" in clerk.see("#banner").text)
    clerk.chrome.close()
    clerk.chrome.switch_to.window(first)


def test_doubts_come_first_and_go_by_one_key(clerk: Clerk, folder: Path) -> None:
    put(folder, "plan", small_plan())
    clerk.review("plan")
    assert clerk.selected == "tasks/II.2/lead"
    before = clerk.see("#remaining").text
    clerk.press(Keys.ENTER)
    clerk.until(lambda: clerk.see("#remaining").text != before)
    clerk.press("u")
    clerk.until(lambda: clerk.see("#remaining").text == before)
    clerk.press("?")
    assert "Enter" in clerk.see("dialog#keys").text
    clerk.press(Keys.ESCAPE)


def test_a_value_that_is_none_is_said_and_kept(clerk: Clerk, folder: Path) -> None:
    put(folder, "plan", small_plan())
    clerk.review("plan")
    clerk.press("2")
    clerk.walk_to("document/date")
    clerk.press(Keys.F2, "32/1/2025", Keys.ENTER)
    assert "32/1/2025" in clerk.see(".alert").text
    assert clerk.see(".inspector input").get_attribute("value") == "32/1/2025"
    clerk.press(Keys.ESCAPE)
    assert clerk.selected == "document/date"


def test_page_and_fields_are_tied(clerk: Clerk, folder: Path) -> None:
    """A field lights up on its page, a click on the page opens the field, words dragged over go into it."""
    plan = conversion("school/plan.pdf").plan
    put(folder, "plan", plan)
    (folder / "scans").mkdir()
    (folder / "scans" / "plan.pdf").write_bytes((SAMPLES / "school" / "plan.pdf").read_bytes())
    clerk.review("plan")
    clerk.press("5")
    leads = (f"tasks/{task.id}/lead" for task in reversed(plan.tasks) if len(task.lead) == 1)
    key = next(key for key in leads if len(plan.evidence[key]) == 1)
    clerk.walk_to(key)
    lit = clerk.see(f".sheet[data-page='{plan.evidence[key][0].page}'] .lit")
    box = clerk.run("return arguments[0].getBoundingClientRect().toJSON()", lit)
    left, right, middle = round(box["left"]), round(box["right"]), round((box["top"] + box["bottom"]) / 2)

    clerk.press(Keys.ARROW_UP)
    assert clerk.selected != key
    point(clerk, (left + 6, middle))
    clerk.until(lambda: clerk.selected == key)

    clerk.press(Keys.F2)
    point(clerk, (left - 2, middle - 3), (right + 2, middle + 3))
    name = next(unit.name for unit in plan.units if unit.id in plan_task(plan, key).lead)
    clerk.until(
        lambda: name.casefold() in str(clerk.see(".inspector .entry").get_attribute("value")).casefold()
    )


def point(clerk: Clerk, *places: tuple[int, int]) -> None:
    """The mouse button pressed at the first place of the window and let go at the last."""
    actions = ActionBuilder(clerk.chrome, duration=20)
    pointer: Any = actions.pointer_action
    pointer.move_to_location(*places[0]).pointer_down()
    for place in places[1:]:
        pointer.move_to_location(*place)
    pointer.pointer_up()
    actions.perform()


def plan_task(plan: Plan, key: str) -> Task:
    return next(task for task in plan.tasks if key == f"tasks/{task.id}/lead")


def test_english_at_a_click(clerk: Clerk, folder: Path) -> None:
    put(folder, "plan", small_plan())
    clerk.open("/plans/plan/clarity")
    assert clerk.run("return document.documentElement.lang") == "vi"
    clerk.see(".tools a").click()
    clerk.until(lambda: clerk.run("return document.documentElement.lang") == "en")
    assert clerk.chrome.current_url.endswith("/plans/plan/clarity")
    assert "Responsibility" in clerk.see("#matrix").text
