"""Turn the words and rules of a page level, about the page centre.

`PageText` keeps boxes on the page as printed, so evidence can be drawn on it. For finding
lines and cells a level page is needed; what is turned here stays inside the layout stage.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import numpy as np

from pipeline.geometry import Box
from pipeline.types import PageText, Rule, Word

MAX_RESIDUAL = 0.6
"""Degrees searched on each side of a proposed angle."""
STEP = 0.1
MIN_WORDS = 25
"""Fewer words say nothing about the skew of a page."""
WORTH_TURNING = 1.03
"""How much sharper the lines have to become before a page is turned at all."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A word and where it stands on the level page (points)."""

    word: Word
    box: Box

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class LevelPage:
    """A page turned level by `angle` degrees (clockwise positive) about its centre."""

    width: float
    height: float
    angle: float
    spots: tuple[Spot, ...]
    rules: tuple[Rule, ...]

    def on_page(self, box: Box) -> Box:
        """`box` of the level page as it lies on the page as printed."""
        return turn_box(box, -self.angle, (self.width / 2, self.height / 2))


def straighten(page: PageText) -> LevelPage:
    """The page with its lines level.

    `page.angle` proposes the skew, in either direction; the words decide, since an engine
    that was given a straightened image may still report boxes of a page slightly askew.
    """
    angle = find_turn(page)
    centre = (page.width / 2, page.height / 2)
    spots = tuple(
        Spot(word, turn_box(word.box, angle, centre) if angle else word.box)
        for word in page.words
        if word.box is not None
    )
    rules = tuple(turn_rule(rule, angle, centre) if angle else rule for rule in page.rules)
    return LevelPage(page.width, page.height, angle, spots, rules)


def find_turn(page: PageText) -> float:
    """The turn in degrees (clockwise positive) after which the printed lines are sharpest."""
    boxes = [word.box for word in page.words if word.box is not None]
    if page.origin == "text_layer" and not page.angle:
        return 0.0
    if len(boxes) < MIN_WORDS:
        return -page.angle
    middles = np.array([box.centre for box in boxes]) - (page.width / 2, page.height / 2)
    angles = sorted(_proposals(page.angle), key=abs)
    sharpness = [_sharpness(middles, angle) for angle in angles]
    best = int(np.argmax(sharpness))
    return angles[best] if sharpness[best] > WORTH_TURNING * sharpness[0] else angles[0]


def _proposals(angle: float) -> set[float]:
    steps = round(MAX_RESIDUAL / STEP)
    return {
        round(centre + step * STEP, 2) for centre in {0.0, angle, -angle} for step in range(-steps, steps + 1)
    }


def _sharpness(middles: np.ndarray[tuple[int, int], np.dtype[np.float64]], angle: float) -> float:
    """How much the words' heights on the page crowd together, two points wide."""
    radians = math.radians(angle)
    heights = middles[:, 0] * math.sin(radians) + middles[:, 1] * math.cos(radians)
    counts = np.bincount(np.round(heights - heights.min()).astype(int))
    pairs = np.convolve(counts, [1, 1])
    return float((pairs.astype(float) ** 2).sum())


def turn_box(box: Box, angle: float, centre: tuple[float, float]) -> Box:
    """A box of the same size whose middle has been turned; sides stay parallel to the page."""
    x, y = _turn_point(*box.centre, angle, centre)
    return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)


def turn_rule(rule: Rule, angle: float, centre: tuple[float, float]) -> Rule:
    """A rule turned by both of its ends, or by its middle where it was given level."""
    level = rule.x0 == rule.x1 or rule.top == rule.bottom
    if level:
        box = turn_box(_box_of(rule), angle, centre)
        return Rule(box.x0, box.top, box.x1, box.bottom)
    first = _turn_point(rule.x0, rule.top, angle, centre)
    last = _turn_point(rule.x1, rule.bottom, angle, centre)
    return Rule(*first, *last)


def _box_of(rule: Rule) -> Box:
    return Box(
        min(rule.x0, rule.x1), min(rule.top, rule.bottom), max(rule.x0, rule.x1), max(rule.top, rule.bottom)
    )


def _turn_point(x: float, y: float, angle: float, centre: tuple[float, float]) -> tuple[float, float]:
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    dx, dy = x - centre[0], y - centre[1]
    return centre[0] + dx * cosine - dy * sine, centre[1] + dx * sine + dy * cosine


def text_height(spots: Iterable[Spot]) -> float:
    """The usual height of a word in points; 10 where there is none to measure."""
    tall = [s.box.height for s in spots if sum(map(str.isalnum, s.word.text)) >= 2]
    return max(1.0, median(tall)) if tall else 10.0
