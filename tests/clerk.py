"""A clerk at the page in a browser, mostly at the keyboard, and a plan to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from schemas import Plan
from tests.conftest import plan_dict
from tests.export_samples import deadline_dict, document_dict, task_dict


class Clerk:
    """Somebody who looks at the page and types."""

    def __init__(self, chrome: Chrome, address: str) -> None:
        self.chrome = chrome
        self.address = address

    def open(self, path: str) -> None:
        self.chrome.get(self.address + path)

    def review(self, plan: str) -> None:
        self.open(f"/plans/{plan}")
        self.ready()

    def ready(self) -> None:
        self.see("#review[data-ready=yes]")

    def see(self, css: str, seconds: float = 20) -> WebElement:
        """The first element that fits, as soon as it is shown."""
        wait = WebDriverWait(self.chrome, seconds, poll_frequency=0.05)
        return wait.until(lambda _: [one for one in self.all(css) if one.is_displayed()])[0]

    def all(self, css: str) -> list[WebElement]:
        return self.chrome.find_elements(By.CSS_SELECTOR, css)

    def until(self, condition: Callable[[], Any], seconds: float = 20) -> Any:
        wait = WebDriverWait(self.chrome, seconds, poll_frequency=0.05)
        return wait.until(lambda _: condition())

    def press(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.chrome).send_keys(key).perform()

    def run(self, script: str, *arguments: object) -> Any:
        return self.chrome.execute_script(script, *arguments)

    @property
    def selected(self) -> str:
        """The key of the open field."""
        return str(self.run("return document.querySelector('.field.selected')?.dataset.key ?? ''"))

    def walk_to(self, key: str) -> None:
        """By the arrow keys alone, down the list."""
        for _ in range(400):
            if self.selected == key:
                return
            self.press(Keys.ARROW_DOWN)
        raise AssertionError(f"{key} was not reached, last {self.selected}")

    def value(self, key: str) -> str:
        script = (
            "return document.querySelector(`.field[data-key='${arguments[0]}'] .value`)?.textContent ?? ''"
        )
        return str(self.run(script, key))

    def fetch(self, path: str) -> bytes:
        """A download, with the session of this browser."""
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in self.chrome.get_cookies())
        with urlopen(Request(self.address + path, headers={"Cookie": cookies})) as answer:
            content: bytes = answer.read()
        return content

    def complaints(self) -> list[str]:
        """What the browser's console says went wrong, such as a breach of the content security policy."""
        entries = self.chrome.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


def small_plan(**document: Any) -> Plan:
    """Two tasks with a lead and deadlines, nothing doubtful but a lead that is missing."""
    units = [
        {"id": "van-phong", "name": "Văn phòng", "written": ["Văn phòng"]},
        {"id": "phong-van-hoa", "name": "Phòng Văn hóa", "written": ["Phòng Văn hóa"]},
    ]
    due = deadline_dict("Trước ngày 15/12/2024", due="2024-12-15")
    tasks = [
        task_dict("II.1", title="Rà soát thủ tục", lead=["van-phong"], deadline=due),
        task_dict("II.2", title="Niêm yết thủ tục", lead=[], deadline=None),
    ]
    assigned = [{"id": "III.1", "units": ["phong-van-hoa"], "text": "Theo dõi.", "deadline": None}]
    missing = {
        "severity": "warning", "code": "missing-lead", "at": "tasks/II.2/lead",
        "message": "Nhiệm vụ II.2 không ghi đơn vị chủ trì.",
    }  # fmt: skip
    lists: dict[str, Any] = {"units": units, "tasks": tasks, "assignments": assigned, "findings": [missing]}
    return Plan.model_validate(plan_dict(document=document_dict(**document), **lists))
