"""What may stand before a paragraph as its number."""

from __future__ import annotations

import pytest

from pipeline.parse.labels import letter_follows, read_labels, roman_value, to_roman

LABELLED = [
    ("Bước 1. Chuẩn bị", "arabic", "1", "Chuẩn bị"),
    ("Giai đoạn 2: Triển khai", "arabic", "2", "Triển khai"),
    ("Hoạt động 1. Phát động", "bracketed", "1", "Phát động"),
    ("Nhiệm vụ 02: Rà soát", "bracketed", "02", "Rà soát"),
    ("PHẦN", "part", "I", ""),  # the number was lost
    ("I. MỤC TIÊU", "roman", "I", "MỤC TIÊU"),
    ("II NỘI DUNG", "roman", "II", "NỘI DUNG"),  # the stop was never printed
    ("I- MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
    ("HI. THỜI GIAN", "roman", "III", "THỜI GIAN"),  # two strokes run together
    ("VIIL Tổ chức thực hiện", "roman", "VIII", "Tổ chức thực hiện"),  # stroke and stop read as L
    ("VỊ. Kinh phí", "roman", "VI", "Kinh phí"),  # a speck over the I became a mark
    ("1. Cải cách", "arabic", "1", "Cải cách"),
    ("1) Thư ký", "arabic", "1", "Thư ký"),
    ("1/ Nội dung", "arabic", "1", "Nội dung"),
    ("3- Nội dung", "arabic", "3", "Nội dung"),
    ("1, Kế hoạch này", "arabic", "1", "Kế hoạch này"),  # a comma for the stop
    ("5; Nhân viên y tế", "arabic", "5", "Nhân viên y tế"),
    ("III, CHỈ TIÊU", "roman", "III", "CHỈ TIÊU"),
    ("J/ Các biện pháp kỹ thuật", "roman", "I", "Các biện pháp kỹ thuật"),
    ("10. 100% hồ sơ", "arabic", "10", "100% hồ sơ"),
    ("2.10. Triển khai", "decimal", "2.10", "Triển khai"),
    ("1.1 Nội dung", "decimal", "1.1", "Nội dung"),
    ("2.3. 86 hóa", "decimal", "2.3", "86 hóa"),  # "Số hóa" read as a figure: no third level
    ("27 Tăng cường", "decimal", "2.7", "Tăng cường"),  # the stop was lost
    ("I.1. Mục đích", "decimal", "I.1", "Mục đích"),
    ("a) Rà soát", "letter", "a", "Rà soát"),
    ("đ) Công khai", "letter", "đ", "Công khai"),
    ("a. Rà soát", "letter", "a", "Rà soát"),
    ("¢) Tái sử dụng", "letter", "c", "Tái sử dụng"),
    ("A. PHẦN CHUNG", "capital", "A", "PHẦN CHUNG"),
    ("- Bộ phận", "dash", "", "Bộ phận"),
    ("-Thời hạn: x", "dash", "", "Thời hạn: x"),
    ("– Sản phẩm", "dash", "", "Sản phẩm"),
    ("+ Báo cáo", "plus", "", "Báo cáo"),
    ("PHẦN II", "part", "II", ""),
    ("PHẦNII", "part", "II", ""),
    ("PHẨNT", "part", "I", ""),
    ("Phần thứ nhất", "part", "1", ""),
    ("Chương II: Tổ chức", "part", "II", "Tổ chức"),
    ("Điều 3. Hiệu lực", "clause", "3", "Hiệu lực"),
    ("Mục 1. Quy định", "clause", "1", "Quy định"),
    ("a1) Khảo sát vị trí", "subletter", "a1", "Khảo sát vị trí"),
    ("b.2) Lắp đặt", "subletter", "b.2", "Lắp đặt"),
]


@pytest.mark.parametrize(("text", "kind", "name", "rest"), LABELLED)
def test_the_reading_is_offered(text: str, kind: str, name: str, rest: str) -> None:
    offered = {(reading.kind, reading.name): text[reading.end :] for reading in read_labels(text)}
    assert offered.get((kind, name)) == rest


UNLABELLED = [
    "14/5/2013 và Nghị định số 92/2017/NĐ-CP",  # dates at the start of a line
    "28/3/2022 và Kế hoạch số 281/KH-UBND",
    "107/2022/NĐ-CP); Kế hoạch",
    "2024 phường Biên Giang",
    "1.500 ha",
    "100% hồ sơ",
    "01 sáng kiến",
    "Mục tiêu chung",
    "Điều tra viên",
    "Phần mềm quản lý",
    "Lý do",
    "V/v triển khai",
    "",
]


@pytest.mark.parametrize("text", UNLABELLED)
def test_no_number_is_seen_where_none_is(text: str) -> None:
    assert not [reading for reading in read_labels(text) if reading.cost < 1.0]


def test_a_broken_number_costs_more_than_a_clear_one() -> None:
    costs = {(reading.kind, reading.name): reading.cost for reading in read_labels("1. NHỮNG NHIỆM VỤ")}
    assert costs["arabic", "1"] < costs["roman", "I"] < costs["roman", "III"]


@pytest.mark.parametrize(("value", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL")])
def test_roman_numbers_there_and_back(value: int, roman: str) -> None:
    assert to_roman(value) == roman
    assert roman_value(roman) == value


@pytest.mark.parametrize("token", ["IIII", "VX", "IL", "ABC", ""])
def test_what_is_no_roman_number(token: str) -> None:
    assert roman_value(token) is None


def test_points_run_through_the_vietnamese_alphabet() -> None:
    letters = "abcdđefghijklmnopqrstuvwxyz"
    after = {letter: position for position, letter in enumerate(letters, start=1)}
    assert letter_follows(after["d"], after["đ"])
    assert letter_follows(after["d"], after["e"])  # many authors leave đ out
    assert letter_follows(after["e"], after["g"])  # f is no Vietnamese letter
    assert not letter_follows(after["a"], after["c"])
    assert not letter_follows(after["b"], after["a"])
