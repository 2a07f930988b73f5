"""Printed times: one full day (`parse_date`), and every time in a text with its first and last day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.folding import fold
from pipeline.resolve.dates import find_moments, parse_date
from pipeline.resolve.masking import without_documents
from pipeline.resolve.plan_years import PlanYears, settle

DAYS = [
    ("ngày 08 tháng 3 năm 2024", "2024-03-08"),
    ("Biên Giang, ngày 08 tháng 3 năm 2024", "2024-03-08"),
    ("Ngày 8 tháng 03 năm 2024", "2024-03-08"),
    ("08/3/2024", "2024-03-08"),
    ("8.3.2024", "2024-03-08"),
    ("8-3-2024", "2024-03-08"),
    ("22. 12. 2024", "2024-12-22"),
    ("ngày 08 /03/2024", "2024-03-08"),  # OCR leaves a space where the day was written by hand
    ("ngày 15/6 năm 2024", "2024-06-15"),
    ("30 tháng 6/2024", "2024-06-30"),
    ("trước 30 tháng 6 năm 2024", "2024-06-30"),
    ("29/02/2024", "2024-02-29"),
    ("thứ Tư, ngày 20/11/2024", "2024-11-20"),  # "tư" is no "từ"
    ("08h00 ngày 20/11/2024", "2024-11-20"),
    ("11h 00, ngày 20/11/2024", "2024-11-20"),  # the minutes are no day
    ("ngay 08 thang 3 ndam 2024", "2024-03-08"),  # read by an English engine
    ("Bién Giang, ngay 08 thang 3 nidm 2024", "2024-03-08"),
    ("29/02/2023", None),  # not a leap year
    ("31/02/2024", None),
    ("32/01/2024", None),
    ("00/5/2024", None),
    ("15/13/2024", None),
    ("28/3/22", None),  # two digits: 1922, 2022 or a slip
    ("28/3", None),  # no year
    ("tháng 3 năm 2024", None),  # no day
    ("ngày 06 - 15/11/2024", None),  # two days
    ("ngày 01/6/2024 và ngày 02/6/2024", None),
    ("63/2010/NĐ-CP", None),
    ("1.500 hộ", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "iso"), DAYS)
def test_one_full_day(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


# The time as printed in the text, its first day, its last day; years not printed are 2024.
TIMES = [
    ("Quý II/2024", "Quý II/2024", "2024-04-01", "2024-06-30"),
    ("quý 2 năm 2024", "quý 2 năm 2024", "2024-04-01", "2024-06-30"),
    ("Quý 03/2024", "Quý 03/2024", "2024-07-01", "2024-09-30"),
    ("Quí IV 2024", "Quí IV 2024", "2024-10-01", "2024-12-31"),
    ("Q.I/2024", "Q.I/2024", "2024-01-01", "2024-03-31"),
    ("Quy IV", "Quy IV", "2024-10-01", "2024-12-31"),
    ("Quy 1V/2024", "Quy 1V/2024", "2024-10-01", "2024-12-31"),  # OCR: 1 for I
    ("Quy Il/2024", "Quy Il/2024", "2024-04-01", "2024-06-30"),  # OCR: l for I
    ("Quý I, II/2024", "Quý I, II/2024", "2024-01-01", "2024-06-30"),
    ("Quý II - Quý III/2025", "Quý II - Quý III/2025", "2025-04-01", "2025-09-30"),
    ("quý III/2024 - quý I/2025", "quý III/2024 - quý I/2025", "2024-07-01", "2025-03-31"),
    ("Quý I và quý III năm 2024", "Quý I và quý III năm 2024", "2024-01-01", "2024-03-31"),  # the first
    ("6 tháng đầu năm", "6 tháng đầu năm", "2024-01-01", "2024-06-30"),
    ("06 tháng cuối năm 2025", "06 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
    ("9 tháng đầu năm 2024", "9 tháng đầu năm 2024", "2024-01-01", "2024-09-30"),
    ("nửa đầu năm 2024", "nửa đầu năm 2024", "2024-01-01", "2024-06-30"),
    ("tháng 2/2024", "tháng 2/2024", "2024-02-01", "2024-02-29"),
    ("Tháng 12 năm 2024", "Tháng 12 năm 2024", "2024-12-01", "2024-12-31"),
    ("tháng 12-2024", "tháng 12-2024", "2024-12-01", "2024-12-31"),
    ("06/2024", "06/2024", "2024-06-01", "2024-06-30"),
    ("T6/2024", "T6/2024", "2024-06-01", "2024-06-30"),
    ("thang 3 ndm 2024", "thang 3 ndm 2024", "2024-03-01", "2024-03-31"),
    ("Tháng 3 - 6/2024", "Tháng 3 - 6/2024", "2024-03-01", "2024-06-30"),
    ("T3-T6/2024", "T3-T6/2024", "2024-03-01", "2024-06-30"),
    ("Tháng 10, 11, 12/2024", "Tháng 10, 11, 12/2024", "2024-10-01", "2024-12-31"),
    ("từ tháng 9/2024 đến tháng 5/2025", "tháng 9/2024 đến tháng 5/2025", "2024-09-01", "2025-05-31"),
    ("12/2024 - 01/2025", "12/2024 - 01/2025", "2024-12-01", "2025-01-31"),
    ("từ tháng 3 đến tháng 6", "tháng 3 đến tháng 6", "2024-03-01", "2024-06-30"),
    ("Năm 2024", "Năm 2024", "2024-01-01", "2024-12-31"),
    ("Nam 2024", "Nam 2024", "2024-01-01", "2024-12-31"),
    ("2024", "2024", "2024-01-01", "2024-12-31"),
    ("giai đoạn 2026-2030", "giai đoạn 2026-2030", "2026-01-01", "2030-12-31"),
    ("các năm 2024 – 2026", "các năm 2024 – 2026", "2024-01-01", "2026-12-31"),
    ("năm 2024, 2025", "năm 2024, 2025", "2024-01-01", "2025-12-31"),
    ("từ năm 2024 đến năm 2026", "năm 2024 đến năm 2026", "2024-01-01", "2026-12-31"),
    (
        "từ ngày 20/5/2024 đến ngày 15/6/2024",
        "ngày 20/5/2024 đến ngày 15/6/2024",
        "2024-05-20",
        "2024-06-15",
    ),
    ("06 - 15/11/2024", "06 - 15/11/2024", "2024-11-06", "2024-11-15"),
    ("Ngày 20 – 21/11/2024", "Ngày 20 – 21/11/2024", "2024-11-20", "2024-11-21"),
    ("ngày 6, 7, 8/11/2024", "ngày 6, 7, 8/11/2024", "2024-11-06", "2024-11-08"),
    ("ngày 6 và 20/11/2024", "ngày 6 và 20/11/2024", "2024-11-06", "2024-11-06"),  # two days: the first
    ("ngày 06 đến ngày 15 tháng 11 năm 2024",) * 2 + ("2024-11-06", "2024-11-15"),
    ("20/11 - 15/12/2023", "20/11 - 15/12/2023", "2023-11-20", "2023-12-15"),  # one year for both ends
    ("từ 15/11/2024 đến hết quý I/2025", "15/11/2024 đến hết quý I/2025", "2024-11-15", "2025-03-31"),
    ("Từ tháng 11/2023 trở đi", "tháng 11/2023", "2023-11-01", None),
    ("28/3/22", "28/3/22", None, None),
    ("31/02/2024", "31/02/2024", None, None),
    ("15/11 - 15/01/2025", "15/11 - 15/01/2025", None, None),  # one year cannot serve both ends
    ("năm học 2025-2026", "năm học 2025-2026", None, None),  # when it runs is not printed
]  # fmt: skip


@pytest.mark.parametrize(("text", "printed", "first", "last"), TIMES)
def test_times_with_their_days(text: str, printed: str, first: str | None, last: str | None) -> None:
    (moment,) = find_moments(fold(text))
    settled = settle(moment, PlanYears(year=2024))
    assert text[moment.start : moment.end] == printed
    assert (settled.start, settled.end) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "định kỳ 6 tháng 1 lần",  # no first of the sixth
        "Tuần thứ 2 tháng 9",  # no second of September
        "đạt 60-70%",
        "trên 2.000 ha",
        "1/2 ngày",
        "trước ngày 20 hằng tháng",
        "cuối năm",
        "Trước ngay 15/l2/2024",  # OCR broke the month: 2/2024 must not come out
    ],
)
def test_no_time(text: str) -> None:
    assert find_moments(fold(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 161/KH-UBND năm 2021 của UBND Thành phố",
        "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010",
        "Nghị quyết số 12-NQ/TU ngày 29 tháng 12 năm 2023",
        "Quyết định số 6/QĐ- BNV ngày 18/11/2023",  # OCR put a space into the number
        "Công văn ngày 12/3/2024 của Sở Nội vụ",
        "Luật số 61/2024/QH15 ngày 30/11/2024",
    ],
)
def test_dates_of_quoted_documents_are_not_ours(text: str) -> None:
    folded = without_documents(text)
    assert len(folded) == len(text)
    assert find_moments(folded) == []


# What is printed, the plan's period, its date, and the year that follows.
YEARS = [
    ("30/6", ("2024-01-01", "2024-12-31"), None, 2024),
    ("tháng 10", ("2024-09-01", "2025-05-31"), None, 2024),  # a school year: October is in the first
    ("tháng 3", ("2024-09-01", "2025-05-31"), None, 2025),
    ("tháng 3", ("2026-01-01", "2030-12-31"), "2026-02-01", None),  # five Marches: none is taken
    ("30/6", None, "2024-03-08", 2024),
    ("30/6", (None, "2023-12-31"), "2024-03-08", 2023),
    ("15/01", ("2024-02-01", "2024-12-31"), None, 2024),  # outside the period, which has but one year
    ("30/6", None, None, None),
    ("30/6/2019", ("2024-01-01", "2024-12-31"), None, None),  # printed: nothing to infer
]


@pytest.mark.parametrize(("text", "period", "issued", "year"), YEARS)
def test_year_is_taken_from_the_plan_only_where_it_is_one(
    text: str, period: tuple[str | None, str | None] | None, issued: str | None, year: int | None
) -> None:
    (moment,) = find_moments(fold(text))
    assert settle(moment, PlanYears(period=period, reference_date=issued)).inferred == year


@given(st.text(alphabet="0123456789/-. ngàythánămquýIVđếừ,", max_size=40))
def test_any_text_gives_ordered_times_within_it(text: str) -> None:
    end = 0
    for moment in find_moments(fold(text)):
        assert end <= moment.start < moment.end <= len(text)
        end = moment.end
        settle(moment, PlanYears(year=2024))
