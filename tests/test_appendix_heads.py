"""Headings of appendices, and what only looks like one."""

from __future__ import annotations

import pytest

from pipeline.parse.appendix_heads import AppendixHead, appendix_number, find_appendices
from pipeline.parse.appendix_openings import opens_appendix
from pipeline.types import Alignment, Cell, Paragraph, Table, Word, passage_of

CAPTION = "(Kèm theo Kế hoạch số 64/KH-UBND ngày 08/3/2024 của UBND phường)"


def line(text: str, alignment: Alignment = "left", page: int = 1) -> Paragraph:
    words = [Word(word, word, page, None, 1.0, "text_layer") for word in text.split()]
    return Paragraph(passage_of(words), "full", alignment)


def table(page: int = 1) -> Table:
    cell = Cell(0, 0, 1, 1, (line("STT", page=page).passage,))
    return Table(1, 1, (cell,), (page,))


def heads(*texts: str, after: int = 0) -> list[AppendixHead]:
    return find_appendices([line(text) for text in texts], after)


OPENINGS = [
    ("PHỤ LỤC", True),
    ("PHỤ LỤC 1", True),
    ("PHỤ LỤC I", True),
    ("PHỤ LỤC 2a", True),
    ("Phụ lục số 01:", True),
    ("Phụ lục II", True),
    ("PHU LUC 1", True),  # English OCR
    ("~ PHỤ LUC 2", True),  # a stain, a lost accent
    ("PHỤ LỤC 1: DANH MỤC NHIỆM VỤ", True),
    ("PHỤ LỤC 1. Danh mục nhiệm vụ", True),
    ("PHỤ LỤC (Kèm theo Kế hoạch số 5/KH-UBND)", True),
    # Mentions
    ("Phụ lục 1, 2 ban hành kèm theo Kế hoạch này", False),
    ("Phụ lục kèm theo", False),
    ("Phụ lục 1 kèm theo", False),
    ("(Phụ lục 1 kèm theo)", False),
    ("VI. Dự trù kinh phí: Phụ lục đính kèm", False),
    ("- Phụ lục 3 nêu các chỉ tiêu.", False),
    ("vụ chi tiết tại Phụ lục 1, 2 ban hành kèm theo", False),
]


@pytest.mark.parametrize(("text", "opens"), OPENINGS)
def test_opens_appendix(text: str, opens: bool) -> None:
    assert opens_appendix(text) is opens


NUMBERS = [
    ("1", "1"),
    ("01", "1"),
    ("I", "1"),
    ("II", "2"),
    ("IV", "4"),
    ("IX", "9"),
    ("2a", "2a"),
    ("B", "B"),
]


@pytest.mark.parametrize(("printed", "number"), NUMBERS)
def test_appendix_number(printed: str, number: str) -> None:
    assert appendix_number(printed) == number


def test_title_over_two_lines_and_caption() -> None:
    (head,) = heads(
        "PHỤ LỤC 1", "CHỈ TIÊU CỤ THỂ CÁC NHIỆM VỤ", "~ CÔNG TÁC NĂM 2024", CAPTION, "STT", "Chỉ tiêu"
    )
    assert (head.id, head.number) == ("PL1", "1")
    assert head.title.text == "CHỈ TIÊU CỤ THỂ CÁC NHIỆM VỤ CÔNG TÁC NĂM 2024"
    assert head.caption.text == CAPTION
    assert (head.start, head.end) == (0, 4)


def test_blank_caption_broken_in_two() -> None:
    """Its first half stands above the heading, the second below the title (seen in old OCR)."""
    texts = ["Hết.", "(Kém theo Ké hoach s6 ~ IKH-UBND ngay", "PHU LUC 2", "CAC NHIEM VU CONG TAC 2024"]
    (head,) = heads(*texts, "/03/2024 cua UBND phuong)", "Thoi", after=1)
    assert head.id == "PL2"
    assert head.title.text == "CAC NHIEM VU CONG TAC 2024"
    assert head.caption.text == "(Kém theo Ké hoach s6 ~ IKH-UBND ngay /03/2024 cua UBND phuong)"
    assert (head.start, head.end) == (1, 5)


def test_caption_over_two_lines_of_its_own() -> None:
    (head,) = heads(
        "PHỤ LỤC",
        "DANH MỤC",
        "NHIỆM VỤ NĂM 2024",
        "(Ban hành kèm theo Kế hoạch số 5/KH-SYT ngày",
        "06/11/2024 của Sở Y tế)",
        "1. Việc",
    )
    assert head.caption.text.endswith("của Sở Y tế)")
    assert head.end == 5


def test_title_in_ordinary_letters_needs_its_place() -> None:
    centred = [line("PHỤ LỤC", "centre"), line("Lịch kiểm tra năm 2024", "centre"), line("Một đoạn văn.")]
    (head,) = find_appendices(centred)
    assert (head.id, head.title.text, head.end) == ("PL1", "Lịch kiểm tra năm 2024", 2)
    # "ĐỀ CƯƠNG BÁO CÁO" / "kết quả ...": the title goes on in small letters.
    (head,) = heads("Phụ lục số 01:", "ĐỀ CƯƠNG BÁO CÁO", "kết quả thực hiện Chương trình", "I. Đặc điểm")
    assert head.title.text == "ĐỀ CƯƠNG BÁO CÁO kết quả thực hiện Chương trình"


def test_ids() -> None:
    unnumbered = heads("PHỤ LỤC", "DANH MỤC A", "Nội dung.", "PHỤ LỤC", "DANH MỤC B", "Nội dung.")
    assert [head.id for head in unnumbered] == ["PL1", "PL2"]
    roman = heads("PHỤ LỤC I", "Nội dung.", "PHỤ LỤC II", "Nội dung.", "PHỤ LỤC II", "Nội dung.")
    assert [head.id for head in roman] == ["PL1", "PL2", "PL2~2"]


def test_forms_count_only_without_an_appendix() -> None:
    body = ["Lưu: VT", "Biểu 01: BÁO CÁO TIẾN ĐỘ", "Nội dung.", "Biểu 02: BÁO CÁO VỐN", "Nội dung."]
    assert [head.id for head in heads(*body, after=1)] == ["PL1", "PL2"]
    assert [head.title.text for head in heads(*body, after=1)] == ["BÁO CÁO TIẾN ĐỘ", "BÁO CÁO VỐN"]
    (held,) = heads("Lưu: VT", "PHỤ LỤC", "ĐỀ CƯƠNG", "Nội dung.", *body[1:], after=1)
    assert held.title.text == "ĐỀ CƯƠNG"
    # In the body, before the closing block, a form is none.
    assert heads(*body) == []


def test_agenda() -> None:
    texts = [
        "Lưu: VT",
        "CHƯƠNG TRÌNH HỘI NGHỊ",
        "(Kèm theo Kế hoạch số 5/KH-SYT ngày 06/11/2024)",
        "1. Khai mạc",
    ]
    (head,) = heads(*texts, after=1)
    assert (head.id, head.kind, head.title.text) == ("PL1", "schedule", "CHƯƠNG TRÌNH HỘI NGHỊ")
    assert head.end == 3


def test_hidden_heading() -> None:
    """A seal covers the heading: what follows the closing block is an appendix all the same."""
    blocks: list[Paragraph | Table] = [line("Lưu: VT"), line("lượng bệnh viện", page=2), table(2)]
    (head,) = find_appendices(blocks, 1)
    assert (head.id, head.kind, head.start) == ("PL1", "unnamed", 1)
    # A stain is none.
    assert find_appendices([line("Lưu: VT"), line("~ oya", page=2)], 1) == []


def test_lines_above_the_heading_on_its_page() -> None:
    """The corner of a form (unit, ward) stands above its heading."""
    blocks = [
        line("Lưu: VT"),
        line("ĐƠN VỊ:", page=2),
        line("Phụ lục I", page=2),
        line("BÁO CÁO GIƯỜNG BỆNH", page=2),
    ]
    (head,) = find_appendices([*blocks, table(2)], 1)
    assert (head.start, head.end, head.id) == (1, 4, "PL1")
    assert head.title.text == "BÁO CÁO GIƯỜNG BỆNH"


def test_corner_of_a_form_between_heading_and_title() -> None:
    (head,) = heads("Lưu: VT", "Phụ lục I", "KHOA:", "BÁO CÁO GIƯỜNG BỆNH", "1. Giường", after=1)
    assert (head.title.text, head.end) == ("BÁO CÁO GIƯỜNG BỆNH", 4)
    # Without a title the corner is content.
    (head,) = heads("Lưu: VT", "Phụ lục I", "KHOA:", "1. Giường", after=1)
    assert (head.title.text, head.end) == ("", 2)


def test_caption_whose_opening_is_hidden() -> None:
    texts = [
        "PHỤ LỤC II",
        "ĐỀ CƯƠNG BÁO CÁO",
        "theo Kế số 15/KH-ĐKT của Đoàn kiểm tra)",
        "1. Thông tin chung",
    ]
    (head,) = heads(*texts)
    assert (head.title.text, head.caption.text) == ("ĐỀ CƯƠNG BÁO CÁO", texts[2])


def test_caption_that_nobody_closed() -> None:
    texts = ["PHỤ LỤC", "DANH MỤC NHIỆM VỤ", "(Ban hành kèm theo Kế hoạch số 5/KH-SYT của Sở Y"]
    (head,) = heads(*texts, "tế về kiểm tra bệnh viện", "STT")
    assert head.caption.text.endswith("kiểm tra bệnh viện")
    assert head.end == 4


def test_none() -> None:
    assert heads("I. MỤC TIÊU", "- Phụ lục kèm theo.") == []
    assert find_appendices([]) == []
