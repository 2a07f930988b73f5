"""Assignments: who is told to do what under "Tổ chức thực hiện"."""

from __future__ import annotations

import pytest

from pipeline.resolve.assignments import assignments_of_section
from tests.made_outlines import context, names, section

Expected = list[tuple[str, list[str], str]]

CASES: list[tuple[list[str], Expected]] = [
    # the heading is the unit and leaves the text; a subject stays
    (["1. Phòng Nội vụ", "- Theo dõi.", "- Báo cáo."],
     [("IV.1", ["Phòng Nội vụ"], "- Theo dõi. - Báo cáo.")]),
    (["1. Phòng Nội vụ: Theo dõi."], [("IV.1", ["Phòng Nội vụ"], "Theo dõi.")]),
    (["1. Đề nghị Huyện đoàn: Vận động."], [("IV.1", ["Huyện đoàn"], "Vận động.")]),
    (["1. Giao Phòng Nội vụ theo dõi."], [("IV.1", ["Phòng Nội vụ"], "Giao Phòng Nội vụ theo dõi.")]),
    # a sentence that leads over to lettered items is one assignment with them
    (["1. Vụ Pháp chế có trách nhiệm:", "a) Hướng dẫn.", "b) Tổng hợp."],
     [("IV.1", ["Vụ Pháp chế"], "Vụ Pháp chế có trách nhiệm: a) Hướng dẫn. b) Tổng hợp.")]),
    # a collective over units of their own only groups
    (["1. Các sở, ngành", "1.1. Sở Y tế: Kiểm tra.", "1.2. Sở Tư pháp", "- Thẩm định."],
     [("IV.1.1", ["Sở Y tế"], "Kiểm tra."), ("IV.1.2", ["Sở Tư pháp"], "- Thẩm định.")]),
    (["1. Trách nhiệm của các sở", "a) Sở Y tế: Kiểm tra.", "b) Sở Tư pháp: Thẩm định."],
     [("IV.1.a", ["Sở Y tế"], "Kiểm tra."), ("IV.1.b", ["Sở Tư pháp"], "Thẩm định.")]),
    # dash items, paragraphs
    (["- Công an xã: Giữ trật tự.", "- Trạm Y tế: Trực cấp cứu."],
     [("IV.-1", ["Công an xã"], "Giữ trật tự."), ("IV.-2", ["Trạm Y tế"], "Trực cấp cứu.")]),
    (["Sở Y tế tổng hợp báo cáo.", "Kinh phí do ngân sách bảo đảm."],
     [("IV.-1", ["Sở Y tế"], "Sở Y tế tổng hợp báo cáo.")]),
    # an order behind the last item speaks for the section
    (["1. Báo tỉnh", "Mở chuyên mục.", "Giao Sở Y tế theo dõi việc thực hiện./."],
     [("IV.1", ["Báo tỉnh"], "Mở chuyên mục."),
      ("IV.-1", ["Sở Y tế"], "Giao Sở Y tế theo dõi việc thực hiện.")]),
    # two units; a collective is one
    (["1. Sở Y tế, Công an tỉnh: Phối hợp."], [("IV.1", ["Sở Y tế", "Công an tỉnh"], "Phối hợp.")]),
    (["1. Trưởng các phòng, ban chuyên môn chịu trách nhiệm thi hành."],
     [("IV.1", ["Trưởng các phòng, ban chuyên môn"],
       "Trưởng các phòng, ban chuyên môn chịu trách nhiệm thi hành.")]),
    (["1. Đề nghị Mặt trận Tổ quốc xã và các tổ chức chính trị - xã hội tăng cường giám sát."],
     [("IV.1", ["Mặt trận Tổ quốc xã", "các tổ chức chính trị - xã hội"],
       "Đề nghị Mặt trận Tổ quốc xã và các tổ chức chính trị - xã hội tăng cường giám sát.")]),
    # people keep their form of address
    (["1. Ông. Vũ Việt A - Thư ký đoàn: Lập biên bản."],
     [("IV.1", ["Ông. Vũ Việt A - Thư ký đoàn"], "Lập biên bản.")]),
    # who is told nothing
    (["1. Ông Lê Văn A, Giám đốc: Trưởng ban."], []),
    (["1. Kế hoạch này có hiệu lực kể từ ngày ký."], []),
    (["1. Kinh phí: Từ ngân sách."], []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_who_is_told_what(lines: list[str], expected: Expected) -> None:
    where = context()
    found = assignments_of_section(section("IV. TỔ CHỨC THỰC HIỆN", *lines), where)
    assert [(one.id, names(one.units, where), one.text) for one in found] == expected


def test_the_time_in_the_text_is_the_deadline() -> None:
    where = context()
    text = "1. UBND các xã: Báo cáo trước ngày 05/7/2024."
    (found,) = assignments_of_section(section("IV. TỔ CHỨC THỰC HIỆN", text), where)
    assert found.deadline is not None
    assert found.deadline.due == "2024-07-05"
