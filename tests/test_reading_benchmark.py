"""The comparator of the reading benchmark, tested before it tests anything."""

from __future__ import annotations

import pytest

from benchmarks.pages.comparing import compare

PRINTED = ["Thực hiện Nghị định của Chính phủ", "Kế hoạch", "STT", "2"]


@pytest.mark.parametrize(
    ("read", "characters", "words"),
    [
        ("Thực hiện Nghị định của Chính phủ\nKế hoạch STT\n2", 0, 0),
        ("2 STT Kế hoạch Thực hiện Nghị định của Chính phủ", 0, 0),  # another order is layout
        ("Thực hiên Nghị định của Chính phủ Kế hoạch STT 2", 1, 1),
        ("Thực hiện Nghị định của Chính phủ Kế hoạch STT", 1, 1),  # a lost figure
        ("Thực hiện Nghị định của Chính phủ Kế hoạch STT 2 xx", 2, 1),  # dirt taken for text
        ("", 45, 11),
    ],
)
def test_errors(read: str, characters: int, words: int) -> None:
    errors, _ = compare(PRINTED, read)
    assert (errors.characters, errors.words) == (characters, words)
    assert (errors.of_characters, errors.of_words) == (45, 11)


def test_a_short_line_is_not_cut_out_of_a_long_one() -> None:
    printed = ["(Kèm theo Kế hoạch số 64 của Sở)", "Kế hoạch", "Sở"]
    errors, slips = compare(printed, "(Kềm theo Kế hoạch số 64 của Sở)\nKế hoạch\nSở")
    assert errors.characters == 1
    assert [slip.printed for slip in slips] == [printed[0]]


def test_shapes_of_marks_do_not_count() -> None:
    assert compare(["“bốn” – năm"], '"bốn" - năm')[0].characters == 0
