"""Tables with few lines or none: columns told by white, on the scan by ink and in the layout by words."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.table_pages.build import write_page
from benchmarks.table_pages.other_texts import OTHER_TABLES
from pipeline.geometry import Box
from pipeline.layout import lay_out
from pipeline.reading.ruling import find_ruling
from pipeline.run import convert
from pipeline.settings import Settings
from pipeline.types import Grid, PageText, Rule, Word
from samples.typeset.fonts import load_fonts

Gray = npt.NDArray[np.uint8]
SHAPE = (1400, 1500)
COLUMNS = (150, 250, 700, 1150)


# ── by ink ────────────────────────────────────────────────────────────────


def letters(page: Gray, x: int, y: int, count: int, black: int = 0) -> None:
    """Strokes with the width and the blanks of letters, on the line whose foot is `y`."""
    for at in range(count):
        cv2.line(page, (x + 14 * at, y - 20), (x + 14 * at, y), black, 3)
        cv2.line(page, (x + 14 * at, y - 10), (x + 14 * at + 8, y - 10), black, 2)


def column_page(rows: int = 6, lines: int = 2) -> Gray:
    """Numbers, a column of `lines` lines a row with the number at their middle, two more of one line."""
    page = np.full(SHAPE, 255, np.uint8)
    letters(page, 600, 160, 18)
    for column, x in enumerate(COLUMNS):
        letters(page, x - 10 * (column == 0), 260, 3 if column == 0 else 10)
    for row in range(rows):
        top = 330 + 110 * row
        for line in range(lines):
            letters(page, COLUMNS[1], top + 36 * line, 27)
        for column in (0, 2, 3):
            letters(page, COLUMNS[column], top + 18 * (lines - 1), 1 if column == 0 else 12)
    for line in range(3):
        letters(page, 150, 1100 + 36 * line, 84)
    return page


def cells_of(page: Gray) -> list[tuple[int, int, int, int]]:
    return [
        (cell.left, cell.top, cell.right, cell.bottom)
        for _, cells in find_ruling(page, 200).tables
        for cell in cells
    ]


@pytest.mark.parametrize("lines", [1, 2])
def test_cells_of_columns_without_lines(lines: int) -> None:
    cells = cells_of(column_page(lines=lines))
    assert len(cells) == 7 * 4
    for row in range(6):
        top = 330 + 110 * row
        for column, x in enumerate(COLUMNS):
            foot = top + 18 * (lines - 1)
            across = [cell for cell in cells if cell[0] <= x and x + 10 <= cell[2]]
            assert sum(cell[1] <= foot - 20 and foot <= cell[3] for cell in across) == 1, (row, column)


def test_three_lines_do_not_matter() -> None:
    page = column_page()
    for y in (215, 285, 1000):
        cv2.line(page, (120, y), (1400, y), 0, 2)
    assert len(cells_of(page)) == 7 * 4


def test_the_title_above_and_the_text_below_are_no_cells() -> None:
    cells = cells_of(column_page())
    assert min(top for _, top, _, _ in cells) > 165
    assert max(bottom for _, _, _, bottom in cells) < 1080


def test_numbered_prose_is_no_table() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    for row in range(8):
        letters(page, 150, 200 + 72 * row, 1)
        letters(page, 178, 200 + 72 * row, 70)
        letters(page, 150, 236 + 72 * row, 84)
    assert cells_of(page) == []


def test_a_list_in_two_columns_is_no_table() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    for row in range(8):
        letters(page, 150, 200 + 60 * row, 1)
        letters(page, 210, 200 + 60 * row, 25)
    assert cells_of(page) == []


# ── by words ──────────────────────────────────────────────────────────────

XS = (90.0, 130.0, 300.0, 440.0)


def word(x: float, top: float, text: str) -> Word:
    return Word(text, text, 1, Box(x, top, x + 5.5 * len(text), top + 11), 1.0, "text_layer")


def line(top: float, *texts: str, xs: tuple[float, ...] = XS) -> list[Word]:
    words = []
    for x, text in zip(xs, texts, strict=False):
        for part in text.split():
            words.append(word(x, top, part))
            x += 5.5 * len(part) + 3
    return words


HEADER = line(180, "TT", "Họ và tên", "Nội dung", "Ngày trực")
ROWS = [
    *line(200, "1", "Nông Thế Bảo", "", "Mùng một"),
    *line(193, "", "", "Trực tại trụ sở"),
    *line(207, "", "", "và trực điện thoại"),
    *line(230, "2", "Hà Kim Ngân", "Trực cơ quan", "Mùng hai"),
    *line(250, "3", "Bế Văn Đàn", "Tuần tra", "Mùng ba"),
    *line(270, "4", "Sầm Thúy Quỳnh", "Trực cơ quan", "Mùng bốn"),
]
AROUND = [
    *line(140, "DANH SÁCH PHÂN CÔNG TRỰC TRONG DỊP TẾT NGUYÊN ĐÁN", xs=(150.0,)),
    *line(310, "Căn cứ tình hình thực tế các đơn vị chủ động điều chỉnh và báo cáo kịp thời khó khăn"),
]


def grids(words: list[Word], rules: tuple[Rule, ...] = ()) -> list[Grid]:
    page = PageText(1, 595, 842, tuple(words), rules, "text_layer", "made")
    return [block for block in lay_out(page).blocks if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_a_list_in_columns_is_a_grid_with_its_header() -> None:
    (grid,) = grids([*AROUND, *HEADER, *ROWS])
    assert texts(grid) == [
        ["TT", "Họ và tên", "Nội dung", "Ngày trực"],
        ["1", "Nông Thế Bảo", "Trực tại trụ sở và trực điện thoại", "Mùng một"],
        ["2", "Hà Kim Ngân", "Trực cơ quan", "Mùng hai"],
        ["3", "Bế Văn Đàn", "Tuần tra", "Mùng ba"],
        ["4", "Sầm Thúy Quỳnh", "Trực cơ quan", "Mùng bốn"],
    ]


def test_a_number_misread_still_begins_its_row() -> None:
    words = [w if w.text != "3" else word(90.0, 250, "Ô") for w in (*AROUND, *HEADER, *ROWS)]
    (grid,) = grids(words)
    assert [row[0] for row in texts(grid)] == ["TT", "1", "2", "Ô", "4"]


def test_a_header_wider_than_its_column_keeps_to_it() -> None:
    wide = line(180, "TT", "Họ và tên người được phân", "Nội dung", "Ngày trực")
    (grid,) = grids([*AROUND, *wide, *ROWS])
    assert texts(grid)[0] == ["TT", "Họ và tên người được phân", "Nội dung", "Ngày trực"]


def test_blanks_inside_figures_that_stand_under_each_other_are_no_columns() -> None:
    words = line(180, "TT", "Họ và tên", "Chức vụ", "Số điện thoại")
    for at in range(6):
        words += line(200 + 20 * at, f"{at + 1}", "Nông Thế Bảo", "Tổ trưởng")
        words += [word(x, 200 + 20 * at, part) for x, part in ((440, "0912"), (469, "345"), (492, "601"))]
    (grid,) = grids(words)
    assert texts(grid)[0] == ["TT", "Họ và tên", "Chức vụ", "Số điện thoại"]
    assert texts(grid)[6] == ["6", "Nông Thế Bảo", "Tổ trưởng", "0912 345 601"]


def listed(count: int, *texts: str, number: str = "", xs: tuple[float, ...] = XS) -> list[Word]:
    rows = [line(200 + 20 * at, number or f"{at + 1}", *texts, xs=xs) for at in range(count)]
    return [word for row in rows for word in row]


@pytest.mark.parametrize(
    "words",
    [
        listed(5, "Nâng cao nhận thức cho mọi người", xs=(90.0, 98.0)),
        listed(5, "Nông Thế Bảo"),
        listed(2, "Nông Thế Bảo", "Tuần tra", "Mùng ba"),
        listed(5, "Nông Thế Bảo", "Tuần tra", "Mùng ba", number="7"),
    ],
    ids=["prose", "one gap only", "two rows", "numbers that stand still"],
)
def test_no_tables(words: list[Word]) -> None:
    assert grids(words) == []


def test_three_lines_and_a_misread_number() -> None:
    rules = tuple(Rule(86.0, y, 520.0, y) for y in (176.0, 192.0, 290.0))
    words = [w if w.text != "2" else word(90.0, 230, "Ạ") for w in (*AROUND, *HEADER, *ROWS)]
    words = [w for w in words if w.box is None or not 192 < w.box.top < 199]
    (grid,) = grids(words, rules)
    assert [row[0] for row in texts(grid)] == ["TT", "1", "Ạ", "3", "4"]


@pytest.mark.parametrize(
    ("name", "rows"), [("wide_1", 5), ("three_lines_1", 7), ("open_2", 5), ("double_1", 6)]
)
def test_rows_of_a_plan_that_is_one_table(tmp_path: Path, name: str, rows: int) -> None:
    """Title, table, a closing sentence: the table right under the title is no part of the letterhead."""
    load_fonts()
    path = tmp_path / f"{name}.pdf"
    write_page(next(table for table in OTHER_TABLES if table.name == name), path)
    tasks = convert(path, Settings())[0].plan.tasks
    assert [task.id.split(".")[-1] for task in tasks] == [str(number) for number in range(1, rows + 1)]
