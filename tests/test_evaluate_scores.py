"""Field F1: the comparator is tried on itself first, then on cases counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluate import SCORED, Report, Tally, evaluate
from schemas import load_gold, load_plan
from tests.small_gold import EXTRA_TASK, change_at, deadline, drop, gold, score

EXPECTED = {
    "document": 9, "legal_bases": 5, "objectives": 1, "requirements": 0, "tasks": 11, "indicators": 7,
    "assignments": 3,
}  # fmt: skip


def counts(report: Report, collection: str) -> Tally:
    return next(found.tally for found in report.collections if found.name == collection)


# ── the comparator on itself ──────────────────────────────────────────────


def test_gold_against_itself_is_all_right() -> None:
    report = score()
    assert {found.name: found.tally.expected for found in report.collections} == EXPECTED
    total = sum(EXPECTED.values())
    assert report.tally == Tally(total, total, total, total)
    assert report.tally.f1 == report.tally.lenient_f1 == 1.0
    assert report.wrong == ()
    assert all(found.rows.found == found.rows.gold == found.rows.predicted for found in report.collections)


def test_a_whole_plan_can_be_compared_as_well_as_partial_gold() -> None:
    path = Path(__file__).parent / "data" / "whole.plan.yaml"
    plan = load_plan(path)
    assert evaluate(plan, plan).tally.f1 == 1.0
    assert evaluate(plan, plan).tally == evaluate(load_gold(path), plan).tally


def test_the_scored_fields_are_those_of_the_contract() -> None:
    assert sum(len(rules) for rules in SCORED.values()) == 11 + 4 + 1 + 1 + 12 + 9 + 3
    assert [rule.name for rule in SCORED["indicators"]] == [
        "id", "name", "unit", "group", "target.text", "target.operator", "target.value", "lead", "support",
    ]  # fmt: skip


# ── one change, its exact effect ──────────────────────────────────────────

ALL = sum(EXPECTED.values())
# change in the prediction; expected, given, strictly right, leniently right; faults in order
MUTATIONS = [
    (change_at("document", "place", to="Hà Nam"), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    (change_at("document", "place", to=None), (ALL, ALL - 1, ALL - 1, ALL - 1), ["missing"]),
    (change_at("document", "place", to=""), (ALL, ALL - 1, ALL - 1, ALL - 1), ["missing"]),
    (change_at("document", "parent", to="UBND huyện"), (ALL, ALL + 1, ALL, ALL), ["extra"]),
    # one letter of 43: leniently right
    (change_at("document", "title", to="Trồng cây phân tán năm 2024 trên địa bản xã"),
     (ALL, ALL, ALL - 1, ALL), ["different"]),
    # a set: order and repetition do not count, one name too many does
    (change_at("document", "recipients", to=["Lưu: VT", "UBND huyện", "Lưu: VT."]), (ALL, ALL, ALL, ALL), []),
    (change_at("document", "recipients", to=["UBND huyện"]), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    (change_at("document", "recipients", to=[]), (ALL, ALL - 1, ALL - 1, ALL - 1), ["missing"]),
    (change_at("tasks", 1, "lead", to=["van-phong", "doan-xa"]), (ALL, ALL, ALL, ALL), []),
    # units are compared by name, whatever their ids
    (change_at("units", 0, "name", to="Văn  phòng."), (ALL, ALL, ALL, ALL), []),
    # the office is in three lists
    (change_at("units", 0, "name", to="Phòng Nội vụ"), (ALL, ALL, ALL - 3, ALL - 3), ["different"] * 3),
    # no deadline at all: its three answers are missing; the kind alone is one
    (change_at("tasks", 0, "deadline", to=None), (ALL, ALL - 3, ALL - 3, ALL - 3), ["missing"] * 3),
    (change_at("tasks", 0, "deadline", "kind", to="period"), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    # a deadline where none is printed: two extra answers
    (change_at("tasks", 1, "deadline", to=deadline("Cả năm", "continuous")), (ALL, ALL + 2, ALL, ALL),
     ["extra"] * 2),
    # one day off is wrong leniently, too
    (change_at("tasks", 0, "deadline", "due", to="2024-04-14"), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    (change_at("indicators", 0, "target", "value", to=90.0), (ALL, ALL, ALL, ALL), []),
    (change_at("indicators", 0, "target", "value", to=-90), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    (change_at("indicators", 0, "target", "operator", to="="), (ALL, ALL, ALL - 1, ALL - 1), ["different"]),
    # a lost item loses all its answers, an invented one adds its own (id, title, lead, text, kind)
    (drop("tasks", 0), (ALL, ALL - 7, ALL - 7, ALL - 7), ["missing"] * 7),
    (lambda plan: plan["tasks"].append(EXTRA_TASK), (ALL, ALL + 5, ALL, ALL), ["extra"] * 5),
    (drop("tasks"), (ALL, ALL - 11, ALL - 11, ALL - 11), ["missing"] * 11),
    # shifted numbering: the texts pair, two ids are wrong
    (lambda plan: [task.update(id=f"III.{n}") for n, task in enumerate(plan["tasks"], 2)],
     (ALL, ALL, ALL - 2, ALL - 2), ["different"] * 2),
    # a key the gold does not know of adds nothing
    (change_at("document", "urgency", to="KHẨN"), (ALL, ALL, ALL, ALL), []),
    # an objective of the same id that says something else: one missing, one extra
    (change_at("objectives", 0, "text", to="Nâng cao nhận thức"), (ALL, ALL, ALL - 1, ALL - 1),
     ["missing", "extra"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "tally", "faults"), MUTATIONS)
def test_a_change_has_exactly_its_effect(change: Any, tally: Any, faults: Any) -> None:
    report = score(change)
    assert report.tally == Tally(*tally)
    assert [wrong.fault for wrong in report.wrong] == faults
    expected, answered, right, lenient = tally
    assert report.tally.f1 == pytest.approx(2 * right / (expected + answered))
    assert report.tally.lenient_f1 == pytest.approx(2 * lenient / (expected + answered))


def test_what_the_gold_leaves_out_is_not_scored() -> None:
    def left_out(plan: Any) -> None:
        del plan["document"]["signer"]["role"], plan["tasks"][0]["lead"], plan["tasks"][0]["deadline"]["due"]
        del plan["tasks"][1]["deadline"], plan["assignments"]

    def other(plan: Any) -> None:
        plan["document"]["signer"]["role"] = "x"
        plan["tasks"][0]["lead"] = ["doan-xa"]
        plan["tasks"][0]["deadline"]["due"] = "2020-01-01"
        plan["tasks"][1]["deadline"] = deadline("Cả năm", "continuous")
        plan["assignments"] = []

    report = score(other, left_out)
    assert report.tally == Tally(*[ALL - 3 - 3] * 4)
    assert "assignments" not in [found.name for found in report.collections]


def test_a_collection_that_is_empty_in_the_gold_is_scored() -> None:
    report = score(lambda plan: plan["requirements"].append({"id": "II.1", "text": "Đúng mùa vụ."}))
    assert counts(report, "requirements") == Tally(0, 1, 0, 0)
    assert counts(report, "requirements").f1 == 0.0
    assert counts(score(), "requirements").f1 is None


def test_gold_without_units_compares_names_as_they_stand() -> None:
    def names(plan: Any) -> None:
        del plan["units"]
        for item in (*plan["tasks"], *plan["indicators"]):
            for field in ("lead", "support"):
                item[field] = [{"van-phong": "VĂN PHÒNG", "doan-xa": "Đoàn xã"}[key] for key in item[field]]
        plan["assignments"][0]["units"] = ["đoàn  xã"]

    assert score(None, names).tally.f1 == 1.0


def test_items_whose_text_the_gold_leaves_out_pair_by_id() -> None:
    report = score(change_at("tasks", 0, "title", to="Việc khác hẳn"), drop("tasks", 0, "title"))
    assert report.tally == Tally(*[ALL - 1] * 4)


def test_wrong_fields_name_their_place_and_both_values() -> None:
    (wrong,) = score(change_at("tasks", 1, "lead", to=["doan-xa"])).wrong
    assert (wrong.at, wrong.gold, wrong.predicted) == (
        "tasks/III.2/lead",
        ("Đoàn xã", "Văn phòng"),
        ("Đoàn xã",),
    )
    (wrong,) = score(change_at("document", "signer", "name", to="Lê Văn Tâm")).wrong
    assert (wrong.at, wrong.fault, wrong.lenient) == ("document/signer.name", "different", False)


# ── a case counted by hand ────────────────────────────────────────────────


def test_two_tasks_by_hand() -> Any:
    def task(key: str, title: str, **fields: Any) -> Any:
        return {
            "id": key,
            "title": title,
            "products": [],
            "lead": [],
            "support": [],
            "deadline": None,
            **fields,
        }

    units = [{"id": "a", "name": "Sở Y tế", "written": []}, {"id": "b", "name": "Sở Y tê", "written": []}]
    truth = {
        "units": units,
        "tasks": [
            task("1", "Rà soát hồ sơ", lead=["a"], deadline=deadline("Quý II", "period", start="2024-04-01")),
            task("2", "Lập danh sách", products=["Danh sách"]),
        ],
    }
    answer = {
        "units": units,
        "tasks": [
            # id right; title wrong but alike, 2 of 13 letters; lead wrong (ê for ế); text right, kind wrong,
            # start missing; support extra: 6 given, 2 right
            task("1", "Ra soát hô sơ", lead=["b"], support=["a"], deadline=deadline("QUÝ II.", "date")),
            # no counterpart: 3 given
            task("2", "Tổng kết năm học", products=["Báo cáo"]),
        ],
    }
    report = evaluate(gold(truth), gold(answer))
    # expected: 6 (id, title, lead, text, kind, start) + 3 (id, title, products)
    assert report.tally == Tally(9, 9, 2, 2)
    assert report.tally.f1 == pytest.approx(2 / 9)
    (tasks,) = report.collections
    assert (tasks.rows.gold, tasks.rows.predicted, tasks.rows.found) == (2, 2, 1)
    assert tasks.fields["id"] == Tally(2, 2, 1, 1) and tasks.fields["deadline.text"] == Tally(1, 1, 1, 1)
    assert [(wrong.at, wrong.fault) for wrong in report.wrong] == [
        ("tasks/1/title", "different"), ("tasks/1/lead", "different"), ("tasks/1/support", "extra"),
        ("tasks/1/deadline.kind", "different"), ("tasks/1/deadline.start", "missing"),
        ("tasks/2/id", "missing"), ("tasks/2/title", "missing"), ("tasks/2/products", "missing"),
        ("tasks/2/id", "extra"), ("tasks/2/title", "extra"), ("tasks/2/products", "extra"),
    ]  # fmt: skip
