"""SourcePage to PageText: the words of a page, from its text layer or by OCR.

    read_page(page, settings, engine) -> PageText

Boxes are where the words stand on the page turned upright, its skew left in, so that they
fit a drawing of the page; `pipeline.geometry.straighten` takes `PageText.angle` out.
"""

from __future__ import annotations

from pipeline.reading.engines import Engine, EngineWord, TesseractEngine, engine_named
from pipeline.reading.read import read_page

__all__ = ["Engine", "EngineWord", "TesseractEngine", "engine_named", "read_page"]
