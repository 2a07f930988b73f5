"""Lines, furniture and alignment of pages typeset here in boxes."""

import gzip
import json
import random
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.geometry import Box
from pipeline.layout import lay_out
from pipeline.layout.furniture import is_page_number
from pipeline.types import Grid, Line, PageText, Rule, Word
from tests.typeset_words import LEFT, LETTERHEAD, RIGHT, body, box_of, centred, page, texts, turned, words

SAMPLES = Path(__file__).parent.parent / "samples"


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
    small, tall = box_of(line[4]), box_of(line[2])
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
    wide = box_of(line[1])
    line[1] = Word("Phòng", "Phòng", 1, Box(wide.x0, wide.top, wide.x1 + 25, wide.bottom), 0.9, "ocr")
    assert texts(lay_out(page(body(200, 3) + line)))[-1] == "- Phòng Y tế huyện"


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
    shift = (RIGHT - 36 - box_of(line[-1]).x1) / len(line)
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
