"""The round red seal and the blue signature over the signer's name.

The seal is no office's: it says that the paper is a sample without legal value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from samples.typeset.fonts import NAMES, load_fonts
from samples.typeset.sheets import Sheet

_RING_TEXT = "BẢN MẪU TRÌNH BÀY • KHÔNG CÓ GIÁ TRỊ PHÁP LÝ •"
_RED = (0.80, 0.10, 0.16)
_BLUE = (0.13, 0.20, 0.58)
_RADIUS = 47.0
"""Points: a seal of about 33 mm."""
_FINE = 2
"""The marks are drawn so many times larger, then brought down, for smooth edges."""

Pixels = npt.NDArray[np.float32]


def stamp(sheet: Sheet, size: tuple[int, int], dpi: int, random: np.random.Generator) -> Pixels:
    """What to multiply a page with: 1 where nothing is, the ink's colour where seal or signature are."""
    assert sheet.signature is not None
    x0, top, x1, bottom = sheet.signature
    scale = dpi / 72 * _FINE
    middle = ((x0 + x1) / 2, (top + bottom) / 2)
    # By custom the seal covers about a third of the signature, at its left (Decree 30/2020/NĐ-CP, art. 33).
    seal = _seal(size, (middle[0] - 58, middle[1] + 2), scale, random)
    signature = _signature(size, middle, scale, random)
    layer = np.ones((size[1], size[0], 3), dtype=np.float32)
    for mask, colour in ((signature, _BLUE), (seal, _RED)):
        layer *= 1 - mask[:, :, None] * (1 - np.array(colour, dtype=np.float32))
    return layer


def _seal(
    size: tuple[int, int], centre: tuple[float, float], scale: float, random: np.random.Generator
) -> Pixels:
    image = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    draw = ImageDraw.Draw(image)
    x, y = centre[0] * scale, centre[1] * scale
    for radius, weight in ((_RADIUS, 1.7), (_RADIUS - 3, 0.6), (_RADIUS * 0.58, 0.8)):
        r = radius * scale
        draw.ellipse((x - r, y - r, x + r, y + r), outline=255, width=max(1, round(weight * scale)))
    _star(draw, (x, y), _RADIUS * 0.30 * scale)
    _ring_text(image, (x, y), _RADIUS * 0.78 * scale, 7.6 * scale, float(random.uniform(-0.3, 0.3)))
    return _uneven(_reduced(image, size), 0.86, 0.32, random)


def _star(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float) -> None:
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.42
        angle = -math.pi / 2 + corner * math.pi / 5
        points.append((centre[0] + length * math.cos(angle), centre[1] + length * math.sin(angle)))
    draw.polygon(points, fill=255)


def _ring_text(
    image: Image.Image, centre: tuple[float, float], radius: float, size: float, turn: float
) -> None:
    font = ImageFont.truetype(str(load_fonts() / f"{NAMES['bold']}.ttf"), round(size))
    step = 2 * math.pi / len(_RING_TEXT)
    for index, letter in enumerate(_RING_TEXT):
        angle = turn - math.pi + index * step
        side = round(size * 2)
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((side / 2, side / 2), letter, fill=255, font=font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        at = (
            round(centre[0] + radius * math.cos(angle) - side / 2),
            round(centre[1] + radius * math.sin(angle) - side / 2),
        )
        image.paste(255, at, tile)


def _signature(
    size: tuple[int, int], middle: tuple[float, float], scale: float, random: np.random.Generator
) -> Pixels:
    """A pen's run: loops that get flatter, then a long stroke back under them."""
    image = Image.new("L", (size[0] * _FINE, size[1] * _FINE), 0)
    draw = ImageDraw.Draw(image)
    height = float(random.uniform(13, 17))
    points = []
    for step in range(220):
        t = step / 219
        x = middle[0] - 42 + 92 * t + 9 * math.sin(t * 31)
        y = middle[1] + height * (1 - 0.75 * t) * math.sin(t * 27 + 0.6) - 6 * t
        points.append((x * scale, y * scale))
    tail = [
        (middle[0] + 50 - 100 * t, middle[1] - 4 + 14 * t - 9 * math.sin(t * math.pi))
        for t in (step / 40 for step in range(41))
    ]
    _stroke(draw, points, scale)
    _stroke(draw, [(x * scale, y * scale) for x, y in tail], scale)
    return _uneven(_reduced(image, size), 0.92, 0.12, random)


def _stroke(draw: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], scale: float) -> None:
    for index, (start, end) in enumerate(itertools.pairwise(points)):
        weight = 0.9 + 0.5 * math.sin(index / 9)
        draw.line((*start, *end), fill=255, width=max(1, round(weight * scale)), joint="curve")


def _reduced(image: Image.Image, size: tuple[int, int]) -> Pixels:
    small = image.resize(size, Image.Resampling.BOX)
    return (np.asarray(small) / 255).astype(np.float32)


def _uneven(mask: Pixels, strength: float, spread: float, random: np.random.Generator) -> Pixels:
    """Ink pressed on unevenly: patches of a few millimetres print fainter."""
    height, width = mask.shape
    patches = cv2.resize(
        random.uniform(1 - spread, 1, (height // 14 + 1, width // 14 + 1)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_LINEAR,
    )
    return (mask * patches * strength).astype(np.float32)
