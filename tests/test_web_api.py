"""The API of the web page: plans, fields, corrections, conversions, pages, exports."""

import csv
import hashlib
import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.web import overviews
from pipeline.web.plan_ids import UnknownPlan, plan_id, plan_path
from pipeline.web.refusals import Refusal
from schemas import Plan, load_plan, plan_content
from tests.test_corrections import PRINTED
from tests.web_client import DEADLINE, LEAD, Program, program_on, put_plan, sample_plan

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "school" / "plan.pdf"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    put_plan(tmp_path)
    with program_on(tmp_path) as asking:
        yield asking


# ── ids ───────────────────────────────────────────────────────────────────

NAMES = [
    "plan.yaml", "a/b/plan.yaml", "Kế hoạch số 5.yaml", "plan.json", "plan.yml", "plan.json.yaml",
    "plan.yaml.yaml", "a~2.yaml", "100%.yaml", "#?&=.yaml", "a.b.yaml",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_ids_there_and_back(tmp_path: Path, name: str) -> None:
    path = put_plan(tmp_path, name)
    plan = plan_id(tmp_path, path)
    assert all(letter.isascii() and (letter.isalnum() or letter in "._~-") for letter in plan)
    assert plan_path(tmp_path, plan) == path


def test_ids_are_all_different(tmp_path: Path) -> None:
    ids = [plan_id(tmp_path, tmp_path / name) for name in NAMES]
    assert len(set(ids)) == len(NAMES)


LEADING_OUT = [
    "", ".", "..", "..~2Fsecret", "~2E~2E~2Fsecret", "a~2F..~2F..~2Fsecret", "~2Fetc~2Fpasswd", "C~3A~5Cx",
    "..~5Csecret", "plan~00", ".kehoach~2Fx", "~FF", "~2f", "plan.yaml", "link", "linked~2Fplan", "no",
    "a" * 5000,    "../secret", "plan%00", "scans", "x~2F",
]  # fmt: skip


@pytest.mark.parametrize("plan", LEADING_OUT)
def test_ids_that_lead_out_are_refused(tmp_path: Path, plan: str) -> None:
    folder = tmp_path / "served"
    put_plan(folder)
    put_plan(tmp_path, "secret.yaml")
    put_plan(folder, ".kehoach/x.yaml")
    (folder / "scans").mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UnknownPlan):
        plan_path(folder, plan)


# ── plans and fields ──────────────────────────────────────────────────────


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


# ── exports and views ─────────────────────────────────────────────────────


def test_every_export_after_corrections(program: Program) -> None:
    program.put(LEAD, {"text": "Phòng Tư pháp"})
    program.put(DEADLINE, {"text": "trước ngày 15/12/2024"})

    def content(form: str) -> bytes:
        answer = program.ask("GET", f"/api/plans/plan/exports/{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
        return answer.content

    book = openpyxl.load_workbook(io.BytesIO(content("xlsx")))
    cells = [cell.value for row in book["Nhiệm vụ"].iter_rows() for cell in row]
    assert "Phòng Tư pháp" in cells
    assert any(str(cell).startswith("2024-12-15") for cell in cells)
    archive = zipfile.ZipFile(io.BytesIO(content("csv")))
    (task,) = csv.DictReader(io.StringIO(archive.read("tasks.csv").decode("utf-8")))
    assert (task["lead"], task["due"]) == ("Phòng Tư pháp", "2024-12-15")
    assert json.loads(content("json"))[0]["tasks"][0]["lead"] == ["phong-tu-phap"]
    assert json.loads(content("jsonl"))["lead"] == ["Phòng Tư pháp"]
    assert b"20241215" in content("ics")
    assert "Phòng Tư pháp".encode() in content("md")
    assert load_plan(content("yaml").decode("utf-8")).units[0].name == "Phòng Tư pháp"
    database = sqlite3.connect(":memory:")
    database.deserialize(content("sqlite"))
    assert database.execute("SELECT due, lead FROM tasks_due").fetchall() == [("2024-12-15", "Phòng Tư pháp")]


def test_the_whole_folder(program: Program, tmp_path: Path) -> None:
    assert len(program.get("/api/exports/json")) == 1
    put_plan(tmp_path, "b/other.yaml")
    assert len(program.get("/api/exports/json")) == 2
    archive = zipfile.ZipFile(io.BytesIO(program.ask("GET", "/api/exports/yaml").content))
    assert len(archive.namelist()) == 2
    assert program.ask("GET", "/api/exports/exe").status_code == 422


def test_a_name_for_the_download(tmp_path: Path) -> None:
    put_plan(tmp_path, 'Kế "hoạch"; x.yaml')
    with program_on(tmp_path) as program:
        (line,) = program.get("/api/plans")
        said = program.ask("GET", f"/api/plans/{line['id']}/exports/md").headers["content-disposition"]
    plain, exact = "K___ho_ch___x.md", "K%E1%BA%BF%20%22ho%E1%BA%A1ch%22%3B%20x.md"
    assert said == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}"


def test_timeline_clarity_overview(program: Program) -> None:
    program.put(DEADLINE, {"text": "trước ngày 20 hằng tháng"})
    timeline = program.get("/api/plans/plan/timeline")
    assert (timeline["start"], timeline["end"]) == ("2024-01-01", "2024-12-31")
    assert timeline["tasks"][0]["dates"][:2] == ["2024-01-20", "2024-02-20"]
    assert len(timeline["tasks"][0]["dates"]) == 12
    assert [(one["name"], one["lead"]) for one in timeline["units"]] == [("Văn phòng", 1)]
    matrix = program.get("/api/plans/plan/clarity")
    assert matrix["tasks"][0]["answers"] == {
        "person": "yes", "work": "yes", "time": "yes", "responsibility": "yes", "product": "yes",
        "authority": "doubtful",
    }  # fmt: skip
    overview = program.get("/api/overview?days=3660")
    assert (overview["plans"], overview["tasks"], overview["units"][0]["name"]) == (1, 1, "Văn phòng")


def test_an_overview_that_takes_long_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_plan(tmp_path)
    go_on, begun = threading.Event(), threading.Event()
    real = overviews.overview_of

    def slow(folder: Path, today: Any, days: int, watch: Any) -> Any:
        watch(3, 7)
        begun.set()
        go_on.wait()
        return real(folder, today, days, watch)

    monkeypatch.setattr(overviews, "overview_of", slow)
    looking = overviews.Overviews(tmp_path, patience=0.05)
    with pytest.raises(Refusal):
        looking.of(date(2024, 5, 1), 30)
    assert begun.wait(60)
    with pytest.raises(Refusal) as refused:
        looking.of(date(2024, 5, 1), 30)
    assert (refused.value.status, refused.value.code) == (409, "reading")
    assert refused.value.values == {"done": 3, "of": 7}
    go_on.set()
    assert overviews.Overviews(tmp_path, patience=60).of(date(2024, 5, 1), 30).plans == 1
    looking.close()


def test_an_empty_and_a_missing_folder(tmp_path: Path) -> None:
    with program_on(tmp_path / "not yet") as program:
        assert program.get("/api/plans") == []
        assert program.get("/api/overview")["due"] == []
        assert program.ask("GET", "/api/exports/json").status_code == 404


# ── uploads, conversions, pages ───────────────────────────────────────────


def upload(program: Program, *files: tuple[str, bytes]) -> list[dict[str, Any]]:
    answer = program.ask("POST", "/api/uploads", files=[("files", file) for file in files])
    assert answer.status_code == 201, answer.text
    sent: list[dict[str, Any]] = answer.json()
    return sent


def test_a_scan_from_upload_to_correction_and_back(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, ("Kế hoạch.pdf", SAMPLE.read_bytes()))
        done = program.finished(sent["job"])
        assert (done["state"], done["page"]) == ("done", done["pages"])
        plan = done["plan"]
        assert (tmp_path / "scans" / "Kế hoạch.pdf").read_bytes() == SAMPLE.read_bytes()
        review = program.get(f"/api/plans/{plan}")
        assert review["has_original"]
        pages = program.get(f"/api/plans/{plan}/pages")
        assert [page["page"] for page in pages] == list(range(1, done["pages"] + 1))
        picture = program.ask("GET", f"/api/plans/{plan}/pages/1.png?width=301")
        assert picture.content.startswith(b"\x89PNG")
        assert int.from_bytes(picture.content[16:20]) == 400  # rounded up, so that few sizes are kept
        words = program.get(f"/api/plans/{plan}/pages/1/words")
        assert {"KẾ", "HOẠCH"} <= {word["text"] for word in words}
        assert all(0 <= word["box"][0] <= word["box"][2] <= pages[0]["width"] for word in words)
        assert program.ask("GET", f"/api/plans/{plan}/pages/99.png").status_code == 404

        key = next(one["key"] for one in review["fields"] if one["key"].endswith("/lead"))
        assert program.put(key, {"text": "Phòng Thử nghiệm"}, plan).status_code == 200
        again = program.ask("POST", f"/api/plans/{plan}/convert").json()
        assert program.finished(again["job"])["state"] == "done"
        assert program.field(key, plan)["text"] == "Phòng Thử nghiệm"
        assert program.field(key, plan)["corrected"] is not None


def test_uploads_are_named_safely_and_never_overwrite(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        first, second, third, twice, broken = upload(
            program,
            ("../../plan.txt", PRINTED.encode()),
            ("plan.txt", PRINTED.replace("Rà soát", "Rà soát lại").encode()),
            ("C:\\x\\NUL.txt", PRINTED.replace("Rà soát", "Lập").encode()),
            ("same.txt", PRINTED.encode()),
            ("broken.pdf", b"%PDF-1.4 nothing"),
        )
        states = [program.finished(one["job"]) for one in (first, second, third, twice, broken)]
        assert [state["state"] for state in states] == ["done", "done", "done", "done", "failed"]
        assert states[3]["plan"] == states[0]["plan"]  # the same content
        assert states[0]["plan"] != states[1]["plan"]
        assert states[4]["message"]
        names = sorted(path.name for path in (tmp_path / "scans").iterdir())
        assert names == ["_NUL.txt", "broken.pdf", "plan.txt", "plan~2.txt"]  # same.txt is plan.txt
        assert sorted(path.name for path in tmp_path.parent.glob("plan*")) == []
        (known,) = upload(program, ("again.txt", PRINTED.encode()))
        assert program.get(f"/api/jobs/{known['job']}")["plan"] == states[0]["plan"]


@pytest.mark.parametrize(
    ("name", "content"), [("plan.yaml", b"schema: kehoach.plan/1"), ("a.json", b"{}"), ("empty.pdf", b"")]
)
def test_what_is_no_scan_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, (name, content))
    assert (sent["job"], bool(sent["error"])) == (None, True)
    assert not any(tmp_path.rglob(name))


def test_a_secret_paper_is_not_kept(tmp_path: Path) -> None:
    with program_on(tmp_path) as program:
        (sent,) = upload(program, ("mat.txt", f"TỐI MẬT\n{PRINTED}".encode()))
        assert program.finished(sent["job"])["state"] == "failed"
    assert list((tmp_path / "scans").iterdir()) == []


def test_without_original_the_review_still_works(program: Program) -> None:
    assert program.get("/api/plans/plan/pages") == []
    for path in ("pages/1.png", "pages/1/words"):
        answer = program.ask("GET", f"/api/plans/plan/{path}")
        assert (answer.status_code, answer.json()["code"]) == (409, "no-original")
        assert "--scans" in answer.json()["advice"]
    assert program.ask("POST", "/api/plans/plan/convert").status_code == 409


def test_an_original_is_found_by_its_content(tmp_path: Path) -> None:
    """A plan converted by other means, its scan elsewhere and under another name."""
    scans = tmp_path / "scanner"
    scans.mkdir()
    (scans / "IMG 0001.pdf").write_bytes(SAMPLE.read_bytes())
    (scans / "plan.pdf").write_bytes(b"%PDF-1.4 another with the right name")
    sha256 = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    content = plan_content(sample_plan())
    content["source"] |= {"sha256": sha256, "pages": 4}
    put_plan(tmp_path / "plans", plan=Plan.model_validate(content))
    with program_on(tmp_path / "plans", scans=(scans,)) as program:
        assert len(program.get("/api/plans/plan/pages")) == 4
        assert program.get("/api/plans/plan/pages/2/words")  # read when asked for
        assert program.ask("GET", "/api/plans/plan/pages/2.png").status_code == 200
