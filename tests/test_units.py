"""Units named in a field or a cell, their list, and units in running text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.unit_registry import UnitRegistry, same_unit, unit_id
from pipeline.resolve.units import find_units, split_unit_text, split_units
from pipeline.types import Passage, Word, join_passages, passage_of


def passage(text: str) -> Passage:
    return passage_of([Word(word, word, 1, None, 0.9, "ocr", 1) for word in text.split()])


def names(text: str) -> list[str]:
    return [text[a:b] for a, b in split_unit_text(text)]


ONE = [
    "Báo và Đài Phát thanh thành phố",
    "Phòng Cải cách hành chính và Công chức",
    "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "Các chi, đảng bộ trực thuộc",
    "Các chi bộ, đảng bộ trực thuộc",
    # a comma of the original between the office and its owner
    "Văn phòng, UBND phường.",
    "Văn phòng HĐND và UBND",
    "Văn phòng HĐND, UBND",
    # one collective
    "Các Sở, ban, ngành và địa phương",
    "Các bệnh viện và trung tâm y tế có giường bệnh",
    "Các Phòng và Trạm trực thuộc",
    "Các phòng, đơn vị",
    "Các phòng, ban, đơn vị thuộc Sở",
    "UBND các xã, phường",
    "UBND các huyện, thị xã, thành phố",
    "Các cơ quan, đơn vị, tổ chức và cá nhân có liên quan",
    "Các tổ chức chính trị - xã hội, đoàn thể phường",
    "Cán bộ, công chức, viên chức phường",
    "Thủ trưởng các cơ quan, đơn vị",
    "Chủ tịch, các PCT UBND phường",
    "Trưởng phòng, Phó Trưởng phòng Đào tạo",
    # "và" and commas inside one name
    "Phòng Kinh tế và Hạ tầng",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Phòng Lao động - Thương binh và Xã hội",
    "Bộ phận tiếp nhận và trả kết quả",
    "Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn",
    "Phòng Tổ chức - Cán bộ",
    "Hiệu trưởng các trường MN, TH, THCS",
    "Trưởng các phòng, khoa, trung tâm",
    "Toàn thể cán bộ, giáo viên, nhân viên",
    "Cấp ủy, chính quyền các cấp",
    "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
    # people with their post
    "Đồng chí Nguyễn Văn A, Phó Chủ tịch UBND phường",
    "Ông Trần Văn B, Trưởng phòng",
    # brackets stay, their commas part nothing
    "Phòng Y tế (phối hợp, hỗ trợ)",
    # old OCR
    "B phan Van phong UBND céc phuong",
    "Vian phong, UBND phuong.",
]


@pytest.mark.parametrize("text", ONE)
def test_one_unit(text: str) -> None:
    assert names(text) == [text.rstrip(".")]


SEVERAL = [
    # a part with its own "các" is a unit, whatever it names
    (
        "Trung tâm Xúc tiến Thương mại; các chủ thể OCOP",
        ["Trung tâm Xúc tiến Thương mại", "các chủ thể OCOP"],
    ),
    ("Vụ Kế hoạch và các đơn vị liên quan", ["Vụ Kế hoạch", "các đơn vị liên quan"]),
    (
        "Mặt trận Tổ quốc Việt Nam và Hội Cựu chiến binh các cấp",
        ["Mặt trận Tổ quốc Việt Nam", "Hội Cựu chiến binh các cấp"],
    ),
    (
        "Bộ phận Tư pháp - Hộ tịch, các bộ phận chuyên môn",
        ["Bộ phận Tư pháp - Hộ tịch", "các bộ phận chuyên môn"],
    ),
    (
        "Bộ phận tiếp nhận và trả kết quả, Các Bộ phận chuyên môn.",
        ["Bộ phận tiếp nhận và trả kết quả", "Các Bộ phận chuyên môn"],
    ),
    # a collective of offices, then a group of people
    (
        "Các Bộ phận chuyên môn, cán bộ công chức phường.",
        ["Các Bộ phận chuyên môn", "cán bộ công chức phường"],
    ),
    (
        "Các Bộ phận chuyên môn UBND phường, Công chức được phân công thực hiện nhiệm vụ.",
        ["Các Bộ phận chuyên môn UBND phường", "Công chức được phân công thực hiện nhiệm vụ"],
    ),
    ("Bộ phận văn hóa thông tin, Đài TT UBND phường", ["Bộ phận văn hóa thông tin", "Đài TT UBND phường"]),
    ("Văn phòng, Phòng Nội vụ", ["Văn phòng", "Phòng Nội vụ"]),
    ("Các sở, ban, ngành; UBND các huyện", ["Các sở, ban, ngành", "UBND các huyện"]),
    ("Các sở, ngành và UBND các xã, phường", ["Các sở, ngành", "UBND các xã, phường"]),
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ"]),
    ("Sở Y tế và Sở Giáo dục và Đào tạo", ["Sở Y tế", "Sở Giáo dục và Đào tạo"]),
    ("Hiệu trưởng, Phó Hiệu trưởng", ["Hiệu trưởng", "Phó Hiệu trưởng"]),
    ("Đồng chí A; đồng chí B", ["Đồng chí A", "đồng chí B"]),
    ("Nguyễn Văn An, Trần Thị Bình và Lê Văn Cường", ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]),
    # posts of a commune, by their short names
    ("Công an, Quân sự, Tư pháp - Hộ tịch", ["Công an", "Quân sự", "Tư pháp - Hộ tịch"]),
    ("GVCN, GVBM, Đoàn TN", ["GVCN", "GVBM", "Đoàn TN"]),
    (
        "Ban Giám hiệu, giáo viên chủ nhiệm, Tổng phụ trách Đội",
        ["Ban Giám hiệu", "giáo viên chủ nhiệm", "Tổng phụ trách Đội"],
    ),
    ("Phòng TCHC, P.KHTC", ["Phòng TCHC", "P.KHTC"]),
    ("CA xã và BCHQS xã", ["CA xã", "BCHQS xã"]),
    ("Phòng Nội vụ, và các đơn vị liên quan", ["Phòng Nội vụ", "các đơn vị liên quan"]),
    ("Vụ Pháp chế, các Vụ, Cục, đơn vị thuộc Bộ", ["Vụ Pháp chế", "các Vụ, Cục, đơn vị thuộc Bộ"]),
    ("Văn phòng Bộ, Thanh tra Bộ", ["Văn phòng Bộ", "Thanh tra Bộ"]),
    ("Phòng Y tế (chủ trì), Trung tâm Y tế", ["Phòng Y tế (chủ trì)", "Trung tâm Y tế"]),
    # old OCR: "Bộ" lost its vowel, "Công chức" its marks, "Đài" its first letter
    (
        "Cac B phan chuyén mon UBND phuong, Céng chirc dugc phan céng thyc hién nhiém vu.",
        ["Cac B phan chuyén mon UBND phuong", "Céng chirc dugc phan céng thyc hién nhiém vu"],
    ),
    ("B0 phan van hoa thong tin, Pai TT UBND phuong", ["B0 phan van hoa thong tin", "Pai TT UBND phuong"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_units(text: str, expected: list[str]) -> None:
    assert names(text) == expected


LINES = [
    (("Phòng Nội vụ", "Phòng Tư pháp"), ["Phòng Nội vụ", "Phòng Tư pháp"]),
    (("Văn phòng", "Công an xã"), ["Văn phòng", "Công an xã"]),
    (("- Phòng Nội vụ", "- Các phòng, ban"), ["Phòng Nội vụ", "Các phòng, ban"]),
    (("Nguyễn Văn An", "Trần Thị Bình"), ["Nguyễn Văn An", "Trần Thị Bình"]),
    # one name over two lines
    (("Công an tỉnh", "Trường Đại học", "Nam Sơn"), ["Công an tỉnh", "Trường Đại học Nam Sơn"]),
    (("Sở Kế hoạch", "và Đầu tư; Sở", "Tài chính"), ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"]),
    (("Văn phòng", "HĐND và", "UBND thị xã"), ["Văn phòng HĐND và UBND thị xã"]),
    (("Phòng Công tác", "Sinh viên, các", "khoa"), ["Phòng Công tác Sinh viên", "các khoa"]),
    (("Phòng Quản lý", "Đô thị"), ["Phòng Quản lý Đô thị"]),
    (("Văn phòng", "UBND phường"), ["Văn phòng UBND phường"]),
    (("Bộ phận", "Tư pháp"), ["Bộ phận Tư pháp"]),
    (("Sở Giáo dục và", "Đào tạo"), ["Sở Giáo dục và Đào tạo"]),
    (("Các Bộ phận", "chuyên môn"), ["Các Bộ phận chuyên môn"]),
    # a dash of the name's own, and one of a list
    (("Phòng Văn hóa", "- Xã hội"), ["Phòng Văn hóa - Xã hội"]),
    (("Phòng Quản trị", "- Thiết bị"), ["Phòng Quản trị - Thiết bị"]),
    (("Phòng Kinh tế", "- Công an xã"), ["Phòng Kinh tế", "Công an xã"]),
    # organs that are somebody's
    (("Thường trực", "HĐND xã"), ["Thường trực HĐND xã"]),
    (("Ban Tổ chức", "Huyện ủy", "Công an huyện"), ["Ban Tổ chức Huyện ủy", "Công an huyện"]),
]


@pytest.mark.parametrize(("lines", "expected"), LINES)
def test_lines_of_a_narrow_cell(lines: tuple[str, ...], expected: list[str]) -> None:
    parts = tuple(map(passage, lines))
    units = split_units(join_passages(parts), parts)
    assert [unit.text for unit in units] == expected


def test_what_a_unit_has_to_do_is_no_part_of_its_name() -> None:
    value = passage("Ban Thường vụ Đoàn; các chi đoàn cử 15 đoàn viên tham gia")
    assert [unit.text for unit in split_units(value)] == ["Ban Thường vụ Đoàn", "các chi đoàn"]


def test_units_keep_their_words() -> None:
    value = passage("Phòng Nội vụ, Công an xã.")
    first, second = split_units(value)
    assert first.words == value.words[:3]
    assert second.words == value.words[3:]


def test_nothing_named() -> None:
    assert split_units(passage("")) == ()
    assert split_units(passage(".")) == ()


# ── the list of units ─────────────────────────────────────────────────────


def test_ids_are_folded_names() -> None:
    assert unit_id("Bộ phận Tư pháp - Hộ tịch") == "bo-phan-tu-phap-ho-tich"
    assert unit_id("Đài TT UBND phường") == "dai-tt-ubnd-phuong"


def test_registry_joins_writings_in_order() -> None:
    registry = UnitRegistry()
    mentions = (
        "các bộ phận chuyên môn",
        "Văn phòng UBND phường",
        "Các Bộ phận chuyên môn",
        "Văn phòng, UBND phường",
        "Bộ phận tiếp nhận và trả kết quả phường",
        "Bộ phận tiếp nhận và trả kết quả",
    )
    ids = [registry.add(passage(mention)) for mention in mentions]
    assert ids[0] == ids[2] == "cac-bo-phan-chuyen-mon"
    assert ids[1] == ids[3] == "van-phong-ubnd-phuong"
    assert ids[4] != ids[5]
    assert [unit.written for unit in registry.units] == [
        ("các bộ phận chuyên môn", "Các Bộ phận chuyên môn"),
        ("Văn phòng UBND phường", "Văn phòng, UBND phường"),
        ("Bộ phận tiếp nhận và trả kết quả phường",),
        ("Bộ phận tiếp nhận và trả kết quả",),
    ]


def test_registry_knows_the_documents_abbreviations() -> None:
    registry = UnitRegistry({"TTPVHCC": "Trung tâm Phục vụ hành chính công"})
    full = registry.add(passage("Trung tâm Phục vụ hành chính công"))
    assert registry.add(passage("TTPVHCC")) == full


def test_equal_ids_of_different_units_get_a_suffix() -> None:
    registry = UnitRegistry()
    assert registry.add(passage("Trạm Y tế xã Tân Thanh")) == "tram-y-te-xa-tan-thanh"
    assert registry.add(passage("Trạm Y tế xã Tân Thành")) == "tram-y-te-xa-tan-thanh~2"


SAME = [
    ("Sở Y tế", "SYT"),
    ("Sở Y tế", "Sở Y tê"),
    ("Ban quản lý", "Ban quản ly"),
    # tone placement, old and new
    ("Bộ phận Văn hoá", "Bộ phận Văn hóa"),
    ("Thư ký Tổ", "Thư ký Tổ thẩm định, giám sát"),
    ("Vin phong UBND phudng", "Văn phòng UBND phường"),
    ("Cac B phan chuyén mon", "Cac Bo phan chuyén mon"),
]
DIFFERENT = [
    ("Phòng Nội vụ", "Phòng Nông vụ"),
    ("Trường Tiểu học A", "Trường Tiểu học B"),
    ("Tổ 1", "Tổ 2"),
    ("UBND xã Tân Lập", "UBND xã Tân Lộc"),
    ("Các bộ phận chuyên môn UBND phường", "Các bộ phận chuyên môn thuộc UBND phường"),
    ("Phòng Nội vụ", "Phòng Nội vụ huyện"),
    ("STC", "Sở Y tế"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_unit_in_two_writings(one: str, other: str) -> None:
    assert same_unit(one, other) and same_unit(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_units_that_look_alike(one: str, other: str) -> None:
    assert not same_unit(one, other) and not same_unit(other, one)


# ── running text ──────────────────────────────────────────────────────────


def test_units_in_running_text() -> None:
    text = (
        "Giao Văn phòng UBND phường chủ trì, phối hợp với các đơn vị liên quan và Công an phường theo dõi; "
        "Sở Y tế tỉnh Hà Nam báo cáo Bộ Y tế. Phòng Hành chính - Tổng hợp bố trí kinh phí."
    )
    assert [text[unit.start : unit.end] for unit in find_units(text)] == [
        "Văn phòng UBND phường",
        "các đơn vị liên quan",
        "Công an phường",
        "Sở Y tế tỉnh Hà Nam",
        "Bộ Y tế",
        "Phòng Hành chính - Tổng hợp",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "quyền lợi của công dân",
        "Bố trí kinh phí",
        "Ban hành văn bản",
        "Phòng, chống dịch",
        "Hội nghị tổng kết",
    ],
)
def test_no_units_in_running_text(text: str) -> None:
    assert find_units(text) == []


FRAGMENTS = (
    *("Các", "các", "Phòng", "và", ",", ";", "(", ")", "UBND", "xã", "Nội", "vụ"),
    *("-", ":", ".", "Đồng chí", "Văn phòng", "1"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14))
def test_any_text_gives_parts_of_itself(words: list[str]) -> None:
    text = " ".join(words)
    spans = split_unit_text(text) + [(unit.start, unit.end) for unit in find_units(text)]
    assert all(0 <= a < b <= len(text) for a, b in spans)
