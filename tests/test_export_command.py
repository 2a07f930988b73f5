"""`kehoach export`: files in, files out, exit codes."""

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.plan_files import plan_files
from schemas import dump_plan
from tests.export_samples import sample_plan, sample_plans, task_dict


@pytest.fixture
def plans(in_folder: Path) -> Path:
    """A folder `plans` with the three samples; the working folder is the one around it."""
    folder = in_folder / "plans"
    (folder / "deeper").mkdir(parents=True)
    for place, plan in zip(
        ("seed.yaml", "department.yaml", "deeper/school.json"), sample_plans(), strict=True
    ):
        form = "json" if place.endswith("json") else "yaml"
        (folder / place).write_text(dump_plan(plan, form), encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["xlsx", "json", "jsonl", "ics", "sqlite", "md"])
def test_one_file_of_a_folder_of_plans(plans: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "plans", "--to", form, "-o", f"out/x.{form}"]) == 0
    assert Path(f"out/x.{form}").stat().st_size > 1000
    assert capsys.readouterr().out == f"{Path('out', f'x.{form}')}: 3 plans, 54 tasks\n"
    assert [path.name for path in Path("out").iterdir()] == [f"x.{form}"]  # nothing half written beside it


def test_csv_goes_to_a_folder_and_leaves_other_files_alone(plans: Path) -> None:
    Path("out").mkdir()
    Path("out/mine.csv").write_text("a", encoding="utf-8")
    assert main(["export", "plans/seed.yaml", "--to", "csv", "-o", "out", "--bom", "--quiet"]) == 0
    assert Path("out/tasks.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert Path("out/mine.csv").read_text(encoding="utf-8") == "a"


def test_where_results_go_by_themselves(plans: Path) -> None:
    assert main(["export", "plans/seed.yaml", "--to", "md"]) == 0
    assert main(["export", "plans", "--to", "md"]) == 0
    assert main(["export", "plans", "--to", "csv"]) == 0
    assert main(["export", "plans/seed.yaml", "--to", "md", "-o", "plans"]) == 0
    assert sorted(path.name for path in Path("output").iterdir()) == ["plans-csv", "plans.md", "seed.md"]
    assert Path("plans/seed.md").exists()


def test_standard_output(plans: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "plans", "--to", "jsonl", "-o", "-"]) == 0
    assert len(capfdbinary.readouterr().out.decode("utf-8").splitlines()) == 54


def test_update_replaces_the_tracker(plans: Path) -> None:
    assert main(["export", "plans/seed.yaml", "--to", "xlsx", "-o", "t.xlsx"]) == 0
    before = Path("t.xlsx").read_bytes()
    assert main(["export", "plans/seed.yaml", "--to", "xlsx", "--update", "t.xlsx"]) == 0
    assert Path("t.xlsx").read_bytes() == before


WRONG = [
    (["export", "plans", "--to", "csv", "-o", "-"], 2),  # several files cannot be one stream
    (["export", "plans", "--to", "md", "--update", "x.md"], 2),
    (["export", "plans", "--to", "doc"], 2),
    (["export", "nothing.yaml", "--to", "md"], 10),
    (["export", "plans", "--to", "xlsx", "--update", "nothing.xlsx"], 10),
    (["export", "plans", "--to", "xlsx", "--update", "broken.txt"], 15),
    (["export", "broken.txt", "--to", "md"], 41),
    (["export", "plans/seed.yaml", "--to", "md", "-o", "plans/seed.yaml"], 50),  # over the plan itself
    (["export", "empty", "--to", "md"], 10),
]


@pytest.mark.parametrize(("arguments", "code"), WRONG)
def test_what_goes_wrong_has_its_code(plans: Path, arguments: list[str], code: int) -> None:
    Path("broken.txt").write_text("a: [", encoding="utf-8")
    Path("empty").mkdir()
    try:
        assert main(arguments) == code
    except SystemExit as stop:  # argparse's own way out
        assert stop.code == code
    assert not Path("output").exists()
    assert Path("plans/seed.yaml").read_text(encoding="utf-8") == dump_plan(sample_plan("seed"))


def test_a_bad_plan_does_not_stop_the_rest(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plans / "bad.yaml").write_text("schema: kehoach.plan/1\n", encoding="utf-8")
    assert main(["export", "plans", "--to", "jsonl", "-o", "all.jsonl"]) == 1
    assert len(Path("all.jsonl").read_text(encoding="utf-8").splitlines()) == 54
    assert "bad.yaml" in capsys.readouterr().err


def test_which_files_of_a_folder_are_plans(plans: Path) -> None:
    (plans / "other.yaml").write_text("a: 1\n", encoding="utf-8")
    (plans / "seed.stages").mkdir()
    (plans / "seed.stages" / "outline.json").write_text(
        json.dumps({"schema": "kehoach.plan/1"}), encoding="utf-8"
    )
    (plans / ".hidden.yaml").write_text("schema: kehoach.plan/1\n", encoding="utf-8")
    names = [path.relative_to(plans).as_posix() for path in plan_files([plans, plans / "seed.yaml"])]
    assert names == ["department.yaml", "seed.yaml", "deeper/school.json"]


def test_task_of_the_samples_are_complete() -> None:
    assert task_dict("I.1").keys() == sample_plan("seed").tasks[0].model_dump().keys()
