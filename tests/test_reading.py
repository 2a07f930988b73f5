"""A page to its words: layer or OCR, upright, straight, lines out, boxes where the words stand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from pipeline.errors import UnreadablePage
from pipeline.geometry import Box, straighten, unstraighten
from pipeline.intake import take_in
from pipeline.reading import EngineWord, TesseractEngine, read_page
from pipeline.reading.layer import judge_layer
from pipeline.reading.prepare import Gray, find_skew, ink_mask, letters, rotate, runs_sideways, to_gray
from pipeline.reading.ruling import find_ruling, take_out
from pipeline.reading.sifting import sift
from pipeline.settings import Settings
from pipeline.types import PagedSource, SourcePage, Word
from tests.read_pages import text_image

SEED = Path(__file__).parents[1] / "samples" / "seed"
DPI = 200
SETTINGS = Settings(dpi=DPI)


def words(text: str) -> list[str]:
    return text.split()


GOOD = words("Thực hiện Nghị định của Chính phủ về kiểm soát thủ tục hành chính phường") * 3
UNMARKED = words("Thuc hien Nghi dinh cua Chinh phu ve kiem soat thu tuc hanh chinh phuong") * 3
STAMP = words("Ký bởi: Ủy ban nhân dân Thời gian ký: 08.03.2024")


class FakeEngine:
    """Answers what it is told to; keeps what it was given."""

    name = "fake"

    def __init__(self, answer: Callable[[Image.Image, int], tuple[EngineWord, ...]] | None = None) -> None:
        self._answer = answer
        self.seen: list[tuple[Image.Image, int]] = []

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        if dpi > DPI:
            return ()  # a second look, enlarged: it finds nothing
        self.seen.append((image, mode))
        return self._answer(image, mode) if self._answer else ()


def said(texts: list[str]) -> Callable[[Image.Image, int], tuple[EngineWord, ...]]:
    words = tuple(
        EngineWord(
            text, 0.9, 100 + 60 * (i % 9), 100 + 40 * (i // 9), 150 + 60 * (i % 9), 125 + 40 * (i // 9)
        )
        for i, text in enumerate(texts)
    )
    return lambda *_: words


def stands_on_its_feet(image: Image.Image) -> bool:
    """True for text_image() as drawn: rows of ink end sharply below, not above or at a side."""
    rows = (np.asarray(image.convert("L")) < 128).sum(axis=1).astype(int)
    steps = np.diff(np.pad(rows, 1))
    return bool(-steps.min() > 1.5 * steps.max())


def page_of(image: Image.Image, layer: tuple[str, ...] = (), share: float = 1.0) -> SourcePage:
    words = tuple(
        Word(text, text, 1, Box(x, y, x + 35, y + 12), 1.0, "text_layer")
        for i, text in enumerate(layer)
        for x, y in [(50 + 40 * (i % 10), 80 + 20 * (i // 10))]
    )
    width, height = image.width * 72 / 200, image.height * 72 / 200

    def raster(dpi: float) -> npt.NDArray[np.uint8]:
        return np.asarray(image.resize((round(width * dpi / 72), round(height * dpi / 72))))

    return SourcePage(1, width, height, words, (), share, 200.0, raster)


# ── layer or OCR ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("layer", "share", "trusted", "reason"),
    [
        (GOOD, 0.0, True, "100 % valid syllables"),
        (["12", "34/KH-UBND"], 0.0, True, "figures only"),
        ([], 1.0, False, "no text layer"),
        (UNMARKED, 0.0, False, "valid syllables"),  # an English OCR
        (["(cid:12)(cid:7)", *GOOD[:20]], 0.0, False, "no known meaning"),  # a broken font map
        (["\ue001\ue002", *GOOD[:20]], 0.0, False, "no known meaning"),
        ([*GOOD[:6], "7+ѬѪ1*", "4Ĉ6&7", "+2Ҥ&+", "3+ѬӠ1*"], 0.0, False, "valid syllables"),
        (STAMP, 1.0, False, "on an image"),  # a stamp
    ],
)
def test_judge_of_layers(layer: list[str], share: float, trusted: bool, reason: str) -> None:
    verdict = judge_layer(page_of(text_image(), tuple(layer), share))
    assert verdict.trusted is trusted
    assert reason in verdict.reason


def test_a_layer_that_covers_little_of_the_ink_is_not_trusted() -> None:
    # Enough good words, but most of the page's ink is elsewhere.
    verdict = judge_layer(page_of(text_image(), tuple(GOOD[:30]), 1.0))
    assert not verdict.trusted
    assert "the ink" in verdict.reason


def test_trusted_layer_needs_no_engine() -> None:
    engine = FakeEngine()
    text = read_page(page_of(text_image(), tuple(GOOD), 0.0), SETTINGS, engine)
    assert (text.origin, text.reason) == ("text_layer", "text layer: 100 % valid syllables")
    assert [word.text for word in text.words] == GOOD
    assert engine.seen == []


def test_bad_layer_goes_to_ocr_and_says_why() -> None:
    text = read_page(page_of(text_image(), tuple(UNMARKED), 0.0), SETTINGS, FakeEngine(said(GOOD)))
    assert text.origin == "ocr"
    assert text.reason.startswith("OCR: text layer only ")
    assert [word.text for word in text.words] == GOOD


def test_layer_is_kept_where_ocr_is_worse() -> None:
    foreign = ["the", "plan", "of", "work", "and", "schedule", "for", "members", "an", "hand"] * 3
    text = read_page(page_of(text_image(), tuple(foreign), 0.0), SETTINGS, FakeEngine(said(["xqz"] * 30)))
    assert text.origin == "text_layer"
    assert "kept" in text.reason


# ── one reading ───────────────────────────────────────────────────────────


def test_blank_page_gives_no_words_and_asks_nobody() -> None:
    engine = FakeEngine(said(GOOD))
    speckled = Image.new("RGB", (1654, 2339), (246, 244, 240))
    for x in range(40):
        speckled.putpixel((37 * x + 100, 53 * x + 90), (90, 90, 90))
    text = read_page(page_of(speckled), SETTINGS, engine)
    assert text.words == ()
    assert text.reason.startswith("blank page")
    assert engine.seen == []


def test_ordinary_page_costs_one_reading() -> None:
    engine = FakeEngine(said(GOOD))
    read_page(page_of(text_image()), SETTINGS, engine)
    assert [mode for _, mode in engine.seen] == [3]


def test_a_crash_of_the_engine_passes_through() -> None:
    def crash(*_: object) -> tuple[EngineWord, ...]:
        raise UnreadablePage("broken")

    with pytest.raises(UnreadablePage):
        read_page(page_of(text_image()), SETTINGS, FakeEngine(crash))


def test_garbage_from_the_engine_is_still_a_page() -> None:
    garbage = ["\ufffd\ufffd", "~~", "|", "....", "§", "¬x"] * 9
    text = read_page(page_of(text_image()), SETTINGS, FakeEngine(said(garbage)))
    assert text.origin == "ocr"
    assert all(word.box is not None for word in text.words)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    def answer(image: Image.Image, mode: int) -> tuple[EngineWord, ...]:
        return said(GOOD if stands_on_its_feet(image) else ["xqz"] * 20)(image, mode)

    page = page_of(text_image().rotate(turn, expand=True, fillcolor="white"))
    text = read_page(page, SETTINGS, FakeEngine(answer))
    assert text.turned == turn
    assert (round(text.width), round(text.height)) == (595, 842)
    assert [word.text for word in text.words] == GOOD


# ── skew ──────────────────────────────────────────────────────────────────


def skew_of(gray: Gray) -> tuple[float, float]:
    found = letters(ink_mask(gray), 200)
    return find_skew(found.x, found.y)


@pytest.mark.parametrize("angle", [-4.6, -1.3, -0.25, 0.0, 0.4, 2.0, 4.9])
def test_skew_is_found_to_a_twentieth_of_a_degree(angle: float) -> None:
    gray = np.asarray(text_image(angle=angle).convert("L"))
    found, _ = skew_of(gray)
    assert found == pytest.approx(angle, abs=0.11)
    again, _ = skew_of(rotate(gray, found))
    assert abs(again) <= 0.11


def test_sideways_is_seen() -> None:
    gray = np.asarray(text_image().convert("L"))
    plain, turned = (letters(ink_mask(np.ascontiguousarray(side)), 200) for side in (gray, gray.T))
    assert not runs_sideways(plain.x, plain.y)
    assert runs_sideways(turned.x, turned.y)


def test_straighten_and_back() -> None:
    box = Box(100, 700, 140, 712)
    straight = straighten(box, 2.5, 595, 842)
    back = unstraighten(straight, 2.5, 595, 842)
    assert (back.x0, back.top, back.x1, back.bottom) == pytest.approx((100, 700, 140, 712))
    # Lines that run downhill come level: the far end of a line rises.
    left, right = Box(100, 400, 110, 410), Box(500, 400 + 400 * 0.0436609, 510, 410 + 400 * 0.0436609)
    assert straighten(left, 2.5, 595, 842).top == pytest.approx(straighten(right, 2.5, 595, 842).top, abs=0.1)


# ── lines, cells, seal ────────────────────────────────────────────────────


def ruled_image() -> Image.Image:
    image = Image.new("L", (1000, 800), 255)
    draw = ImageDraw.Draw(image)
    for y in (100, 200, 300, 400):
        draw.rectangle((100, y, 900, y + 2), fill=0)
    for x in (100, 300, 900):
        draw.rectangle((x, 100, x + 2, 402), fill=0)
    draw.rectangle((150, 180, 155, 225), fill=0)  # a letter's stroke across a line
    draw.rectangle((400, 600, 700, 602), fill=0)  # an underline
    return image


def test_lines_are_found_and_taken_out_but_letters_stay() -> None:
    gray = np.asarray(ruled_image())
    ruling = find_ruling(gray, 200)
    across = [line for line in ruling.segments if line.y0 == line.y1]
    assert len(across) == 5
    assert len(ruling.segments) - len(across) == 3
    clean = take_out(gray, ruling)
    assert clean[101, 500] == clean[601, 500] == clean[350, 301] == 255
    assert clean[201, 152] == clean[190, 152] == clean[215, 152] == 0


def test_cells_of_a_table() -> None:
    ((frame, cells),) = find_ruling(np.asarray(ruled_image()), 200).tables
    assert (frame.left, frame.top) == pytest.approx((100, 100), abs=6)
    assert len(cells) == 6
    assert cells[0].right < cells[1].left


def test_no_table_without_lines() -> None:
    assert find_ruling(np.asarray(text_image().convert("L")), 200).tables == ()


def test_red_seal_goes_and_black_under_it_stays() -> None:
    image = np.full((800, 800, 3), 255, np.uint8)
    cv2.circle(image, (400, 400), 120, (215, 40, 50), 10)
    image[395:405, 200:600] = 20
    seen = to_gray(image)
    assert seen.red is not None
    assert seen.gray[400, 400] < 60
    assert seen.gray[280, 400] > 200  # the ring's top
    assert seen.full[280, 400] < 128
    assert to_gray(np.full((400, 400, 3), (200, 190, 180), np.uint8)).red is None  # a yellowed page


@pytest.mark.parametrize(
    ("word", "noise"),
    [
        (EngineWord("phường", 0.2, 100, 100, 160, 120), False),  # doubtful text is still text
        (EngineWord("-", 0.3, 100, 100, 108, 104), False),  # a dash item's dash
        (EngineWord("'", 0.2, 100, 100, 105, 106), True),
        (EngineWord("~", 0.5, 100, 100, 115, 106), True),
        (EngineWord("III", 0.9, 100, 100, 500, 400), True),  # a drawing
        (EngineWord("x", 0.9, 100, 100, 102, 102), True),  # a speck
        (EngineWord("7.", 0.1, 100, 100, 118, 120), False),  # figures are never thrown away for doubt
        (EngineWord("wz", 0.05, 100, 100, 130, 120), True),
    ],
)
def test_noise(word: EngineWord, noise: bool) -> None:
    beside = EngineWord("nhận", 0.95, 190, 98, 240, 122)
    kept, dropped = sift((word, beside), None, 200)
    assert (word in dropped) is noise
    assert beside in kept


# ── real engine, sample scan ──────────────────────────────────────────────


@pytest.fixture(scope="module")
def closing_page() -> tuple[object, list[dict[str, object]]]:
    source = take_in(SEED / "plan.scan.pdf", SETTINGS)
    assert isinstance(source, PagedSource)
    with gzip.open(SEED / "plan.words.json.gz") as stream:
        typeset = json.load(stream)["pages"][9]
    return read_page(source.page(10), SETTINGS, TesseractEngine()), typeset


def test_sample_table_page_is_read_in_place(closing_page: tuple[object, dict[str, object]]) -> None:
    """The real engine on a skewed scan with a table: nearly every word exact, inside its own box."""
    text, typeset = closing_page
    right = 0
    words = typeset["words"]
    for word in words:  # type: ignore[attr-defined]
        x0, top, x1, bottom = word["scan"]
        inside = [
            read.text
            for read in text.words  # type: ignore[attr-defined]
            if x0 - 2 <= read.box.centre[0] <= x1 + 2 and top - 3 <= read.box.centre[1] <= bottom + 3
        ]
        right += inside == [word["text"]]
    assert right >= 0.95 * len(words)  # type: ignore[arg-type]
    assert text.angle == pytest.approx(typeset["skew"], abs=0.1)  # type: ignore[attr-defined]
    assert "cells read apart" in text.prepared  # type: ignore[attr-defined]
    assert sum(rule.horizontal for rule in text.rules) >= 4  # type: ignore[attr-defined]
