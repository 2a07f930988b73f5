"""The systems under measurement: each reads the papers of one condition, page by page."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks.pages.papers import Papers
from pipeline.intake import take_in
from pipeline.layout import lay_out
from pipeline.reading import Engine, EngineWord, engine_named, read_page
from pipeline.settings import Settings
from pipeline.types import Grid, PagedSource, PageLayout


@dataclass(frozen=True, slots=True)
class Read:
    """A page's text; CPU in seconds with children; `readings` in runs of the engine."""

    text: str
    cpu: float
    readings: float = 1.0
    note: str = ""


class _Counting:
    """An engine that counts how many pixels it was given."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.pixels = 0
        self.calls = 0

    @property
    def name(self) -> str:
        return self._engine.name

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        self.pixels += image.width * image.height
        self.calls += 1
        return self._engine.read(image, lang, dpi, mode)


def kehoach(papers: Papers, engine: str) -> list[Read]:
    """This project: intake, reading and layout of the PDF, as `kehoach convert` does them."""
    settings = Settings(engine=engine)
    counting = _Counting(engine_named(settings))
    source = take_in(papers.pdf, settings)
    assert isinstance(source, PagedSource)
    read_page(source.page(1), settings, counting)  # the model is loaded once a process, not once a page
    reads = []
    for number in range(1, source.page_count + 1):
        counting.calls = 0
        with _cpu() as spent:
            text = read_page(source.page(number), settings, counting)
            laid = lay_out(text)
        reads.append(Read(_text(laid), spent[0], counting.calls, text.prepared or text.reason))
    return reads


def _text(page: PageLayout) -> str:
    lines = [line.text for line in page.furniture]
    for block in page.blocks:
        if isinstance(block, Grid):
            lines += [cell.text for cell in block.cells]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def tesseract(papers: Papers, mode: int, method: int) -> list[Read]:
    """The command line on each image, at one setting for all conditions."""
    reads = []
    for path in papers.images:
        command = [
            "tesseract", str(path), "-", "-l", "vie",
            "--psm", str(mode), "--dpi", str(papers.condition.dpi[0]),
            "-c", f"thresholding_method={method}",
        ]  # fmt: skip
        with _cpu() as spent:
            done = subprocess.run(command, capture_output=True, check=True)
        reads.append(Read(done.stdout.decode("utf-8"), spent[0]))
    return reads


def ocrmypdf(papers: Papers) -> list[Read]:
    """One run over the whole PDF, its start shared by all pages; deskewed and cleaned for OCR."""
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text.txt"
        command = [
            "ocrmypdf", "-l", "vie", "--jobs", "1", "--output-type", "pdf", "--deskew", "--clean",
            "--optimize", "0", "--sidecar", str(sidecar), str(papers.pdf), str(Path(folder) / "out.pdf"),
        ]  # fmt: skip
        with _cpu() as spent:
            subprocess.run(command, capture_output=True, check=True)
        texts = sidecar.read_text(encoding="utf-8").split("\f")
    return _shared(texts, len(papers.pages), spent[0])


_KREUZBERG = """
import json, sys
from kreuzberg import *
import kreuzberg
config = ExtractionConfig(force_ocr=True, ocr=OcrConfig(backend="tesseract", language="vie"))
print(json.dumps([kreuzberg.extract_file_sync(path, config=config).content for path in sys.argv[1:]]))
"""


def kreuzberg(papers: Papers, python: str) -> list[Read]:
    """One process for all images, its start shared by all pages."""
    with _cpu() as spent:
        done = subprocess.run(
            [python, "-c", _KREUZBERG, *map(str, papers.images)], capture_output=True, check=True
        )
    return _shared(json.loads(done.stdout.decode("utf-8").splitlines()[-1]), len(papers.pages), spent[0])


def _shared(texts: Sequence[str], pages: int, cpu: float) -> list[Read]:
    full = [*texts, *[""] * pages][:pages]
    return [Read(text, cpu / pages) for text in full]


def installed(command: str) -> bool:
    return shutil.which(command) is not None


@contextmanager
def _cpu() -> Iterator[list[float]]:
    """CPU seconds of this process and its finished children, in the list's first place at the end."""
    spent = [0.0]
    before = _used()
    yield spent
    spent[0] = _used() - before


def _used() -> float:
    times = os.times()
    assert resource.RUSAGE_CHILDREN  # Windows has no such clock: the benchmark needs POSIX
    return times.user + times.system + times.children_user + times.children_system
