"""Tesseract behind its protocol: every way in which it can fail, injected."""

from __future__ import annotations

import pytesseract
import pytest
from PIL import Image

from pipeline.errors import EngineMissing, KehoachError, LanguageMissing, UnreadablePage
from pipeline.reading import EngineWord, TesseractEngine, engine_named
from pipeline.settings import Settings

PAGE = Image.new("L", (50, 50), 255)


def raising(error: BaseException) -> object:
    def call(*_: object, **__: object) -> None:
        raise error

    return call


@pytest.mark.parametrize(
    ("raised", "named"),
    [
        (pytesseract.TesseractNotFoundError(), EngineMissing),
        (PermissionError(), EngineMissing),
        (
            pytesseract.TesseractError(
                1, "Error opening data file vie.traineddata ... couldn't load any languages!"
            ),
            LanguageMissing,
        ),
        (pytesseract.TesseractError(-11, "Segmentation fault"), UnreadablePage),
        (RuntimeError("Tesseract process timeout"), UnreadablePage),
        (RuntimeError("out of memory"), UnreadablePage),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), UnreadablePage),
        (KeyError("conf"), UnreadablePage),
    ],
)
def test_each_failure_is_a_named_error(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, named: type[KehoachError]
) -> None:
    monkeypatch.setattr(pytesseract, "image_to_data", raising(raised))
    with pytest.raises(named) as caught:
        TesseractEngine().read(PAGE, "vie", 200, 3)
    assert caught.value.advice


@pytest.mark.parametrize("error", [EngineMissing, LanguageMissing])
def test_advice_names_the_command_and_the_installer(
    monkeypatch: pytest.MonkeyPatch, error: type[KehoachError]
) -> None:
    if error is EngineMissing:
        monkeypatch.setattr(pytesseract, "get_languages", raising(pytesseract.TesseractNotFoundError()))
    else:
        monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    with pytest.raises(error) as caught:
        TesseractEngine().require("vie")
    assert "sudo apt-get install -y tesseract-ocr" in caught.value.advice
    assert "tesseract-ocr-vie" in caught.value.advice
    assert "Windows" in caught.value.advice


def test_rows_that_make_no_sense_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("Kế", "96.5", 10, 20, 30, 12),
        ("", "95", 10, 20, 30, 12),  # an empty word
        ("khối", "-1", 0, 0, 50, 50),  # a row of a higher level
        ("x", "nan?", 1, 1, 1, 1),  # garbage for a number
        ("y", "90", 5, 5, 0, 9),  # no width
        ("hoa\u0323ch", 88, 45, 20, 40, 12),  # parts of a letter
        ("\ufffd", 101, "7", "8", "9", "10"),
    ]
    table = dict(
        zip(
            ("text", "conf", "left", "top", "width", "height"),
            map(list, zip(*rows, strict=True)),
            strict=True,
        )
    )
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: table)
    assert TesseractEngine().read(PAGE, "vie", 200, 3) == (
        EngineWord("Kế", 0.965, 10, 20, 40, 32),
        EngineWord("hoạch", 0.88, 45, 20, 85, 32),
        EngineWord("\ufffd", 1.0, 7, 8, 16, 18),
    )


def test_an_answer_without_columns_gives_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: {"text": ["a"]})
    assert TesseractEngine().read(PAGE, "vie", 200, 3) == ()


def test_unknown_engine() -> None:
    with pytest.raises(EngineMissing, match="oracle"):
        engine_named(Settings(engine="oracle"))
