"""A rectangle of a page in pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in pixels; right and bottom are outside.

    `room` is its number in `Ruling.rooms`, 0 where it is a plain rectangle.
    """

    left: int
    top: int
    right: int
    bottom: int
    room: int = 0
