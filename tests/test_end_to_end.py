"""The command line on real files: every kind of input, every named error, what is written and what is not."""

import io
import json
import logging
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pipeline import run
from pipeline.cli import main
from pipeline.errors import UnreadablePage
from pipeline.folding import fold
from pipeline.reading import EngineWord
from pipeline.types import Paragraph, Word
from schemas import Plan, load_plan
from tests.converted import SAMPLES, conversion
from tests.fault_archive import png_of
from tests.recorded import RecordedEngine

SEED = SAMPLES / "seed"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def recorded() -> Iterator[RecordedEngine]:
    engine = RecordedEngine("end_to_end")
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def no_tesseract_needed(recorded: RecordedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "engine_named", lambda _: recorded)


@pytest.fixture(autouse=True)
def quiet_logger() -> Iterator[None]:
    yield
    logging.getLogger("pipeline").handlers = []


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def converted(file: Path, *options: str, code: int = 0) -> Plan:
    """The plan that the command line writes for `file`."""
    folder = file.parent / "out"
    assert main(["convert", str(file), "-o", str(folder), "--quiet", *options]) == code
    return load_plan(folder / f"{file.stem}.yaml")


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in plan.findings}


# ── files made for the tests ──────────────────────────────────────────────


def extract(parts: Sequence[tuple[str, Sequence[int]]], path: Path) -> Path:
    """A PDF of pages (from 0) of the samples; -1 is a blank page."""
    made = pypdfium2.PdfDocument.new()
    for name, pages in parts:
        whole = pypdfium2.PdfDocument(SAMPLES / name)
        for page in pages:
            if page < 0:
                made.new_page(595, 842)
            else:
                made.import_pages(whole, [page])
        whole.close()
    made.save(path)
    made.close()
    return path


def picture_of(page: int) -> Image.Image:
    """A page (from 0) of the seed's scan as the scanner gave it: 200 dots an inch."""
    document = pypdfium2.PdfDocument(SEED / "plan.scan.pdf")
    image: Image.Image = document[page].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    return image


LETTERHEAD = """\
{issuer}
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Giang, ngày 12 tháng 5 năm 2025
{mark}
{type}
{title}

"""
PLAN_BODY = """\
Căn cứ Quyết định số 15/QĐ-SYT ngày 03/01/2025 của Sở Y tế về công tác năm 2025;
Trung tâm Y tế ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
1. Nâng cao chất lượng khám bệnh, chữa bệnh.

II. NHIỆM VỤ
1. Kiểm tra thiết bị của các khoa.
- Đơn vị thực hiện: Phòng Vật tư
- Thời hạn: Trước ngày 30/6/2025
- Sản phẩm: Biên bản kiểm tra
2. Tập huấn cho nhân viên mới.
- Đơn vị thực hiện: Phòng Tổ chức cán bộ
- Thời hạn: Quý III/2025

III. TỔ CHỨC THỰC HIỆN
1. Phòng Vật tư: chủ trì, báo cáo Giám đốc kết quả thực hiện.

Nơi nhận:
- Sở Y tế;
- Lưu: VT.
GIÁM ĐỐC

Nguyễn Văn Bình
"""
DECISION_BODY = """\
GIÁM ĐỐC TRUNG TÂM Y TẾ
Căn cứ Quyết định số 15/QĐ-SYT ngày 03/01/2025 của Sở Y tế về công tác năm 2025;
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ kiểm tra thiết bị năm 2025 gồm các ông, bà có tên sau đây.
Điều 2. Tổ kiểm tra có nhiệm vụ kiểm tra thiết bị của các khoa, hoàn thành trước ngày 30/6/2025.
Điều 3. Phòng Vật tư, các khoa và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành.
"""


def plan_text(mark: str = "", title: str = "Kiểm tra thiết bị năm 2025", number: str = "21/KH-TTYT") -> str:
    head = LETTERHEAD.format(issuer="TRUNG TÂM Y TẾ", number=number, mark=mark, type="KẾ HOẠCH", title=title)
    return head + PLAN_BODY


def decision_text() -> str:
    head = LETTERHEAD.format(
        issuer="TRUNG TÂM Y TẾ", number="22/QĐ-TTYT", mark="", type="QUYẾT ĐỊNH",
        title="Về việc thành lập Tổ kiểm tra thiết bị năm 2025",
    )  # fmt: skip
    return head + DECISION_BODY


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


MIXED = [("seed/plan.pdf", [0]), ("seed/plan.scan.pdf", [1]), ("seed/plan.pdf", [2])]
"""A scanned page between two born-digital ones."""


# ── every kind of input ───────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.vi.txt"])
def test_inputs_that_need_no_ocr(name: str, tmp_path: Path) -> None:
    plan = converted(put(tmp_path, name, (SEED / name).read_bytes()))
    assert plan.document.number == "64/KH-UBND"
    assert len(plan.tasks) == 21
    assert plan.source.file == name
    assert plan.source.reading.ocr == 0
    assert plan.source.engine is None


def save_png(image: Image.Image, path: Path) -> None:
    image.save(path, dpi=(200, 200))


def save_bare_png(image: Image.Image, path: Path) -> None:
    image.save(path)


def save_jpeg(image: Image.Image, path: Path) -> None:
    image.save(path, quality=85, dpi=(200, 200))


def save_fax(image: Image.Image, path: Path) -> None:
    image.convert("L").point(lambda value: 255 * (value > 150)).convert("1").save(
        path, compression="group4", dpi=(200, 200)
    )


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("page.png", save_png),
        ("bare.png", save_bare_png),  # no resolution in the file: that of an A4 page is taken
        ("page.jpg", save_jpeg),
        ("page.tif", save_fax),  # one bit a pixel
    ],
)
def test_pictures(name: str, save: Callable[[Image.Image, Path], None], tmp_path: Path) -> None:
    save(picture_of(0), tmp_path / name)
    plan = converted(tmp_path / name)
    document = plan.document
    assert (document.number, document.date, document.type) == ("64/KH-UBND", "2024-03-08", "Kế hoạch")
    assert len(plan.legal_bases) == 11
    assert plan.source.reading.ocr == 1
    (place,) = plan.evidence["document/number"]
    assert place.box is not None
    # The same place on A4 whatever the file says of its resolution.
    assert (round(place.box[0] / 10), round(place.box[1] / 10)) == (14, 10)


def test_tiff_of_several_pages(tmp_path: Path) -> None:
    file = tmp_path / "plan.tiff"
    first, second = picture_of(0), picture_of(1)
    first.save(file, save_all=True, append_images=[second], compression="tiff_lzw", dpi=(200, 200))
    plan = converted(file)
    assert plan.source.pages == 2
    assert {place.page for places in plan.evidence.values() for place in places} == {1, 2}
    assert len(plan.requirements) == 4  # II.2 runs from the first page to the second


def test_born_digital_and_scanned_pages_in_one_file(tmp_path: Path) -> None:
    file = extract(
        [("seed/plan.pdf", [0]), ("seed/plan.scan.pdf", [1]), ("seed/plan.pdf", [2])], tmp_path / "m.pdf"
    )
    plan = converted(file)
    assert (plan.source.reading.ocr, plan.source.reading.text_layer) == (1, 2)
    assert len(plan.requirements) == 4
    origins = {place.page: place.origin for places in plan.evidence.values() for place in places}
    assert origins == {1: "text_layer", 2: "ocr", 3: "text_layer"}


def test_pages_asked_for(tmp_path: Path) -> None:
    file = put(tmp_path, "plan.pdf", (SEED / "plan.pdf").read_bytes())
    plan = converted(file, "--pages", "1-2")
    assert plan.source.pages == 10
    assert plan.source.reading.text_layer == 2
    assert len(plan.requirements) == 4
    assert not plan.appendices


def test_json(tmp_path: Path) -> None:
    file = put(tmp_path, "plan.txt", plan_text())
    yaml = converted(file)
    assert main(["convert", str(file), "-o", str(tmp_path / "json"), "--quiet", "--format", "json"]) == 0
    text = (tmp_path / "json" / "plan.json").read_text(encoding="utf-8")
    assert json.loads(text)["document"]["number"] == "21/KH-TTYT"
    assert load_plan(text) == yaml


def test_overlay_and_stages(tmp_path: Path) -> None:
    file = extract([("seed/plan.pdf", [0, 7])], tmp_path / "plan.pdf")
    converted(file, "--overlay", "--keep")
    folder = tmp_path / "out"
    stages = ["1-reading.json", "2-layout.json", "3-manuscript.json", "4-outline.json"]
    assert written(folder) == sorted([
        "plan.yaml", "plan.overlay/page-001.png", "plan.overlay/page-002.png",
        *(f"plan.stages/{name}" for name in stages),
    ])  # fmt: skip
    for name in stages:
        json.loads((folder / "plan.stages" / name).read_text(encoding="utf-8"))
    with Image.open(folder / "plan.overlay" / "page-001.png") as drawn:
        # The page is black on white: every colour is the overlay's.
        colours = drawn.convert("RGB").getcolors(1 << 24) or []
    coloured = sum(count for count, (r, g, b) in colours if max(r, g, b) - min(r, g, b) > 30)
    assert coloured > 0.02 * drawn.width * drawn.height


# ── every named error, and nothing half written ───────────────────────────


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


# ── pages ─────────────────────────────────────────────────────────────────

PAGE_FINDINGS = [
    # pages of the seed's PDF from 0 (from the second on they are numbered), and what is found
    ([0, 1, 2, 3], set()),
    ([0, 1, -1, 2], {"blank-page"}),
    ([0, 1, 1, 2], {"doubled-page"}),
    ([0, 1, 3, 4], {"missing-page"}),
    ([0, 3, 4], {"missing-page"}),  # the first one bears no number, and two are missing after it
    ([0, 2, 1, 3], {"disordered-page"}),
    ([0, 3, 1, 2], {"disordered-page"}),
    ([0, 1, 0, 1], {"doubled-page", "several-documents"}),
]


@pytest.mark.parametrize(("pages", "expected"), PAGE_FINDINGS)
def test_findings_about_pages(pages: list[int], expected: set[str], tmp_path: Path) -> None:
    plan = converted(extract([("seed/plan.pdf", pages)], tmp_path / "plan.pdf"))
    about_pages = {"blank-page", "doubled-page", "missing-page", "disordered-page", "several-documents"}
    assert codes(plan) & about_pages == expected


# ── several documents, other documents, secret ones ───────────────────────


def test_two_documents_in_one_file(tmp_path: Path) -> None:
    file = put(tmp_path, "two.txt", plan_text() + "\f" + decision_text())
    plan = converted(file)
    assert "several-documents" in codes(plan)
    assert plan.document.number == "21/KH-TTYT"
    assert [task.id for task in plan.tasks] == ["II.1", "II.2"]
    # The second document is no appendix of the first, and not lost either.
    assert not plan.appendices
    assert "Thành lập Tổ kiểm tra thiết bị" in plan.sections[-1].text


def test_split(tmp_path: Path) -> None:
    file = put(
        tmp_path, "two.txt", plan_text() + "\f" + decision_text() + "\f" + plan_text(number="30/KH-TTYT")
    )
    first = converted(file, "--split")
    assert written(tmp_path / "out") == ["two-2.yaml", "two-3.yaml", "two.yaml"]
    second, third = (load_plan(tmp_path / "out" / f"two-{number}.yaml") for number in (2, 3))
    assert [plan.document.number for plan in (first, second, third)] == [
        "21/KH-TTYT",
        "22/QĐ-TTYT",
        "30/KH-TTYT",
    ]
    assert [len(plan.tasks) for plan in (first, second, third)] == [2, 0, 2]
    assert "several-documents" not in codes(first) | codes(second) | codes(third)


def test_split_of_a_pdf_gives_each_its_pages(tmp_path: Path) -> None:
    file = extract([("seed/plan.pdf", [0, 1]), ("department/plan.pdf", [0, 1])], tmp_path / "two.pdf")
    first = converted(file, "--split", "--overlay")
    second = load_plan(tmp_path / "out" / "two-2.yaml")
    assert (first.document.number, second.document.number) == ("64/KH-UBND", "1247/KH-SNNMT")
    assert {place.page for places in second.evidence.values() for place in places} == {3, 4}
    assert second.source.reading.text_layer == 2
    assert written(tmp_path / "out" / "two-2.overlay") == ["page-003.png", "page-004.png"]


def test_a_decision_is_no_plan(tmp_path: Path) -> None:
    plan = converted(put(tmp_path, "decision.txt", decision_text()))
    assert "not-a-plan" in codes(plan)
    assert (plan.document.type, plan.document.number) == ("Quyết định", "22/QĐ-TTYT")
    assert plan.document.title
    assert not (plan.tasks or plan.legal_bases or plan.assignments or plan.units)
    assert "chịu trách nhiệm thi hành" in " ".join(section.text for section in plan.sections)


def test_a_secret_paper_is_converted_when_allowed(tmp_path: Path) -> None:
    file = put(tmp_path, "secret.txt", plan_text(mark="TUYỆT MẬT"))
    plan = converted(file, "--allow-secret")
    assert plan.document.secrecy == "TUYỆT MẬT"
    (finding,) = (one for one in plan.findings if one.code == "secret-document")
    assert finding.severity == "error"


def test_a_secret_paper_behind_another_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path, "two.txt", plan_text() + "\f" + plan_text(mark="MẬT", number="30/KH-TTYT"))
    assert main(["convert", str(file), "-o", str(tmp_path / "out"), "--quiet"]) == 18
    assert written(tmp_path) == ["two.txt"]


# ── nothing printed is lost ───────────────────────────────────────────────

FURNITURE: dict[str, list[str]] = {
    "": [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số:", "Nơi nhận:", "PHỤ LỤC", "PHỤ LỤC 1", "PHỤ LỤC 2",
        # between the documents that the preamble cites, and between the parts of a citation
        "Căn cứ", "Thực hiện", "số", "của", "về", "và", "(sửa đổi, bổ sung tại",
    ],
    "seed": [
        # headings of objectives, requirements and assignments: the collection says what they say
        "I. MỤC TIÊU", "II. YÊU CẦU", "IV. TỔ CHỨC THỰC HIỆN",
        # names of table columns: the field says what they say
        "STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2024", "Cơ quan chủ trì thực hiện", "Cơ quan phối hợp",
        "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Dự kiến sản phẩm",
        # the same as the old OCR interleaved them
        "Đơn vị chủ ĐỘ trì", "Đơn vị phối hợp thực hiện", "Thời gian Dự kiến",
    ],
    "department": [
        "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", "II. MỤC TIÊU", "V. TỔ CHỨC THỰC HIỆN",
        "STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian", "Sản phẩm", "Ghi chú", "Chủ trì",
        "Phối hợp",
    ],
    "school": [
        "PHẦN I", "PHẦN II", "PHẦN III", "PHẦN IV", "PHẦN V", "MỤC TIÊU, YÊU CẦU", "1. Mục tiêu",
        "2. Yêu cầu",
        "1.1. Mục tiêu chung", "1.2. Mục tiêu cụ thể", "LỊCH TRIỂN KHAI", "CHỈ TIÊU", "TỔ CHỨC THỰC HIỆN",
        "TT", "Nội dung công việc", "Người thực hiện", "Bắt đầu", "Kết thúc", "Chỉ tiêu", "Đơn vị tính",
        "Mục tiêu năm 2026", "Đơn vị chủ trì",
        "hành động số",  # of "Chương trình hành động số 05-CTr/TU": inside a legal basis
    ],
}  # fmt: skip
"""What is printed in the samples and stands in no field; headings of tasks are in `section`."""
GROUP_LABELS = {"I", "II", "III", "IV", "A", "B", "1", "2"}
EVERY_SAMPLE = [
    "seed/plan.vi.txt", "seed/plan.raw.txt", "seed/plan.pdf", "seed/plan.docx", "department/plan.pdf",
    "department/plan.docx", "school/plan.pdf", "school/plan.docx",
]  # fmt: skip


@pytest.mark.parametrize("file", EVERY_SAMPLE)
def test_nothing_printed_is_lost(file: str) -> None:
    """Each word of the manuscript stands in the evidence of a field or in `sections`, or is furniture."""
    made = conversion(file)
    known = known_texts(made.plan, file.partition("/")[0])
    lost = []
    for words in printed(made):
        for bare, run_of in groupby(words, key=lambda word: not has_evidence(word, made.plan)):
            read = " ".join(word.text for word in run_of)
            text = letters(read)
            if bare and text and text not in known and not any(text in one for one in known if len(text) > 3):
                lost.append(read)
    assert lost == []


def known_texts(plan: Plan, sample: str) -> set[str]:
    headings = {heading for task in plan.tasks for heading in task.section}
    texts = [*FURNITURE[""], *FURNITURE[sample], *headings, *GROUP_LABELS]
    texts += [one.group for one in plan.indicators if one.group]
    texts += [f"{section.id} {section.title or ''}" for section in plan.sections]
    labelled = [f"{label} {heading}" for heading in headings for label in heading_labels(plan, heading)]
    return {letters(text) for text in (*texts, *labelled)}


def heading_labels(plan: Plan, heading: str) -> set[str]:
    """The labels that `heading` may have: parts of the ids of the tasks under it (III, 2, 2.1)."""
    found = set[str]()
    for task in plan.tasks:
        if heading in task.section:
            parts = task.id.split(".")
            found |= {".".join(parts[a:b]) for a in (0, 1) for b in range(a + 1, len(parts) + 1)}
    return found


def printed(made: run.Conversion) -> Iterator[Sequence[Word]]:
    """The words of each paragraph and each table cell."""
    for block in made.manuscript.blocks:
        if isinstance(block, Paragraph):
            yield block.passage.words
        else:
            yield from (cell.passage.words for cell in block.cells)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def has_evidence(word: Word, plan: Plan) -> bool:
    for place in places_by_line(plan).get((word.page, word.line), ()):
        if place.box is None or word.box is None:
            if word.text in (place.mended or place.text).split():
                return True
        else:
            x, y = word.box.centre
            if place.box[0] <= x <= place.box[2] and place.box[1] <= y <= place.box[3]:
                return True
    return False


_by_line: dict[int, dict[tuple[int, int | None], list[Any]]] = {}


def places_by_line(plan: Plan) -> dict[tuple[int, int | None], list[Any]]:
    if id(plan) not in _by_line:
        found: dict[tuple[int, int | None], list[Any]] = {}
        for places in plan.evidence.values():
            for place in places:
                found.setdefault((place.page, place.line), []).append(place)
        _by_line[id(plan)] = found
    return _by_line[id(plan)]


# ── with Tesseract itself ─────────────────────────────────────────────────


def test_two_scanned_pages_with_the_real_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    file = extract([("seed/plan.scan.pdf", [0, 1])], tmp_path / "scan.pdf")
    plan = converted(file)
    assert plan.source.reading.ocr == 2
    assert (plan.source.engine or "").startswith("tesseract ")
    assert plan.document.number == "64/KH-UBND"
    assert len(plan.legal_bases) == 11
    assert [one.id for one in plan.requirements] == ["II.1", "II.2", "II.3", "II.4"]
