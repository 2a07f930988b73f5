"""A client of the web page inside the test's own process, and a plan for it to work on."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from pipeline.web import ServeOptions, create_app
from schemas import Plan, dump_plan
from tests.conftest import plan_dict

TOKEN = "t" * 32
ADDRESS = "http://127.0.0.1:8642"
PATIENCE = 120.0
LEAD, DEADLINE = "tasks/III.1/lead", "tasks/III.1/deadline"
FIELD = f"/api/plans/plan/fields/{LEAD}"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def sample_plan(**parts: Any) -> Plan:
    """One task with a doubtful lead and a deadline that is not clear, one indicator, one basis."""
    place = {"page": 1, "box": [72, 100, 300, 112], "text": "chữ in", "confidence": 0.9, "origin": "ocr"}
    due = {"text": "Đầu năm", "kind": "unclear"} | dict.fromkeys(
        ("start", "due", "recurrence", "duration", "basis")
    )
    task = {
        "id": "III.1", "title": "Rà soát văn bản", "section": ["NHIỆM VỤ"], "lead": ["van-phong"],
        "support": [], "deadline": due, "products": ["Báo cáo"], "details": [],
    }  # fmt: skip
    indicator: dict[str, Any] = {
        "id": "PL1.1", "group": None, "name": "Tỷ lệ hồ sơ", "unit": "%", "lead": [], "support": [],
        "target": {"text": "60%", "operator": "=", "value": 60, "unit": "%"}, "deadline": None,
    }  # fmt: skip
    basis = dict.fromkeys(("date", "issuer", "subject", "amends"))
    content = plan_dict(
        legal_bases=[{"id": "63/2010/NĐ-CP", "type": "Nghị định", "number": "63/2010/NĐ-CP", **basis}],
        units=[{"id": "van-phong", "name": "Văn phòng", "written": ["Văn phòng"]}],
        tasks=[task],
        indicators=[indicator],
        findings=[
            {"severity": "warning", "code": "deadline-unclear", "at": DEADLINE, "message": "Không rõ hạn."}
        ],
        evidence={
            "tasks/III.1/title": [place], LEAD: [{**place, "confidence": 0.4}], DEADLINE: [place],
            "legal_bases/63/2010/NĐ-CP/number": [place],
        },
        **parts,
    )  # fmt: skip
    content["document"] |= {"number": "12/KH-UBND", "date": "2024-03-08", "title": "Công tác năm 2024"}
    content["document"]["period"] = {"start": "2024-01-01", "end": "2024-12-31"}
    return Plan.model_validate(content)


def put_plan(folder: Path, name: str = "plan.yaml", plan: Plan | None = None) -> Path:
    """A plan file in the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_plan(plan or sample_plan()), encoding="utf-8")
    return path


class Program:
    """A program that knows the token."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def ask(self, method: str, path: str, **more: Any) -> Response:
        headers = {"Authorization": f"Bearer {TOKEN}", **more.pop("headers", {})}
        answer: Response = self.client.request(method, path, headers=headers, **more)
        return answer

    def get(self, path: str, **more: Any) -> Any:
        """The JSON of a good answer."""
        answer = self.ask("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def version(self, plan: str = "plan") -> str:
        return str(self.get(f"/api/plans/{plan}")["version"])

    def put(self, key: str, said: dict[str, Any], plan: str = "plan", version: str | None = None) -> Response:
        headers = {"If-Match": self.version(plan) if version is None else version}
        return self.ask("PUT", f"/api/plans/{plan}/fields/{key}", json=said, headers=headers)

    def field(self, key: str, plan: str = "plan") -> dict[str, Any]:
        fields: list[dict[str, Any]] = self.get(f"/api/plans/{plan}")["fields"]
        return next(field for field in fields if field["key"] == key)

    def finished(self, job: str) -> dict[str, Any]:
        """The job's last state."""
        end = time.monotonic() + PATIENCE
        while True:
            state: dict[str, Any] = self.get(f"/api/jobs/{job}")
            if state["state"] in ("done", "failed"):
                return state
            assert time.monotonic() < end, json.dumps(state)
            time.sleep(0.05)


@contextmanager
def program_on(folder: Path, **options: Any) -> Iterator[Program]:
    """A running application and a program that may ask it anything."""
    app = create_app(folder, ServeOptions(token=TOKEN, warm=False, **options))
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield Program(client)


@contextmanager
def browser_on(folder: Path, **options: Any) -> Iterator[TestClient]:
    """A running application and a browser without any token."""
    app = create_app(folder, ServeOptions(token=TOKEN, warm=False, **options))
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
