"""Stems of letters told from lines between the cells of a row no higher than its type."""

from __future__ import annotations

from pipeline.reading.line_choice import that_hold
from pipeline.reading.trace import Trace

DPI = 165.0
FLAT = [100.0, 130.0, 230.0, 330.0]
"""Heights of the horizontal lines: a header as high as its type, two rows of more lines."""


def across(y: float) -> Trace:
    return Trace(((50.0, y), (650.0, y)), 2.0, 150.0, 1.0)


def down(x: float, start: float, end: float) -> Trace:
    return Trace(((start, x), (end, x)), 2.0, 150.0, 1.0)


def kept(*uprights: Trace) -> list[tuple[float, float]]:
    found = that_hold([across(y) for y in FLAT], list(uprights), DPI)[1]
    return [(trace.points[0][1], trace.start) for trace in found]


FRAME = (down(50.0, 100.0, 330.0), down(250.0, 100.0, 330.0), down(650.0, 100.0, 330.0))
ITS_PLACES = [(50.0, 100.0), (250.0, 100.0), (650.0, 100.0)]


def test_a_stem_is_no_line() -> None:
    assert kept(*FRAME, down(400.0, 103.0, 126.0)) == ITS_PLACES


def test_a_line_of_the_header_goes_on_below() -> None:
    assert (400.0, 101.0) in kept(*FRAME, down(400.0, 101.0, 129.0), down(400.0, 131.0, 329.0))


def test_letters_stand_above_the_line_below_them() -> None:
    assert (250.0, 104.0) not in kept(*FRAME[::2], down(250.0, 104.0, 122.0), down(250.0, 131.0, 329.0))


def test_a_higher_row_may_have_a_line_of_its_own() -> None:
    assert (400.0, 131.0) in kept(*FRAME, down(400.0, 131.0, 229.0))


def test_where_no_line_is_higher_the_short_ones_are_the_table() -> None:
    one_row = that_hold(
        [across(100.0), across(130.0)], [down(x, 101.0, 129.0) for x in (50.0, 300.0, 650.0)], DPI
    )
    assert len(one_row[1]) == 3


def test_a_line_that_goes_on_from_a_long_one_may_end_short_of_the_next() -> None:
    above = down(400.0, 100.0, 229.0)
    assert (400.0, 246.0) in kept(*FRAME, above, down(400.0, 246.0, 322.0))
    assert (430.0, 246.0) not in kept(*FRAME, above, down(430.0, 246.0, 322.0))
