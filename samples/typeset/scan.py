"""A born-digital page to what an office scanner makes of its print: tint, skew, blur, noise, JPEG.

Everything random comes from a seeded generator, so the same sheets give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader

from samples.typeset.pdf import new_canvas
from samples.typeset.seal import stamp
from samples.typeset.sheets import Sheet
from samples.typeset.skew import Skew

DPI = 200
_QUALITY = 66
_POINTS = 72 / DPI

Pixels = npt.NDArray[np.float32]


def page_skews(sheets: Sequence[Sheet], seed: int) -> list[Skew]:
    """How each page lay: about 0.6 degrees, now to one side, now to the other."""
    random = np.random.default_rng(seed)
    skews = []
    for sheet in sheets:
        degrees = float(random.uniform(0.45, 0.75) * (1 if random.random() < 0.7 else -1))
        shift = (float(random.uniform(-3, 3)), float(random.uniform(-3, 3)))
        skews.append(Skew(round(degrees, 3), (sheet.width / 2, sheet.height / 2), shift))
    return skews


def write_scan(pdf: Path, sheets: Sequence[Sheet], skews: Sequence[Skew], path: Path, seed: int) -> None:
    """Render each page of `pdf` and write the degraded pages, as JPEG at 200 dpi, to `path`."""
    canvas = new_canvas(path, "scan")
    for jpeg, (width, height) in _scanned_pages(pdf, sheets, skews, seed):
        size = (width * _POINTS, height * _POINTS)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, *size)
        canvas.showPage()
    canvas.save()


def _scanned_pages(
    pdf: Path, sheets: Sequence[Sheet], skews: Sequence[Skew], seed: int
) -> Iterator[tuple[bytes, tuple[int, int]]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for sheet, skew in zip(sheets, skews, strict=True):
            image = document[sheet.number - 1].render(scale=DPI / 72).to_pil().convert("RGB")
            random = np.random.default_rng((seed, sheet.number))
            scanned = degrade(image, sheet, skew, random)
            buffer = io.BytesIO()
            scanned.save(buffer, "JPEG", quality=_QUALITY, dpi=(DPI, DPI), optimize=True)
            yield buffer.getvalue(), scanned.size
    finally:
        document.close()


def degrade(image: Image.Image, sheet: Sheet, skew: Skew, random: np.random.Generator) -> Image.Image:
    """One rendered page as its scan: printed, signed, sealed, laid askew, scanned."""
    ink = _uneven_ink((np.asarray(image) / 255).astype(np.float32), random)
    if sheet.signature is not None:
        ink *= stamp(sheet, image.size, DPI, random)
    turned = _turn(ink, skew)
    paper = _paper(turned.shape[:2], random)
    page = cv2.GaussianBlur(turned * paper, (0, 0), 0.55).astype(np.float32)
    page = _speckle(page, random)
    page += random.normal(0, 0.011, page.shape[:2]).astype(np.float32)[:, :, None]
    return Image.fromarray((np.clip(page, 0, 1) * 255 + 0.5).astype(np.uint8))


def _uneven_ink(page: Pixels, random: np.random.Generator) -> Pixels:
    """Toner is never black all over: blotches of a few millimetres, a grain of a pixel."""
    height, width = page.shape[:2]
    blotches = cv2.resize(
        random.uniform(0.80, 1.0, (height // 40 + 1, width // 40 + 1)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    grain = random.normal(1.0, 0.06, (height, width)).astype(np.float32)
    strength = np.clip(blotches * grain, 0, 0.96)[:, :, None]
    uneven: Pixels = (1 - (1 - page) * strength).astype(np.float32)
    return uneven


def _turn(page: Pixels, skew: Skew) -> Pixels:
    height, width = page.shape[:2]
    a, b, tx, c, d, ty = skew.matrix
    matrix = np.array([[a, b, tx / _POINTS], [c, d, ty / _POINTS]], dtype=np.float64)
    turned = cv2.warpAffine(
        page,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(1, 1, 1),
    )
    return np.clip(turned, 0, 1).astype(np.float32)


def _paper(shape: tuple[int, int], random: np.random.Generator) -> Pixels:
    """Slightly warm, lit a little unevenly, darker where the lid does not close."""
    height, width = shape
    tint = np.array([0.985, 0.978, 0.955], dtype=np.float32)
    light = 1 - 0.025 * np.linspace(0, 1, width, dtype=np.float32)[None, :]
    light = light * (1 - 0.012 * np.linspace(1, 0, height, dtype=np.float32)[:, None])
    edge = np.ones((height, width), dtype=np.float32)
    depth = int(random.integers(5, 12))
    edge[:, -depth:] -= np.linspace(0, 0.28, depth, dtype=np.float32)[None, :]
    clouds = cv2.resize(
        random.normal(0, 0.006, (height // 120 + 1, width // 120 + 1)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    shade: Pixels = (light * edge + clouds).astype(np.float32)
    tinted: Pixels = shade[:, :, None] * tint[None, None, :]
    return tinted


def _speckle(page: Pixels, random: np.random.Generator) -> Pixels:
    """Dust on the glass: some dozen dark specks a page, most smaller than a full stop."""
    height, width = page.shape[:2]
    specked = page.copy()
    for _ in range(int(random.integers(25, 55))):
        centre = (int(random.integers(0, width)), int(random.integers(0, height)))
        shade = float(random.uniform(0.35, 0.8))
        radius = 1 if random.random() < 0.8 else 2
        cv2.circle(specked, centre, radius, (shade, shade, shade), -1, cv2.LINE_AA)
    return specked
