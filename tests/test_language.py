"""The language stage: what OCR broke is mended, and nothing else is touched."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.folding import normalise
from pipeline.language import mend, without_vietnamese
from pipeline.types import (
    Cell,
    Line,
    Manuscript,
    Origin,
    PageFacts,
    Paragraph,
    Passage,
    Table,
    Word,
    join_passages,
    passage_of,
)

FACTS = PageFacts(1, None, None, "ocr", "", None, 0, "")

# Enough correct text around a case for the document to be known as Vietnamese.
AROUND = (
    "Ủy ban nhân dân phường ban hành Kế hoạch cải cách thủ tục hành chính trọng tâm năm 2024.",
    "Văn phòng UBND phường chủ trì, phối hợp với các bộ phận chuyên môn tổ chức thực hiện.",
)
# ... and as the output of an engine without Vietnamese.
AROUND_ENGLISH = (
    "Uy ban nhan dan phuong ban hanh Ké hoach cai cach thu tuc hanh chinh trong tam nam 2024.",
    "Vin phong UBND phuong chu tri, phdi hop véi cac bo phan chuyén mon t6 chirc thuc hién.",
)


def words_of(text: str, confidence: float = 0.9, origin: Origin = "ocr") -> list[Word]:
    return [
        Word(token, token, 1, None, confidence, origin, line=number)
        for number, token in enumerate(text.split(), start=1)
    ]


def paragraph(words: Sequence[Word]) -> Paragraph:
    return Paragraph(passage_of(words), lines=(Line(tuple(words)),))


def manuscript(*texts: str, confidence: float = 0.9, origin: Origin = "ocr") -> Manuscript:
    return Manuscript(tuple(paragraph(words_of(text, confidence, origin)) for text in texts), (FACTS,))


def first(mended: Manuscript) -> Paragraph:
    block = mended.blocks[0]
    assert isinstance(block, Paragraph)
    return block


def check_whole(passage: Passage) -> None:
    """Every word stands in the text where its span says."""
    for word, (start, end) in zip(passage.words, passage.spans, strict=True):
        assert passage.text[start:end] == word.text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Các cơ quan, đơn vị tố chức thực hiện", "Các cơ quan, đơn vị tổ chức thực hiện"),
        ("sửa đối, bố sung một số điều của Nghị định", "sửa đổi, bổ sung một số điều của Nghị định"),
        ("kiếm tra, giám sát việc thực hiện", "kiểm tra, giám sát việc thực hiện"),
        # no syllable at all
        ("đảm bảo đúng tiển đđộ theo quy định", "đảm bảo đúng tiến độ theo quy định"),
        # capitals stay capitals
        ("KÉ HOẠCH TRIỂN KHAI", "KẾ HOẠCH TRIỂN KHAI"),
        # the punctuation that touches the word stays
        ("(sửa đối, bổ sung);", "(sửa đổi, bổ sung);"),
    ],
)  # fmt: skip
def test_slips_of_the_vietnamese_model(read: str, printed: str) -> None:
    assert first(mend(manuscript(read, *AROUND))).text == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("- Bo phan thuc hién: Vin phong UBND phuong", "- Bộ phận thực hiện: Văn phòng UBND phường"),
        ("- B0 phan phéi hop: cac bo phan chuyén mon", "- Bộ phận phối hợp: các bộ phận chuyên môn"),
        ("- Thdi han: Thudng xuyén trong nim 2024.", "- Thời hạn: Thường xuyên trong năm 2024."),
        # signs that stand for letters
        ("giao dich dat ty 1€ quy dinh", "giao dịch đạt tỷ lệ quy định"),
        # a figure stays, though no printer set it
        ("- Thdi han: Theo 16 trinh Ké hoach.", "- Thời hạn: Theo 16 trình Kế hoạch."),
        ("CONG HOA XA HOI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        # the border of a column is no letter
        ("giai quyét TTHC |thuc hién| 100", "giải quyết TTHC |thực hiện| 100"),
        # a brace is part of a letter: no plan prints one
        ("giai quyét trudc han va dﬁr}g han, phan dau", "giải quyết trước hạn và đúng hạn, phấn đấu"),
        ("két qua cia} UBND phuong", "kết quả của UBND phường"),
        # place names by the lexicon
        ("UBND quan Ha Dong, thanh phé Ha Noi", "UBND quận Hà Đông, thành phố Hà Nội"),
        # document codes by rule, whatever stands around them
        ("Nghi dinh sé 63/2010/ND-CP ngay 08/6/2010", "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010"),
        ("Thuong truc HDND, UBND phuong", "Thường trực HĐND, UBND phường"),
    ],
)
def test_text_of_an_engine_without_vietnamese(read: str, printed: str) -> None:
    assert first(mend(manuscript(read, *AROUND_ENGLISH, confidence=0.5))).text == printed


@pytest.mark.parametrize(
    "text",
    [
        # the author's own slip, read surely
        "người dân, doanh nhgiệp",
        # both spellings of a word are printed, old and new tone placement too
        "theo qui định về chuyển hoá số và chuyển hóa số",
        # figures, dates, numbers
        "Kế hoạch số 326/KH-UBND ngày 29/12/2023, 100% đạt 1.500 hồ sơ",
        # a document number with a unit in brackets
        "Kế hoạch số 305/KH-CAP(PCCC) ngày 12/3/2026",
        # read surely, and no slip that the engine makes: "trong", "năm", "mưa"
        "trồng nấm, vụ mùa",
        # a person's name, however rare
        "Ông Vũ Đình Khải",
        # an abbreviation that is in no list
        "phản ánh kiến nghị (PAKN) về QPPL",
        # a broken Roman number, two words read as one, a figure read as a letter: no word to be sought
        "như trên. IH. Nội dung của SởY tế theo khoản Ì Điều 2",
        # read surely, and rarer than what is near it: "người lao động", "kho", "thu"
        "không cung cấp thông tin cho người lạ; phòng khám chuyên khoa Nhi",
        # a repeated word stays repeated
        "cải cách cách TTHC",
        "2. Hội Cựu chiến binh các cấp; Mặt trận Tổ quốc Việt Nam",
    ],
)
def test_left_alone(text: str) -> None:
    assert first(mend(manuscript(text, *AROUND))).text == text


def test_names_are_not_guessed_in_text_without_marks() -> None:
    read = "- Luu: VT. Nguyen Thi Thu Ha"
    assert first(mend(manuscript(read, *AROUND_ENGLISH))).text.endswith("Nguyen Thi Thu Ha")


def test_the_document_spells_its_own_words() -> None:
    """An abbreviation read well often mends the one read badly."""
    often = ["Đơn giản hóa TTHC, công khai TTHC tại phường."] * 4
    mended = mend(manuscript("Rà soát, đánh giá TPHC tại phường.", *often, *AROUND))
    assert first(mended).text == "Rà soát, đánh giá TTHC tại phường."


def test_words_keep_their_place_and_their_raw_text() -> None:
    read = manuscript("sửa đối, bố sung", *AROUND)
    mended = mend(read)
    passage = first(mended).passage
    assert passage.text == "sửa đổi, bổ sung"
    assert [word.raw for word in passage.words] == ["sửa", "đối,", "bố", "sung"]
    assert [word.line for word in passage.words] == [1, 2, 3, 4]
    check_whole(passage)
    assert first(mended).lines[0].text == "sửa đổi, bổ sung"
    assert read.blocks[0] != mended.blocks[0]
    assert first(read).text == "sửa đối, bố sung", "the manuscript given is not changed"


def test_words_joined_without_a_space_keep_their_spans() -> None:
    """A line that ended in a dash: two words, no space between them."""
    words = words_of("bố sung theo Quyết định 12/QĐ- UBND và kiếm tra")
    passage = passage_of(words, joined=lambda left, right: left.text.endswith("-"))
    source = manuscript(*AROUND)
    block = Paragraph(passage)
    mended = mend(Manuscript((block, *source.blocks), (FACTS,)))
    assert first(mended).text == "bổ sung theo Quyết định 12/QĐ-UBND và kiểm tra"
    check_whole(first(mended).passage)


def test_cells_are_mended() -> None:
    lines = (passage_of(words_of("Các phòng, ban tố")), passage_of(words_of("chức thực hiện")))
    table = Table(1, 1, (Cell(0, 0, 1, 1, lines),), (1,))
    mended = mend(Manuscript((*manuscript(*AROUND).blocks, table), (FACTS,)))
    cell = mended.blocks[-1].cells[0]  # type: ignore[union-attr]
    assert [line.text for line in cell.lines] == ["Các phòng, ban tổ", "chức thực hiện"]


def test_a_part_of_a_word_is_left() -> None:
    """A passage may hold a slice of a word; its text is not the word's, so nothing is put there."""
    whole = passage_of(words_of("tố chức thực hiện"))
    part = whole.part(1)
    assert part.text == "ố chức thực hiện"
    mended = mend(Manuscript((Paragraph(part), *manuscript(*AROUND).blocks), (FACTS,)))
    assert first(mended).text == "ố chức thực hiện"


def test_a_trusted_layer_is_not_touched() -> None:
    texts = ("sửa đối, bố sung một số điều", *AROUND)
    given = manuscript(*texts, origin="text_layer")
    assert mend(given, trusted_pages={1}) == given
    # ... nor one that is nearly all syllables, asked or not
    assert mend(given) == given
    # the same words from OCR are mended
    assert mend(manuscript(*texts)) != given


def test_english_is_left_alone() -> None:
    """No Vietnamese letter in it, and none to be put there."""
    text = "The report of the company and the plan for this year are attached to it."
    given = manuscript(text, text)
    assert mend(given) == given


def test_switched_off() -> None:
    given = manuscript("sửa đối, bố sung", *AROUND)
    assert mend(given, enabled=False) is given


def test_nothing_to_read() -> None:
    assert mend(Manuscript((), ())) == Manuscript((), ())
    empty = Manuscript((Paragraph(passage_of([])),), (FACTS,))
    assert mend(empty) == empty


def test_deterministic() -> None:
    given = manuscript("sửa đối, bố sung, kiếm tra TPHC", *AROUND)
    assert mend(given) == mend(given)


def test_garbled_words_are_not_guessed_at() -> None:
    """Two printed lines read as one: a cell that a person must read stays as unreadable as it is."""
    read = "Eﬁfccgﬁnf b}?;ncong T1ty}fa};an cong khai dung han"
    mended = first(mend(manuscript(read, *AROUND_ENGLISH))).text
    assert "b}?;ncong" in mended
    assert "T1ty}fa};an" in mended


@pytest.mark.parametrize("english", [False, True])
def test_no_figure_differs(english: bool) -> None:
    figures = [
        "64/KH-UBND",
        "08/3/2024,",
        "1.500",
        "2,5",
        "100%",
        "15/12/2024;",
        "01",
        "16",
        "QH15",
        "30a/2008/NQ-CP",
    ]
    around = AROUND_ENGLISH if english else AROUND
    texts = [f"{around[0]} {figure} {around[1]}" for figure in figures]
    mended = mend(manuscript(*texts, confidence=0.3))
    for block, figure in zip(mended.blocks, figures, strict=True):
        assert isinstance(block, Paragraph)
        assert figure in [word.text for word in block.passage.words]


def test_without_vietnamese() -> None:
    assert without_vietnamese(words_of(AROUND_ENGLISH[1]))
    assert not without_vietnamese(words_of(AROUND[1]))
    assert not without_vietnamese(words_of("12 / 2024"))


def test_the_raw_seed_text_is_mended() -> None:
    """The yardstick of the stage: 12.99 % of letter-only syllables right before, 97 % after."""
    rows = [
        tuple(line.split("\t"))
        for line in Path(__file__)
        .parents[1]
        .joinpath("samples/seed/align.tsv")
        .read_text("utf-8")
        .split("\n")
        if line.strip()
    ][:60]
    mended = mend(manuscript(*(raw for raw, _ in rows), confidence=0.5))
    right = counted = 0
    for block, (_, printed) in zip(mended.blocks, rows, strict=True):
        assert isinstance(block, Paragraph)
        said, meant = block.text.split(), printed.split()
        if len(said) == len(meant):
            counted += len(meant)
            right += sum(a == b for a, b in zip(said, meant, strict=True))
    assert counted > 500
    assert right > 0.93 * counted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Thu\u0309 tu\u0323c", "Thủ tục"),
        ("ê\u0323", "ệ"),
        ("ðịnh Ðề", "định Đề"),
        # Cyrillic letters among ours, one with a mark of its own
        ("Р\u04bbường", "Phường"),
        ("\u0430\u0309nh", "ảnh"),
        ("ﬁ ﬂ", "fi fl"),
        ("a\u00a0b\u00adc\u200b", "a bc"),
        # tone placement is the author's
        ("hoà hòa thuỷ thủy", "hoà hòa thuỷ thủy"),
    ],
)
def test_normalise(given: str, wanted: str) -> None:
    assert normalise(given) == wanted


def test_join_of_mended_passages_is_whole() -> None:
    mended = mend(manuscript("sửa đối", "bố sung", *AROUND))
    passages = [block.passage for block in mended.blocks if isinstance(block, Paragraph)]
    check_whole(join_passages(passages))


def test_confidence_and_boxes_stay() -> None:
    words = [replace(word, bold=True, confidence=0.4) for word in words_of("bố sung nội dung")]
    mended = mend(Manuscript((paragraph(words), *manuscript(*AROUND).blocks), (FACTS,)))
    for before, after in zip(words, first(mended).passage.words, strict=True):
        assert replace(after, text=before.text) == before


def test_any_text_is_survived() -> None:
    """Whatever an engine gives: the same number of words comes back, each with its raw text."""
    chance = random.Random(4)
    signs = "aăâbcdđeêghiklmnoôơpqrstuưvxyÁỆộ0126|¢€§&()[]{}.,;:/-–…“”'’%#*~ﬁ\u0301\u00b2Ωя"
    for around in (AROUND, AROUND_ENGLISH):
        texts = [
            " ".join("".join(chance.choices(signs, k=chance.randint(1, 24))) for _ in range(8))
            for _ in range(15)
        ]
        given = manuscript(*texts, *around * 4, confidence=0.3)
        for before, after in zip(given.blocks, mend(given).blocks, strict=True):
            assert isinstance(before, Paragraph)
            assert isinstance(after, Paragraph)
            assert [word.raw for word in after.passage.words] == before.text.split()
            check_whole(after.passage)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("bảo vệ sức khỏe' cộng đồng tại các vùng", "bảo vệ sức khỏe cộng đồng tại các vùng"),
        ("giao 'Văn phòng tham mưu", "giao Văn phòng tham mưu"),
        ("giao 'Văn phòng' tham mưu", "giao 'Văn phòng' tham mưu"),  # quotation marks
        ("đồng bào H'Mông trên địa bàn", "đồng bào H'Mông trên địa bàn"),
        ("bà K' Liên tham mưu thực hiện", "bà K' Liên tham mưu thực hiện"),
    ],
)
def test_a_speck_at_a_word_is_no_apostrophe(read: str, printed: str) -> None:
    mended = first(mend(manuscript(read, *AROUND)))
    assert mended.text == printed
    assert " ".join(word.raw for word in mended.passage.words) == read
