"""What worker processes do for the web page: convert a document, draw a page, read the words of one.

Files of unknown origin are opened here only, never in the server: a file that hangs, crashes or
eats memory takes this process along and nothing else. Results are left in the process's private
folder for temporary files, from where the server takes them.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from pipeline.archive.job import Job, Outcome, failed
from pipeline.archive.work import convert_document
from pipeline.errors import KehoachError, NoPages, UnreadablePage
from pipeline.geometry import POINTS_PER_INCH
from pipeline.intake import take_in
from pipeline.reading import engine_named, read_page
from pipeline.run import Conversion, Progress
from pipeline.settings import Settings
from pipeline.types import FlowSource, PagedSource, PageText
from pipeline.web.orders import PICTURE, SIZES, WORDS

_COLOURS = 64
"""Of a page's picture: print and a red seal need no more, and it is a quarter of the size."""

A4 = (595.3, 841.9)
"""Points; stands in for a page that cannot be read."""

Watch = Callable[[Progress], None]


def convert_for_review(job: Job, watch: Watch) -> Outcome:
    """Convert the file, and leave what the review needs of its pages: sizes, turns, words."""
    return convert_document(job, watch, _leave_words)


def serve_page(job: Job, watch: Watch) -> Outcome:
    """Do what `job.settings` asks for: sizes of all pages, the picture or the words of one."""
    wish = json.loads(job.settings)
    try:
        source = _opened(job.path, Path(job.path).stat().st_mtime_ns)
        match wish["do"]:
            case "sizes":
                _leave(SIZES, json.dumps(_sizes(source, job.path)).encode())
            case "picture":
                _leave_picture(source, wish["page"], wish["width"], wish["turned"])
            case "words":
                _leave_page(source, wish["page"])
    except KehoachError as error:
        return failed(type(error).__name__, "")
    return Outcome("done")


def _leave_words(conversions: Sequence[Conversion]) -> None:
    pages = {str(text.number): _page(text) for one in conversions for text in one.texts}
    _leave(WORDS, _packed(pages))


def _leave_page(source: PagedSource, number: int) -> None:
    settings = Settings()
    text = read_page(source.page(number), settings, engine_named(settings))
    _leave(WORDS, _packed({str(number): _page(text)}))


def _leave_picture(source: PagedSource, number: int, width: int, turned: int) -> None:
    page = source.page(number)
    points = page.height if turned in (90, 270) else page.width
    image = Image.fromarray(page.raster(width / points * POINTS_PER_INCH))
    if turned:
        image = image.rotate(-turned, expand=True)
    if image.width != width:
        image = image.resize((width, max(1, round(image.height * width / image.width))))
    small = image.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(Path(tempfile.gettempdir()) / PICTURE, "PNG")


def _sizes(source: PagedSource, path: str) -> list[tuple[float, float]]:
    """Width and height of each page. A PDF is asked without reading the text of its pages."""
    if source.kind == "pdf":
        with pdfium.PdfDocument(path) as document:
            return [document.get_page_size(number) for number in range(len(document))]
    return [_size(source, number) for number in range(1, source.page_count + 1)]


def _size(source: PagedSource, number: int) -> tuple[float, float]:
    try:
        page = source.page(number)
    except UnreadablePage:
        return A4
    return page.width, page.height


def _page(text: PageText) -> dict[str, Any]:
    words = [
        (word.text, *(round(side, 1) for side in _corners(word.box)), round(word.confidence, 3))
        for word in text.words
        if word.box is not None
    ]
    return {"width": text.width, "height": text.height, "turned": text.turned, "words": words}


def _corners(box: Any) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _packed(pages: dict[str, Any]) -> bytes:
    # mtime 0: the same words give the same bytes
    return gzip.compress(json.dumps({"pages": pages}, ensure_ascii=False).encode("utf-8"), mtime=0)


def _leave(name: str, content: bytes) -> None:
    (Path(tempfile.gettempdir()) / name).write_bytes(content)


@lru_cache(maxsize=1)
def _opened(path: str, _changed: int) -> PagedSource:
    """The file last asked for stays open: a review asks for one page of it after the other."""
    source = take_in(Path(path), Settings())
    if isinstance(source, FlowSource):
        raise NoPages("A document without pages.", "")
    return source
