"""OCR engines behind one small protocol; Tesseract is the default that always works."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from PIL import Image

from pipeline.errors import EngineMissing, KehoachError, LanguageMissing, UnreadablePage
from pipeline.reading.lookalikes import normal_letters
from pipeline.settings import Settings

Missing = Literal["binding", "model"]

WHOLE_PAGE = 3
"""Tesseract's page segmentation modes that are used: a page of any layout ..."""
ONE_BLOCK = 6
"""... one block of lines, nothing beside another ..."""
ONE_LINE = 7
"""... a single line."""
NOT_INVERTED = ("tessedit_do_invert", "0")
"""Nobody prints a plan white on black: a line that is hard to read is not tried as one."""

INSTALL_ENGINE = (
    "Debian/Ubuntu: sudo apt-get install -y tesseract-ocr tesseract-ocr-vie. "
    "Windows: run the Tesseract installer of UB Mannheim, tick Vietnamese under additional "
    "language data, and add its folder to the PATH."
)
INSTALL_LANGUAGE = (
    "Debian/Ubuntu: sudo apt-get install -y tesseract-ocr-{package}. "
    "Windows: run the Tesseract installer again and tick the language under additional "
    "language data, or put {lang}.traineddata into the tessdata folder."
)


@dataclass(frozen=True, slots=True)
class EngineWord:
    """A word as the engine saw it. Pixels of the image it was given; confidence 0 to 1.

    `line` names the engine's own line, equal for words on the same one; empty where unknown.
    """

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float
    line: str = ""


class Engine(Protocol):
    """What reading needs of an engine."""

    @property
    def name(self) -> str:
        """Name and version, for `source.engine`: "tesseract 5.3.0"."""
        ...

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        """The words of a gray image. `mode` is one of the constants of this module.

        Raises:
            EngineMissing, LanguageMissing: nothing can be read at all.
            UnreadablePage: this image crashed the engine or took too long.
        """
        ...


class TesseractEngine:
    """Tesseract's command line through pytesseract, one process a reading, one thread.

    Args:
        timeout: seconds for one reading; then the page counts as unreadable.
    """

    def __init__(self, timeout: float = 120.0) -> None:
        self._timeout = timeout
        # Tesseract's threads wait for each other: left free they cost up to five times the
        # CPU. Whoever has set a limit keeps it.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")

    @property
    def name(self) -> str:
        with _named_errors("", self._timeout) as pytesseract:
            return f"tesseract {pytesseract.get_tesseract_version().base_version}"

    def require(self, lang: str) -> None:
        """Raise EngineMissing or LanguageMissing before any document is opened."""
        with _named_errors(lang, self._timeout) as pytesseract:
            installed = set(pytesseract.get_languages())
        for wanted in lang.split("+"):
            if wanted not in installed:
                raise language_missing(wanted)

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        """See `Engine.read`."""
        with (
            tempfile.TemporaryDirectory(prefix="kehoach-") as folder,
            _named_errors(lang, self._timeout) as pytesseract,
        ):
            # A plain pixmap: pytesseract would pack a PNG first, a tenth of the whole cost.
            path = Path(folder) / "page.pgm"
            image.convert("L").save(path, "PPM")
            table: dict[str, list[Any]] = pytesseract.image_to_data(
                str(path),
                lang=lang,
                config=f"--psm {mode} --dpi {dpi} -c {'='.join(NOT_INVERTED)}",
                output_type=pytesseract.Output.DICT,
                timeout=self._timeout,
            )
        return tuple(_words(table))


def engine_named(settings: Settings) -> Engine:
    """The engine that `settings.engine` names.

    Raises:
        EngineMissing: no engine of that name is known.
    """
    from pipeline.reading.in_process import InProcessEngine, is_usable  # noqa: PLC0415 (it imports this module)

    if settings.engine == "tesserocr" or (settings.engine == "auto" and is_usable(settings.lang) is None):
        return InProcessEngine(settings.ocr_timeout)
    if settings.engine in ("tesseract", "auto"):
        return TesseractEngine(settings.ocr_timeout)
    raise EngineMissing(
        f"There is no OCR engine named {settings.engine}.", "Use auto, tesseract or tesserocr."
    )


def _words(table: dict[str, list[Any]]) -> Iterator[EngineWord]:
    """Rows of level word with something in them; a row that makes no sense is left out."""
    places = ("page_num", "block_num", "par_num", "line_num")
    lines = [".".join(map(str, place)) for place in zip(*(table.get(k, []) for k in places), strict=False)]
    columns = (table.get(key, []) for key in ("text", "conf", "left", "top", "width", "height"))
    for at, (text, confidence, left, top, width, height) in enumerate(zip(*columns, strict=False)):
        word = normal_letters(str(text)).strip()
        try:
            sure, x, y = float(confidence), int(left), int(top)
            wide, high = int(width), int(height)
        except (TypeError, ValueError):
            continue
        if word and sure >= 0 and wide > 0 and high > 0:
            line = lines[at] if at < len(lines) else ""
            yield EngineWord(word, min(1.0, sure / 100), x, y, x + wide, y + high, line)


@contextmanager
def _named_errors(lang: str, timeout: float) -> Iterator[Any]:
    """The module pytesseract; whatever it raises comes out as one of our named errors."""
    # Not at the top: it loads pandas where there is one, and few conversions need it.
    import pytesseract  # noqa: PLC0415

    try:
        yield pytesseract
    except KehoachError:
        raise
    except (pytesseract.TesseractNotFoundError, FileNotFoundError, PermissionError, SystemExit) as error:
        raise EngineMissing("Tesseract is not installed, or not on the PATH.", INSTALL_ENGINE) from error
    except pytesseract.TesseractError as error:
        message = str(error)
        if "load any languages" in message or "traineddata" in message or "loading language" in message:
            raise language_missing(lang) from error
        raise UnreadablePage("Tesseract broke off on this page.", "Scan the page again.") from error
    except (RuntimeError, UnicodeDecodeError, ValueError, KeyError) as error:
        # pytesseract reports a timeout as a bare RuntimeError.
        if isinstance(error, RuntimeError) and "timeout" in str(error).lower():
            raise UnreadablePage(
                f"Tesseract took longer than {timeout:g} seconds on this page.", "Raise ocr_timeout."
            ) from error
        raise UnreadablePage(
            "Tesseract's answer for this page makes no sense.", "Scan the page again."
        ) from error


def language_missing(lang: str) -> LanguageMissing:
    """The error for a model that is not installed, with how to get it."""
    what = "Vietnamese model (vie)" if lang == "vie" else f"model for {lang}"
    package = lang.replace("_", "-").lower()
    return LanguageMissing(
        f"Tesseract is installed, but not its {what}.", INSTALL_LANGUAGE.format(package=package, lang=lang)
    )
