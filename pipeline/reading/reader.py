"""The engine, set up for one page."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from pipeline.reading.engines import Engine, EngineWord
from pipeline.reading.prepare import Gray


@dataclass(frozen=True, slots=True)
class Reader:
    """An engine, the language it reads in, and how many pixels an inch the page was drawn with."""

    engine: Engine
    lang: str
    dpi: int

    def read(self, pixels: Gray, mode: int, enlarged: float = 1.0) -> tuple[EngineWord, ...]:
        """The words of a piece of the page, in its own pixels.

        Args:
            mode: how the piece is laid out (see `engines`).
            enlarged: how many times larger than on the page it is.

        Raises:
            EngineMissing, LanguageMissing, UnreadablePage: see `Engine.read`.
        """
        return self.engine.read(Image.fromarray(pixels), self.lang, round(self.dpi * enlarged), mode)
