"""Telling inputs apart, and the named error of each that cannot be taken."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image

from pipeline.errors import (
    DamagedFile,
    EmptyFile,
    KehoachError,
    MissingFile,
    NoPages,
    NotADocument,
    OldWordFile,
    PasswordProtected,
    TooLarge,
    UnreadablePage,
)
from pipeline.intake import take_in
from pipeline.settings import Settings
from pipeline.types import FlowSource, PagedSource

SAMPLES = Path(__file__).parents[1] / "samples" / "seed"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SETTINGS = Settings()


def png(size: tuple[int, int] = (120, 170), mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, "white").save(stream, "PNG")
    return stream.getvalue()


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return stream.getvalue()


def put(folder: Path, content: bytes, name: str = "file.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"GIF89a" + bytes(50), NotADocument),
        (b"{\\rtf1 text}", NotADocument),
        (os.urandom(16) + bytes(range(256)) * 4, NotADocument),
        (zipped(**{"a.txt": b"x"}), NotADocument),
        (zipped(**{"xl/workbook.xml": b"<x/>"}), NotADocument),
        (b"PK\x03\x04 and then nothing", DamagedFile),
        (OLE2 + "WordDocument".encode("utf-16-le"), OldWordFile),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (OLE2 + "Workbook".encode("utf-16-le"), NotADocument),
        (b"%PDF-1.7\nnothing of a PDF follows", DamagedFile),
        (png()[:60], DamagedFile),
        (png((900, 900))[:-40], DamagedFile),  # header whole, pixels cut off
        (b"\xff\xd8\xff\xe0 no JPEG", DamagedFile),
        (zipped(**{"word/document.xml": b"<w"}), DamagedFile),
        (zipped(**{"word/document.xml": ENTITIES, "[Content_Types].xml": b"<x/>"}), DamagedFile),
        (b" \n \n\x0c\n", NoPages),
    ],
)
def test_each_bad_file_has_its_error(tmp_path: Path, content: bytes, error: type[KehoachError]) -> None:
    with pytest.raises(error) as caught:
        take_in(put(tmp_path, content, "kế hoạch.pdf"), SETTINGS)
    assert caught.value.message
    assert caught.value.advice


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no file"):
        take_in(tmp_path / "none.pdf", SETTINGS)
    with pytest.raises(MissingFile, match="folder"):
        take_in(tmp_path, SETTINGS)


def test_old_word_says_how_to_convert(tmp_path: Path) -> None:
    path = put(tmp_path, OLE2 + "WordDocument".encode("utf-16-le"), "plan.doc")
    with pytest.raises(OldWordFile, match=r"soffice --headless --convert-to docx") as caught:
        take_in(path, SETTINGS)
    assert "Word or LibreOffice" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "kind"),
    [("plan.pdf", "pdf"), ("plan.scan.pdf", "pdf"), ("plan.docx", "docx"), ("plan.raw.txt", "text")],
)
def test_content_decides_not_the_name(tmp_path: Path, name: str, kind: str) -> None:
    path = put(tmp_path, (SAMPLES / name).read_bytes(), "misnamed.jpg")
    source = take_in(path, SETTINGS)
    assert source.kind == kind
    assert source.name == "misnamed.jpg"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_pages_asked_for_must_exist(tmp_path: Path) -> None:
    path = put(tmp_path, png())
    assert isinstance(take_in(path, Settings(pages=(1, 5))), PagedSource)
    with pytest.raises(NoPages, match="none of those asked for"):
        take_in(path, Settings(pages=(5,)))


@pytest.mark.parametrize(
    "limits", [{"max_file_bytes": 100}, {"max_page_pixels": 1000}, {"max_page_pixels": 120 * 170 - 1}]
)
def test_too_large(tmp_path: Path, limits: dict[str, int]) -> None:
    with pytest.raises(TooLarge):
        take_in(put(tmp_path, png()), Settings(**limits))  # type: ignore[arg-type]


def test_too_many_pages() -> None:
    with pytest.raises(TooLarge, match="10 pages"):
        take_in(SAMPLES / "plan.pdf", Settings(max_pages=9))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    content = zipped(**{"word/document.xml": b"<x/>", "word/media/a.bin": bytes(30_000_000)})
    with pytest.raises(TooLarge, match="unpack"):
        take_in(put(tmp_path, content), SETTINGS)


def test_symlinks_are_followed(tmp_path: Path) -> None:
    link = tmp_path / "link"
    try:
        link.symlink_to(put(tmp_path, png()))
    except OSError:
        pytest.skip("no right to make symbolic links here")
    assert take_in(link, SETTINGS).kind == "image"


def test_tiff_pages_open_one_by_one_and_a_damaged_one_harms_no_other(tmp_path: Path) -> None:
    pages = [Image.effect_noise((300, 400), 60).convert("L") for _ in range(3)]
    path = tmp_path / "fax.tif"
    pages[0].save(
        path, save_all=True, append_images=pages[1:], compression="tiff_adobe_deflate", dpi=(100, 100)
    )
    with Image.open(path) as image:
        image.seek(1)
        at = image.tag_v2[273][0]  # StripOffsets
    content = bytearray(path.read_bytes())
    content[at : at + 200] = bytes(200)
    path.write_bytes(content)
    source = take_in(path, SETTINGS)
    assert isinstance(source, PagedSource)
    assert source.page_count == 3
    with pytest.raises(UnreadablePage, match="Page 2"):
        source.page(2)
    page = source.page(3)
    assert (page.width, page.height) == (216.0, 288.0) or page.height == pytest.approx(842)
    assert page.raster(72).shape[2] == 3


@pytest.mark.parametrize(
    ("dpi", "width"),
    [
        (None, 595.3),  # no resolution: as long as A4
        ((72, 72), 595.3),  # a photograph's 72 dpi would make it four feet wide
        ((200, 200), 595.4),
        ((300, 150), 396.9),  # unlike resolutions across and down, as fax machines write
    ],
)
def test_size_of_an_image_page(tmp_path: Path, dpi: tuple[int, int] | None, width: float) -> None:
    path = tmp_path / "page.png"
    image = Image.new("L", (1654, 2339), 255)
    image.save(path, **({"dpi": dpi} if dpi else {}))
    source = take_in(path, SETTINGS)
    assert isinstance(source, PagedSource)
    page = source.page(1)
    assert page.width == pytest.approx(width, abs=0.3)
    assert page.raster(100).shape == (round(page.height * 100 / 72), round(page.width * 100 / 72), 3)
    assert page.image_share == 1.0


def test_photograph_turned_by_its_exif(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° to see it upright
    Image.new("RGB", (400, 300), "white").save(path, exif=exif)
    source = take_in(path, SETTINGS)
    assert isinstance(source, PagedSource)
    page = source.page(1)
    assert page.height > page.width
    height, width, _ = page.raster(50).shape
    assert height > width


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16", "CMYK"])
def test_every_mode_becomes_rgb_on_white(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("page.tif" if mode in ("CMYK", "I;16") else "page.png")
    image = Image.new("L", (200, 300), 255).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.new("I;16", (200, 300), 65535)
    if mode in ("RGBA", "LA"):
        image.putalpha(0)
    image.save(path)
    source = take_in(path, SETTINGS)
    assert isinstance(source, PagedSource)
    raster = source.page(1).raster(72)
    assert raster.shape[2] == 3
    assert raster[20, 20].min() > 240


def test_word_file_is_a_flow(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.save(str(tmp_path / "a.docx"))
    source = take_in(tmp_path / "a.docx", SETTINGS)
    assert isinstance(source, FlowSource)
    assert source.pages[0].blocks[0].text == "KẾ HOẠCH"  # type: ignore[union-attr]
