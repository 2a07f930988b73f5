"""Who is let in to the web page: hosts, origins, sessions, tokens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.cli import main as kehoach
from pipeline.errors import CannotServe
from pipeline.web.options import is_loopback
from tests.web_client import ADDRESS, BEARER, FIELD, TOKEN, browser_on, put_plan


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
    others.cookies.clear()
    assert others.get(f"/api/plans?token={TOKEN}").status_code == 401


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
