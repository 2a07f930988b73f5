"""How fine a page is drawn: by the height of its print, and where it is grainy or pale."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageFilter

from pipeline.reading.drawing import draw
from pipeline.reading.pieces import pieces, pixels_of
from pipeline.settings import FINEST_DPI, Settings
from pipeline.types import SourcePage
from tests.read_pages import text_image

PRINTED_AT = 200


def page_of(image: Image.Image, scale: float = 1.0) -> tuple[SourcePage, list[float]]:
    """A page with `image` at `scale` of its size on paper, and at which resolutions it was drawn."""
    asked: list[float] = []
    width, height = (side * scale * 72 / PRINTED_AT for side in image.size)

    def raster(dpi: float) -> npt.NDArray[np.uint8]:
        asked.append(dpi)
        size = (round(width * dpi / 72), round(height * dpi / 72))
        return np.asarray(image.resize(size, Image.Resampling.BICUBIC).convert("RGB"))

    return SourcePage(1, width, height, (), (), 1.0, 200.0, raster), asked


def test_usual_print_is_drawn_once_and_no_finer_than_needed() -> None:
    page, asked = page_of(text_image())
    assert draw(page, Settings()).dpi == 165
    assert asked == [165]


@pytest.mark.parametrize("scale", [0.6, 0.7])
def test_small_print_is_drawn_as_much_finer(scale: float) -> None:
    page, asked = page_of(text_image(), scale)
    drawn = draw(page, Settings())
    assert asked == [165, drawn.dpi]
    usual, _ = page_of(text_image())
    in_pixels = drawn.letters.height * drawn.dpi
    assert drawn.dpi == FINEST_DPI or in_pixels == pytest.approx(9.3 * 165, rel=0.1)
    assert in_pixels > 0.8 * draw(usual, Settings()).letters.height * 165


def test_pale_and_grainy_pages_are_drawn_finer() -> None:
    pale = text_image().point(lambda level: 170 + level // 3)
    assert draw(page_of(pale)[0], Settings()).dpi >= 200
    plain = np.asarray(text_image().convert("L")).astype(np.int16)
    noise = np.random.default_rng(5).normal(0, 30, plain.shape).astype(np.int16)
    grainy = Image.fromarray(np.clip(plain + noise, 0, 255).astype(np.uint8))
    assert draw(page_of(grainy)[0], Settings()).dpi >= 200


def test_what_was_asked_for_is_kept_to() -> None:
    page, asked = page_of(text_image().filter(ImageFilter.GaussianBlur(1)), 0.6)
    assert draw(page, Settings(dpi=110)).dpi == 110
    assert asked == [110]


def test_an_empty_page_asks_for_nothing() -> None:
    page, asked = page_of(Image.new("L", (1654, 2339), 255))
    assert draw(page, Settings()).letters.height == 0
    assert asked == [165]


def test_more_pieces_than_sixteen_bits_number() -> None:
    dots = np.zeros((600, 600), np.uint8)
    dots[::2, ::2] = 1
    labels, stats = pieces(dots)
    assert len(stats) == 90_001
    wanted = np.zeros(len(stats), bool)
    wanted[[1, 90_000]] = True
    assert pixels_of(wanted, labels).sum() == 2


def test_corners_join_pieces_where_they_are_let() -> None:
    steps = np.eye(5, dtype=np.uint8)
    assert len(pieces(steps)[1]) == 2
    assert len(pieces(steps, corners=False)[1]) == 6
