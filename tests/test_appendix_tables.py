"""Tables of an appendix under headings of its own, which group their rows and are no items beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.outline import Node, OutlineTable
from pipeline.parse.tree import build_tree
from pipeline.resolve.appendix_tables import tables_of_appendix, without_tables
from pipeline.resolve.indicators import indicators_of_table
from pipeline.resolve.table_ids import row_ids
from pipeline.types import Cell, Paragraph, Table
from tests.made_outlines import context, passage

TASKS = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")
PEOPLE = ("TT", "Họ và tên", "Chức vụ", "Ghi chú")


def table(header: Sequence[str], *rows: Sequence[str]) -> Table:
    cells = tuple(
        Cell(r, c, 1, 1, (passage(text),) if text else ())
        for r, row in enumerate((header, *rows))
        for c, text in enumerate(row)
    )
    return Table(len(rows) + 1, len(header), cells, (1,))


def work(*numbers: str) -> Table:
    return table(TASKS, *((number, f"Việc {number}", "Phòng Nội vụ", "Quý I") for number in numbers))


def appendix(*blocks: str | Table) -> tuple[Node, ...]:
    return build_tree([Paragraph(passage(one)) if isinstance(one, str) else one for one in blocks])


def ids(nodes: tuple[Node, ...]) -> list[str]:
    return [one for found in tables_of_appendix(nodes, context()) for one in row_ids(found.rows, "PL1")]


IDS = [
    # rows that begin again under the next heading carry its number, running ones do not
    (("I. HẠ TẦNG", work("1", "2"), "II. NHÂN LỰC", work("1")), ["PL1.I.1", "PL1.I.2", "PL1.II.1"]),
    (("I. HẠ TẦNG", work("1", "2"), "II. NHÂN LỰC", work("3")), ["PL1.1", "PL1.2", "PL1.3"]),
    (("A. HẠ TẦNG", work("1"), "B. NHÂN LỰC", work("1")), ["PL1.A.1", "PL1.B.1"]),
    # numbered sentences before a table are no headings
    (("1. Kèm theo hồ sơ.", "2. Theo biểu sau", "- Ghi đủ cột.", work("1", "2")), ["PL1.1", "PL1.2"]),
]


@pytest.mark.parametrize(("blocks", "wanted"), IDS)
def test_ids_of_rows_under_headings(blocks: tuple[str | Table, ...], wanted: list[str]) -> None:
    assert ids(appendix(*blocks)) == wanted


def test_headings_are_the_outermost_groups() -> None:
    nodes = appendix("I. HẠ TẦNG", work("1"), "II. NHÂN LỰC", work("1"))
    (found,) = tables_of_appendix(nodes, context())
    assert [[group.text for group in row.groups] for row in found.rows] == [["HẠ TẦNG"], ["NHÂN LỰC"]]


def test_a_heading_over_rows_is_no_item_beside_them() -> None:
    nodes = appendix(
        "I. HẠ TẦNG",
        work("1"),
        "II. KHAI MẠC",
        "1. Chào cờ",
        "III. BAN TỔ CHỨC",
        table(PEOPLE, ("1", "A", "B", "")),
    )
    assert [item.text.text for item in without_tables(nodes)] == ["KHAI MẠC", "BAN TỔ CHỨC"]
    assert not any(
        isinstance(child, OutlineTable) for item in without_tables(nodes) for child in item.children
    )


UNITS = [
    ("Chỉ tiêu (người)", "người"),
    ("Chỉ tiêu (%)", "%"),
    ("Chỉ tiêu (lũy kế)", None),
    ("Chỉ tiêu", None),
]


@pytest.mark.parametrize(("head", "unit"), UNITS)
def test_the_unit_in_the_head_of_the_figures(head: str, unit: str | None) -> None:
    nodes = appendix(table(("TT", "Xã, phường", head), ("1", "Xã Gò Tháp", "66"), ("2", "Xã Vàm Cỏ", "84")))
    (found,) = tables_of_appendix(nodes, context())
    first = next(indicators_of_table(found, "PL1", context()))
    assert (first.name, first.unit, first.target and first.target.value) == ("Xã Gò Tháp", unit, 66)
