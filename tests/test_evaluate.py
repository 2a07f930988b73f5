"""Field F1: the comparator is tried on itself first, then on cases counted by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import SCORED, Report, Tally, combine, evaluate, render
from pipeline.evaluate.pairing import Entry, best_pairs, nearly_same_sets, pair_items, same_sets
from pipeline.evaluate.wording import comparable, likeness, nearly_same, same
from schemas import Gold, load_gold, load_plan
from schemas.block import to_block


def deadline(text, kind, **filled) -> dict:
    blank = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    return {"text": text, "kind": kind, **blank, **filled}


def small() -> dict:
    """A plan with 36 expected answers, counted collection by collection below; own wording."""
    return {
        "schema": "kehoach.plan/1",
        # 9 answers: parent and signer.authority are null
        "document": {
            "type": "Kế hoạch",
            "number": "08/KH-UBND",
            "date": "2024-03-08",
            "place": "An Lạc",
            "issuer": "Ủy ban nhân dân xã An Lạc",
            "parent": None,
            "title": "Trồng cây phân tán năm 2024 trên địa bàn xã",
            "signer": {"authority": None, "role": "CHỦ TỊCH", "name": "Lê Văn Tám"},
            "recipients": ["UBND huyện", "Lưu: VT"],
        },
        # 3 + 2
        "legal_bases": [
            {
                "id": "15/2017/QH14",
                "type": "Luật",
                "number": "15/2017/QH14",
                "date": "2017-11-15",
                "issuer": None,
            },
            {"id": "Luật Trồng trọt", "type": "Luật", "number": None, "date": None, "issuer": "Quốc hội"},
        ],
        "units": [
            {"id": "van-phong", "name": "Văn phòng", "written": ["Văn phòng"]},
            {"id": "doan-xa", "name": "Đoàn xã", "written": ["Đoàn xã"]},
        ],
        # 1
        "objectives": [{"id": "I.1", "text": "Phủ xanh đất trống, đồi trọc trên địa bàn toàn xã."}],
        # none
        "requirements": [],
        # 7 (id, title, products, lead, three of the deadline) + 4 (id, title, lead, support)
        "tasks": [
            {
                "id": "III.1",
                "title": "Chuẩn bị cây giống cho các thôn",
                "products": ["Danh sách cây giống", "Phiếu giao nhận"],
                "lead": ["van-phong"],
                "support": [],
                "deadline": deadline("Trước ngày 15/4/2024", "date", due="2024-04-15"),
            },
            {
                "id": "III.2",
                "title": "Tổ chức lễ phát động Tết trồng cây",
                "products": [],
                "lead": ["doan-xa", "van-phong"],
                "support": ["van-phong"],
                "deadline": None,
            },
        ],
        # 7: group and support are empty
        "indicators": [
            {
                "id": "PL1.1",
                "group": None,
                "name": "Tỷ lệ cây sống sau một năm",
                "unit": "%",
                "target": {"text": "tối thiểu 90", "operator": ">=", "value": 90, "unit": "%"},
                "lead": ["doan-xa"],
                "support": [],
            }
        ],
        # 3
        "assignments": [
            {"id": "IV.1", "units": ["doan-xa"], "text": "Vận động đoàn viên tham gia trồng cây."}
        ],
    }


EXPECTED = {
    "document": 9, "legal_bases": 5, "objectives": 1, "requirements": 0, "tasks": 11, "indicators": 7,
    "assignments": 3,
}  # fmt: skip


def gold(content: dict) -> Gold:
    return load_gold(to_block(content))


def score(change=None, of_gold=None) -> Report:
    """The small plan against itself with `change` made in the prediction, `of_gold` in the gold."""
    truth, answer = small(), small()
    if of_gold:
        of_gold(truth)
    if change:
        change(answer)
    return evaluate(gold(truth), gold(answer))


def counts(report: Report, collection: str) -> Tally:
    return next(found.tally for found in report.collections if found.name == collection)


# ── the comparator on itself ──────────────────────────────────────────────


def test_gold_against_itself_is_all_right():
    report = score()
    assert {found.name: found.tally.expected for found in report.collections} == EXPECTED
    total = sum(EXPECTED.values())
    assert report.tally == Tally(total, total, total, total)
    assert report.tally.f1 == report.tally.lenient_f1 == 1.0
    assert report.wrong == ()
    assert all(found.rows.found == found.rows.gold == found.rows.predicted for found in report.collections)


def test_a_whole_plan_can_be_compared_as_well_as_partial_gold():
    path = Path(__file__).parent / "data" / "whole.plan.yaml"
    plan = load_plan(path)
    assert evaluate(plan, plan).tally.f1 == 1.0
    assert evaluate(plan, plan).tally == evaluate(load_gold(path), plan).tally


def test_the_scored_fields_are_those_of_the_contract():
    assert sum(len(rules) for rules in SCORED.values()) == 11 + 4 + 1 + 1 + 12 + 9 + 3
    assert [rule.name for rule in SCORED["indicators"]] == [
        "id", "name", "unit", "group", "target.text", "target.operator", "target.value", "lead", "support",
    ]  # fmt: skip


# ── one change, its exact effect ──────────────────────────────────────────


def change_at(*path, to):
    def change(content):
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = to

    return change


def drop(*path):
    def change(content):
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


ALL = sum(EXPECTED.values())
EXTRA_TASK = {
    "id": "III.3", "title": "Kiểm tra rừng phòng hộ", "products": [], "lead": ["doan-xa"], "support": [],
    "deadline": deadline("Cả năm", "continuous"),
}  # fmt: skip

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
def test_a_change_has_exactly_its_effect(change, tally, faults):
    report = score(change)
    assert report.tally == Tally(*tally)
    assert [wrong.fault for wrong in report.wrong] == faults
    expected, answered, right, lenient = tally
    assert report.tally.f1 == pytest.approx(2 * right / (expected + answered))
    assert report.tally.lenient_f1 == pytest.approx(2 * lenient / (expected + answered))


def test_what_the_gold_leaves_out_is_not_scored():
    def left_out(plan):
        del plan["document"]["signer"]["role"], plan["tasks"][0]["lead"], plan["tasks"][0]["deadline"]["due"]
        del plan["tasks"][1]["deadline"], plan["assignments"]

    def other(plan):
        plan["document"]["signer"]["role"] = "x"
        plan["tasks"][0]["lead"] = ["doan-xa"]
        plan["tasks"][0]["deadline"]["due"] = "2020-01-01"
        plan["tasks"][1]["deadline"] = deadline("Cả năm", "continuous")
        plan["assignments"] = []

    report = score(other, left_out)
    assert report.tally == Tally(*[ALL - 3 - 3] * 4)
    assert "assignments" not in [found.name for found in report.collections]


def test_a_collection_that_is_empty_in_the_gold_is_scored():
    report = score(lambda plan: plan["requirements"].append({"id": "II.1", "text": "Đúng mùa vụ."}))
    assert counts(report, "requirements") == Tally(0, 1, 0, 0)
    assert counts(report, "requirements").f1 == 0.0
    assert counts(score(), "requirements").f1 is None


def test_gold_without_units_compares_names_as_they_stand():
    def names(plan):
        del plan["units"]
        for item in (*plan["tasks"], *plan["indicators"]):
            for field in ("lead", "support"):
                item[field] = [{"van-phong": "VĂN PHÒNG", "doan-xa": "Đoàn xã"}[key] for key in item[field]]
        plan["assignments"][0]["units"] = ["đoàn  xã"]

    assert score(None, names).tally.f1 == 1.0


def test_items_whose_text_the_gold_leaves_out_pair_by_id():
    report = score(change_at("tasks", 0, "title", to="Việc khác hẳn"), drop("tasks", 0, "title"))
    assert report.tally == Tally(*[ALL - 1] * 4)


def test_wrong_fields_name_their_place_and_both_values():
    (wrong,) = score(change_at("tasks", 1, "lead", to=["doan-xa"])).wrong
    assert (wrong.at, wrong.gold, wrong.predicted) == (
        "tasks/III.2/lead",
        ("Đoàn xã", "Văn phòng"),
        ("Đoàn xã",),
    )
    (wrong,) = score(change_at("document", "signer", "name", to="Lê Văn Tâm")).wrong
    assert (wrong.at, wrong.fault, wrong.lenient) == ("document/signer.name", "different", False)


# ── a case counted by hand ────────────────────────────────────────────────


def test_two_tasks_by_hand():
    def task(key, title, **fields):
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


# ── wording ───────────────────────────────────────────────────────────────

SAME = [
    ("Tiếng", "Tie\u0302\u0301ng"),  # composed and decomposed
    ("ỦY BAN NHÂN DÂN", "Ủy ban nhân dân"),
    ("hoà bình", "hòa bình"),
    ("văn hoá", "văn hóa"),
    ("Ủy ban", "Uỷ ban"),
    ("khoẻ", "khỏe"),
    ("quý", "qúy"),
    ("toàn", "tòan"),  # a slip of the same family
    ("thuý, thuỵ, thuỳ, thuỷ, thuỹ", "thúy, thụy, thùy, thủy, thũy"),
    ("loè, loé, loẻ, loẽ, loẹ", "lòe, lóe, lỏe, lõe, lọe"),
    ("“Một” ‘hai’", "\"Một\" 'hai'"),
    ("2024 – 2025", "2024-2025"),
    ("2024 — 2025", "2024 -2025"),
    ("08 / KH-UBND", "08/KH-UBND"),
    ("một , hai ; ba : bốn", "một, hai; ba: bốn"),
    ("một,hai", "một, hai"),
    ("một  hai\u00a0ba\nbốn", "một hai ba bốn"),
    ("Danh sách.", "Danh sách"),
    ("- “Danh sách”;", "Danh sách"),
    ("bài viết…", "bài viết....."),
]
DIFFERENT = [
    ("hòa", "họa"),
    ("hoa", "hoà"),
    ("của", "cũa"),
    ("một hai", "mộthai"),
    ("60%", "60"),
    (">=", "="),
    ("%", "-"),
    ("đ", "d"),
    ("III.1.3.a", "III.1.3.b"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_what_does_not_count(left, right):
    assert same(left, right) and nearly_same(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_counts(left, right):
    assert not same(left, right) and not nearly_same(left, right)


def test_lenient_means_one_character_in_twenty():
    assert nearly_same("a" * 20, "a" * 19 + "b") and not nearly_same("a" * 19, "a" * 18 + "b")
    assert likeness("a" * 10, "a" * 6 + "b" * 4) == pytest.approx(0.6)


@given(st.text(max_size=30))
def test_comparing_is_stable(text):
    assert same(text, text) and nearly_same(text, text)
    assert isinstance(comparable(text), str)


def test_lists_as_sets():
    long = ["Phòng Tài chính và Kế hoạch", "Phòng Nội vụ"]
    slip = ["Phòng Nội vụ", "Phòng Tài chinh và Kế hoạch"]
    assert not same_sets(long, slip) and nearly_same_sets(long, slip)
    assert same_sets(["a", "b."], ["B", "a", "A"])
    # two that are nearly one name need two counterparts
    assert not nearly_same_sets([long[0], slip[1]], [long[0], "Phòng Nội vụ"])


# ── pairing ───────────────────────────────────────────────────────────────


def test_items_pair_by_id_first_and_the_rest_by_text():
    truth = [Entry("1", "rà soát hồ sơ"), Entry("2", "lập danh sách"), Entry("3", "tổng kết")]
    answer = [Entry("2", "lập danh sách"), Entry("1", "hoàn toàn khác"), Entry("9", "rà soát hồ sơ"),
              Entry("3", "tổng kết năm")]  # fmt: skip
    assert pair_items(truth, answer) == {0: 2, 1: 0, 2: 3}


def test_equal_ids_pair_from_half_alike_other_ids_from_six_tenths():
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("1", "aaaaaccccc")]) == {0: 0}
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("1", "aaaacccccc")]) == {}
    assert pair_items([Entry("1", "aaaaaabbbb")], [Entry("2", "aaaaaacccc")]) == {0: 0}
    assert pair_items([Entry("1", "aaaaabbbbb")], [Entry("2", "aaaaaccccc")]) == {}


def test_an_item_without_text_is_known_by_its_id_alone():
    assert pair_items([Entry("1", None)], [Entry("1", "rà soát")]) == {0: 0}
    assert pair_items([Entry("1", None)], [Entry("2", None)]) == {}


def test_equal_texts_pair_in_document_order():
    assert best_pairs(["a", "a"], ["a", "a"], 0.6) == {0: 0, 1: 1}
    # the better match goes first, though the worse one stands before it
    assert best_pairs(["họp tổng kết", "họp tổng kết năm"], ["họp tổng kết năm"], 0.6) == {1: 0}


# ── reports ───────────────────────────────────────────────────────────────


def test_several_reports_are_added_up():
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


def test_a_report_as_plain_data():
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


def test_a_report_as_a_table():
    def changes(plan):
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


def test_long_values_are_cut_so_that_the_difference_is_in_sight():
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


def test_wrong_fields_name_their_plan_only_where_there_are_several():
    answer = small()
    answer["document"]["place"] = None
    one, two = (evaluate(gold(small()), gold(answer), name) for name in ("a.yaml", "b.yaml"))
    assert "\n- document/place\n" in render(one)
    assert "\n- a.yaml: document/place\n" in (both := render(combine([one, two])))
    assert "\n- b.yaml: document/place\n" in both
