"""Letterheads made by hand: lines in their columns, as a paged source and as OCR gives them."""

from __future__ import annotations

from pipeline.outline import Letterhead
from pipeline.parse.letterhead import parse_head
from pipeline.types import Alignment, Column, Paragraph, Word, passage_of

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BODY = "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND huyện về công tác năm 2023;"


def line(
    text: str, column: Column = "full", alignment: Alignment = "left", confidence: float = 1.0, page: int = 1
) -> Paragraph:
    words = [Word(word, word, page, None, confidence, "text_layer") for word in text.split()]
    return Paragraph(passage_of(words), column, alignment)


def columns(left: list[str], right: list[str], *rest: str) -> list[Paragraph]:
    """A paged letterhead: left column, right column, centred lines, the preamble."""
    return [
        *(line(text, "left") for text in left),
        *(line(text, "right") for text in right),
        *(line(text, "full", "centre") for text in rest),
        line(BODY, "full", "justified"),
    ]


def head_of(blocks: list[Paragraph]) -> Letterhead:
    head, after = parse_head(blocks)
    assert blocks[after].text == BODY
    return head


GLUED = [
    [
        f"ỦY BAN NHÂN DÂN {STATE}",
        f"PHƯỜNG BIÊN GIANG {MOTTO}",
        "Số: 64 /KH-UBND Biên Giang, ngày 08 tháng 3 năm 2024",
        "KẾ HOẠCH",
        "Cải cách thủ tục hành chính năm 2024",
        BODY,
    ],
    [  # the same as an English engine read it
        "UY BAN NHAN DAN CONG HOA XA HQI CHU NGHIA VIET NAM",
        "PHUONG BIEN GIANG Péc 1ap - Tw do - Hanh phuc",
        "S6: 64 /[KH-UBND Bién Giang, ngay 08 thang 3 ndam 2024",
        "KE HOACH",
        "Cai cach thu tuc hanh chinh nam 2024",
        BODY,
    ],
]
