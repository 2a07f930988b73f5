"""The choice between text layer and OCR, page by page."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reading.engines import Engine
from pipeline.reading.layer import judge_layer
from pipeline.reading.ocr import read_by_ocr
from pipeline.settings import Settings
from pipeline.syllables import validity
from pipeline.types import PageText, SourcePage


def read_page(page: SourcePage, settings: Settings, engine: Engine) -> PageText:
    """The words of one page, with the reason for where they were taken from.

    Raises:
        UnreadablePage: this page cannot be drawn, or crashed the engine.
        EngineMissing, LanguageMissing: OCR is needed and there is none.
    """
    verdict = judge_layer(page)
    if verdict.trusted and verdict.partial:
        layer = _from_layer(page, f"text layer: {verdict.reason}")
        return _completed(layer, read_by_ocr(page, settings, engine, verdict.reason))
    if verdict.trusted:
        return _from_layer(page, f"text layer: {verdict.reason}")
    read = read_by_ocr(page, settings, engine, verdict.reason)
    if page.layer and _layer_is_better(page, read):
        return _from_layer(page, f"text layer: kept, OCR gave no better ({verdict.reason})")
    return read


def _completed(layer: PageText, read: PageText) -> PageText:
    """The layer, and of the OCR what stands where the layer has nothing."""
    if read.turned or not read.words:
        return layer
    known = [word.box.padded(1.0) for word in layer.words if word.box is not None]
    missing = tuple(
        word
        for word in read.words
        if word.box is not None and not any(box.overlap(word.box) > 0 for box in known)
    )
    return replace(layer, words=(*layer.words, *missing), rules=(*layer.rules, *read.rules), ink=read.ink)


def _layer_is_better(page: SourcePage, read: PageText) -> bool:
    """A page in a foreign language fails the judge of syllables, and OCR in Vietnamese makes it worse."""
    layer = validity(word.text for word in page.layer)
    ocr = validity(word.text for word in read.words)
    return layer.valid > ocr.valid and layer.share > ocr.share


def _from_layer(page: SourcePage, reason: str) -> PageText:
    words = tuple(replace(word, page=page.number) for word in page.layer)
    return PageText(page.number, page.width, page.height, words, page.rules, "text_layer", reason)
