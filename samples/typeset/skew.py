"""How a page lay on the scanner's glass: turned a little and shifted a little."""

from __future__ import annotations

import math
from dataclasses import dataclass

from samples.typeset.sheets import Quad

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Skew:
    """Turned clockwise by `degrees` round `centre`, then shifted; all in points."""

    degrees: float
    centre: tuple[float, float]
    shift: tuple[float, float]

    @property
    def matrix(self) -> Matrix:
        """(a, b, tx, c, d, ty): x' = a x + b y + tx, y' = c x + d y + ty."""
        angle = math.radians(self.degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        (x, y), (dx, dy) = self.centre, self.shift
        return cos, -sin, x - cos * x + sin * y + dx, sin, cos, y - sin * x - cos * y + dy

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page lands on the scan."""
        a, b, tx, c, d, ty = self.matrix
        return a * x + b * y + tx, c * x + d * y + ty

    def around(self, box: Quad) -> Quad:
        """The upright box round the turned one."""
        x0, top, x1, bottom = box
        corners = [self.point(x, y) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)
