"""Columns: two of a letterhead, of a closing block, of a list; and gaps that part none."""

import pytest

from pipeline.layout import lay_out
from pipeline.types import Line, Word
from tests.typeset_words import LEFT, LETTERHEAD, body, box_of, centred, justified, page, texts, words


def test_letterhead() -> None:
    layout = lay_out(page(LETTERHEAD + body(200)))
    assert texts(layout, "left") == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN LAU", "Số: 12/KH-UBND"]
    assert texts(layout, "right") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bến Lau, ngày 08 tháng 3 năm 2024",
    ]
    titles = [b for b in layout.blocks if isinstance(b, Line)][6:8]
    assert [(t.text, t.alignment) for t in titles] == [
        ("KẾ HOẠCH", "centre"),
        ("Cải cách thủ tục hành chính năm 2024", "centre"),
    ]


def test_right_column_of_the_letterhead_that_is_too_narrow() -> None:
    found = words(LEFT, 60, "UBND PHƯỜNG BẾN LAU") + words(320, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA")
    found += words(LEFT, 76, "ĐÔNG") + words(320, 76, "VIỆT NAM")
    found += words(LEFT, 92, "TRƯỜNG TIỂU HỌC") + words(320, 92, "Độc lập - Tự do - Hạnh phúc")
    found += words(LEFT, 120, "Số: 12/KH-TH") + words(320, 120, "Bến Lau Đông, ngày 08 tháng 3 năm")
    found += words(320, 136, "2024") + centred(160, "KẾ HOẠCH") + body(200)
    layout = lay_out(page(found))
    assert texts(layout, "left") == ["UBND PHƯỜNG BẾN LAU", "ĐÔNG", "TRƯỜNG TIỂU HỌC", "Số: 12/KH-TH"]
    assert texts(layout, "right") == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Bến Lau Đông, ngày 08 tháng 3 năm", "2024",
    ]  # fmt: skip
    assert texts(layout, "full")[0] == "KẾ HOẠCH"


def test_the_name_of_the_state_in_a_sentence_parts_no_columns() -> None:
    sentence = "2. Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam"
    layout = lay_out(page(body(200) + words(LEFT, 272, sentence) + body(290)))
    assert sentence in texts(layout, "full")


def test_recipient_that_nearly_touches_the_signer() -> None:
    found = body(200)
    wide = words(LEFT, 316, "- Sở Nông nghiệp và Môi trường tỉnh (b/c);", size=12)
    beside = box_of(wide[-1]).x1 + 8
    found += wide + words(beside, 316, "KT. CHỦ TỊCH")
    found += words(LEFT, 300, "Nơi nhận:") + words(beside, 300, "TM. ỦY BAN NHÂN DÂN")
    found += words(LEFT, 332, "- Lưu: VT.") + words(beside, 332, "PHÓ CHỦ TỊCH")
    layout = lay_out(page(found))
    assert texts(layout, "right") == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_motto_one_space_from_the_issuer_and_badly_read() -> None:
    found = words(LEFT, 60, "ỦY BAN NHÂN DÂN TỈNH CONG HOA XA HQI CHU NGHIA VIET NAM", size=11) + body(200)
    layout = lay_out(page(found))
    assert texts(layout, "left") == ["ỦY BAN NHÂN DÂN TỈNH"]
    assert texts(layout, "right") == ["CONG HOA XA HQI CHU NGHIA VIET NAM"]


def test_closing_block_at_two_line_pitches() -> None:
    found = body(200)
    for i, text in enumerate(["Nơi nhận:", "- UBND quận;", "- Các phòng, ban;", "- Lưu: VT."]):
        found += words(LEFT, 300 + 13 * i, text, size=10)
    for i, text in enumerate(["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]):
        found += centred(303 + 17 * i, text, 440)
    found += centred(400, "Trần Thị Mẫu", 440)
    layout = lay_out(page(found))
    assert texts(layout)[-7:] == [
        "Nơi nhận:", "- UBND quận;", "- Các phòng, ban;", "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Thị Mẫu",
    ]  # fmt: skip
    assert len(texts(layout, "left")) == 4


def test_recipients_whose_heading_was_not_read() -> None:
    found = body(200) + centred(300, "KT. GIÁM ĐỐC", 440) + centred(317, "PHÓ GIÁM ĐỐC", 440)
    for i, text in enumerate(["- Sở Nội vụ;", "- Các đơn vị;", "- Lưu: VT."]):
        found += words(LEFT, 324 + 13 * i, text, size=10)
    found += centred(400, "Trần Thị Mẫu", 440)
    layout = lay_out(page(found))
    assert texts(layout, "left") == ["- Sở Nội vụ;", "- Các đơn vị;", "- Lưu: VT."]
    assert texts(layout, "right") == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Mẫu"]


def test_two_signers_above_the_recipients() -> None:
    found = body(200) + centred(300, "CHỦ TỊCH", 180) + centred(300, "GIÁM ĐỐC", 430)
    found += centred(380, "Trần Thị Mẫu", 180) + centred(380, "Lê Văn Thử", 430)
    found += words(LEFT, 410, "Nơi nhận:", size=10) + words(LEFT, 424, "- Lưu: VT.", size=10)
    layout = lay_out(page(found))
    assert texts(layout, "left") == ["CHỦ TỊCH", "Trần Thị Mẫu", "Nơi nhận:", "- Lưu: VT."]
    assert texts(layout, "right") == ["GIÁM ĐỐC", "Lê Văn Thử"]


NOT_COLUMNS = [
    # justified text has wide gaps
    justified(290, "Thực hiện nghiêm túc các nhiệm vụ đã nêu"),
    # a label set off by a tabulator
    words(LEFT, 290, "I.") + words(LEFT + 180, 290, "MỤC TIÊU"),
    # a seal hides the middle of a sentence, which goes on in lower case
    words(LEFT, 290, "Lịch kiểm tra chất") + words(LEFT + 250, 290, "lượng bệnh viện"),
]


@pytest.mark.parametrize("line", NOT_COLUMNS)
def test_wide_gaps_that_part_no_columns(line: list[Word]) -> None:
    layout = lay_out(page(body(200) + line + body(330)))
    assert texts(layout, "left") == texts(layout, "right") == []


def test_list_set_in_two_columns() -> None:
    found = body(200)
    rows = [("- Ông Mẫu A;", "- Bà Mẫu B;"), ("- Ông Mẫu C;", "- Bà Mẫu D;"), ("- Ông E;", "- Bà Mẫu G;")]
    for i, (left, right) in enumerate(rows):
        found += words(LEFT, 290 + 18 * i, left) + words(330, 290 + 18 * i, right)
    layout = lay_out(page(found + body(360)))
    assert texts(layout, "left") == ["- Ông Mẫu A;", "- Ông Mẫu C;", "- Ông E;"]
    assert texts(layout, "right") == ["- Bà Mẫu B;", "- Bà Mẫu D;", "- Bà Mẫu G;"]
