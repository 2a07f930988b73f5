"""Specks read as stops and dashes: off where nothing was printed, printed marks stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.language.stray_marks import without_stray_marks
from pipeline.types import Origin, Word

PRINTED = (
    *Path(__file__).parent.joinpath("data", "plans").glob("*.txt"),
    *Path(__file__).parent.parent.joinpath("samples").glob("*/plan.vi.txt"),
)


def cleaned(text: str, origin: Origin = "ocr") -> str:
    found = [Word(part, part, 1, None, 0.9, origin) for part in text.split()]
    clean = without_stray_marks(found)
    return " ".join(clean.get(id(word), word.text) for word in found)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Phòng Tư pháp chủ-trì tổ chức", "Phòng Tư pháp chủ trì tổ chức"),
        ("Bảo đảm an toàn.cho người lao động", "Bảo đảm an toàn cho người lao động"),
        ("Ban Tuyên. giáo và Dân vận", "Ban Tuyên giáo và Dân vận"),
        ("không để xảy ra cháy lớn,-gây hậu quả", "không để xảy ra cháy lớn, gây hậu quả"),
        ("kiểm soát TTHC,.gửi Văn phòng", "kiểm soát TTHC, gửi Văn phòng"),
        ("(Chủ trì:.Hiệp hội Du lịch tỉnh)", "(Chủ trì: Hiệp hội Du lịch tỉnh)"),
        ("- Sở Nội vụ (b/€);", "- Sở Nội vụ (b/c);"),
        ("- Sở Nội vụ (để b/©);", "- Sở Nội vụ (để b/c);"),
    ],
)
def test_a_speck_is_no_mark(read: str, printed: str) -> None:
    assert cleaned(read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "phát triển kinh tế-xã hội",
        "từ 10-30% so với năm 2.024",
        "TT. đảng ủy xã",
        "Hoàn thành kế hoạch. phối hợp với các đơn vị",
        "Chủ trì: Phòng Tư pháp",
        "64/KH-UBND",
        "phòng, chống tham nhũng",
    ],
)
def test_what_an_author_prints_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_text_layer_is_left_alone() -> None:
    assert cleaned("chủ-trì tổ chức", "text_layer") == "chủ-trì tổ chức"


def test_no_mark_of_printed_plans_is_taken_off() -> None:
    paragraphs = [part for path in PRINTED for part in path.read_text(encoding="utf-8").split("\n\n")]
    assert len(paragraphs) > 500
    assert [part for part in paragraphs if cleaned(part) != " ".join(part.split())] == []
