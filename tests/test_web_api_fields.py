"""The API of the web page: plans, their fields, and corrections to them."""

from pathlib import Path
from typing import Any

import pytest

from schemas import load_plan
from tests.web_client import DEADLINE, LEAD, Program, program_on, put_plan, sample_plan


def test_the_list(program: Program) -> None:
    (line,) = program.get("/api/plans")
    shown = {
        name: line[name]
        for name in ("id", "number", "issued", "tasks", "indicators", "doubts", "corrections")
    }
    assert shown == {
        "id": "plan", "number": "12/KH-UBND", "issued": "2024-03-08", "tasks": 1, "indicators": 1,
        "doubts": 2, "corrections": 0,
    }  # fmt: skip
    program.put(LEAD, {"accept": True})
    (line,) = program.get("/api/plans")
    assert (line["doubts"], line["corrections"]) == (1, 1)


def test_a_damaged_plan_does_not_hide_the_others(tmp_path: Path) -> None:
    put_plan(tmp_path)
    (tmp_path / "bad.yaml").write_text("schema: kehoach.plan/1\ntasks: 5\n", encoding="utf-8")
    (tmp_path / "newer.yaml").write_text("schema: kehoach.plan/9\n", encoding="utf-8")
    with program_on(tmp_path) as program:
        assert {one["id"]: one["problem"] is None for one in program.get("/api/plans")} == {
            "plan": True, "bad": False, "newer": False,
        }  # fmt: skip
        assert program.ask("GET", "/api/plans/bad").json()["code"] == "broken-plan"
        assert len(program.get("/api/exports/json")) == 1


def test_fields_with_places_and_doubts(program: Program) -> None:
    review = program.get("/api/plans/plan")
    assert review["plan"]["schema"] == "kehoach.plan/1"
    lead = program.field(LEAD)
    assert (lead["value"], lead["text"], lead["editable"]) == (["van-phong"], "Văn phòng", "units")
    assert (lead["doubtful"], lead["confidence"]) == (True, 0.4)
    assert lead["places"][0]["box"] == [72, 100, 300, 112]
    empty = program.field("tasks/III.1/support")
    assert (empty["value"], empty["text"], empty["places"], empty["doubtful"]) == ([], "", [], False)
    assert program.field("document/date")["text"] == "08/03/2024"
    keys = [field["key"] for field in review["fields"]]
    assert len(keys) == len(set(keys))


CHANGES = [
    (LEAD, {"text": "Phòng Tư pháp; Văn phòng"}, "Phòng Tư pháp; Văn phòng"),
    (LEAD, {"value": ["van-phong", "Sở Nội vụ"]}, "Văn phòng; Sở Nội vụ"),
    (LEAD, {"value": []}, ""),
    (DEADLINE, {"text": "trước ngày 15/12/2024"}, "trước ngày 15/12/2024"),
    ("document/signer.name", {"text": "Đỗ Thị Thu Hà"}, "Đỗ Thị Thu Hà"),
    ("document/period.end", {"text": "30/6/2024"}, "30/06/2024"),
    ("document/recipients", {"text": "A\nB"}, "A\nB"),
    ("indicators/PL1.1/target", {"text": "tối thiểu 75%"}, "tối thiểu 75%"),
    ("legal_bases/63/2010/NĐ-CP/date", {"text": "8/6/2010"}, "08/06/2010"),  # an id with slashes
    ("tasks/III.1/products", {"value": ["Báo cáo", "Tờ trình"]}, "Báo cáo\nTờ trình"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "said", "text"), CHANGES)
def test_a_field_is_set_right_and_undone(
    program: Program, tmp_path: Path, key: str, said: dict[str, Any], text: str
) -> None:
    before, file = program.field(key), (tmp_path / "plan.yaml").read_bytes()
    done = program.put(key, said)
    assert done.status_code == 200, done.text
    assert done.json()["field"] == program.field(key)
    assert (done.json()["field"]["text"], done.json()["version"]) == (text, program.version())
    assert done.json()["field"]["places"][0]["origin"] == "person"
    load_plan(tmp_path / "plan.yaml")  # the contract holds on the disk
    back = program.ask("POST", "/api/plans/plan/undo", headers={"If-Match": program.version()}).json()
    assert (back["key"], back["field"]) == (key, before)
    assert (tmp_path / "plan.yaml").read_bytes() == file
    assert (
        program.ask("POST", "/api/plans/plan/undo", headers={"If-Match": back["version"]}).status_code == 409
    )


def test_the_history_of_a_field(program: Program) -> None:
    for text in ("Phòng A", "Phòng B"):
        program.put(LEAD, {"text": text})
    assert program.field(LEAD)["corrected"]["old"] == ["Văn phòng"]
    assert not program.field(LEAD)["accepted"]
    program.put(LEAD, {"accept": True})
    assert program.field(LEAD)["accepted"]
    program.put(LEAD, {"text": "Văn phòng"})
    assert program.field(LEAD)["corrected"] is None  # what it was at first


def test_a_restart_keeps_everything(program: Program, tmp_path: Path) -> None:
    program.put(LEAD, {"text": "Phòng A"})
    seen = program.get("/api/plans/plan")
    with program_on(tmp_path) as other:
        assert other.get("/api/plans/plan") == seen
        back = other.ask("POST", "/api/plans/plan/undo", headers={"If-Match": other.version()})
        assert back.json()["field"]["text"] == "Văn phòng"


def test_the_second_window_is_told(program: Program) -> None:
    version = program.version()
    assert program.put(LEAD, {"text": "Phòng A"}, version=version).status_code == 200
    second = program.put(DEADLINE, {"text": "Tháng 5"}, version=version)
    assert second.status_code == 412
    assert second.json()["version"] == program.version()
    assert "cửa sổ khác" in second.json()["message"]
    assert program.field(DEADLINE)["text"] == "Đầu năm"  # nothing was overwritten
    assert program.put(DEADLINE, {"text": "Tháng 5"}, version=f'W/"{program.version()}"').status_code == 200
    missing = program.ask("PUT", f"/api/plans/plan/fields/{LEAD}", json={"accept": True})
    assert missing.status_code == 428


def test_another_program_is_noticed(program: Program, tmp_path: Path) -> None:
    version = program.version()
    put_plan(tmp_path, plan=sample_plan(abbreviations=[{"short": "A", "full": "B"}]))
    assert program.version() != version
    assert program.put(LEAD, {"text": "Phòng A"}, version=version).status_code == 412


BAD = [
    ("document/date", {"text": "hôm qua"}, 422, "no-date"),
    ("document/date", {"value": "2024-02-31"}, 422, "no-date"),
    ("tasks/III.9/lead", {"text": "A"}, 404, "no-field"),
    ("source/sha256", {"text": "A"}, 404, "no-field"),
    (LEAD, {}, 422, "bad-value"),
    (LEAD, {"text": "A", "accept": True}, 422, "bad-value"),
    (LEAD, {"value": {"a": 1}}, 422, "bad-value"),
    (LEAD, {"words": "A"}, 422, "bad-request"),
    (LEAD, {"text": "A", "place": {"page": 99}}, 422, "no-page"),
    (LEAD, {"text": "A", "place": {"page": 1, "box": [9, 9, 1, 1]}}, 422, "bad-request"),
    (LEAD, {"text": "A", "place": {"page": 1, "box": ["1", "2", "3", "4"]}}, 422, "bad-request"),
    (DEADLINE, {"value": {"text": "x", "kind": "recurring", "recurrence": "FREQ=NEVER"}}, 422, "bad-value"),
    ("tasks/III.1/title", {"text": "x" * 20_001}, 422, "bad-request"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "said", "status", "code"), BAD)
def test_what_does_not_fit_is_said_plainly(
    program: Program, tmp_path: Path, key: str, said: dict[str, Any], status: int, code: str
) -> None:
    before = (tmp_path / "plan.yaml").read_bytes()
    answer = program.put(key, said)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert (tmp_path / "plan.yaml").read_bytes() == before


def test_the_language_of_messages(program: Program) -> None:
    program.client.cookies.set("kehoach-language", "en")
    assert program.put("document/date", {"text": "x"}).json()["message"] == "“x” is no date."


def test_a_deadline_while_typing(program: Program) -> None:
    read = program.ask("POST", "/api/plans/plan/deadline", json={"text": "trước ngày 20/9"}).json()
    assert (read["kind"], read["due"], read["notes"]) == ("date", "2024-09-20", ["year-inferred"])
