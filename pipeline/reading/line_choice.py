"""Which traces are ruling lines of the page: dark enough to be its own, long or held at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.reading.trace import Trace

LONG = 0.5
"""Inches: so long a line is one by itself, a shorter one only where both its ends meet others."""
INK = 0.28
"""Of the contrast of the page's lines, and of its letters: the least that counts as ink of a line."""
_PALE, _THIN = 0.55, 0.5
"""Of the contrast and the body of the page's best lines: paler ones shine through from the
other side. A line that is only thin is as dark as the others at its middle."""
_SHORT_PALE = 0.5
_HAIRLINE = 0.0125
"""Inches: all the darkness of a line over its darkest. Hairlines beside a heavy frame are pale for
being thinner than a pixel; what shines through is blurred and never so thin."""
_MEET = 0.05


def usual_contrast(traces: Sequence[Trace], dpi: float) -> float:
    """Of the better half of the long lines; 0 where there is none."""
    long = [trace.contrast for trace in traces if trace.length >= LONG * dpi]
    return float(np.percentile(long, 75)) if long else 0.0


def dark_enough(
    across: Sequence[Trace], down: Sequence[Trace], text: float, dpi: float
) -> tuple[list[Trace], list[Trace]]:
    """Without the lines of the other side of the sheet; `text` is the contrast of the page's letters."""
    long = [trace for trace in (*across, *down) if trace.length >= LONG * dpi]
    if not long:
        return list(across), list(down)
    usual = usual_contrast(long, dpi)
    body = _THIN * float(np.percentile([trace.body for trace in long], 75))

    def dark(trace: Trace) -> bool:
        if trace.body * 255 <= _HAIRLINE * dpi * trace.contrast:
            return True
        if trace.contrast < INK * text:
            return False
        if trace.length < 2 * LONG * dpi:
            # What is short has to be sure: a piece of a seal's ring is thick, but paler.
            return trace.contrast >= _SHORT_PALE * usual
        return trace.contrast >= _PALE * usual or trace.body >= body

    return list(filter(dark, across)), list(filter(dark, down))


def can_hold(across: Sequence[Trace], down: Sequence[Trace], dpi: float) -> bool:
    """True where two long lines of one direction could hold shorter ones between them."""
    return any(sum(trace.length >= LONG * dpi for trace in traces) >= 2 for traces in (across, down))


def that_hold(across: Sequence[Trace], down: Sequence[Trace], dpi: float) -> tuple[list[Trace], list[Trace]]:
    """Long lines, and short ones that reach from one line to another."""
    reach = _MEET * dpi
    flats = [trace for trace in across if trace.length >= LONG * dpi]
    uprights = [trace for trace in down if trace.length >= LONG * dpi]
    rest_flat = [trace for trace in across if trace not in flats]
    rest_upright = [trace for trace in down if trace not in uprights]
    # Short lines may hold each other up: twice is enough for a cell within a cell.
    for _ in range(2):
        held = [trace for trace in rest_upright if _held(trace, flats, reach)]
        uprights, rest_upright = uprights + held, [t for t in rest_upright if t not in held]
        held = [trace for trace in rest_flat if _held(trace, uprights, reach)]
        flats, rest_flat = flats + held, [t for t in rest_flat if t not in held]
    return sorted(flats, key=_place), sorted(uprights, key=_place)


def _place(trace: Trace) -> tuple[float, float]:
    return trace.points[0][1], trace.start


def _held(trace: Trace, crossing: Sequence[Trace], reach: float) -> bool:
    """True where both ends of the trace lie on crossing lines."""
    ends = (trace.points[0], trace.points[-1])
    return all(any(_on(end, other, reach) for other in crossing) for end in ends)


def _on(end: tuple[float, float], other: Trace, reach: float) -> bool:
    along, across = end
    inside = other.start - reach <= across <= other.end + reach
    return inside and abs(other.level(across) - along) <= reach


def mended(traces: Sequence[Trace], crossing: Sequence[Trace], dpi: float) -> list[Trace]:
    """The traces drawn on to the crossing lines that they nearly meet."""
    reach = 0.12 * dpi
    return [_drawn_on(trace, crossing, reach) for trace in traces]


def _drawn_on(trace: Trace, crossing: Sequence[Trace], reach: float) -> Trace:
    points = list(trace.points)
    for end, sign in ((0, -1), (-1, 1)):
        along, across = points[end]
        near = [
            other.level(across)
            for other in crossing
            if other.start - reach <= across <= other.end + reach
            and 0 < sign * (other.level(across) - along) <= reach
        ]
        if near:
            target = min(near, key=lambda level: abs(level - along))
            points[end] = (target, trace.level(target))
    return replace(trace, points=tuple(points))
