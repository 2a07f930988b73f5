"""Lines → paragraphs, and what the pages say of themselves."""

from pathlib import Path

import pytest

from pipeline.assemble import assemble
from pipeline.types import Grid, GridCell, Line, PageLayout, Paragraph, Table, Word
from tests.laid_out_lines import BODY, LEFT, line, pages_of, paragraphs, short

SEED = Path(__file__).parent.parent / "samples" / "seed"


# ── paragraphs ────────────────────────────────────────────────────────────


def test_closing_words_flush_left_begin_a_paragraph() -> None:
    lines = [
        short("3. Các tổ dân phố:"),
        line("Tuyên truyền để người dân trong phường biết và nộp hồ sơ trực tuyến."),
        line("Trên đây là Kế hoạch của phường, các đơn vị nghiêm túc triển khai"),
        short("thực hiện."),
    ]
    assert paragraphs(lines)[-1].startswith("Trên đây là Kế hoạch")
    goes_on = [
        line("Các bộ phận chuyên môn của phường báo cáo kết quả theo Kế hoạch nêu"),
        short("trên đây."),
    ]
    assert len(paragraphs(goes_on)) == 1


def test_a_year_that_a_narrow_cell_cut_is_whole() -> None:
    cell = GridCell(0, 0, 1, 1, (short("15/9/202"), short("6 -"), short("30/9/202"), short("6")), None)
    table = assemble(pages_of([Grid(1, 1, (cell,), 1, None, True, ())])).blocks[0]
    assert isinstance(table, Table)
    assert [passage.text for passage in table.cells[0].lines] == ["15/9/2026 -", "30/9/2026"]


def test_first_line_indent() -> None:
    assert len(paragraphs([*BODY, *BODY, *BODY])) == 3


def test_full_line_goes_on_even_with_a_capital() -> None:
    found = [
        line("b) Phối hợp thực hiện đồng bộ toàn bộ hồ sơ kết quả giải quyết thủ tục trên", 36),
        line("Hệ thống thông tin giải quyết thủ tục hành chính Thành phố với Cổng Dịch vụ"),
        short("Kho quản lý dữ liệu."),
    ]
    assert len(paragraphs([*BODY, *found])) == 2


def test_heading_of_two_lines_and_unlabelled_field_below() -> None:
    found = [
        line("1.1. Tổ chức thực hiện phương án đơn giản hóa các quy định về thủ tục", 36),
        short("quan đến Phiếu Lý lịch tư pháp"),
        short("- Thời hạn: Ngay sau khi được phê duyệt.", 36),
        line("Sản phẩm: Quyết định công bố công khai thủ tục trên cơ sở phương án đơn", 36),
        short("giản hóa được phê duyệt."),
    ]
    assert [text[:9] for text in paragraphs([*BODY, *found])] == [
        "Căn cứ ch",
        "1.1. Tổ c",
        "- Thời hạ",
        "Sản phẩm:",
    ]


def test_hanging_indent() -> None:
    item = line("- Các phòng, ban chuyên môn căn cứ nhiệm vụ được giao xây dựng kế hoạch chi", 18)
    place = item.words[1].box
    assert place is not None
    hanging = line("tiết của đơn vị mình và tổ chức thực hiện theo quy định hiện hành của", place.x0 - LEFT)
    capital = line("UBND phường và các văn bản hướng dẫn khác của cấp trên về công tác này", place.x0 - LEFT)
    last = short("trong năm.", place.x0 - LEFT)
    assert len(paragraphs([*BODY, item, hanging, capital, last, item, capital, last])) == 3


def test_name_with_a_dash_cut_at_the_line_end() -> None:
    dashes = [short(f"- Nội dung thứ {i}.", 36) for i in range(5)]
    cut = line("- Bộ phận thực hiện: Các bộ phận chuyên môn của phường và bộ phận Tư pháp", 36)
    assert paragraphs([*BODY, *dashes, cut, short("- Hộ tịch phường.")])[-1].endswith(
        "Tư pháp - Hộ tịch phường."
    )


def test_lines_of_columns_and_centred_lines_stay_apart() -> None:
    found = [
        short("UBND PHƯỜNG", column="left"),
        short("BẾN LAU", column="left"),
        short("CỘNG HÒA", column="right"),
        short("KẾ HOẠCH", alignment="centre"),
        short("Cải cách hành chính", alignment="centre"),
    ]
    made = assemble(pages_of([*found, *BODY])).blocks
    assert len(made) == 6
    assert [b.column for b in made[:3] if isinstance(b, Paragraph)] == ["left", "left", "right"]


def test_what_the_source_knows_is_believed() -> None:
    found = [
        short("a) Một", begins=True),
        short("1. không phải mục mới", begins=False),
        short("hai", begins=True),
    ]
    assert paragraphs([*found]) == ["a) Một 1. không phải mục mới", "hai"]


def test_paragraph_goes_on_over_the_page() -> None:
    first = [*BODY, line("2. Tiếp tục thực hiện tốt công tác cải cách kiểm soát thủ tục rà soát đơn", 36)]
    second = [short("giản hóa thủ tục.", number=2, gap=None), short("- Mục mới.", 36, number=2)]
    found = paragraphs(first, second)
    assert found[1].endswith("rà soát đơn giản hóa thủ tục.")
    assert found[2] == "- Mục mới."


def test_item_that_begins_a_page() -> None:
    found = paragraphs([*BODY], [short("- Thời hạn: Năm 2024.", 36, number=2, gap=None)])
    assert found[-1] == "- Thời hạn: Năm 2024."


def test_code_is_joined_only_at_line_ends() -> None:
    found = [line("Căn cứ Quyết định số 6858/QĐ-", 36), short("BYT ngày 18/11/2016 và số 12/ KH-UBND")]
    assert paragraphs([*found])[0].endswith("số 6858/QĐ-BYT ngày 18/11/2016 và số 12/ KH-UBND")


def test_words_and_lines_are_kept() -> None:
    made = assemble(pages_of([*BODY])).blocks[0]
    assert isinstance(made, Paragraph)
    assert made.lines == tuple(BODY)
    assert [made.text[a:b] for a, b in made.passage.spans] == [w.text for w in made.passage.words]


def test_running_header_is_left_out() -> None:
    def headed(number: int) -> list[Line | Grid]:
        return [short(f"Kế hoạch cải cách hành chính, trang {number}", number=number), *BODY]

    assert len(paragraphs(headed(1), headed(2), headed(3), headed(4))) == 4
    # On two pages it may be chance.
    assert len(paragraphs(headed(1), headed(2))) == 4


# ── text without boxes: the seed, as an old engine left it and in correct spelling ──

# Lines of the file at which a heading, item, field or paragraph begins, read by eye.
STARTS = """
1 2 3 4 6 8 20 25 27 33 37 39 44 48 52 58 60 65 67 70 72 74 76 79 84 86 88 90 92 94 98 99 105 107
109 114 117 119 121 124 127 129 132 135 137 139 142 145 147 149 152 154 156 158 160 162 164 165 167
169 170 171 173 174 175 176 178 179 182 183 184 186 187 189 191 192 194 196 202 204 206 208 210 212
214 216 218 220 223 226 228 230 232 235 239 241 243 245 248 252 260 262 264 266 269 272 274 276 278
280 283 287 289 291 293 295 298 300 302 304 306 309 311 313 315 317 319 320 327 331 336 341 345 347
349 350 352 354 356 357 358
"""
PAGE_STARTS = {1, 46, 103, 163, 198, 258, 320, 358}


def text_pages(name: str) -> list[PageLayout]:
    """Running text of the file (lines 1 to 362): one Line a text line, blank lines as gaps."""
    printed = (SEED / name).read_text(encoding="utf-8").split("\n")[:362]
    pages: list[list[Line]] = []
    blanks = 0
    for number, text in enumerate(printed, start=1):
        tokens = text.replace("\f", " ").split()
        if number in PAGE_STARTS:
            pages.append([])
        if not tokens or tokens == ["3"]:
            blanks += 1
            continue
        words = tuple(Word(token, token, 1, None, 1.0, "ocr", line=number) for token in tokens)
        pages[-1].append(Line(words, gap=float(blanks) if pages[-1] else None))
        blanks = 0
    return [PageLayout(i, None, None, tuple(lines)) for i, lines in enumerate(pages, start=1)]


@pytest.mark.parametrize("name", ["plan.vi.txt", "plan.raw.txt"])
def test_seed_text(name: str) -> None:
    if not (SEED / name).exists():
        pytest.skip("samples not built")
    blocks = assemble(text_pages(name)).blocks
    found = [block.passage.words[0].line for block in blocks if isinstance(block, Paragraph)]
    wanted = [int(number) for number in STARTS.split()]
    assert [number for number in found if (number or 0) <= 358] == wanted


# ── facts ─────────────────────────────────────────────────────────────────


def test_page_facts() -> None:
    number = short("- 2 -")
    pages = [
        PageLayout(1, 595, 842, tuple(BODY)),
        PageLayout(2, 595, 842, tuple(BODY), (number,)),
        PageLayout(3, 595, 842, tuple(BODY[:2])),
        PageLayout(4, 595, 842, ()),
    ]
    facts = assemble(pages).pages
    assert [fact.printed_number for fact in facts] == [None, 2, None, None]
    assert facts[0].fingerprint == facts[1].fingerprint != facts[2].fingerprint
    assert facts[3].words == 0 and facts[0].words == sum(len(line.words) for line in BODY)


def test_nothing_gives_nothing() -> None:
    assert assemble([]).blocks == ()
