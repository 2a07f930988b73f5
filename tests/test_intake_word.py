"""DOCX files: order, numbers, tables, and what must not be read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.errors import DamagedFile
from pipeline.intake import take_in
from pipeline.intake.word_numbering import format_count
from pipeline.settings import Settings
from pipeline.types import Block, FlowSource, Grid, Line

SEED = Path(__file__).parents[1] / "samples" / "seed" / "plan.docx"


def blocks_of(tmp_path: Path, body: str, numbering: str = "", styles: str = "") -> list[Block]:
    """Read a document whose body, numbering and further styles are given as XML without namespaces."""
    document = docx.Document()
    root = document.element.body
    for element in list(root):
        if not element.tag.endswith("sectPr"):
            root.remove(element)
    for element in parse_xml(f"<w:x {nsdecls('w', 'r')} {EXTRA}>{body}</w:x>"):
        root.insert(len(root) - 1, element)
    if numbering:
        part = document.part.numbering_part.element
        for element in list(part):
            part.remove(element)
        part.extend(list(parse_xml(f"<w:x {nsdecls('w')}>{numbering}</w:x>")))
    if styles:
        document.styles.element.extend(list(parse_xml(f"<w:x {nsdecls('w')}>{styles}</w:x>")))
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = take_in(path, Settings())
    assert isinstance(source, FlowSource)
    return list(source.pages[0].blocks)


EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def p(text: str, properties: str = "", run: str = "") -> str:
    printed = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{printed}</w:p>"


def num(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(index: int, style: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def listed(number: int, abstract_number: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_number}"/>{override}</w:num>'


START_AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Line)]


OUTLINE = abstract(
    1, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"), level(4, "bullet", "\uf0b7"),
)  # fmt: skip


def test_numbers_as_word_prints_them(tmp_path: Path) -> None:
    levels = [0, 1, 1, 2, 3, 3, 4, 2, 3, 0, 1]
    body = "".join(p("mục", num(1, index)) for index in levels)
    assert texts(blocks_of(tmp_path, body, OUTLINE + listed(1, 1))) == [
        f"{label} mục" for label in ("I.", "1.", "2.", "2.1.", "a)", "b)", "-", "2.2.", "a)", "II.", "1.")
    ]  # fmt: skip


def test_number_is_a_word_of_its_own_and_bold_as_its_heading(tmp_path: Path) -> None:
    body = p("MỤC TIÊU", num(1), "<w:b/>") + p("thường", num(1, 1))
    heading, item = blocks_of(tmp_path, body, OUTLINE + listed(1, 1))
    assert isinstance(heading, Line)
    assert isinstance(item, Line)
    assert [word.text for word in heading.words] == ["I.", "MỤC", "TIÊU"]
    assert heading.bold
    assert not item.bold
    assert [heading.words[0].line, item.words[0].line] == [1, 2]


@pytest.mark.parametrize(
    ("case", "numbering", "lists", "labels"),
    [
        # Two lists on one abstract list go on counting ...
        ("shared", listed(1, 1) + listed(2, 1), (1, 1, 2), ["I.", "II.", "III."]),
        # ... unless the second starts again.
        ("restarted",
         listed(1, 1) + listed(2, 1, START_AGAIN),
         (1, 1, 2, 2), ["I.", "II.", "I.", "II."]),
        ("other start",
         listed(1, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'),
         (1, 1), ["IV.", "V."]),
        ("other level",
         listed(1, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "decimalZero", "%1/")}</w:lvlOverride>'),
         (1, 1), ["01/", "02/"]),
        # numId 0 and lists that are not there have no number.
        ("none", listed(1, 1), (0, 9, 1), ["", "", "I."]),
    ],
)  # fmt: skip
def test_lists(tmp_path: Path, case: str, numbering: str, lists: tuple[int, ...], labels: list[str]) -> None:
    body = "".join(p("mục", num(list_id)) for list_id in lists)
    read = texts(blocks_of(tmp_path, body, OUTLINE + numbering))
    assert read == [f"{label} mục".strip() for label in labels], case


def test_empty_numbered_paragraph_counts(tmp_path: Path) -> None:
    body = p("một", num(1)) + p("", num(1)) + p("ba", num(1))
    assert texts(blocks_of(tmp_path, body, OUTLINE + listed(1, 1))) == ["I. một", "III. ba"]


def test_numbers_of_styles_and_their_ancestors(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:name w:val="MucCon"/>'
        '<w:basedOn w:val="Muc"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Tieu"><w:name w:val="Tieu"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    # The level is the one that names the style.
    numbering = abstract(
        1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Tieu"/><w:isLgl/>')
    )
    body = (
        p("một", '<w:pStyle w:val="MucCon"/>') + p("hai", '<w:pStyle w:val="Tieu"/>')
        + p("ba", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip
    # isLgl prints the Roman level above as a figure.
    assert texts(blocks_of(tmp_path, body, numbering + listed(1, 1), styles)) == ["I. một", "1.1. hai", "ba"]


@pytest.mark.parametrize(
    ("count", "style", "printed"),
    [
        (4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (1, "lowerLetter", "a"), (5, "lowerLetter", "e"),
        (26, "lowerLetter", "z"), (27, "lowerLetter", "aa"), (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (12, "decimal", "12"), (3, "vietnameseCounting", "3"), (0, "upperRoman", ""), (0, "lowerLetter", ""),
    ],
)  # fmt: skip
def test_counts(count: int, style: str, printed: str) -> None:
    assert format_count(count, style) == printed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Tracked changes: deleted out, inserted in, moved text at its new place.
        ("<w:p><w:r><w:t>a </w:t></w:r><w:del><w:r><w:delText>b </w:delText></w:r></w:del>"
         "<w:ins><w:r><w:t>c</w:t></w:r></w:ins></w:p>", ["a c"]),
        ("<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:r><w:t>b</w:t></w:r></w:p>", ["b"]),
        # A word in two runs is one word; a tab parts two.
        ("<w:p><w:r><w:t>phư</w:t></w:r><w:r><w:t>ờng</w:t></w:r>"
         "<w:r><w:tab/><w:t>x</w:t></w:r></w:p>",
         ["phường x"]),
        ("<w:p><w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r></w:p>", ["một", "hai"]),
        ("<w:p><w:r><w:t>một</w:t><w:br w:type='page'/><w:t>hai</w:t></w:r></w:p>", ["một hai"]),
        ("<w:p><w:r><w:t>HĐND</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r></w:p>", ["HĐND-UBND"]),
        # Field codes are no text, their results are.
        ("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
         "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>3</w:t></w:r></w:p>", ["3"]),
        ("<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>", ["liên kết"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>", ["hiện"]),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r></w:p>", ["KẾ HOẠCH"]),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>",
         ["trong khung"]),
        ("<w:p><w:r><w:t>chú</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>", ["chú"]),
        # A text box stands in both branches of an AlternateContent and is read once.
        ("<w:p><w:r><w:t>ngoài</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
         "<wps:txbx><w:txbxContent><w:p><w:r><w:t>trong</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing>"
         "</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>trong</w:t></w:r></w:p>"
         "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
         ["ngoài", "trong"]),
    ],
)  # fmt: skip
def test_what_is_printed(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert texts(blocks_of(tmp_path, body)) == expected


def test_breaks_alignment_and_gaps(tmp_path: Path) -> None:
    body = (
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r></w:p>"
        + p("") + p("ba", '<w:jc w:val="both"/>') + p("bốn", '<w:jc w:val="right"/>')
    )  # fmt: skip
    lines = [block for block in blocks_of(tmp_path, body) if isinstance(block, Line)]
    assert [line.begins for line in lines] == [True, False, True, True]
    assert [line.alignment for line in lines] == ["centre", "centre", "justified", "right"]
    assert [line.gap for line in lines] == [None, 0.0, 1.0, 0.0]


# ── tables ────────────────────────────────────────────────────────────────

BORDERS = (
    "<w:tblBorders><w:insideH w:val='single'/><w:insideV w:val='single'/>"
    "<w:top w:val='single'/></w:tblBorders>"
)


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(line) for line in text.split('|'))}</w:tc>"


def tbl(*rows: tuple[str, ...] | str, borders: str = BORDERS) -> str:
    made = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr><w:tblGrid/>{made}</w:tbl>"


def places(grid: Block) -> list[tuple[int, int, int, int, str]]:
    assert isinstance(grid, Grid)
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]


def test_merged_cells(tmp_path: Path) -> None:
    body = p("trước") + tbl(
        (tc("TT"), tc("Nội dung"), tc("Chủ trì")),
        (tc("I"), tc("NHÓM", "<w:gridSpan w:val='2'/>")),
        (tc("1"), tc("việc"), tc("Phòng A", "<w:vMerge w:val='restart'/>")),
        (tc("2"), tc("việc"), tc("", "<w:vMerge/>")),
    )  # fmt: skip
    grid = blocks_of(tmp_path, body)[1]
    assert places(grid) == [
        (0, 0, 1, 1, "TT"), (0, 1, 1, 1, "Nội dung"), (0, 2, 1, 1, "Chủ trì"),
        (1, 0, 1, 1, "I"), (1, 1, 1, 2, "NHÓM"),
        (2, 0, 1, 1, "1"), (2, 1, 1, 1, "việc"), (2, 2, 2, 1, "Phòng A"),
        (3, 0, 1, 1, "2"), (3, 1, 1, 1, "việc"),
    ]  # fmt: skip
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.columns, grid.ruled) == (4, 3, True)


def test_every_place_is_covered_once(tmp_path: Path) -> None:
    # Spans at which no cell begins are taken together; short rows are filled up.
    body = tbl(
        (tc("a", "<w:gridSpan w:val='3'/>"), tc("b", "<w:gridSpan w:val='2'/>"), tc("c")),
        (tc("d", "<w:gridSpan w:val='3'/>"),),
        ("<w:trPr><w:gridBefore w:val='3'/></w:trPr>", tc("e", "<w:gridSpan w:val='3'/>")),
    )
    grid = blocks_of(tmp_path, body)[0]
    assert isinstance(grid, Grid)
    covered = [
        (c.row + i, c.column + j) for c in grid.cells for i in range(c.row_span) for j in range(c.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(3) for column in range(3)]
    assert [c.text for c in grid.cells if c.text] == ["a", "b", "c", "d", "e"]


def test_nested_table_and_numbers_in_cells(tmp_path: Path) -> None:
    inner = f"<w:tc><w:tcPr/>{tbl((tc('x'), tc('y')))}{p('sau')}</w:tc>"
    body = tbl((f"<w:tc><w:tcPr/>{p('mục', num(1))}</w:tc>", inner), (tc("c"), tc("d|e")))
    grid = blocks_of(tmp_path, body, OUTLINE + listed(1, 1))[0]
    assert isinstance(grid, Grid)
    assert [[line.text for line in cell.lines] for cell in grid.cells] == [
        ["I. mục"], ["x", "y", "sau"], ["c"], ["d", "e"],
    ]  # fmt: skip


def test_deleted_row_is_gone(tmp_path: Path) -> None:
    body = tbl((tc("a"), tc("b")), ("<w:trPr><w:del/></w:trPr>", tc("c"), tc("d")), (tc("e"), tc("f")))
    assert [cell[4] for cell in places(blocks_of(tmp_path, body)[0])] == ["a", "b", "e", "f"]


@pytest.mark.parametrize("borders", ["", BORDERS])
def test_letterhead_and_closing_are_lines(tmp_path: Path, borders: str) -> None:
    head = tbl(
        (tc("UBND QUẬN A|PHƯỜNG B"), tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc")),
        (tc("Số: 1/KH-UBND"), tc("B, ngày 01 tháng 2 năm 2025")),
        borders=borders,
    )
    close = tbl((tc("Nơi nhận:|- Lưu: VT."), tc(""), tc("TM. ỦY BAN NHÂN DÂN|CHỦ TỊCH")), borders=borders)
    lines = [b for b in blocks_of(tmp_path, head + p("KẾ HOẠCH") + close) if isinstance(b, Line)]
    assert [(line.column, line.text) for line in lines] == [
        ("left", "UBND QUẬN A"), ("left", "PHƯỜNG B"), ("left", "Số: 1/KH-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "B, ngày 01 tháng 2 năm 2025"),
        ("full", "KẾ HOẠCH"),
        ("left", "Nơi nhận:"), ("left", "- Lưu: VT."),
        ("right", "TM. ỦY BAN NHÂN DÂN"), ("right", "CHỦ TỊCH"),
    ]  # fmt: skip


def test_signature_alone_on_the_right(tmp_path: Path) -> None:
    body = (
        p("một") + p("hai") + p("ba") + p("bốn") + tbl((tc(""), tc("HIỆU TRƯỞNG|Nguyễn Văn A")), borders="")
    )
    lines = [b for b in blocks_of(tmp_path, body) if isinstance(b, Line)]
    assert [line.column for line in lines[-2:]] == ["right", "right"]


def test_small_ruled_table_stays_a_table(tmp_path: Path) -> None:
    body = p("một") + tbl((tc("Tên"), tc("Số")), (tc("a"), tc("1")))
    assert isinstance(blocks_of(tmp_path, body)[1], Grid)


def test_long_borderless_table_stays_a_table(tmp_path: Path) -> None:
    body = p("một") * 4 + tbl(*((tc(str(n)), tc("việc")) for n in range(8)), borders="")
    grid = blocks_of(tmp_path, body)[-1]
    assert isinstance(grid, Grid)
    assert not grid.ruled


# ── the sample ────────────────────────────────────────────────────────────


def test_sample_plan() -> None:
    source = take_in(SEED, Settings())
    assert isinstance(source, FlowSource)
    blocks = source.pages[0].blocks
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert [(grid.columns, grid.ruled) for grid in grids] == [(6, True), (6, True)]
    lines = texts(list(blocks))
    assert "KẾ HOẠCH" in lines
    # The plan prints lower letters with a bracket, two of them in 2.1.
    assert sum(line.startswith("a) ") for line in lines) >= 5
    columns = [block.column for block in blocks if isinstance(block, Line)]
    assert columns[:6] == ["left"] * 3 + ["right"] * 3


def test_broken_parts_do_not_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(SEED) as whole, zipfile.ZipFile(path, "w") as broken:
        for item in whole.namelist():
            content = whole.read(item)
            broken.writestr(item, content[: len(content) // 2] if item == "word/document.xml" else content)
    with pytest.raises(DamagedFile):
        take_in(path, Settings())
