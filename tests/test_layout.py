"""Lines, columns, furniture and alignment of pages typeset here in boxes."""

import gzip
import json
import math
import random
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.geometry import Box
from pipeline.layout import lay_out
from pipeline.layout.furniture import is_page_number
from pipeline.types import Grid, Line, PageLayout, PageText, Rule, Word

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 545.0
SAMPLES = Path(__file__).parent.parent / "samples"


def words(x: float, y: float, text: str, size: float = 13.0, space: float | None = None) -> list[Word]:
    """A line of words from `x` on, its middle at `y`; letters are 0.48 of the size wide."""
    found = []
    for token in text.split():
        width = 0.48 * size * len(token)
        found.append(Word(token, token, 1, Box(x, y - size / 2, x + width, y + size / 2), 0.9, "ocr"))
        x += width + (space if space is not None else 0.3 * size)
    return found


def centred(y: float, text: str, middle: float = (LEFT + RIGHT) / 2) -> list[Word]:
    line = words(0, y, text)
    return words(middle - line[-1].box.x1 / 2, y, text)


def justified(y: float, text: str, indent: float = 0.0) -> list[Word]:
    """A line that reaches from margin to margin."""
    tight = words(LEFT + indent, y, text, space=0)
    space = (RIGHT - tight[-1].box.x1) / (len(tight) - 1)
    return words(LEFT + indent, y, text, space=space)


def body(y: float, lines: int = 4) -> list[Word]:
    """A paragraph of running text, 18 points a line."""
    text = "Các bộ phận chuyên môn của phường thực hiện nghiêm các nhiệm vụ được giao"
    found = justified(y, text, indent=36)
    for i in range(1, lines):
        found += justified(y + 18 * i, text)
    return found


def page(found: list[Word], angle: float = 0.0, rules: tuple[Rule, ...] = ()) -> PageText:
    return PageText(1, WIDTH, HEIGHT, tuple(found), rules, "ocr", "made", angle=angle)


def texts(layout: PageLayout, column: str | None = None) -> list[str]:
    return [b.text for b in layout.blocks if isinstance(b, Line) and column in (None, b.column)]


def turned(found: list[Word], degrees: float) -> list[Word]:
    """The words on a page fed crooked: downhill to the right by `degrees`."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    moved = []
    for word in found:
        x, y = word.box.centre
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        cx, cy = WIDTH / 2 + dx * cosine - dy * sine, HEIGHT / 2 + dx * sine + dy * cosine
        half, tall = word.box.width / 2, word.box.height / 2
        box = Box(cx - half, cy - tall, cx + half, cy + tall)
        moved.append(Word(word.text, word.raw, 1, box, word.confidence, "ocr"))
    return moved


LETTERHEAD = (
    centred(60, "ỦY BAN NHÂN DÂN", 160)
    + centred(60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 400)
    + centred(76, "PHƯỜNG BẾN LAU", 160)
    + centred(76, "Độc lập - Tự do - Hạnh phúc", 400)
    + centred(104, "Số: 12/KH-UBND", 160)
    + centred(104, "Bến Lau, ngày 08 tháng 3 năm 2024", 400)
    + centred(140, "KẾ HOẠCH")
    + centred(158, "Cải cách thủ tục hành chính năm 2024")
)


# ── lines ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 0.4, 1.2, 3.0])
@pytest.mark.parametrize("told", [True, False])
def test_lines_of_a_crooked_page(degrees: float, told: bool) -> None:
    found = LETTERHEAD + body(200, 6) + body(310, 6)
    if not told and abs(degrees) > 0.6:
        pytest.skip("so much skew is always told")
    crooked = lay_out(page(turned(found, degrees), angle=degrees if told else 0.0))
    assert texts(crooked) == texts(lay_out(page(found)))


def test_order_of_words_does_not_matter() -> None:
    found = LETTERHEAD + body(200, 6)
    shuffled = found[:]
    random.Random(7).shuffle(shuffled)
    assert lay_out(page(shuffled)) == lay_out(page(found))


def test_superscript_accents_and_tall_boxes_stay_in_their_line() -> None:
    found = body(200, 3)
    line = words(LEFT, 254, "Điểm danh tại hội trường(1) vào buổi sáng")
    small, tall = line[4].box, line[2].box
    # A footnote mark stands high and is small; the box of an accented capital grows upwards.
    line[4] = Word("(1)", "(1)", 1, Box(small.x0, small.top - 3, small.x1, small.top + 4), 0.9, "ocr")
    line[2] = Word("ẨN", "ẨN", 1, Box(tall.x0, tall.top - 16, tall.x1, tall.bottom), 0.9, "ocr")
    assert texts(lay_out(page(found + line)))[-1] == "Điểm danh ẨN hội (1) vào buổi sáng"


def test_dash_with_a_box_between_two_lines_goes_to_the_text_behind_it() -> None:
    found = body(200, 3) + words(LEFT + 45, 254, "Thời gian kiểm tra") + words(LEFT, 272, "cụ thể sau:")
    dash = Word("-", "-", 1, Box(LEFT + 36, 256, LEFT + 41, 267), 0.9, "ocr")
    assert texts(lay_out(page([*found, dash])))[-2:] == ["- Thời gian kiểm tra", "cụ thể sau:"]


def test_box_that_is_too_wide_does_not_break_its_line() -> None:
    line = words(LEFT, 254, "- Phòng Y tế huyện")
    wide = line[1].box
    line[1] = Word("Phòng", "Phòng", 1, Box(wide.x0, wide.top, wide.x1 + 25, wide.bottom), 0.9, "ocr")
    assert texts(lay_out(page(body(200, 3) + line)))[-1] == "- Phòng Y tế huyện"


# ── columns ───────────────────────────────────────────────────────────────


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
    beside = wide[-1].box.x1 + 8
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


# ── furniture ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["3", "- 3 -", "Trang 3/10", "Trang 3", "12."])
def test_page_number(text: str) -> None:
    assert is_page_number(text)
    for y in (40, 815):
        layout = lay_out(page(body(200) + centred(y, text)))
        assert [line.text for line in layout.furniture] == [text]
        assert len(texts(layout)) == 4


@pytest.mark.parametrize("text", ["3. Mục tiêu", "Năm 2024", "1.500 ha", "2024 phường"])
def test_no_page_number(text: str) -> None:
    assert not is_page_number(text)


def test_number_in_the_text_is_no_page_number() -> None:
    layout = lay_out(page(body(200) + centred(290, "3") + body(330)))
    assert "3" in texts(layout)
    assert layout.printed_number is None


def test_printed_number_is_kept() -> None:
    assert lay_out(page(body(200) + centred(40, "- 7 -"))).printed_number == 7


def test_marks_and_signing_stamp() -> None:
    found = body(200) + words(3, 500, "ˆ") + words(120, 300, "_") + words(150, 700, "~")
    for i, text in enumerate(
        ["Người ký: Ủy ban nhân dân phường", "Email: a@b.vn", "Thời gian ký: 08.03.2024"]
    ):
        found += words(380, 100 + 9 * i, text, size=7)
    layout = lay_out(page(found))
    assert len(texts(layout)) == 4
    assert len(layout.furniture) == 6


def test_sentence_about_signing_is_text() -> None:
    found = body(200) + words(LEFT, 290, "Người ký văn bản chịu trách nhiệm.")
    assert lay_out(page(found)).furniture == ()


# ── how lines stand ───────────────────────────────────────────────────────


def test_indent_slack_gap_and_alignment() -> None:
    found = body(200, 3) + words(LEFT + 36, 270, "- Thời hạn: Năm 2024.") + centred(310, "PHẦN II")
    lines = [block for block in lay_out(page(found)).blocks if isinstance(block, Line)]
    assert [round(line.indent or 0) for line in lines[:4]] == [36, 0, 0, 36]
    assert [line.alignment for line in lines] == ["justified", "justified", "justified", "left", "centre"]
    assert lines[0].gap is None
    assert lines[3].gap > lines[2].gap > 0  # type: ignore[operator]


def test_short_item_that_happens_to_stand_in_the_middle_is_not_centred() -> None:
    found = body(200) + body(280)
    line = words(LEFT + 36, 370, "- Đơn vị phối hợp: Các Bộ phận chuyên môn phường")
    shift = (RIGHT - 36 - line[-1].box.x1) / len(line)
    found += words(LEFT + 36, 370, " ".join(w.text for w in line), space=3.9 + shift)
    assert lay_out(page(found)).blocks[-1].alignment == "left"  # type: ignore[union-attr]


# ── anything at all ───────────────────────────────────────────────────────

letters = st.text("aĐ1-. ", max_size=4)
places = st.tuples(st.floats(0, 560), st.floats(0, 830), st.floats(0, 200), st.floats(0, 60), letters)
segments = st.tuples(st.floats(0, 590), st.floats(0, 840), st.floats(0, 300), st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(places, max_size=40), st.lists(segments, max_size=14))
def test_every_word_is_in_one_place(
    found: list[tuple[float, float, float, float, str]], lines: list[tuple[float, float, float, bool]]
) -> None:
    made = [
        Word(text or "x", text, 1, Box(x, y, x + w, y + h), 0.5, "ocr", line=number)
        for number, (x, y, w, h, text) in enumerate(found)
    ]
    rules = tuple(Rule(x, y, x + n, y) if flat else Rule(x, y, x, y + n) for x, y, n, flat in lines)
    layout = lay_out(page(made, rules=rules))
    placed: list[Line] = list(layout.furniture)
    for block in layout.blocks:
        placed += [block] if isinstance(block, Line) else [n for c in block.cells for n in c.lines]
    numbers = sorted(word.line or 0 for line in placed for word in line.words)
    assert numbers == list(range(len(made)))


# ── the seed, as typeset ──────────────────────────────────────────────────


@pytest.mark.skipif(not (SAMPLES / "seed" / "plan.words.json.gz").exists(), reason="samples not built")
@pytest.mark.parametrize("key", ["box", "scan"])
def test_lines_of_the_typeset_seed(key: str) -> None:
    """Every line of running text, from the words' boxes on the straight and on the crooked page."""
    with gzip.open(SAMPLES / "seed" / "plan.words.json.gz", "rt", encoding="utf-8") as file:
        pages = json.load(file)["pages"]
    for told in pages:
        if not any(word["kind"] == "body" for word in told["words"]):
            continue
        made = tuple(Word(w["text"], w["text"], 1, Box(*w[key]), 0.9, "ocr") for w in told["words"])
        skew = told["skew"] if key == "scan" else 0.0
        layout = lay_out(PageText(1, told["width"], told["height"], made, (), "ocr", "", angle=skew))
        printed = [
            " ".join(w["text"] for w in members)
            for (kind, _), members in groupby(told["words"], key=lambda w: (w["kind"], w["line"]))
            if kind == "body"
        ]
        found = {block.text for block in layout.blocks if isinstance(block, Line)}
        assert [line for line in printed if line not in found] == []
        # The appendix has tables, which are told by their columns here, no line being drawn.
        tabular = any(word["kind"] == "table" for word in told["words"])
        assert tabular or not any(isinstance(block, Grid) for block in layout.blocks)
