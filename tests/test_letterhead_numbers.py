"""The number line, and place and date: printed, blank, written by hand, or damaged by OCR."""

from __future__ import annotations

import pytest

from pipeline.geometry import Box
from pipeline.parse import parse
from pipeline.parse.letterhead import parse_head
from pipeline.parse.number_line import date_value, number_value, read_date_line
from pipeline.types import Column, Manuscript, PageFacts, Paragraph, Word, passage_of
from tests.letterheads import BODY, MOTTO, STATE, columns, head_of, line

# The number line → what it is taken for; null is blank or not legible.
NUMBERS = [
    ("Số: 305/KH-CAP(PCCC)", "305/KH-CAP(PCCC)"),
    ("Số: 64 /KH-UBND", "64/KH-UBND"),
    ("Số:64/KH-UBND", "64/KH-UBND"),
    ("S6: 64 /[KH-UBND", "64/KH-UBND"),  # English OCR of "Số", a scrap after the slash
    ("Số 12-KH/ĐU", "12-KH/ĐU"),
    ("Số: 64 /KH - UBND", "64/KH-UBND"),
    ("Số: 07/KH-TTra", "07/KH-TTra"),
    ("Số: 221/VPCP-KSTT", "221/VPCP-KSTT"),  # a dispatch: no type code
    ("Số: 64IKH-UBND", "64/KH-UBND"),  # the slash read as I
    ("Số: 1205KH-ĐKT", "1205/KH-ĐKT"),  # the slash lost
    ("Số:        /KH-SXD", None),
    ("Số: /KH-SXD", None),
    ("Số: ....../KH-SXD", None),
    ("Số …-KH/ĐU", None),
    ("Sóx?#/KH-STP", None),  # handwriting
    ("Số: JIV/KH-ĐHKT", None),
    ("Số:{31.7 /KH-STP", None),
    ("Số:3/17 /KH-STP", None),  # the year of a number has four figures
]


@pytest.mark.parametrize(("printed", "value"), NUMBERS)
def test_number(printed: str, value: str | None) -> None:
    head, _ = parse_head(columns(["SỞ CÔNG THƯƠNG", printed], [STATE, MOTTO], "KẾ HOẠCH", "Năm 2024"))
    assert (None if head.number_blank else number_value(head.number)) == value
    assert head.number_blank is (value is None)
    assert head.issuer.text == "SỞ CÔNG THƯƠNG"


def test_number_that_the_engine_doubts_is_not_taken() -> None:
    """Handwriting may come out as figures; only the engine's doubt tells."""
    blocks = columns(["SỞ Y TẾ", "Số:"], [STATE, MOTTO], "KẾ HOẠCH", "Năm 2024")
    blocks[1] = line("Số: 377 /KH-SYT", "left", confidence=0.2)
    assert parse_head(blocks)[0].number_blank


def scanned(text: str, column: Column, tall: str = "") -> Paragraph:
    """A line read by OCR, its words 12 points high, those with `tall` in them 20."""
    words = [
        Word(
            word, word, 1, Box(40.0 * at, 0, 40.0 * at + 30, 20 if tall and tall in word else 12), 0.95, "ocr"
        )
        for at, word in enumerate(text.split())
    ]
    return Paragraph(passage_of(words), column, "left")


@pytest.mark.parametrize(
    ("tall", "number", "day"),
    [("", "763/KH-SNV", "2024-03-18"), ("763", None, "2024-03-18"), ("18", "763/KH-SNV", None)],
)
def test_what_is_written_by_hand_is_not_taken(tall: str, number: str | None, day: str | None) -> None:
    """An engine may be sure of figures that nobody printed; that they are taller tells."""
    blocks = [
        scanned("SỞ NỘI VỤ HÀ NAM", "left"),
        scanned("Số: 763 /KH-SNV", "left", tall),
        scanned(f"{STATE} {MOTTO}", "right"),
        scanned("Hà Nam, ngày 18 tháng 3 năm 2024", "right", tall),
        scanned("KẾ HOẠCH", "full"),
        scanned("Cải cách hành chính", "full"),
        scanned(BODY, "full"),
    ]
    page = PageFacts(1, 595, 842, "ocr", "", None, 60, "")
    values = parse(Manuscript(tuple(blocks), (page,))).values
    assert (values.number, values.date) == (number, day)


DATES = [
    ("Hà Nam, ngày 05 tháng 11 năm 2018", "Hà Nam", "2018-11-05"),
    ("TP. Hồ Chí Minh, ngày 6 tháng 1 năm 2026", "TP. Hồ Chí Minh", "2026-01-06"),
    ("Hà Nam, ngày     tháng 3 năm 2026", "Hà Nam", None),
    ("Hà Nam, ngày tháng năm 2026", "Hà Nam", None),
    ("Hà Nam, ngày ... tháng 3 năm 2026", "Hà Nam", None),
    ("Bién Giang, ngay 08 thang 3 ndam 2024", "Bién Giang", "2024-03-08"),  # English OCR
    ("Hà Nam, ngày 14 tháng II năm 2017", "Hà Nam", "2017-11-14"),  # 11 in italics
    ("Hà Nam, ngày 17 tháng I1 năm 2017", "Hà Nam", "2017-11-17"),
    ("Hà Nam, ngày)Ss tháng |Ô năm 2025", "Hà Nam", None),  # handwriting
    ("Hà Nam, năm 2017", "Hà Nam", None),  # handwriting over "ngày ... tháng"
    ("TP. Hồ Chí Minh, I3†/ năm 2017", "TP. Hồ Chí Minh", None),
    ("Hà Nam, ngày 43 tháng 11 năm 2017", "Hà Nam", None),  # no such day
    ("Hà Nam, ngày Í7+háng 11 năm 2017", "Hà Nam", None),  # a day by hand that runs into "tháng"
    ("Hà Nam, ngày 08/3/2024", "Hà Nam", "2024-03-08"),
]


@pytest.mark.parametrize(("printed", "place", "value"), DATES)
def test_place_and_date(printed: str, place: str, value: str | None) -> None:
    head = head_of(columns(["SỞ Y TẾ", "Số: 1/KH-SYT"], [STATE, MOTTO, printed], "KẾ HOẠCH", "Năm 2024"))
    assert head.place.text == place
    assert (date_value(head.date) and str(date_value(head.date))) == value
    assert head.date_blank is (value is None)


def test_a_place_that_begins_like_the_word_of_a_date() -> None:
    dated = read_date_line(line("Thủy Nguyên Đông, ngày 20 tháng 9 năm 2025").passage)
    assert dated is not None
    assert (dated.place.text, str(date_value(dated.date))) == ("Thủy Nguyên Đông", "2025-09-20")


def test_date_goes_on_in_the_next_line() -> None:
    place = ["Số: 7/KH-UBND", "Bình Khánh, ngày 12 tháng 01 năm", "2026", "KẾ HOẠCH", BODY]
    head = head_of([line(text) for text in place])
    assert str(date_value(head.date)) == "2026-01-12"
    assert head.place.text == "Bình Khánh"
