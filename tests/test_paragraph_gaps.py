"""White space between paragraphs where a plan has hardly a line that goes on."""

from __future__ import annotations

from tests.laid_out_lines import line, paragraphs, short

ITEMS = [short(f"{number}. Tuyên truyền trực quan", gap=1.6) for number in range(1, 12)]
TWO_LINES = [
    line("Đơn vị thực hiện: Phòng Văn hóa, Khoa học và Thông tin; các bộ phận thuộc", gap=1.6),
    short("phường, xã", gap=0.3),
]
FULL = "Đề nghị Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội thành phố"


def test_an_empty_line_parts_what_a_full_line_would_join() -> None:
    told = paragraphs(
        [*ITEMS, *TWO_LINES, *TWO_LINES, line(FULL, gap=1.6), short("Đẩy mạnh thi đua.", gap=1.6)]
    )
    assert told[-2:] == [FULL, "Đẩy mạnh thi đua."]
    assert told[-3].endswith("phường, xã")


def test_without_it_the_sentence_goes_on() -> None:
    told = paragraphs(
        [*ITEMS, *TWO_LINES, *TWO_LINES, line(FULL, gap=1.6), short("Đẩy mạnh thi đua.", gap=0.3)]
    )
    assert told[-1] == f"{FULL} Đẩy mạnh thi đua."
