"""Legal bases of the preamble: nested, amended, doubled, without number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.legal_bases import LegalBasisReading, legal_bases
from pipeline.types import Passage, Word, passage_of


def passage(text: str) -> Passage:
    return passage_of([Word(word, word, 1, None, 0.9, "ocr", 1) for word in text.split()])


def bases(*paragraphs: str) -> list[LegalBasisReading]:
    return legal_bases([passage(text) for text in paragraphs])


# The preamble of the sample plan: semicolons inside a subject, a bracket that is never closed,
# one issuer for two decrees, a basis inside the subject of another.
SAMPLE = (
    "Thực hiện Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ về kiểm soát TTHC (sửa đổi, bổ sung "
    "tại Nghị định số 48/2013/NĐ-CP ngày 14/5/2013 và Nghị định số 92/2017/NĐ-CP ngày 07/8/2017 của Chính "
    "phủ; Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về thực hiện cơ chế một cửa, một cửa liên "
    "thông trong giải quyết TTHC (sửa đổi, bổ sung tại Nghị định số 107/2022/NĐ-CP); Kế hoạch số "
    "326/KH-UBND ngày 29/12/2023 của UBND thành phố Hà Nội về công tác kiểm soát TTHC năm 2024 trên địa bàn "
    "thành phố Hà Nội; Văn bản số 221/VPCP-KSTT ngày 10/01/2024 của Văn phòng Chính phủ về việc triển khai "
    "nhiệm vụ, chỉ tiêu giao tại các Nghị quyết số 01/NQ-CP; nghị quyết số 02/NQ-CP năm 2024; Kế hoạch số "
    "32/KH-UBND ngày 24/01/2024 của UBND thành phố Hà Nội về công tác cải cách TTHC trọng tâm năm 2024.",
    "Thực hiện Kế hoạch số 98/KH-UBND ngày 29/02/2024 của UBND quận Hà Đông về cải cách thủ tục hành chính "
    "trọng tâm năm 2024 quận Hà Đông. Ủy ban nhân dân phường Biên Giang ban hành Kế hoạch cải cách thủ tục "
    "hành chính trọng tâm năm 2024 trên địa bàn phường Biên Giang, cụ thể như sau:",
)

# The same from an engine without Vietnamese.
SAMPLE_OCR = (
    "Thuc hién Nghi dinh sé 63/2010/ND-CP ngay 08/6/2010 cta Chinh phu vé kiém soat TTHC (stra d6i, b sung "
    "tai Nghi dinh sé 48/2013/ND-CP ngay 14/5/2013 va Nghi dinh s6 92/2017/ND-CP ngay 07/8/2017 ctia Chinh "
    "pha; Nghi dinh sb 61/2018/ND-CP ngay 23/4/2018 ctia Chinh phua vé thuc hién co ché mot ctra, mOt cira "
    "lién thong trong giai quyét TTHC (sira d6i, bd sung tai Nghi dinh s6 107/2022/ND-CP); Ké hoach s6 "
    "326/KH-UBND ngay 29/12/2023 ciia UBND thanh phd Ha Noi vé cong tac kiém soat TTHC ndm 2024 trén dia ban "
    "thanh phd Ha Noi; Van ban s6 221/VPCP-KSTT ngay 10/01/2024 cta Vin phong Chinh phi vé viéc trién khai "
    "nhiém vu, chi tiéu giao tai cac Nghi quyét s 01/NQ-CP; nghi quyét s6 02/NQ-CP niam 2024; Ké hoach s6 "
    "32/KH-UBND ngay 24/01/2024 cua UBND thanh phé Ha Noi vé cong tac cai cach TTHC trong tAm nam 2024.",
    "Thuc hién Ké hoach sé 98/KH-UBND ngay 29/02/2024 cia UBND quan Ha Pong vé cai cach thi tuc hanh chinh "
    "trong tAm nim 2024 quan Ha Pong. Uy ban nhan dan phuong Bién Giang ban hanh Ké hoach cai cach",
)

EXPECTED = [
    ("Nghị định", "63/2010/NĐ-CP", "2010-06-08", None),
    ("Nghị định", "48/2013/NĐ-CP", "2013-05-14", "63/2010/NĐ-CP"),
    ("Nghị định", "92/2017/NĐ-CP", "2017-08-07", "63/2010/NĐ-CP"),
    ("Nghị định", "61/2018/NĐ-CP", "2018-04-23", None),
    ("Nghị định", "107/2022/NĐ-CP", None, "61/2018/NĐ-CP"),
    ("Kế hoạch", "326/KH-UBND", "2023-12-29", None),
    ("Văn bản", "221/VPCP-KSTT", "2024-01-10", None),
    ("Nghị quyết", "01/NQ-CP", None, None),
    ("Nghị quyết", "02/NQ-CP", None, None),
    ("Kế hoạch", "32/KH-UBND", "2024-01-24", None),
    ("Kế hoạch", "98/KH-UBND", "2024-02-29", None),
]


@pytest.mark.parametrize("paragraphs", [SAMPLE, SAMPLE_OCR], ids=["clean", "old OCR"])
def test_sample_preamble(paragraphs: tuple[str, ...]) -> None:
    assert [(one.type, one.number, one.date, one.amends) for one in bases(*paragraphs)] == EXPECTED


def test_sample_issuers_and_subjects() -> None:
    found = bases(*SAMPLE)
    assert [one.issuer for one in found] == [
        *["Chính phủ"] * 4,
        None,
        "UBND thành phố Hà Nội",
        "Văn phòng Chính phủ",
        None,
        None,
        "UBND thành phố Hà Nội",
        "UBND quận Hà Đông",
    ]
    assert [one.subject for one in found] == [
        "kiểm soát TTHC",
        None,
        None,
        "thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết TTHC",
        None,
        "công tác kiểm soát TTHC năm 2024 trên địa bàn thành phố Hà Nội",
        "việc triển khai nhiệm vụ, chỉ tiêu giao tại các Nghị quyết số 01/NQ-CP; nghị quyết số "
        "02/NQ-CP năm 2024",
        None,
        None,
        "công tác cải cách TTHC trọng tâm năm 2024",
        "cải cách thủ tục hành chính trọng tâm năm 2024 quận Hà Đông",
    ]


SUBJECTS = [
    # a law's name is its subject
    ("Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21/6/2024;", ["Lưu trữ"]),
    ("Căn cứ Luật Công nghiệp công nghệ số số 71/2025/QH15;", ["Công nghiệp công nghệ số"]),
    (
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 (được sửa đổi, bổ sung năm 2020);",
        ["Ban hành văn bản quy phạm pháp luật"],
    ),
    # the verb belongs to the subject, "về" does not
    (
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 12/02/2019 của UBND tỉnh phê duyệt Điều chỉnh Đề cương;",
        ["phê duyệt Điều chỉnh Đề cương"],
    ),
    ("Căn cứ Công văn số 5/SNV-CC của Sở Nội vụ v/v báo cáo cuối năm;", ["báo cáo cuối năm"]),
    ("Căn cứ Công văn số 5/SNV-CC (v/v báo cáo cuối năm);", ["báo cáo cuối năm"]),
    # the next document is no part of it
    (
        "Căn cứ Nghị quyết số 3-NQ/TU của Tỉnh ủy về phát triển du lịch và Đề án số 11 ban hành kèm theo;",
        ["phát triển du lịch"],
    ),
    # a document inside the subject is a basis of its own
    (
        "Căn cứ Kế hoạch số 4-KH/ĐU của Đảng ủy xã thực hiện Đề án 03-ĐA/TU của Tỉnh ủy về trồng rừng;",
        ["thực hiện Đề án 03-ĐA/TU của Tỉnh ủy về trồng rừng", "trồng rừng"],
    ),
    (
        "Căn cứ Kế hoạch số 4/KH-UBND về việc thực hiện “Đề án 03-ĐA/TU về trồng rừng” năm 2026.",
        ["việc thực hiện “Đề án 03-ĐA/TU về trồng rừng” năm 2026", "trồng rừng"],
    ),
    # the plan's own issuer goes on after the last basis
    (
        "Thực hiện Kế hoạch số 5/KH-ĐH của Trường Đại học về việc đọc sách năm 2023, Ban Giám hiệu "
        "xây dựng kế hoạch tổ chức như sau:",
        ["việc đọc sách năm 2023"],
    ),
    (
        "Căn cứ Kế hoạch số 3/KH-UBND về chỉnh trang đô thị tại TP. Nam Định năm 2020.",
        ["chỉnh trang đô thị tại TP. Nam Định năm 2020"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_subjects(text: str, expected: list[str]) -> None:
    assert [one.subject for one in bases(text)] == expected


UNNUMBERED = [
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/02/2025;",
        [("Luật Tổ chức chính quyền địa phương", "2025-02-19")],
    ),
    (
        "Căn cứ Luật Phòng, chống tham nhũng ngày 20/11/2018;",
        [("Luật Phòng, chống tham nhũng", "2018-11-20")],
    ),
    # two laws in one clause; a law that amends two
    (
        "Căn cứ Luật Thanh tra năm 2022 và Luật Khiếu nại năm 2011;",
        [("Luật Thanh tra", None), ("Luật Khiếu nại", None)],
    ),
    (
        "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của Luật "
        "Tổ chức Chính "
        "phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;",
        [
            ("Luật Tổ chức Chính phủ", "2015-06-19"),
            (
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền "
                "địa phương",
                "2019-11-22",
            ),
        ],
    ),
    (
        "Thực hiện Nghị quyết Đại hội Đảng bộ phường lần thứ I,",
        [("Nghị quyết Đại hội Đảng bộ phường lần thứ I", None)],
    ),
    ("Thực hiện Kế hoạch của UBND huyện về công tác pháp chế;", [("Kế hoạch của UBND huyện", None)]),
    # none of these names a document
    ("Căn cứ chức năng, nhiệm vụ được giao, Sở Nội vụ xây dựng Kế hoạch thực hiện Đề án số 11 như sau:", []),
    ("Căn cứ kế hoạch khảo sát năm 2019 đã được Chủ tịch duyệt.", []),
    ("Để nắm tình hình các đơn vị, Sở Nội vụ lập kế hoạch khảo sát như sau:", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), UNNUMBERED)
def test_bases_without_number(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = bases(text)
    assert [(one.id, one.date) for one in found] == expected
    assert all(one.number is None for one in found)


AMENDED = [
    # after a comma instead of a bracket
    (
        "Căn cứ Nghị định số 63/2010/NĐ-CP về kiểm soát TTHC, được sửa đổi, bổ sung bởi Nghị định "
        "số 48/2013/NĐ-CP;",
        [("63/2010/NĐ-CP", None), ("48/2013/NĐ-CP", "63/2010/NĐ-CP")],
    ),
    # a closed bracket may hold semicolons
    (
        "Căn cứ Nghị định số 63/2010/NĐ-CP (sửa đổi tại Nghị định số 48/2013/NĐ-CP; Nghị định số "
        "92/2017/NĐ-CP); "
        "Nghị định số 61/2018/NĐ-CP",
        [
            ("63/2010/NĐ-CP", None),
            ("48/2013/NĐ-CP", "63/2010/NĐ-CP"),
            ("92/2017/NĐ-CP", "63/2010/NĐ-CP"),
            ("61/2018/NĐ-CP", None),
        ],
    ),
    # the amending decree is named first
    (
        "Căn cứ Nghị định số 48/2013/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị "
        "định số 63/2010/NĐ-CP;",
        [("48/2013/NĐ-CP", "63/2010/NĐ-CP"), ("63/2010/NĐ-CP", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), AMENDED)
def test_who_amends_whom(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.number, one.amends) for one in bases(text)] == expected


def test_a_blank_number_is_null() -> None:
    (one,) = bases("Căn cứ Quyết định số /QĐ-UBND ngày tháng năm 2025 của UBND tỉnh về việc giao chỉ tiêu;")
    assert (one.type, one.number, one.date, one.issuer) == ("Quyết định", None, None, "UBND tỉnh")
    assert one.subject == "việc giao chỉ tiêu"


def test_a_number_torn_apart_is_null() -> None:
    """Letter-spaced type: neither half is the number."""
    (basis,) = bases("Căn cứ Quyết định số 73 05/QĐ-SGD ngày 29/12/2016 của Giám đốc Sở Giáo dục;")
    assert (basis.type, basis.number, basis.date) == ("Quyết định", None, "2016-12-29")


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Căn cứ Quyết định số 73 05/QĐ-SGD ngày 29/12/2016 của Giám đốc Sở Giáo dục;", True),
        ("Căn cứ Quyết định số /QĐ-UBND ngày tháng năm 2025 của UBND tỉnh về việc giao chỉ tiêu;", True),
        ("Căn cứ Quyết định số 7305/QĐ-SGD ngày 29/12/2016 của Giám đốc Sở Giáo dục;", False),
        ("Căn cứ Luật Trẻ em;", False),
    ],
)
def test_a_number_that_was_not_read_is_told_from_none(text: str, unread: bool) -> None:
    assert [one.has_unread_number for one in bases(text)] == [unread]


def test_a_document_cited_twice_is_one_basis() -> None:
    (one,) = bases(
        "Căn cứ Nghị định số 30/2020/NĐ-CP;",
        "Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
    )
    assert (one.date, one.issuer, one.subject) == ("2020-03-05", "Chính phủ", "công tác văn thư")


def test_equal_numbers_of_different_documents_get_a_suffix() -> None:
    found = bases(
        "Căn cứ Công văn số 12 ngày 01/02/2020 của Sở Nội vụ; Thông báo số 12 ngày 03/02/2020 của Sở Y tế;"
    )
    assert [one.id for one in found] == ["12", "12~2"]


def test_every_field_names_its_place() -> None:
    text = passage("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;")
    (one,) = legal_bases([text])
    assert one.type_at.text == "Nghị định"
    assert one.number_at.words == (text.words[5],)
    assert one.date_at.text == "ngày 05/3/2020"
    assert one.issuer_at.text == "Chính phủ"
    assert one.subject_at.text == "công tác văn thư"
    assert one.whole.text == "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"


FRAGMENTS = (
    "Căn cứ|Luật|Nghị định|số|12/2020/NĐ-CP|05-CT/TW|ngày|01/02/2020|của|Chính "
    "phủ|về|;|(|)|và|,|Đất đai|.|“|”|"
    "sửa đổi, bổ sung tại|được|năm 2020|Kế hoạch|UBND xã|ban hành"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=18))
def test_any_text_is_read_without_error(words: list[str]) -> None:
    found = bases(" ".join(words))
    assert len({one.id for one in found}) == len(found)
    assert all(one.whole for one in found)
