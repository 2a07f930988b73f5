"""Composed sheets: every word and ruling line at its place, before any file is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samples.typeset.elements import Style
from samples.typeset.fonts import ASCENT, DESCENT

Kind = Literal["letterhead", "body", "table", "closing", "furniture"]
Quad = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on its base line; x and baseline in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    baseline: float
    style: Style
    size: float
    kind: Kind
    line: int
    """Counts the printed lines (or cell lines) of the page, from 0."""
    spaced: bool
    """A blank follows on the same line."""

    @property
    def box(self) -> Quad:
        """[x0, top, x1, bottom]: the full height of the face, as a text layer gives it."""
        return (
            self.x0,
            self.baseline - ASCENT * self.size,
            self.x1,
            self.baseline + DESCENT * self.size,
        )


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A ruling line, horizontal or vertical, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `signature` is the free place between the signer's post and name."""

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]
    rules: tuple[PlacedRule, ...]
    signature: Quad | None = None
