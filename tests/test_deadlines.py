"""Deadlines: every kind of the contract, its rulings, badly read text, and finding one in a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold
from pipeline.resolve.deadlines import find_deadline, find_deadlines, is_deadline, resolve_deadline
from pipeline.resolve.deadlines.wording import find_phrase, phrases

YEAR = {"year": 2024, "period": ("2024-01-01", "2024-12-31"), "reference_date": "2024-03-08"}
INFERRED = ("year-inferred",)
UNCLEAR = ("deadline-unclear",)


def span(start: str | None, due: str | None) -> dict[str, str | None]:
    return {"start": start, "due": due}


def due(day: str | None) -> dict[str, str | None]:
    return {"due": day}


def again(rule: str | None) -> dict[str, str | None]:
    return {"recurrence": rule}


def lasts(iso: str | None, basis: str | None = None) -> dict[str, str | None]:
    return {"duration": iso, "basis": basis}


def on(basis: str) -> dict[str, str | None]:
    return {"basis": basis}


WHOLE_YEAR = span("2024-01-01", "2024-12-31")
NOTHING: dict[str, str | None] = {}

# The wording, its kind, what is filled (all else is null), the codes of its findings.
CASES: list[tuple[str, str, dict[str, str | None], tuple[str, ...]]] = [
    # date
    ("trước ngày 15/12/2024", "date", due("2024-12-15"), ()),
    ("Trong ngày 20/11/2024", "date", due("2024-11-20"), ()),
    ("chậm nhất 30/6", "date", due("2024-06-30"), INFERRED),
    ("xong trước 15/12", "date", due("2024-12-15"), INFERRED),
    ("Hoàn thành trước ngày 30 tháng 6 năm 2024", "date", due("2024-06-30"), ()),
    ("Hạn chót 13/10", "date", due("2024-10-13"), INFERRED),
    ("Dự kiến 20/7/2023", "date", due("2023-07-20"), ()),
    ("Ngày 22/11/2024", "date", due("2024-11-22"), ()),
    ("Sáng ngày 24/11/2024", "date", due("2024-11-24"), ()),
    ("16h00 ngày 20/11/2024", "date", due("2024-11-20"), ()),
    ("08h00 - 11h00, ngày 23/11/2024", "date", due("2024-11-23"), ()),
    ("Lúc 7 giờ 30 ngày 15/11/2024", "date", due("2024-11-15"), ()),  # no 30 days
    ("đến năm 2030", "date", due("2030-12-31"), ()),
    ("Đến hết tháng 6/2024", "date", due("2024-06-30"), ()),
    ("đến cuối năm 2025", "date", due("2025-12-31"), ()),
    ("Chậm nhất trong quý II/2024", "date", due("2024-06-30"), ()),
    ("Từ nay đến hết năm 2025", "date", due("2025-12-31"), ()),
    ("Năm 2024, hoàn thành trước 15/12/2024", "date", due("2024-12-15"), ()),  # the calendar date decides
    ("Quý II/2024 (trước 30/6/2024)", "date", due("2024-06-30"), ()),
    ("15/12/2024 (sau khi có kết quả)", "date", {"due": "2024-12-15", "basis": "có kết quả"}, ()),
    ("01 ngày, 20/11/2024", "date", {"due": "2024-11-20", "duration": "P1D"}, ()),
    (
        "Theo Kế hoạch của UBND tỉnh, hoàn thành trước 30/6/2024",
        "date",
        {"due": "2024-06-30", "basis": "Kế hoạch của UBND tỉnh"},
        (),
    ),
    ("Ngày 15/6 và ngày 15/12/2024", "date", due("2024-06-15"), UNCLEAR),  # the first, and a look at it
    # Before a whole month: the month's first day, or its last? Not printed.
    ("Trước tháng 12/2024", "date", due(None), UNCLEAR),
    # period
    ("Năm 2024", "period", WHOLE_YEAR, ()),
    ("2025", "period", span("2025-01-01", "2025-12-31"), ()),
    ("Quý II/2024", "period", span("2024-04-01", "2024-06-30"), ()),
    ("Xong trong Quý I", "period", span("2024-01-01", "2024-03-31"), INFERRED),
    ("Quý II - Quý III/2025", "period", span("2025-04-01", "2025-09-30"), ()),
    ("Quý I, II/2024", "period", span("2024-01-01", "2024-06-30"), ()),
    ("Tháng 3 - 6/2024", "period", span("2024-03-01", "2024-06-30"), ()),
    ("Tháng 11/2025", "period", span("2025-11-01", "2025-11-30"), ()),
    ("hoàn thành trong tháng 6/2024", "period", span("2024-06-01", "2024-06-30"), ()),
    ("6 tháng đầu năm", "period", span("2024-01-01", "2024-06-30"), INFERRED),
    ("từ ngày 20/5/2024 đến ngày 15/6/2024", "period", span("2024-05-20", "2024-06-15"), ()),
    ("Từ ngày 06 - 15/11/2024 (kèm lịch kiểm tra)", "period", span("2024-11-06", "2024-11-15"), ()),
    ("Ngày 20 – 21/11/2024", "period", span("2024-11-20", "2024-11-21"), ()),
    ("20/12/2023 - 31/12/2023", "period", span("2023-12-20", "2023-12-31"), ()),  # two columns joined
    ("Từ 01/3 đến 31/5", "period", span("2024-03-01", "2024-05-31"), INFERRED),
    ("Bắt đầu tháng 3, kết thúc tháng 6/2024", "period", span("2024-03-01", "2024-06-30"), ()),
    ("Giai đoạn 2021-2025", "period", span("2021-01-01", "2025-12-31"), ()),
    ("Từ tháng 11/2013 trở đi", "period", span("2013-11-01", None), ()),
    ("Bắt đầu từ ngày 01/7/2024", "period", span("2024-07-01", None), ()),
    ("Tháng 12/2013 và thường xuyên", "period", span("2013-12-01", "2013-12-31"), ()),
    ("Trong năm", "period", WHOLE_YEAR, INFERRED),
    ("2 ngày (22-23/11/2024)", "period", {**span("2024-11-22", "2024-11-23"), "duration": "P2D"}, ()),
    ("Năm 2024 và các năm tiếp theo", "period", WHOLE_YEAR, ()),  # "tiếp theo" refers to nothing
    ("Quý I và Quý III/2024", "period", span("2024-01-01", "2024-03-31"), UNCLEAR),
    (
        "Sau khi có Kế hoạch của tỉnh (dự kiến quý II/2024)",
        "period",
        {**span("2024-04-01", "2024-06-30"), "basis": "có Kế hoạch của tỉnh"},
        (),
    ),
    ("Tháng 9 năm học 2024-2025", "period", NOTHING, UNCLEAR),  # not the plan's year, but the school's
    # continuous
    ("Thường xuyên", "continuous", NOTHING, ()),
    ("Thường xuyên, liên tục.", "continuous", NOTHING, ()),
    ("Thường xuyên trong năm 2024", "continuous", WHOLE_YEAR, ()),
    ("Cả năm 2024", "continuous", WHOLE_YEAR, ()),
    ("Cả năm", "continuous", WHOLE_YEAR, INFERRED),
    ("Thường xuyên, hằng tháng", "continuous", NOTHING, ()),  # of several rhythms the first counts
    ("Thường xuyên khi có yêu cầu", "continuous", NOTHING, ()),
    # recurring
    ("Định kỳ hằng tháng", "recurring", again("FREQ=MONTHLY"), ()),
    ("Hàng tháng", "recurring", again("FREQ=MONTHLY"), ()),
    ("Hằng quý", "recurring", again("FREQ=MONTHLY;INTERVAL=3"), ()),
    ("hằng tuần", "recurring", again("FREQ=WEEKLY"), ()),
    ("hằng năm", "recurring", again("FREQ=YEARLY"), ()),
    ("Hàng ngày", "recurring", again("FREQ=DAILY"), ()),
    ("trước ngày 20 hằng tháng", "recurring", again("FREQ=MONTHLY;BYMONTHDAY=20"), ()),
    ("Trước 17h00 ngày 25 hằng tháng", "recurring", again("FREQ=MONTHLY;BYMONTHDAY=25"), ()),
    ("ngày 15 và 30 hằng tháng", "recurring", again("FREQ=MONTHLY;BYMONTHDAY=15,30"), ()),
    ("ngày cuối cùng của tháng, hằng tháng", "recurring", again("FREQ=MONTHLY;BYMONTHDAY=-1"), ()),
    ("ngày 25 của tháng cuối quý", "recurring", again("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25"), ()),
    ("Hằng quý (ngày 5 tháng đầu quý sau)", "recurring", again("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5"), ()),
    ("Chiều thứ Sáu hằng tuần", "recurring", again("FREQ=WEEKLY;BYDAY=FR"), ()),
    ("Trước 16 giờ thứ Năm hằng tuần", "recurring", again("FREQ=WEEKLY;BYDAY=TH"), ()),
    ("Định kỳ 6 tháng", "recurring", again("FREQ=MONTHLY;INTERVAL=6"), ()),
    ("Định kỳ 6 tháng, hàng năm", "recurring", again("FREQ=MONTHLY;INTERVAL=6"), ()),
    ("06 tháng, năm", "recurring", again("FREQ=MONTHLY;INTERVAL=6"), ()),
    ("3 tháng/lần", "recurring", again("FREQ=MONTHLY;INTERVAL=3"), ()),
    ("2 tuần một lần", "recurring", again("FREQ=WEEKLY;INTERVAL=2"), ()),
    ("1 lần/năm", "recurring", again("FREQ=YEARLY"), ()),
    ("01 lần/quý", "recurring", again("FREQ=MONTHLY;INTERVAL=3"), ()),
    ("2 lần/năm", "recurring", again(None), UNCLEAR),  # every six months? It does not say
    ("Định kỳ, đột xuất", "recurring", again(None), UNCLEAR),
    ("Từ ngày 15 đến ngày 20 hằng tháng", "recurring", again("FREQ=MONTHLY"), UNCLEAR),
    ("Hằng tháng, hằng quý, 6 tháng, năm", "recurring", again("FREQ=MONTHLY"), ()),
    ("Trước ngày 15/12 hằng năm", "recurring", again("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"), ()),
    ("Ngày 20/6 và 20/12 hằng năm", "recurring", again("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"), ()),
    ("Tháng 6 và tháng 12 hằng năm", "recurring", again("FREQ=YEARLY;BYMONTH=6,12"), ()),
    ("Quý IV hằng năm", "recurring", again("FREQ=YEARLY"), ()),
    ("Hằng tháng trong năm 2024", "recurring", {**WHOLE_YEAR, "recurrence": "FREQ=MONTHLY"}, ()),
    ("Theo định kỳ hằng quý", "recurring", again("FREQ=MONTHLY;INTERVAL=3"), ()),
    # reference
    ("Theo lộ trình Kế hoạch", "reference", on("lộ trình Kế hoạch"), ()),
    (
        "Theo lộ trình Kế hoạch số 161/KH-UBND năm 2021 của UBND Thành phố",
        "reference",
        on("lộ trình Kế hoạch số 161/KH-UBND năm 2021 của UBND Thành phố"),
        (),
    ),
    (
        "Theo hướng dẫn và chỉ đạo của các Bộ, ngành chủ quản;",
        "reference",
        on("hướng dẫn và chỉ đạo của các Bộ, ngành chủ quản"),
        (),
    ),
    ("Theo Công văn ngày 12/3/2024 của Sở", "reference", on("Công văn ngày 12/3/2024 của Sở"), ()),
    ("Theo kế hoạch năm 2024 của Sở", "reference", on("kế hoạch năm 2024 của Sở"), ()),
    ("Theo chương trình kiểm tra hằng năm", "reference", on("chương trình kiểm tra hằng năm"), ()),
    ("Thực hiện theo quy định", "reference", on("quy định"), ()),  # "quy" is no "quý"
    ("Theo yêu cầu", "reference", on("yêu cầu"), ()),
    # duration
    ("20 ngày làm việc", "duration", lasts("P20D"), ()),
    ("≤ 5 ngày", "duration", lasts("P5D"), ()),
    ("18 tháng", "duration", lasts("P18M"), ()),
    ("Trong vòng 05 ngày làm việc", "duration", lasts("P5D"), ()),
    ("03 (ba) ngày", "duration", lasts("P3D"), ()),
    ("02 tuần", "duration", lasts("P2W"), ()),
    ("24 giờ", "duration", lasts("PT24H"), ()),
    ("1/2 ngày", "duration", lasts("P0.5D"), ()),
    ("(tối đa 2 ngày) 10 ngày làm việc", "duration", lasts("P10D"), ()),  # the first outside brackets
    ("7 ngày làm việc sau khi công bố kết quả", "duration", lasts("P7D", "công bố kết quả"), ()),
    ("10 ngày kể từ ngày khởi công", "duration", lasts("P10D"), ()),  # "kể từ" stays in the text
    ("Trước hội nghị 10 ngày", "duration", lasts("P10D", "hội nghị"), ()),
    ("Sau khi nhận hồ sơ, 5 ngày làm việc", "duration", lasts("P5D", "nhận hồ sơ"), ()),
    ("Sau 10 ngày kể từ ngày nhận hồ sơ", "duration", lasts("P10D"), ()),
    ("3 - 5 ngày", "duration", lasts(None), UNCLEAR),
    # event
    ("Ngay sau khi phương án được phê duyệt.", "event", on("phương án được phê duyệt"), ()),
    ("khi có yêu cầu", "event", on("có yêu cầu"), ()),
    ("Báo cáo khi có yêu cầu của cấp trên", "event", on("có yêu cầu của cấp trên"), ()),
    ("Đến trước ngày khai giảng", "event", on("ngày khai giảng"), ()),
    ("Trước khi khai giảng năm học mới", "event", on("khai giảng năm học mới"), ()),
    ("Ngay sau hội nghị", "event", on("hội nghị"), ()),
    ("Trong quá trình thực hiện", "event", on("quá trình thực hiện"), ()),
    ("Ngay sau khi ban hành Nghị quyết số 12/NQ-HĐND ngày 10/7/2024", "event",
     on("ban hành Nghị quyết số 12/NQ-HĐND ngày 10/7/2024"), ()),
    # unclear
    ("Đầu năm học", "unclear", NOTHING, UNCLEAR),
    ("Năm học 2025-2026", "unclear", NOTHING, UNCLEAR),
    ("Học kỳ I", "unclear", NOTHING, UNCLEAR),
    ("Cuối năm 2024", "unclear", NOTHING, UNCLEAR),
    ("Đầu quý II/2024", "unclear", NOTHING, UNCLEAR),
    ("Tuần thứ 2 tháng 9", "unclear", NOTHING, UNCLEAR),
    ("Trong tháng", "unclear", NOTHING, UNCLEAR),
    ("Trước ngày 20", "unclear", NOTHING, UNCLEAR),
    ("Như trên", "unclear", NOTHING, UNCLEAR),
    ("28/3/22", "unclear", NOTHING, UNCLEAR),
    ("31/02/2024", "unclear", NOTHING, ("deadline-unclear", "invalid-date")),
    ("15/11 - 15/01/2025", "unclear", NOTHING, ("deadline-unclear", "date-order")),
    ("", "unclear", NOTHING, UNCLEAR),
    # Vietnamese read by an English engine: kinds come out, words stay as read.
    ("Thuong xuyén.", "continuous", NOTHING, ()),
    ("Thudong xuyén.", "continuous", NOTHING, ()),
    ("Thuong xuyén trong ndm 2024.", "continuous", WHOLE_YEAR, ()),
    ("Nam 2024.", "period", WHOLE_YEAR, ()),
    ("Pinh ky hang thang.", "recurring", again("FREQ=MONTHLY"), ()),
    ("Theo 16 trinh Ké hoach", "reference", on("16 trinh Ké hoach"), ()),
    (
        "Theo 16 trinh Ké hoach sé 161/KH-UBND nidm 2021 cua UBND Thanh phé",
        "reference",
        on("16 trinh Ké hoach sé 161/KH-UBND nidm 2021 cua UBND Thanh phé"),
        (),
    ),
    ("Ngay sau khi phuong an dugc phé duyét.", "event", on("phuong an dugc phé duyét"), ()),
    ("Hoan thanh truéc ngay 30/6/2024", "date", due("2024-06-30"), ()),
    # an hour before the day, a week of the month, an event right behind a duration
    ("Từ ngày 01/02/2024 đến 07 giờ ngày 14/3/2024", "period", span("2024-02-01", "2024-03-14"), ()),
    ("Tháng 11 + 12/2024", "period", span("2024-11-01", "2024-12-31"), ()),
    ("Chia theo quý, xong trước 30/11/2024", "date", due("2024-11-30"), ()),
    ("Chủ nhật tuần thứ 2 hằng tháng", "recurring", again("FREQ=MONTHLY;BYDAY=2SU"), ()),
    ("Chiều thứ Sáu tuần cuối hằng tháng", "recurring", again("FREQ=MONTHLY;BYDAY=-1FR"), ()),
    ("Mỗi thôn ít nhất 01 buổi/tuần", "recurring", again("FREQ=WEEKLY"), ()),
    ("Trong vòng 24 giờ sau thiên tai", "duration", lasts("PT24H", "thiên tai"), ()),
    ("Khi c6 yéu cau", "event", on("c6 yéu cau"), ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "filled", "codes"), CASES)
def test_reading(text: str, kind: str, filled: dict[str, str | None], codes: tuple[str, ...]) -> None:
    reading = resolve_deadline(text, **YEAR)
    empty: dict[str, Any] = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    assert {"kind": reading.kind, **{name: getattr(reading, name) for name in empty}} == {
        "kind": kind,
        **empty,
        **filled,
    }
    assert {code for code, _ in reading.findings} == set(codes)


def test_text_keeps_its_words_and_loses_one_final_stop() -> None:
    assert resolve_deadline(" Thuong xuyén. ", **YEAR).text == "Thuong xuyén"
    assert resolve_deadline("Theo lộ trình...", **YEAR).text == "Theo lộ trình..."


def test_without_the_plans_time_a_missing_year_stays_missing() -> None:
    reading = resolve_deadline("chậm nhất 30/6", year=None, period=None, reference_date=None)
    assert (reading.kind, reading.due) == ("date", None)
    assert [code for code, _ in reading.findings] == ["deadline-unclear"]


def test_a_period_of_several_years_gives_no_year() -> None:
    reading = resolve_deadline("Tháng 6", period=("2026-01-01", "2030-12-31"), reference_date="2026-02-01")
    assert (reading.kind, reading.start) == ("period", None)


FOUND = [
    ("Rà soát danh mục, hoàn thành trước ngày 15/12/2024.", "trước ngày 15/12/2024"),
    ("tỷ lệ che phủ rừng tăng 2% trong giai đoạn 2026-2030", "trong giai đoạn 2026-2030"),
    ("phấn đấu thu nhập đến năm 2030 đạt 90 triệu đồng", "đến năm 2030"),
    ("Đến 2025, có 80% hộ dân dùng nước sạch", "Đến 2025"),
    ("Năm 2024, 100% TTHC được số hóa", "Năm 2024"),
    ("Phấn đấu năm 2024 đạt 95%", "năm 2024"),
    ("báo cáo về Văn phòng trước ngày 18 hằng tháng để tổng hợp", "trước ngày 18 hằng tháng"),
    ("Hàng tháng, các bộ phận báo cáo", "Hàng tháng"),
    ("tổng hợp, định kỳ hàng tháng báo cáo UBND quận", "định kỳ hàng tháng"),
    ("gửi kết quả trong vòng 05 ngày làm việc", "trong vòng 05 ngày làm việc"),
    ("Từ năm 2025 trở đi, thu phí", "Từ năm 2025 trở đi"),
    ("đăng ký nhu cầu trước 16 giờ 00 ngày 30 tháng 9 năm 2024", "trước 16 giờ 00 ngày 30 tháng 9 năm 2024"),
    (
        "gửi kết quả chậm nhất sau 05 ngày làm việc kể từ ngày kết thúc khóa học, báo cáo Sở",
        "chậm nhất sau 05 ngày làm việc kể từ ngày kết thúc khóa học",
    ),
    ("Kiểm tra tiến độ tại các thôn 01 tháng/01 lần", "01 tháng/01 lần"),
    ("Hội ý vào 14h00 thứ Năm hằng tuần", "vào 14h00 thứ Năm hằng tuần"),
    ("giảm 5% so với năm 2023", None),  # a comparison
    ("Thực hiện Nghị quyết số 12-NQ/TU ngày 29/12/2023 của Tỉnh ủy", None),
    ("Đề án phát triển nông nghiệp sạch giai đoạn 2026-2030 của xã", None),  # a name
    ("trong dự toán ngân sách năm 2024 được giao", None),
    ("xây dựng kế hoạch hàng năm cụ thể hóa", None),
    ("tăng bình quân hằng năm 8%", None),  # the measure, not the time
    ("trồng mới trên 2.000 ha", None),
    ("nâng tổng số lên 12 cụm", None),
    ("công khai nội quy, quy định", None),  # "nội quy" is no "mỗi quý"
]


@pytest.mark.parametrize(("sentence", "printed"), FOUND)
def test_where_a_sentence_says_when(sentence: str, printed: str | None) -> None:
    place = find_deadline(sentence)
    assert (sentence[slice(*place)] if place else None) == printed


def test_all_times_of_a_sentence_in_order() -> None:
    sentence = "Từ ngày 01/3/2024 thí điểm, đến hết năm 2025 nhân rộng"
    assert [sentence[a:b] for a, b in find_deadlines(sentence)] == ["Từ ngày 01/3/2024", "đến hết năm 2025"]


BRACKETS = [
    ("(trước 15/12)", True),
    ("(hằng quý)", True),
    ("(thường xuyên)", True),
    ("(hoàn thành trong tháng 6/2024)", True),
    ("(khi có yêu cầu)", True),
    ("(30 ngày)", True),
    ("(7 giờ 30 ngày 06/6/2024)", True),
    ("(sáng thứ Bảy, ngày 06/6/2024)", True),
    ("(theo Phụ lục 1)", False),
    ("(từ 30 hộ trở lên)", False),
    ("(Kế hoạch số 12/KH-UBND ngày 3/4/2024)", False),
    ("(Phòng Nội vụ, trước 30/6/2024)", False),  # an actor as well
    ("(gọi tắt là TTHC)", False),
    ("()", False),
]


@pytest.mark.parametrize(("bracket", "expected"), BRACKETS)
def test_bracket_that_is_nothing_but_a_time(bracket: str, expected: bool) -> None:
    assert is_deadline(bracket) is expected


def test_known_words_never_pass_for_one_another() -> None:
    """ "tháng năm" (May) is one letter from "hằng năm", but both are words of time."""
    assert find_phrase(fold("trong tháng năm"), ("hang nam",)) is None
    assert find_phrase("hing nam", ("hang nam",)) is not None


def test_rules_have_no_phrase_twice() -> None:
    for name in ("continuous", "event_connectives", "reference_connectives", "limits"):
        assert len(phrases(name)) == len(set(phrases(name)))


_RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL|BYMONTHDAY|BYMONTH|BYDAY)=[-\w,]+)*")
_WORDS = [fold(text) for text, *_ in CASES] + [text for text, *_ in CASES]


@given(st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join), st.text(max_size=12))
def test_any_text_gives_a_reading_in_the_contracts_terms(wordings: str, noise: str) -> None:
    reading = resolve_deadline(wordings + noise, **YEAR)
    assert reading.basis is None or reading.basis in reading.text
    assert reading.recurrence is None or _RULE.fullmatch(reading.recurrence)
    assert reading.duration is None or re.fullmatch(r"PT?[\d.]+[DWMYH]", reading.duration)
    if reading.start and reading.due:
        assert reading.start <= reading.due
    if reading.kind == "unclear":
        assert reading.findings
