"""What kind of file is it? By its first bytes and its inside, never by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from pipeline.errors import DamagedFile, MissingFile, NotADocument, OldWordFile, PasswordProtected
from pipeline.intake.encodings import looks_like_text

Kind = Literal["pdf", "image", "docx", "text"]

ACCEPTED = "Accepted are PDF, PNG, JPEG, TIFF, DOCX and plain text."

_PDF_WITHIN = 1024  # ISO 32000-1, Annex H.3.4.1: readers accept the header within the first 1,024 bytes
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_OTHERS = {
    b"GIF8": "a GIF image", b"BM": "a BMP image", b"{\\rtf": "an RTF file", b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive", b"\x1f\x8b": "a gzip archive", b"MZ": "a program",
    b"\x7fELF": "a program", b"AT&TFORM": "a DjVu file", b"%!PS": "a PostScript file",
    b"RIFF": "a WebP image, sound or video",
}  # fmt: skip


def tell_kind(path: Path) -> Kind:
    """The kind of the file's content.

    Raises:
        NotADocument: a known other type, or neither known nor text.
        OldWordFile: a binary .doc.
        PasswordProtected: an encrypted Office file.
        DamagedFile: a ZIP whose directory is broken.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(64 * 1024)
    except OSError as error:
        raise MissingFile(f"{path} cannot be opened ({error.strerror}).", "Check who may read it.") from error
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if head.startswith(_IMAGES):
        return "image"
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(_OLE2):
        raise _ole2_error(path)
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise NotADocument(f"{path.name} is {what}.", _other_advice(what))
    if looks_like_text(head):
        return "text"
    raise NotADocument(f"{path.name} is of no known type.", ACCEPTED)


def _other_advice(what: str) -> str:
    if what == "an RTF file":
        return f"Open it in Word or LibreOffice and save it as .docx. {ACCEPTED}"
    if "archive" in what:
        return f"Unpack it and name the files in it. {ACCEPTED}"
    return ACCEPTED


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise DamagedFile(
            f"{path.name} begins like a DOCX or ZIP file but its end is broken or missing.",
            "Copy or download it again.",
        ) from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        what = "an Excel workbook"
    elif "ppt/presentation.xml" in names:
        what = "a PowerPoint presentation"
    elif "content.xml" in names:
        what = "an OpenDocument file"
    else:
        raise NotADocument(
            f"{path.name} is a ZIP archive without a Word document.", _other_advice("a ZIP archive")
        )
    raise NotADocument(f"{path.name} is {what}.", f"Save it as .docx or PDF. {ACCEPTED}")


def _ole2_error(path: Path) -> Exception:
    """OLE2 is the container of binary Office files and of encrypted new ones."""
    content = path.read_bytes()[: 64 << 20]
    if "EncryptedPackage".encode("utf-16-le") in content:
        return PasswordProtected(
            f"{path.name} is an Office file locked with a password.",
            "Open it in Word, remove the password (File, Info, Protect Document), save and try again.",
        )
    if "WordDocument".encode("utf-16-le") in content:
        return OldWordFile(
            f"{path.name} is a Word file of the old kind (.doc).",
            "Open it in Word or LibreOffice and save it as .docx; "
            "or on a command line (Linux, and Windows with LibreOffice's program folder on the PATH): "
            f'soffice --headless --convert-to docx "{path.name}"',
        )
    return NotADocument(f"{path.name} is an old Office file, but not of Word.", ACCEPTED)
