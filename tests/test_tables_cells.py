"""Cells on their sheet: what goes to the engine, and where its words come back to."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.reading.cells import read_cells
from pipeline.reading.engines import EngineWord
from pipeline.reading.reader import Reader
from pipeline.reading.remainder import read_remainder
from pipeline.reading.ruling import find_ruling, take_out
from tests.test_tables_lines import CELLS, SHAPE, XS, YS, Gray, drawn, grainy, pale, words


class Seeing:
    """An engine that gives one word for each stretch of rows with ink on its image."""

    name = "seeing"

    def __init__(self) -> None:
        self.seen: list[Gray] = []

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        page = np.asarray(image)
        self.seen.append(page)
        rows = np.concatenate(([0], ((page < 128).any(axis=1)).astype(np.int8), [0]))
        steps = np.flatnonzero(np.diff(rows))
        found = []
        for top, bottom in zip(steps[::2], steps[1::2], strict=True):
            xs = np.flatnonzero((page[top:bottom] < 128).any(axis=0))
            found.append(EngineWord("ô", 0.9, int(xs[0]), int(top), int(xs[-1]), int(bottom), "1.1.1"))
        return tuple(found)


def cells_of(page: Gray) -> tuple[tuple[EngineWord, ...], Seeing]:
    ruling, engine = find_ruling(page, 200), Seeing()
    return read_cells(take_out(page, ruling), ruling, Reader(engine, "vie", 200)), engine


def inside(word: EngineWord, cell: tuple[int, int, int, int]) -> bool:
    r, c, down, across = cell
    return (
        XS[c] < word.left and word.right < XS[c + across] and YS[r] < word.top and word.bottom < YS[r + down]
    )


def test_one_reading_and_every_word_back_in_its_cell() -> None:
    found, engine = cells_of(drawn())
    assert len(engine.seen) == 1
    assert len(found) == len(CELLS)
    for cell in CELLS:
        assert sum(inside(word, cell) for word in found) == 1, cell


def test_words_of_two_cells_are_never_on_one_line() -> None:
    found, _ = cells_of(drawn())
    assert len({word.line for word in found}) == len(found)


def test_an_empty_cell_is_not_read() -> None:
    page = drawn()
    page[YS[2] + 6 : YS[3] - 6, XS[1] + 6 : XS[2] - 6] = 255
    assert len(cells_of(page)[0]) == len(CELLS) - 1


def test_pale_and_grainy_cells_come_black_on_white() -> None:
    for damage in (pale, grainy):
        _, engine = cells_of(damage(drawn()))
        (sheet,) = engine.seen
        assert np.percentile(sheet, 2) < 60, damage.__name__
        assert np.median(sheet) == 255, damage.__name__


def test_specks_and_what_shines_through_do_not_fill_an_empty_cell() -> None:
    page = drawn()
    page[YS[2] + 6 : YS[3] - 6, XS[1] + 6 : XS[2] - 6] = 255
    for x in range(XS[1] + 20, XS[2] - 20, 40):
        page[YS[2] + 30 : YS[2] + 32, x : x + 2] = 40
        cv2.line(page, (x + 10, YS[2] + 20), (x + 10, YS[2] + 45), 190, 3)
    assert len(cells_of(page)[0]) == len(CELLS) - 1


def test_the_white_between_is_drawn_together_and_words_come_back() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    words(page, 200, 80, 600)
    words(page, 200, 750, 600)
    engine = Seeing()
    found = read_remainder(page, Reader(engine, "vie", 200))
    assert len(engine.seen[0]) < 400
    assert [word.top for word in found] == [pytest.approx(59, abs=2), pytest.approx(729, abs=2)]
