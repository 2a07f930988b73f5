"""The press: a cursor that runs down the pages and puts words and rules on them."""

from __future__ import annotations

from collections.abc import Sequence

from samples.typeset.elements import Align
from samples.typeset.lines import Token, spread, tokens
from samples.typeset.sheets import Kind, PlacedRule, PlacedWord, Quad, Sheet

A4 = (595.2756, 841.8898)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 42.5, 56.7, 56.7
"""Margins of Decree 30/2020/NĐ-CP, Appendix I: 30 mm left, 15 right, 20 top and bottom."""
LEADING = 1.286
"""Line distance in parts of the size: 18 points for a 14 point text."""
_PAGE_NUMBER_BASELINE = 42.0


class Press:
    """Pages under composition; `y` is the cursor, in points from the top of the page."""

    def __init__(self) -> None:
        self.finished: list[Sheet] = []
        self.page_size = A4
        self._signature: Quad | None = None
        self._begin()

    @property
    def measure(self) -> float:
        """Width of the text, in points."""
        return self.page_size[0] - LEFT - RIGHT

    @property
    def room(self) -> float:
        """Height left on the page, in points."""
        return self.page_size[1] - BOTTOM - self.y

    @property
    def at_top(self) -> bool:
        return self.y <= TOP

    def new_page(self, landscape: bool | None = None) -> None:
        """End the page; the next one lies or stands as asked, or as this one."""
        self._end()
        if landscape is not None:
            self.page_size = (A4[1], A4[0]) if landscape else A4
        self._begin()

    def finish(self) -> tuple[Sheet, ...]:
        """All pages, the last one ended."""
        self._end()
        return tuple(self.finished)

    def line(
        self,
        words: Sequence[Token],
        left: float,
        measure: float,
        align: Align,
        baseline: float,
        kind: Kind,
        last: bool = True,
    ) -> tuple[float, float]:
        """Put one line on the page; where its words begin and end."""
        placed = list(spread(words, left, measure, align, last))
        for index, (token, x0, x1) in enumerate(placed):
            spaced = index + 1 < len(placed)
            self._words.append(
                PlacedWord(token.text, x0, x1, baseline, token.style, token.size, kind, self._lines, spaced)
            )
        self._lines += 1
        return placed[0][1], placed[-1][2]

    def rule(self, x0: float, top: float, x1: float, bottom: float, weight: float = 0.6) -> None:
        """Draw a ruling line."""
        self._rules.append(PlacedRule(x0, top, x1, bottom, weight))

    def reserve_signature(self, place: Quad) -> None:
        """Keep in mind where on this page the signature goes."""
        self._signature = place

    def _begin(self) -> None:
        self.y = TOP
        self._words: list[PlacedWord] = []
        self._rules: list[PlacedRule] = []
        self._lines = 0
        self._signature = None
        number = len(self.finished) + 1
        if number > 1:
            self.line(
                tokens(str(number), 13.0), LEFT, self.measure, "centre", _PAGE_NUMBER_BASELINE, "furniture"
            )

    def _end(self) -> None:
        width, height = self.page_size
        self.finished.append(
            Sheet(
                len(self.finished) + 1,
                width,
                height,
                tuple(self._words),
                tuple(self._rules),
                self._signature,
            )
        )
