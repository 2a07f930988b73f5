"""Traps of the seed plan: the fields of its twenty tasks."""

from itertools import pairwise

import pytest

from pipeline.folding import fold_wording
from schemas import Place
from tests.converted import gold
from tests.seed_plan import (
    CORRECT,
    DOCX,
    PDF,
    RAW,
    SCAN,
    alike,
    body_tasks,
    every_file,
    every_text,
    findings,
    lines_of,
    plan_of,
    task,
    unit_names,
)

FIELDS = [
    # id, and the lines of lead, support, deadline and product
    ("III.1.1", 70, 72, 74, 76),  # product without dash
    ("III.1.2", 84, 86, 88, 90),
    ("III.1.3.a", 98, 99, 105, 107),  # `Đơn vị thực hiện` read `Bon vi`; a page break inside
    ("III.1.3.b", 114, 117, 119, 121),  # a lead that holds the words "thực hiện"
    ("III.2.1.a", 132, 135, 137, 139),
    ("III.2.1.b", None, 145, 147, 149),  # no lead is printed
    ("III.2.2", 154, 156, 158, 160),
    ("III.2.3.a", 167, 169, 170, 171),
    ("III.2.3.b", 174, 175, 176, 178),  # a deadline over two lines with two document numbers
    ("III.2.3.c", 182, 183, 184, 186),
    ("III.2.4", 189, 191, 192, 194),  # `San phém`; the product is a target
    ("III.2.5.a", 204, 206, 208, 210),
    ("III.2.5.b", 214, 216, 218, 220),
    ("III.2.6", 226, 228, 230, 232),
    ("III.2.7", 239, 241, 243, 245),  # a product with brackets over a line
    ("III.2.8.a", 260, 262, 264, 266),  # `B§ phan phoi hgp`; a product that ends in an ellipsis
    ("III.2.8.b", 272, 274, 276, 278),  # `-Thoi han` without a space
    ("III.2.9.a", 287, 289, 291, 293),
    ("III.2.9.b", 298, 300, 302, 304),
    ("III.2.10", 309, 311, 313, 315),
]
ROLES = ("lead", "support", "deadline", "products")
LABELS = {
    "lead": ("Bộ phận thực hiện:", "Đơn vị thực hiện:"),
    "support": ("Bộ phận phối hợp:", "Đơn vị phối hợp:"),
    "deadline": ("Thời hạn:",),
    "products": ("Sản phẩm:",),
}
PLACES = [
    (f"tasks/{row[0]}/{role}", line)
    for row in FIELDS
    for role, line in zip(ROLES, row[1:], strict=True)
    if line
]


def test_the_seed_prints_79_fields() -> None:
    assert len(PLACES) == 79


@every_file
def test_the_twenty_tasks(file: str) -> None:
    assert [one.id for one in body_tasks(plan_of(file))] == [row[0] for row in FIELDS]


@every_text
@pytest.mark.parametrize(("key", "line"), PLACES)
def test_field_is_found_at_its_task(file: str, key: str, line: int) -> None:
    plan = plan_of(file)
    place: Place = plan.evidence[key][0]
    assert place.line == line
    # The label is of the right family, and no other field of the body begins on its line.
    label = place.text.lstrip("- ").partition(":")[0] + ":"
    assert max(alike(label, wanted) for wanted in LABELS[key.rpartition("/")[2]]) > 70
    assert [other for other, _ in PLACES if lines_of(plan, other)[:1] == [line]] == [key]


@pytest.mark.parametrize("file", [PDF, DOCX, SCAN])
def test_all_fields_are_there(file: str) -> None:
    found = [
        f"tasks/{one.id}/{role}" for one in body_tasks(plan_of(file)) for role in ROLES if getattr(one, role)
    ]
    assert found == [key for key, _ in PLACES]


@every_file
def test_values_are_the_printed_ones(file: str) -> None:
    """Each field against the gold, across all its letters: nothing glued on, nothing lost."""
    for wanted in gold("seed").content["tasks"]:
        if not wanted["id"].startswith("III."):
            continue
        read = task(file, wanted["id"])
        pairs = [(" ".join(read.products), " ".join(wanted["products"]))]
        pairs.append((read.deadline.text if read.deadline else "", wanted["deadline"]["text"]))
        for one, printed in pairs:
            assert alike(one, printed) > 70, (wanted["id"], one)
            assert abs(len(one.split()) - len(printed.split())) <= 1, (wanted["id"], one)


@every_file
def test_a_task_without_lead_is_reported(file: str) -> None:
    assert task(file, "III.2.1.b").lead == ()
    assert "tasks/III.2.1.b/lead" in findings(file, "missing-lead")


@every_file
def test_an_instruction_after_the_fields_is_detail(file: str) -> None:
    """Lines 162 and 163: neither part of the product nor a deadline."""
    read = task(file, "III.2.2")
    assert len(read.details) == 1
    assert alike(read.details[0][:30], "Định kỳ hàng tháng thống kê đầy đủ"[:30]) > 60
    assert read.deadline is not None
    assert read.deadline.kind == "continuous"
    assert all(not one.details for one in body_tasks(plan_of(file)) if one.id != "III.2.2")


@every_file
def test_dash_items_of_an_assignment_are_no_fields(file: str) -> None:
    """327 `- Bộ phận Tài chính bố trí kinh phí` looks like a field, 331 is a recurring duty."""
    items = ["- Căn cứ nhiệm vụ được giao", "- Bộ phận Tài chính bố trí", "- Hàng tháng, các bộ phận"]
    text = plan_of(file).assignments[0].text or ""
    read = [f"-{item}" for item in text.removeprefix("-").split(" -")]
    assert len(read) == len(items)
    assert all(alike(one[: len(item)], item) > 60 for one, item in zip(read, items, strict=True))


DEADLINES = [
    ("III.1.1", "event"), ("III.1.2", "continuous"), ("III.1.3.a", "reference"), ("III.1.3.b", "reference"),
    ("III.2.1.a", "continuous"), ("III.2.1.b", "continuous"), ("III.2.2", "continuous"),
    ("III.2.3.a", "continuous"), ("III.2.3.b", "reference"), ("III.2.3.c", "reference"),
    ("III.2.4", "reference"), ("III.2.5.a", "continuous"), ("III.2.5.b", "continuous"),
    ("III.2.6", "recurring"), ("III.2.7", "continuous"), ("III.2.8.a", "continuous"), ("III.2.8.b", "period"),
    ("III.2.9.a", "continuous"), ("III.2.9.b", "continuous"), ("III.2.10", "continuous"),
]  # fmt: skip
YEAR = ("2024-01-01", "2024-12-31")


@every_file
@pytest.mark.parametrize(("task_id", "kind"), DEADLINES)
def test_kind_of_deadline(file: str, task_id: str, kind: str) -> None:
    deadline = task(file, task_id).deadline
    assert deadline is not None
    assert deadline.kind == kind


@every_file
def test_normalised_deadlines(file: str) -> None:
    kinds = {one.id: one.deadline for one in body_tasks(plan_of(file)) if one.deadline}
    assert kinds["III.2.6"].recurrence == "FREQ=MONTHLY"
    # "Thường xuyên trong năm 2024" and "Năm 2024" name a period, "Thường xuyên" does not.
    for task_id in ("III.2.7", "III.2.8.a", "III.2.8.b", "III.2.9.a", "III.2.9.b"):
        assert (kinds[task_id].start, kinds[task_id].due) == YEAR
    assert (kinds["III.1.2"].start, kinds["III.1.2"].due) == (None, None)
    # "Theo lộ trình" is read "Theo 16 trinh": the 16 is no number.
    assert alike(kinds["III.1.3.a"].basis or "", "lộ trình Kế hoạch") > 75


UNITS = [
    ("III.1.1", "lead", 2),  # "Bộ phận Tư pháp - Hộ tịch, các bộ phận chuyên môn": the dash parts nothing
    ("III.1.3.b", "lead", 2),  # one of them "Công chức được phân công thực hiện nhiệm vụ kiểm soát TTHC"
    ("III.2.1.a", "lead", 2),  # a list over two lines
    ("III.2.3.a", "lead", 2),
    ("III.2.4", "lead", 2),
    ("III.2.6", "support", 2),  # a capital inside the list: "..., Các Bộ phận chuyên môn"
    ("III.2.9.b", "support", 1),  # "Văn phòng, UBND phường" is one unit in spite of its comma
    ("III.2.10", "lead", 1),
]


@every_file
@pytest.mark.parametrize(("task_id", "role", "count"), UNITS)
def test_units_of_a_field(file: str, task_id: str, role: str, count: int) -> None:
    assert len(getattr(task(file, task_id), role)) == count


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX, SCAN])
def test_one_unit_in_two_spellings(file: str) -> None:
    written = {unit.name: unit.written for unit in plan_of(file).units}
    assert "Văn phòng, UBND phường" in written["Văn phòng UBND phường"]
    assert unit_names(file, task(file, "III.2.9.b").support) == ["Văn phòng UBND phường"]


def test_the_office_is_one_unit_in_all_its_misspellings() -> None:
    """`Vin phong UBND phudng`, `Vian phong UBND phuong` ...: 19 uses, 5 spellings."""
    offices = {
        one for read in body_tasks(plan_of(RAW)) for one in (*read.lead, *read.support) if "phong" in one
    }
    assert len({one for one in offices if fold_wording(one).startswith("van-phong")}) == 1


ABOUT_PRODUCTS = [
    ("III.2.1.b", "100%"),  # begins with a number
    ("III.2.2", "100%"),
    ("III.2.6", "Công khai kết quả"),  # an action instead of a thing
    ("III.2.4", "Phấn đấu tỷ lệ"),  # a target
    ("III.2.10", "Thực hiện báo cáo"),
]


@every_file
@pytest.mark.parametrize(("task_id", "beginning"), ABOUT_PRODUCTS)
def test_products_of_odd_shape(file: str, task_id: str, beginning: str) -> None:
    (product,) = task(file, task_id).products
    assert alike(product[: len(beginning)], beginning) > 60


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX])
def test_an_ellipsis_stays(file: str) -> None:
    assert task(file, "III.2.8.a").products[0].endswith("....")
    assert task(file, "III.2.8.b").products[0].endswith("...")


def test_order_of_ids_is_that_of_the_document() -> None:
    ids = [row[0] for row in FIELDS]
    lines = [lines_of(plan_of(RAW), f"tasks/{one}/title")[0] for one in ids]
    assert all(before < after for before, after in pairwise(lines))
