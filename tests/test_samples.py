"""The sample plans: files there and small, positions true, gold in itself right, build repeatable."""

from __future__ import annotations

import re
import sys
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pdfplumber
import pypdfium2
import pytest
import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from samples.build import build  # noqa: E402
from samples.plans import sample_plans  # noqa: E402
from samples.typeset import fonts  # noqa: E402
from samples.typeset.compose import compose  # noqa: E402
from samples.typeset.elements import Cell, Letterhead, Para, Plan, Row, Table  # noqa: E402
from samples.typeset.lines import break_lines, natural_width, spread, tokens  # noqa: E402
from samples.typeset.positions import read_positions  # noqa: E402
from schemas import load_gold  # noqa: E402

SAMPLES = ROOT / "samples"
NAMES = ("seed", "department", "school")
FILES = ("plan.pdf", "plan.scan.pdf", "plan.docx", "plan.gold.yaml", "plan.words.json.gz")


@pytest.fixture(scope="module")
def font() -> None:
    try:
        fonts.load_fonts()
    except fonts.FontMissing as missing:
        pytest.skip(str(missing))


@cache
def positions(name: str) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = read_positions(SAMPLES / name / "plan.words.json.gz")["pages"]
    return pages


@cache
def gold(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((SAMPLES / name / "plan.gold.yaml").read_text(encoding="utf-8"))
    return content


@cache
def printed(name: str) -> str:
    """All words of a plan but the page numbers, in the order in which they were set."""
    words = [word for page in positions(name) for word in page["words"]]
    return " ".join(word["text"] for word in words if word["kind"] != "furniture")


# ── files ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_all_files_are_there(name: str) -> None:
    assert [file for file in FILES if not (SAMPLES / name / file).is_file()] == []


def test_folder_is_small() -> None:
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file())
    assert size < 12_000_000


def test_seed_texts_run_line_by_line() -> None:
    # align.tsv pairs lines 1-362 and 464-468 of the raw text, byte for byte.
    folder = SAMPLES / "seed"
    raw = (folder / "plan.raw.txt").read_text(encoding="utf-8").split("\n")
    pairs = [
        line.split("\t")
        for line in (folder / "align.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    ]
    assert [left for left, _ in pairs] == raw[:362] + raw[463:468]


# ── positions ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_text_layer_is_where_the_positions_say(name: str) -> None:
    with pdfplumber.open(SAMPLES / name / "plan.pdf") as pdf:
        assert len(pdf.pages) == len(positions(name))
        for page, record in zip(pdf.pages, positions(name), strict=True):
            found = page.extract_words(x_tolerance=1.5, use_text_flow=True)
            assert [word["text"] for word in found] == [word["text"] for word in record["words"]]
            for word, expected in zip(found, record["words"], strict=True):
                box = (word["x0"], word["top"], word["x1"], word["bottom"])
                # Two points: a text layer's box has the height of the size, ours that of the face.
                assert np.allclose(box, expected["box"], atol=2.0), (record["page"], expected)


@pytest.mark.parametrize("name", NAMES)
def test_scan_boxes_are_the_turned_boxes(name: str) -> None:
    for record in positions(name):
        a, b, tx, c, d, ty = record["matrix"]
        assert 0.3 < abs(record["skew"]) < 0.9
        for word in record["words"]:
            x0, top, x1, bottom = word["box"]
            xs = [a * x + b * y + tx for x in (x0, x1) for y in (top, bottom)]
            ys = [c * x + d * y + ty for x in (x0, x1) for y in (top, bottom)]
            assert np.allclose(word["scan"], (min(xs), min(ys), max(xs), max(ys)), atol=0.05)


# Pages with nothing on them but text: no seal, no ruling lines.
@pytest.mark.parametrize(("name", "number"), [("seed", 2), ("department", 2), ("school", 2)])
def test_ink_of_the_scan_lies_in_the_scan_boxes(name: str, number: int) -> None:
    document = pypdfium2.PdfDocument(SAMPLES / name / "plan.scan.pdf")
    page = np.asarray(document[number - 1].render(scale=2).to_pil().convert("L"))
    document.close()
    ink = page < 110
    ink[:, -20:] = False  # the shadow of the lid
    inside = np.zeros_like(ink)
    for word in positions(name)[number - 1]["words"]:
        x0, top, x1, bottom = (value * 2 for value in word["scan"])
        box = slice(int(top), int(bottom) + 1), slice(int(x0), int(x1) + 1)
        inside[box] = True
        assert ink[box].any(), f"nothing printed at {word}"
    assert ink[inside].sum() > 0.998 * ink.sum()


def test_seed_breaks_pages_where_the_original_does() -> None:
    first = [
        next(word["text"] for word in page["words"] if word["kind"] != "furniture")
        for page in positions("seed")
    ]
    assert first == ["ỦY", "chỉ", "-", "đổi,", "vi", "dung", "-", "PHỤ", "trên", "PHỤ"]
    # Row 10 of the first appendix: its number on one page, the figure of its target on the next.
    assert "10 Tỷ lệ xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật)" in printed("seed")
    words = [word["text"] for word in positions("seed")[8]["words"]]
    assert " ".join(words[:11]) == "9 trên môi trường mạng (đối với UBND phường) 90 UBND"


def test_scans_are_colour_pages_of_200_dpi() -> None:
    for name in NAMES:
        document = pypdfium2.PdfDocument(SAMPLES / name / "plan.scan.pdf")
        for page in document:
            (image,) = list(page.get_objects())
            assert isinstance(image, pypdfium2.PdfImage)
            width, _ = image.get_px_size()
            assert width / page.get_width() * 72 == pytest.approx(200, abs=0.5)
        document.close()


# ── gold ──────────────────────────────────────────────────────────────────

COUNTS = {
    # name: (bases, objectives, requirements, tasks, indicators, assignments)
    "seed": (11, 2, 4, 21, 14, 2),
    "department": (6, 6, 2, 18, 4, 4),
    "school": (3, 5, 2, 15, 10, 3),
}
COLLECTIONS = ("legal_bases", "objectives", "requirements", "tasks", "indicators", "assignments")


@pytest.mark.parametrize("name", NAMES)
def test_gold_follows_the_contract(name: str) -> None:
    load_gold(SAMPLES / name / "plan.gold.yaml")
    content = gold(name)
    assert tuple(len(content[collection]) for collection in COLLECTIONS) == COUNTS[name]
    for collection in (*COLLECTIONS, "units", "appendices"):
        ids = [item["id"] for item in content[collection]]
        assert len(set(ids)) == len(ids), collection


@pytest.mark.parametrize("name", NAMES)
def test_gold_names_only_units_it_lists(name: str) -> None:
    content = gold(name)
    listed = {unit["id"] for unit in content["units"]}
    items = content["tasks"] + content["indicators"] + content["assignments"]
    named = {id for item in items for key in ("lead", "support", "units") for id in item.get(key, [])}
    assert named == listed
    for unit in content["units"]:
        assert unit["id"] == _unit_id(unit["name"])
        assert unit["name"] in unit["written"]


@pytest.mark.parametrize("name", NAMES)
def test_gold_says_what_is_printed(name: str) -> None:
    text = _loose(printed(name))
    missing = [value for value in _printed_values(gold(name)) if _loose(value) not in text]
    assert missing == []


def _printed_values(content: dict[str, Any]) -> list[str]:
    """Every value that must stand in the print word by word. Cells that a page cuts are left out."""
    values = [item["text"] for key in ("objectives", "requirements") for item in content[key]]
    values += [name for unit in content["units"] for name in unit["written"]]
    values += [basis["number"] for basis in content["legal_bases"]]
    values += [document["number"] for document in content["citations"]]
    for task in content["tasks"]:
        values += [task["title"], *task["section"], *task["products"], *task["details"]]
        # Two date columns are joined by a dash that nobody printed.
        values += task["deadline"]["text"].split(" - ")
    for indicator in content["indicators"]:
        values.append(indicator["group"])
        # Row 10 of the seed is cut by the page: its cells are printed in two pieces.
        if indicator["id"] != "PL1.10":
            values += [indicator["name"], indicator["target"]["text"]]
    for assignment in content["assignments"]:
        values += re.split(r"(?<=\.) (?=- )", assignment["text"])
    values += [appendix["title"] for appendix in content["appendices"]]
    document = content["document"]
    values += [document["place"], document["title"], document["issuer"], *document["recipients"]]
    values += [value for value in (document["parent"], *document["signer"].values()) if value]
    return values


def _loose(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def _unit_id(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


# ── DOCX ──────────────────────────────────────────────────────────────────


def test_department_docx_has_its_numbers_outside_the_text() -> None:
    document = docx.Document(str(SAMPLES / "department" / "plan.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "MỤC ĐÍCH, YÊU CẦU" in texts
    assert not any(re.match(r"([IVX]+\.|\d\.|[a-d]\)|-) ", text) for text in texts)
    numbered = [paragraph for paragraph in document.paragraphs if paragraph._p.xpath("./w:pPr/w:numPr")]
    assert len(numbered) > 30
    # Section headings are numbered by their style, as Word does it.
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text == "MỤC TIÊU")
    assert heading.style.element.xpath("./w:pPr/w:numPr")
    assert document.tables[-1].cell(3, 0).text == ""


def test_seed_docx_has_its_numbers_in_the_text_and_real_tables() -> None:
    document = docx.Document(str(SAMPLES / "seed" / "plan.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "III. NHỮNG NHIỆM VỤ TRỌNG TÂM" in texts
    assert "-Thời hạn: Năm 2024." in texts  # the original's slip
    # Letterhead, closing block, two appendices.
    assert [(len(table.rows), len(table.columns)) for table in document.tables] == [
        (1, 2),
        (1, 2),
        (16, 6),
        (3, 6),
    ]
    group = document.tables[2].rows[1].cells
    assert len({id(cell._tc) for cell in group}) == 1


# ── build ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_files_are_what_the_sources_give(font: None, name: str) -> None:
    """Fails when a text or the typesetting was changed and the files were not built again."""
    plan = next(plan for plan in sample_plans() if plan.name == name)
    for sheet, record in zip(compose(plan), positions(name), strict=True):
        assert [word.text for word in sheet.words] == [word["text"] for word in record["words"]]
        for word, expected in zip(sheet.words, record["words"], strict=True):
            assert np.allclose(word.box, expected["box"], atol=0.01)


def small_plan() -> Plan:
    department = next(plan for plan in sample_plans() if plan.name == "department")
    head = next(element for element in department.elements if isinstance(element, Letterhead))
    closing = next(element for element in department.elements if type(element).__name__ == "Closing")
    table = Table((1, 3), (Row((Cell(("STT",)), Cell(("Việc",)))),), (Row((Cell(("1",)), Cell(("A",)))),))
    return Plan("small", "Nhỏ", (head, Para("Thử", label="I.", level=0), table, closing), 5, numbered=True)


def test_build_twice_gives_the_same_bytes(font: None, tmp_path: Path) -> None:
    first = build(small_plan(), tmp_path / "first")
    second = build(small_plan(), tmp_path / "second")
    assert len(first) == 4
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_docx_bears_no_time(font: None) -> None:
    with zipfile.ZipFile(SAMPLES / "seed" / "plan.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_missing_font_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("KEHOACH_FONTS", raising=False)
    with pytest.raises(fonts.FontMissing, match="fonts-liberation2"):
        fonts.load_fonts()


# ── typesetting ───────────────────────────────────────────────────────────


def test_lines_fill_the_measure_and_lose_no_word(font: None) -> None:
    text = "Tổ chức **thực hiện** nghiêm việc tiếp nhận, //xử lý// phản ánh kiến nghị của người dân " * 4
    words = tokens(text, 14.0)
    lines = break_lines(words, 300, 36)
    assert [word for line in lines for word in line] == words
    assert {word.style for word in words} == {"regular", "bold", "italic"}
    assert all(natural_width(line) < 310 for line in lines)
    *_, (_, _, end) = spread(lines[1], 50, 300, "justified", last=False)
    assert end == pytest.approx(350)


def test_a_number_left_blank_stays_a_gap(font: None) -> None:
    # "số    /KH-UBND": the caption of the seed's second appendix.
    (_, _, end), (_, begin, _) = spread(tokens("số    /KH-UBND", 14.0), 0, 400, "left", last=True)
    assert begin - end == pytest.approx(4 * fonts.width(" ", "regular", 14.0))


def test_merged_cells_have_no_rule_inside(font: None) -> None:
    merged = Cell(("chung",), rows=2)
    rows = (Row((Cell(("1",)), merged)), Row((Cell(("2",)), None)))
    (sheet,) = compose(Plan("t", "t", (Table((1, 1), (), rows),), 1))
    across = sorted(
        (round(rule.x1 - rule.x0), round(rule.top)) for rule in sheet.rules if rule.top == rule.bottom
    )
    # Top and bottom border over both columns; the one between the rows stops at the merged cell.
    assert [length for length, _ in across] == [234, 468, 468]
