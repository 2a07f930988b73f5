"""The head of the first page: cases by kind of issuer, by layout and by what OCR did to them."""

from __future__ import annotations

import pytest

from pipeline.outline import Letterhead
from pipeline.parse.casing import sentence_case
from pipeline.parse.letterhead import issuer_name, parent_name, parse_head, type_value
from pipeline.parse.number_line import date_value, number_value
from pipeline.parse.second_letterhead import find_second_letterhead
from pipeline.parse.title import title_value
from pipeline.types import Line, Paragraph, join_passages
from tests.letterheads import BODY, GLUED, MOTTO, STATE, columns, head_of, line

# Left column → (parent, issuer, number).
ISSUERS = [
    (
        ["ỦY BAN NHÂN DÂN", "PHƯỜNG AN LẠC", "Số: 64 /KH-UBND"],
        None,
        "Ủy ban nhân dân phường An Lạc",
        "64/KH-UBND",
    ),
    # One name, its place broken over the line.
    (["ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA", "Số: 7/KH-UBND"], None, "Ủy ban nhân dân xã Tân Hòa", "7/KH-UBND"),
    (["UBND TỈNH HÀ NAM", "SỞ NỘI VỤ", "Số: 112/KH-SNV"], "UBND tỉnh Hà Nam", "Sở Nội vụ", "112/KH-SNV"),
    # A department's name over two lines.
    (
        ["UBND TỈNH HÀ NAM", "SỞ GIÁO DỤC", "VÀ ĐÀO TẠO", "Số: 3/KH-SGDĐT"],
        "UBND tỉnh Hà Nam",
        "Sở Giáo dục và Đào tạo",
        "3/KH-SGDĐT",
    ),
    # The parent over two lines, the issuer over one.
    (
        ["ỦY BAN NHÂN DÂN", "HUYỆN LÝ NHÂN", "PHÒNG TƯ PHÁP", "Số: 5/KH-TP"],
        "Ủy ban nhân dân huyện Lý Nhân",
        "Phòng Tư pháp",
        "5/KH-TP",
    ),
    (["SỞ Y TẾ HÀ NAM", "THANH TRA", "Số: 18/KH-TTra"], "Sở Y tế Hà Nam", "Thanh tra", "18/KH-TTra"),
    (
        ["BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC", "KHOA HỌC TỰ NHIÊN", "Số: 10/KH-ĐHKHTN"],
        "Bộ Giáo dục và Đào tạo",
        "Trường Đại học Khoa học Tự Nhiên",
        "10/KH-ĐHKHTN",
    ),
    # "PHÒNG" begins an organisation, "PHÒNG, CHỐNG" carries on one.
    (
        ["UBND HUYỆN LÝ NHÂN", "BAN CHỈ ĐẠO", "PHÒNG, CHỐNG THIÊN TAI", "Số: 4/KH-BCĐ"],
        "UBND huyện Lý Nhân",
        "Ban Chỉ đạo Phòng, chống thiên tai",
        "4/KH-BCĐ",
    ),
    # PHƯỢNG is no PHÒNG, and the VỤ of a service no department.
    (
        ["UBND PHƯỜNG BẾN LAU", "TRƯỜNG MẦM NON HOA", "PHƯỢNG ĐỎ", "Số: 6/KH-MNHPĐ"],
        "UBND phường Bến Lau",
        "Trường Mầm non Hoa Phượng Đỏ",
        "6/KH-MNHPĐ",
    ),
    (
        ["UBND XÃ TÂN HÒA", "TRUNG TÂM CUNG ỨNG DỊCH", "VỤ CÔNG", "Số: 8/KH-TTCUDVC"],
        "UBND xã Tân Hòa",
        "Trung tâm Cung ứng dịch vụ công",
        "8/KH-TTCUDVC",
    ),
    # Two co-issuers on one line.
    (
        ["UBND TỈNH HÀ NAM", "SỞ Y TẾ - CÔNG ĐOÀN NGÀNH", "Số: 20/KH-SYT-CĐN"],
        "UBND tỉnh Hà Nam",
        "Sở Y tế - Công đoàn ngành",
        "20/KH-SYT-CĐN",
    ),
    # ... and on two; a dash at the line end joins them, as it joins a name that is broken there.
    (
        ["SỞ Y TẾ -", "HỘI NÔNG DÂN TỈNH HÀ NAM", "Số: 27/KHPH-SYT-HND"],
        None,
        "Sở Y tế - Hội Nông dân tỉnh Hà Nam",
        "27/KHPH-SYT-HND",
    ),
    # A Roman number in a name is no word.
    (
        ["KHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC KHU VỰC XXI", "Số: 5/KH-KVXXI"],
        "Kho bạc Nhà nước",
        "Kho bạc Nhà nước khu vực XXI",
        "5/KH-KVXXI",
    ),
    # A branch named after the words that end its parent's name.
    (
        ["CỤC THỐNG KÊ", "THỐNG KÊ TỈNH HÀ NAM", "Số: 88/KH-TKHN"],
        "Cục Thống kê",
        "Thống kê tỉnh Hà Nam",
        "88/KH-TKHN",
    ),
    # A number within the issuer's name is not the document's.
    (
        ["SỞ XÂY DỰNG", "ĐOÀN KIỂM TRA", "THEO QUYẾT ĐỊNH", "SỐ 88/QĐ-SXD", "Số: 9/KH-ĐKT"],
        "Sở Xây dựng",
        "Đoàn kiểm tra theo Quyết định số 88/QĐ-SXD",
        "9/KH-ĐKT",
    ),
    # Party: the star line is no name, the number has a hyphen and no colon.
    (
        ["ĐẢNG ỦY PHƯỜNG AN LẠC", "CHI BỘ KHU PHỐ 3", "*", "Số 12-KH/CB"],
        "Đảng ủy phường An Lạc",
        "Chi bộ khu phố 3",
        "12-KH/CB",
    ),
    (["TỈNH ỦY HÀ NAM", "*", "Số 35-KH/TU"], None, "Tỉnh ủy Hà Nam", "35-KH/TU"),
    # The number of a resolution of a people's council holds the year.
    (
        ["HỘI ĐỒNG NHÂN DÂN", "TỈNH HÀ NAM", "Số: 5/2024/NQ-HĐND"],
        None,
        "Hội đồng nhân dân tỉnh Hà Nam",
        "5/2024/NQ-HĐND",
    ),
    # Marks of OCR: a rule read as underscores, a stain.
    (
        ["-", "UBND TỈNH HÀ NAM _", "SỞ Y TÉ", "____", "Số: 31 /[KH-SYT"],
        "UBND tỉnh Hà Nam",
        "Sở Y tế",
        "31/KH-SYT",
    ),
]


@pytest.mark.parametrize(("left", "parent", "issuer", "number"), ISSUERS)
def test_issuer(left: list[str], parent: str | None, issuer: str, number: str) -> None:
    right = [STATE, MOTTO, "Hà Nam, ngày 08 tháng 3 năm 2024"]
    head = head_of(columns(left, right, "KẾ HOẠCH", "Cải cách hành chính năm 2024"))
    assert (parent_name(head), issuer_name(head)) == (parent, issuer)
    assert number_value(head.number) == number
    assert not head.number_blank
    assert head.place.text == "Hà Nam"
    assert str(date_value(head.date)) == "2024-03-08"
    assert type_value(head) == "Kế hoạch"
    assert title_value(head.title) == "Cải cách hành chính năm 2024"


def test_last_word_of_a_name_is_no_issuer() -> None:
    texts = ["BỘ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG", "Số: 7/KH-BNNMT", "KẾ HOẠCH", BODY]
    head = head_of([line(text) for text in texts])
    assert issuer_name(head) == "Bộ Nông nghiệp và Môi trường"
    assert parent_name(head) is None


@pytest.mark.parametrize("texts", GLUED)
def test_columns_glued_on_one_line(texts: list[str]) -> None:
    head = head_of([line(text) for text in texts])
    assert number_value(head.number) == "64/KH-UBND"
    assert str(date_value(head.date)) == "2024-03-08"
    assert type_value(head) == "Kế hoạch"
    assert (issuer_name(head) or "").startswith("Ủy ban nhân dân phường Bi")
    assert head.title.text == texts[4]


def test_party_letterhead_glued() -> None:
    texts = [
        "ĐẢNG ỦY PHƯỜNG AN LẠC ĐẢNG CỘNG SẢN VIỆT NAM",
        "CHI BỘ KHU PHỐ 3",
        "*",
        "Số 12-KH/CB An Lạc, ngày 05 tháng 01 năm 2024",
        "KẾ HOẠCH",
        "Công tác năm 2024",
        BODY,
    ]
    head = head_of([line(text) for text in texts])
    assert (parent_name(head), issuer_name(head)) == ("Đảng ủy phường An Lạc", "Chi bộ khu phố 3")
    assert (number_value(head.number), head.place.text) == ("12-KH/CB", "An Lạc")


def test_blank_number_and_day_glued() -> None:
    texts = [f"SỞ Y TẾ {STATE}", "Số: /KH-SYT Hà Nam, ngày tháng 3 năm 2024", "KẾ HOẠCH", "Kiểm tra", BODY]
    head = head_of([line(text) for text in texts])
    assert (head.number_blank, head.date_blank, head.place.text) == (True, True, "Hà Nam")


def test_columns_read_alternately_and_lines_lost() -> None:
    """OCR may give left and right in turns, and lose the state's name altogether."""
    blocks = [
        line("DỰ THẢO LẦN 2", "left"),  # a mark, no issuer
        line("UBND TỈNH HÀ NAM", "left"),
        line(MOTTO, "right"),
        line("SỞ Y TẾ", "left"),
        line("Hà Nam, ngày 08 tháng 3 năm 2024", "right"),
        line("Số: 5/KH-SYT", "left"),
        line("KẾ HOẠCH", "full", "centre"),
        line("Kiểm tra bệnh viện", "full", "centre"),
        line(BODY),
    ]
    for lost in (None, 2, 4):
        head = head_of([block for i, block in enumerate(blocks) if i != lost])
        assert (parent_name(head), issuer_name(head)) == ("UBND tỉnh Hà Nam", "Sở Y tế")
        assert number_value(head.number) == "5/KH-SYT"
        assert head.title.text == "Kiểm tra bệnh viện"


def test_several_printed_lines_in_one_paragraph() -> None:
    """Whoever joined the lines kept them: the head is read line by line all the same."""
    paragraphs = [line(text) for text in GLUED[0]]
    lines = tuple(Line(paragraph.passage.words) for paragraph in paragraphs[:3])
    joined = Paragraph(join_passages(p.passage for p in paragraphs[:3]), lines=lines)
    assert issuer_name(head_of([joined, *paragraphs[3:]])) == "Ủy ban nhân dân phường Biên Giang"


def test_provenance_of_parts() -> None:
    """Each part names the words it was read from, and no others."""
    blocks = [line(text) for text in GLUED[0]]
    head, _ = parse_head(blocks)
    assert [word.text for word in head.number.words] == ["64", "/KH-UBND"]
    assert [word.text for word in head.place.words] == ["Biên", "Giang,"]
    assert [word.text for word in head.issuer.words] == [
        "ỦY",
        "BAN",
        "NHÂN",
        "DÂN",
        "PHƯỜNG",
        "BIÊN",
        "GIANG",
    ]


def test_dispatch_has_no_type_line() -> None:
    blocks = columns(["SỞ Y TẾ", "Số: 15/SYT-NVY", "V/v báo cáo công tác quý I"], [STATE, MOTTO])
    head = head_of(blocks)
    assert type_value(head) == "Công văn"
    assert head.title.text == "V/v báo cáo công tác quý I"
    assert number_value(head.number) == "15/SYT-NVY"


def test_no_letterhead_at_all() -> None:
    head, after = parse_head([line("Hôm nay trời đẹp."), line("Một bài văn ngắn.")])
    assert (head, after) == (Letterhead(), 0)
    assert parse_head([]) == (Letterhead(), 0)


CASES = [
    ("ỦY BAN NHÂN DÂN PHƯỜNG BIÊN GIANG", "Ủy ban nhân dân phường Biên Giang"),
    ("UBND TỈNH YÊN BÁI", "UBND tỉnh Yên Bái"),
    ("UBND TĨNH YÊN BÁI", "UBND tỉnh Yên Bái"),  # only a level can follow UBND
    ("SỞ Y TẾ HÀ TĨNH", "Sở Y tế Hà Tĩnh"),  # but here it is part of a name
    ("SỞ CÔNG THƯƠNG", "Sở Công Thương"),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Bộ Giáo dục và Đào tạo"),
    ("TRƯỜNG ĐẠI HỌC TÂY BẮC", "Trường Đại học Tây Bắc"),
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
    ("KẾ HOẠCH", "Kế hoạch"),
    ("HỘI LIÊN HIỆP PHỤ NỮ XÃ HÒA BÌNH", "Hội Liên hiệp Phụ nữ xã Hòa Bình"),
    ("Sở Y tế tỉnh Hà Nam", "Sở Y tế tỉnh Hà Nam"),  # not in capitals: as printed
    ("ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 88/QĐ-SXD", "Đoàn kiểm tra theo Quyết định số 88/QĐ-SXD"),
    ("UỶ BAN NHÂN DÂN XÃ TÂN HOÀ", "Ủy ban nhân dân xã Tân Hoà"),  # old tone place in a proper name stays
    ("", ""),
]


@pytest.mark.parametrize(("printed", "name"), CASES)
def test_sentence_case(printed: str, name: str) -> None:
    assert sentence_case(printed) == name


def second(left: str, number: str) -> list[Paragraph]:
    return [
        line(left, "left", page=4),
        line(number, "left", page=4),
        line(STATE, "right", page=4),
        line(MOTTO, "right", page=4),
        line("Hà Nam, ngày 09 tháng 4 năm 2024", "right", page=4),
        line("KẾ HOẠCH", "full", "centre", page=4),
        line("Thanh tra năm 2024", "full", "centre", page=4),
    ]


def test_second_letterhead() -> None:
    first = columns(["SỞ Y TẾ", "Số: 1/KH-SYT"], [STATE, MOTTO], "KẾ HOẠCH", "Năm 2024")
    text = [line(f"Nội dung thứ {count} của kế hoạch.") for count in range(8)]
    assert find_second_letterhead([*first, *text]) == []
    both = [*first, *text, *second("SỞ NỘI VỤ", "Số: 2/KH-SNV")]
    assert find_second_letterhead(both) == [len(first) + len(text)]
    # A report form of an appendix has dots where the number goes.
    form = [*first, *text, *second("TÊN CƠ QUAN...", "Số: .../BC-...")]
    assert find_second_letterhead(form) == []
