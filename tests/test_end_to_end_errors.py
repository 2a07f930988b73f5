"""The command line on bad files: every named error has its code, and nothing is left half written."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline import run
from pipeline.cli import main
from pipeline.errors import UnreadablePage
from pipeline.reading import EngineWord
from tests.command_line import SEED, converted, extract, plan_text, put, written
from tests.fault_archive import png_of

pytestmark = pytest.mark.usefixtures("no_tesseract_needed", "quiet_logger")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("mở", ownerPassword="chủ", strength=128))
    canvas.drawString(100, 700, "KE HOACH")
    canvas.save()
    return buffer.getvalue()


def pdf_without_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )


def huge_png() -> bytes:
    """A picture of 40,000 x 40,000 white pixels, under a megabyte of file."""
    packer = zlib.compressobj(level=1)
    rows = 400 * (b"\0" + bytes([255]) * 5000)
    data = b"".join(packer.compress(rows) for _ in range(100)) + packer.flush()
    return png_of(40_000, 40_000, 1, data)


BAD: list[tuple[str, bytes | Callable[[], bytes], int, str]] = [
    ("empty.pdf", b"", 11, "empty"),
    ("song.mp3", b"ID3\x04" + bytes(range(256)) * 8, 12, ""),
    ("old.doc", OLE + bytes(508) + "WordDocument".encode("utf-16-le"), 13, "docx"),
    ("locked.pdf", encrypted_pdf(), 14, "password"),
    ("broken.pdf", b"%PDF-1.7\n" + b"lost " * 100, 15, ""),
    ("cut.docx", (SEED / "plan.docx").read_bytes()[:9000], 15, ""),
    ("none.pdf", pdf_without_pages(), 16, "page"),
    ("huge.png", huge_png, 17, "too many pixels"),
    ("secret.txt", plan_text(mark="MẬT").encode(), 18, "--allow-secret"),
]


@pytest.mark.parametrize(("name", "content", "code", "said"), BAD, ids=[row[0] for row in BAD])
def test_each_bad_input_has_its_code_and_leaves_nothing(
    name: str,
    content: bytes | Callable[[], bytes],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = put(tmp_path, name, content if isinstance(content, bytes) else content())
    assert main(["convert", str(file), "-o", str(tmp_path / "out"), "--overlay", "--keep"]) == code
    message = capsys.readouterr().err
    assert name in message
    assert said in message
    assert "Traceback" not in message
    assert written(tmp_path) == [name]


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(tmp_path / "no.pdf"), "-o", str(tmp_path / "out")]) == 10
    assert "no.pdf" in capsys.readouterr().err
    assert written(tmp_path) == []


def test_no_page_of_those_asked_for(tmp_path: Path) -> None:
    file = put(tmp_path, "plan.pdf", (SEED / "plan.pdf").read_bytes())
    assert main(["convert", str(file), "-o", str(tmp_path / "out"), "--pages", "30"]) == 16
    assert written(tmp_path) == ["plan.pdf"]


@pytest.mark.parametrize(
    ("variable", "code", "said"),
    [("PATH", 30, "apt-get install -y tesseract-ocr"), ("TESSDATA_PREFIX", 31, "tesseract-ocr-vie")],
)
def test_missing_tools(
    variable: str,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.undo()  # the real engine
    monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    file = extract([("seed/plan.scan.pdf", [0])], tmp_path / "scan.pdf")
    assert main(["convert", str(file), "-o", str(tmp_path / "out"), "--engine", "tesseract"]) == code
    assert said in capsys.readouterr().err
    assert written(tmp_path) == ["scan.pdf"]


def test_one_bad_file_among_good_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        put(tmp_path, "a.txt", plan_text()),
        put(tmp_path, "b.pdf", b"%PDF-1.4 broken"),
        put(tmp_path, "c.txt", plan_text(number="30/KH-TTYT")),
    ]
    assert main(["convert", *map(str, files), "-o", str(tmp_path / "out")]) == 1
    assert written(tmp_path / "out") == ["a.yaml", "c.yaml"]
    assert "b.pdf" in capsys.readouterr().err


class FailingEngine:
    """Crashes on chosen readings, reads nothing on the others."""

    name = "failing"

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        raise UnreadablePage("Tesseract broke off on this page.", "Scan the page again.")


def test_a_page_that_cannot_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "engine_named", lambda _: FailingEngine())
    file = extract(
        [("seed/plan.pdf", [0]), ("seed/plan.scan.pdf", [1]), ("seed/plan.pdf", [2])], tmp_path / "m.pdf"
    )
    plan = converted(file)
    (finding,) = (one for one in plan.findings if one.code == "unreadable-page")
    assert finding.severity == "error"
    assert "2" in finding.message
    assert plan.document.number == "64/KH-UBND"
