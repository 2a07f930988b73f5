"""Tasks: which items are tasks, who acts and when by their own wording, what holds for a group."""

from __future__ import annotations

import pytest

from pipeline.resolve.tasks import tasks_of_section
from pipeline.resolve.title_parts import title_parts
from schemas import Task
from tests.made_outlines import context, names, passage, section

PARTS: list[tuple[str, str, list[str], list[str], str]] = [
    # the final bracket: who, when, both, with labels cut off behind
    ("Phát thanh (Đài Truyền thanh huyện thực hiện, xong trước ngày 15/6).", "Phát thanh",
     ["Đài Truyền thanh huyện"], [], "xong trước ngày 15/6"),
    ("Tặng quà (hoàn thành trước ngày 10/6/2024).", "Tặng quà", [], [], "hoàn thành trước ngày 10/6/2024"),
    ("Họp báo (Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp; ngày 01/6/2024)", "Họp báo",
     ["Sở Nội vụ"], ["Sở Tư pháp"], "ngày 01/6/2024"),
    ("Lập dự toán (có bảng riêng)", "Lập dự toán (có bảng riêng)", [], [], ""),
    # a time before or behind the colon
    ("Ngày 12/8/2024: UBND xã Phú Lâm.", "UBND xã Phú Lâm", [], [], "Ngày 12/8/2024"),
    ("Tổng kết: dự kiến ngày 20/6/2024.", "Tổng kết", [], [], "dự kiến ngày 20/6/2024"),
    # the sentence itself keeps its words
    ("Giao Phòng A chủ trì, hoàn thành trước 30/9/2024.", "Giao Phòng A chủ trì, hoàn thành trước 30/9/2024",
     ["Phòng A"], [], "trước 30/9/2024"),
    ("Tổ chức Hội nghị vào ngày 20/6/2024.", "Tổ chức Hội nghị vào ngày 20/6/2024", [], [],
     "vào ngày 20/6/2024"),
    ("Giám sát, nghiệm thu cuốn chiếu; hằng ngày.", "Giám sát, nghiệm thu cuốn chiếu; hằng ngày", [], [],
     "hằng ngày"),
    # days and years that only name something
    ("Tổ chức kỷ niệm ngày 08/3.", "Tổ chức kỷ niệm ngày 08/3", [], [], ""),
    ("Xây dựng Kế hoạch năm 2024.", "Xây dựng Kế hoạch năm 2024", [], [], ""),
    # "Giáo viên" is no order "Giao"
    ("Giáo viên chủ nhiệm quản lý lớp.", "Giáo viên chủ nhiệm quản lý lớp", ["Giáo viên chủ nhiệm"], [], ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "lead", "support", "time"), PARTS)
def test_a_title_and_what_it_says(
    text: str, title: str, lead: list[str], support: list[str], time: str
) -> None:
    parts = title_parts(passage(text))
    assert parts.title.text.strip(" .") == title
    assert [unit.text for unit in parts.lead] == lead
    assert [unit.text for unit in parts.support] == support
    assert parts.time.text.strip(" .") == time


def tasks(*lines: str, only_acted: bool = False) -> tuple[list[Task], list[list[str]]]:
    where = context()
    found = list(tasks_of_section(section(*lines), where, only_acted))
    return found, [names(task.lead, where) for task in found]


def due(found: list[Task]) -> list[str | None]:
    return [task.deadline.due if task.deadline else None for task in found]


def ids(found: list[Task]) -> list[str]:
    return [task.id for task in found]


def test_numbered_items_are_tasks_and_dashes_their_details() -> None:
    found, _ = tasks("II. NHIỆM VỤ", "1. Tuyên truyền", "- Treo băng rôn.", "2. Kiểm tra")
    assert ids(found) == ["II.1", "II.2"]
    assert found[0].details == ("Treo băng rôn",)


def test_without_numbers_the_dashes_are_tasks_and_without_dashes_the_paragraphs() -> None:
    assert ids(tasks("II. NHIỆM VỤ", "- Rà soát.", "- Kiểm tra.")[0]) == ["II.-1", "II.-2"]
    found, _ = tasks("II. NHIỆM VỤ", "Tập trung các nội dung sau:", "Rà soát hồ sơ.", "Kiểm tra.")
    assert [task.title for task in found] == ["Rà soát hồ sơ", "Kiểm tra"]


REFERENCES = ["Chi tiết tại Phụ lục.", "Nhiệm vụ cụ thể theo Phụ lục II", "Danh mục tại Phụ lục đính kèm."]


@pytest.mark.parametrize("text", REFERENCES)
def test_a_sentence_that_only_says_where_the_tasks_stand_is_none(text: str) -> None:
    assert tasks("II. NHIỆM VỤ", text)[0] == []


def test_a_sentence_that_does_something_with_an_appendix_is_a_task() -> None:
    (found,), _ = tasks("II. NHIỆM VỤ", "Công bố chi tiết danh mục, lập báo cáo theo Phụ lục.")
    assert found.title == "Công bố chi tiết danh mục, lập báo cáo theo Phụ lục"


def test_a_heading_that_is_a_time_holds_for_what_is_below() -> None:
    found, _ = tasks(
        "II. CÔNG TÁC", "1. Tháng 3/2024", "- Tổng kết.", "- Tuyển quân.", "2. Quý II", "- Tập huấn."
    )
    assert ids(found) == ["II.1.-1", "II.1.-2", "II.2.-1"]
    assert due(found) == ["2024-03-31", "2024-03-31", "2024-06-30"]


def test_a_bracket_behind_a_heading_holds_for_what_is_below() -> None:
    found, leads = tasks("II. NHIỆM VỤ", "1. Đất đai (Sở Xây dựng chủ trì)", "a) Công khai.", "b) Thu hồi.")
    assert ids(found) == ["II.1.a", "II.1.b"]
    assert leads == [["Sở Xây dựng"], ["Sở Xây dựng"]]


def test_a_heading_that_only_names_the_list_is_no_task() -> None:
    assert ids(tasks("II. NHIỆM VỤ, BIỆN PHÁP", "1. Nhiệm vụ", "- Rà soát.")[0]) == ["II.1.-1"]


def test_facts_among_the_items_are_no_tasks() -> None:
    found, _ = tasks("II. NỘI DUNG", "1. Thời gian, địa điểm", "- Hội trường xã.", "2. Tổ chức tọa đàm")
    assert ids(found) == ["II.2"]


def test_a_nearer_field_goes_before_a_wider_one() -> None:
    _, leads = tasks(
        "II. NHIỆM VỤ", "1. Trồng cây", "- Phụ trách: Hội Phụ nữ xã", "a) Đào hố.",
        "b) Tưới cây (Đoàn xã thực hiện).",
    )  # fmt: skip
    assert leads == [["Hội Phụ nữ xã"], ["Đoàn xã"]]


def test_lead_and_support_in_one_field() -> None:
    where = context()
    text = "- Đơn vị thực hiện: Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp"
    (task,) = tasks_of_section(section("II. NHIỆM VỤ", "1. Rà soát", text), where)
    assert (names(task.lead, where), names(task.support, where)) == (["Phòng Nội vụ"], ["Phòng Tư pháp"])


def test_steps_are_tasks_only_where_somebody_acts() -> None:
    assert not tasks("V. TRÌNH TỰ", "1. Nghe báo cáo.", "2. Kết luận.", only_acted=True)[0]
    assert len(tasks("V. TRÌNH TỰ", "1. Trưởng đoàn: Kết luận.", "2. Ký biên bản.", only_acted=True)[0]) == 2
