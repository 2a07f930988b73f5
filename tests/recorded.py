"""Tesseract's readings of the sample scans, recorded: the suite needs no engine for them, and is fast.

A reading is known again by what the engine was given: its mode, its resolution and the image, reduced
to the mean gray of 32 x 32 fields. Pixels may differ by a rounding between machines, a mean does not.

An image that is not recorded (the reading stage was changed, or another version of a library draws other
pixels) is read by Tesseract, with a warning: the tests stay right and become slow. That the record still
says what Tesseract says is checked on a page of each scan (tests/test_recorded.py). To record anew:

    KEHOACH_RECORD=1 pytest tests/test_evidence.py tests/test_end_to_end_*.py
"""

from __future__ import annotations

import gzip
import json
import os
import warnings
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.reading import Engine, EngineWord, TesseractEngine

FOLDER = Path(__file__).parent / "data" / "recorded"
RECORDING = os.environ.get("KEHOACH_RECORD") == "1"
FIELDS = 32
TOLERANCE = 0.3
"""Gray levels (of 255) by which a field's mean may differ."""


@dataclass(frozen=True)
class Print:
    """What tells one reading from another."""

    mode: int
    dpi: int
    size: tuple[int, int]
    means: npt.NDArray[np.float64]

    def matches(self, other: Print) -> bool:
        if (self.mode, self.dpi, self.size) != (other.mode, other.dpi, other.size):
            return False
        return bool(np.abs(self.means - other.means).max() <= TOLERANCE)


def print_of(image: Image.Image, dpi: int, mode: int) -> Print:
    small = image.convert("L").convert("F").resize((FIELDS, FIELDS), Image.Resampling.BOX)
    means = np.asarray(small, dtype=np.float64).round(1)
    return Print(mode, dpi, image.size, means.ravel())


class RecordedEngine:
    """Answers from a recording, and from Tesseract where there is none."""

    def __init__(self, name: str, engine: Engine | None = None, folder: Path = FOLDER) -> None:
        self._path = folder / f"{name}.json.gz"
        self._engine = engine or TesseractEngine()
        self._name = "tesseract 5.3.0"
        self._known: list[tuple[Print, tuple[EngineWord, ...]]] = []
        self.missed = 0
        if self._path.exists() and not RECORDING:
            self._load()

    @property
    def name(self) -> str:
        return self._name

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        asked = print_of(image, dpi, mode)
        known = self.known(asked)
        if known is not None:
            return known
        self.missed += 1
        words = self._engine.read(image, lang, dpi, mode)
        self._known.append((asked, words))
        return words

    def known(self, asked: Print) -> tuple[EngineWord, ...] | None:
        """The recorded reading of this image; None where it has to be read."""
        return next((words for known, words in self._known if known.matches(asked)), None)

    def close(self) -> None:
        """Keep what was recorded, or say that the recording has to be renewed."""
        if RECORDING:
            self._save()
        elif self.missed:
            warnings.warn(
                f"{self.missed} images are not in {self._path.name} and were read by Tesseract; "
                "KEHOACH_RECORD=1 pytest tests/test_evidence.py tests/test_end_to_end_*.py records them",
                stacklevel=2,
            )

    def _load(self) -> None:
        content = json.loads(gzip.decompress(self._path.read_bytes()).decode("utf-8"))
        self._name = content["engine"]
        for entry in content["readings"]:
            means = np.asarray(entry["means"], dtype=np.float64) / 10
            known = Print(entry["mode"], entry["dpi"], tuple(entry["size"]), means)
            self._known.append((known, tuple(EngineWord(*word) for word in entry["words"])))

    def _save(self) -> None:
        readings = [_entry(known, words) for known, words in self._known]
        content = {"schema": "kehoach.readings/1", "engine": self._engine.name, "readings": readings}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def _entry(known: Print, words: tuple[EngineWord, ...]) -> dict[str, Any]:
    return {
        "mode": known.mode,
        "dpi": known.dpi,
        "size": known.size,
        "means": [round(10 * mean) for mean in known.means],
        "words": [[_short(value) for value in astuple(word)] for word in words],
    }


def _short(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
