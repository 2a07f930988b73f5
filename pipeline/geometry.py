"""The one coordinate system: PDF points, origin at the top left of the upright page.

Every box in the project is a `Box`; whoever reads pixels or PDF space converts
at once, so that no later stage has to ask which way is up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points: x to the right, y down.

    Raises:
        ValueError: if a side is negative.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if not (self.x0 <= self.x1 and self.top <= self.bottom):
            raise ValueError(f"a box needs x0 <= x1 and top <= bottom, not {self}")

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def union(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: Box) -> float:
        """Area in common, in square points; 0 where they do not meet."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def contains(self, point: tuple[float, float]) -> bool:
        x, y = point
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def padded(self, margin: float) -> Box:
        return Box(self.x0 - margin, self.top - margin, self.x1 + margin, self.bottom + margin)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes` (at least one)."""
    boxes = tuple(boxes)
    return Box(
        min([box.x0 for box in boxes]),
        min([box.top for box in boxes]),
        max([box.x1 for box in boxes]),
        max([box.bottom for box in boxes]),
    )


def pixels_to_points(dpi: float) -> float:
    """Points per pixel at `dpi`."""
    return POINTS_PER_INCH / dpi


# ── skew ──────────────────────────────────────────────────────────────────
#
# Boxes are where the words stand on the page as it is, so that they fit a drawing of it.
# A scan fed crooked by `angle` degrees (lines that run downhill to the right: positive)
# is made straight by turning it back about the centre of the page. A box is turned by
# its centre and keeps its sides: for the size of a word the difference is under a point,
# and turning there and back gives the same box.


def straighten_point(
    point: tuple[float, float], angle: float, width: float, height: float
) -> tuple[float, float]:
    """Where `point` would be on the page without its skew of `angle` degrees.

    `width` and `height` are the page's, in points.
    """
    x, y = point[0] - width / 2, point[1] - height / 2
    turn = radians(-angle)
    return (
        x * cos(turn) - y * sin(turn) + width / 2,
        x * sin(turn) + y * cos(turn) + height / 2,
    )


def straighten(box: Box, angle: float, width: float, height: float) -> Box:
    """`box` on the page without its skew: for telling lines and columns."""
    x, y = straighten_point(box.centre, angle, width, height)
    return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)


def unstraighten(box: Box, angle: float, width: float, height: float) -> Box:
    """The inverse of `straighten`: from the straightened page to the page as it is."""
    return straighten(box, -angle, width, height)
