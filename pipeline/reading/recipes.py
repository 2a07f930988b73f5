"""Which preparation a page gets, by its own measurements, and the steps themselves.

No single filter serves all: what saves a pale page with print seen through it doubles the
errors of a clean one. Each step is taken only where the page measures so; limits stand
far between what clean and damaged pages measure (see `benchmarks/README.md`, Reading).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from pipeline.reading.measures import Measures
from pipeline.reading.pieces import pieces, pixels_of
from pipeline.reading.prepare import Gray, ink_mask

Step = Literal["shading", "grain", "pale", "bleed", "specks"]

_SHADED = 40.0
_GRAINY = 8.0
_PALE = 110.0
_SPECKLED = 15.0
_SOFT = 0.8
"""Pixels at 200 dpi of the blur that takes grain out; 1.2 loses accents."""
_HEADROOM = {"pale": 0.3, "bleed": 0.1}
"""White begins so far between ink and paper: what is paler is print seen through."""
_SPECK_AREA = 8
"""Pixels; a full stop has 11 to 17 at 165 dpi, a dot under a letter 6 and more, but near its letter."""
_NEAR = 7
_WORDS: dict[Step, str] = {
    "shading": "shading out",
    "grain": "grain smoothed",
    "pale": "pale ink darkened",
    "bleed": "all but the darkest ink out",
    "specks": "specks out",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Steps in the order in which they are taken."""

    steps: tuple[Step, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORDS[step] for step in self.steps)


PLAIN = Recipe()


def suggested(measures: Measures) -> Recipe:
    """What the page's measurements ask for; nothing for a clean page."""
    steps: list[Step] = []
    if measures.grain > _GRAINY:
        steps.append("grain")
    if measures.ink > _PALE:
        steps.append("pale")
    elif measures.shading > _SHADED:
        steps.append("shading")
    if measures.specks > _SPECKLED and measures.grain <= _GRAINY:
        steps.append("specks")
    return Recipe(tuple(steps))


def alternatives(measures: Measures, tried: Recipe) -> tuple[Recipe, ...]:
    """What else may help where the reading of `tried` is poor: at most two."""
    darker: Step = "bleed" if "pale" in tried.steps else "pale"
    others = [Recipe((darker,)), Recipe(("grain", darker))]
    if measures.shading > _SHADED / 2 and "shading" not in tried.steps:
        others.insert(0, Recipe(("shading",)))
    return tuple(other for other in others if other != tried)[:2]


def prepare(gray: Gray, paper: Gray, measures: Measures, recipe: Recipe) -> Gray:
    """Take the steps; `gray` itself where there is none."""
    for step in recipe.steps:
        if step == "grain":
            gray = cv2.GaussianBlur(gray, (0, 0), _SOFT).astype(np.uint8)
        elif step == "shading":
            gray = cv2.divide(gray, paper, scale=255).astype(np.uint8)
        elif step == "specks":
            gray = without_specks(gray)
        else:
            white = measures.between + _HEADROOM[step] * (255 - measures.between)
            gray = _stretched(cv2.divide(gray, paper, scale=255).astype(np.uint8), measures.ink, white)
    return gray


def _stretched(gray: Gray, black: float, white: float) -> Gray:
    levels = np.clip((np.arange(256) - black) / max(1.0, white - black) * 255, 0, 255)
    return cv2.LUT(gray, levels.astype(np.uint8)).astype(np.uint8)


def without_specks(gray: Gray) -> Gray:
    """Lone dots too small for any mark, not near a letter, painted as the paper round them."""
    ink = ink_mask(gray)
    labels, stats = pieces(ink)
    small = stats[:, cv2.CC_STAT_AREA] <= _SPECK_AREA
    small[0] = False
    dots = pixels_of(small, labels)
    letters = ((ink > 0) & (dots == 0)).astype(np.uint8)
    near = cv2.dilate(letters, np.ones((_NEAR, _NEAR), np.uint8))
    lone = (cv2.dilate(dots, np.ones((3, 3), np.uint8)) > 0) & (near == 0)
    clean = gray.copy()
    clean[lone] = cv2.dilate(gray, np.ones((9, 9), np.uint8))[lone]
    return clean
