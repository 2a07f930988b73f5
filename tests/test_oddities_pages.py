"""Traps of the seed plan: page breaks, broken labels, headings and titles over several lines."""

import pytest

from pipeline.types import Line
from tests.converted import conversion, gold, labelled_ids
from tests.seed_plan import (
    CORRECT,
    PDF,
    RAW,
    SCAN,
    alike,
    every_file,
    every_text,
    lines_of,
    plan_of,
    task,
    with_tables,
)

# ── page breaks ───────────────────────────────────────────────────────────

PAGE_STARTS = [1, 46, 105, 163, 198, 258, 320, 358]
"""The first line of text of each page without a table; page 3 opens with its number on line 103."""


def test_both_traces_of_page_breaks_are_seen() -> None:
    """A form feed turned into a space (46, 163, 198, 320, 358), and runs of three or more blank lines."""
    assert len(conversion(RAW).layouts) == 10
    for page, start in zip(conversion(RAW).layouts[:8], PAGE_STARTS, strict=False):
        first = page.blocks[0]
        assert isinstance(first, Line)
        assert first.words[0].line == start


@every_text
def test_the_only_page_number_left_is_no_item(file: str) -> None:
    page = conversion(file).layouts[2]
    assert page.printed_number == 3
    assert 103 not in {place.line for places in plan_of(file).evidence.values() for place in places}


CUT_BY_A_PAGE = [
    ("requirements/II.2/text", 45, 46),
    ("tasks/III.1.3.a/support", 99, 99),  # the field list goes on after the break ...
    ("tasks/III.1.3.a/deadline", 105, 105),  # ... with the next field
    ("tasks/III.2.2/details", 162, 163),  # a dash item
    ("tasks/III.2.8.a/title", 254, 258),  # a task's title
    ("assignments/IV.1/text", 319, 320),  # a heading from its first dash item
]


@every_text
@pytest.mark.parametrize(("key", "before", "after"), CUT_BY_A_PAGE)
def test_what_a_page_break_cuts_is_one(file: str, key: str, before: int, after: int) -> None:
    assert {before, after} <= set(lines_of(plan_of(file), key))


@every_file
def test_a_heading_over_a_page_break_is_whole(file: str) -> None:
    """Lines 196 to 200, the longest heading: its second line ends page 4."""
    heading = task(file, "III.2.5.a").section[-1]
    assert alike(heading[:50], "Tổ chức thực hiện nghiêm việc tiếp nhận, xử lý, tháo gỡ") > 65
    assert alike(heading[-45:], "giải quyết TTHC của UBND các phường") > 55
    assert len(heading.split()) == 73


@with_tables
def test_a_row_cut_by_the_page_is_one(file: str) -> None:
    (row,) = (one for one in plan_of(file).indicators if one.id == "PL1.10")
    assert alike(row.name or "", "Tỷ lệ xử lý văn bản, hồ sơ công việc (trừ hồ sơ mật) trên môi trường mạng "
                 "(đối với UBND phường)") > 95  # fmt: skip
    assert row.target is not None
    assert (row.target.operator, row.target.value) == (">=", 90)


@pytest.mark.parametrize("file", [PDF, SCAN])
def test_the_cut_row_has_evidence_on_both_pages(file: str) -> None:
    assert {place.page for place in plan_of(file).evidence["indicators/PL1.10/name"]} == {8, 9}


# ── structure ─────────────────────────────────────────────────────────────

ITEMS = [
    "I", "I.1", "I.2", "II", "II.1", "II.2", "II.3", "II.4", "III", "III.1", "III.1.1", "III.1.2", "III.1.3",
    "III.1.3.a", "III.1.3.b", "III.2", "III.2.1", "III.2.1.a", "III.2.1.b", "III.2.2", "III.2.3",
    "III.2.3.a", "III.2.3.b", "III.2.3.c", "III.2.4", "III.2.5", "III.2.5.a", "III.2.5.b", "III.2.6",
    "III.2.7", "III.2.8", "III.2.8.a", "III.2.8.b", "III.2.9", "III.2.9.a", "III.2.9.b", "III.2.10",
    "IV", "IV.1", "IV.2",
]  # fmt: skip
"""All labelled items of the body in order. What must not be among them: the page number 3, the dates and
numbers at line starts (10 `14/5/2013`, 13 `107/2022`, 96 `28/3/2022`, 342 `2024 phường`), `2.3. 86 hoa`
(`Số` read as 86), `16 trinh` (lộ trình). III is read `1.` (58), c) is read `¢)` (179), 2.10 is no 2.1."""


@every_file
def test_every_item_has_its_number_and_there_is_no_other(file: str) -> None:
    assert labelled_ids(conversion(file).outline.sections) == ITEMS


def test_broken_labels_are_reported() -> None:
    messages = [one.message for one in plan_of(RAW).findings if one.code == "label-restored"]
    assert any("III" in message for message in messages)
    assert any("III.2.3.c" in message for message in messages)


HEADINGS = [
    # task, headings above it: the same depth may be a task (1.1) or a heading (1.3)
    ("III.1.1", 2), ("III.1.3.a", 3), ("III.2.1.a", 3), ("III.2.2", 2), ("III.2.3.c", 3), ("III.2.10", 2),
]  # fmt: skip


@every_file
@pytest.mark.parametrize(("task_id", "depth"), HEADINGS)
def test_headings_above_a_task(file: str, task_id: str, depth: int) -> None:
    section = task(file, task_id).section
    assert len(section) == depth
    assert alike(section[0], "NHỮNG NHIỆM VỤ TRỌNG TÂM") > 80


LONG_TITLES = [
    # id, first line, last line: headings and titles over two to seven lines (258 after a page break)
    ("III.1.1", 67, 68), ("III.1.2", 79, 82), ("III.1.3.a", 94, 96), ("III.1.3.b", 109, 112),
    ("III.2.3.c", 179, 181), ("III.2.4", 187, 188), ("III.2.6", 223, 224), ("III.2.7", 235, 237),
    ("III.2.8.a", 252, 258), ("III.2.10", 306, 307),
]  # fmt: skip


@every_text
@pytest.mark.parametrize(("task_id", "first", "last"), LONG_TITLES)
def test_title_over_several_lines(file: str, task_id: str, first: int, last: int) -> None:
    lines = lines_of(plan_of(file), f"tasks/{task_id}/title")
    assert (min(lines), max(lines)) == (first, last)


@every_file
def test_titles_are_whole_and_no_longer(file: str) -> None:
    for wanted in gold("seed").content["tasks"]:
        if wanted["id"].startswith("III."):
            title = task(file, wanted["id"]).title or ""
            assert abs(len(title.split()) - len(wanted["title"].split())) <= 1, wanted["id"]
            assert alike(title, wanted["title"]) > 75, wanted["id"]


def test_a_document_number_in_a_heading_stays_there() -> None:
    assert "766/QĐ-TTg ngày 23/6/2022" in (task(CORRECT, "III.2.6").title or "")
