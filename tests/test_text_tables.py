"""Tables in plain text: cells kept apart by the text, and cells that an old OCR ran into each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from pipeline.assemble import assemble
from pipeline.intake import take_in
from pipeline.layout import grids_in_text
from pipeline.settings import Settings
from pipeline.types import FlowSource, Grid, Line, PageLayout, Table
from tests.converted import conversion
from tests.interleaved import Typeset, printed, without_marks
from tests.interleaved_tables import COMMUNE, DEPARTMENT, GROUPED, PROSE, SCHOOL

SAMPLES = Path(__file__).parents[1] / "samples" / "seed"
Rows = list[list[str]]


def flow(path: Path) -> tuple[PageLayout, ...]:
    source = take_in(path, Settings())
    assert isinstance(source, FlowSource)
    return source.pages


def pages_of(tmp_path: Path, text: str) -> tuple[PageLayout, ...]:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return flow(path)


def tables_of(pages: Sequence[PageLayout]) -> list[Table]:
    return [block for block in assemble(grids_in_text(pages)).blocks if isinstance(block, Table)]


def rows_of(table: Table) -> Rows:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]


def words_of(pages: Sequence[PageLayout]) -> list[str]:
    """All letters and figures on the pages, in no order."""
    lines: list[Line] = []
    for page in pages:
        lines += page.furniture
        for block in page.blocks:
            lines += (
                [block] if isinstance(block, Line) else [one for cell in block.cells for one in cell.lines]
            )
    return sorted(letter for line in lines for letter in line.text if letter.isalnum())


# ── cells that the text keeps apart ───────────────────────────────────────

SEPARATED = {
    "tabs": "STT\tNội dung\tĐơn vị chủ trì\n1\tRà soát quy chế\tVăn phòng\n2\tTập huấn\tPhòng Nội vụ\n",
    "an empty cell in the middle": "STT\tNội dung\tĐơn vị\n1\t\tVăn phòng\n2\tTập huấn\t\n",
    "strokes around": (
        "| STT | Nội dung | Đơn vị |\n|---|---|---|\n| 1 | Rà soát | Văn phòng |\n| 2 | Tập huấn | Sở |\n"
    ),
    "strokes between": "STT | Nội dung | Đơn vị\n1 | Rà soát | Văn phòng\n2 | Tập huấn |\n",
    "a drawn frame, two lines a cell": (
        "+-----+----------+---------+\n| STT | Nội dung | Đơn vị  |\n+-----+----------+---------+\n"
        "| 1   | Rà soát  | Văn     |\n|     | quy chế  | phòng   |\n+-----+----------+---------+\n"
        "| 2   | Tập huấn | Sở      |\n+-----+----------+---------+\n"
    ),
}
EXPECTED: dict[str, Rows] = {
    "tabs": [
        ["STT", "Nội dung", "Đơn vị chủ trì"],
        ["1", "Rà soát quy chế", "Văn phòng"],
        ["2", "Tập huấn", "Phòng Nội vụ"],
    ],
    "an empty cell in the middle": [
        ["STT", "Nội dung", "Đơn vị"],
        ["1", "", "Văn phòng"],
        ["2", "Tập huấn", ""],
    ],
    "strokes around": [["STT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Văn phòng"], ["2", "Tập huấn", "Sở"]],
    "strokes between": [["STT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Văn phòng"], ["2", "Tập huấn", ""]],
    "a drawn frame, two lines a cell": [
        ["STT", "Nội dung", "Đơn vị"],
        ["1", "Rà soát quy chế", "Văn phòng"],
        ["2", "Tập huấn", "Sở"],
    ],
}


@pytest.mark.parametrize("name", SEPARATED)
def test_separated_cells_are_exact(name: str, tmp_path: Path) -> None:
    text = f"Kế hoạch năm 2025\n\n{SEPARATED[name]}\nTrên đây là kế hoạch.\n"
    (table,) = tables_of(pages_of(tmp_path, text))
    assert rows_of(table) == EXPECTED[name]


def test_heading_across_a_separated_table_spans_it(tmp_path: Path) -> None:
    text = "STT\tNội dung\tĐơn vị\nI NHÓM NHIỆM VỤ\n1\tRà soát\tVăn phòng\n2\tTập huấn\tSở\n"
    (table,) = tables_of(pages_of(tmp_path, text))
    assert [(cell.text, cell.column_span) for cell in table.cells if cell.row == 1] == [
        ("I NHÓM NHIỆM VỤ", 3)
    ]


def test_marks_of_a_transcript_are_furniture(tmp_path: Path) -> None:
    text = f"Mở đầu\n\n[TABLE 1]\n{SEPARATED['tabs']}[/TABLE]\nPhần sau\n"
    (page,) = grids_in_text(pages_of(tmp_path, text))
    assert [block.text for block in page.blocks if isinstance(block, Line)] == ["Mở đầu", "Phần sau"]
    assert {"[TABLE", "1]", "[/TABLE]"} <= {line.text for line in page.furniture}


NO_TABLE = {
    "two columns of a letterhead": (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ AN BÌNH\tĐộc lập - Tự do\n"
    ),
    "indented paragraphs": (
        "\tThực hiện kế hoạch của huyện.\n\tỦy ban nhân dân xã ban hành kế hoạch.\n\tCụ thể như sau.\n"
    ),
    "recipients beside the signature": (
        "Nơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\t\tCHỦ TỊCH\n- Lưu: VT.\t\t\n"
    ),
    "fields of a task": (
        "1. Rà soát quy chế\n- Đơn vị thực hiện: Văn phòng\n"
        "- Đơn vị phối hợp: các phòng\n- Thời hạn: tháng 6\n"
    ),
    "strokes that are letters": "muc |11 Ké hoach\nthu |tuc hanh chinh\ncai |cach\n",
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_other_text_stays_as_it_is(name: str, tmp_path: Path) -> None:
    pages = pages_of(tmp_path, NO_TABLE[name])
    assert grids_in_text(pages) == pages


# ── cells that run into each other ────────────────────────────────────────


def interleaved(tmp_path: Path, table: Typeset) -> tuple[PageLayout, ...]:
    prose = [without_marks(line) if table.plain else line for line in PROSE]
    parts = ["KẾ HOẠCH", *prose, "PHỤ LỤC 1", "\n".join(printed(table))]
    return pages_of(tmp_path, "\n\n".join(parts) + "\n")


def bare(text: str) -> str:
    return without_marks(text).lower().replace(" ", "")


def right_cells(table: Typeset, rows: Rows) -> float:
    """Share of the cells that came out right, row by row; a letter or two may be misread."""
    wanted = [cell for row in (table.head, *table.rows) for cell in row]
    given = [cell for row in rows for cell in row]
    if len(wanted) != len(given):
        return 0.0
    like = [
        fuzz.ratio(bare(a), bare(b)) >= (80 if table.slip else 97) for a, b in zip(wanted, given, strict=True)
    ]
    return sum(like) / len(like)


VARIANTS: dict[str, dict[str, Any]] = {
    "as printed": {},
    "no stroke read": {"stroke": 0.0},
    "head read cell by cell": {"stacked_head": True},
    "without marks": {"plain": True},
    "without marks and misread": {"plain": True, "slip": 0.08},
}
LEAST = {"commune": 0.85, "school": 1.0, "grouped": 1.0}
"""Share of the cells that have to be right, by table."""


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("table", [COMMUNE, SCHOOL, GROUPED], ids=lambda table: table.name)
def test_interleaved_cells_are_told_apart(table: Typeset, variant: str, tmp_path: Path) -> None:
    typeset = replace(table, **VARIANTS[variant])
    (found,) = tables_of(interleaved(tmp_path, typeset))
    assert right_cells(typeset, rows_of(found)) >= LEAST[table.name]


@pytest.mark.parametrize("variant", VARIANTS)
def test_two_columns_of_free_text_keep_their_rows(variant: str, tmp_path: Path) -> None:
    """The rest of a product's sentence may be taken for the work's; rows and numbers are right."""
    typeset = replace(DEPARTMENT, **VARIANTS[variant])
    (found,) = tables_of(interleaved(tmp_path, typeset))
    rows = rows_of(found)
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    assert all(
        fuzz.partial_ratio(bare(row[1])[:20], bare(want[1])) > 75
        for row, want in zip(rows[1:], typeset.rows, strict=True)
    )


def test_nothing_is_lost_and_nothing_added(tmp_path: Path) -> None:
    pages = interleaved(tmp_path, replace(COMMUNE, plain=True, slip=0.1))
    assert words_of(grids_in_text(pages)) == words_of(pages)


# ── the seed ──────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def seed() -> tuple[PageLayout, ...]:
    return conversion("seed/plan.raw.txt").layouts


@pytest.fixture(scope="module")
def seed_rows(seed: tuple[PageLayout, ...]) -> list[Rows]:
    return [rows_of(block) for block in assemble(seed).blocks if isinstance(block, Table)]


def test_seed_has_two_tables_with_their_columns(seed_rows: list[Rows]) -> None:
    first, second = (rows[0] for rows in seed_rows)
    assert first == [
        "STT",
        "Chi tiéu",
        "Pon vi",
        "Chi tiéu nam 2024",
        "Co quan chu tri thuc hién",
        "Co quan phéi hop",
    ]
    # its header was read across all columns: six lines for names like "Thời / gian / thực / hiện"
    assert len(second) == 6 and second[1] == "Noi dung cong viéc" and "san pham" in second[5]


def test_seed_has_fourteen_rows_under_one_heading(seed_rows: list[Rows]) -> None:
    rows = seed_rows[0]
    assert len(rows[1]) == 1 and rows[1][0].startswith("Néng cao") and rows[1][0].endswith("dich vu cong")
    # ">" stands for 5; row 10 is cut by a page end
    assert [row[0] for row in rows[2:]] == ["1", "2", "3", "4", ">", *map(str, range(6, 15))]


SEED_TARGETS = ["60", "100", "55", "100", "100", "50", "100", "100", "90", "90", "100%", "100%", "100"]


def test_seed_targets_and_offices(seed_rows: list[Rows]) -> None:
    rows = seed_rows[0][2:]
    assert [row[3].split()[-1] for row in rows[:13]] == SEED_TARGETS
    leads = [row[4] for row in rows]
    assert leads[4] == "Tu phap phudng" and rows[4][5] == ""
    assert sum(fuzz.ratio(bare(lead), "cacbophanchuyenmonthuocubndphuong") > 80 for lead in leads) == 13
    assert sum(fuzz.ratio(bare(row[5]), "vanphongubndphuong") > 80 for row in rows) == 13


SEED_NAMES = {
    0: "Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ tiếp nhận, giải quyết TTHC",
    2: "Tỷ lệ thanh toán trực tuyến trên Cổng dịch vụ công quốc gia trên tổng số "
    "giao dịch thanh toán của dịch vụ công",
    4: "Tỷ lệ thực hiện chứng thực bản sao điện tử từ bản chính tại UBND phường",
    5: "Tỷ lệ khai thác, sử dụng lại thông tin, dữ liệu số hóa",
    9: "Tỷ lệ xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật) trên môi trường mạng (đối với UBND phường)",
    10: "Tỷ lệ các bộ phận chuyên môn thực hiện tự kiểm tra công tác kiểm soát TTHC, "
    "thực hiện cơ chế một cửa liên thông",
    11: "Tỷ lệ TTHC được giải quyết trước hạn và đúng hạn. Trong đó, phấn đấu giải quyết "
    "trước hạn tối thiểu 20%",
}


@pytest.mark.parametrize("row", SEED_NAMES)
def test_seed_names_that_can_be_read(row: int, seed_rows: list[Rows]) -> None:
    name = seed_rows[0][2 + row][1]
    assert len(name.split()) == pytest.approx(len(SEED_NAMES[row].split()), abs=1)
    assert fuzz.ratio(bare(name), bare(SEED_NAMES[row])) > 80


@pytest.mark.parametrize("number", ["4", "7", "8"])
def test_seed_rows_of_rubbish_are_flagged(number: str, seed: tuple[PageLayout, ...]) -> None:
    (grid, _), *_ = [(block, page) for page in seed for block in page.blocks if isinstance(block, Grid)]
    row = next(cell.row for cell in grid.cells if cell.column == 0 and cell.text == number)
    (name,) = [cell for cell in grid.cells if cell.row == row and cell.column == 1]
    assert all(word.confidence <= 0.3 for line in name.lines for word in line.words)
    assert name.text  # kept as it was read


def test_seed_loses_nothing(seed: tuple[PageLayout, ...]) -> None:
    assert words_of(seed) == words_of(flow(SAMPLES / "plan.raw.txt"))


def test_seed_words_keep_the_lines_of_the_file(seed: tuple[PageLayout, ...]) -> None:
    grids = [block for page in seed for block in page.blocks if isinstance(block, Grid)]
    lines = [word.line for grid in grids for cell in grid.cells for line in cell.lines for word in line.words]
    assert all(line is not None and 364 <= line <= 496 for line in lines)


def test_correct_text_of_the_seed_is_exact() -> None:
    first, second = tables_of(flow(SAMPLES / "plan.vi.txt"))
    assert (first.rows, first.columns, second.rows, second.columns) == (16, 6, 3, 6)
    assert rows_of(first)[6] == [
        "5",
        "Tỷ lệ thực hiện chứng thực bản sao điện tử từ bản chính tại UBND phường",
        "%",
        "100",
        "Tư pháp phường",
        "",
    ]
