"""Which number each paragraph really carries: whole outlines, good and broken."""

from __future__ import annotations

import pytest

from pipeline.parse.numbering import number_paragraphs

Outline = list[tuple[str, int, str]]
"""Paragraph, its depth, its name (empty for dashes and paragraphs without label)."""

OUTLINES: dict[str, Outline] = {
    "roman, arabic, decimal, letter, dash": [
        ("I. MỤC TIÊU", 0, "I"),
        ("1. Đẩy mạnh", 1, "1"),
        ("2. Chấn chỉnh", 1, "2"),
        ("II. NHIỆM VỤ", 0, "II"),
        ("1. Cải cách", 1, "1"),
        ("1.1. Phương án", 2, "1.1"),
        ("- Đơn vị: A", 3, ""),
        ("1.2. Rà soát", 2, "1.2"),
        ("a) Trình", 3, "a"),
        ("- Thời hạn: x", 4, ""),
        ("b) Công bố", 3, "b"),
        ("2. Đổi mới", 1, "2"),
        ("2.1. Xử lý", 2, "2.1"),
        ("III. TỔ CHỨC", 0, "III"),
    ],
    "III read as 1, IV after it": [
        ("I. MỤC TIÊU", 0, "I"),
        ("1. Đẩy mạnh", 1, "1"),
        ("II. YÊU CẦU", 0, "II"),
        ("1. Nêu cao", 1, "1"),
        ("2. Tiếp tục", 1, "2"),
        ("1. NHỮNG NHIỆM VỤ TRỌNG TÂM", 0, "III"),
        ("1. Cải cách", 1, "1"),
        ("IV. TỔ CHỨC THỰC HIỆN", 0, "IV"),
    ],
    "the first number lost, a comma for the next one's stop": [
        ("MỤC ĐÍCH - YÊU CẦU", 0, "I"),
        ("1, Mục đích", 1, "1"),
        ("1.1. Phát huy", 2, "1.1"),
        ("1.2. Tạo môi trường", 2, "1.2"),
        ("2. Yêu cầu", 1, "2"),
        ("II. CHỦ ĐỀ", 0, "II"),
        ("1. Chủ đề", 1, "1"),
    ],
    "a number lost between two others": [
        ("I. MỤC ĐÍCH", 0, "I"),
        ("1. Nâng cao", 1, "1"),
        ("2. Tạo", 1, "2"),
        ("NỘI DUNG THỰC HIỆN", 0, "II"),
        ("1. Rà soát", 1, "1"),
        ("2. Công bố", 1, "2"),
        ("III. TỔ CHỨC", 0, "III"),
    ],
    "a line in capitals that never had a number": [
        ("I. MỤC ĐÍCH", 0, "I"),
        ("1. Nâng cao", 1, "1"),
        ("CÁC NHIỆM VỤ TRỌNG TÂM", 2, ""),
        ("2. Tạo", 1, "2"),
        ("II. TỔ CHỨC", 0, "II"),
    ],
    "a stroke lost: II, II, IV": [
        ("I. Mục đích", 0, "I"),
        ("II. Nội dung", 0, "II"),
        ("II. Đối tượng", 0, "III"),
        ("IV. Thời gian", 0, "IV"),
    ],
    "arabic sections with decimals below": [
        ("1. MỤC ĐÍCH", 0, "1"),
        ("- Tổ chức", 1, ""),
        ("2. NỘI DUNG", 0, "2"),
        ("2.1 Ban hành", 1, "2.1"),
        ("2.2 Lập danh sách", 1, "2.2"),
        ("- Cơ quan", 2, ""),
        ("3. TỔ CHỨC", 0, "3"),
    ],
    "parts on top, sections numbered through": [
        ("PHẦN I", 0, "I"),
        ("1. Mục tiêu", 1, "1"),
        ("1.1. Chung", 2, "1.1"),
        ("PHẦN I", 0, "II"),  # a stroke lost
        ("1. Hạ tầng", 1, "1"),
        ("PHẦN III", 0, "III"),
    ],
    "2.10 comes after 2.9": [
        ("1. Cải cách", 0, "1"),
        ("2. Đổi mới", 0, "2"),
        *((f"2.{number}. Việc", 1, f"2.{number}") for number in range(1, 9)),
        ("2.9. Mô hình", 1, "2.9"),
        ("2.10. Báo cáo", 1, "2.10"),
    ],
    "a stop lost in the middle": [
        ("1. Cải cách", 0, "1"),
        ("2. Đổi mới", 0, "2"),
        ("2.1. Xử lý", 1, "2.1"),
        ("2.2. Công bố", 1, "2.2"),
        ("2.3. Số hóa", 1, "2.3"),
        ("2.4. Thanh toán", 1, "2.4"),
        ("2.5. Kiểm tra", 1, "2.5"),
        ("2.6. Công khai", 1, "2.6"),
        ("27 Tăng cường công tác", 1, "2.7"),
        ("2.8. Thông tin", 1, "2.8"),
    ],
    "plus under dash, dash again": [
        ("1. Các đơn vị", 0, "1"),
        ("- Chuẩn bị:", 1, ""),
        ("+ Bộ tiêu chí", 2, ""),
        ("+ Tài liệu", 2, ""),
        ("- Bố trí", 1, ""),
    ],
    "paragraphs without label stand under the numbered item": [
        ("1. Tái cơ cấu", 0, "1"),
        ("- Tham mưu", 1, ""),
        ("Đơn vị chủ trì: Phòng A", 1, ""),
        ("2. Phát triển", 0, "2"),
    ],
    "a year at the start of a paragraph is no number": [
        ("1. Kinh phí", 0, "1"),
        ("2024 là năm bản lề", 1, ""),
        ("2. Tổ chức", 0, "2"),
    ],
}


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=list(OUTLINES))
def test_outlines(outline: Outline) -> None:
    numbered = number_paragraphs([text for text, _, _ in outline])
    found = [(text, one.depth, one.label.name) for (text, _, _), one in zip(outline, numbered, strict=True)]
    assert found[1:] == outline[1:]  # the first of a cut-out outline has nothing to go on from
    assert found[0][2] == outline[0][2]


def test_a_numbering_that_starts_again_is_marked() -> None:
    texts = ["V. Quy trình", "Sáng:", "1) Thông qua", "2) Chỉ đạo", "Chiều:", "1) Tiếp tục", "2) Họp"]
    numbered = number_paragraphs(texts)
    assert [one.restart for one in numbered] == [False, False, False, False, False, True, False]
    assert numbered[5].depth == numbered[2].depth


def test_restored_labels_say_so() -> None:
    numbered = number_paragraphs(["I. A", "II. B", "HI. C", "IV. D"])
    assert [one.label.restored for one in numbered] == [False, False, True, False]
