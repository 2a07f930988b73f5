"""`kehoach tasks`: the search over many plans, and the index that keeps itself fresh."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.tasklist import Wanted, find_tasks
from pipeline.tasklist import index as index_module
from pipeline.tasklist.index import INDEX_NAME, index_place
from pipeline.tasklist.unit_search import UnitSearch, kinds_of
from pipeline.tasklist.unit_words import own_abbreviations, words_of
from schemas import Plan, dump_plan
from tests.conftest import plan_dict
from tests.export_samples import deadline_dict, document_dict, sample_plans, task_dict

UNITS = [
    # asked for, as the plan writes it, how it is found
    ("Văn phòng", "Văn phòng UBND phường", "named"),
    ("van phong", "Văn phòng, UBND phường", "named"),  # no marks, no capitals, a comma between
    ("VP", "Văn phòng Sở", "named"),
    ("Văn phòng", "VP HĐND và UBND", "named"),
    ("UBND phường", "Ủy ban nhân dân phường", "named"),
    ("ỦY BAN NHÂN DÂN PHƯỜNG", "UBND phường", "named"),
    ("UBND phường", "Văn phòng UBND phường", None),  # another unit, that belongs to it
    ("Phòng Đào tạo", "Văn phòng Đào tạo", None),
    ("Phòng", "Văn phòng Sở", None),
    ("Sở Y tế", "Giám đốc Sở Y tế", "named"),  # its head
    ("Đoàn Thanh niên", "Đồng chí Bí thư Đoàn Thanh niên", "named"),
    ("Phòng Kế hoạch", "Phòng Kế hoạch - Tổng hợp", "named"),
    ("Phòng Kế hoạch", "Phòng Tổng hợp - Kế hoạch", None),
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo", "named"),
    ("Sở Nông nghiệp và Môi trường", "Sở NN&MT", "named"),
    ("CA xã", "Công an xã", "named"),
    # collectives
    ("UBND phường", "UBND các xã, phường", "collective"),
    ("UBND phường Biên Giang", "UBND các xã, phường, thị trấn", "collective"),
    ("UBND phường", "UBND cấp xã", "collective"),
    ("UBND huyện", "UBND cấp xã", None),
    ("UBND xã", "UBND các cấp", "collective"),
    ("UBND phường", "UBND xã, phường, thị trấn", "collective"),  # no plural word
    ("UBND xã Tân Lập", "UBND 12 xã, phường", "collective"),
    ("UBND huyện", "UBND các xã, phường", None),
    ("UBND", "UBND các xã, phường", "collective"),
    ("Phòng Đào tạo", "Các phòng, đơn vị thuộc Sở", "collective"),
    ("Văn phòng Sở", "Các phòng, đơn vị thuộc Sở", "collective"),
    ("UBND phường", "Các phòng, đơn vị thuộc Sở", None),  # it is under no department
    ("Văn phòng UBND phường", "Các phòng, đơn vị thuộc Sở", None),  # nor is its office
    ("Văn phòng UBND phường", "Các đơn vị thuộc UBND phường", "collective"),
    ("Sở Y tế", "Các Sở, ban, ngành và địa phương", "collective"),
    ("UBND tỉnh", "Các Sở, ban, ngành và địa phương", "collective"),
    ("Hội Nông dân", "MTTQ và các đoàn thể", "collective"),
    ("Mặt trận Tổ quốc", "MTTQ và các đoàn thể", "collective"),
    ("Khoa Nội", "Các Khoa và Bộ môn trực thuộc", "collective"),
    ("Trung tâm Y tế huyện", "Các bệnh viện và trung tâm y tế có giường bệnh", "collective"),
    ("Phòng Đào tạo", "Các cơ quan, đơn vị", "collective"),
    ("Phòng Đào tạo", "Các cơ quan, đơn vị liên quan", None),  # it is left open which ones
    ("Bộ phận tài chính", "Các bộ phận chuyên môn UBND phường", "collective"),
    ("Chi cục Bảo vệ môi trường", "Chi cục Bảo vệ môi trường", "named"),  # mỗi is no môi
    ("", "Sở Y tế", None),
    ("...", "Sở Y tế", None),
]


@pytest.mark.parametrize(("asked", "written", "how"), UNITS)
def test_which_units_answer(asked: str, written: str, how: str | None) -> None:
    assert UnitSearch(asked).finds(written) == how


def test_abbreviations_that_the_plan_defines() -> None:
    own = own_abbreviations([("BVMT", "bảo vệ môi trường")])
    assert UnitSearch("Chi cục BVMT").finds("Chi cục Bảo vệ môi trường", own) == "named"
    assert UnitSearch("Chi cục Bảo vệ môi trường").finds("Chi cục BVMT", own) == "named"
    assert UnitSearch("Chi cục BVMT").finds("Chi cục Bảo vệ môi trường") is None


def test_in_its_own_plan_a_unit_goes_without_its_place() -> None:
    search = UnitSearch("Văn phòng UBND phường Biên Giang")
    assert search.finds("Văn phòng UBND phường", issuer="Ủy ban nhân dân phường Biên Giang") == "named"
    assert search.finds("Văn phòng UBND phường", issuer="Ủy ban nhân dân phường Phú La") is None
    assert search.finds("Văn phòng UBND phường") is None


def test_kinds_of_a_collective() -> None:
    found = [" ".join(kind) for kind in kinds_of(words_of("UBND các xã, phường"))]
    assert found == ["uy ban nhan dan xa", "uy ban nhan dan phuong"]
    assert list(kinds_of(words_of("Phòng Tài chính - Kế hoạch"))) == []


@pytest.fixture
def folder(in_folder: Path) -> Path:
    for name, plan in zip(("seed", "department", "school"), sample_plans(), strict=True):
        (in_folder / f"{name}.yaml").write_text(dump_plan(plan), encoding="utf-8")
    return in_folder


def found(folder: Path, **wanted: Any) -> list[str]:
    return [f"{task.file}#{task.id}" for task in find_tasks(folder, Wanted(**wanted))]


def test_all_tasks_those_due_first_at_the_top(folder: Path) -> None:
    tasks = find_tasks(folder, Wanted())
    assert len(tasks) == 54
    days = [task.due for task in tasks if task.due]
    assert days == sorted(days) and all(task.due is None for task in tasks[len(days) :])


def test_by_unit_role_and_day(folder: Path) -> None:
    office = find_tasks(folder, Wanted(unit="van phong ubnd phuong"))
    assert {task.file for task in office} == {"seed.yaml"}
    expected = [
        task for task in sample_plans()[0].tasks if "van-phong-ubnd-phuong" in (*task.lead, *task.support)
    ]
    named = [task.id for task in office if not task.through]
    assert set(named) == {task.id for task in expected}
    leads = find_tasks(folder, Wanted(unit="Văn phòng UBND phường", role="lead", exact=True))
    assert len(leads) == sum("van-phong-ubnd-phuong" in task.lead for task in expected)
    early = found(folder, unit="Văn phòng", due_before=date(2025, 4, 5), due_after=date(2025, 1, 1))
    assert early == ["department.yaml#PL1.I.1", "department.yaml#PL1.I.2"]


def test_a_collective_says_through_which_it_was_found(folder: Path) -> None:
    tasks = find_tasks(folder, Wanted(unit="UBND phường"))
    assert tasks and {task.through for task in tasks} == {("UBND cấp xã",)}
    assert found(folder, unit="UBND phường", exact=True) == []


def test_bounds_are_left_out_and_recurring_tasks_come_round(in_folder: Path, make_plan: Any) -> None:
    monthly = deadline_dict(kind="recurring", recurrence="FREQ=MONTHLY;BYMONTHDAY=20")
    tasks = [
        task_dict("I.1", deadline=deadline_dict(due="2024-06-30")),
        task_dict("I.2", deadline=deadline_dict(due="2024-07-01")),
        task_dict("I.3", deadline=monthly),
        task_dict("I.4"),
    ]
    head = document_dict(period={"start": "2024-01-01", "end": "2024-12-31"})
    write(in_folder / "plan.yaml", make_plan(document=head, tasks=tasks))
    assert found(in_folder, due_before=date(2024, 7, 1), due_after=date(2024, 6, 25)) == ["plan.yaml#I.1"]
    june = find_tasks(in_folder, Wanted(due_after=date(2024, 6, 19), due_before=date(2024, 7, 2)))
    assert [(task.id, task.due) for task in june] == [
        ("I.3", "2024-06-20"), ("I.1", "2024-06-30"), ("I.2", "2024-07-01"),
    ]  # fmt: skip
    assert found(in_folder, due_after=date(2024, 12, 31)) == []
    assert found(in_folder, kinds=("none",)) == ["plan.yaml#I.4"]
    assert found(in_folder, kinds=("recurring", "none")) == ["plan.yaml#I.3", "plan.yaml#I.4"]


def write(path: Path, plan: Plan) -> None:
    path.write_text(dump_plan(plan), encoding="utf-8")


def one_task(title: str) -> Plan:
    return Plan.model_validate(plan_dict(tasks=[task_dict("I.1", title=title)]))


def test_index_follows_what_happens_to_the_files(in_folder: Path) -> None:
    write(in_folder / "a.yaml", one_task("Một"))
    assert titles(in_folder) == ["Một"]
    write(in_folder / "a.yaml", one_task("Hai"))  # same size, perhaps within one tick of the clock
    assert titles(in_folder) == ["Hai"]
    write(in_folder / "b.yaml", one_task("Bốn năm"))
    assert titles(in_folder) == ["Hai", "Bốn năm"]
    (in_folder / "a.yaml").rename(in_folder / "c.yaml")
    assert titles(in_folder) == ["Bốn năm", "Hai"]
    (in_folder / "b.yaml").unlink()
    assert titles(in_folder) == ["Hai"]


def titles(folder: Path) -> list[str | None]:
    return [task.title for task in find_tasks(folder, Wanted())]


def test_a_plan_is_read_again_only_when_it_has_changed(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = in_folder / "a.yaml"
    write(path, one_task("Một"))
    long_ago = path.stat().st_mtime - 100
    os.utime(path, (long_ago, long_ago))
    assert titles(in_folder) == ["Một"]
    read: list[Path] = []
    monkeypatch.setattr(index_module, "read_plan", spy(read, index_module.read_plan))
    assert titles(in_folder) == ["Một"]
    os.utime(path, (long_ago + 50, long_ago + 50))  # touched: its content is looked at, and is the same
    assert titles(in_folder) == ["Một"]
    assert read == []
    write(path, one_task("Một hai"))
    assert titles(in_folder) == ["Một hai"]
    assert read == [path]


def spy(seen: list[Path], real: Callable[[Path], Plan]) -> Callable[[Path], Plan]:
    def read(path: Path) -> Plan:
        seen.append(path)
        return real(path)

    return read


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\x00" + b"x" * 5000, b""])
def test_a_damaged_index_is_made_anew(in_folder: Path, damage: bytes) -> None:
    write(in_folder / "a.yaml", one_task("Một"))
    assert titles(in_folder) == ["Một"]
    (in_folder / INDEX_NAME).write_bytes(damage)
    assert titles(in_folder) == ["Một"]
    assert sqlite3.connect(in_folder / INDEX_NAME).execute("SELECT count(*) FROM tasks").fetchone() == (1,)


def test_an_index_of_another_version_is_made_anew(in_folder: Path) -> None:
    write(in_folder / "a.yaml", one_task("Một"))
    with sqlite3.connect(in_folder / INDEX_NAME) as database:
        database.execute("CREATE TABLE files (a)")
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert titles(in_folder) == ["Một"]


def test_where_the_folder_cannot_be_written_the_cache_has_the_index(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(in_folder / "a.yaml", one_task("Một"))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != in_folder and real(path, mode))
    monkeypatch.setattr(index_module, "cache_folder", lambda: in_folder / "cache")
    place = Path(index_place(in_folder))
    assert place.parent == in_folder / "cache"
    assert titles(in_folder) == ["Một"]
    assert place.exists() and not (in_folder / INDEX_NAME).exists()


def test_several_programs_at_once(folder: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "tasks", str(folder), "--format", "csv"]
    root = Path(index_module.__file__).parents[2]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root) for _ in range(3)
    ]
    results = [(run.communicate(timeout=120), run.returncode) for run in runs]
    assert {code for _, code in results} == {0}, results[0][0][1]
    assert len({output for (output, _), _ in results}) == 1


def test_a_broken_plan_is_named_and_the_rest_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.yaml").write_text("schema: kehoach.plan/1\n", encoding="utf-8")
    (folder / "other.yaml").write_text("a: 1\n", encoding="utf-8")
    for _ in range(2):  # from the index, too
        assert main(["tasks", str(folder), "--format", "json"]) == 0
        out, err = capsys.readouterr()
        assert len(json.loads(out)) == 54
        assert "bad.yaml" in err and "other.yaml" not in err


def test_forms_of_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["tasks", str(folder), "--unit", "Văn phòng Sở", "--due-before", "2025-04-05"]
    assert main(arguments) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[0].split() == ["due", "id", "title", "lead", "support", "number", "file"]
    assert table[2].startswith("2025-03-31  PL1.I.1")
    assert table[-1] == "2 tasks"
    assert main([*arguments, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["id"] for row in rows] == ["PL1.I.1", "PL1.I.2"]
    assert rows[0]["lead"] == "Văn phòng Sở"
    assert main([*arguments, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["lead"] == ["Văn phòng Sở"]
    assert main([*arguments, "--unit", "Sở Nội vụ"]) == 0
    assert capsys.readouterr().out == "no task\n"


def test_a_title_cannot_steer_the_terminal(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(in_folder / "a.yaml", one_task("Một\x1b[2J\nhai"))
    assert main(["tasks", str(in_folder)]) == 0
    assert "\x1b" not in capsys.readouterr().out


WRONG = [
    (["tasks", "nowhere"], 10),
    (["tasks", ".", "--due-before", "1/7/2024"], 2),
    (["tasks", ".", "--kind", "soon"], 2),
]


@pytest.mark.parametrize(("arguments", "code"), WRONG)
def test_wrong_use(in_folder: Path, arguments: list[str], code: int) -> None:
    try:
        assert main(arguments) == code
    except SystemExit as stop:
        assert stop.code == code
