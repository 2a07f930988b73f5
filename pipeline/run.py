"""The conversion, whole: `convert` is the table of contents, each line a stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.assemble import assemble
from pipeline.errors import NoPages, SecretDocument, UnreadablePage
from pipeline.intake import take_in
from pipeline.language import mend, weigh
from pipeline.layout import grids_in_text, lay_out
from pipeline.outline import Outline
from pipeline.parse import parse, split_documents
from pipeline.reading import Engine, engine_named, read_page
from pipeline.resolve import resolve
from pipeline.settings import Settings
from pipeline.types import FlowSource, Manuscript, PagedSource, PageLayout, PageText, Source
from pipeline.version import VERSION
from schemas import Plan, Reading
from schemas import Source as SourceEntry

READING, UNDERSTANDING = "reading", "understanding"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a conversion stands: pages count from 1, `page` is the one being worked on.

    `stage` is `READING`, once a page, then `UNDERSTANDING`, once, at the last page.
    """

    file: str
    page: int
    pages: int
    stage: str


Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A plan and every intermediate it was made from, for `--keep` and `--overlay`."""

    plan: Plan
    source: Source
    texts: tuple[PageText, ...]
    layouts: tuple[PageLayout, ...]
    manuscript: Manuscript
    outline: Outline
    seconds: float


def digitise(file: str | Path, settings: Settings | None = None) -> Plan:
    """The plan in `file`.

    Raises:
        KehoachError: with what is wrong and what to do (see `pipeline.errors`).
    """
    return convert(Path(file), settings or Settings())[0].plan


def convert(
    file: Path, settings: Settings, watch: Watch | None = None, engine: Engine | None = None
) -> tuple[Conversion, ...]:
    """Every document in `file`: one, or several where the settings ask to split.

    `engine` is one that whoever converts many files keeps loaded; else one is made by the settings.

    Raises:
        KehoachError: with what is wrong and what to do (see `pipeline.errors`).
    """
    started = time.perf_counter()
    source = take_in(file, settings)
    engine = engine or engine_named(settings)
    watch = watch or _unwatched
    texts, layouts, damaged = _read(source, settings, engine, watch)
    watch(Progress(source.name, len(layouts), len(layouts), UNDERSTANDING))
    manuscript = _mended(assemble(layouts), settings)
    conversions = []
    for part in split_documents(manuscript) if settings.split else (manuscript,):
        outline = parse(part)
        _refuse_secret(outline, part, settings)
        entry = _source_entry(source, part, engine, settings)
        plan = resolve(outline, part.pages, entry, damaged)
        pages = {page.number for page in part.pages}
        own_texts = tuple(text for text in texts if text.number in pages)
        own_layouts = tuple(layout for layout in layouts if layout.number in pages)
        elapsed = time.perf_counter() - started
        conversions.append(Conversion(plan, source, own_texts, own_layouts, part, outline, elapsed))
    return tuple(conversions)


def _mended(manuscript: Manuscript, settings: Settings) -> Manuscript:
    """What OCR broke is mended and each word weighed; a trusted text layer is left as it is."""
    trusted = {page.number for page in manuscript.pages if page.origin == "text_layer"}
    return weigh(mend(manuscript, enabled=settings.mend, trusted_pages=trusted), trusted_pages=trusted)


def _unwatched(_: Progress) -> None:
    """Nobody looks."""


def _read(
    source: Source, settings: Settings, engine: Engine, watch: Watch
) -> tuple[tuple[PageText, ...], tuple[PageLayout, ...], dict[int, str]]:
    """Texts and layouts of all pages, and for each damaged page why it could not be read."""
    if isinstance(source, FlowSource):
        pages = grids_in_text(source.pages) if source.kind == "text" else source.pages
        return (), pages, {}
    texts: list[PageText] = []
    layouts: list[PageLayout] = []
    damaged: dict[int, str] = {}
    numbers = _wanted_pages(source, settings)
    for at, number in enumerate(numbers, start=1):
        watch(Progress(source.name, at, len(numbers), READING))
        try:
            text = read_page(source.page(number), settings, engine)
        except UnreadablePage as error:
            damaged[number] = error.message
            continue
        texts.append(text)
        layouts.append(lay_out(text))
    return tuple(texts), tuple(layouts), damaged


def _wanted_pages(source: PagedSource, settings: Settings) -> Sequence[int]:
    every = range(1, source.page_count + 1)
    if settings.pages is None:
        return every
    wanted = [number for number in settings.pages if number in every]
    if not wanted:
        raise NoPages(
            f"{source.name} has {source.page_count} pages; none of those asked for is among them.",
            "Choose pages with --pages 1-3,5.",
        )
    return wanted


def _source_entry(source: Source, manuscript: Manuscript, engine: Engine, settings: Settings) -> SourceEntry:
    origins = [page.origin for page in manuscript.pages]
    ocr = origins.count("ocr") if isinstance(source, PagedSource) else 0
    return SourceEntry(
        file=source.name,
        sha256=source.sha256,
        pages=source.page_count if isinstance(source, PagedSource) else len(source.pages),
        reading=Reading(ocr=ocr, text_layer=len(origins) - ocr),
        engine=f"{engine.name} {settings.lang}" if ocr else None,
        version=VERSION,
    )


def _refuse_secret(outline: Outline, manuscript: Manuscript, settings: Settings) -> None:
    """Raise SecretDocument if this document is marked so, or one that follows it in the file."""
    if settings.allow_secret:
        return
    levels = [outline.values.secrecy]
    if outline.further:
        levels += [parse(part).values.secrecy for part in split_documents(manuscript)]
    marked = [level for level in levels if level]
    if marked:
        raise SecretDocument(
            f"The document is marked {marked[0]}.",
            "Such papers do not belong in an ordinary machine; --allow-secret converts it all the same.",
        )
