"""The report of a comparison: added up over plans, as plain data, and as a table to read."""

from __future__ import annotations

import copy
import json
from typing import Any

from pipeline.evaluate import SCORED, Tally, combine, evaluate, render
from tests.small_gold import EXTRA_TASK, change_at, drop, gold, score, small


def test_several_reports_are_added_up() -> None:
    one = score(change_at("document", "place", to=None))
    two = score(drop("tasks", 0), drop("objectives"))
    both = combine([two, one])
    assert both.tally == one.tally + two.tally
    assert [found.name for found in both.collections] == list(SCORED)
    assert len(both.wrong) == len(one.wrong) + len(two.wrong)
    assert combine([]).tally.f1 is None
    tasks = next(found for found in both.collections if found.name == "tasks")
    assert (tasks.rows.gold, tasks.rows.predicted, tasks.rows.found) == (4, 3, 3)
    assert tasks.fields["title"] == Tally(4, 3, 3, 3)


def test_a_report_as_plain_data() -> None:
    report = evaluate(gold(small()), gold(small() | {"assignments": []}), "xã")
    data = json.loads(json.dumps(report.as_dict()))
    assert data["plans"] == ["xã"]
    assert data["collections"]["assignments"]["rows"] == {"gold": 1, "predicted": 0, "found": 0}
    assert data["collections"]["assignments"]["fields"]["units"]["expected"] == 1
    assert data["collections"]["requirements"]["f1"] is None
    assert data["f1"] == report.tally.f1
    assert data["wrong"][1] == {
        "plan": "xã", "at": "assignments/IV.1/units", "fault": "missing", "gold": ["Đoàn xã"],
        "predicted": None, "lenient": False, "whole_item": True,
    }  # fmt: skip


def test_a_report_as_a_table() -> None:
    def changes(plan: Any) -> None:
        plan["document"]["title"] = "Trồng cây phân tán năm 2024 trên địa bản xã"
        plan["document"]["place"] = None
        plan["tasks"].append(copy.deepcopy(EXTRA_TASK))
        del plan["assignments"][0]

    lines = render(score(changes)).splitlines()
    assert lines[0].split() == [
        "strict",
        "F1",
        "lenient",
        "F1",
        "right",
        "expected",
        "given",
        "rows",
        "found",
    ]
    assert any(line.split() == ["requirements", "–", "–", "0", "0", "0", "0", "of", "0"] for line in lines)
    assert any(line.startswith("tasks") and line.endswith("2 of 2, 1 extra") for line in lines)
    # 36 expected, 36 - 1 - 3 + 5 given, 36 - 1 - 1 - 3 right
    assert any(line.split() == ["all", "0.8493", "0.8767", "31", "36", "37"] for line in lines)
    assert "Wrong fields: 10, 1 of them leniently right (~)" in lines
    assert "~ document/title" in lines and "- document/place" in lines
    assert "- assignments/IV.1: not found (3 fields): Vận động đoàn viên tham gia trồng cây." in lines
    assert "+ tasks/III.3: not in the gold (5 fields): Kiểm tra rừng phòng hộ" in lines
    assert render(score()).endswith("No wrong fields.\n")


def test_long_values_are_cut_so_that_the_difference_is_in_sight() -> None:
    text = "Vận động đoàn viên, " * 20
    truth, answer = small(), small()
    truth["assignments"][0]["text"] = text + "trồng tre."
    answer["assignments"][0]["text"] = text + "trồng trúc."
    shown = [
        line
        for line in render(evaluate(gold(truth), gold(answer))).splitlines()
        if line.startswith(("    g", "    p"))
    ]
    assert shown[0].endswith("trồng tre.") and shown[1].endswith("trồng trúc.")
    assert all(len(line) < 120 for line in shown)


def test_wrong_fields_name_their_plan_only_where_there_are_several() -> None:
    answer = small()
    answer["document"]["place"] = None
    one, two = (evaluate(gold(small()), gold(answer), name) for name in ("a.yaml", "b.yaml"))
    assert "\n- document/place\n" in render(one)
    assert "\n- a.yaml: document/place\n" in (both := render(combine([one, two])))
    assert "\n- b.yaml: document/place\n" in both
