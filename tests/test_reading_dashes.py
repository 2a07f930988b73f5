"""Dashes that the engine passed over, found by their shape."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.engines import EngineWord
from pipeline.reading.lost_dashes import with_dashes
from pipeline.reading.prepare import Gray

LEFT, HIGH = 120, 22
ROWS = 14


def lines(first: str = "Rà") -> tuple[list[EngineWord], Gray]:
    """Rows of two words drawn as blocks of strokes; the first one begins at LEFT."""
    paper = np.full((60 * ROWS, 500), 240, np.uint8)
    found = []
    for row in range(ROWS):
        top = 20 + 60 * row
        for text, left in ((first, LEFT), ("soát", LEFT + 70)):
            cv2.rectangle(paper, (left, top), (left + 50, top + HIGH), 40, 3)
            found.append(EngineWord(text, 0.9, left, top, left + 50, top + HIGH, str(row)))
    return found, paper


def dashes(words: list[EngineWord], paper: Gray) -> list[EngineWord]:
    return [word for word in with_dashes(words, paper) if word.text == "-"]


def drawn(paper: Gray, left: int, top: int, width: int, height: int) -> Gray:
    cv2.rectangle(paper, (left, top), (left + width - 1, top + height - 1), 50, -1)
    return paper


def test_a_dash_before_a_line_is_found_where_it_stands() -> None:
    words, paper = lines()
    (dash,) = dashes(words, drawn(paper, 104, 92, 9, 3))
    assert (dash.left, dash.top, dash.right, dash.bottom) == (104, 92, 113, 95)


@pytest.mark.parametrize(
    ("left", "top", "width", "height"),
    [
        (104, 90, 4, 4),  # a speck
        (104, 81, 9, 3),  # at the head of the letters
        (104, 101, 9, 3),  # under the line
        (60, 92, 9, 3),  # too far off
        (90, 92, 28, 3),  # a rule
        (104, 84, 9, 14),  # a letter
    ],
)
def test_no_dash(left: int, top: int, width: int, height: int) -> None:
    words, paper = lines()
    assert dashes(words, drawn(paper, left, top, width, height)) == []


def test_not_before_a_line_that_goes_on() -> None:
    words, paper = lines("rà")
    assert dashes(words, drawn(paper, 104, 92, 9, 3)) == []


def test_not_between_two_words_nor_where_the_engine_read_one() -> None:
    words, paper = lines()
    assert dashes(words, drawn(paper, LEFT + 56, 92, 9, 3)) == []
    read = EngineWord("-", 0.9, 104, 92, 113, 95, "1")
    assert dashes([*words, read], drawn(paper, 104, 92, 9, 3)) == [read]


def test_not_where_other_ink_stands_beside_it() -> None:
    words, paper = lines()
    assert dashes(words, drawn(drawn(paper, 104, 92, 9, 3), 92, 84, 8, 12)) == []
