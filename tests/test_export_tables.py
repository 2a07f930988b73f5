"""CSV, SQLite, JSON and JSON Lines, each read by something that did not write it."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.export import export, name_plans
from pipeline.export.csv_files import to_csv, unguarded
from pipeline.export.database import to_sqlite
from pipeline.export.tables import TABLES
from schemas import Plan
from tests.export_samples import HOSTILE, document_dict, hostile_plan, sample_plan, sample_plans, task_dict


@pytest.fixture
def named() -> tuple[Any, ...]:
    return name_plans(sample_plans())


def frames(plans: Any, **options: Any) -> dict[str, pd.DataFrame]:
    """Every CSV file as pandas reads it, all of it as text."""
    files = to_csv(plans, **options)
    return {
        name: pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        for name, content in files
    }


def opened(content: bytes, folder: Path) -> sqlite3.Connection:
    path = folder / "plans.sqlite"
    path.write_bytes(content)
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    return database


def test_csv_has_every_row_with_its_marks(named: Any) -> None:
    read = frames(named)
    plans = [one.plan for one in named]
    assert len(read["tasks.csv"]) == sum(len(plan.tasks) for plan in plans) == 54
    assert len(read["indicators.csv"]) == sum(len(plan.indicators) for plan in plans)
    assert list(read["tasks.csv"]["title"]) == [task.title for plan in plans for task in plan.tasks]
    seed = read["tasks.csv"][read["tasks.csv"]["plan"] == named[0].id].set_index("id")
    assert seed.loc["III.1.3.a", "lead"] == "Các bộ phận chuyên môn UBND phường"
    assert list(read["plans.csv"]["number"]) == ["64/KH-UBND", "1247/KH-SNNMT", "37-KH/ĐU"]


def test_csv_columns_are_those_documented(named: Any) -> None:
    read = frames(named)
    assert set(read) == {f"{table.name}.csv" for table in TABLES}
    for table in TABLES:
        assert list(read[f"{table.name}.csv"].columns) == [column.name for column in table.columns]


@pytest.mark.parametrize("for_excel", [False, True])
def test_csv_gives_every_text_back(for_excel: bool) -> None:
    # pandas takes a lone carriage return inside quotes for itself; the standard reader is asked as well
    plan = hostile_plan()
    files = dict(to_csv(name_plans([plan]), for_excel=for_excel))
    text = files["tasks.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    back = unguarded if for_excel else str
    for column in ("title", "section", "lead", "deadline", "products", "details"):
        assert [back(row[column]) for row in rows] == list(HOSTILE), column
    products = list(csv.DictReader(io.StringIO(files["task_products.csv"].decode("utf-8-sig"), newline="")))
    assert [back(row["product"]) for row in products] == list(HOSTILE)
    table = frames(name_plans([plan]), for_excel=for_excel)["tasks.csv"]
    assert [back(title) for title in table["title"]] == list(HOSTILE)


def test_csv_for_excel_has_a_mark_and_no_formula() -> None:
    for name, content in to_csv(name_plans([hostile_plan()]), for_excel=True):
        assert content.startswith(b"\xef\xbb\xbf"), name
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], name


def test_csv_without_the_option_has_no_mark(named: Any) -> None:
    assert not any(content.startswith(b"\xef\xbb\xbf") for _, content in to_csv(named))


GUARDED = [
    ("=1", "'=1"), ("- Thời hạn", "'- Thời hạn"), ("'nháy'", "''nháy'"), ("08/3", "'08/3"), ("1.10", "'1.10"),
    ("TRUE", "'TRUE"), ("64/KH-UBND", "64/KH-UBND"), ("III.1", "III.1"), ("Năm 2024", "Năm 2024"),
    ("3e5", "'3e5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cell"), GUARDED)
def test_guarding_what_a_spreadsheet_would_change(text: str, cell: str) -> None:
    files = dict(to_csv(name_plans([hostile_plan(text)]), for_excel=True))
    rows = list(csv.DictReader(io.StringIO(files["tasks.csv"].decode("utf-8-sig"), newline="")))
    assert rows[0]["title"] == cell and unguarded(cell) == text
    assert rows[0]["due"] == "2024-06-30"  # a date that is meant as one


def test_database_holds_all_with_keys_that_fit(named: Any, tmp_path: Path) -> None:
    database = opened(to_sqlite(named), tmp_path)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for table in TABLES:
        count = database.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
        collection = [getattr(one.plan, table.name, None) for one in named]
        if isinstance(collection[0], tuple):
            assert count == sum(map(len, collection)), table.name
    leads = database.execute(
        "SELECT units.name FROM task_units "
        "JOIN units ON units.plan = task_units.plan AND units.id = task_units.unit "
        "WHERE task_units.task = 'III.1.1' AND role = 'lead' ORDER BY task_units.position"
    ).fetchall()
    assert [row[0] for row in leads] == ["Bộ phận Tư pháp - Hộ tịch", "các bộ phận chuyên môn"]


def test_database_refuses_what_does_not_fit(named: Any, tmp_path: Path) -> None:
    database = opened(to_sqlite(named), tmp_path)
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO task_products VALUES ('no such plan', 'I.1', 1, 'x')")


def test_view_of_what_is_due(named: Any, tmp_path: Path) -> None:
    database = opened(to_sqlite(named), tmp_path)
    due = database.execute("SELECT * FROM tasks_due").fetchall()
    deadlines = [task.deadline for one in named for task in one.plan.tasks]
    expected = sum(deadline is not None and deadline.due is not None for deadline in deadlines)
    assert len(due) == expected > 20
    assert [row["due"] for row in due] == sorted(row["due"] for row in due)
    assert {row["number"] for row in due} == {"64/KH-UBND", "1247/KH-SNNMT", "37-KH/ĐU"}


def test_database_gives_every_text_back(tmp_path: Path) -> None:
    database = opened(to_sqlite(name_plans([hostile_plan()])), tmp_path)
    for column in ("title", "section", "lead", "deadline", "products", "details"):
        rows = database.execute(f"SELECT {column} FROM tasks ORDER BY position").fetchall()
        assert [row[0] for row in rows] == list(HOSTILE), column
    rows = database.execute("SELECT subject FROM legal_bases ORDER BY position").fetchall()
    assert [row[0] for row in rows] == list(HOSTILE)


def test_json_is_an_array_of_plans() -> None:
    plans = sample_plans()
    read = json.loads(export(plans, "json"))
    assert tuple(Plan.model_validate(one) for one in read) == plans
    assert json.loads(export(plans[:1], "json"))[0]["document"]["number"] == "64/KH-UBND"


def test_json_lines_have_one_task_each() -> None:
    lines = export([*sample_plans(), hostile_plan()], "jsonl").decode("utf-8").splitlines()
    tasks = [json.loads(line) for line in lines]
    assert len(tasks) == 54 + len(HOSTILE)
    assert tasks[2]["id"] == "III.1.3.a"
    assert tasks[2]["lead"] == ["Các bộ phận chuyên môn UBND phường"]
    assert tasks[2]["number"] == "64/KH-UBND"
    assert [task["title"] for task in tasks[54:]] == list(HOSTILE)


def test_the_same_plans_give_the_same_bytes() -> None:
    for form in ("xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md"):
        assert export(sample_plans(), form) == export(sample_plans(), form), form


def test_every_format_takes_no_plan_and_an_empty_one(make_plan: Any) -> None:
    for form in ("xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md"):
        assert (len(export([], form)) == 0) is (form == "jsonl")  # no task, no line
        assert (len(export([make_plan()], form)) == 0) is (form == "jsonl")


def test_a_corrected_plan_keeps_its_id_and_others_get_their_own(make_plan: Any) -> None:
    first = make_plan(document=document_dict())
    corrected = make_plan(
        document=document_dict(issuer="UBND PHUONG BIEN GIANG", date="2024-03-09"), tasks=[task_dict("I.1")]
    )
    other = make_plan(document=document_dict(issuer="UBND phường Phú La"))
    ids = [name_plans([plan])[0].id for plan in (first, corrected, other)]
    assert ids[0] == ids[1] == "64-kh-ubnd.2024.ubnd-phuong-bien-giang"
    assert ids[2] != ids[0]
    assert [named.id for named in name_plans([first, first])] == [ids[0], f"{ids[0]}~2"]


def test_a_plan_without_number_goes_by_its_file(make_plan: Any) -> None:
    assert name_plans([make_plan()])[0].id == "file." + "0" * 16


def test_doubts_and_page_come_along(make_plan: Any) -> None:
    place = {"page": 3, "box": [1, 1, 2, 2], "text": "Viêc", "confidence": 0.5}
    sure = {"page": 3, "box": [1, 1, 2, 2], "text": "Năm", "confidence": 0.95}
    finding = {
        "severity": "warning",
        "code": "missing-lead",
        "at": "tasks/I.1/lead",
        "message": "Thiếu đơn vị chủ trì.",
    }
    plan = make_plan(
        tasks=[task_dict("I.1"), task_dict("I.1.a")],
        findings=[finding, {**finding, "severity": "info", "message": "Chỉ để biết."}],
        evidence={"tasks/I.1/title": [place], "tasks/I.1.a/title": [sure]},
    )
    first, second = (json.loads(line) for line in export([plan], "jsonl").decode("utf-8").splitlines())
    assert first["page"] == 3
    assert first["doubts"] == ["Thiếu đơn vị chủ trì.", "Đọc chưa chắc chắn (50 %): “Viêc”."]
    assert second["doubts"] == []


def test_sample_with_evidence_of_no_page_has_none() -> None:
    assert json.loads(export([sample_plan("seed")], "jsonl").splitlines()[0])["page"] is None
