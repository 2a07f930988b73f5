"""What columns mean, by their headers: one row of headers a case, as plans of all levels print them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.outline import OutlineTable, TableRow
from pipeline.parse.columns import read_table
from pipeline.parse.row_numbers import number_rows
from pipeline.types import Cell, Passage, Table, Word, passage_of


def passage(text: str) -> Passage:
    words = [Word(part, part, 1, None, 1.0, "text_layer", line=1) for part in text.split()]
    return passage_of(words)


def table(rows: Sequence[Sequence[str]]) -> Table:
    """`^` continues the cell above, `<` the one to the left; ` / ` begins a new line in a cell."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            across = 1
            while c + across < len(row) and row[c + across] == "<":
                across += 1
            down = 1
            while r + down < len(rows) and rows[r + down][c] == "^":
                down += 1
            lines = tuple(passage(line) for line in text.split(" / ") if line)
            cells.append(Cell(r, c, down, across, lines))
    return Table(len(rows), len(rows[0]), tuple(cells), (1,))


def read(text: str) -> OutlineTable:
    return read_table(
        table([[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")])
    )


SAMPLE = {
    "number": ("1", "2", "3"),
    "title": ("Rà soát hồ sơ", "Tổ chức tập huấn", "Báo cáo tổng kết"),
    "name": ("Tỷ lệ hộ nghèo", "Số lớp tập huấn", "Tỷ lệ che phủ rừng"),
    "lead": ("Văn phòng", "Phòng Nội vụ", "Phòng Tư pháp"),
    "support": ("Các phòng", "UBND xã", "Công an"),
    "deadline": ("Quý I", "Tháng 6", "Tháng 12"),
    "start": ("01/02", "01/3", "01/4"),
    "end": ("28/02", "31/3", "30/4"),
    "product": ("Báo cáo", "Kế hoạch", "Quyết định"),
    "unit": ("%", "Lớp", "%"),
    "target": ("60", "12", "42,6"),
    "note": ("", "Theo kế hoạch", ""),
    "other": ("X", "Y", "Z"),
}

N, T, M, L, S, D = "number", "title", "name", "lead", "support", "deadline"
P, U, G, R, A, E, X = "product", "unit", "target", "note", "start", "end", "other"

# Headers; the role of each column; what kind of table they make.
HEADERS = [
    ("STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian", (N, T, L, S, D), "tasks"),
    ("TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn hoàn thành", (N, T, L, S, D), "tasks"),
    ("Số TT | Công việc | Người thực hiện | Tiến độ | Kết quả", (N, T, L, D, P), "tasks"),
    ("STT | Nội dung công việc | Bộ phận phụ trách | Thời gian thực hiện | Ghi chú",
     (N, T, L, D, R), "tasks"),
    ("STT | Hoạt động | Phòng chủ trì | Phối hợp | Thời gian hoàn thành | Sản phẩm",
     (N, T, L, S, D, P), "tasks"),
    ("TT | Tên nhiệm vụ | Chủ trì | Phối hợp | Sản phẩm đầu ra | Tiến độ", (N, T, L, S, P, D), "tasks"),
    ("TT | Nội dung, nhiệm vụ | Đơn vị thực hiện | Thời gian | Kết quả đạt được", (N, T, L, D, P), "tasks"),
    ("STT | Nhiệm vụ, giải pháp | Cơ quan, đơn vị chủ trì | Cơ quan, đơn vị phối hợp | Thời gian",
     (N, T, L, S, D), "tasks"),
    ("STT | Nội dung thực hiện | Phân công | Thời điểm | Sản phẩm dự kiến", (N, T, L, D, P), "tasks"),
    ("STT | Nội dung | Trách nhiệm thực hiện | Lộ trình", (N, T, L, D), "tasks"),
    ("TT | Tên văn bản | Cơ quan soạn thảo | Cấp ban hành | Thời gian trình", (N, T, L, X, D), "tasks"),
    ("STT | Tên đề án | Đơn vị đầu mối | Thời gian trình", (N, T, L, D), "tasks"),
    ("STT | Công việc | Bắt đầu | Kết thúc | Người phụ trách", (N, T, A, E, L), "tasks"),
    ("TT | Hạng mục | Ngày bắt đầu | Ngày kết thúc | Đơn vị chủ trì", (N, T, A, E, L), "tasks"),
    ("Thời gian | Nội dung | Người thực hiện", (D, T, L), "tasks"),
    ("Ngày | Nội dung công việc | Phụ trách", (D, T, L), "tasks"),
    ("Tháng | Nội dung hoạt động | Người phụ trách | Ghi chú", (D, T, L, R), "tasks"),
    ("TT | Đơn vị được kiểm tra | Thời gian kiểm tra | Trưởng đoàn phụ trách", (N, T, D, L), "tasks"),
    ("STT | Chuyên đề | Báo cáo viên | Thời gian", (N, T, L, D), "tasks"),
    ("STT | Nội dung | Thực hiện | Phối hợp | Hoàn thành", (N, T, L, S, D), "tasks"),
    ("Stt | NỘI DUNG CÔNG VIỆC | ĐƠN VỊ CHỦ TRÌ | THỜI GIAN HOÀN THÀNH", (N, T, L, D), "tasks"),
    ("STT | Nội dung công việc | Thời gian | Địa điểm | Người phụ trách", (N, T, D, X, L), "tasks"),
    ("TT | Đầu việc | Sản phẩm đầu ra | Cơ quan tham mưu | Cùng thực hiện | Lộ trình",
     (N, T, P, L, S, D), "tasks"),
    ("STT | Nội dung công việc | Cơ quan chủ trì | Mốc hoàn thành", (N, T, L, D), "tasks"),
    # Marks lost in OCR.
    ("STT | Noi dung cong viec | Don vi chu tri | Thoi gian thuc hien", (N, T, L, D), "tasks"),
    ("TT | Nội dung | Đon vị thực hiên | Thời han", (N, T, L, D), "tasks"),
    # The number's header broken or missing: its figures tell.
    ("SIT | Nhiệm vụ | Chủ trì | Thời hạn", (N, T, L, D), "tasks"),
    ("| Nhiệm vụ | Chủ trì | Thời hạn", (N, T, L, D), "tasks"),
    # Unit (Đơn vị) of what is measured, not who acts.
    ("STT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2025", (N, M, U, G), "indicators"),
    ("TT | Chỉ tiêu | ĐVT | Chỉ tiêu năm 2025 | Đơn vị thực hiện", (N, M, U, G, L), "indicators"),
    ("STT | Tên chỉ tiêu | Đơn vị tính | Mục tiêu năm 2026 | Cơ quan chủ trì", (N, M, U, G, L), "indicators"),
    ("STT | Nội dung chỉ tiêu | Đơn vị | Mức phấn đấu | Đơn vị chủ trì", (N, M, U, G, L), "indicators"),
    ("STT | Chỉ số | ĐVT | Mục tiêu | Ghi chú", (N, M, U, G, R), "indicators"),
    ("TT | Tiêu chí | Đơn vị tính | Mục tiêu đến năm 2030 | Cơ quan theo dõi", (N, M, U, G, L), "indicators"),
    ("TT | Các chỉ tiêu | ĐVT | Kế hoạch | Bộ phận phụ trách", (N, M, U, G, L), "indicators"),
    ("STT | Nội dung | Đơn vị tính | Chỉ tiêu giao", (N, T, U, G), "indicators"),
    # The same name twice, in two roles.
    ("STT | Chỉ tiêu | Đơn vị tính | Chỉ tiêu", (N, M, U, G), "indicators"),
    ("STT | Chỉ tiêu | ĐVT | Chỉ tiêu | Bộ phận chủ trì | Bộ phận phối hợp",
     (N, M, U, G, L, S), "indicators"),
    # "Nội dung kiểm tra" is no "Ngày kiểm tra".
    ("Thời gian | Nội dung kiểm tra | Đối tượng | Người thực hiện", (D, T, None, L), "tasks"),
    # Two roles in one column: the first decides, nothing is lost.
    ("STT | Nội dung | Người thực hiện & kết quả | Thời gian", (N, T, L, D), "tasks"),
    ("STT | Nội dung công việc | Đơn vị chủ trì, phối hợp | Thời hạn", (N, T, L, D), "tasks"),
    # Who answers for it to the leaders is no lead, what the law allows no deadline.
    ("STT | Công việc | Lãnh đạo phụ trách | Phòng thực hiện | Thời gian", (N, T, R, L, D), "tasks"),
    ("TT | Nội dung | Thời gian | Thời hạn theo luật | Cơ quan chủ trì", (N, T, D, R, L), "tasks"),
    ("TT | Tên lớp đào tạo | Học viên | Kíp mổ | Giảng viên | Khoa chủ trì | Thời gian mở | Chi phí",
     (N, T, None, None, None, L, D, None), "tasks"),
    ("TT | Chỉ tiêu | ĐVT | TH 2025 | KH 2026", (N, M, U, None, G), "indicators"),
    # Neither tasks nor indicators.
    ("STT | Họ và tên | Chức vụ | Nhiệm vụ trong đoàn", (N, None, None, None), "other"),
    ("STT | Họ tên | Chức danh | Năm sinh | Ghi chú", (N, None, None, None, R), "other"),
    ("STT | Nội dung chi | Số lượng | Đơn giá (đồng) | Thành tiền (đồng)", (N, T, G, None, None), "other"),
    ("STT | Nội dung chi | Đơn giá | Thành tiền", (N, None, None, None), "other"),
    ("STT | Hạng mục | Số tiền | Kinh phí | Ghi chú", (N, None, None, None, R), "other"),
    ("STT | Kết quả thực hiện trong tháng | Tồn tại | Đề xuất", (N, None, None, None), "other"),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "roles", "kind"), HEADERS, ids=[case[0] for case in HEADERS])
def test_headers(headers: str, roles: tuple[str | None, ...], kind: str) -> None:
    names = [name.strip() for name in headers.split("|")]
    body = [[SAMPLE[role or "other"][row] for role in roles] for row in range(3)]
    made = read_table(table([names, *body]))
    assert made.kind == kind
    assert len(made.rows) == 3
    found = {cell.role: cell.passage.text for cell in made.rows[0].cells}
    for role, cell in zip(roles, body[0], strict=True):
        if role not in (None, "number", "other") and cell:
            assert found.get(role) == cell, (role, found)
    if roles[0] == "number":
        assert [row.number for row in made.rows] == ["1", "2", "3"]


def test_years_under_one_head_are_figures_to_be_reached() -> None:
    made = read("""STT | Chỉ tiêu | Đơn vị tính | Thực hiện 2025 | Kế hoạch | <
        ^ | ^ | ^ | ^ | 2026 | 2027
        1 | Số sản phẩm | Sản phẩm | 112 | 140 | 170""")
    assert made.kind == "indicators"
    assert [one.passage.text for one in made.rows[0].of("target")] == ["140", "170"]


def test_ticks_under_quarters_say_when() -> None:
    made = read("""STT | Nội dung | Đơn vị chủ trì | Quý I | Quý II
        1 | Kiện toàn Tổ công tác | Văn phòng | x |
        2 | Tập huấn | Phòng Nội vụ | x | x""")
    times = [[one.header for one in row.of("deadline") if one.passage] for row in made.rows]
    assert times == [["Quý I"], ["Quý I", "Quý II"]]


def test_a_header_of_two_rows() -> None:
    made = read(
        """
STT | Nội dung công việc | Đơn vị thực hiện | < | Thời gian
^ | ^ | Chủ trì | Phối hợp | ^
1 | Rà soát | Văn phòng | Phòng Nội vụ | Quý I
2 | Tổng kết | Phòng Tư pháp | | Quý IV
"""
    )
    assert [cell.role for cell in made.rows[0].cells] == [
        "title",
        "lead",
        "support",
        "deadline",
    ]
    assert [row.of("support")[0].passage.text for row in made.rows] == ["Phòng Nội vụ", ""]


def test_a_table_whose_figures_are_left_blank_is_a_form() -> None:
    assert read("TT | Nội dung | Số lượng | Ghi chú\n1 | Bác sĩ | |\n2 | Dược sĩ | |").kind == "other"
    assert (
        read("TT | Chỉ tiêu | ĐVT | Mục tiêu | Cơ quan chủ trì\n1 | Bác sĩ | Người | | Sở Y tế").kind
        == "other"
    )
    assert read("TT | Nội dung | Số lượng | Ghi chú\n1 | Bác sĩ | 12 |\n2 | Dược sĩ | |").kind == "indicators"


QUOTAS = [
    "TT | Xã, phường | Chỉ tiêu (người)\n1 | Xã Vàm Cỏ | 84\n2 | Xã Gò Tháp | 1.066",
    "TT | Đơn vị | Chỉ tiêu | Ghi chú\n1 | Xã Vàm Cỏ | 84 |\n2 | Xã Gò Tháp | 66% | Biên giới",
]


@pytest.mark.parametrize("printed", QUOTAS)
def test_a_quota_for_each_of_several_bodies(printed: str) -> None:
    made = read(printed)
    assert made.kind == "indicators"
    assert [row.of("name")[0].passage.text for row in made.rows] == ["Xã Vàm Cỏ", "Xã Gò Tháp"]
    assert made.rows[0].of("target")[0].passage.text == "84"


@pytest.mark.parametrize("numbers", ["(1) | (2) | (3) | (4)", "q) | (2) | @®) | (4)", "1 | 2 | 3 | 4"])
def test_the_columns_numbers_are_no_row(numbers: str) -> None:
    made = read(
        f"""
STT | Nội dung | Chủ trì | Thời hạn
{numbers}
1 | Rà soát | Văn phòng | Quý I
"""
    )
    assert [row.number for row in made.rows] == ["1"]


def test_a_table_without_header_loses_no_row() -> None:
    made = read("1 | Rà soát | Văn phòng | Quý I\n2 | Tổng kết | Phòng Nội vụ | Quý II")
    assert made.kind == "other"
    assert len(made.rows) == 2


GROUPS = [
    # (labels of the group rows as read, numbers under each, labels as they should be)
    (("I", "II", "III"), ("I", "II", "III")),
    (("1", "H", "IH"), ("I", "II", "III")),
    (("I", "H", "HI"), ("I", "II", "III")),
    # An empty label between, and at the end, in a cell of its own.
    (("I", "", "III"), ("I", "II", "III")),
    (("I", "II", ""), ("I", "II", "III")),
    (("A", "B"), ("A", "B")),
    # H after G is a letter.
    (("A", "B", "C", "D", "E", "G", "H"), ("A", "B", "C", "D", "E", "G", "H")),
]


@pytest.mark.parametrize(("printed", "wanted"), GROUPS)
def test_groups_are_restored_from_their_neighbours(printed: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    lines = ["STT | Nội dung | Chủ trì | Thời hạn"]
    for label in printed:
        lines += [f"{label} | Nhóm việc {label} | < | <"]
        lines += [f"{n} | Việc {label}{n} | Văn phòng | Quý I" for n in (1, 2)]
    made = read("\n".join(lines))
    assert list(dict.fromkeys(row.group_labels for row in made.rows)) == [(label,) for label in wanted]
    assert [row.number for row in made.rows] == ["1", "2"] * len(printed)


def test_rows_that_are_numbered_like_groups_stay() -> None:
    """Groups 1, 2 with rows 1.1, 1.2 are no Roman ones."""
    made = read(
        """
STT | Nội dung | Chủ trì | Thời hạn
1 | CÔNG TÁC TỔ CHỨC | < | <
1.1 | Kiện toàn | Văn phòng | Quý I
2 | CÔNG TÁC TUYÊN TRUYỀN | < | <
2.1 | Truyền thanh | Văn hóa | Quý II
"""
    )
    assert [row.group_labels for row in made.rows] == [("1",), ("2",)]


def test_a_broken_number_is_restored_and_said() -> None:
    made = read(
        "STT | Nội dung | Chủ trì | Thời hạn\n"
        + "\n".join(f"{n} | Việc {n} | Văn phòng | Quý I" for n in ("1", "2", "9", "4", "5", "6"))
    )
    assert [row.number for row in made.rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row.restored for row in made.rows] == [False, False, True, False, False, False]


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (("Ì", "2", "3"), "1 2 3"),
        (("8", "9", "lãi", "11"), "8 9 10 11"),  # too few for a majority, yet no choice
        (("1", "2", "Ì", "$", "5"), "1 2 3 4 5"),
        (("7", "9", "10", "lãi", "12"), "7 9 10 11 12"),  # 8 is missing: no even run
        (("3", "4", "Š"), "3 4 5"),
        (("Ì", "4", "5"), "Ì 4 5"),  # what comes before a 4 may be 3, or 1
        (("1", "Š"), "1 Š"),
        (("4", "Š", "9"), "4 Š 9"),
        (("I", "II", "III"), "I II III"),
    ],
)
def test_what_has_no_digit_any_more_is_restored_where_its_neighbours_leave_no_choice(
    printed: tuple[str, ...], wanted: str
) -> None:
    rows = number_rows([TableRow(passage(label), ()) for label in printed])
    assert " ".join(row.number for row in rows) == wanted


def test_a_number_merged_down_counts_once() -> None:
    """Two places of one visit."""
    first, second = passage("Ì"), passage("2")
    rows = number_rows([TableRow(label, ()) for label in (first, first, second, second, passage("3"))])
    assert [row.number for row in rows] == ["1", "1", "2", "2", "3"]
