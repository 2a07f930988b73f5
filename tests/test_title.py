"""Type, title and period."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.parse.period import period_of
from pipeline.parse.strips import Strip
from pipeline.parse.title import TitleBlock, document_type, read_title, title_value
from pipeline.types import Alignment, Word, passage_of


def strip(text: str, alignment: Alignment = "centre", bold: bool = False, block: int = 0) -> Strip:
    words = [Word(word, word, 1, None, 1.0, "text_layer") for word in text.split()]
    return Strip(passage_of(words), block, "full", alignment, bold)


def read(*texts: str, alignment: Alignment = "centre") -> TitleBlock:
    found = read_title([strip(text, alignment) for text in texts], 0)
    assert found is not None
    return found


TYPES = [
    ("KẾ HOẠCH", "Kế hoạch"),
    ("KÉẺ HOẠCH", "Kế hoạch"),
    ("KE HOACH", "Kế hoạch"),
    ("Kế hoạch số 12/KH-UBND", "Kế hoạch"),
    ("QUYẾT ĐỊNH", "Quyết định"),
    ("TỜ TRÌNH", "Tờ trình"),
    ("THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch"),
    ("Thông tư số 03/2021/TT-BNV", "Thông tư"),
    ("Nghị định số 30/2020/NĐ-CP", "Nghị định"),
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Chương trình hành động"),
    ("Luật Tổ chức chính quyền địa phương", "Luật"),
    ("BỘ LUẬT LAO ĐỘNG", "Bộ luật"),
    ("Văn bản số 5/UBND", None),  # not in the Decree's list
    ("THƯỢNG KHẨN", None),  # looks like PHƯƠNG ÁN to a careless eye
    ("Ủy ban nhân dân", None),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_document_type(text: str, kind: str | None) -> None:
    assert document_type(text) == kind


CENTRED = [
    # One line, then the preamble.
    (
        ["KẾ HOẠCH", "Cải cách hành chính năm 2024", "Căn cứ Nghị quyết số 76/NQ-CP;"],
        "Cải cách hành chính năm 2024",
        "",
        2,
    ),
    # Two lines; a centred preamble is still one.
    (
        ["KẾ HOẠCH", "Kiểm tra chất lượng", "bệnh viện năm 2024", "Căn cứ Luật Khám bệnh, chữa bệnh;"],
        "Kiểm tra chất lượng bệnh viện năm 2024",
        "",
        3,
    ),
    # A title that opens like a preamble.
    (
        ["KẾ HOẠCH", "Thực hiện Đề án số 3 về du lịch", "giai đoạn 2026-2030", "Căn cứ Luật Du lịch;"],
        "Thực hiện Đề án số 3 về du lịch giai đoạn 2026-2030",
        "",
        3,
    ),
    # A bracket under it is its caption.
    (
        [
            "KẾ HOẠCH",
            "Phát triển du lịch",
            "(Ban hành kèm theo Quyết định số 5/QĐ-UBND",
            "ngày 01/3/2024)",
            "I. MỤC TIÊU",
        ],
        "Phát triển du lịch",
        "(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 01/3/2024)",
        4,
    ),
    # Type and title in one line; in capitals or not.
    (["KẾ HOẠCH Cải cách hành chính năm 2024", "I. MỤC TIÊU"], "Cải cách hành chính năm 2024", "", 1),
    (
        ["KẾ HOẠCH CÔNG TÁC NĂM 2024", "CỦA PHÒNG TƯ PHÁP", "I. MỤC TIÊU"],
        "CÔNG TÁC NĂM 2024 CỦA PHÒNG TƯ PHÁP",
        "",
        2,
    ),
    # A stain before the type, a rule below the title.
    (["_ KẾ HOẠCH", "Công tác năm 2024", "_______", "Căn cứ Luật Du lịch;"], "Công tác năm 2024", "", 3),
    # No preamble: the first section follows.
    (["KẾ HOẠCH", "Công tác năm 2024", "1. MỤC ĐÍCH, YÊU CẦU"], "Công tác năm 2024", "", 2),
    # The type alone.
    (["KẾ HOẠCH", "Căn cứ Luật Du lịch;"], None, "", 1),
    # "của" at the end of a line: a capital below it goes on.
    (
        ["KẾ HOẠCH", "Công tác năm 2024 của", "Ủy ban nhân dân phường", "I. MỤC TIÊU"],
        "Công tác năm 2024 của Ủy ban nhân dân phường",
        "",
        3,
    ),
]


@pytest.mark.parametrize(("texts", "title", "caption", "after"), CENTRED)
def test_title(texts: list[str], title: str | None, caption: str, after: int) -> None:
    found = read(*texts)
    assert document_type(found.type.text) == "Kế hoạch"
    assert title_value(found.title) == title
    assert (found.caption.text, found.next) == (caption, after)


def test_title_without_layout() -> None:
    """Plain text knows no centring: a new sentence with a capital is not the title's."""
    found = read("KẾ HOẠCH", "Công tác năm 2024", "Năm 2024 là năm bản lề.", alignment="left")
    assert title_value(found.title) == "Công tác năm 2024"
    assert found.next == 2


def test_no_type_line() -> None:
    assert read_title([strip("Kế hoạch này được gửi các đơn vị")], 0) is None
    assert read_title([strip("ỦY BAN NHÂN DÂN")], 0) is None


PERIODS = [
    ("Cải cách hành chính năm 2024", "2024-01-01", "2024-12-31"),
    ("Cai cach thu tuc hanh chinh nidm 2024 phudng", "2024-01-01", "2024-12-31"),  # English OCR
    ("Phát triển du lịch giai đoạn 2026-2030", "2026-01-01", "2030-12-31"),
    ("Phát triển du lịch giai đoạn 2026 – 2030", "2026-01-01", "2030-12-31"),
    ("Phát triển du lịch giai đoạn từ năm 2026 đến năm 2030", "2026-01-01", "2030-12-31"),
    ("Ra quân tháng 11 năm 2025", "2025-11-01", "2025-11-30"),
    ("Ra quân tháng 02/2024", "2024-02-01", "2024-02-29"),
    ("Công tác quý II năm 2025", "2025-04-01", "2025-06-30"),
    ("Công tác quý IV/2025", "2025-10-01", "2025-12-31"),
    ("Công tác 6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
    ("Công tác 6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
    ("Hoạt động hè từ tháng 6 đến tháng 8 năm 2025", "2025-06-01", "2025-08-31"),
    ("Thanh tra từ ngày 01/3/2024 đến ngày 30/4/2024", "2024-03-01", "2024-04-30"),
    ("Tuần lễ từ 01/3 đến 07/3/2024", "2024-03-01", "2024-03-07"),
]


@pytest.mark.parametrize(("title", "start", "end"), PERIODS)
def test_period(title: str, start: str, end: str) -> None:
    found = period_of(title)
    assert found is not None
    assert (str(found[0]), str(found[1])) == (start, end)


@pytest.mark.parametrize(
    "title",
    [
        "Công tác năm học 2025-2026",  # a school year has no printed days
        "Cải cách hành chính",
        "Thực hiện Kế hoạch ngày 08 tháng 3 năm 2024",  # a date of another paper
        "Kết quả năm 2023, nhiệm vụ năm 2024",  # two years
        "Thực hiện Nghị định số 30/2020/NĐ-CP",
        "Kỷ niệm 95 năm Ngày thành lập (20/10/1930 - 20/10/2025)",  # a history
        "Triển khai bầu cử đại biểu HĐND nhiệm kỳ 2026 - 2031",  # the term of those elected
    ],
)
def test_no_period(title: str) -> None:
    assert period_of(title) is None


def test_a_year_that_only_limits_the_plan_has_no_start() -> None:
    assert period_of("Phát triển hạ tầng số đến năm 2030") == (None, date(2030, 12, 31))


def test_years_of_birth_are_not_the_plans() -> None:
    found = period_of("Tiêm bổ sung cho trẻ sinh năm 2019 - 2021 năm 2026")
    assert found == (date(2026, 1, 1), date(2026, 12, 31))


def test_period_from_the_text() -> None:
    assert period_of("Tuyên truyền", hints=["Thời gian dự kiến: trong tháng 11 năm 2025."]) is not None
    announced = "Căn cứ Kế hoạch năm 2020; Sở xây dựng kế hoạch kiểm tra năm 2024 như sau:"
    found = period_of("Kiểm tra", [announced])
    assert found == (date(2024, 1, 1), date(2024, 12, 31))
    # A year that only a cited paper names is no period.
    assert period_of("Kiểm tra", ["Căn cứ Kế hoạch năm 2020 của Bộ;"]) is None
