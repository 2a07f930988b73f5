"""Ruled tables from rules drawn here: exact, broken, doubled, bent, crooked, open, and no tables."""

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.geometry import Box
from pipeline.layout import lay_out
from pipeline.types import Grid, Line, PageLayout, PageText, Rule, Word

XS = (85.0, 120.0, 280.0, 420.0, 545.0)
YS = (200.0, 230.0, 275.0, 300.0, 350.0)
Cells = list[tuple[int, int, int, int]]


def plain(ys: tuple[float, ...] = YS, xs: tuple[float, ...] = XS) -> Cells:
    return [(r, c, 1, 1) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]


# A group row across all columns; a cell merged down over rows 2 and 3.
MERGED: Cells = [
    *[(0, c, 1, 1) for c in range(4)],
    (1, 0, 1, 4),
    (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 2, 1), (2, 3, 1, 1),
    (3, 0, 1, 1), (3, 1, 1, 1), (3, 3, 1, 1),
]  # fmt: skip


def frame(cells: Cells, ys: tuple[float, ...] = YS, xs: tuple[float, ...] = XS) -> list[Rule]:
    """Four rules round every cell, as word processors draw them."""
    rules = []
    for r, c, down, across in cells:
        x0, x1, top, bottom = xs[c], xs[c + across], ys[r], ys[r + down]
        rules += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom)]
        rules += [Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
    return rules


def name(cell: tuple[int, int, int, int]) -> str:
    return f"ô{cell[0]}.{cell[1]}"


def fill(cells: Cells, ys: tuple[float, ...] = YS, xs: tuple[float, ...] = XS) -> list[Word]:
    """One word in every cell, near its left top corner."""
    return [word(xs[c] + 5, ys[r] + 6, name((r, c, d, a))) for r, c, d, a in cells]


def word(x: float, top: float, text: str) -> Word:
    return Word(text, text, 1, Box(x, top, x + 6 * len(text), top + 12), 1.0, "ocr")


def page(words: list[Word], rules: list[Rule], angle: float = 0.0) -> PageText:
    return PageText(1, 595, 842, tuple(words), tuple(rules), "ocr", "made", angle=angle)


def grids(layout: PageLayout) -> list[Grid]:
    return [block for block in layout.blocks if isinstance(block, Grid)]


def shape(grid: Grid) -> Cells:
    return [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


def assert_exact(layout: PageLayout, cells: Cells) -> None:
    (grid,) = grids(layout)
    assert shape(grid) == sorted(cells)
    assert [cell.text for cell in grid.cells] == [name(cell) for cell in sorted(cells)]


def turn(x: float, y: float, degrees: float) -> tuple[float, float]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    dx, dy = x - 297.5, y - 421
    return 297.5 + dx * cosine - dy * sine, 421 + dx * sine + dy * cosine


def turned(words: list[Word], rules: list[Rule], degrees: float) -> tuple[list[Word], list[Rule]]:
    moved = []
    for w in words:
        x, y = turn(*w.box.centre, degrees)
        half, tall = w.box.width / 2, w.box.height / 2
        moved.append(Word(w.text, w.raw, 1, Box(x - half, y - tall, x + half, y + tall), 1.0, "ocr"))
    lines = [Rule(*turn(r.x0, r.top, degrees), *turn(r.x1, r.bottom, degrees)) for r in rules]
    return moved, lines


@pytest.mark.parametrize("cells", [plain(), MERGED], ids=["plain", "merged"])
class TestRuledTable:
    def test_exact_lines(self, cells: Cells) -> None:
        assert_exact(lay_out(page(fill(cells), frame(cells))), cells)

    def test_cell_boxes(self, cells: Cells) -> None:
        (grid,) = grids(lay_out(page(fill(cells), frame(cells))))
        for cell in grid.cells:
            assert cell.box is not None
            assert cell.box.x0 == pytest.approx(XS[cell.column], abs=0.5)
            assert cell.box.bottom == pytest.approx(YS[cell.row + cell.row_span], abs=0.5)
        assert grid.column_edges == XS

    def test_doubled_lines(self, cells: Cells) -> None:
        rules = frame(cells)
        rules += [Rule(r.x0 + 1, r.top + 1.5, r.x1 + 1, r.bottom + 1.5) for r in rules]
        assert_exact(lay_out(page(fill(cells), rules)), cells)

    @pytest.mark.parametrize("seed", range(5))
    def test_broken_lines(self, cells: Cells, seed: int) -> None:
        """Each rule in pieces of 15 points, one in eight lost, all a little off."""
        chance = random.Random(seed)
        pieces = [piece for rule in frame(cells) for piece in cut(rule) if chance.random() > 0.125]
        rough = [
            Rule(p.x0, p.top + chance.uniform(-0.7, 0.7), p.x1, p.bottom + chance.uniform(-0.7, 0.7))
            if p.horizontal
            else Rule(p.x0 + chance.uniform(-0.7, 0.7), p.top, p.x1 + chance.uniform(-0.7, 0.7), p.bottom)
            for p in pieces
        ]
        assert_exact(lay_out(page(fill(cells), rough)), cells)

    @pytest.mark.parametrize("degrees", [-2.0, -0.5, 0.8, 3.0])
    def test_crooked_page(self, cells: Cells, degrees: float) -> None:
        words, rules = turned(fill(cells), frame(cells), degrees)
        assert_exact(lay_out(page(words, rules, angle=degrees)), cells)

    def test_bent_lines(self, cells: Cells) -> None:
        """The middle of the page lies 6 points lower than its edges."""

        def sag(x: float) -> float:
            return 6 * (1 - ((x - 315) / 230) ** 2)

        words = [
            Word(
                w.text,
                w.raw,
                1,
                Box(w.box.x0, w.box.top + sag(w.box.x0), w.box.x1, w.box.bottom + sag(w.box.x0)),
                1.0,
                "ocr",
            )
            for w in fill(cells)
        ]
        rules = []
        for rule in frame(cells):
            for p in cut(rule):
                drop = sag((p.x0 + p.x1) / 2)
                rules.append(Rule(p.x0, p.top + drop, p.x1, p.bottom + drop))
        assert_exact(lay_out(page(words, rules)), cells)

    def test_no_lines_at_the_sides(self, cells: Cells) -> None:
        rules = [r for r in frame(cells) if r.horizontal or r.x0 not in (XS[0], XS[-1])]
        layout = lay_out(page(fill(cells), rules))
        assert_exact(layout, cells)
        assert not grids(layout)[0].ruled

    def test_open_at_the_page_end(self, cells: Cells) -> None:
        rules = [r for r in frame(cells) if not (r.horizontal and r.top == YS[-1])]
        assert_exact(lay_out(page(fill(cells), rules)), cells)

    def test_open_at_the_page_top(self, cells: Cells) -> None:
        rules = [r for r in frame(cells) if not (r.horizontal and r.top == YS[0])]
        assert_exact(lay_out(page(fill(cells), rules)), cells)


def cut(rule: Rule, length: float = 15.0) -> list[Rule]:
    if rule.horizontal:
        stops = [*range(int(rule.x0), int(rule.x1), int(length)), rule.x1]
        return [Rule(a, rule.top, b, rule.top) for a, b in itertools.pairwise(stops)]
    stops = [*range(int(rule.top), int(rule.bottom), int(length)), rule.bottom]
    return [Rule(rule.x0, a, rule.x0, b) for a, b in itertools.pairwise(stops)]


def test_lines_inside_a_cell_and_empty_cells() -> None:
    words = [word(125, 205, "Nội"), word(150, 205, "dung"), word(125, 216, "việc"), word(425, 240, "x")]
    (grid,) = grids(lay_out(page(words, frame(plain()))))
    texts = {(c.row, c.column): [line.text for line in c.lines] for c in grid.cells}
    assert texts[0, 1] == ["Nội dung", "việc"]
    assert texts[1, 3] == ["x"]
    assert sum(map(len, texts.values())) == 3


def test_two_tables_with_text_between() -> None:
    lower = tuple(y + 300 for y in YS)
    words = [*fill(plain()), word(85, 400, "Giữa"), word(120, 400, "hai"), word(150, 400, "bảng")]
    words += [*fill(MERGED, lower), word(85, 150, "Trước"), word(85, 700, "Sau")]
    blocks = lay_out(page(words, frame(plain()) + frame(MERGED, lower))).blocks
    kinds = [block.text if isinstance(block, Line) else len(block.cells) for block in blocks]
    assert kinds == ["Trước", 16, "Giữa hai bảng", len(MERGED), "Sau"]


NO_TABLES = [
    # the underline of a title and of the motto
    [Rule(200, 100, 300, 100), Rule(350, 100, 480, 100)],
    # a box round a title
    [Rule(150, 100, 450, 100), Rule(150, 140, 450, 140), Rule(150, 100, 150, 140), Rule(450, 100, 450, 140)],
    # a frame round the page
    [Rule(40, 40, 560, 40), Rule(40, 800, 560, 800), Rule(40, 40, 40, 800), Rule(560, 40, 560, 800)],
    # a stamp: two boxes side by side
    [*frame([(0, 0, 1, 1), (0, 1, 1, 1)], (100, 130), (100, 150, 220))],
    # a text column with a rule at its side
    [Rule(70, 100, 70, 700)],
    # lines to write on
    [Rule(85, 100 + 20 * i, 545, 100 + 20 * i) for i in range(6)],
]


@pytest.mark.parametrize("rules", NO_TABLES)
def test_rules_that_make_no_table(rules: list[Rule]) -> None:
    # Words of running text: no gap of one line stands under that of another.
    words = [word(160 + 40 * i + 7 * (j * j % 6), 110 + 20 * j, "chữ") for i in range(4) for j in range(6)]
    assert grids(lay_out(page(words, rules))) == []


def test_underline_inside_a_cell_makes_no_row() -> None:
    rules = [*frame(plain()), Rule(130, 253, 200, 253)]
    assert_exact(lay_out(page(fill(plain()), rules)), plain())


def test_rest_of_a_row_alone_on_a_page() -> None:
    cells = plain(YS[:2])
    assert_exact(lay_out(page(fill(cells), frame(cells))), cells)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=24, max_size=24))
def test_each_position_is_covered_exactly_once(kept: list[bool]) -> None:
    """Whatever inner walls are missing."""
    walls = list(frame(plain()))
    inner = sorted({(r.x0, r.top, r.x1, r.bottom) for r in walls if not _outer(r)})
    outer = [r for r in walls if _outer(r)]
    rules = outer + [Rule(*wall) for wall, keep in zip(inner, kept, strict=False) if keep]
    for grid in grids(lay_out(page(fill(plain()), rules))):
        covered = [
            (r, c)
            for cell in grid.cells
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        ]
        assert sorted(covered) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


def _outer(rule: Rule) -> bool:
    if rule.horizontal:
        return rule.top in (YS[0], YS[-1])
    return rule.x0 in (XS[0], XS[-1])
