"""≥ and > on the page: the engine reads both alike."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.reading.comparison import with_bars
from pipeline.reading.engines import EngineWord
from samples.typeset.fonts import load_fonts


def printed(text: str, face: str, points: float, dpi: int = 200) -> tuple[np.ndarray, EngineWord]:
    """The text on white paper, and the word an engine makes of it, its box without the bar."""
    font = ImageFont.truetype(
        str(Path(load_fonts()) / f"LiberationSerif-{face}.ttf"), round(points * dpi / 72)
    )
    page = Image.new("L", (400, 120), 250)
    ImageDraw.Draw(page).text((60, 30), text, font=font, fill=20)
    ImageDraw.Draw(page).text((60, 85), "85 %", font=font, fill=20)  # the line below
    left, top, right, bottom = ImageDraw.Draw(page).textbbox(
        (60, 30), text.translate({0x2265: ">", 0x2264: "<"}), font=font
    )
    read = text.replace("≥", ">").replace("≤", "<").replace(" ", "")
    return np.asarray(page), EngineWord(read, 0.9, left, top, right, bottom)


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic"])
@pytest.mark.parametrize("points", [9.0, 12.0, 14.0])
@pytest.mark.parametrize("text", ["≥ 85", "≥85%", "> 85", ">85%", "≤ 5", "≤5", "< 5", "<5", "≥", ">"])
def test_the_bar_tells(text: str, points: float, face: str) -> None:
    pixels, word = printed(text, face, points)
    assert [part.text for part in with_bars([word], pixels)] == text.split()


def test_a_worn_page() -> None:
    for text in ("≥ 85", "> 85"):
        pixels, word = printed(text, "Regular", 12.0)
        soft = cv2.GaussianBlur(pixels, (0, 0), 1.0).astype(np.int16)
        grain = np.random.default_rng(5).normal(0, 12, pixels.shape)
        worn = np.clip(soft + grain, 0, 255).astype(np.uint8)
        assert [part.text for part in with_bars([word], worn)] == text.split()


def test_other_words_are_left() -> None:
    pixels, _ = printed("≥ 85", "Regular", 12.0)
    word = EngineWord("85", 0.9, 60, 30, 120, 60)
    assert with_bars([word], pixels) == [word]
