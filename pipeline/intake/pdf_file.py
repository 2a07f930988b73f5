"""PDF files: pages opened one at a time, words and lines from the text layer, pixels from pdfium.

Two libraries read the file: pdfplumber gives words with boxes and fonts, pypdfium2 gives
sizes and pixels. Pypdfium2 is not safe in threads: one source belongs to one thread.
"""

from __future__ import annotations

import gc
import logging
import weakref
import zlib
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pdfplumber
import pypdfium2 as pdfium
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

from pipeline.errors import DamagedFile, NoPages, PasswordProtected, TooLarge, UnreadablePage
from pipeline.geometry import POINTS_PER_INCH
from pipeline.intake.pdf_chars import LeanPage
from pipeline.intake.pdf_layer import EMPTY_LAYER, Layer, read_layer
from pipeline.settings import FINEST_DPI, Settings
from pipeline.types import PagedSource, SourcePage

# pdfminer warns about every oddity of a font, with bits of the text: no log may hold those.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

Pixels = npt.NDArray[np.uint8]

_PAGES_OF_AN_OPENING = 16
_YOUNG = 1
"""The generations of objects that the pages of an opening are in; older ones are many, and stay."""
_MOST_DEFLATE_GAINS = 1032
"""Bytes out of one byte in, at the very most (zlib's technical notes)."""
_ERROR_PASSWORD = 4  # FPDF_ERR_PASSWORD in pdfium's fpdfview.h


def open_pdf(path: Path, sha256: str, settings: Settings) -> PagedSource:
    """Open a PDF; its pages stay closed.

    Raises:
        PasswordProtected, DamagedFile, NoPages.
        TooLarge: no page is small enough to be rendered. Where only some
            are too large, those raise UnreadablePage when opened.
    """
    document = _open_pdfium(path)
    count = len(document)
    if count == 0:
        document.close()
        raise _no_page(path)
    file = _OpenPdf(path, document, settings)
    if count <= settings.max_pages and not any(file.fits(number) for number in range(1, count + 1)):
        raise TooLarge(*file.too_large(1))
    return PagedSource(path.name, sha256, "pdf", count, file.page)


def _open_pdfium(path: Path) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        # pdfium's error code may be that of an earlier file: ask the file as well.
        if getattr(error, "err_code", None) == _ERROR_PASSWORD and _is_encrypted(path):
            raise PasswordProtected(
                f"{path.name} is locked with a password.",
                "Open it with the password, print it to a new PDF without one and try again.",
            ) from error
        if _has_no_page(path):
            raise _no_page(path) from error
        raise DamagedFile(
            f"{path.name} begins like a PDF but cannot be opened.",
            "Copy or download it again, or print it to a new PDF.",
        ) from error


def _no_page(path: Path) -> NoPages:
    return NoPages(f"{path.name} is a PDF without pages.", "Print or scan it again.")


def _is_encrypted(path: Path) -> bool:
    """True if a trailer names an encryption dictionary; trailers are never compressed themselves."""
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if b"/Encrypt" in tail + chunk:
                return True
            tail = chunk[-16:]
    return False


def _has_no_page(path: Path) -> bool:
    """True if the file is whole but its page tree is empty, which pdfium reports as damage."""
    try:
        with pdfplumber.open(path) as plumber:
            tree = resolve1(plumber.doc.catalog["Pages"])
            return bool(tree["Count"] == 0)
    except Exception:
        # pdfminer raises whatever its parsers meet; then the file is damaged.
        return False


class _OpenPdf:
    """The two open handles on one file; closed when the source is no longer used."""

    def __init__(self, path: Path, document: Any, settings: Settings) -> None:
        self._path = path
        self._document = document
        self._settings = settings
        self._finest = settings.dpi or FINEST_DPI
        self._plumber: Any = None
        self._miner_pages: list[Any] = []
        self._opened: set[int] = set()
        self._close = weakref.finalize(self, document.close)

    def page(self, number: int) -> SourcePage:
        """Page `number`. Raises UnreadablePage where pdfium cannot open it or it is too large."""
        self._renew(number)
        if not self.fits(number):
            raise UnreadablePage(*self.too_large(number))
        try:
            width, height = self._document[number - 1].get_size()
        except (pdfium.PdfiumError, IndexError, KeyError) as error:
            raise self._unreadable(number) from error
        layer = self._layer(number, width, height)
        if layer.image_pixels > self._settings.max_page_pixels:
            raise UnreadablePage(
                f"Page {number} of {self._path.name} holds an image of {layer.image_pixels:,} pixels, "
                f"the limit is {self._settings.max_page_pixels:,}.",
                "Scan it at 200 to 300 dpi, or raise max_page_pixels.",
            )
        raster = partial(self._raster, number, width, height)
        return SourcePage(
            number,
            width,
            height,
            layer.words,
            layer.rules,
            layer.image_share,
            layer.scan_dpi,
            raster,
            layer.legacy,
        )

    def _renew(self, number: int) -> None:
        """Open the file again after some pages: both libraries keep all they have read, images included,
        and a long scan would grow by a megabyte a page.
        """
        if number not in self._opened and len(self._opened) >= _PAGES_OF_AN_OPENING:
            self._close()
            self._document = _open_pdfium(self._path)
            self._close = weakref.finalize(self, self._document.close)
            if self._plumber is not None:
                self._plumber.close()
                self._plumber = None
                self._miner_pages = []
                # Its objects hold each other: they go when garbage is looked for, and it is seldom.
                gc.collect(_YOUNG)
            self._opened.clear()
        self._opened.add(number)

    def fits(self, number: int) -> bool:
        """False where the page drawn for OCR has more pixels than allowed; nothing is decoded."""
        return self._pixels(number) <= self._settings.max_page_pixels

    def too_large(self, number: int) -> tuple[str, str]:
        """Message and advice."""
        return (
            f"Page {number} of {self._path.name} has {self._pixels(number):,} pixels at "
            f"{self._finest} dpi, the limit is {self._settings.max_page_pixels:,}.",
            "Print it to A4, lower dpi, or raise max_page_pixels.",
        )

    def _pixels(self, number: int) -> int:
        try:
            width, height = self._document.get_page_size(number - 1)
        except (pdfium.PdfiumError, IndexError):
            return 0  # page() will say that it is damaged
        return round(float(width) * float(height) * (self._finest / POINTS_PER_INCH) ** 2)

    def _layer(self, number: int, width: float, height: float) -> Layer:
        """The text layer; an empty one where pdfplumber fails, for the pixels may still be good."""
        page = None
        try:
            page = self._plumber_page(number)
            if page is None:
                return EMPTY_LAYER
            return read_layer(page, number, width, height)
        except Exception:
            # pdfminer raises whatever its parsers meet in a broken content stream or font:
            # there is no common base class, and a page is never lost over its text layer.
            return EMPTY_LAYER
        finally:
            if page is not None:
                page.close()

    def _plumber_page(self, number: int) -> Any | None:
        """One page for pdfplumber; null where the two libraries do not count the same pages.

        pdfplumber's own list opens all pages, and one bad page would take the others along.
        """
        if self._plumber is None:
            self._plumber = pdfplumber.open(self._path, unicode_norm="NFC")
            weakref.finalize(self, self._plumber.stream.close)
            self._miner_pages = list(PDFPage.create_pages(self._plumber.doc))
        if len(self._miner_pages) != len(self._document):
            # A page that one of them skips would give its neighbour's words to every page after it.
            return None
        found = self._miner_pages[number - 1]
        if any(_unpacks_beyond(stream, self._settings.max_unpacked_bytes) for stream in found.contents):
            return None  # pdfminer would unpack all of it into memory
        return LeanPage(self._plumber, found, page_number=number, initial_doctop=0)

    def _raster(self, number: int, width: float, height: float, dpi: float) -> Pixels:
        scale = dpi / POINTS_PER_INCH
        try:
            page = self._document[number - 1]
            try:
                drawn: Pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()[..., :3]
            finally:
                page.close()
        except (pdfium.PdfiumError, ValueError, MemoryError, OSError) as error:
            raise self._unreadable(number) from error
        return _cut_or_fill(drawn, max(1, round(height * scale)), max(1, round(width * scale)))

    def _unreadable(self, number: int) -> UnreadablePage:
        return UnreadablePage(
            f"Page {number} of {self._path.name} is damaged and cannot be drawn.", "Scan this page again."
        )


def _unpacks_beyond(stream: Any, limit: int) -> bool:
    """True for a bomb: a content stream that is small as stored and enormous when unpacked."""
    stored = getattr(resolve1(stream), "rawdata", None)
    if not stored or len(stored) * _MOST_DEFLATE_GAINS <= limit:
        return False
    try:
        return len(zlib.decompressobj().decompress(stored, limit + 1)) > limit
    except zlib.error:
        return False


def _cut_or_fill(drawn: Pixels, height: int, width: int) -> Pixels:
    """pdfium rounds the size up: a row or column more or less, not worth a resampling."""
    cut = drawn[:height, :width]
    missing = (0, height - cut.shape[0]), (0, width - cut.shape[1]), (0, 0)
    return np.pad(cut, missing, constant_values=255) if cut.shape[:2] != (height, width) else cut
