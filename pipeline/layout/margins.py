"""Where the text block of a page (or of one column) begins and ends, and how a line stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.geometry import Box
from pipeline.layout.lines import Row
from pipeline.types import Alignment, Column, Line

WIDE = 0.4
"""A row of this part of the page width belongs to running text."""
NEAR = 0.6
"""Edges within so many text heights are one margin."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of a text block in points, its text height, and its type size.

    `em` is told from the width of the letters: boxes of OCR fit the ink, those of a text
    layer the type, so that heights of the two cannot be compared with the spaces between words.
    """

    left: float
    right: float
    height: float
    em: float

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def indent(self, row: Row) -> float:
        return row.box.x0 - self.left

    def slack(self, row: Row) -> float:
        return self.right - row.box.x1

    def centred(self, row: Row) -> bool:
        """True where the row keeps the same distance from both margins, and a fair one."""
        left, right = self.indent(row), self.slack(row)
        close = abs(left - right) <= max(self.em, 0.1 * (left + right))
        return close and min(left, right) > self.em


def find_margins(rows: Sequence[Row], page_width: float, tables: Sequence[Box] = ()) -> Margins:
    """Margins of the text block.

    The left one is where rows begin most on the left, several of them; the right one where the
    wide rows end. A page with little text takes its tables, or the usual page, as a measure.
    """
    height = max(1.0, median([row.height for row in rows])) if rows else 10.0
    em = type_size(rows)
    wide = [row.box for row in rows if row.box.width >= WIDE * page_width]
    solid = [row.box for row in rows if row.box.width > 3 * em]
    if len(wide) < 3:
        left = min([box.x0 for box in tables] or [0.14 * page_width, *(box.x0 for box in solid)])
        right = max([box.x1 for box in tables] or [0.93 * page_width, *(box.x1 for box in solid)])
        return Margins(left, right, height, em)
    left = min(_margin([box.x0 for box in wide], height), _margin([box.x0 for box in solid], height))
    right = -_margin([-box.x1 for box in wide], height)
    return Margins(left, right, height, em)


def _margin(edges: Sequence[float], height: float) -> float:
    """The outermost edge (smallest value) that several rows share."""
    ordered = sorted(edges)
    wanted = max(2, len(ordered) // 8)
    for first, edge in enumerate(ordered):
        group = [e for e in ordered[first:] if e <= edge + NEAR * height]
        if len(group) >= wanted:
            return median(group)
    return ordered[0]


def set_lines(rows: Sequence[Row], column: Column, margins: Margins, above: float | None) -> list[Line]:
    """Rows of one column, top to bottom, as `Line`s that know how they stand.

    `above` is where the block before them ends (points from the top), null for none.
    """
    starts = [margins.indent(row) for row in rows]
    lines: list[Line] = []
    for row in rows:
        shared = sum(abs(margins.indent(row) - start) < 3 for start in starts) >= 3
        lines.append(
            Line(
                tuple(spot.word for spot in row.spots),
                column,
                _alignment(row, margins, shared),
                gap=None if above is None else round((_body_top(row) - above) / margins.height, 2),
                indent=round(margins.indent(row), 1),
                slack=round(margins.slack(row), 1),
            )
        )
        above = _body_bottom(row)
    return _centre_titles(rows, lines, margins)


def _centre_titles(rows: Sequence[Row], lines: Sequence[Line], margins: Margins) -> list[Line]:
    """Lines of a title that fill the page or happen to begin where paragraphs do are centred too.

    They go on below a centred line, keep equal distances, and no flush line goes on from them.
    """
    done = list(lines)
    for i in range(1, len(done)):
        line, above = done[i], done[i - 1]
        goes_on = above.alignment == "centre" and (line.gap or 0) < 1.2 and line.alignment != "centre"
        equal = abs(margins.indent(rows[i]) - margins.slack(rows[i])) < 0.9 * margins.em
        inside = min(margins.indent(rows[i]), margins.slack(rows[i])) > 0.25 * margins.em
        flush_below = i + 1 < len(rows) and margins.indent(rows[i + 1]) < 0.25 * margins.em
        if goes_on and equal and inside and not flush_below:
            done[i] = replace(line, alignment="centre")
    return done


def _body_top(row: Row) -> float:
    return row.middle - row.height / 2


def _body_bottom(row: Row) -> float:
    return row.middle + row.height / 2


def _alignment(row: Row, margins: Margins, shared_start: bool) -> Alignment:
    indent, slack, height = margins.indent(row), margins.slack(row), margins.height
    # Several rows that begin at the same place are indented, not centred, by whatever chance
    # one of them ends at the same distance from the right margin.
    if margins.centred(row) and not shared_start:
        return "centre"
    if slack < height and indent > 0.3 * margins.width:
        return "right"
    return "justified" if slack < height else "left"


def of_column(rows: Sequence[Row]) -> Margins:
    """Margins of a narrow column: as far as its rows reach."""
    height = max(1.0, median([row.height for row in rows]))
    return Margins(min(row.box.x0 for row in rows), max(row.box.x1 for row in rows), height, type_size(rows))


def type_size(rows: Sequence[Row]) -> float:
    """The size of the type in points: about 2.1 times the usual width of a letter."""
    widths = [
        spot.box.width / len(spot.word.text) for row in rows for spot in row.spots if len(spot.word.text) > 1
    ]
    return max(2.0, 2.1 * median(widths)) if widths else 12.0


def without_gap(lines: Sequence[Line]) -> list[Line]:
    """The same lines, the first of them not knowing what is above it."""
    return [replace(line, gap=None) if i == 0 else line for i, line in enumerate(lines)]
