"""A plan's elements to DOCX, put together the way offices do it.

Letterhead and closing block are borderless tables of two columns, appendices real tables
with merged cells, landscape pages a section of their own; in a `numbered` plan the labels
of headings and items are Word's own numbers and stand in no text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from samples.typeset.elements import (
    Align,
    Cell,
    Closing,
    HeadLine,
    Letterhead,
    NewPage,
    Para,
    Plan,
    Row,
    Separator,
    Style,
    Table,
    runs,
)
from samples.typeset.numbering import Numbering
from samples.typeset.press import A4, BOTTOM, LEFT, RIGHT, TOP

_FONT = "Times New Roman"
_ALIGN = {
    "justified": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NEVER = datetime(2024, 1, 1)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(plan: Plan, path: Path) -> None:
    """Write the plan to `path`; fixed properties and zip times, so the same bytes each time."""
    writer = _Writer(plan)
    for element in plan.elements:
        writer.add(element)
    buffer = io.BytesIO()
    writer.document.save(buffer)
    _write_timeless(buffer, path)


class _Writer:
    """A Word document under construction."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.document = docx.Document()
        self.numbering = Numbering(self.document)
        self.measure = A4[0] - LEFT - RIGHT
        self._break_before = False
        _set_properties(self.document, plan.title)
        _set_normal_style(self.document)
        section = self.document.sections[0]
        _set_page(section, landscape=False)
        _set_page_numbers(section)

    def add(self, element: object) -> None:
        match element:
            case Para():
                self._add_para(element)
            case Letterhead():
                self._add_letterhead(element)
            case Closing():
                self._add_closing(element)
            case Table():
                self._add_table(element)
            case Separator():
                _border_below(
                    self._paragraph("", "centre", "regular", 4.0), (self.measure - element.length) / 2
                )
            case NewPage():
                self._add_break(element.landscape)

    def _paragraph(self, text: str, align: Align, style: Style, size: float, where: Any = None) -> Any:
        paragraph = (where or self.document).add_paragraph()
        _fill(paragraph, text, align, style, size)
        return paragraph

    def _add_para(self, para: Para) -> None:
        automatic = self.plan.numbered and para.level is not None
        text = para.text if automatic else f"{para.label} {para.text}".strip()
        paragraph = self._paragraph(text, para.align, para.style, para.size)
        layout = paragraph.paragraph_format
        layout.space_before = Pt(para.before)
        layout.keep_with_next = para.keep_with_next or None
        layout.page_break_before = self._break_before or None
        self._break_before = False
        if automatic and para.level is not None:
            self.numbering.number(paragraph, para.level)
        if para.align in ("justified", "left"):
            layout.left_indent = Pt(0)
            layout.first_line_indent = Pt(para.indent)

    def _add_letterhead(self, head: Letterhead) -> None:
        widths = (self.measure * head.share, self.measure * (1 - head.share))
        table = self._borderless(widths)
        for column, lines in enumerate((head.left, head.right)):
            _fill_head_cell(table.cell(0, column), lines, widths[column])

    def _add_closing(self, closing: Closing) -> None:
        table = self._borderless((self.measure / 2, self.measure / 2))
        left, right = table.cell(0, 0), table.cell(0, 1)
        _fill(left.paragraphs[0], closing.heading, "left", "regular", 12.0)
        for recipient in closing.recipients:
            self._paragraph(recipient, "left", "regular", 11.0, left)
        _fill(right.paragraphs[0], closing.authority[0], "centre", "bold", 14.0)
        for post in closing.authority[1:]:
            self._paragraph(post, "centre", "bold", 14.0, right)
        for _ in range(3):
            self._paragraph("", "centre", "regular", 14.0, right)
        self._paragraph(closing.name, "centre", "bold", 14.0, right)

    def _borderless(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        _set_widths(table, widths)
        _set_cell_margins(table, 0)
        return table

    def _add_table(self, table: Table) -> None:
        rows = (*table.header, *table.rows)
        made = self.document.add_table(rows=len(rows), cols=len(table.widths))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        _set_widths(made, [self.measure * share / sum(table.widths) for share in table.widths])
        _set_cell_margins(made, 4)
        counter: int | None = None
        for number, row in enumerate(rows):
            if self.plan.numbered and not _counted(row):
                # Under a group row the numbers begin again.
                counter = self.numbering.fresh_counter()
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    _fill_cell(made, number, column, cell, table, self.numbering, counter)
        if table.repeat_header:
            for number in range(len(table.header)):
                properties = made.rows[number]._tr.get_or_add_trPr()
                properties.append(_element("w:tblHeader", val="true"))

    def _add_break(self, landscape: bool) -> None:
        section = self.document.sections[-1]
        if landscape == (section.orientation == WD_ORIENT.LANDSCAPE):
            self._break_before = True
            return
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _set_page(section, landscape)
        self.measure = (A4[1] if landscape else A4[0]) - LEFT - RIGHT


def _fill(paragraph: Any, text: str, align: Align, style: Style, size: float) -> None:
    paragraph.alignment = _ALIGN[align]
    for run in runs(text, style):
        added = paragraph.add_run(run.text)
        added.bold = run.style in ("bold", "bolditalic") or None
        added.italic = run.style in ("italic", "bolditalic") or None
        added.font.size = Pt(size)


def _fill_head_cell(cell: Any, lines: Sequence[HeadLine], width: float) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _fill(paragraph, line.text, "centre", line.style, line.size)
        if line.rule:
            rule = cell.add_paragraph()
            rule.paragraph_format.line_spacing = Pt(4)
            _border_below(rule, width * (1 - line.rule * 0.7) / 2)


def _fill_cell(
    made: Any,
    number: int,
    column: int,
    cell: Cell,
    table: Table,
    numbering: Numbering,
    counter: int | None,
) -> None:
    target = made.cell(number, column)
    if cell.rows > 1 or cell.columns > 1:
        target = target.merge(made.cell(number + cell.rows - 1, column + cell.columns - 1))
    target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for index, text in enumerate(cell.lines or ("",)):
        paragraph = target.add_paragraph() if index else target.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        automatic = cell.numbered and counter is not None
        _fill(paragraph, "" if automatic else text, cell.align, cell.style, table.size)
        if automatic and counter is not None:
            numbering.count(paragraph, counter)


def _counted(row: Row) -> bool:
    return row.cells[0] is not None and row.cells[0].numbered


def _set_cell_margins(table: Any, points: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(round(points * 20)), type="dxa"))
    table._tbl.tblPr.append(margins)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)


def _set_page(section: Any, landscape: bool) -> None:
    width, height = (A4[1], A4[0]) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(RIGHT)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    section.header_distance = Pt(28)


def _set_page_numbers(section: Any) -> None:
    """Page numbers at the top centre from page 2 (Decree 30/2020/NĐ-CP, Appendix I)."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "instruction", "end"):
        run = paragraph.add_run()
        if kind == "instruction":
            instruction = OxmlElement("w:instrText")
            instruction.text = "PAGE"
            run._r.append(instruction)
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def _border_below(paragraph: Any, indent: float) -> None:
    """A line under an empty paragraph, shortened on both sides by `indent` points."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Pt(indent)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="6", space="1", color="000000"))
    # The schema wants borders before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert(0, borders)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _set_normal_style(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)


def _set_properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = "kehoach samples"
    properties.title, properties.comments = title, ""
    properties.created = properties.modified = _NEVER
    properties.revision = 1


def _write_timeless(saved: io.BytesIO, path: Path) -> None:
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The same on every system, whichever builds it.
            entry.create_system = 0
            target.writestr(entry, source.read(name))
