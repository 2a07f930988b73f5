"""The task tracker that an office would make of a plan: filters, real dates, a status to fill in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.export.identity import NamedPlan
from pipeline.export.table import Subject, subject_of
from pipeline.export.tracker_rows import RowWriter
from pipeline.export.tracker_sheets import DONE, KEY, SHEETS, STATE, SheetColumn, SheetKind
from pipeline.export.tracker_update import OldSheet, matched, new_workbook, open_tracker

_STATE_WIDTH = 22.0
_CHOOSABLE_BELOW = 500
"""Empty rows under the last one that have the drop-down too, for tasks that the office adds."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time stamp of all parts of the file: a zip archive knows no earlier one."""


def to_xlsx(plans: Sequence[NamedPlan], previous: bytes | None = None) -> bytes:
    """The workbook; the same plans (and the same earlier workbook) give the same bytes.

    Args:
        plans: the plans; their rows follow each other.
        previous: the tracker to carry on from. What the office filled in is kept, sheets and
            columns that it added too; rows of other plans stay as they are, rows whose item has
            gone from its plan stay and are marked.

    Raises:
        DamagedFile: if `previous` cannot be opened.
        NotADocument: if it is no tracker of ours.
    """
    workbook, old = open_tracker(previous) if previous is not None else (new_workbook(), {})
    subjects = [subject_of(named) for named in plans]
    for place, kind in enumerate(SHEETS):
        sheet = workbook.create_sheet(kind.title, place)
        _fill(sheet, kind, subjects, old.get(kind.title, OldSheet()))
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.properties.creator = "kehoach"
    file = io.BytesIO()
    workbook.save(file)
    return _without_time(file.getvalue())


def _fill(sheet: Worksheet, kind: SheetKind, subjects: Sequence[Subject], old: OldSheet) -> None:
    rows = [row for subject in subjects for row in kind.rows(subject)]
    found, left = matched(rows, old)
    columns = _columns(kind, old)
    writer = RowWriter(sheet, kind, columns)
    for row in rows:
        writer.write(row, found.get(row.key))
    given = {subject.id for subject in subjects}
    for one in left:
        writer.keep(one, one.plan in given)
    _dress(sheet, kind, columns, writer.last)
    if all(one.plan not in given for one in left):
        sheet.column_dimensions[get_column_letter(len(columns) - 1)].hidden = True


def _columns(kind: SheetKind, old: OldSheet) -> tuple[SheetColumn, ...]:
    """Ours, those that the office added, and the two that keep the books."""
    widths = old.widths or {}
    added = (SheetColumn(heading, widths.get(heading, 20), office=True) for heading in old.added)
    return (*kind.columns, *added, SheetColumn(STATE, _STATE_WIDTH), SheetColumn(KEY, 12, wrapped=False))


def _dress(sheet: Worksheet, kind: SheetKind, columns: Sequence[SheetColumn], last: int) -> None:
    """Filter, frozen header, drop-downs, colours, paper."""
    places = {column.heading: get_column_letter(number) for number, column in enumerate(columns, start=1)}
    end = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A1:{end}{last}"
    sheet.freeze_panes = f"{get_column_letter(kind.frozen + 1)}2"
    sheet.column_dimensions[places[KEY]].hidden = True
    sheet.sheet_properties.tabColor = kind.colour
    for column in columns:
        if column.choices:
            _offer(sheet, places[column.heading], column.choices, last)
    if last > 1 and "Trạng thái" in places and "Hạn" in places:
        _colour_states(sheet, places, last)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{places[kind.printed]}{last}"
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A - trang &P/&N"))
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)


def _offer(sheet: Worksheet, letter: str, choices: Sequence[str], last: int) -> None:
    """A drop-down; what is not in it may be written all the same."""
    validation = DataValidation(
        "list", formula1=f'"{",".join(choices)}"', allow_blank=True, errorStyle="warning"
    )
    validation.error, validation.errorTitle = "Giá trị không có trong danh sách.", "Trạng thái"
    validation.add(f"{letter}2:{letter}{last + _CHOOSABLE_BELOW}")
    sheet.add_data_validation(validation)


def _colour_states(sheet: Worksheet, places: dict[str, str], last: int) -> None:
    """Done is green, late is red: the only formulas of the workbook, none of them from a document."""
    status, due = f"${places['Trạng thái']}2", f"${places['Hạn']}2"
    area = f"{places['Hạn']}2:{places['Hạn']}{last}"
    late = f'AND(ISNUMBER({due}),{due}<TODAY(),{status}<>"{DONE}")'
    sheet.conditional_formatting.add(
        area, _rule(late, DifferentialStyle(font=Font(color="C00000", bold=True)))
    )
    area = f"{places['Trạng thái']}2:{places['Trạng thái']}{last}"
    green = PatternFill("solid", bgColor="C6E0B4")
    sheet.conditional_formatting.add(area, _rule(f'{status}="{DONE}"', DifferentialStyle(fill=green)))


def _rule(formula: str, look: DifferentialStyle) -> Rule:
    return Rule("expression", dxf=look, formula=[formula])


def _without_time(content: bytes) -> bytes:
    """The file without the moment of writing, in its properties and in its archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return file.getvalue()
