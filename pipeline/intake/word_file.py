"""DOCX files: paragraphs, real tables and automatic numbers, in document order, no pixels."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from pipeline.errors import DamagedFile, TooLarge
from pipeline.intake.word_numbering import Numbering
from pipeline.intake.word_styles import Styles
from pipeline.intake.word_walk import Walker
from pipeline.settings import Settings
from pipeline.types import FlowSource, PageLayout

_XML_LIMIT = 100_000_000
"""Bytes of one XML part, unpacked: a plan of 500 pages has about 10 million."""
_RATIO_LIMIT = 200
_SMALL = 10_000_000
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_PARTS = 10_000
_ROOT = re.compile(rb"<[A-Za-z_]")
_PROLOG_STEP = 4096
_LONGEST_PROLOG = 1_000_000


def open_docx(path: Path, sha256: str, settings: Settings) -> FlowSource:
    """Read a DOCX whole: one PageLayout of Lines and Grids.

    Headers, footers, footnotes, hidden text and what tracked changes have deleted are left out.

    Raises:
        DamagedFile: parts are missing or broken, or its XML declares entities.
        TooLarge: it would unpack to more than a plan can be.
    """
    _check_parts(path, settings)
    try:
        document = docx.Document(str(path))
        body: Any = document.element.body
        styles = Styles(_part_of(document, "styles"))
        numbering = Numbering(_part_of(document, "numbering"), styles)
    except MemoryError:
        raise
    except Exception as error:
        # python-docx takes the parts' relations on trust: broken ones raise whatever they lead to.
        raise _damaged(path) from error
    if body is None:
        raise _damaged(path)
    try:
        blocks = Walker(styles, numbering).read(body)
    except RecursionError as error:
        raise _damaged(path) from error
    layout = PageLayout(1, None, None, tuple(blocks), (), "text_layer", "text layer: Word file")
    return FlowSource(path.name, sha256, "docx", (layout,))


def _damaged(path: Path) -> DamagedFile:
    return DamagedFile(
        f"{path.name} is a DOCX whose inside is broken.",
        "Open it in Word or LibreOffice, which may repair it, and save it again as .docx.",
    )


def _part_of(document: Any, kind: str) -> Any | None:
    """The root element of the styles or numbering part; null where the file has none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + kind):
            part = relation.target_part
            root = getattr(part, "element", None)
            return (
                root
                if root is not None
                else etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
            )
    return None


def _check_parts(path: Path, settings: Settings) -> None:
    """Sizes as the directory states them, before anything is unpacked; then the XML prologs."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise DamagedFile(
                    f"{path.name} is a ZIP with encrypted parts.", "Save it as .docx from Word."
                )
            _check_sizes(path, parts, settings)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_prolog(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise _damaged(path) from error


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo], settings: Settings) -> None:
    total = sum(part.file_size for part in parts)
    limit = settings.max_unpacked_bytes
    bomb = any(
        part.file_size > _SMALL and part.file_size > _RATIO_LIMIT * max(1, part.compress_size)
        for part in parts
    )  # fmt: skip
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if total > limit or bomb or xml > _XML_LIMIT or len(parts) > _MOST_PARTS:
        raise TooLarge(
            f"{path.name} would unpack to {total:,} bytes.",
            "Save it again from Word, large pictures at a lower resolution; or raise max_unpacked_bytes.",
        )


def _check_prolog(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Word never declares a document type: whoever does wants entities expanded (or files read).

    A declaration stands before the root element, perhaps behind a long comment.
    """
    head = b""
    with archive.open(part) as stream:
        while not _ROOT.search(head) and len(head) < _LONGEST_PROLOG:
            piece = stream.read(_PROLOG_STEP).replace(b"\0", b"")
            if not piece:
                break
            head += piece
    if _DECLARATION.search(head):
        raise DamagedFile(
            f"{path.name} declares XML entities in {part.filename}, which no Word file does.",
            "It is refused for safety. Open it in Word and save it again as .docx.",
        )
