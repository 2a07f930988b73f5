"""Words as an engine gives them, and pages and strokes to read, drawn here."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pipeline.reading import EngineWord
from pipeline.reading.prepare import Gray


def word(text: str, confidence: float, left: float, top: float = 100, line: str = "1") -> EngineWord:
    return EngineWord(text, confidence, left, top, left + 14 * len(text), top + 26, line)


def text_image(angle: float = 0.0) -> Image.Image:
    """A page of words for all but a reader: uneven strokes on a common foot, in rows."""
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    for row in range(30):
        x, y = 180 + (row * 53) % 70, 200 + row * 60
        for column in range(13):
            wide = 45 + (row * 31 + column * 17) % 40
            draw.rectangle((x, y + 18, x + wide, y + 22), fill="black")
            for stroke in range(0, wide - 5, 12):
                draw.rectangle((x + stroke, y + (stroke + row) % 9, x + stroke + 4, y + 22), fill="black")
            x += wide + 16
    return image.rotate(-angle, fillcolor="white", resample=Image.Resampling.BICUBIC)


def page() -> Gray:
    return np.asarray(text_image().convert("L"))


def strokes(shape: str) -> Gray:
    """I, H or A drawn with straight strokes, two pixels of serif at head and foot."""
    image = Image.new("L", (120, 60), 255)
    draw = ImageDraw.Draw(image)
    for at, letter in enumerate(shape):
        x = 20 + 22 * at
        draw.rectangle((x, 10, x + 5, 45), fill=0)
        draw.rectangle((x - 5, 10, x + 10, 12), fill=0)
        draw.rectangle((x - 5, 43, x + 10, 45), fill=0)
        if letter == "H":
            draw.rectangle((x + 14, 10, x + 19, 45), fill=0)
            draw.rectangle((x, 26, x + 19, 29), fill=0)
    return np.asarray(image)
