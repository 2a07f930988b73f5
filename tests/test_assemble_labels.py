"""How a line begins and ends: labels, and numbers and codes that the line end has cut."""

import pytest

from pipeline.assemble.label_shapes import NONE, PERHAPS, SURE, label_shape
from pipeline.assemble.paragraphs import code_goes_on
from pipeline.types import Word

LABELS = [
    ("I. MỤC TIÊU", SURE),
    ("II - YÊU CẦU", SURE),
    ("IV/ TỔ CHỨC", SURE),
    ("II|. NHIỆM VỤ", SURE),  # a stroke read as a bar
    ("1. Đẩy mạnh", SURE),
    ("1.Đẩy mạnh", SURE),
    ("2) Trưởng Đoàn", SURE),
    ("3/ Lãnh đạo", SURE),
    ("12. Các đơn vị", SURE),
    ("1.1. Tổ chức", SURE),
    ("2.10. Triển khai", SURE),
    ("6.3 Cơ sở khám", SURE),
    ("2.3. 86 hoa", SURE),  # "Số" read as a figure behind the label
    ("I.2. Nội dung", SURE),
    ("a) Rà soát", SURE),
    ("đ) Thống kê", SURE),
    ("¢) Tai su dung", SURE),  # "c)" by an English engine
    ("a. Thu thập", SURE),
    ("b/. Địa chỉ:", SURE),
    ("A. Hạ tầng", SURE),
    ("- Thời hạn: Năm 2024", SURE),
    ("-Thời hạn: Năm 2024", SURE),
    ("– Sản phẩm", SURE),
    ("+ Bộ tiêu chí", SURE),
    ("* Kiến nghị", SURE),
    ("• Nội dung", SURE),
    ("Điều 3. Trách nhiệm", SURE),
    ("Phần I", SURE),
    ("PHẦN THỨ HAI", SURE),
    ("Chương II", SURE),
    ("PHỤ LỤC 1", SURE),
    ("PHỤ LỤC", SURE),
    ("Hoạt động 3. Giải ngân", SURE),
    ("Giai đoạn 2: Triển khai", SURE),
    ("NHIỆM VỤ TRỌNG TÂM", NONE),  # the second line of a title
    ("Nhiệm vụ 2 năm", NONE),
    ("(1) Rà soát", PERHAPS),
    ("Phụ lục 1 Danh sách", PERHAPS),
    ("14/5/2013 và Nghị định", NONE),
    ("28/3/2022 và Kế hoạch", NONE),
    ("107/2022/NĐ-CP); Kế hoạch", NONE),
    ("28/KH-UBND ngày", NONE),
    ("30/ KH-UBND ngày", NONE),
    ("2024 phường Biên Giang", NONE),
    ("1.500 ha lúa", NONE),
    ("2,5 triệu đồng", NONE),
    ("100% hồ sơ", NONE),
    ("3 - 6/2024", NONE),
    ("8h30 ngày", NONE),
    ("Phụ lục 1, 2 ban hành", NONE),
    ("Điều 5 Nghị định", PERHAPS),
    ("điều kiện 3 làm việc", NONE),
    ("V/v triển khai", NONE),
    ("và b) khoản này", NONE),
    ("Danh sách các đơn vị", NONE),
    ("+5% so với", NONE),
    ("-", NONE),
    ("Sản phẩm: Quyết định", NONE),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_label(text: str, expected: int) -> None:
    assert label_shape(text, "phê duyệt.") == expected


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("quy định tại Điều", "3. Các đơn vị"),
        ("ngày", "15. Các đơn vị"),
        ("tại khoản", "2) và khoản này"),
        ("tại điểm", "a) khoản 2"),
        ("từ tháng 3/2024", "- 6/2024"),
    ],
)
def test_number_that_the_line_end_has_cut(above: str, text: str) -> None:
    assert label_shape(text, above) == NONE
    assert label_shape(text, "trên môi trường điện tử") != NONE or text.startswith("-")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("6858/QĐ-", "BYT", True),
        ("161/", "KH-UBND", True),
        ("217/2025/NĐ-", "CP", True),
        ("(48/2013/NĐ-", "CP);", True),
        ("/QĐ-", "TTg", True),
        ("29/", "02/2024", True),
        ("15/9/202", "6", True),  # a year that a narrow cell cut
        ("15/9/202", "sáu", False),
        ("92/102", "6", False),
        ("HĐND-", "UBND", False),  # no number: two names
        ("Tư pháp -", "Hộ", False),
        ("và/", "hoặc", False),
        ("2024", "BYT", False),
        ("6858/QĐ-", "của", False),
    ],
)
def test_code_cut_by_the_line_end(left: str, right: str, expected: bool) -> None:
    assert code_goes_on(*(Word(text, text, 1, None, 1.0, "ocr") for text in (left, right))) is expected
