"""The end of the body: recipients, signer, closing paragraphs."""

from __future__ import annotations

import random

import pytest

from pipeline.outline import Closing
from pipeline.parse.appendix_heads import find_appendices
from pipeline.parse.closing import Tail, clean_recipient, parse_tail
from pipeline.parse.farewell import is_farewell
from pipeline.parse.letterhead import parse_head
from pipeline.parse.second_letterhead import find_second_letterhead
from pipeline.parse.signature_values import authority_value, role_value
from pipeline.parse.signer import is_post, person_name, split_glued_signature
from pipeline.types import Column, Paragraph, Passage, Word, passage_of

ITEM = "2. Văn phòng theo dõi, đôn đốc việc thực hiện Kế hoạch này."
FAREWELL = "Trên đây là Kế hoạch công tác năm 2024, đề nghị các đơn vị nghiêm túc thực hiện./."


def passage(text: str, page: int = 1) -> Passage:
    return passage_of([Word(word, word, page, None, 1.0, "text_layer") for word in text.split()])


def line(text: str, column: Column = "full", page: int = 1) -> Paragraph:
    return Paragraph(passage(text, page), column)


def tail_of(left: list[str], right: list[str], *after: str) -> Tail:
    """A body item, a closing paragraph, two columns; then what follows."""
    blocks = [line(ITEM), line(FAREWELL)]
    blocks += [line(text, "left") for text in left] + [line(text, "right") for text in right]
    blocks += [line(text) for text in after]
    tail = parse_tail(blocks)
    assert tail.start == 1
    return tail


def texts(closing: Closing) -> list[str]:
    return [recipient.text for recipient in closing.recipients]


RECIPIENTS = ["Nơi nhận:", "- UBND huyện;", "- Lưu: VT."]

# Lines above the name → (authority, post). The name is always the last line.
SIGNERS = [
    (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    (
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ),
    (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    (["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    (["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"], "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"),
    (["Q. GIÁM ĐỐC"], None, "Q. GIÁM ĐỐC"),  # acting: the post itself
    (["T/M CHI BỘ", "BÍ THƯ"], "T/M CHI BỘ", "BÍ THƯ"),
    (["K/T HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"], "K/T HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"),
    (["T.M BAN CHẤP HÀNH", "BÍ THƯ"], "T.M BAN CHẤP HÀNH", "BÍ THƯ"),
    # His own posts alone.
    (["HIỆU TRƯỞNG"], None, "HIỆU TRƯỞNG"),
    (["TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND HUYỆN"], None, "TRƯỞNG BAN PHÓ CHỦ TỊCH UBND HUYỆN"),
    # A body's name over two lines.
    (
        ["TM. BAN CHỈ ĐẠO", "PHÒNG, CHỐNG THIÊN TAI", "TRƯỞNG BAN"],
        "TM. BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI",
        "TRƯỞNG BAN",
    ),
    (["CHÁNH VĂN PHÒNG", "Kiêm Trưởng ban"], None, "CHÁNH VĂN PHÒNG Kiêm Trưởng ban"),
    # OCR: no space, a lost accent, a seal over "KT."
    (["KT.GIÁM ĐÓC", "PHÓ GIAÁM ĐỌC"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    (["VX GIÁM ĐÓC", "PHÓ GIÁM ĐỐC"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    (["⁄4VHIEU TRƯỞNG x-"], None, "HIỆU TRƯỞNG"),
    (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "» VỤ"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    # A post that reads like a longer one of the list.
    (["TRƯỞNG BAN"], None, "TRƯỞNG BAN"),
    (["THỨ TRƯỞNG"], None, "THỨ TRƯỞNG"),
    (["TRƯỞNG BẾN"], None, "TRƯỞNG BẾN"),  # not on the list, and nothing broken about it
    (["KT. GIÁM ĐỐC", "PHO GIÁM ĐỐC"], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    # Seal and signature.
    (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "* ~", "(Đã ký)"], "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
]


@pytest.mark.parametrize(("lines", "authority", "role"), SIGNERS)
def test_signer(lines: list[str], authority: str | None, role: str) -> None:
    tail = tail_of(RECIPIENTS, [*lines, "Trần Văn An"])
    assert (authority_value(tail.closing), role_value(tail.closing)) == (authority, role)
    assert tail.closing.name.text == "Trần Văn An"
    assert texts(tail.closing) == ["UBND huyện", "Lưu: VT"]
    assert [p.text for p in tail.closing.farewell] == [FAREWELL]


NAMES = [
    ("Trần Văn An", "Trần Văn An"),
    ("1Lê Minh Phát", "Lê Minh Phát"),  # a stroke of the signature before it
    ("ThS. Nguyễn Thị Bích Hằng", "Nguyễn Thị Bích Hằng"),
    ("PGS.TS. Nguyễn Thị Bích Hằng", "Nguyễn Thị Bích Hằng"),
    ("Đại tá Phạm Hùng", "Phạm Hùng"),
    ("NGUYỄN VĂN BÌNH", "NGUYỄN VĂN BÌNH"),
    ("Ông Nguyễn Văn Ba", "Nguyễn Văn Ba"),
    ("Ông Thị Hoa", "Ông Thị Hoa"),  # a family name, not "Mr"
    ("Trương Hoài Nam", "Trương Hoài Nam"),  # no "trường"
    ("Đặng Văn Sơn", "Đặng Văn Sơn"),  # no "đảng"
    ("Nguyễn Thị Phương", "Nguyễn Thị Phương"),  # no "phường"
    ("Lê Trường Giang", "Lê Trường Giang"),  # a unit word as given name
    ("LÊ TRƯỜNG GIANG", "LÊ TRƯỜNG GIANG"),  # no TRƯỞNG BAN behind a scrap
    ("Đoàn Minh Trí", "Đoàn Minh Trí"),  # both a family and a body
    ("Đoàn Thanh Niên", None),
    ("Đoàn Xã Phú Lâm", None),
    ("Lưu Văn Phòng", None),
    ("Lưu BTGDV", None),  # the file copy
    ("oya", None),
    ("sự Na", None),
    ("Hội Nông dân", None),
    ("Văn Phòng Sở", None),  # Văn is a family name too
    ("PHÓ CHỦ TỊCH", None),
    ("Phạm", None),
    ("Văn Thu", None),  # the family name is under the seal
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_person_name(text: str, name: str | None) -> None:
    found = person_name(passage(text))
    assert (found and found.text) == name


GLUED = [
    ("- Các ban, ngành chuyên môn UBND phường; Đỗ Thị Thu Hà", "Đỗ Thị Thu Hà"),
    ("- Céc ban, nganh UBND phuong; D% Thi Thu Ha", "D% Thi Thu Ha"),  # English OCR broke the family name
    ("- UBND huyện; KT. CHỦ TỊCH", "KT. CHỦ TỊCH"),
    ("- Phòng Nội vụ; PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("- Lưu: VT. Trần Văn An", "Trần Văn An"),
    ("Nơi nhận: TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
    ("- Ban KTGS Đảng ủy; phòng KTNB Sở;", ""),  # KT inside an abbreviation
    ("- Hội Phụ nữ; Hội Nông dân", ""),
    ("- Lưu: VT, TH(Bình).", ""),
    ("- Phòng KT HT;", ""),
]


@pytest.mark.parametrize(("text", "signature"), GLUED)
def test_glued_signature(text: str, signature: str) -> None:
    left, right = split_glued_signature(passage(text))
    assert right.text == signature
    assert left.text + (" " + signature if signature else "") == text


def test_plain_text() -> None:
    """No columns at all: name behind a recipient, appendix right after the file copy."""
    blocks = [
        *(ITEM, "Trên đây là kế hoạch năm 2024, UBND phường yêu cầu các bộ phận phối hợp thực hiện./. #"),
        *(
            "Nơi nhận:",
            "- UBND quận Hà Đông;",
            "- Văn phòng HĐND- UBND quận;",
            "- Chủ tịch, các PCT UBND phường;",
        ),
        *("- Các ban, ngành UBND phường; Đỗ Thị Thu Hà", "- Lưu: VT. *", "PHỤ LỤC 1", "CHỈ TIÊU CỤ THỂ"),
    ]
    tail = parse_tail([line(text) for text in blocks])
    assert texts(tail.closing) == [
        "UBND quận Hà Đông",
        "Văn phòng HĐND- UBND quận",
        "Chủ tịch, các PCT UBND phường",
        "Các ban, ngành UBND phường",
        "Lưu: VT",
    ]
    assert tail.closing.name.text == "Đỗ Thị Thu Hà"
    assert tail.closing.farewell[0].text.endswith("thực hiện./.")
    assert (tail.start, tail.end) == (1, 8)
    assert authority_value(tail.closing) is None
    assert role_value(tail.closing) is None


def test_wrapped_and_undashed_recipients() -> None:
    left = [
        *("Nơi nhận:", "- Văn phòng Hội đồng nhân dân và", "Ủy ban nhân dân huyện;", "Phòng Tư pháp;"),
        *("- Phòng Nội vụ; - Phòng Tài chính;", "- Lưu: VT, các chuyên viên", "phụ trách.", "~*"),
    ]
    tail = tail_of(left, ["HIỆU TRƯỞNG", "Trần Văn An"])
    assert texts(tail.closing) == [
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện",
        "Phòng Tư pháp",
        "Phòng Nội vụ",
        "Phòng Tài chính",
        "Lưu: VT, các chuyên viên phụ trách",
    ]


def test_recipients_behind_their_label() -> None:
    tail = tail_of(["Nơi nhận: Như trên; Lưu: VT."], ["GIÁM ĐỐC", "Trần Văn An"])
    assert texts(tail.closing) == ["Như trên", "Lưu: VT"]


def test_signature_above_the_recipients() -> None:
    texts_in_order = [FAREWELL, "GIÁM ĐỐC", "Trần Văn An", "Nơi nhận:", "- Sở Nội vụ;", "- Lưu: VT."]
    tail = parse_tail([line(text) for text in texts_in_order])
    assert role_value(tail.closing) == "GIÁM ĐỐC"
    assert tail.closing.name.text == "Trần Văn An"
    assert texts(tail.closing) == ["Sở Nội vụ", "Lưu: VT"]
    assert tail.start == 0


def test_lost_label() -> None:
    """The label is unreadable: the list is known by its dashes, its file copy and the signature beside it."""
    tail = tail_of(["2 Nẵ", "- Các phòng;", "- Lưu: VT."], ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn An"])
    assert texts(tail.closing) == ["Các phòng", "Lưu: VT"]
    assert authority_value(tail.closing) == "KT. GIÁM ĐỐC"


def test_post_below_the_name() -> None:
    """An inspection team's head signs as such; his post in the office stands below his name."""
    below = ["Hoàng Văn Thu", "PHÓ GIÁM ĐỐC", "SỞ XÂY DỰNG"]
    tail = tail_of(RECIPIENTS, ["TM. ĐOÀN KIỂM TRA", "TRƯỞNG ĐOÀN", *below])
    assert (role_value(tail.closing), tail.closing.name.text) == ("TRƯỞNG ĐOÀN", "Hoàng Văn Thu")
    tail = tail_of(RECIPIENTS, ["TM. ĐOÀN KIỂM TRA", *below])
    assert role_value(tail.closing) == "PHÓ GIÁM ĐỐC"


def test_mended_lines_keep_their_words() -> None:
    tail = tail_of(RECIPIENTS, ["KT.GIÁM ĐÓC", "PHÓ GIAÁM ĐỌC", "Trần Văn An"])
    assert [word.text for word in tail.closing.role.words] == ["PHÓ", "GIAÁM", "ĐỌC"]
    assert [word.text for word in tail.closing.authority[0].words] == ["KT.GIÁM", "ĐÓC"]


@pytest.mark.parametrize(
    ("line", "post"),
    [
        ("II. ĐỐI TƯỢNG KIỂM TRA", False),  # a heading at the end of what was read of a file
        ("2.1. TRƯỞNG PHÒNG", False),
        ("ĐỘI TRƯỞNG", True),
        ("PHÓ CHỦ TỊCH", True),
    ],
)
def test_a_heading_is_no_post(line: str, post: bool) -> None:
    assert is_post(line) is post


def test_a_seal_is_not_the_name() -> None:
    """The seal of a health department stands between post and name."""
    right = ["- KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "SỞ", "Y TẾ", "Hà Văn An"]
    closing = tail_of(RECIPIENTS, right).closing
    assert (authority_value(closing), closing.name.text) == ("KT. GIÁM ĐỐC", "Hà Văn An")


def test_a_deputy_without_his_deputy_is_not_known() -> None:
    """A seal covers PHÓ: whoever signs KT. (for) the director is not the director."""
    closing = tail_of(RECIPIENTS, ["KT. GIÁM ĐỐC", "GIÁM ĐỐC", "Trần Văn An"]).closing
    assert (authority_value(closing), role_value(closing)) == ("KT. GIÁM ĐỐC", None)
    assert closing.name.text == "Trần Văn An"


def test_two_signers() -> None:
    """The right one counts, the other is reported."""
    tail = tail_of(["CHỦ TỊCH", "Lê Văn Bé"], ["GIÁM ĐỐC", "Trần Văn An"], "Nơi nhận:", "- Lưu: VT.")
    assert (role_value(tail.closing), tail.closing.name.text) == ("GIÁM ĐỐC", "Trần Văn An")
    assert [p.text for p in tail.loose] == ["CHỦ TỊCH", "Lê Văn Bé"]


def test_approval_is_not_the_signer() -> None:
    tail = tail_of(RECIPIENTS, ["CHÁNH THANH TRA", "Trần Văn An", "PHÊ DUYỆT CỦA GIÁM ĐỐC SỞ"])
    assert (role_value(tail.closing), tail.closing.name.text) == ("CHÁNH THANH TRA", "Trần Văn An")


def test_tail_ends_where_the_appendix_begins() -> None:
    left = [line(text, "left") for text in RECIPIENTS]
    right = [line(text, "right") for text in ("HIỆU TRƯỞNG", "Trần Văn An")]
    # The form on the next page has no heading that could be told.
    after = [line("TÊN ĐƠN VỊ:", "left", 2), line("Bảng kê các khoản", page=2)]
    tail = parse_tail([line(ITEM), line(FAREWELL), *left, *right, *after])
    assert tail.end == 7


def test_farewell_over_two_paragraphs() -> None:
    second = "Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về Sở./."
    tail = parse_tail([line(text) for text in (ITEM, "Trên đây là Kế hoạch.", second, *RECIPIENTS)])
    assert [p.text for p in tail.closing.farewell] == ["Trên đây là Kế hoạch.", second]


def test_body_item_is_no_farewell() -> None:
    tail = parse_tail([line(text) for text in (ITEM, "- Đề nghị các đơn vị báo cáo./.", *RECIPIENTS)])
    assert tail.closing.farewell == ()
    assert tail.start == 2


@pytest.mark.parametrize("text", ["Trên đây là Kế hoạch năm 2024", "Trén day 1a ké hoach nam 2024"])
def test_is_farewell(text: str) -> None:
    assert is_farewell(text)


def test_nothing_to_close() -> None:
    blocks = [line("I. MỤC TIÊU"), line("- Nâng cao chất lượng.")]
    assert parse_tail(blocks) == Tail(Closing(), 2, 2)
    assert parse_tail([]) == Tail(Closing(), 0, 0)
    # An appendix begins where the closing block would have been.
    assert parse_tail([*blocks, line("PHỤ LỤC"), line("1. Việc")]) == Tail(Closing(), 2, 2)
    # The signature is lost, the closing paragraph is not.
    lost = parse_tail([*blocks, line(FAREWELL)])
    assert (lost.start, lost.end) == (2, 3)
    assert lost.closing.farewell


def test_clean_recipient() -> None:
    assert clean_recipient(passage("- Huyện ủy (b/c);")).text == "Huyện ủy (b/c)"
    assert clean_recipient(passage("-Lưu: VT. *")).text == "Lưu: VT"
    assert not clean_recipient(passage("- ~ * .."))
    assert clean_recipient(passage("- TT. Đảng ủy, UBND xã; .\\X&§2/2")).text == "TT. Đảng ủy, UBND xã"
    assert clean_recipient(passage("- Sở A; Sở B;")).text == "Sở A; Sở B"
    assert clean_recipient(passage("- Lưu: VT, TM; D15.")).text == "Lưu: VT, TM; D15"  # 15 copies


def test_broken_input_never_fails() -> None:
    """Lines lost, doubled, shuffled and cut: always a result, and its places lie within the document."""
    chance = random.Random(7)
    whole = [
        *(
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 64 /KH-UBND Hà Nam, ngày 08 tháng 3 năm 2024",
        ),
        *("KẾ HOẠCH", "Công tác năm 2024", ITEM, FAREWELL, *RECIPIENTS, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        *("Trần Văn An", "PHỤ LỤC 1", "CHỈ TIÊU", "(Kèm theo Kế hoạch số /KH-UBND", "1. Việc"),
    ]
    columns: tuple[Column, ...] = ("full", "left", "right")
    for _ in range(150):
        texts_now = chance.choices(whole, k=chance.randrange(1, 20))
        cut = [text[chance.randrange(3) : len(text) - chance.randrange(6)] or "." for text in texts_now]
        blocks = [
            line(text, chance.choice(columns), 1 + i // 8) for i, text in enumerate(cut) if text.split()
        ]
        _, after_head = parse_head(blocks)
        tail = parse_tail(blocks, after_head)
        assert 0 <= after_head <= tail.start <= tail.end <= len(blocks)
        for head in find_appendices(blocks, tail.end):
            assert tail.end <= head.start <= head.end <= len(blocks)
        assert all(0 < start < len(blocks) for start in find_second_letterhead(blocks))
