"""Ruling lines of damaged scans, drawn here: pale, broken, bent, doubled, shining through, under a seal."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from pipeline.geometry import POINTS_PER_INCH
from pipeline.layout.tables.lattice import build_lattice
from pipeline.layout.tables.strokes import join_strokes, meeting
from pipeline.reading.engines import EngineWord
from pipeline.reading.numerals import as_roman, roman_bars, with_quarters
from pipeline.reading.ruling import find_ruling, take_out
from pipeline.types import Rule

Gray = npt.NDArray[np.uint8]
XS, YS = (120, 180, 560, 900, 1180), (200, 260, 330, 390, 460, 520)
SHAPE = (800, 1300)
# A group row over all columns but the first; a cell merged down over the last two rows.
CELLS = [
    *[(0, c, 1, 1) for c in range(4)],
    (1, 0, 1, 1), (1, 1, 1, 3),
    *[(2, c, 1, 1) for c in range(4)],
    (3, 0, 1, 1), (3, 1, 1, 1), (3, 2, 2, 1), (3, 3, 1, 1),
    (4, 0, 1, 1), (4, 1, 1, 1), (4, 3, 1, 1),
]  # fmt: skip


def drawn(black: int = 20, weight: int = 2) -> Gray:
    page = np.full(SHAPE, 255, np.uint8)
    for r, c, down, across in CELLS:
        cv2.rectangle(page, (XS[c], YS[r]), (XS[c + across], YS[r + down]), black, weight)
        words(page, XS[c] + 14, YS[r] + 40, XS[c + across] - 14)
    return page


def words(page: Gray, x: int, y: int, end: int) -> None:
    """Rows of strokes like letters, an inch of them at most."""
    for at in range(x, min(end, x + 200), 16):
        cv2.line(page, (at, y - 20), (at, y), 0, 3)
        cv2.line(page, (at, y - 12), (at + 8, y - 12), 0, 2)


def shape(page: Gray) -> list[tuple[int, int, int, int]]:
    """The grid that the lines of a page make, as layout sees it."""
    scale = POINTS_PER_INCH / 200
    rules = [
        Rule(s.x0 * scale, s.y0 * scale, s.x1 * scale, s.y1 * scale) for s in find_ruling(page, 200).segments
    ]
    across, down = (join_strokes(rules, horizontal=flat, height=9.5) for flat in (True, False))
    lattices = [build_lattice(a, b, 9.5) for a, b in meeting(across, down, 9.5)]
    best = max((found for found in lattices if found), key=lambda found: len(found.regions))
    return [(r.row, r.column, r.row_span, r.column_span) for r in best.regions]


def pale(page: Gray) -> Gray:
    """A quarter as dark, with holes in the strokes."""
    random = np.random.default_rng(1)
    ink = (255.0 - page) * 0.27 * (random.random(page.shape) > 0.1)
    return np.asarray((250 - ink + random.normal(0, 3, page.shape)).clip(0, 255), np.uint8)


def broken(page: Gray) -> Gray:
    page = page.copy()
    for x in range(150, 1180, 130):
        page[:, x : x + 6] = 255
    return page


def bent(page: Gray) -> Gray:
    x, y = np.meshgrid(np.arange(SHAPE[1], dtype=np.float32), np.arange(SHAPE[0], dtype=np.float32))
    wave = (9 * np.sin(x / 330)).astype(np.float32)
    side = (5 * np.sin(y / 260)).astype(np.float32)
    return np.asarray(cv2.remap(page, x + side, y + wave, cv2.INTER_CUBIC, borderValue=255), np.uint8)


def grainy(page: Gray) -> Gray:
    noise = np.random.default_rng(2).normal(0, 22, page.shape)
    return np.asarray((page + noise).clip(0, 255), np.uint8)


def shone_through(page: Gray) -> Gray:
    """The mirrored table of the other side, a third as dark, a little lower."""
    back = np.roll(cv2.GaussianBlur(cv2.flip(drawn(), 1), (0, 0), 1.3), 25, axis=0)
    return np.asarray(page * (1 - 0.35 * (255.0 - back) / 255), np.uint8)


def sealed(page: Gray) -> Gray:
    page = page.copy()
    for radius, weight in ((150, 6), (140, 2), (90, 3)):
        cv2.circle(page, (700, 420), radius, 150, weight, cv2.LINE_AA)
    return page


def one_bit(page: Gray) -> Gray:
    noise = np.random.default_rng(3).normal(0, 30, page.shape)
    return np.where(page + noise < 150, 0, 255).astype(np.uint8)


def crooked(page: Gray) -> Gray:
    matrix = cv2.getRotationMatrix2D((650, 400), 0.7, 1)
    return np.asarray(cv2.warpAffine(page, matrix, SHAPE[::-1], borderValue=255), np.uint8)


DAMAGES = [pale, broken, bent, grainy, shone_through, sealed, one_bit, crooked]


def test_a_clean_table() -> None:
    assert shape(drawn()) == CELLS


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_the_grid_of_a_damaged_page(damage: object) -> None:
    page = damage(drawn())  # type: ignore[operator]
    assert shape(page) == CELLS
    assert sum(len(cells) for _, cells in find_ruling(page, 200).tables) == len(CELLS)


def test_thin_lines_beside_thick_ones() -> None:
    page = drawn(weight=1)
    cv2.rectangle(page, (XS[0], YS[0]), (XS[-1], YS[-1]), 0, 5)
    assert shape(page) == CELLS


def test_hairlines_pale_beside_a_heavy_frame() -> None:
    page = drawn(black=170, weight=1)
    cv2.rectangle(page, (XS[0], YS[0]), (XS[-1], YS[-1]), 0, 6)
    assert shape(page) == CELLS


def test_a_page_without_lines_has_none_though_some_shine_through() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    for y in range(100, 700, 40):
        words(page, 130, y, 1200)
        words(page, 430, y, 1200)
    assert find_ruling(shone_through(page), 200).segments == ()


def test_a_line_ends_where_only_the_other_side_goes_on() -> None:
    page = drawn()
    back = np.full(SHAPE, 255, np.uint8)
    for y in (YS[0], YS[-1]):
        cv2.line(back, (XS[0] - 110, y), (XS[-1], y), 0, 6)
    cv2.line(back, (XS[0] - 110, YS[0]), (XS[0] - 110, YS[-1]), 0, 6)
    back = np.asarray(cv2.GaussianBlur(back, (0, 0), 1.3), np.uint8)
    assert shape(np.asarray(page * (1 - 0.33 * (255.0 - back) / 255), np.uint8)) == CELLS


def test_a_double_line_of_which_one_is_hardly_there() -> None:
    page = drawn()
    there = np.random.default_rng(3).random(SHAPE[1]) < 0.4
    there[: XS[0]] = there[XS[-1] :] = False
    for y in YS[2:4]:
        page[y + 4 : y + 6, there] = 20
    assert shape(page) == CELLS


def test_rows_of_letters_are_no_lines() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    for y in range(100, 700, 40):
        words(page, 100, y, 1200)
    assert find_ruling(page, 200).segments == ()


def test_a_letter_that_stands_on_a_line_stays_whole() -> None:
    page = drawn()
    cv2.line(page, (700, YS[2] - 30), (700, YS[2] + 20), 0, 4)
    clean = take_out(page, find_ruling(page, 200))
    assert (clean[YS[2] - 25 : YS[2] + 15, 700] < 60).all()
    assert clean[YS[2], 760] > 200


# ── half-ruled ────────────────────────────────────────────────────────────


def half_ruled(rows: int = 6) -> Gray:
    page = np.full(SHAPE, 255, np.uint8)
    for row in range(rows + 1):
        cv2.line(page, (120, 200 + 70 * row), (1180, 200 + 70 * row), 0, 2)
    for row in range(rows):
        for x in (140, 300, 760):
            words(page, x, 245 + 70 * row, x + 40 + 40 * (row % 3))
    return page


def test_cells_between_horizontal_lines() -> None:
    ((_, cells),) = find_ruling(half_ruled(), 200).tables
    assert len(cells) == 18
    assert len({cell.room for cell in cells}) == 18


def test_a_row_across_the_columns_is_one_cell() -> None:
    page = half_ruled()
    for x in range(140, 1100, 190):
        words(page, x, 245 + 70 * 2, 1150)
    ((_, cells),) = find_ruling(page, 200).tables
    assert len(cells) == 16


def test_underlines_of_a_letterhead_are_no_table() -> None:
    page = np.full(SHAPE, 255, np.uint8)
    for x in (150, 700):
        cv2.line(page, (x, 160), (x + 300, 160), 0, 2)
    words(page, 150, 140, 600)
    assert find_ruling(page, 200).tables == ()


# ── numerals ──────────────────────────────────────────────────────────────


def bars(count: int) -> Gray:
    """Capital I's with serifs that touch, as bold type sets them."""
    page = np.full((40, 20 + 20 * count), 255, np.uint8)
    for at in range(count):
        x = 18 + 20 * at
        cv2.rectangle(page, (x - 3, 8), (x + 3, 32), 0, -1)
        for y in (8, 31):
            cv2.rectangle(page, (x - 9, y), (x + 9, y + 1), 0, -1)
    return page


@pytest.mark.parametrize("count", [1, 2, 3])
def test_roman_strokes(count: int) -> None:
    assert roman_bars(bars(count)) == count
    assert as_roman("H", bars(count)) == "I" * count


def test_a_real_h_and_a_one_stay() -> None:
    letter = bars(2)
    letter[18:22, 18:38] = 0
    assert as_roman("H", letter) == "H"
    one = np.full((40, 40), 255, np.uint8)
    cv2.rectangle(one, (17, 8), (21, 32), 0, -1)
    cv2.line(one, (10, 14), (18, 8), 0, 3)
    cv2.rectangle(one, (12, 31), (26, 32), 0, -1)
    assert as_roman("1", one) == "1"


def test_the_quarter_by_its_strokes() -> None:
    """ "Quý 11/2025": two strokes with serifs are II; a figure stays one."""
    page = np.hstack([np.full((40, 60), 255, np.uint8), bars(2), np.full((40, 60), 255, np.uint8)])
    cv2.line(page, (126, 34), (134, 6), 0, 3)
    quarter = EngineWord("Quý", 0.9, 5, 5, 50, 35)
    number = EngineWord("11/", 0.9, 66, 5, 138, 36)
    assert [word.text for word in with_quarters([quarter, number], page)] == ["Quý", "II/"]
    month = EngineWord("Tháng", 0.9, 5, 5, 50, 35)
    assert with_quarters([month, number], page)[1].text == "11/"
    three = replace(number, text="III/")
    assert with_quarters([quarter, three], page)[1].text == "III/"  # never fewer strokes than were read
    # A word read again stands last in the list; a narrow cell cuts the line before the numeral.
    assert [word.text for word in with_quarters([quarter, month, number], page)][-1] == "II/"
    above = replace(
        quarter, left=number.left, right=number.left + 40, top=number.top - 40, bottom=number.top - 12
    )
    assert with_quarters([above, number], page)[1].text == "II/"


def test_words_are_never_numerals() -> None:
    assert as_roman("TT", bars(2)) == "TT"
    assert as_roman("Phòng", bars(3)) == "Phòng"
