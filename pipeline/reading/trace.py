"""One ruling line as it was traced."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Trace:
    """One line, as (along, across) points in pixels from its start to its end."""

    points: tuple[tuple[float, float], ...]
    thickness: float
    contrast: float
    """How dark it is at its darkest, across: 0 to 255."""
    body: float
    """All its darkness across, in pixels of black."""

    @property
    def start(self) -> float:
        return self.points[0][0]

    @property
    def end(self) -> float:
        return self.points[-1][0]

    @property
    def length(self) -> float:
        return self.end - self.start

    def level(self, along: float) -> float:
        """Its place across the line at `along`, carried on straight beyond its ends."""
        xs, ys = zip(*self.points, strict=True)
        if along < xs[0] or along > xs[-1]:
            a, b = (0, min(1, len(xs) - 1)) if along < xs[0] else (max(0, len(xs) - 2), len(xs) - 1)
            slope = (ys[b] - ys[a]) / max(1.0, xs[b] - xs[a])
            end = a if along < xs[0] else b
            return float(ys[end] + slope * (along - xs[end]))
        return float(np.interp(along, xs, ys))
