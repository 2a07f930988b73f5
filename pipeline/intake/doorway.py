"""The way in: the checks every file passes, and who opens which kind."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import DamagedFile, EmptyFile, MissingFile, NoPages, TooLarge
from pipeline.intake.image_file import open_image
from pipeline.intake.kinds import Kind, tell_kind
from pipeline.intake.pdf_file import open_pdf
from pipeline.intake.text_file import open_text
from pipeline.settings import Settings
from pipeline.types import FlowSource, PagedSource, Source

_CHUNK = 1 << 20


def take_in(path: Path, settings: Settings) -> Source:
    """Open one input.

    Raises:
        MissingFile, EmptyFile, NotADocument, OldWordFile, PasswordProtected, DamagedFile,
        NoPages, TooLarge: each says what is wrong with the file and what to do about it.
    """
    _check_file(path, settings)
    kind = tell_kind(path)
    _check_text(path, kind, settings)
    try:
        sha256 = _sha256(path)
        source = _open(path, kind, sha256, settings)
    except OSError as error:
        raise DamagedFile(
            f"{path.name} cannot be read to its end ({error.strerror or type(error).__name__}).",
            "Copy or download the file again.",
        ) from error
    _check_pages(source, settings)
    return source


def _open(path: Path, kind: Kind, sha256: str, settings: Settings) -> Source:
    match kind:
        case "pdf":
            return open_pdf(path, sha256, settings)
        case "image":
            return open_image(path, sha256, settings)
        case "docx":
            # Not at the top: python-docx and lxml are loaded by those who meet such a file.
            from pipeline.intake.word_file import open_docx  # noqa: PLC0415

            return open_docx(path, sha256, settings)
        case "text":
            return open_text(path, sha256)


def _check_file(path: Path, settings: Settings) -> None:
    if path.is_dir():
        raise MissingFile(f"{path} is a folder, not a file.", "Name the files in it, for example with *.pdf.")
    if not path.is_file():
        raise MissingFile(f"There is no file {path}.", "Check the spelling of the name and the folder.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise MissingFile(f"{path} cannot be opened ({error.strerror}).", "Check who may read it.") from error
    if size == 0:
        raise EmptyFile(f"{path.name} is empty (0 bytes).", "Copy, download or scan it again.")
    if size > settings.max_file_bytes:
        raise TooLarge(
            f"{path.name} has {size:,} bytes, the limit is {settings.max_file_bytes:,}.",
            "Split it, scan at 200 to 300 dpi, or raise max_file_bytes.",
        )


def _check_text(path: Path, kind: Kind, settings: Settings) -> None:
    """A text is read whole: a plan of 500 pages has about a million bytes."""
    if kind == "text" and path.stat().st_size > settings.max_text_bytes:
        raise TooLarge(
            f"{path.name} is a text of more than {settings.max_text_bytes:,} bytes, longer than any plan.",
            "Check that it is the right file, or raise max_text_bytes.",
        )


def _check_pages(source: Source, settings: Settings) -> None:
    count = source.page_count if isinstance(source, PagedSource) else len(source.pages)
    if count > settings.max_pages:
        raise TooLarge(
            f"{source.name} has {count:,} pages, the limit is {settings.max_pages:,}.",
            "Split it, or raise max_pages.",
        )
    if count == 0 or (isinstance(source, FlowSource) and not any(page.blocks for page in source.pages)):
        raise NoPages(f"{source.name} holds no page with anything on it.", "Check that it is the right file.")
    if settings.pages is not None and not any(1 <= number <= count for number in settings.pages):
        raise NoPages(
            f"{source.name} has {count} page{'s' if count > 1 else ''}, none of those asked for.",
            f"Ask for pages between 1 and {count}.",
        )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
