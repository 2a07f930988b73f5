"""Letters and words set right after reading: look-alikes, words run together, Roman numerals."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading import EngineWord
from pipeline.reading.lookalikes import normal_letters
from pipeline.reading.roman import count_strokes, with_roman_numerals
from pipeline.reading.run_together import parted
from tests.read_pages import strokes, word


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("Ðông", "Đông"),  # Icelandic eth
        ("ðịnh", "định"),
        ("ВAN", "BAN"),  # a Cyrillic capital
        ("KH⁄UBND", "KH/UBND"),
        ("ﬁ", "fi"),
        ("phu\u031bo\u031b\u0300ng", "phường"),
        ("—-", "–"),  # one dash, read twice
        ("hòa", "hòa"),
    ],
)
def test_look_alikes(read: str, text: str) -> None:
    assert normal_letters(read) == text


@pytest.mark.parametrize(
    ("read", "parts"),
    [
        ("HàVănMinh", ["Hà", "Văn", "Minh"]),
        ("Phốihợp;", ["Phối", "hợp;"]),
        ("Video", ["Video"]),  # no Vietnamese letter
        ("phường", ["phường"]),
        ("KTĐGCLBV", ["KTĐGCLBV"]),  # an abbreviation
        ("nhgiệp", ["nhgiệp"]),  # a slip of the printer's, to be kept
    ],
)
def test_words_run_together(read: str, parts: list[str]) -> None:
    placed = parted([word(read, 0.5, 100)])
    assert [part.text for part in placed] == parts
    assert placed[0].left == 100
    assert placed[-1].right == pytest.approx(word(read, 0.5, 100).right)


@pytest.mark.parametrize(
    ("drawn", "read", "text"),
    [
        ("II", "H", "II"),
        ("III", "HI", "III"),
        ("III", "Hl.", "III."),
        ("H", "H", "H"),  # there is a bar
        ("II", "11", "11"),  # figures are never touched
        ("II", "UBND", "UBND"),
    ],
)
def test_roman_numerals_by_their_strokes(drawn: str, read: str, text: str) -> None:
    found = with_roman_numerals([EngineWord(read, 0.6, 10, 5, 110, 50)], strokes(drawn))
    assert found[0].text == text


def test_strokes_of_nothing() -> None:
    assert count_strokes(np.full((30, 30), 255, np.uint8)) == 0
    assert count_strokes(np.zeros((0, 0), np.uint8)) == 0
