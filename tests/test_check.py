"""`kehoach check`: the six questions asked of every task."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.clarity import QUESTIONS, clarity_of
from pipeline.cli import main
from schemas import Plan, dump_plan
from tests.conftest import plan_dict
from tests.export_samples import deadline_dict, sample_plan, task_dict

UNITS = [{"id": one, "name": one, "written": [one]} for one in ("a", "b")]
CLEAR = {"lead": ["a"], "deadline": deadline_dict(), "products": ["Báo cáo"]}


def plan_of(*tasks: dict[str, Any], cited_in: tuple[str, ...] = ()) -> Plan:
    cited = {"number": "98/KH-UBND", "type": None, "date": None, "issuer": None, "cited_in": list(cited_in)}
    return Plan.model_validate(
        plan_dict(units=UNITS, tasks=list(tasks), citations=[cited] if cited_in else [])
    )


def answers(plan: Plan, place: int = 0) -> dict[str, str]:
    return dict(zip(QUESTIONS, clarity_of(plan)[place].answers, strict=True))


ALL_CLEAR = dict.fromkeys(QUESTIONS, "yes")
CASES = [
    # what differs from a clear task, the answers that differ
    ({}, {}),
    ({"lead": []}, {"person": "no", "responsibility": "no"}),
    ({"lead": ["a", "b"]}, {"responsibility": "no"}),
    ({"lead": ["a"], "support": ["b"]}, {}),  # who helps does not answer for it
    ({"title": None}, {"work": "no"}),
    ({"deadline": None}, {"time": "no"}),
    ({"deadline": deadline_dict("Đầu năm học", "unclear")}, {"time": "no"}),
    ({"deadline": deadline_dict("Thường xuyên", "continuous")}, {}),
    ({"deadline": deadline_dict("Khi có yêu cầu", "event", basis="có yêu cầu")}, {}),
    ({"products": []}, {"product": "no"}),
]


@pytest.mark.parametrize(("changed", "different"), CASES)
def test_each_question(changed: dict[str, Any], different: dict[str, str]) -> None:
    plan = plan_of(task_dict("III.1.a", **{**CLEAR, **changed}), cited_in=("III.1.a",))
    assert answers(plan) == ALL_CLEAR | different
    assert clarity_of(plan)[0].clear is ("no" not in different.values())


AUTHORITY = [
    # where a document is cited, whether the task III.1.a is clear about its authority
    ((), "doubtful"),
    (("III.1.a",), "yes"),
    (("III.1.a.-1",), "yes"),  # in one of its details
    (("III.1",), "yes"),  # in its section
    (("III",), "yes"),
    (("III.-1",), "yes"),  # in a paragraph without label that opens the section
    (("III.1.b",), "doubtful"),  # its neighbour's
    (("III.1.b.-1",), "doubtful"),
    (("III.10",), "doubtful"),  # another section, whose number only begins alike
    (("II",), "doubtful"),
    (("II.-1", "IV.1"), "doubtful"),
]


@pytest.mark.parametrize(("cited_in", "answer"), AUTHORITY)
def test_authority(cited_in: tuple[str, ...], answer: str) -> None:
    plan = plan_of(task_dict("III.1.a", **CLEAR), task_dict("III.1.b", **CLEAR), cited_in=cited_in)
    assert answers(plan)["authority"] == answer
    assert clarity_of(plan)[0].clear  # doubtful is no failure


@pytest.fixture
def files(in_folder: Path) -> Path:
    Path("seed.yaml").write_text(dump_plan(sample_plan("seed")), encoding="utf-8")
    Path("clear.yaml").write_text(dump_plan(plan_of(task_dict("I.1", **CLEAR))), encoding="utf-8")
    return in_folder


def test_the_seed_sample(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "seed.yaml"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[0] == "id"
    assert all(question in lines[0] for question in QUESTIONS.values())
    row = next(line for line in lines if line.startswith("III.2.1.b"))
    assert row.split()[-6:] == ["✗", "✓", "✓", "✗", "✓", "?"]
    assert "✓ of 21 tasks" in lines[-1]


def test_csv_and_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "seed.yaml", "clear.yaml", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [len(rows), rows[-1]["file"], rows[-1]["authority"]] == [22, "clear.yaml", "doubtful"]
    assert main(["check", ".", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["file"] for one in found} == {"seed.yaml", "clear.yaml"}
    assert list(found[0]) == ["file", "id", "title", *QUESTIONS]


CODES = [
    (["clear.yaml", "--strict"], 0),
    (["seed.yaml", "--strict"], 3),
    (["seed.yaml"], 0),
    (["clear.yaml", "nothing.yaml"], 1),
    (["nothing.yaml"], 10),
    (["broken.yaml"], 41),
]


@pytest.mark.parametrize(("arguments", "code"), CODES)
def test_exit_codes(files: Path, arguments: list[str], code: int) -> None:
    Path("broken.yaml").write_text("schema: kehoach.plan/1\n", encoding="utf-8")
    assert main(["check", *arguments]) == code
