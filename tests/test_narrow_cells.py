"""What a cell narrower than a word or a date cut, made whole."""

from __future__ import annotations

import pytest

from pipeline.assemble import assemble
from pipeline.parse.column_roles import role_scores
from pipeline.types import Grid, GridCell, Table
from tests.laid_out_lines import pages_of, short


def cell_text(*lines: str) -> str:
    cell = GridCell(0, 0, 1, 1, tuple(map(short, lines)), None)
    table = assemble(pages_of([Grid(1, 1, (cell,), 1, None, True, ())])).blocks[0]
    assert isinstance(table, Table)
    return " ".join(passage.text for passage in table.cells[0].lines)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("01/01/20", "26"), "01/01/2026"),
        (("02 buổi/thá", "ng"), "02 buổi/tháng"),
        (("Tối thiểu 02", "buổi/thán", "g"), "Tối thiểu 02 buổi/thán g"),  # one letter proves nothing
        (("31/12/20", "26 người"), "31/12/20 26 người"),
        (("bảo hiểm", "ng y tế"), "bảo hiểm ng y tế"),  # no syllable together
        (("thi", "đua"), "thi đua"),
    ],
)
def test_cut_words_and_years(lines: tuple[str, ...], whole: str) -> None:
    assert cell_text(*lines) == whole


@pytest.mark.parametrize("header", ["bat.dau", "bat. dau", "ket: thuc"])
def test_a_speck_between_the_words_of_a_header(header: str) -> None:
    assert {"start", "end"} & set(role_scores(header))
