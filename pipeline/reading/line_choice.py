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
_OVERSHOT, _ASIDE = 0.12, 0.02
"""Inches: how far from a crossing line a line may end that goes on from a long one; how far aside of it."""
_STEM, _HIGHER, _FOOT = 0.34, 1.5, 0.03
"""Inches: the most that letters stand high, with their marks; a table's higher lines in heights of a stem;
inches: letters stand higher than this above the line below them."""


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
    loose = _OVERSHOT * dpi
    long = list(uprights)

    def reach_of(trace: Trace) -> float:
        # What goes on from a long line is sure: the ink of a letter may lengthen it, a break shorten it.
        return loose if any(_goes_on(trace, other, dpi) for other in long) else reach

    # Short lines may hold each other up: twice is enough for a cell within a cell.
    for _ in range(2):
        held = [trace for trace in rest_upright if _held(trace, flats, reach_of(trace))]
        uprights, rest_upright = uprights + held, [t for t in rest_upright if t not in held]
        held = [trace for trace in rest_flat if _held(trace, uprights, reach)]
        flats, rest_flat = flats + held, [t for t in rest_flat if t not in held]
    uprights = [trace for trace in uprights if not _is_stem(trace, uprights, flats, dpi)]
    return sorted(flats, key=_place), sorted(uprights, key=_place)


def _goes_on(trace: Trace, other: Trace, dpi: float) -> bool:
    """Whether a short vertical line stands right above or below `other`, in one line with it."""
    aside = abs(other.level((trace.start + trace.end) / 2) - (trace.points[0][1] + trace.points[-1][1]) / 2)
    apart = max(trace.start - other.end, other.start - trace.end)
    return aside <= _ASIDE * dpi and 0 <= apart + _OVERSHOT * dpi <= 6 * _OVERSHOT * dpi


def _is_stem(trace: Trace, uprights: Sequence[Trace], flats: Sequence[Trace], dpi: float) -> bool:
    """Whether what looks like the line between two cells is the stem of a letter.

    In a row no higher than its type a stem reaches from line to line. A line between cells goes on
    in another row, or is the table's edge, or the table has no higher one.
    """
    if trace.length >= _STEM * dpi:
        return False
    reach = _MEET * dpi
    place = trace.points[0][1]
    held = [
        flat for flat in flats if any(_on(end, flat, reach) for end in (trace.points[0], trace.points[-1]))
    ]
    if not any(flat.start + 2 * reach < place < flat.end - 2 * reach for flat in held):
        return False
    others = [other for other in uprights if other is not trace]
    foot = min((abs(flat.level(place) - trace.end) for flat in held), default=0.0)
    if foot <= _FOOT * dpi and any(abs(other.level(trace.start) - place) <= reach for other in others):
        return False
    higher = (other for other in others if other.length >= _HIGHER * trace.length)
    return any(_cross(other, flat, reach) for other in higher for flat in held)


def _cross(upright: Trace, flat: Trace, reach: float) -> bool:
    """Whether a vertical and a horizontal line meet or cross."""
    x = upright.points[0][1]
    y = flat.level(x)
    return flat.start - reach <= x <= flat.end + reach and upright.start - reach <= y <= upright.end + reach


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
