"""Layers of scanned PDFs, page by page: an English OCR's, a good one, one beside the ink, a stamp's."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.geometry import Box
from pipeline.intake import take_in
from pipeline.reading import EngineWord, read_page
from pipeline.reading.layer import judge_layer
from pipeline.settings import Settings
from pipeline.types import PagedSource
from samples.typeset.fonts import NAMES, FontMissing, load_fonts
from tests.test_reading import FakeEngine

SEED = Path(__file__).parents[1] / "samples" / "seed"
SETTINGS = Settings(dpi=200)
INVISIBLE = 3
PAGE = 1


@pytest.fixture(scope="module")
def words() -> list[dict[str, Any]]:
    with gzip.open(SEED / "plan.words.json.gz") as stream:
        found: list[dict[str, Any]] = json.load(stream)["pages"][PAGE]["words"]
    return found


@pytest.fixture(scope="module")
def scan() -> Iterator[ImageReader]:
    document = pdfium.PdfDocument(SEED / "plan.scan.pdf")
    stream = io.BytesIO()
    document[PAGE].render(scale=100 / 72).to_pil().save(stream, "JPEG", quality=70)
    document.close()
    yield ImageReader(stream)


def layered(
    path: Path, scan: ImageReader, words: list[tuple[str, float, float]], *, under: bool = False
) -> Path:
    """The scanned page with an invisible layer: (text, x, baseline from the top) in points."""
    try:
        load_fonts()
    except FontMissing as missing:
        pytest.skip(str(missing))
    canvas = Canvas(str(path), pagesize=(595.28, 841.89))
    if not under:
        canvas.drawImage(scan, 0, 0, 595.28, 841.89)
    for text, x, baseline in words:
        line = canvas.beginText(x, 841.89 - baseline)
        line.setFont(NAMES["regular"], 14)
        line.setTextRenderMode(0 if under else INVISIBLE)
        line.textOut(text)
        canvas.drawText(line)
    if under:
        canvas.drawImage(scan, 0, 0, 595.28, 841.89)
    canvas.save()
    return path


def opened(path: Path) -> PagedSource:
    source = take_in(path, SETTINGS)
    assert isinstance(source, PagedSource)
    return source


def in_place(words: list[dict[str, Any]], down: float = 0.0) -> list[tuple[str, float, float]]:
    return [(word["text"], word["scan"][0], word["scan"][3] - 3 + down) for word in words]


def english(words: list[dict[str, Any]]) -> list[tuple[str, float, float]]:
    """What the English model made of the same page, word for word where the seed has them."""
    lines = (SEED / "align.tsv").read_text(encoding="utf-8").split("\n")
    pairs = [line.split("\t") for line in lines if "\t" in line]
    read: dict[str, str] = {}
    for raw, printed in pairs:
        if len(raw.split()) == len(printed.split()):
            read.update(zip(printed.split(), raw.split(), strict=True))
    return [(read.get(text, text), x, y) for text, x, y in in_place(words)]


def test_a_good_layer_on_a_scan_is_trusted(
    tmp_path: Path, scan: ImageReader, words: list[dict[str, Any]]
) -> None:
    verdict = judge_layer(opened(layered(tmp_path / "a.pdf", scan, in_place(words))).page(1))
    assert verdict.trusted, verdict.reason


def test_a_layer_of_the_english_model_is_not(
    tmp_path: Path, scan: ImageReader, words: list[dict[str, Any]]
) -> None:
    verdict = judge_layer(opened(layered(tmp_path / "a.pdf", scan, english(words))).page(1))
    assert not verdict.trusted
    assert "valid syllables" in verdict.reason


def test_a_layer_beside_the_ink_is_not(
    tmp_path: Path, scan: ImageReader, words: list[dict[str, Any]]
) -> None:
    verdict = judge_layer(opened(layered(tmp_path / "a.pdf", scan, in_place(words, down=11))).page(1))
    assert not verdict.trusted
    assert "beside the ink" in verdict.reason


def test_a_stamp_and_a_part_are_not(tmp_path: Path, scan: ImageReader, words: list[dict[str, Any]]) -> None:
    stamp = [("Ký", 400.0, 60.0), ("bởi:", 420.0, 60.0), ("Ủy", 440.0, 60.0), ("ban", 460.0, 60.0)]
    assert "on an image" in judge_layer(opened(layered(tmp_path / "a.pdf", scan, stamp)).page(1)).reason
    part = in_place(words)[:60]
    verdict = judge_layer(opened(layered(tmp_path / "b.pdf", scan, part)).page(1))
    assert not verdict.trusted
    assert "of the ink" in verdict.reason


def test_another_text_hidden_behind_the_scan_is_not(tmp_path: Path, scan: ImageReader) -> None:
    hidden = [("phường", 90.0 + 45 * (at % 3), 90.0 + 17 * (at // 3)) for at in range(90)]
    verdict = judge_layer(opened(layered(tmp_path / "a.pdf", scan, hidden, under=True)).page(1))
    assert not verdict.trusted


def test_the_image_on_a_typeset_page_is_read_as_well(
    tmp_path: Path, scan: ImageReader, words: list[dict[str, Any]]
) -> None:
    """Text above, a scanned table below: the layer is kept, OCR adds what the layer lacks."""
    try:
        load_fonts()
    except FontMissing as missing:
        pytest.skip(str(missing))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595.28, 841.89))
    canvas.drawImage(scan, 150, 60, 240, 340)
    canvas.setFont(NAMES["regular"], 14)
    for at in range(4):
        canvas.drawString(90, 780 - 20 * at, "Ủy ban nhân dân phường ban hành Kế hoạch năm 2024")
    canvas.save()
    page = opened(path).page(1)
    assert judge_layer(page).partial
    below = EngineWord("bảng", 0.9, 600, 1500, 660, 1530, "1")
    above = EngineWord("sai", 0.9, 270, 150, 300, 175, "2")
    text = read_page(page, SETTINGS, FakeEngine(lambda *_: (below, above)))
    added = [word for word in text.words if word.origin == "ocr"]
    assert [word.text for word in added] == ["bảng"]
    assert text.origin == "text_layer"
    assert added[0].box is not None
    assert added[0].box.overlap(Box(200, 530, 260, 560)) > 0
