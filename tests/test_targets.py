"""Targets: operator, figure and unit of a cell; the measurable figure of a sentence; Vietnamese figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.figures import figure_value
from pipeline.resolve.targets import find_target, find_targets, resolve_target

FIGURES = [
    ("1.500", 1500),
    ("1.500.000", 1500000),
    ("2.989,5", 2989.5),
    ("2,5", 2.5),
    ("0,125", 0.125),
    ("01", 1),
    ("100", 100),
    ("99.1", 99.1),
    ("99,86", 99.86),
    ("12.50", 12.5),
    ("10 000", 10000),
    ("0.125", 0.125),
    ("1,500", None),  # 1.5 by Vietnamese habit, 1500 by English: both are printed
]


@pytest.mark.parametrize(("printed", "value"), FIGURES)
def test_figures(printed: str, value: float | None) -> None:
    assert figure_value(printed) == value


# The cell, the unit of its row, operator, value and unit read.
CELLS = [
    ("100", "%", "=", 100, "%"),
    ("0,5", "%", "=", 0.5, "%"),
    ("Phấn đấu đạt 100", "%", "=", 100, "%"),
    ("Phấn đấu đạt 100%", "%", "=", 100, "%"),
    ("Phấn đấu đạt tối thiểu 60", "%", ">=", 60, "%"),
    ("Tối thiểu 55", "%", ">=", 55, "%"),
    ("Ít nhất 03 mô hình", None, ">=", 3, "mô hình"),
    ("Tối thiểu 01 sáng kiến/01 bộ phận", "Số lượng", ">=", 1, "sáng kiến/bộ phận"),
    ("≥ 95%", None, ">=", 95, "%"),
    (">= 95", "%", ">=", 95, "%"),
    ("> 90", "%", ">=", 90, "%"),
    ("từ 80% trở lên", None, ">=", 80, "%"),
    ("85 điểm trở lên", "Điểm", ">=", 85, "điểm"),
    ("trên 95% số hộ", None, ">=", 95, "%"),
    ("Không dưới 90%", None, ">=", 90, "%"),  # holds "dưới"
    ("không thấp hơn 70", "%", ">=", 70, "%"),
    ("vượt 5%", None, ">=", 5, "%"),
    ("không quá 5", "%", "<=", 5, "%"),
    ("tối đa 03 ngày", "ngày", "<=", 3, "ngày"),
    ("dưới 2%", None, "<=", 2, "%"),
    ("<5%", None, "<=", 5, "%"),
    ("≤ 1,5", "%", "<=", 1.5, "%"),
    ("20% trở xuống", None, "<=", 20, "%"),
    ("khoảng 120,5 MW", None, "=", 120.5, "MW"),
    ("tăng bình quân 8%/năm", None, "=", 8, "%/năm"),
    ("Giảm 5% so với năm 2023", "%", "=", 5, "%"),
    ("99.1%", None, "=", 99.1, "%"),
    ("1.500", "hộ", "=", 1500, "hộ"),
    ("10 000 lượt khách", None, "=", 10000, "lượt khách"),
    ("12 cuộc/năm", None, "=", 12, "cuộc/năm"),
    ("15/15 xã", None, "=", 15, "xã"),
    ("10/12 tiêu chí", None, "=", 10, "tiêu chí"),  # no tenth of December
    ("100% (15/15 xã)", "%", "=", 100, "%"),
    ("Năm 2024: 95%", None, "=", 95, "%"),  # the year measures nothing
    ("Đến 31/12/2024 đạt 40%", None, "=", 40, "%"),
    ("Chỉ tiêu số 1: 100% hồ sơ", None, "=", 100, "%"),
    ("95 %o", "%", "=", 95, "%"),  # OCR of a percent sign
    ("Hoàn thành", "%", None, None, "%"),
    ("Đạt", None, None, None, None),
    # read by an English engine, words broken or glued
    ("Toithiéu 55", "%", ">=", 55, "%"),
    ("Tdithiéu 50", "%", ">=", 50, "%"),
    ("dat tdi thiéu 60", "%", ">=", 60, "%"),
    ("Téi th’iéu 01 sang kién/01 b phan", "Số lượng", ">=", 1, "sang kién/b phan"),
    ("giới thiệu 5", None, "=", 5, None),  # close to "tối thiểu", but another word
]


@pytest.mark.parametrize(("cell", "column", "operator", "value", "unit"), CELLS)
def test_cell(
    cell: str, column: str | None, operator: str | None, value: float | None, unit: str | None
) -> None:
    reading = resolve_target(cell, column)
    assert (reading.operator, reading.value, reading.unit) == (operator, value, unit)
    assert reading.text == cell
    assert reading.findings == ()


@pytest.mark.parametrize(
    "cell", ["giảm 10-15%", "60 - 70%", "từ 90% đến 95%", "1,500 ha", "đạt 5 – 7 mô hình"]
)
def test_a_span_or_a_figure_of_two_readings_is_not_guessed(cell: str) -> None:
    reading = resolve_target(cell, None)
    assert (reading.operator, reading.value) == (None, None)
    assert [code for code, _ in reading.findings] == ["target-unclear"]


# The sentence, and its first measurable figure as printed.
SENTENCES = [
    ("Chỉ số sản xuất tăng bình quân 9%/năm trong giai đoạn 2026-2030", "tăng bình quân 9%/năm"),
    ("Duy trì sĩ số 99,5%", "99,5%"),  # no ordinal behind "số"
    ("Thời gian chờ khám trung bình dưới 60 phút", "trung bình dưới 60 phút"),
    ("Xây mới ít nhất 200 nhà", "ít nhất 200 nhà"),  # no "4 nhà"
    ("phấn đấu tỷ trọng dịch vụ đến năm 2030 đạt 41,5%", "đạt 41,5%"),
    ("Thành lập mới 04 Cụm công nghiệp, nâng tổng số lên 9 CCN", "04 Cụm công nghiệp"),
    ("Diện tích trồng mới: trên 1.200 ha", "trên 1.200 ha"),
    ("100% thôn có nhà văn hóa đạt chuẩn", "100%"),
    ("02 Khu công nghiệp đạt tiêu chuẩn sinh thái", "02 Khu công nghiệp"),
    ("với tổng công suất khoảng 310,5 MW, nâng lên 900 MW", "khoảng 310,5 MW"),
    ("Rà soát cắt giảm ít nhất 30% thủ tục không phù hợp", "ít nhất 30%"),  # "giảm" is half of a verb
    ("Tỷ lệ hộ nghèo giảm còn dưới 2%", "giảm còn dưới 2%"),
    ("mỗi bộ phận có tối thiểu 01 sáng kiến trong năm 2024", "tối thiểu 01 sáng kiến"),
    ("Chỉ tiêu số 3: 95% trở lên số hộ dân", "95% trở lên"),
    ("Xây dựng 02 mô hình chuyển đổi số", "02 mô hình"),
    ("Phấn đấu kết nạp 10 đảng viên", "10 đảng viên"),
    ("Giải quyết việc làm cho 1.200 lao động", "1.200 lao động"),
    ("thu nhập bình quân đầu người đạt 75 triệu đồng/năm", "đạt 75 triệu đồng/năm"),
    ("Chỉ số cải cách hành chính 85 điểm trở lên", "85 điểm trở lên"),
    ("Tỷ lệ hộ nghèo giảm bình quân 1 - 1,5%/năm", "giảm bình quân 1 - 1,5%/năm"),
    ("Tổ chức 02 hội nghị/năm", "02 hội nghị/năm"),
    ("Số hóa (năm trước 60%) 80% hồ sơ", "80%"),  # the one outside brackets
    ("Phục vụ lưu động 36 điểm trường, 18.000 lượt bạn đọc", "36 điểm trường"),
    ("Bảo đảm nguồn nước tưới cho 14.600 ha lúa", "14.600 ha"),
    # No measure in these.
    ("Thực hiện Nghị quyết số 01/NQ-CP và Đề án số 08 giai đoạn 2021-2025", None),
    ("vận hành cơ chế 01 cửa liên thông", None),
    ("Quán triệt Chỉ thị 05 của Bộ Chính trị", None),
    ("hoàn thành các mục tiêu, nhiệm vụ đề ra năm 2024", None),
    ("là một trong ba địa phương dẫn đầu", None),
    ("cách mạng công nghiệp 4.0", None),
    ("dịch vụ công trực tuyến mức độ 4", None),
    ("Kinh phí thực hiện khoảng 500 triệu đồng", None),  # money for funding
    ("trả kết quả trong thời hạn không quá 05 ngày làm việc", None),
    ("Trên 02 lĩnh vực đất đai, xây dựng", None),  # "trên" is "in" here
    ("nhiệm vụ chi tiết tại Phụ lục 1, 2 kèm theo", None),
    ("2.1 Ban hành quy chế", None),  # a section number
    ("Toàn tỉnh hiện có 12 xã", None),  # what there is
    ("phát triển 03 trụ cột", None),
    ("", None),
]


@pytest.mark.parametrize(("sentence", "printed"), SENTENCES)
def test_first_measurable_figure(sentence: str, printed: str | None) -> None:
    place = find_target(sentence)
    assert (sentence[slice(*place)] if place else None) == printed


def test_what_is_found_is_read_with_its_own_unit() -> None:
    sentence = "Thành lập mới 04 Cụm công nghiệp; tỷ lệ lấp đầy đạt trên 80%"
    read = [resolve_target(sentence[a:b], None) for a, b in find_targets(sentence)]
    assert [(one.operator, one.value, one.unit) for one in read] == [
        ("=", 4, "Cụm công nghiệp"),
        (">=", 80, "%"),
    ]


@given(st.text(alphabet="0123456789.,%/-≥< ()đạttừhơnốiểu", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    reading = resolve_target(text, None)
    assert (reading.operator is None) == (reading.value is None)
    for start, end in find_targets(text):
        assert 0 <= start < end <= len(text)
