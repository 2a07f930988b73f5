"""The headers of every answer, plain errors, and limits to what a client may send."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.web.guard import CONTENT_SECURITY_POLICY
from pipeline.web.reviewing import Fields
from pipeline.web.uploads import clean_name
from tests.web_client import BEARER, FIELD, browser_on, program_on, put_plan

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    put_plan(tmp_path)
    with browser_on(tmp_path) as client:
        yield client


def test_every_answer_is_guarded(browser: TestClient) -> None:
    for path in ("/", "/api/plans", "/static/base.css", "/nothing", "/api/nothing", "/api/openapi.json"):
        headers = browser.get(path, headers=BEARER).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_no_answer_shows_a_trace(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "nội dung của văn bản"

    def fail(self: Fields) -> Any:
        raise RuntimeError(secret)

    monkeypatch.setattr(Fields, "all", fail)
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/api/plans/plan", headers=BEARER)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    for shown in (answer.text, caplog.text):
        assert secret not in shown
        assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/nothing", b""), ("GET", "/api/plans/x~2F..", b""), ("DELETE", "/api/plans", b""),
        ("GET", "/api/plans/plan/pages/0.png", b""), ("GET", "/api/plans/plan/pages/x.png", b""),
        ("PUT", FIELD, b"{"), ("PUT", FIELD, b"\xff"), ("PUT", FIELD, b'{"text": "\\ud800"}'),
        ("PUT", FIELD, b"[" * 100_000), ("PUT", FIELD, b'{"value": 1e999}'),
        ("PUT", FIELD, b'{"text": "x", "place": {"page": 1, "box": [0, 0, 1e999, 1]}}'),
        ("POST", "/api/uploads", b"x"),
        ("GET", "/static/../app.py", b""), ("GET", "/static/%2e%2e/app.py", b""), ("GET", "/%00", b""),
        ("GET", "/plans/nothing", b""), ("GET", "/plans/..%2f..%2fetc%2fpasswd", b""),
        ("GET", "/api/overview?days=99999999999", b""), ("GET", "/api/jobs/" + "x" * 5000, b""),
    ],
)  # fmt: skip
def test_errors_are_plain(browser: TestClient, method: str, path: str, content: bytes) -> None:
    headers = {**BEARER, "If-Match": "x", "Content-Type": "application/json"}
    answer = browser.request(method, path, content=content, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.json()["message"]
    for trace in ("Traceback", ".py", "pydantic", str(ROOT), "starlette"):
        assert trace not in answer.text


def test_uploads_are_limited(tmp_path: Path) -> None:
    with program_on(tmp_path, max_upload=10_000) as program:
        large = program.ask("POST", "/api/uploads", files={"files": ("a.pdf", b"x" * 20_000)})
        assert (large.status_code, large.json()["code"]) == (413, "too-large")

        def unsaid() -> Iterator[bytes]:
            """Its length is not said before."""
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
            yield from (b"x" * 1000 for _ in range(20))
            yield b"\r\n--x--\r\n"

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert program.ask("POST", "/api/uploads", content=unsaid(), headers=headers).status_code == 413
        assert not (tmp_path / "scans").exists() or not any((tmp_path / "scans").iterdir())


def test_other_requests_are_limited(browser: TestClient) -> None:
    headers = {**BEARER, "If-Match": "x"}
    answer = browser.put(FIELD, json={"text": "x" * 2_000_000}, headers=headers)
    assert answer.status_code == 413


NAMES = [
    ("plan.pdf", "plan.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Users\\a\\plan.pdf", "plan.pdf"),
    ("a/b\\c.pdf", "c.pdf"), ("..", "document"), ("", "document"), (".hidden.pdf", "hidden.pdf"),
    ("con.pdf", "_con.pdf"), ("NUL", "_NUL"), ("a\x00b\n.pdf", "a b .pdf"), ("a\u202egpj.exe", "a gpj.exe"),
    ('<script>"|?*.pdf', "_script_____.pdf"), ("Kế hoạch.pdf", "Kế hoạch.pdf"), ("plan.pdf. ", "plan.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), NAMES)
def test_names_of_uploads(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ế" * 500 + ".pdf")
    assert len(name.encode()) <= 200
    assert name.endswith(".pdf")


def test_the_server_loads_no_library_that_opens_documents() -> None:
    """Files of unknown origin are opened in worker processes only."""
    names = ("cv2", "spacy", "pdfplumber", "pypdfium2", "pytesseract", "docx", "PIL")
    code = f"import sys, pipeline.web; print(*(name for name in {names} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""
