"""Cited documents in running text: type, number, date, issuer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.body_citations import body_citations
from pipeline.resolve.citations import find_citations, type_of_code
from pipeline.types import Passage, Word, passage_of


def passage(text: str) -> Passage:
    return passage_of([Word(word, word, 1, None, 0.9, "ocr", 1) for word in text.split()])


def read(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [
        (one.type, one.number, one.date, text[slice(*one.issuer_at)] if one.issuer_at else None)
        for one in find_citations(text)
    ]


CASES = [
    # state documents
    (
        "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát TTHC",
        [("Nghị định", "63/2010/NĐ-CP", "2010-06-08", "Chính phủ")],
    ),
    (
        "Quyết định số 49/QĐ-BYT ngày 02 tháng 5 năm 2019 của Bộ Y tế về việc ban hành",
        [("Quyết định", "49/QĐ-BYT", "2019-05-02", "Bộ Y tế")],
    ),
    (
        "Nghị quyết số 201/2025/QH15 ngày 29/5/2025 của Quốc hội thí điểm về một số cơ chế",
        [("Nghị quyết", "201/2025/QH15", "2025-05-29", "Quốc hội")],
    ),
    # a law's name stands before its number
    ("Luật Lưu trữ số 33/2024/QH15 ngày 21/6/2024;", [("Luật", "33/2024/QH15", "2024-06-21", None)]),
    ("Luật Công nghiệp công nghệ số số 71/2025/QH15", [("Luật", "71/2025/QH15", None, None)]),
    (
        "Luật thi đua, khen thưởng số 15/2003/QH 11, ngày 26 tháng 11 năm 2003",
        [("Luật", "15/2003/QH11", "2003-11-26", None)],
    ),
    ("văn bản quy phạm pháp luật số 80/2015/QH13", [("Văn bản", "80/2015/QH13", None, None)]),
    ("Bộ luật Lao động số 45/2019/QH14", [("Bộ luật", "45/2019/QH14", None, None)]),
    # party documents
    (
        "Nghị quyết số 21-NQ/TU ngày 17/9/2021 của Tỉnh ủy Hà Nam về",
        [("Nghị quyết", "21-NQ/TU", "2021-09-17", "Tỉnh ủy Hà Nam")],
    ),
    ("Kế hoạch số 37-KH/ĐU của Đảng ủy xã", [("Kế hoạch", "37-KH/ĐU", None, "Đảng ủy xã")]),
    (
        "Chương trình hành động số 05-CTr/TU ngày 12/3/2021",
        [("Chương trình", "05-CTr/TU", "2021-03-12", None)],
    ),
    ("Quy chế làm việc số 12-QC/ĐU", [("Quy chế", "12-QC/ĐU", None, None)]),
    # dispatches: the code names no type
    (
        "Văn bản số 221/VPCP-KSTT ngày 10/01/2024 của Văn phòng Chính phủ",
        [("Văn bản", "221/VPCP-KSTT", "2024-01-10", "Văn phòng Chính phủ")],
    ),
    (
        "công văn 311/BNV-CC-VC ngày 14/4/2019 Bộ Nội vụ về việc",
        [("Công văn", "311/BNV-CC-VC", "2019-04-14", "Bộ Nội vụ")],
    ),
    ("Hướng dẫn 27/HD-UBND", [("Hướng dẫn", "27/HD-UBND", None, None)]),
    # date after the issuer, issuer before the number
    (
        "Đề án 03-ĐA/TU của Tỉnh ủy Hà Nam ngày 17/9/2021 về",
        [("Đề án", "03-ĐA/TU", "2021-09-17", "Tỉnh ủy Hà Nam")],
    ),
    ("Nghị định của Chính phủ số 30/2020/NĐ-CP", [("Nghị định", "30/2020/NĐ-CP", None, "Chính phủ")]),
    (
        "Chỉ thị 05-CT/TW của Bộ Chính trị (khóa XII) ngày 15.5.2016",
        [("Chỉ thị", "05-CT/TW", "2016-05-15", "Bộ Chính trị")],
    ),
    # commas and verbs inside an issuer's name
    (
        "Thông tư số 1/2023/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch quy định",
        [("Thông tư", "1/2023/TT-BVHTTDL", None, "Bộ Văn hóa, Thể thao và Du lịch")],
    ),
    ("Kế hoạch số 3/KH-SXD của Sở Xây dựng về", [("Kế hoạch", "3/KH-SXD", None, "Sở Xây dựng")]),
    (
        "Thông tư số 27/2020/TT-BGDĐT của Bộ trưởng Bộ Giáo dục và Đào tạo ban hành Quy định",
        [("Thông tư", "27/2020/TT-BGDĐT", None, "Bộ trưởng Bộ Giáo dục và Đào tạo")],
    ),
    (
        "Quyết định số 5/QĐ-BVTV của Chi cục Bảo vệ thực vật về",
        [("Quyết định", "5/QĐ-BVTV", None, "Chi cục Bảo vệ thực vật")],
    ),
    # several numbers under one word; one issuer for both
    (
        "các Nghị quyết số 01/NQ-CP; nghị quyết số 02/NQ-CP năm 2024",
        [("Nghị quyết", "01/NQ-CP", None, None), ("Nghị quyết", "02/NQ-CP", None, None)],
    ),
    (
        "Công văn số 15/SNV-CC và số 16/SNV-CC ngày 19/10/2018 của Sở Nội vụ",
        [("Công văn", "15/SNV-CC", None, "Sở Nội vụ"), ("Công văn", "16/SNV-CC", "2018-10-19", "Sở Nội vụ")],
    ),
    (
        "Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 "
        "của Chính phủ; Nghị",
        [
            ("Nghị định", "48/2013/NĐ-CP", "2013-05-14", "Chính phủ"),
            ("Nghị định", "92/2017/NĐ-CP", "2017-08-07", "Chính phủ"),
        ],
    ),
    # spaces and breaks inside a number, noise of a bracket
    ("Quyết định số 68/QĐ- BYT", [("Quyết định", "68/QĐ-BYT", None, None)]),
    ("Kế hoạch số 64 /[KH-UBND", [("Kế hoạch", "64/KH-UBND", None, None)]),
    # old OCR: marks restored where only one code can be meant
    (
        "Nghi dinh sb 61/2018/ND-CP ngay 23/4/2018 ctia Chinh pha vé thuc hién",
        [("Nghị định", "61/2018/NĐ-CP", "2018-04-23", "Chinh pha")],
    ),
    ("Quyét dinh s6 766/0P-TTg", [("Quyết định", "766/QĐ-TTg", None, None)]),
    (
        "K& hoach s6 32/KH-UBND ngay 24/01/2024 cua UBND thanh phé",
        [("Kế hoạch", "32/KH-UBND", "2024-01-24", "UBND thanh phé")],
    ),
    ("Hướng dẫn số 12/HD-SNV", [("Hướng dẫn", "12/HD-SNV", None, None)]),
    # without a word the code tells the type, where it names one only
    ("theo 98/KH-UBND", [("Kế hoạch", "98/KH-UBND", None, None)]),
    # impossible dates are no dates
    ("Quyết định số 1/QĐ-TTg ngày 31/02/2020", [("Quyết định", "1/QĐ-TTg", None, None)]),
    ("Công văn số 123 ngày 05/6/2024 của Sở Nội vụ", [("Công văn", "123", "2024-06-05", "Sở Nội vụ")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_citations(text: str, expected: list[tuple[str | None, ...]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2026-2030",
        "trước ngày 15/12/2024",
        "tháng 10/2025 - UBND xã",
        "tăng 12%/năm, 3/4 số hộ",
        "tối thiểu 01 sáng kiến/01 bộ phận",
        "Đề án số 08 ban hành kèm theo",
        "Phụ lục 1, 2",
        "làm việc 24/7",
        "",
    ],
)
def test_no_citations(text: str) -> None:
    assert find_citations(text) == []


def test_code_tells_the_type() -> None:
    assert type_of_code("98/KH-UBND") == "Kế hoạch"
    assert type_of_code("21-NQ/TU") == "Nghị quyết"
    assert type_of_code("5572/BYT-TCCB") is None


def test_body_citations_are_merged() -> None:
    own = "Kế hoạch số 64/KH-UBND ngày 08/3/2024"
    found = body_citations(
        [
            ("III.1", passage("theo Kế hoạch số 98/KH-UBND và Nghị định số 45/2020/NĐ-CP")),
            (
                "III.2",
                passage("Kế hoạch số 98/KH-UBND ngày 29/02/2024 của UBND quận, Kế hoạch số 98/KH-UBND"),
            ),
            ("PL1", passage(own)),
        ],
        own_number="64/KH-UBND",
    )
    assert [(one.number, one.date, one.issuer, one.cited_in) for one in found] == [
        ("98/KH-UBND", "2024-02-29", "UBND quận", ("III.1", "III.2")),
        ("45/2020/NĐ-CP", None, None, ("III.1",)),
    ]
    assert found[0].at[0].text == "Kế hoạch số 98/KH-UBND"


FRAGMENTS = (
    "Căn cứ|Luật|Nghị định|số|12/2020/NĐ-CP|05-CT/TW|ngày|01/02/2020|của|Chính phủ|"
    "về|;|(|)|và|,|Đất đai|.|“|”"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=16))
def test_any_text_gives_spans_of_itself(words: list[str]) -> None:
    text = " ".join(words)
    for one in find_citations(text):
        spans = [
            span for span in (one.type_at, one.number_at, one.date_at, one.issuer_at, one.name_at) if span
        ]
        assert all(0 <= a < b <= len(text) for a, b in [(one.start, one.end), *spans])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Căn cứ Quyết định số 73 05/QĐ-SGD ngày 29/12/2016 của Giám đốc Sở Giáo dục", []),
        ("Căn cứ Quyết định số 7305/QĐ-SGD ngày 29/12/2016 của Giám đốc Sở Giáo dục", ["7305/QĐ-SGD"]),
        ("Căn cứ Quyết định số 73 và 05/QĐ-SGD ngày 29/12/2016", ["05/QĐ-SGD"]),
    ],
)
def test_half_a_number_is_none(text: str, numbers: list[str]) -> None:
    assert [one.number for one in find_citations(text)] == numbers
