"""An archive of 60 small documents, many of them broken or hostile, and what has to become of each."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

import docx
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from samples.typeset.fonts import NAMES, load_fonts

DONE, FAILED, DUPLICATE, SKIPPED = "done", "failed", "duplicate", "skipped"

Expected = dict[str, tuple[str, str]]
"""Path → state and code of the error."""


def plan_text(number: int) -> str:
    """A short plan, another one for each number."""
    return (
        "ỦY BAN NHÂN DÂN\nPHƯỜNG AN BÌNH\n"
        f"Số: {number}/KH-UBND\nAn Bình, ngày 5 tháng 3 năm 2024\n\nKẾ HOẠCH\n"
        f"Kiểm tra công tác lưu trữ lần {number} năm 2024\n\n"
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;\n\n"
        "I. MỤC ĐÍCH\n1. Nắm tình hình lưu trữ hồ sơ tại các đơn vị.\n\n"
        "II. NHIỆM VỤ\n"
        f"1. Kiểm tra hồ sơ lưu trữ đợt {number}.\n- Đơn vị chủ trì: Văn phòng UBND phường.\n"
        "- Thời hạn: Trước ngày 15/12/2024.\n"
    )


def png(marks: int = 1) -> bytes:
    """A page with something drawn on it."""
    image = Image.new("L", (620, 877), 255)
    for mark in range(marks):
        ImageDraw.Draw(image).rectangle((60, 60 + 40 * mark, 500, 75 + 40 * mark), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(75, 75))
    return out.getvalue()


def png_of(width: int, height: int, bits: int, data: bytes) -> bytes:
    """A gray PNG of that size, as it says; `data` are its packed rows, or nothing of the kind."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@cache
def word(number: int) -> bytes:
    """Made once: its ZIP holds the time, and copies have to be copies."""
    document = docx.Document()
    for line in plan_text(number).splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(number: int, password: str | None = None, *, packed: bool = True) -> bytes:
    """A small born-digital PDF with its text layer."""
    load_fonts()
    out = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(out, pagesize=(595, 842), encrypt=lock, invariant=True, pageCompression=packed)
    canvas.setFont(NAMES["regular"], 13)
    for row, line in enumerate(plan_text(number).splitlines()):
        canvas.drawString(72, 770 - 20 * row, line)
    canvas.save()
    return out.getvalue()


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@cache
def bomb() -> bytes:
    """A DOCX of a few kilobytes that would unpack to 300 million bytes."""
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(300_000_000)})


def _with_entities() -> bytes:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": entities + b"<x>&b;</x>"})


def _climbing() -> bytes:
    """A good DOCX with a part whose name leads out of every folder."""
    return _added(word(70), {"../../../climbed.txt": b"outside"})


def _added(archive: bytes, parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        return zip_of({**{name: old.read(name) for name in old.namelist()}, **parts})


def build(folder: Path) -> Expected:
    """Write the archive into `folder`; what has to become of each file."""
    files: dict[str, tuple[bytes, str, str]] = {}
    for number in range(1, 27):
        files[f"năm 2024/quý {number % 4 + 1}/kế hoạch {number}.txt"] = _good(plan_text(number).encode())
    for number in range(30, 36):
        files[f"word/Kế hoạch số {number}.docx"] = _good(word(number))
    for number in range(40, 45):
        files[f"pdf/plan {number}.pdf"] = _good(pdf(number))
    files |= {
        "scans/một trang.png": _good(png()),
        "scans/endless.png": (png(2), FAILED, "TooSlow"),
        "scans/crash.png": (png(3), FAILED, "WorkerLost"),
        "names/..%2f..%2fescape.txt": _good(plan_text(60).encode()),
        "names/..\\..\\escape.txt": _good(plan_text(61).encode()),
        "names/... .txt": _good(plan_text(62).encode()),
        "names/climbing.docx": _good(_climbing()),
        "names/$(touch pwned);`id`.txt": _good(plan_text(63).encode()),
        "names/-o.txt": _good(plan_text(64).encode()),
        "bad/empty.pdf": (b"", FAILED, "EmptyFile"),
        "bad/empty.txt": (b"", FAILED, "EmptyFile"),
        "bad/truncated.docx": (word(50)[:3000], FAILED, "DamagedFile"),
        "bad/truncated.pdf": (pdf(50)[:200], FAILED, "DamagedFile"),
        "bad/truncated.png": (png(4)[:200], FAILED, "DamagedFile"),
        "bad/locked.pdf": (pdf(51, "secret"), FAILED, "PasswordProtected"),
        "bad/gif called.pdf": (b"GIF89a" + bytes(100), FAILED, "NotADocument"),
        "bad/zip called.docx": (zip_of({"a.txt": b"a"}), FAILED, "NotADocument"),
        "bad/bomb.docx": (bomb(), FAILED, "TooLarge"),
        "bad/entities.docx": (_with_entities(), FAILED, "DamagedFile"),
        "bad/50000 x 50000.png": (png_of(50_000, 50_000, 8, zlib.compress(bytes(1000))), FAILED, "TooLarge"),
        "mislabelled/png called.pdf": _good(png(5)),
        "mislabelled/docx called.txt": _good(word(52)),
        "zz copies/one.txt": (plan_text(1).encode(), DUPLICATE, "Duplicate"),
        "zz copies/two.docx": (word(30), DUPLICATE, "Duplicate"),
        "zz copies/~$lock.docx": (b"x", SKIPPED, "PassedOver"),
        "zz copies/archive.zip": (zip_of({"../climbed.txt": b"x"}), SKIPPED, "PassedOver"),
    }
    for path, (content, _, _) in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return {path: (state, code) for path, (_, state, code) in files.items()}


def _good(content: bytes) -> tuple[bytes, str, str]:
    return content, DONE, ""
