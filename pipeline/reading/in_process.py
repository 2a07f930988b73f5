"""Tesseract kept in this process by tesserocr: the model is loaded once, no file is written.

Optional (`pip install kehoach[fast]`). The wheel brings its own Tesseract, but no models:
the folder of the installed one is asked for its own.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.errors import EngineMissing, UnreadablePage
from pipeline.reading.engines import NOT_INVERTED, EngineWord, Missing, language_missing
from pipeline.reading.lookalikes import normal_letters

_WORD = "5"
"""The level of a word in a row of Tesseract's table."""
_FOLDER = re.compile(r'"([^"]+)"')


class InProcessEngine:
    """Tesseract in this process. Not for several threads at once.

    Args:
        timeout: seconds for one reading; then the page counts as unreadable.
        models: folder of the .traineddata files; null to look for it.

    Raises:
        EngineMissing: tesserocr is not installed, or no folder of models was found.
    """

    def __init__(self, timeout: float = 120.0, models: Path | None = None) -> None:
        # Read when the library is loaded: threads of one reading only wait for each other.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr  # noqa: PLC0415 (optional)
        except ImportError as error:
            raise EngineMissing(
                "tesserocr is not installed.", "python -m pip install tesserocr, or use --engine tesseract."
            ) from error
        folder = models or find_models()
        if folder is None:
            raise EngineMissing("No folder with Tesseract's models was found.", "Set TESSDATA_PREFIX to it.")
        self._library: Any = tesserocr
        self._models = folder
        self._timeout = timeout
        self._api: Any = None
        self._lang = ""

    @property
    def name(self) -> str:
        version = self._library.tesseract_version().split()[1]
        return f"tesseract {version} (in process)"

    def require(self, lang: str) -> None:
        """Raise LanguageMissing before any document is opened."""
        for wanted in lang.split("+"):
            if not (self._models / f"{wanted}.traineddata").is_file():
                raise language_missing(wanted)

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        """See `Engine.read`."""
        api = self._opened(lang)
        try:
            api.SetPageSegMode(mode)
            gray = image if image.mode == "L" else image.convert("L")
            api.SetImageBytes(gray.tobytes(), gray.width, gray.height, 1, gray.width)
            api.SetSourceResolution(dpi)
            if not api.Recognize(round(self._timeout * 1000)):
                raise UnreadablePage(
                    f"Tesseract took longer than {self._timeout:g} seconds on this page, or broke off.",
                    "Raise ocr_timeout.",
                )
            return _words(api.GetTSVText(0))
        except RuntimeError as error:
            raise UnreadablePage("Tesseract broke off on this page.", "Scan the page again.") from error
        finally:
            api.Clear()

    def _opened(self, lang: str) -> Any:
        if self._api is None or lang != self._lang:
            self.require(lang)
            try:
                self._api = self._library.PyTessBaseAPI(
                    path=str(self._models), lang=lang, variables=dict([NOT_INVERTED])
                )
            except RuntimeError as error:
                raise language_missing(lang) from error
            self._lang = lang
        return self._api


def is_usable(lang: str) -> Missing | None:
    """Null if tesserocr can be imported and the model is where it looks; else what is missing."""
    if importlib.util.find_spec("tesserocr") is None:
        return "binding"
    folder = find_models()
    there = folder and all((folder / f"{one}.traineddata").is_file() for one in lang.split("+"))
    return None if there else "model"


def find_models() -> Path | None:
    """The folder of models: TESSDATA_PREFIX, or what the installed Tesseract says."""
    asked = os.environ.get("TESSDATA_PREFIX")
    if asked:
        return next((path for path in (Path(asked), Path(asked) / "tessdata") if path.is_dir()), None)
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, timeout=20, check=False
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = (done.stdout + done.stderr).decode("utf-8", errors="replace")
    found = _FOLDER.search(said)
    return Path(found.group(1)) if found and Path(found.group(1)).is_dir() else None


def _words(table: str) -> tuple[EngineWord, ...]:
    """The rows of level word: level page block paragraph line word left top width height conf text."""
    words = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD:
            continue
        text = normal_letters(cells[11]).strip()
        left, top, width, height = map(int, cells[6:10])
        sure = float(cells[10])
        if text and sure >= 0 and width > 0 and height > 0:
            line = ".".join(cells[1:5])
            words.append(EngineWord(text, min(1.0, sure / 100), left, top, left + width, top + height, line))
    return tuple(words)
