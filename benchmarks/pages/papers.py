"""The benchmark's files: for each condition an image a page and one PDF of all, made once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.typeset import Printed
from benchmarks.pages.wear import Condition, Pixels, worn


@dataclass(frozen=True, slots=True)
class Papers:
    """One condition: `images[i]` and page i of `pdf` hold the same pixels of `pages[i]`."""

    condition: Condition
    pages: tuple[Printed, ...]
    images: tuple[Path, ...]
    pdf: Path


def make_papers(condition: Condition, pages: Sequence[Printed], folder: Path) -> Papers:
    """Make (or find) the files of one condition in `folder`."""
    place = folder / condition.name.replace(" ", "")
    place.mkdir(parents=True, exist_ok=True)
    images = tuple(place / f"{page.name}{_end(condition)}" for page in pages)
    for page, path in zip(pages, images, strict=True):
        if not path.exists():
            _save(worn(condition, page, _rendered(page, condition)), condition, path)
    pdf = place / f"{len(pages)}-pages.pdf"
    _bind(pages, images, pdf)
    return Papers(condition, tuple(pages), images, pdf)


def _end(condition: Condition) -> str:
    return ".tif" if condition.bits == 1 else ".png" if condition.jpeg is None else ".jpg"


def _rendered(page: Printed, condition: Condition) -> Pixels:
    across, down = condition.dpi
    document = pypdfium2.PdfDocument(page.pdf)
    try:
        drawn = np.asarray(document[page.index].render(scale=across / 72).to_pil().convert("RGB"))
    finally:
        document.close()
    pixels = drawn.astype(np.float32) / 255
    if across == down:
        return pixels
    size = (pixels.shape[1], round(pixels.shape[0] * down / across))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _save(image: Image.Image, condition: Condition, path: Path) -> None:
    if condition.bits == 1:
        image.save(path, "TIFF", compression="group4", dpi=condition.dpi)
    elif condition.jpeg is None:
        image.save(path, "PNG", dpi=condition.dpi)
    else:
        image.save(path, "JPEG", quality=95, dpi=condition.dpi)


def _bind(pages: Sequence[Printed], images: Sequence[Path], pdf: Path) -> None:
    canvas = Canvas(str(pdf), invariant=1)
    for page, path in zip(pages, images, strict=True):
        canvas.setPageSize((page.width, page.height))
        stored = io.BytesIO(path.read_bytes())
        canvas.drawImage(ImageReader(stored), 0, 0, page.width, page.height)
        canvas.showPage()
    canvas.save()
