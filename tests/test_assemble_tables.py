"""Tables that run over pages: repeated heads, rows cut by the page, shifted scans."""

import pytest

from pipeline.assemble import assemble
from pipeline.geometry import Box
from pipeline.types import Grid, GridCell, Line, Paragraph, Table, Word
from tests.laid_out_lines import pages_of, short

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
