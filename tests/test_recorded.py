"""The recorded readings: known again, not mistaken for others, and still what Tesseract reads."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from pipeline.intake import take_in
from pipeline.reading import Engine, EngineWord, TesseractEngine
from pipeline.reading.read import read_page
from pipeline.settings import Settings
from pipeline.types import PagedSource
from tests.converted import SAMPLES
from tests.recorded import RecordedEngine, print_of

ALIKE = 95.0
"""Of 100: versions of Tesseract differ in a letter here and there, not in more."""
MUCH = 500
"""Letters: of a page, not of a cell or a line read again."""


class Counting:
    """Stands for Tesseract: every image is read as a word of its own."""

    name = "counting"

    def __init__(self) -> None:
        self.reads = 0

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        self.reads += 1
        return (EngineWord(f"word{self.reads}", 0.9, 0, 0, 10, 10),)


def page(text: str = "Kế hoạch") -> Image.Image:
    image = Image.new("L", (640, 400), 235)
    draw = ImageDraw.Draw(image)
    for row in range(8):
        draw.text((40, 30 + 40 * row), f"{row} {text}", fill=20)
    return image


def brighter(image: Image.Image, by: int) -> Image.Image:
    return Image.fromarray((np.asarray(image).astype(int) + by).clip(0, 255).astype(np.uint8))


def speckled(image: Image.Image) -> Image.Image:
    """Another rounding on every hundredth pixel, as another version of a library might do it."""
    pixels = np.asarray(image).copy()
    pixels.ravel()[::100] -= 1
    return Image.fromarray(pixels)


KNOWN_AGAIN = [(page(), 200, 6, True), (speckled(page()), 200, 6, True)]
OTHERS = [
    (page("Kế hoach."), 200, 6, False),
    (brighter(page(), 2), 200, 6, False),
    (page().crop((0, 0, 640, 399)), 200, 6, False),
    (page(), 300, 6, False),
    (page(), 200, 3, False),
]


@pytest.mark.parametrize(("image", "dpi", "mode", "again"), [*KNOWN_AGAIN, *OTHERS])
def test_a_reading_is_known_by_its_image(
    image: Image.Image, dpi: int, mode: int, again: bool, tmp_path: Path
) -> None:
    tesseract = Counting()
    engine = RecordedEngine("none", tesseract, tmp_path)
    (first,) = engine.read(page(), "vie", 200, 6)
    (second,) = engine.read(image, "vie", dpi, mode)
    assert (first.text, second.text) == ("word1", "word1" if again else "word2")
    assert tesseract.reads == engine.missed == 2 - again


def test_what_was_not_recorded_is_said(tmp_path: Path) -> None:
    engine = RecordedEngine("none", Counting(), tmp_path)
    engine.read(page(), "vie", 200, 6)
    with pytest.warns(UserWarning, match="1 images are not in none"):
        engine.close()


class _Enough(Exception):
    """The page needs not be read to its end."""


class Beside:
    """Reads as recorded; the first recorded image with much text is read by Tesseract too: that is all."""

    def __init__(self, recorded: RecordedEngine, engine: Engine) -> None:
        self._recorded, self._engine = recorded, engine
        self.name = engine.name
        self.said: tuple[str, str] | None = None

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        known = self._recorded.known(print_of(image, dpi, mode))
        if known is not None and len(_text(known)) < MUCH:
            return known
        read = self._engine.read(image, lang, dpi, mode)
        if known is None:
            return read
        self.said = (_text(known), _text(read))
        raise _Enough


def _text(words: tuple[EngineWord, ...]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize("sample", ["seed", "department", "school"])
def test_the_record_is_what_tesseract_reads(sample: str) -> None:
    source = take_in(SAMPLES / sample / "plan.scan.pdf", Settings())
    assert isinstance(source, PagedSource)
    engine = Beside(RecordedEngine(sample), TesseractEngine())
    try:
        read_page(source.page(2), Settings(), engine)
    except _Enough:
        assert engine.said is not None
        recorded, read = engine.said
        assert fuzz.ratio(recorded, read) >= ALIKE
        return
    pytest.skip("no image of this page is recorded: record anew (tests/recorded.py)")
