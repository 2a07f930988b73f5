"""Lines → paragraphs, and tables that run over pages."""

from pathlib import Path

import pytest

from pipeline.assemble import assemble
from pipeline.assemble.label_shapes import NONE, PERHAPS, SURE, label_shape
from pipeline.assemble.paragraphs import code_goes_on
from pipeline.geometry import Box
from pipeline.types import Grid, GridCell, Line, PageLayout, Paragraph, Table, Word

SEED = Path(__file__).parent.parent / "samples" / "seed"

# ── labels ────────────────────────────────────────────────────────────────

LABELS = [
    ("I. MỤC TIÊU", SURE),
    ("II - YÊU CẦU", SURE),
    ("IV/ TỔ CHỨC", SURE),
    ("II|. NHIỆM VỤ", SURE),  # a stroke read as a bar
    ("1. Đẩy mạnh", SURE),
    ("1.Đẩy mạnh", SURE),
    ("2) Trưởng Đoàn", SURE),
    ("3/ Lãnh đạo", SURE),
    ("12. Các đơn vị", SURE),
    ("1.1. Tổ chức", SURE),
    ("2.10. Triển khai", SURE),
    ("6.3 Cơ sở khám", SURE),
    ("2.3. 86 hoa", SURE),  # "Số" read as a figure behind the label
    ("I.2. Nội dung", SURE),
    ("a) Rà soát", SURE),
    ("đ) Thống kê", SURE),
    ("¢) Tai su dung", SURE),  # "c)" by an English engine
    ("a. Thu thập", SURE),
    ("b/. Địa chỉ:", SURE),
    ("A. Hạ tầng", SURE),
    ("- Thời hạn: Năm 2024", SURE),
    ("-Thời hạn: Năm 2024", SURE),
    ("– Sản phẩm", SURE),
    ("+ Bộ tiêu chí", SURE),
    ("* Kiến nghị", SURE),
    ("• Nội dung", SURE),
    ("Điều 3. Trách nhiệm", SURE),
    ("Phần I", SURE),
    ("PHẦN THỨ HAI", SURE),
    ("Chương II", SURE),
    ("PHỤ LỤC 1", SURE),
    ("PHỤ LỤC", SURE),
    ("(1) Rà soát", PERHAPS),
    ("Phụ lục 1 Danh sách", PERHAPS),
    ("14/5/2013 và Nghị định", NONE),
    ("28/3/2022 và Kế hoạch", NONE),
    ("107/2022/NĐ-CP); Kế hoạch", NONE),
    ("28/KH-UBND ngày", NONE),
    ("30/ KH-UBND ngày", NONE),
    ("2024 phường Biên Giang", NONE),
    ("1.500 ha lúa", NONE),
    ("2,5 triệu đồng", NONE),
    ("100% hồ sơ", NONE),
    ("3 - 6/2024", NONE),
    ("8h30 ngày", NONE),
    ("Phụ lục 1, 2 ban hành", NONE),
    ("Điều 5 Nghị định", PERHAPS),
    ("điều kiện 3 làm việc", NONE),
    ("V/v triển khai", NONE),
    ("và b) khoản này", NONE),
    ("Danh sách các đơn vị", NONE),
    ("+5% so với", NONE),
    ("-", NONE),
    ("Sản phẩm: Quyết định", NONE),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_label(text: str, expected: int) -> None:
    assert label_shape(text, "phê duyệt.") == expected


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("quy định tại Điều", "3. Các đơn vị"),
        ("ngày", "15. Các đơn vị"),
        ("tại khoản", "2) và khoản này"),
        ("tại điểm", "a) khoản 2"),
        ("từ tháng 3/2024", "- 6/2024"),
    ],
)
def test_number_that_the_line_end_has_cut(above: str, text: str) -> None:
    assert label_shape(text, above) == NONE
    assert label_shape(text, "trên môi trường điện tử") != NONE or text.startswith("-")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("6858/QĐ-", "BYT", True),
        ("161/", "KH-UBND", True),
        ("217/2025/NĐ-", "CP", True),
        ("(48/2013/NĐ-", "CP);", True),
        ("/QĐ-", "TTg", True),
        ("29/", "02/2024", True),
        ("15/9/202", "6", True),  # a year that a narrow cell cut
        ("15/9/202", "sáu", False),
        ("92/102", "6", False),
        ("HĐND-", "UBND", False),  # no number: two names
        ("Tư pháp -", "Hộ", False),
        ("và/", "hoặc", False),
        ("2024", "BYT", False),
        ("6858/QĐ-", "của", False),
    ],
)
def test_code_cut_by_the_line_end(left: str, right: str, expected: bool) -> None:
    assert code_goes_on(*(Word(text, text, 1, None, 1.0, "ocr") for text in (left, right))) is expected


# ── paragraphs ────────────────────────────────────────────────────────────

LEFT, RIGHT = 85.0, 545.0


def line(text: str, indent: float = 0.0, end: float | None = None, number: int = 1, **known: object) -> Line:
    """A line from `indent` to `end` (null: full), letters 6 points wide."""
    tokens = text.split()
    stop = RIGHT if end is None else end
    space = (stop - LEFT - indent - sum(6 * len(t) for t in tokens)) / max(1, len(tokens) - 1)
    x, words = LEFT + indent, []
    for token in tokens:
        words.append(Word(token, token, number, Box(x, 100, x + 6 * len(token), 113), 0.9, "ocr"))
        x += 6 * len(token) + space
    told = {"gap": 0.3, "indent": indent, "slack": RIGHT - stop, **known}
    return Line(tuple(words), **told)  # type: ignore[arg-type]


def short(text: str, indent: float = 0.0, **known: object) -> Line:
    tokens = text.split()
    return line(text, indent, LEFT + indent + 6 * sum(map(len, tokens)) + 4 * (len(tokens) - 1), **known)  # type: ignore[arg-type]


def pages_of(*pages: list[Line | Grid]) -> list[PageLayout]:
    return [PageLayout(i, 595, 842, tuple(blocks)) for i, blocks in enumerate(pages, start=1)]


def paragraphs(*pages: list[Line | Grid]) -> list[str]:
    return [block.text for block in assemble(pages_of(*pages)).blocks if isinstance(block, Paragraph)]


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


BODY = [
    line("Căn cứ chức năng nhiệm vụ được giao của các đơn vị thuộc phường năm nay", 36),
    line("các bộ phận chuyên môn tổ chức thực hiện nghiêm túc các nội dung đã nêu trên"),
    short("và báo cáo kết quả."),
]


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


# ── tables over pages ─────────────────────────────────────────────────────

EDGES = (85.0, 120.0, 300.0, 545.0)
Row = list[str]


def grid(rows: list[Row], number: int, edges: tuple[float, ...] = EDGES) -> Grid:
    """A table of these rows; a row of one text runs across all columns."""
    columns = len(edges) - 1
    cells = []
    for r, row in enumerate(rows):
        spans = [columns] if len(row) == 1 else [1] * columns
        for c, (text, span) in enumerate(zip(row, spans, strict=True)):
            words = tuple(Word(t, t, number, Box(100, 100, 110, 110), 0.9, "ocr") for t in text.split())
            cells.append(GridCell(r, c, 1, span, (Line(words),) if words else ()))
    return Grid(len(rows), columns, tuple(cells), number, column_edges=edges)


HEAD = ["TT", "Nội dung", "Thời hạn"]


def table_of(*pages: list[Row]) -> list[list[str]]:
    made = assemble(pages_of(*([grid(rows, i)] for i, rows in enumerate(pages, start=1)))).blocks
    assert len(made) == 1 and isinstance(made[0], Table)
    return [[cell.text for cell in made[0].cells if cell.row == row] for row in range(made[0].rows)]


def test_repeated_header_is_dropped() -> None:
    rows = table_of([HEAD, ["1", "Một", "Quý I"]], [["TT", "Nôi dung", "Thời hạn"], ["2", "Hai", "Quý II"]])
    assert rows == [HEAD, ["1", "Một", "Quý I"], ["2", "Hai", "Quý II"]]


def test_three_pages() -> None:
    rows = table_of(*([HEAD, [str(i), f"Việc {i}.", "Quý I"]] for i in (1, 2, 3)))
    assert [row[0] for row in rows] == ["TT", "1", "2", "3"]


CUT_ROWS = [
    # the number is printed before the page end
    (["10", "Tỷ lệ xử lý văn bản", "Phấn đấu"], ["", "trên môi trường mạng", "90"], True),
    # or only behind it, in the middle of a tall row
    (["", "Tỷ lệ xử lý văn bản,", "Phấn đấu"], ["10", "hồ sơ công việc", "90"], True),
    # printed on both pages
    (["10", "Tỷ lệ xử lý văn bản", ""], ["10", "hồ sơ công việc", "90"], True),
    # a new row
    (["10", "Tỷ lệ xử lý văn bản", "90"], ["11", "hồ sơ công việc", "90"], False),
    # group rows are never halves
    (["10", "Tỷ lệ xử lý văn bản", "90"], ["dịch vụ công"], False),
    (["nhóm nhiệm vụ"], ["", "trên môi trường mạng", "90"], False),
    # sub-items in rows of their own have no number either
    (["10", "Các nhiệm vụ:", ""], ["", "- Rà soát văn bản;", "Quý I"], False),
]


@pytest.mark.parametrize(("last", "first", "joined"), CUT_ROWS)
def test_row_cut_by_the_page(last: Row, first: Row, joined: bool) -> None:
    rows = table_of([HEAD, ["9", "Chín.", "Quý I"], last], [first, ["12", "Mười hai.", "Quý I"]])
    assert len(rows) == (4 if joined else 5)
    if joined:
        assert rows[2][0] == "10"
        assert rows[2][1].split()[:2] == ["Tỷ", "lệ"] and rows[2][1].split()[-2:] == first[1].split()[-2:]


def test_cut_row_keeps_words_of_both_pages() -> None:
    pages = pages_of(
        [grid([HEAD, ["1", "Rà soát", "Quý"]], 1)], [grid([["", "văn bản", "I"], ["2", "Hai.", "x"]], 2)]
    )
    table = assemble(pages).blocks[0]
    assert isinstance(table, Table)
    cell = table.at(1, 1)
    assert cell is not None and [word.page for word in cell.passage.words] == [1, 1, 2, 2]
    assert table.pages == (1, 2)
    assert [part.text for part in cell.lines] == ["Rà soát", "văn bản"]


@pytest.mark.parametrize(
    "edges",
    [
        (88.0, 123.5, 304.0, 550.0),  # another page of the same scan
        (60.0, 95.0, 275.0, 520.0),
    ],
)
def test_shifted_scan_is_the_same_table(edges: tuple[float, ...]) -> None:
    pages = pages_of([grid([HEAD, ["1", "Một.", "x"]], 1)], [grid([["2", "Hai.", "x"]], 2, edges)])
    assert len(assemble(pages).blocks) == 1


def test_other_columns_are_another_table() -> None:
    other = (85.0, 200.0, 300.0, 545.0)
    pages = pages_of([grid([HEAD, ["1", "Một.", "x"]], 1)], [grid([HEAD, ["2", "Hai.", "x"]], 2, other)])
    assert len(assemble(pages).blocks) == 2


def test_text_between_parts_tables() -> None:
    pages = pages_of(
        [grid([HEAD, ["1", "Một.", "x"]], 1)], [short("PHỤ LỤC 2"), grid([HEAD, ["1", "x", "x"]], 2)]
    )
    assert [type(block) for block in assemble(pages).blocks] == [Table, Paragraph, Table]


def test_two_tables_of_one_page_are_two() -> None:
    tables = [grid([HEAD, ["1", "Một.", "x"]], 1), grid([HEAD, ["1", "x", "x"]], 1)]
    assert len(assemble(pages_of([*tables])).blocks) == 2


def test_page_with_fewer_columns_is_fitted_in() -> None:
    """On the second page two columns are merged in every row."""
    fewer = grid([["2", "Hai."], ["3", "Ba."]], 2, (85.0, 120.0, 545.0))
    pages = pages_of([grid([HEAD, ["1", "Một.", "x"]], 1)], [fewer])
    table = assemble(pages).blocks[0]
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (4, 3)
    cell = table.at(3, 2)
    assert cell is not None and cell.text == "Ba."


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
