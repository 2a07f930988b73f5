"""Pen and font: boxes in points onto an image, legible at any size, with Vietnamese letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from pipeline.geometry import Box

Colour = tuple[int, int, int]
Pixels = tuple[float, float, float, float]
Point = tuple[float, float]

_FONTS = (
    "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "DejaVuSans.ttf",
    "segoeui.ttf", "arial.ttf", "tahoma.ttf", "Arial.ttf",
)  # fmt: skip
"""Looked for wherever the system keeps its fonts: Linux, Windows, macOS."""

_WASH = 0.16
"""How much of the colour lies over the page inside a field; black letters stay black."""
_DASH = 5.0
_OUTSIDE = 1.0
_LINE_GAP = 9.0
"""Points between the lines of a paragraph that still count as one field."""
_DARK = 140


@dataclass(frozen=True, slots=True)
class Font:
    """A font, and whether it has the letters of Vietnamese; without them marks are left off."""

    face: ImageFont.FreeTypeFont | ImageFont.ImageFont
    vietnamese: bool

    def length(self, text: str) -> float:
        """Width of `text` in pixels."""
        return self.face.getlength(self._written(text))

    def write(
        self,
        draw: ImageDraw.ImageDraw,
        at: tuple[float, float],
        text: str,
        colour: Colour,
        anchor: str = "la",
    ) -> None:
        """Write `text` with its upper left corner, or another anchor of Pillow's, at `at`."""
        kind = anchor if isinstance(self.face, ImageFont.FreeTypeFont) else None
        draw.text(at, self._written(text), fill=colour, font=self.face, anchor=kind)

    def _written(self, text: str) -> str:
        return text if self.vietnamese else _without_marks(text)


@cache
def load_font(size: int) -> Font:
    """The first font of the system that can write Vietnamese, else Pillow's own."""
    for name in _FONTS:
        try:
            face = ImageFont.truetype(name, size)
        except OSError:
            continue
        if _has_letters(face):
            return Font(face, True)
    return Font(ImageFont.load_default(size), False)


def _has_letters(face: ImageFont.FreeTypeFont) -> bool:
    """True if ế and ữ are drawn as letters: old Liberation fonts draw the box for a missing one."""
    missing = bytes(face.getmask("\uffff"))
    return all(bytes(face.getmask(letter)) not in (missing, b"") for letter in "ếữỘ")


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("·", "-"))
    return plain.encode("ascii", "ignore").decode("ascii")


class Pen:
    """Draws boxes given in points onto an image of `scale` pixels a point."""

    def __init__(self, image: Image.Image, scale: float) -> None:
        self._image = image
        self._paper = image.convert("L")
        self._scale = scale
        self._draw = ImageDraw.Draw(image)
        self._tags: list[Pixels] = []

    def finished(self) -> Image.Image:
        """The image drawn on."""
        return self._image

    def wash(self, box: Box, colour: Colour) -> None:
        """Colour the inside as a felt pen would: paper takes the colour, letters stay."""
        x0, top, x1, bottom = (round(side) for side in self._pixels(box))
        x0, top = max(0, x0), max(0, top)
        x1, bottom = min(self._image.width, x1), min(self._image.height, bottom)
        if x0 >= x1 or top >= bottom:
            return
        area = self._image.crop((x0, top, x1, bottom))
        tint = tuple(round(255 - (255 - part) * _WASH) for part in colour)
        self._image.paste(ImageChops.multiply(area, Image.new("RGB", area.size, tint)), (x0, top))

    def outline(self, box: Box, colour: Colour, weight: float) -> None:
        """A frame `weight` points thick."""
        self._draw.rectangle(self._pixels(box), outline=colour, width=self._width(weight))

    def dashes(self, boxes: Sequence[Box], colour: Colour) -> None:
        """A thick dashed frame around all of `boxes` (the lines of a field); the page stays to be seen."""
        mask = np.zeros((self._image.height, self._image.width), np.uint8)
        for box in boxes:
            x0, top, x1, bottom = (round(side) for side in self._pixels(box.padded(_OUTSIDE)))
            mask[max(0, top) : max(0, bottom), max(0, x0) : max(0, x1)] = 255
        joint = np.ones((self._width(_LINE_GAP), 1), np.uint8)
        joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, joint)
        outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            for start, end in _dashes(outline[:, 0, :].tolist(), _DASH * self._scale):
                self._draw.line([start, end], fill=colour, width=self._width(1.7))

    def tag(self, box: Box, text: str, colour: Colour) -> None:
        """`text` on a small label left of the box or above it, where it hides least."""
        font = load_font(max(9, round(7.5 * self._scale)))
        pad = max(1, round(1.2 * self._scale))
        width, height = font.length(text) + 2 * pad, round(9.5 * self._scale)
        x0, top, x1, _ = self._pixels(box)
        wishes = [(x0 - width - pad, top), (x0, top - height), (x1 - width, top - height)]
        spots = [(x, y, x + width, y + height) for x, y in wishes if x >= 0 and y >= 0]
        spot = self._free(min(spots, key=self._ink, default=(0.0, 0.0, width, float(height))))
        self._draw.rounded_rectangle(spot, radius=pad * 2, fill=colour)
        font.write(self._draw, (spot[0] + pad, (spot[1] + spot[3]) / 2), text, (255, 255, 255), "lm")

    def question(self, box: Box, colour: Colour) -> None:
        """A question mark in a disc at the upper right corner."""
        _, top, x1, _ = self._pixels(box)
        radius = 5.2 * self._scale
        x, y = min(x1 + radius * 0.6, self._image.width - radius), max(radius, top)
        disc = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse(disc, fill=colour, outline=(255, 255, 255), width=self._width(0.8))
        font = load_font(max(8, round(8.5 * self._scale)))
        font.write(self._draw, (x, y), "?", (255, 255, 255), "mm")

    def _pixels(self, box: Box) -> Pixels:
        return tuple(side * self._scale for side in (box.x0, box.top, box.x1, box.bottom))  # type: ignore[return-value]

    def _width(self, points: float) -> int:
        return max(1, round(points * self._scale))

    def _ink(self, spot: Pixels) -> int:
        """Dark pixels of the page, as it was given, that a tag at `spot` would hide."""
        area = self._paper.crop((round(spot[0]), round(spot[1]), round(spot[2]), round(spot[3])))
        return sum(area.histogram()[:_DARK])

    def _free(self, spot: Pixels) -> Pixels:
        """`spot`, moved down past the tags that are there already."""
        x0, top, x1, bottom = spot
        while (
            any(_meet((x0, top, x1, bottom), other) for other in self._tags) and bottom < self._image.height
        ):
            step = bottom - top
            top, bottom = top + step, bottom + step
        self._tags.append((x0, top, x1, bottom))
        return x0, top, x1, bottom


def _meet(left: Pixels, right: Pixels) -> bool:
    return left[0] < right[2] and right[0] < left[2] and left[1] < right[3] and right[1] < left[3]


def _dashes(corners: list[list[float]], length: float) -> list[tuple[Point, Point]]:
    """Strokes along the closed line through `corners`."""
    strokes = []
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        count = max(1, round((abs(bx - ax) + abs(by - ay)) / (2 * length)))
        for index in range(count):
            start, end = index / count, (index + 0.55) / count
            strokes.append(
                (
                    (ax + (bx - ax) * start, ay + (by - ay) * start),
                    (ax + (bx - ax) * end, ay + (by - ay) * end),
                )
            )
    return strokes
