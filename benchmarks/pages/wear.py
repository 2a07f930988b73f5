"""What becomes of a printed page: nine conditions, the same pages and seeds the same pixels.

Each takes the clean rendering (float, 0 black to 1 white, three channels) and gives the
image that a scanner, fax or telephone would have stored.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from benchmarks.pages.typeset import Printed
from samples.typeset.fonts import load_fonts

Pixels = npt.NDArray[np.float32]
Wear = Callable[[Pixels, Printed, np.random.Generator, int], Pixels]


@dataclass(frozen=True, slots=True)
class Condition:
    """`jpeg` is the quality it is stored at, null for lossless; `dpi` across and down."""

    name: str
    dpi: tuple[int, int]
    wear: Wear
    jpeg: int | None = None
    colour: bool = False
    bits: int = 8
    limit: float = 0.01
    """The most CER that the project allows itself."""


def seeded(condition: Condition, page: Printed) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(f"{condition.name}/{page.name}".encode()))


def worn(condition: Condition, page: Printed, clean: Pixels) -> Image.Image:
    """The stored image of a page, JPEG damage included."""
    pixels = condition.wear(clean.copy(), page, seeded(condition, page), condition.dpi[0])
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))
    if condition.bits == 1:
        return image.convert("L").point(lambda value: 255 * (value > 127)).convert("1")
    if not condition.colour:
        image = image.convert("L")
    if condition.jpeg is None:
        return image
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=condition.jpeg)
    return Image.open(io.BytesIO(stream.getvalue()))


def _clean(page: Pixels, *_: object) -> Pixels:
    return page


def _office(page: Pixels, printed: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """A colour scan of a signed paper: uneven toner, seal and signature, half a degree, JPEG."""
    ink = 1 - (1 - page) * _clouds(page.shape, random, 0.82, 1.0, dpi // 5)[:, :, None]
    ink = _sealed(ink, printed, random, dpi)
    ink = _turned(ink, float(random.uniform(-0.7, 0.7)))
    ink *= np.array([0.985, 0.975, 0.95], np.float32)
    ink = cv2.GaussianBlur(ink, (0, 0), 0.55)
    return _specks(ink, random, 40, dpi) + _grain(ink, random, 0.012)


def _noisy(page: Pixels, _: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """A copy of a copy: grain all over, pepper and salt."""
    soft = 0.06 + 0.88 * cv2.GaussianBlur(page, (0, 0), 0.6) + _grain(page, random, 0.13)
    dots = random.random(page.shape[:2])
    soft[dots < 0.0015] = 0.1
    soft[dots > 0.9985] = 0.98
    return soft


def _worn(page: Pixels, _: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """Copied often, folded, filed: 1 to 2 degrees, broken strokes, many specks, holes, dark edges."""
    gnawed = random.normal(0, 1, page.shape[:2]).astype(np.float32)
    gnawed = cv2.GaussianBlur(gnawed, (0, 0), 1.1) * 2.6
    ink = np.clip(cv2.GaussianBlur(page, (0, 0), 0.7) + (gnawed[:, :, None] > 1.05) * 0.55, 0, 1)
    turned = _turned(ink, float(random.uniform(1.0, 2.0) * random.choice((-1, 1))))
    turned = _specks(turned, random, 900, dpi)
    height = turned.shape[0]
    for part in (0.31, 0.64):
        y = int(height * part + random.integers(-20, 20))
        turned[y : y + 2] = turned[y : y + 2] * 0.6 + 0.36
    for part in (0.42, 0.58):
        cv2.circle(turned, (int(0.28 * dpi), int(height * part)), int(0.11 * dpi), (0.1, 0.1, 0.1), -1)
    edge = int(random.integers(8, 22))
    turned[:, -edge:] *= 0.15
    turned[: edge // 2] *= 0.2
    return 0.08 + 0.86 * turned + _grain(turned, random, 0.02)


def _fax(page: Pixels, _: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """Fine fax: 204 by 196 dots an inch, black or white, a noisy threshold, some lines dropped."""
    gray = _turned(page, float(random.uniform(-0.5, 0.5))).mean(axis=2)
    gray = cv2.GaussianBlur(gray, (0, 0), 0.6) + random.normal(0, 0.10, gray.shape)
    bits = (gray > 0.56).astype(np.float32)
    dots = random.random(bits.shape)
    bits[dots < 0.0009] = 0
    for y in random.integers(0, bits.shape[0] - 1, 12):
        bits[y] = bits[y + 1]
    return np.repeat(bits[:, :, None], 3, axis=2).astype(np.float32)


def _photographed(page: Pixels, _: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """By telephone under a lamp: bent near the spine, in perspective, shaded, a shadow, out of focus."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = x / width, y / height
    bend = 0.008 * height * np.sin(np.pi * u * float(random.uniform(0.8, 1.2)) + float(random.uniform(0, 1)))
    lean = float(random.uniform(-0.03, 0.03))
    across = width * (0.5 + (u - 0.5) * (1.03 + lean * (v - 0.5)))
    down = height * (0.5 + (v - 0.5) * (1.03 + 0.025 * (u - 0.5))) + bend
    seen = cv2.remap(
        page,
        across.astype(np.float32),
        down.astype(np.float32),
        cv2.INTER_CUBIC,
        borderValue=(0.3, 0.25, 0.2),
    )
    corner = float(random.uniform(-0.2, 0.2))
    light = 0.95 - 0.38 * np.hypot(u - 0.25 - corner, v - 0.2)
    shadow = 1 / (1 + np.exp((u + 0.6 * v - 1.15) * 30))
    light = (light * (0.72 + 0.28 * shadow)).astype(np.float32)
    soft = cv2.GaussianBlur((0.12 + 0.86 * seen) * light[:, :, None], (0, 0), 0.9)
    return soft * np.array([1.0, 0.96, 0.88], np.float32) + _grain(soft, random, 0.02)


def _faint(page: Pixels, printed: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """A thin paper, an empty cartridge: pale letters, and the back page seen through."""
    pale = 1 - (1 - page) * _clouds(page.shape, random, 0.26, 0.42, dpi // 4)[:, :, None]
    back = cv2.GaussianBlur(page[:, ::-1], (0, 0), 1.6)
    shift = int(random.integers(5, 14))
    back = np.roll(back, (shift, -3 * shift), axis=(0, 1))
    through = 1 - (1 - back) * 0.20
    paper = 0.90 + 0.03 * _clouds(page.shape, random, -1, 1, dpi)[:, :, None]
    return cv2.GaussianBlur(pale * through, (0, 0), 0.5) * paper + _grain(page, random, 0.012)


def _clouds(
    shape: tuple[int, ...], random: np.random.Generator, least: float, most: float, size: int
) -> Pixels:
    height, width = shape[:2]
    coarse = random.uniform(least, most, (height // size + 2, width // size + 2)).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _grain(page: Pixels, random: np.random.Generator, strength: float) -> Pixels:
    return random.normal(0, strength, page.shape[:2]).astype(np.float32)[:, :, None]


def _turned(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(1, 1, 1))
    return np.clip(turned, 0, 1).astype(np.float32)


def _specks(page: Pixels, random: np.random.Generator, count: int, dpi: int) -> Pixels:
    height, width = page.shape[:2]
    for _ in range(int(count * random.uniform(0.7, 1.3))):
        place = (int(random.integers(0, width)), int(random.integers(0, height)))
        shade = float(random.uniform(0.1, 0.7))
        radius = int(random.choice((0, 1, 1, 1, 2)) * dpi / 200 + 0.5)
        cv2.circle(page, place, radius, (shade, shade, shade), -1, cv2.LINE_AA)
    return page


def _sealed(page: Pixels, printed: Printed, random: np.random.Generator, dpi: int) -> Pixels:
    """A seal and a signature in the closing block; a seal over the head of first and appendix pages.

    Decree 30/2020/NĐ-CP, Article 33: over a third of the signature at its left; on an appendix
    over part of the issuer's name.
    """
    scale = dpi / 72
    marks = Image.new("RGB", (page.shape[1], page.shape[0]), "white")
    if printed.signature is not None:
        x0, top, x1, bottom = printed.signature
        middle = ((x0 + x1) / 2 * scale, (top + bottom) / 2 * scale)
        _sign(ImageDraw.Draw(marks), middle, scale, random)
        _seal(marks, (middle[0] - 52 * scale, middle[1]), scale)
    elif printed.kinds & {"letterhead", "table"}:
        _seal(marks, (0.27 * page.shape[1], 0.11 * page.shape[0]), scale)
    shade = np.asarray(marks).astype(np.float32) / 255
    patches = _clouds(page.shape, random, 0.6, 0.95, max(4, dpi // 14))[:, :, None]
    return (page * (1 - (1 - shade) * patches)).astype(np.float32)


def _seal(image: Image.Image, centre: tuple[float, float], scale: float) -> None:
    """Rings, a star and letters round it, turned: a seal to the eye, and no office's."""
    draw = ImageDraw.Draw(image)
    x, y = centre
    red = (205, 28, 44)
    for radius, weight in ((47.0, 1.6), (44.0, 0.6), (27.0, 0.8)):
        r = radius * scale
        draw.ellipse((x - r, y - r, x + r, y + r), outline=red, width=max(1, round(weight * scale)))
    points = [
        (
            x + r * scale * math.cos(math.pi * (k / 5 - 0.5)),
            y + r * scale * math.sin(math.pi * (k / 5 - 0.5)),
        )
        for k in range(10)
        for r in (14.0 if k % 2 == 0 else 5.6,)
    ]
    draw.polygon(points, fill=red)
    for k, letter in enumerate("MẪU ĐỌC THỬ ★ KHÔNG GIÁ TRỊ ★ "):
        angle = 2 * math.pi * k / 30
        tile = Image.new("L", (round(12 * scale), round(12 * scale)), 0)
        ImageDraw.Draw(tile).text((2 * scale, 0), letter, fill=255, font=_font(round(8 * scale)))
        tile = tile.rotate(-math.degrees(angle) - 90 + 90, resample=Image.Resampling.BICUBIC)
        at = (x + 35 * scale * math.sin(angle) - 6 * scale, y - 35 * scale * math.cos(angle) - 6 * scale)
        image.paste(red, (round(at[0]), round(at[1])), tile)


def _font(size: int) -> object:
    return ImageFont.truetype(str(load_fonts() / "LiberationSerif-Bold.ttf"), size)


def _sign(
    draw: ImageDraw.ImageDraw, middle: tuple[float, float], scale: float, random: np.random.Generator
) -> None:
    height = float(random.uniform(13, 18)) * scale
    points = [
        (
            middle[0] + (-42 + 96 * t) * scale + 9 * scale * math.sin(t * 31),
            middle[1] + height * (1 - 0.7 * t) * math.sin(t * 27 + 0.6),
        )
        for t in (step / 219 for step in range(220))
    ]
    draw.line(points, fill=(34, 52, 150), width=max(1, round(1.0 * scale)), joint="curve")


CONDITIONS = (
    Condition("clean 150", (150, 150), _clean, limit=0.01),
    Condition("clean 200", (200, 200), _clean, limit=0.003),
    Condition("clean 300", (300, 300), _clean, limit=0.003),
    Condition("office", (200, 200), _office, jpeg=66, colour=True, limit=0.01),
    Condition("noisy", (200, 200), _noisy, jpeg=80, limit=0.01),
    Condition("photographed", (200, 200), _photographed, jpeg=75, colour=True, limit=0.01),
    Condition("worn", (200, 200), _worn, jpeg=75, limit=0.02),
    Condition("fax", (204, 196), _fax, bits=1, limit=0.02),
    Condition("faint", (200, 200), _faint, jpeg=85, limit=0.02),
)
