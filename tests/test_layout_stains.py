"""Stains read as marks before a line: gone where a label or text stands behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.layout import lay_out
from pipeline.types import Line, Origin
from tests.typeset_words import LEFT, body, page, words


def first_line(text: str, origin: Origin = "ocr") -> Line:
    line = [replace(word, origin=origin) for word in words(LEFT, 254, text)]
    return [block for block in lay_out(page(body(200, 3) + line)).blocks if isinstance(block, Line)][-1]


@pytest.mark.parametrize(
    ("read", "clean"),
    [
        ("`2. Công an tỉnh bảo đảm an ninh", "2. Công an tỉnh bảo đảm an ninh"),
        (".3. Sinh hoạt hè cho thiếu nhi", "3. Sinh hoạt hè cho thiếu nhi"),
        ("'V. TIẾN ĐỘ THỰC HIỆN", "V. TIẾN ĐỘ THỰC HIỆN"),
        ("_H. Tồn tại, hạn chế", "H. Tồn tại, hạn chế"),
        ("._.1, Chuẩn bị sách trưng bày", "1, Chuẩn bị sách trưng bày"),
        ("-_V, TỔ CHỨC THỰC HIỆN", "V, TỔ CHỨC THỰC HIỆN"),
        ("-3/ Giáo viên quản lý trẻ", "3/ Giáo viên quản lý trẻ"),
        (". QUYẾT ĐỊNH", "QUYẾT ĐỊNH"),
        (". 3. Vận động nhân dân", "3. Vận động nhân dân"),
    ],
)
def test_a_stain_is_taken_off(read: str, clean: str) -> None:
    assert first_line(read).text == clean


@pytest.mark.parametrize(
    "read",
    [
        "- Bộ phận một cửa",
        "-2. lần so với năm trước",
        "-2,5 điểm phần trăm",
        "-5% so với cùng kỳ",
        "... và các đơn vị liên quan",
        ".NET là nền tảng",
        "“1. Mục này được sửa đổi",
    ],
)
def test_what_may_have_been_printed_stays(read: str) -> None:
    assert first_line(read).text == read


def test_raw_text_and_text_layers_are_kept() -> None:
    stained = first_line("`2. Công an tỉnh")
    assert stained.words[0].raw == "`2."
    assert first_line("`2. Công an tỉnh", "text_layer").text == "`2. Công an tỉnh"


def test_a_mark_that_stood_alone_is_furniture() -> None:
    laid = lay_out(page(body(200, 3) + words(LEFT, 254, ". QUYẾT ĐỊNH")))
    assert "." in [line.text for line in laid.furniture]
