"""Anything a client may send: never a server error, and what was taken can be exported.

Each operation of the OpenAPI description is asked with parameters that fit, nearly fit and do not.
`schemathesis` does the same at greater length: docs/web.md says how.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.web import ServeOptions, create_app
from tests.web_client import LEAD, Program

ODD = [
    "", " ", "plan", "..", "~2F", "0", "-1", "1", "9" * 20, "true", "null", "é", "\x00", "%", "a" * 3000,
    "\ud800",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(ODD), st.text(max_size=30))
NAMES = st.sampled_from(["value", "text", "accept", "place", "page", "box", "kind"])
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(NAMES, inner, max_size=3),
    ),
    max_leaves=6,
)
DEADLINE_KINDS = (
    "date", "period", "continuous", "recurring", "reference", "duration", "event", "unclear",
)  # fmt: skip
RHYTHM = r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|BYMONTHDAY|BYMONTH|COUNT)=[0-9]{1,2})?"
DEADLINES = st.fixed_dictionaries(
    {"text": TEXTS, "kind": st.sampled_from(DEADLINE_KINDS)},
    optional={
        "start": st.dates().map(str),
        "due": st.dates().map(str),
        "recurrence": st.from_regex(RHYTHM, fullmatch=True),
        "duration": st.from_regex(r"P[0-9]{1,9}[DMY]", fullmatch=True),
        "basis": TEXTS,
    },
)  # fmt: skip
KEYS = [
    LEAD, "tasks/III.1/deadline", "tasks/III.1/title", "tasks/III.1/products", "document/date",
    "document/period.start", "document/number", "indicators/PL1.1/target", "units/van-phong/name",
    "legal_bases/63/2010/NĐ-CP/subject",
]  # fmt: skip
VIEWS = (
    "timeline", "clarity", "exports/xlsx", "exports/csv", "exports/jsonl", "exports/ics", "exports/sqlite",
    "exports/md", "exports/json", "exports/yaml",
)  # fmt: skip
QUIET = settings(
    deadline=None, max_examples=40, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def operations() -> list[tuple[str, str]]:
    """Method and path of each operation, read from the description itself."""
    paths = create_app(Path(), ServeOptions()).openapi()["paths"]
    return [(method.upper(), path) for path, found in paths.items() for method in found]


def test_the_description_names_every_operation() -> None:
    assert {path for _, path in operations()} >= {
        "/api/plans", "/api/uploads", "/api/jobs", "/api/plans/{plan}/fields/{key}", "/api/plans/{plan}/undo",
        "/api/plans/{plan}/exports/{form}", "/api/overview", "/api/plans/{plan}/pages/{number}.png",
    }  # fmt: skip


@pytest.mark.parametrize(("method", "path"), operations())
def test_any_request(program: Program, method: str, path: str) -> None:
    @QUIET
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        good = {"plan": "plan", "form": "md", "number": "1", "key": LEAD, "job": "x"}
        filled = re.sub(
            r"\{(\w+)\}", lambda name: _safe(data.draw(st.one_of(st.just(good[name[1]]), TEXTS))), path
        )
        names = data.draw(st.sets(st.sampled_from(["width", "days", "entries", "bom"])))
        query = "&".join(f"{name}={_safe(data.draw(TEXTS))}" for name in sorted(names))
        headers = {"If-Match": data.draw(st.sampled_from(["x", "", '"', "W/"]))}
        more: dict[str, Any] = {"headers": headers}
        if method != "GET":
            more["content"] = data.draw(st.one_of(st.binary(max_size=20), JSON.map(_dumped)))
            more["headers"]["Content-Type"] = data.draw(
                st.sampled_from(["application/json", "text/plain", "multipart/form-data; boundary=x", "x"])
            )
        answer = program.ask(method, f"{filled}?{query}", **more)
        assert answer.status_code < 500, (answer.status_code, answer.text)

    ask()


@pytest.mark.parametrize("key", KEYS)
def test_any_value(program: Program, key: str) -> None:
    """Taken or refused in words; what was taken can be shown and exported in every format."""

    @QUIET
    @given(st.one_of(st.builds(dict, text=TEXTS), st.builds(dict, value=st.one_of(JSON, DEADLINES))))
    def put(said: dict[str, Any]) -> None:
        version = program.version()
        content = _dumped(said)
        headers = {"If-Match": version, "Content-Type": "application/json"}
        answer = program.ask("PUT", f"/api/plans/plan/fields/{key}", content=content, headers=headers)
        assert answer.status_code in (200, 422), answer.text
        if answer.status_code == 422:
            assert program.version() == version
            return
        for view in VIEWS:
            assert program.ask("GET", f"/api/plans/plan/{view}").status_code == 200, (view, said)
        back = program.ask("POST", "/api/plans/plan/undo", headers={"If-Match": answer.json()["version"]})
        assert back.json()["version"] == version

    put()


def _safe(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="/")


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8")
