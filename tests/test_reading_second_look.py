"""Where reading looks again: doubtful words, numerals before a line, ink without a word."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.reading import EngineWord
from pipeline.reading.lost_ink import lost_ink
from pipeline.reading.prepare import Gray, ink_mask
from pipeline.reading.reader import Reader
from pipeline.reading.region import Region
from pipeline.reading.ruling import find_ruling
from pipeline.reading.second_look import better_of, doubtful_stretches, look_again, numeral_before_line
from tests.read_pages import page, strokes, word


class Scribe:
    """Reads every second look as told; counts how often it is asked."""

    name = "scribe"

    def __init__(self, *words: EngineWord) -> None:
        self.words = words
        self.sheets: list[Image.Image] = []

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        self.sheets.append(image)
        return self.words


LINE = [word("phường", 0.95, 100), word("bố", 0.95, 200), word("sungx", 0.3, 250), word("năm", 0.95, 340)]


def test_sure_words_cost_nothing() -> None:
    scribe = Scribe()
    sure = tuple(word(text, 0.95, 100 + 100 * at) for at, text in enumerate(("Uỷ", "ban", "nhân", "dân")))
    assert look_again(page(), sure, (), Reader(scribe, "vie", 200)) == sure
    assert scribe.sheets == []


@pytest.mark.parametrize(
    ("drawn", "begins", "text"),
    [("III", True, "III."), ("II", True, "II."), ("H", True, None), ("III", False, None)],
)
def test_a_numeral_before_a_line_is_told_by_its_strokes(drawn: str, begins: bool, text: str | None) -> None:
    clean = page().copy()
    clean[100:160, 40:160] = strokes(drawn)
    spot = Region(left=45, top=105, right=120, bottom=150)
    heading = [word("Tổ", 0.95, 130, 110), word("chức", 0.95, 190, 110)]
    before = [] if begins else [word("Mục", 0.95, 5, 110)]
    found = numeral_before_line([word("LH.", 0.2, 50, 110)], spot, clean, [*before, *heading])
    assert (found.text if found else None) == text


def test_all_doubt_is_one_reading() -> None:
    scribe = Scribe()
    lines = [word("xqz", 0.2, 100, 100 + 60 * at, str(at)) for at in range(5)]
    assert len(look_again(page(), tuple(lines), (), Reader(scribe, "vie", 200))) == 5
    assert len(scribe.sheets) == 1


def test_doubt_takes_its_neighbours_along_but_not_the_other_column() -> None:
    far = word("PHÓ", 0.3, 900)
    found = doubtful_stretches([*LINE, far])
    assert sorted([w.text for w in stretch] for stretch in found) == [
        ["PHÓ"],
        ["phường", "bố", "sungx", "năm"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("sungx", word("sung", 0.9, 250), "sung"),
        ("sung", word("súng", 0.32, 250), "sung"),  # hardly surer
        ("sung;", word("sung", 0.99, 250), "sung;"),  # a stop is not let go
        ("'sung", word("sung", 0.9, 250), "sung"),  # dirt is
        ("nghiệp", word("n", 0.99, 250), "nghiệp"),  # nor letters
    ],
)
def test_the_better_of_two_readings(old: str, new: EngineWord, kept: str) -> None:
    assert [w.text for w in better_of([word(old, 0.3, 250)], [new])] == [kept]


def test_a_label_that_was_run_together_with_its_heading_is_kept() -> None:
    together = EngineWord("I.MỤC", 0.45, 340, 200, 455, 232, "1")
    label, heading = EngineWord("I.", 0.6, 339, 200, 361, 225), EngineWord("MỤC", 0.93, 371, 200, 455, 232)
    assert [w.text for w in better_of([together], [label, heading])] == ["I.", "MỤC"]


def lined(texts: Sequence[str]) -> tuple[Gray, list[EngineWord]]:
    """A page of short bars for words, and the words for all of them."""
    gray = np.full((1000, 1000), 255, np.uint8)
    words = []
    for at, text in enumerate(texts):
        x, y = 100 + 160 * (at % 5), 200 + 60 * (at // 5)
        for stroke in range(x, x + 90, 12):
            gray[y : y + 26, stroke : stroke + 5] = 0
        words.append(EngineWord(text, 0.95, x, y, x + 90, y + 26, str(at // 5)))
    return gray, words


def test_ink_without_a_word_is_found() -> None:
    gray, words = lined(["chữ"] * 15)
    gray[100:124, 500:505] = gray[100:124, 512:517] = 0  # a page number
    gray[600:603, 100:900] = 0  # a signature's long stroke
    gray[700:703, 700:703] = 0  # a speck
    ruling = find_ruling(gray, 200)
    (place,) = lost_ink(ink_mask(gray), ruling, words, 200)
    assert place.left <= 500 and place.right >= 517
    assert place.top <= 100 and place.bottom >= 124
    assert lost_ink(ink_mask(lined(["chữ"] * 15)[0]), ruling, words, 200) == []


def test_letters_of_a_seal_are_no_lost_text() -> None:
    gray, words = lined(["chữ"] * 15)
    cv2.circle(gray, (500, 700), 120, 0, 4)
    gray[690:714, 490:495] = gray[690:714, 502:507] = 0
    assert lost_ink(ink_mask(gray), find_ruling(gray, 200), words, 200) == []
