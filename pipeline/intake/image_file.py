"""PNG, JPEG and TIFF files: one image a page, decoded when asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from pipeline.errors import DamagedFile, KehoachError, TooLarge, UnreadablePage
from pipeline.geometry import POINTS_PER_INCH
from pipeline.settings import Settings
from pipeline.types import PagedSource, SourcePage

_A4_LONG_SIDE = 842.0
_PLAUSIBLE_SHORT_SIDE = (250.0, 1300.0)
"""Points: from A6 to A2. A photograph that says 72 dpi would be a page of four feet."""
_EXIF_ORIENTATION = 0x0112
_TURNED_ON_SIDE = (5, 6, 7, 8)


def open_image(path: Path, sha256: str, settings: Settings) -> PagedSource:
    """Look at the header and count the pages; decode nothing that has several.

    Raises:
        DamagedFile: the header, or the only page, cannot be read.
        TooLarge: the first page has more pixels than settings allow.
    """
    with _opened(path) as image:
        count = _count_frames(path, image)
        _check_pixels(path, image, settings, TooLarge)
    page = partial(_page, path, settings)
    if count == 1:
        try:
            page(1)
        except UnreadablePage as error:
            raise DamagedFile(error.message, error.advice) from error
    return PagedSource(path.name, sha256, "image", count, page)


def _page(path: Path, settings: Settings, number: int) -> SourcePage:
    """Page `number`, decoded once to be sure that it can be."""
    with _opened(path) as image:
        _frame(path, image, number, settings)
        width, height = _size_in_points(image)
        turned = _is_turned(image)
        pixels_wide = image.height if turned else image.width
    if turned:
        width, height = height, width
    raster = partial(_raster, path, settings, number, width, height)
    dpi = pixels_wide / width * POINTS_PER_INCH
    return SourcePage(number, width, height, (), (), 1.0, dpi, raster)


def _is_turned(image: Image.Image) -> bool:
    """By its Exif orientation; broken Exif data says nothing."""
    try:
        return image.getexif().get(_EXIF_ORIENTATION, 1) in _TURNED_ON_SIDE
    except Exception:
        # Pillow raises whatever its parsers meet in broken Exif data: no common base class.
        return False


def _upright(image: Image.Image) -> Image.Image:
    """Turned and mirrored as its Exif orientation says; broken Exif data says nothing."""
    try:
        return ImageOps.exif_transpose(image) or image
    except Exception:
        # As above: a page is not lost over a note on how the camera was held.
        return image


def _raster(
    path: Path, settings: Settings, number: int, width: float, height: float, dpi: float
) -> npt.NDArray[np.uint8]:
    with _opened(path) as image:
        _frame(path, image, number, settings)
        plain = _plain_rgb(_upright(image))
    size = (max(1, round(width * dpi / POINTS_PER_INCH)), max(1, round(height * dpi / POINTS_PER_INCH)))
    return np.asarray(plain if plain.size == size else plain.resize(size, _filter(plain.width, size[0])))


def _filter(before: int, after: int) -> Image.Resampling:
    """Averaging keeps thin strokes when shrinking; a cubic keeps edges when enlarging."""
    return Image.Resampling.BOX if after < before / 1.5 else Image.Resampling.BICUBIC


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            # Our own limit is checked right after this; Pillow's warning says nothing more.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError as error:
        raise TooLarge(f"{path.name} has too many pixels.", "Scan it at 200 to 300 dpi.") from error
    except MemoryError:
        raise
    except Exception as error:
        # Pillow's parsers raise whatever they meet in a broken file; there is no common base class.
        raise _broken_header(path) from error
    with image:
        yield image


def _count_frames(path: Path, image: Image.Image) -> int:
    """Pages of a TIFF; following their chain reads every header."""
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception as error:
        raise _broken_header(path) from error


def _broken_header(path: Path) -> DamagedFile:
    return DamagedFile(f"{path.name} is an image whose header is broken.", "Copy it again, or scan again.")


def _frame(path: Path, image: Image.Image, number: int, settings: Settings) -> None:
    """Go to page `number` of `image` and decode it."""
    try:
        image.seek(number - 1)
        _check_pixels(path, image, settings, UnreadablePage)
        image.load()
    except (KehoachError, MemoryError):
        raise
    except Exception as error:
        # As above: a broken page of a TIFF may raise anything.
        raise UnreadablePage(
            f"Page {number} of {path.name} is damaged: its image cannot be decoded to the end.",
            "Scan this page again.",
        ) from error


def _check_pixels(
    path: Path, image: Image.Image, settings: Settings, error: type[TooLarge] | type[UnreadablePage]
) -> None:
    pixels = image.width * image.height
    if pixels > settings.max_page_pixels:
        raise error(
            f"{path.name} has a page of {image.width} × {image.height} pixels, "
            f"the limit is {settings.max_page_pixels:,}.",
            "Scan it at 200 to 300 dpi, or raise max_page_pixels.",
        )


def _size_in_points(image: Image.Image) -> tuple[float, float]:
    """The size by the resolution in the file where that gives a sheet of paper, else as long as A4."""
    across, down = image.info.get("dpi") or (0, 0)
    if across > 0 and down > 0:
        width = image.width / float(across) * POINTS_PER_INCH
        height = image.height / float(down) * POINTS_PER_INCH
        low, high = _PLAUSIBLE_SHORT_SIDE
        if low <= min(width, height) <= high and max(width, height) < 4 * min(width, height):
            return width, height
    scale = _A4_LONG_SIDE / max(image.size)
    return max(1.0, image.width * scale), max(1.0, image.height * scale)


def _plain_rgb(image: Image.Image) -> Image.Image:
    """RGB on white, whatever the file's own mode."""
    if image.mode in ("I", "I;16", "I;16B", "F"):
        values = np.asarray(image, dtype=np.float32)
        top = 65535.0 if float(values.max(initial=0.0)) > 255 else 255.0
        return Image.fromarray((values / top * 255).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")
