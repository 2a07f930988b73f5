"""The task tracker, read by calamine and as raw XML; what an office fills in is written with openpyxl."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from pipeline.errors import DamagedFile, NotADocument
from pipeline.export import Wishes, export
from pipeline.export.tracker_cells import LONGEST, encoded, shortened, units
from pipeline.export.tracker_sheets import GONE, SHEETS, STATE, STATUSES
from schemas import Plan
from tests.export_samples import (
    HOSTILE,
    deadline_dict,
    document_dict,
    hostile_plan,
    sample_plan,
    sample_plans,
    task_dict,
)

TASKS = "Nhiệm vụ"


def tracker_of(*plans: Plan, previous: bytes | None = None) -> bytes:
    content = export(plans, "xlsx", Wishes(previous=previous))
    assert isinstance(content, bytes)
    return content


def rows_of(content: bytes, sheet: str = TASKS) -> list[dict[str, Any]]:
    """The rows of a sheet by heading, as calamine reads them."""
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def filled(content: bytes, cells: dict[str, dict[str, Any]], sheet: str = TASKS) -> bytes:
    """What an office makes of it: `cells` are id of the row (Mã số) → heading → value."""
    book = opened(content)
    page = book[sheet]
    places = {cell.value: cell.column for cell in page[1]}
    for line in range(2, page.max_row + 1):
        for heading, value in cells.get(str(page.cell(line, places["Mã số"]).value), {}).items():
            if heading not in places:
                places[heading] = page.max_column + 1
                page.cell(1, places[heading]).value = heading
            page.cell(line, places[heading]).value = value
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_sheets_and_rows_of_the_samples() -> None:
    plans = sample_plans()
    content = tracker_of(*plans)
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == ["Nhiệm vụ", "Chỉ tiêu", "Căn cứ", "Đơn vị", "Cần xem lại"]
    rows = rows_of(content)
    assert [row["Nhiệm vụ"] for row in rows] == [task.title for plan in plans for task in plan.tasks]
    assert len(rows_of(content, "Chỉ tiêu")) == sum(len(plan.indicators) for plan in plans)
    assert len(rows_of(content, "Căn cứ")) == sum(len(plan.legal_bases) for plan in plans)
    assert len(rows_of(content, "Đơn vị")) == sum(len(plan.units) for plan in plans)
    assert len(rows_of(content, "Cần xem lại")) == sum(len(plan.findings) for plan in plans)


def test_dates_are_dates_and_figures_figures() -> None:
    rows = {row["Mã số"]: row for row in rows_of(tracker_of(sample_plan("department")))}
    assert rows["III.1.b"]["Bắt đầu"] == date(2025, 4, 1)
    assert rows["III.1.b"]["Hạn"] == date(2025, 6, 30)
    indicators = rows_of(tracker_of(sample_plan("seed")), "Chỉ tiêu")
    assert indicators[0]["Giá trị"] == 60 and indicators[0]["So sánh"] == "≥"


def test_filter_frozen_header_widths_wrapping_and_drop_down() -> None:
    content = tracker_of(sample_plan("seed"))
    book = opened(content)
    for kind in SHEETS:
        sheet = book[kind.title]
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes.endswith("2")
        assert sheet.column_dimensions["A"].width == kind.columns[0].width
        assert sheet.print_title_rows == "$1:$1"
    sheet = book[TASKS]
    assert sheet["D2"].alignment.wrap_text
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"' + ",".join(STATUSES) + '"' and len(validation.formula1) < 255
    assert "K2" in validation.sqref
    assert sheet["K1"].value == "Trạng thái"


def test_doubtful_cells_are_coloured_and_say_why(make_plan: Any) -> None:
    place = {"page": 3, "box": [1, 1, 2, 2], "text": "Viêc", "confidence": 0.5}
    finding = {
        "severity": "warning",
        "code": "missing-lead",
        "at": "tasks/I.1/lead",
        "message": "Thiếu chủ trì.",
    }
    plan = make_plan(
        document=document_dict(), tasks=[task_dict("I.1")], findings=[finding],
        evidence={"tasks/I.1/title": [place]},
    )  # fmt: skip
    sheet = opened(tracker_of(plan))[TASKS]
    assert sheet["E2"].comment.text == "Thiếu chủ trì." and sheet["E2"].fill.fgColor.rgb == "00FFE699"
    assert sheet["D2"].comment.text == "Đọc chưa chắc chắn (50 %): “Viêc”."
    assert sheet["F2"].comment is None and sheet["F2"].fill.fill_type is None
    assert rows_of(tracker_of(plan))[0]["Trang"] == 3
    found = rows_of(tracker_of(plan), "Cần xem lại")[0]
    assert (found["Mức độ"], found["Phần"], found["Mã số"]) == ("Cảnh báo", "Nhiệm vụ", "I.1")


def test_every_text_comes_back_as_text() -> None:
    content = tracker_of(hostile_plan())
    rows = rows_of(content)
    for heading in (
        "Nhiệm vụ",
        "Nhóm nhiệm vụ",
        "Chủ trì",
        "Thời hạn (theo văn bản)",
        "Sản phẩm",
        "Chi tiết",
    ):
        assert [row[heading] for row in rows] == list(HOSTILE), heading
    assert [row["Trích yếu"] for row in rows_of(content, "Căn cứ")] == list(HOSTILE)
    assert [row["Chỉ tiêu"] for row in rows_of(content, "Chỉ tiêu")] == list(HOSTILE)
    assert [row["Nội dung cần xem"] for row in rows_of(content, "Cần xem lại")] == list(HOSTILE)


def test_nothing_from_a_document_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(tracker_of(hostile_plan()))) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", errors="replace")
            assert "<f>" not in text and "<f " not in text and "<hyperlink" not in text, name
    sheet = opened(tracker_of(hostile_plan()))[TASKS]
    assert {sheet.cell(line, 4).data_type for line in range(2, sheet.max_row + 1)} == {"s"}
    assert sheet["D2"].quotePrefix  # =1+1 stays text when somebody edits it


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    text = "Nội dung dài. " * 3000
    content = tracker_of(hostile_plan(text, "🇻🇳" * 20_000, "\x07" * 20_000))
    for row, whole in zip(rows_of(content), (text, "🇻🇳" * 20_000, "\x07" * 20_000), strict=True):
        shown = row["Nhiệm vụ"]
        assert units(shown) <= LONGEST
        assert whole.startswith(shown.split(" … [cắt bớt")[0])
        assert shown.endswith(f"[cắt bớt: văn bản dài {len(whole)} ký tự]")
    assert "32.767" in opened(content)[TASKS]["D2"].comment.text


@pytest.mark.parametrize("text", ["ngắn", "a" * LONGEST, "_x0041_" * 2000])
def test_a_text_that_fits_is_not_cut(text: str) -> None:
    assert shortened(text) == (text, ())
    assert units(encoded(text)) <= LONGEST


def two_tasks(make_plan: Any, *titles: str, number: str = "64/KH-UBND") -> Plan:
    tasks = [task_dict(f"I.{n}", title=title) for n, title in enumerate(titles, start=1)]
    plan: Plan = make_plan(document=document_dict(number=number), tasks=tasks)
    return plan


def test_what_an_office_filled_in_stays(make_plan: Any) -> None:
    first = tracker_of(two_tasks(make_plan, "Rà soát quy định", "Tổ chức hội nghị"))
    entries = {
        "Trạng thái": "Hoàn thành", "Ngày hoàn thành": date(2024, 5, 2), "Ghi chú": "- xong, xem =CV 12",
        "Người theo dõi": "Chị Hà",
    }  # fmt: skip
    office = filled(first, {"I.2": entries})
    corrected = two_tasks(make_plan, "Rà soát các quy định", "Tổ chức hội nghị.", "Báo cáo")
    rows = rows_of(tracker_of(corrected, previous=office))
    assert [row["Nhiệm vụ"] for row in rows] == ["Rà soát các quy định", "Tổ chức hội nghị.", "Báo cáo"]
    assert {name: rows[1][name] for name in entries} == entries
    assert [row["Trạng thái"] for row in rows] == ["", "Hoàn thành", ""]
    assert [row[STATE] for row in rows] == ["", "", ""]


def test_status_follows_a_task_that_was_renumbered(make_plan: Any) -> None:
    office = filled(
        tracker_of(two_tasks(make_plan, "Rà soát quy định", "Tổ chức hội nghị")),
        {"I.1": {"Ghi chú": "của rà soát"}, "I.2": {"Ghi chú": "của hội nghị"}},
    )
    shifted = two_tasks(make_plan, "Thành lập tổ công tác", "Rà soát quy định", "Tổ chức hội nghị")
    rows = rows_of(tracker_of(shifted, previous=office))
    assert [(row["Mã số"], row["Ghi chú"]) for row in rows] == [
        ("I.1", ""), ("I.2", "của rà soát"), ("I.3", "của hội nghị"),
    ]  # fmt: skip


def test_a_row_whose_task_is_gone_stays_and_is_marked(make_plan: Any) -> None:
    office = filled(
        tracker_of(two_tasks(make_plan, "Rà soát quy định", "Tổ chức hội nghị")),
        {"I.2": {"Trạng thái": "Đang thực hiện"}},
    )
    content = tracker_of(two_tasks(make_plan, "Rà soát quy định"), previous=office)
    kept = rows_of(content)[1]
    assert (kept["Nhiệm vụ"], kept["Trạng thái"], kept[STATE]) == ("Tổ chức hội nghị", "Đang thực hiện", GONE)
    again = tracker_of(two_tasks(make_plan, "Rà soát quy định"), previous=content)
    assert again == content
    back = rows_of(tracker_of(two_tasks(make_plan, "Rà soát quy định", "Tổ chức hội nghị"), previous=content))
    assert [(row["Trạng thái"], row[STATE]) for row in back] == [("", ""), ("Đang thực hiện", "")]


def test_rows_of_other_plans_and_of_the_office_stay(make_plan: Any) -> None:
    one, other = two_tasks(make_plan, "Rà soát"), two_tasks(make_plan, "Họp", number="65/KH-UBND")
    office = filled(tracker_of(one, other), {})
    book = opened(office)
    book[TASKS].append(["64/KH-UBND", "", "", "Việc phát sinh của văn phòng"])
    book.create_sheet("Của tôi")["A1"] = "giữ lại"
    rows = rows_of(tracker_of(one, previous=saved(book)))
    assert [row["Nhiệm vụ"] for row in rows] == ["Rà soát", "Họp", "Việc phát sinh của văn phòng"]
    assert [row[STATE] for row in rows] == ["", "", ""]
    again = CalamineWorkbook.from_filelike(io.BytesIO(tracker_of(one, previous=saved(book))))
    assert again.get_sheet_by_name("Của tôi").to_python() == [["giữ lại"]]
    assert again.sheet_names[0] == TASKS


def test_rows_are_found_after_sorting_and_without_the_hidden_column(make_plan: Any) -> None:
    notes = {"I.1": {"Ghi chú": "a"}, "I.2": {"Ghi chú": "b"}}
    book = opened(filled(tracker_of(two_tasks(make_plan, "Rà soát", "Họp")), notes))
    sheet = book[TASKS]
    sheet.move_range("A2:R2", rows=3)  # the first task is now the last
    sheet.delete_rows(2)
    sheet.delete_cols(sheet.max_column)
    rows = rows_of(tracker_of(two_tasks(make_plan, "Rà soát", "Họp"), previous=saved(book)))
    assert [row["Ghi chú"] for row in rows if row["Nhiệm vụ"]] == ["a", "b"]


def test_a_result_written_beside_an_indicator_stays() -> None:
    plan = sample_plan("seed")
    office = filled(tracker_of(plan), {"PL1.1": {"Kết quả": 61.5}}, "Chỉ tiêu")
    rows = {row["Mã số"]: row for row in rows_of(tracker_of(plan, previous=office), "Chỉ tiêu")}
    assert rows["PL1.1"]["Kết quả"] == 61.5


def test_an_update_without_changes_changes_nothing() -> None:
    content = tracker_of(*sample_plans())
    assert tracker_of(*sample_plans(), previous=content) == content


def test_hostile_texts_survive_an_update() -> None:
    content = tracker_of(hostile_plan())
    assert [row["Nhiệm vụ"] for row in rows_of(tracker_of(hostile_plan(), previous=content))] == list(HOSTILE)
    emptied = hostile_plan("Việc duy nhất")
    kept = rows_of(tracker_of(emptied, previous=content))
    assert len(kept) in (len(HOSTILE), len(HOSTILE) + 1)


def test_only_a_tracker_can_be_updated() -> None:
    with pytest.raises(DamagedFile):
        tracker_of(previous=b"no workbook")
    with pytest.raises(NotADocument):
        tracker_of(previous=saved(Workbook()))


def test_days_that_a_spreadsheet_does_not_know_stay_text(make_plan: Any) -> None:
    task = task_dict("I.1", deadline=deadline_dict(due="1890-01-31"))
    assert rows_of(tracker_of(make_plan(tasks=[task])))[0]["Hạn"] == "1890-01-31"


def test_no_moment_of_writing_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(tracker_of(sample_plan("seed")))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", archive.read("docProps/core.xml"))) == {
            b"2000-01-01T00:00:00Z"
        }
