"""The pages of originals: their sizes, pictures and words, made once and kept beside the plans."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.archive.cell import Cell
from pipeline.archive.job import Job
from pipeline.errors import CannotWrite, KehoachError
from pipeline.settings import Limits
from pipeline.web.library import ASIDE
from pipeline.web.orders import PAGE_WORKER, PICTURE, SIZES, WORDS
from pipeline.web.refusals import Refusal
from pipeline.writing import write_file
from schemas import Plan

NARROWEST, WIDEST, STEP = 200, 2400, 100
"""Widths of a page's picture in pixels; others are rounded up, so that few are kept."""
_LIMITS = Limits(seconds=180, page_seconds=180)
_SLACK = 8.0
"""Points that a box may stand over the edge of a page that lies the right way."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is shown: upright, sizes in points; `turned` clockwise from how the file has it."""

    number: int
    width: float
    height: float
    turned: int


class PageStore:
    """One worker process draws and reads; what it gave is kept below `.kehoach`."""

    def __init__(self, folder: Path) -> None:
        self._aside = folder / ASIDE
        self._cell = Cell(_LIMITS.memory_bytes, PAGE_WORKER)
        self._lock = threading.Lock()
        self._words: dict[str, dict[str, Any]] = {}

    def warm(self) -> None:
        """Start the worker process: the first page should not wait for its libraries."""
        with self._lock, suppress(KehoachError):
            self._cell.warm()

    def close(self) -> None:
        self._cell.close()

    def words_path(self, sha256: str) -> Path:
        """Where the words of a document are kept."""
        return self._aside / f"{sha256}.words.json.gz"

    def take_words(self, sha256: str, made: Path) -> None:
        """Keep the words that a conversion left."""
        if made.is_file() and _DIGEST.fullmatch(sha256):
            write_file(self.words_path(sha256), made.read_bytes())
            self._words.pop(sha256, None)

    def pages(self, plan: Plan, original: Path | None) -> tuple[Page, ...]:
        """Every page of the plan's document; none for one without pages, or without original.

        Raises:
            Refusal: the original cannot be opened.
        """
        sha256 = plan.source.sha256
        known = self._pages_read(sha256)
        missing = [number for number in range(1, plan.source.pages + 1) if str(number) not in known]
        sizes = self._sizes(sha256, original) if missing and original is not None else []
        found = []
        for number in range(1, plan.source.pages + 1):
            if str(number) in known:
                page = known[str(number)]
                found.append(Page(number, page["width"], page["height"], page["turned"]))
            elif original is not None and number <= len(sizes):
                found.append(self._unread(plan, original, number, sizes[number - 1]))
        return tuple(found)

    def picture(self, sha256: str, original: Path | None, page: Page, width: int) -> Path | None:
        """A PNG of the page; null where it is not kept and there is no original to draw it from.

        Raises:
            Refusal: the page cannot be drawn.
        """
        width = min(WIDEST, max(NARROWEST, -(-width // STEP) * STEP))
        kept = self._aside / "pages" / sha256 / f"{page.number}-{page.turned}-{width}.png"
        if kept.is_file():
            return kept
        if original is None:
            return None
        wish = {"do": "picture", "page": page.number, "width": width, "turned": page.turned}
        write_file(kept, self._ask(original, wish, PICTURE))
        return kept

    def words(self, sha256: str, original: Path | None, number: int) -> list[list[Any]] | None:
        """Text, four corners and confidence of each word; null where there is no original to read.

        Raises:
            Refusal: the page cannot be read.
        """
        known = self._pages_read(sha256)
        if str(number) not in known:
            if original is None:
                return None
            known = self._read(sha256, original, number)
        words: list[list[Any]] = known[str(number)]["words"]
        return words

    def _unread(self, plan: Plan, original: Path, number: int, size: tuple[float, float]) -> Page:
        """A page whose words are not kept: the plan was converted by other means. Where its evidence
        lies outside the page, the page was turned: it is read to know how."""
        width, height = size
        boxes = [
            place.box
            for places in plan.evidence.values()
            for place in places
            if place.page == number and place.box is not None
        ]
        if not any(box[2] > width + _SLACK or box[3] > height + _SLACK for box in boxes):
            return Page(number, width, height, 0)
        page = self._read(plan.source.sha256, original, number)[str(number)]
        return Page(number, page["width"], page["height"], page["turned"])

    def _read(self, sha256: str, original: Path, number: int) -> dict[str, Any]:
        made = json.loads(gzip.decompress(self._ask(original, {"do": "words", "page": number}, WORDS)))
        pages = {**self._pages_read(sha256), **made["pages"]}
        packed = gzip.compress(json.dumps({"pages": pages}, ensure_ascii=False).encode("utf-8"), mtime=0)
        with suppress(CannotWrite):
            write_file(self.words_path(sha256), packed)
        self._words = {sha256: pages}
        return pages

    def _pages_read(self, sha256: str) -> dict[str, Any]:
        if sha256 in self._words:
            return self._words[sha256]
        try:
            data = json.loads(gzip.decompress(self.words_path(sha256).read_bytes()))
            pages: dict[str, Any] = data["pages"]
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return {}
        self._words = {sha256: pages}  # one document is looked at at a time
        return pages

    def _sizes(self, sha256: str, original: Path) -> list[tuple[float, float]]:
        kept = self._aside / "pages" / sha256 / SIZES
        try:
            content = kept.read_bytes()
        except OSError:
            content = self._ask(original, {"do": "sizes"}, SIZES)
            with suppress(CannotWrite):
                write_file(kept, content)
        return [(width, height) for width, height in json.loads(content)]

    def _ask(self, original: Path, wish: dict[str, Any], leaves: str) -> bytes:
        """Have the worker do one thing with a file, and take what it left."""
        job = Job(str(original.absolute()), "json", json.dumps(wish), _LIMITS.model_dump_json(), PAGE_WORKER)
        scratch = tempfile.mkdtemp(prefix="kehoach-")
        try:
            with self._lock:
                outcome = self._cell.run(job, _LIMITS, scratch, lambda page, pages: None)
            if outcome.state == "failed":
                raise Refusal(422, outcome.code)
            return (Path(scratch) / leaves).read_bytes()
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
