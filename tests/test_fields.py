"""Labelled fields: what a label means, several on one line, in brackets, in items of their own."""

from __future__ import annotations

import pytest

from pipeline.outline import Item
from pipeline.parse.fields import field_role, split_fields, trailing_fields
from tests.made_outlines import passage, section

ROLES = [
    ("Đơn vị chủ trì", "lead"),
    ("Bộ phận thực hiện", "lead"),
    ("Cơ quan chủ trì, tham mưu", "lead"),
    ("Cơ quan chịu trách nhiệm chính", "lead"),
    ("Người phụ trách", "lead"),
    ("Đơn vị đầu mối", "lead"),
    ("Phân công thực hiện", "lead"),
    ("Phụ trách", "lead"),
    ("Cơ quan phối hợp", "support"),
    ("Cơ quan tham gia", "support"),
    ("Phối hợp", "support"),
    ("Thời hạn", "deadline"),
    ("Thời gian trình", "deadline"),
    ("Hoàn thành", "deadline"),
    ("Tiến độ", "deadline"),
    ("Hạn", "deadline"),
    ("Hạn xong", "deadline"),  # no misread "Phân công"
    ("Mốc hoàn thành", "deadline"),
    ("Cùng thực hiện", "support"),
    ("Dự kiến kết quả", "product"),
    ("Kết quả đầu ra", "product"),
    # OCR without Vietnamese
    ("- Bon vi thyc hién", "lead"),
    ("B§ phan phoi hgp", "support"),
    ("-Thoi han", "deadline"),
    # what states facts, or is no label
    ("Lãnh đạo phụ trách", "detail"),
    ("Địa điểm", "detail"),
    ("Hình thức", "detail"),
    ("Phòng Đào tạo", None),
    ("Công tác chỉ đạo", None),
    ("Hạng", None),  # one letter more than "Hạn"
]


@pytest.mark.parametrize(("label", "role"), ROLES)
def test_what_a_label_means(label: str, role: str | None) -> None:
    found = field_role(label)
    assert (found[0] if found else None) == role


LINES: list[tuple[str, list[tuple[str, str]]]] = [
    ("- Thời hạn: Thường xuyên.", [("deadline", "Thường xuyên.")]),
    ("Đơn vị chủ trì: Sở A; Đơn vị phối hợp: Sở B; Thời gian: Năm 2024.",
     [("lead", "Sở A"), ("support", "Sở B"), ("deadline", "Năm 2024.")]),
    ("Chủ trì: Sở A. Phối hợp: Sở B. Hoàn thành: Tháng 5.",
     [("lead", "Sở A."), ("support", "Sở B."), ("deadline", "Tháng 5.")]),
    ("Bộ phận được giao: Phòng A. Hạn: trước ngày 10/11/2025.",
     [("lead", "Phòng A."), ("deadline", "trước ngày 10/11/2025.")]),
    ("Rà soát hồ sơ.", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_fields_on_one_line(line: str, expected: list[tuple[str, str]]) -> None:
    assert [(field.role, field.value.text) for field in split_fields(passage(line))] == expected


TRAILING: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("Nâng cấp Cổng thông tin. Chủ trì: Phòng A; thời gian: Quý II.", "Nâng cấp Cổng thông tin.",
     [("lead", "Phòng A"), ("deadline", "Quý II.")]),
    ("Tổng kết - Đơn vị thực hiện: Phòng A - Thời gian: Tháng 12.", "Tổng kết",
     [("lead", "Phòng A"), ("deadline", "Tháng 12.")]),
    ("Rà soát: lập danh sách.", "Rà soát: lập danh sách.", []),
    # one label with a comma inside, not "Cơ quan" and a field behind it
    ("Cơ quan, đơn vị chủ trì: Phòng A.", "Cơ quan, đơn vị chủ trì: Phòng A.", []),
    ("Các sở, ban, ngành liên quan: phối hợp.", "Các sở, ban, ngành liên quan: phối hợp.", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "text", "expected"), TRAILING)
def test_fields_that_run_on_behind_a_title(line: str, text: str, expected: list[tuple[str, str]]) -> None:
    rest, fields = trailing_fields(passage(line))
    assert rest.text == text
    assert [(field.role, field.value.text) for field in fields] == expected


def first(*lines: str) -> Item:
    child = section(*lines).children[0]
    assert isinstance(child, Item)
    return child


def test_lettered_items_that_are_fields() -> None:
    item = first("II. NỘI DUNG", "1. Rà soát", "a) Nội dung: Tập hợp.", "b) Đơn vị chủ trì: Vụ A.",
                 "c) Thời gian: Năm 2024.")  # fmt: skip
    assert [field.role for field in item.fields] == ["lead", "deadline"]
    assert [child.kind for child in item.children if isinstance(child, Item)] == ["dash"]


def test_a_numbered_label_over_dash_fields() -> None:
    item = first("II. NỘI DUNG", "1. Phổ biến luật", "1.1. Phân công thực hiện:", "- Cơ quan chủ trì: Sở A.",
                 "- Cơ quan phối hợp: Sở B.", "1.2. Thời gian thực hiện: Quý I.")  # fmt: skip
    assert [field.role for field in item.fields] == ["lead", "support", "deadline"]


def test_fields_glued_to_the_last_dash_item_belong_to_the_task() -> None:
    item = first("II. NỘI DUNG", "1. Truyền thông", "- Phát tờ rơi.",
                 "- Treo băng rôn. Đơn vị thực hiện: Trạm Y tế. Thời gian: Tháng 6.")  # fmt: skip
    assert [field.role for field in item.fields] == ["lead", "deadline"]
    texts = [child.text.text for child in item.children if isinstance(child, Item)]
    assert texts == ["Phát tờ rơi.", "Treo băng rôn."]


def test_a_time_within_a_dash_item_stays_there() -> None:
    item = first("II. NỘI DUNG", "1. Lập danh sách", "- Gửi danh sách.",
                 "- Tổng hợp danh sách, thời gian thực hiện: trước ngày 20/10.")  # fmt: skip
    assert item.fields == ()
