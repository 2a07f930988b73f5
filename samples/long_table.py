"""A task table of 60 rows on three pages, for tests and benchmarks of long tables."""

from __future__ import annotations

from samples.typeset.blocks import centred, counted, group, left, section
from samples.typeset.elements import Cell, Element, Para, Plan, Row, Table

GROUPS = (
    (14, "Công tác chỉ đạo, điều hành"),
    (33, "Phát triển sản xuất"),
    (60, "Văn hóa, xã hội và môi trường"),
)
"""The last row of each group, and its title."""
LEADS = (
    (5, "Văn phòng Huyện ủy"),
    (14, "Phòng Nội vụ"),
    (25, "Phòng Kinh tế"),
    (33, "Hội Nông dân huyện"),
    (46, "Phòng Văn hóa"),
    (60, "Trạm Y tế"),
)
"""The last row of each merged cell, and its unit."""
_CUT = (20, 43)
_WORK = (
    "Rà soát hồ sơ",
    "Tổ chức tập huấn",
    "Kiểm tra thực tế tại thôn",
    "Lập danh sách hộ tham gia",
    "Báo cáo kết quả",
    "Cập nhật số liệu",
    "Tuyên truyền trên loa",
)
_LONG = "Phối hợp khảo sát, thống kê diện tích và số hộ tham gia để lập kế hoạch hỗ trợ trong năm"


def rows_of_page(page: int) -> int:
    """The number of the row that the end of this page cuts."""
    return _CUT[page - 1]


def long_table() -> Plan:
    """The table in the only section of a plan."""
    head = (
        Para("KẾ HOẠCH", align="centre", style="bold"),
        Para("Triển khai nhiệm vụ trọng tâm năm 2025", align="centre", style="bold", before=0),
        section("I", "NHIỆM VỤ TRỌNG TÂM"),
    )
    header = Row(
        tuple(centred(name, "bold") for name in ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn"))
    )
    table = Table((40, 250, 130, 90), (header,), tuple(_rows()), size=11.5, padding=2.2)
    elements: tuple[Element, ...] = (*head, table)
    return Plan("long", "Danh mục nhiệm vụ", elements, 11)


def _rows() -> list[Row]:
    rows: list[Row] = []
    begins = {1: 0, **{last + 1: at for at, (last, _) in enumerate(GROUPS[:-1], start=1)}}
    for number in range(1, 61):
        if number in begins:
            rows.append(group(("I", "II", "III")[begins[number]], GROUPS[begins[number]][1], 4))
        rows.append(_row(number))
    return rows


def _row(number: int) -> Row:
    cut = number in _CUT
    title = f"{_LONG} {2020 + number % 5}" if cut else f"{_WORK[number % len(_WORK)]} đợt {number}"
    return Row(
        (counted(number), left(title), _lead(number), centred(f"{number % 27 + 1}/{number % 12 + 1}/2025")),
        cut_after=1 if cut else None,
    )


def _lead(number: int) -> Cell | None:
    """A merged cell ends where the page does, as word processors draw it: there its name is printed again."""
    starts = sorted({1, *(last + 1 for last, _ in LEADS[:-1]), *_CUT, *(cut + 1 for cut in _CUT), 15, 34})
    if number not in starts:
        return None
    after = next((start for start in starts if start > number), 61)
    return centred(next(unit for last, unit in LEADS if number <= last), rows=after - number)
