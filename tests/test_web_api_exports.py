"""The API of the web page: exports, timeline, clarity and the overview of a folder."""

import csv
import io
import json
import sqlite3
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.web import overviews
from pipeline.web.refusals import Refusal
from schemas import load_plan
from tests.web_client import DEADLINE, LEAD, Program, program_on, put_plan


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
