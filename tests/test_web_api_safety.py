"""Who is let in, what cannot be done from elsewhere, and that no text of a document does anything."""

import csv
import io
import logging
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from pipeline.cli import main as kehoach
from pipeline.errors import CannotServe
from pipeline.web.guard import CONTENT_SECURITY_POLICY
from pipeline.web.options import is_loopback
from pipeline.web.reviewing import Fields
from pipeline.web.uploads import clean_name
from schemas import Plan, load_plan, plan_content
from tests.web_client import (
    ADDRESS,
    DEADLINE,
    LEAD,
    TOKEN,
    Program,
    browser_on,
    program_on,
    put_plan,
    sample_plan,
)

ROOT = Path(__file__).resolve().parent.parent
FIELD = f"/api/plans/plan/fields/{LEAD}"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    put_plan(tmp_path)
    with browser_on(tmp_path) as client:
        yield client


@pytest.fixture
def others(tmp_path: Path) -> Iterator[TestClient]:
    """A browser at a server that others can reach: a token is asked for."""
    put_plan(tmp_path)
    with browser_on(tmp_path, host="0.0.0.0", login=True) as client:
        yield client


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]


# ── Host and Origin ───────────────────────────────────────────────────────

HOSTS = [
    ("127.0.0.1:8642", True), ("localhost:8642", True), ("[::1]:8642", True), ("127.0.0.1:9", True),
    ("evil.example", False), ("evil.example:8642", False), ("192.168.1.5:8642", False),
    ("127.0.0.1.evil.example", False), ("localhost@evil.example", False), ("", False), ("a b", False),
]  # fmt: skip


@pytest.mark.parametrize(("host", "ours"), HOSTS)
def test_hosts(browser: TestClient, host: str, ours: bool) -> None:
    """A name that is not ours may have been pointed at this machine."""
    for path in ("/", "/api/plans", "/static/base.css"):
        answer = browser.get(path, headers={"Host": host, **BEARER})
        assert (answer.status_code == 421) is not ours


def test_hosts_of_a_server_for_others(others: TestClient) -> None:
    for host, status in (("192.168.1.5:8642", 200), ("evil.example", 421)):
        assert others.get("/api/plans", headers={"Host": host, **BEARER}).status_code == status


ORIGINS = [
    (ADDRESS, True), ("https://127.0.0.1:8642", True), (None, True),
    ("http://evil.example", False), ("http://127.0.0.1:9999", False), ("http://localhost:8642", False),
    ("null", False), ("", False), ("http://127.0.0.1:8642.evil.example", False),
]  # fmt: skip


@pytest.mark.parametrize(("origin", "ours"), ORIGINS)
def test_origins(browser: TestClient, origin: str | None, ours: bool) -> None:
    headers = BEARER if origin is None else {**BEARER, "Origin": origin}
    for path in ("/", "/api/plans"):
        assert (browser.get(path, headers=headers).status_code == 403) is not ours
    done = browser.put(FIELD, json={"accept": True}, headers={**headers, "If-Match": "x"})
    assert done.status_code == (412 if ours else 403)


@pytest.mark.parametrize(
    ("site", "mode", "path", "status"),
    [
        ("cross-site", "navigate", "/", 200),  # a link in a mail
        ("cross-site", "navigate", "/api/plans", 403),
        ("cross-site", "no-cors", "/", 403),
        ("same-site", "no-cors", "/api/plans", 403),  # another port of localhost
        ("same-origin", "cors", "/", 200),
        ("none", "navigate", "/", 200),
    ],
)
def test_where_a_browser_comes_from(
    browser: TestClient, site: str, mode: str, path: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert browser.get(path, headers=headers).status_code == status


# ── sessions, tokens ──────────────────────────────────────────────────────


def test_a_browser_on_this_machine(browser: TestClient) -> None:
    assert browser.get("/api/plans").status_code == 401  # no page was opened yet
    page = browser.get("/")
    cookie = page.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert browser.get("/api/plans").status_code == 200
    version = browser.get("/api/plans/plan").json()["version"]
    said: dict[str, Any] = {"json": {"accept": True}}
    without = browser.put(FIELD, headers={"If-Match": version}, **said)
    assert (without.status_code, without.json()["code"]) == (403, "csrf")
    wrong = browser.put(FIELD, headers={"If-Match": version, "X-CSRF-Token": "0" * 64}, **said)
    assert wrong.status_code == 403
    token = csrf_of(page.text)
    assert browser.put(FIELD, headers={"If-Match": version, "X-CSRF-Token": token}, **said).status_code == 200
    for path in ("/api/plans/plan/undo", "/api/plans/plan/convert", "/api/uploads", "/logout"):
        assert browser.post(path).status_code == 403


def test_two_windows_that_open_at_once_have_one_session(browser: TestClient) -> None:
    first = csrf_of(browser.get("/").text)
    browser.cookies.clear()
    assert csrf_of(browser.get("/").text) == first


def test_forged_and_old_sessions(browser: TestClient, tmp_path: Path) -> None:
    browser.get("/")
    (name, value), *_ = browser.cookies.items()
    with browser_on(tmp_path) as other:  # another run of the server
        other.cookies.set(name, value)
        assert other.get("/api/plans").status_code == 401
    browser.cookies.clear()
    for forged in ("", "x", "x.y", value[:-1] + "x", f"x{value}", "é.é"):
        assert browser.get("/api/plans", headers={"Cookie": f"{name}={forged}".encode()}).status_code == 401


def test_programs_need_no_session(browser: TestClient) -> None:
    assert browser.get("/api/plans", headers=BEARER).status_code == 200
    for wrong in ("Bearer x", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xe9"):
        headers = {"Authorization": wrong.encode("latin-1")}
        assert browser.get("/api/plans", headers=headers).status_code == 401


def test_others_are_asked_for_the_token(others: TestClient) -> None:
    page = {"Accept": "text/html"}
    for path in ("/", "/plans/plan", "/overview"):
        answer = others.get(path, headers=page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert others.get("/api/plans").status_code == 401
    assert others.get("/login").status_code == 200
    assert others.post("/login", data={"token": "wrong"}).headers["location"] == "/login?wrong=1"
    assert "set-cookie" not in others.get("/login").headers
    inside = others.post("/login", data={"token": TOKEN})
    assert (inside.status_code, inside.headers["location"]) == (303, "/")
    assert others.get("/", headers=page).status_code == 200
    assert others.get("/api/plans").status_code == 200
    assert (
        others.post("/login", data={"token": TOKEN}, headers={"Origin": "http://evil.example"}).status_code
        == 403
    )


def test_the_token_in_the_address_once(others: TestClient) -> None:
    assert others.get("/?token=wrong").headers["location"] == "/login?wrong=1"
    answer = others.get(f"/overview?token={TOKEN}&x=1")
    assert 'content="0; url=/overview"' in answer.text  # asked for again, without the token
    assert TOKEN not in answer.text
    assert others.get("/api/plans").status_code == 200
    odd = others.get(f"/%22%3E%3Cscript%3E?token={TOKEN}")
    assert "<script" not in odd.text
    assert others.get(f"/api/plans?token={TOKEN}", headers={"Cookie": ""}).status_code in (200, 401)


def test_tokens_cannot_be_tried_out(others: TestClient) -> None:
    for _ in range(10):
        assert others.post("/login", data={"token": "guess"}).status_code == 303
    assert others.post("/login", data={"token": TOKEN}).status_code == 429
    assert others.get("/api/plans", headers=BEARER).status_code == 401


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.9.9.9", True), ("0.0.0.0", False),
     ("::", False), ("192.168.0.2", False), ("example.org", False), ("localhost.evil.example", False)],
)  # fmt: skip
def test_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_serve_for_others_needs_a_long_token(
    in_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KEHOACH_TOKEN", raising=False)
    assert kehoach(["serve", "--host", "0.0.0.0", "--no-browser"]) == 2
    assert "--token" in capsys.readouterr().err
    monkeypatch.setenv("KEHOACH_TOKEN", "short")
    assert kehoach(["serve", "--host", "0.0.0.0", "--no-browser"]) == 2
    monkeypatch.delenv("KEHOACH_TOKEN")
    assert kehoach(["serve", "--host", "no.such.host.invalid", "--token", "t" * 20]) == CannotServe.exit_code
    assert not any(in_folder.iterdir())


# ── headers, errors, limits ───────────────────────────────────────────────


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
    for trace in ("Traceback", ".py", "pydantic", "/work", "starlette"):
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


# ── the text of a document does nothing ───────────────────────────────────

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
LINK = "javascript:alert(1) [x](http://evil.example)"


def hostile_plan() -> Plan:
    content = plan_content(sample_plan())
    content["document"] |= {"title": SCRIPT, "number": FORMULA, "issuer": SCRIPT}
    content["tasks"][0] |= {"title": SCRIPT, "products": [FORMULA, SCRIPT, LINK], "details": ["+1", "@x"]}
    content["units"][0] |= {"name": FORMULA, "written": [FORMULA]}
    content["findings"][0]["message"] = SCRIPT
    content["source"]["file"] = '"><script>.pdf'
    return Plan.model_validate(content)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Program]:
    put_plan(tmp_path, plan=hostile_plan())
    with program_on(tmp_path) as program:
        yield program


def test_pages_escape_it(hostile: Program) -> None:
    for path in ("/", "/plans/plan", "/plans/plan/timeline", "/plans/plan/clarity", "/overview"):
        page = hostile.ask("GET", path, headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert not re.search(r"<script(?![^>]* src=)[^>]*>(?!\s*</script>)", page.text)  # none inline
        assert not re.search(r"\son\w+=\"", page.text)
        assert 'href="javascript:' not in page.text


def test_the_api_is_no_page(hostile: Program) -> None:
    for path in ("plans", "plans/plan", "plans/plan/timeline", "plans/plan/clarity", "overview"):
        assert hostile.ask("GET", f"/api/{path}").headers["content-type"] == "application/json"
    missing = hostile.ask("GET", "/api/plans/plan/pages/1.png")
    assert missing.headers["content-type"] == "application/json"  # its message names the file


def test_exports_hold_it_as_text(hostile: Program) -> None:
    hostile.put(DEADLINE, {"text": FORMULA})  # what a person typed is no better
    book = openpyxl.load_workbook(io.BytesIO(hostile.ask("GET", "/api/plans/plan/exports/xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    # whatever the workbook's own formulas are, none is a document's
    assert not [cell for cell in cells if cell.data_type == "f" and "evil" in str(cell.value)]
    assert not [cell for cell in cells if cell.hyperlink is not None and "evil" in str(cell.hyperlink.target)]
    archive = zipfile.ZipFile(io.BytesIO(hostile.ask("GET", "/api/plans/plan/exports/csv?bom=true").content))
    for name in archive.namelist():
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    sheet = hostile.ask("GET", "/api/plans/plan/exports/md").text
    assert "<script" not in sheet
    assert "](http" not in sheet.replace("\\]", "")


def test_typed_text_is_kept_as_it_is(hostile: Program, tmp_path: Path) -> None:
    for text in (SCRIPT, FORMULA, "yes", "1e3", "# no comment", "{a: b}", "- x", "'", '"', "\\", "null"):
        assert hostile.put("document/place", {"text": text}).json()["field"]["value"] == text
        assert load_plan(tmp_path / "plan.yaml").document.place == text


def test_many_windows_at_once(hostile: Program) -> None:
    """Of all that name one version, exactly one gets through."""
    version, answers = hostile.version(), []

    def write(number: int) -> None:
        answers.append(hostile.put(LEAD, {"text": f"Phòng {number}"}, version=version).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7
    assert hostile.get("/api/plans/plan")["corrections"] == 1


def test_the_server_loads_no_library_that_opens_documents() -> None:
    """Files of unknown origin are opened in worker processes only."""
    names = ("cv2", "spacy", "pdfplumber", "pypdfium2", "pytesseract", "docx", "PIL")
    code = f"import sys, pipeline.web; print(*(name for name in {names} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""
