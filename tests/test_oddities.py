"""Every trap of the seed plan, as a test: on its OCR text, and where it applies on the correct text,
the born-digital files and the scan.

Line numbers are those of `samples/seed/plan.raw.txt` and `plan.vi.txt`, counted from 1: both files
have the same text on the same lines up to the tables.
"""

from itertools import pairwise

import pytest
from rapidfuzz import fuzz

from pipeline.folding import fold_wording, skeleton
from pipeline.types import Line
from schemas import LegalBasis, Place, Plan, Task
from tests.converted import conversion, gold, labelled_ids

RAW, CORRECT = "seed/plan.raw.txt", "seed/plan.vi.txt"
PDF, DOCX, SCAN = "seed/plan.pdf", "seed/plan.docx", "seed/plan.scan.pdf"
TEXTS = (RAW, CORRECT)
ALL = (RAW, CORRECT, PDF, DOCX, SCAN)
WITH_TABLES = (CORRECT, PDF, DOCX, SCAN)
"""The old OCR interleaved the cells of the tables line by line."""

every_file = pytest.mark.parametrize("file", ALL)
every_text = pytest.mark.parametrize("file", TEXTS)
with_tables = pytest.mark.parametrize("file", WITH_TABLES)


def plan_of(file: str) -> Plan:
    return conversion(file).plan


def task(file: str, task_id: str) -> Task:
    return next(one for one in plan_of(file).tasks if one.id == task_id)


def body_tasks(plan: Plan) -> list[Task]:
    return [one for one in plan.tasks if one.id.startswith("III.")]


def unit_names(file: str, ids: tuple[str, ...]) -> list[str]:
    names = {unit.id: unit.name for unit in plan_of(file).units}
    return [names[one] for one in ids]


def lines_of(plan: Plan, key: str) -> list[int]:
    return [place.line for place in plan.evidence.get(key, ()) if place.line is not None]


def alike(read: str, printed: str) -> float:
    """0 to 100, what OCR confuses made one: the same words in good and bad letters reach 80."""
    return fuzz.ratio(skeleton(read), skeleton(printed))


def findings(file: str, code: str) -> list[str | None]:
    return [finding.at for finding in plan_of(file).findings if finding.code == code]


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


# ── letterhead, preamble, ending ──────────────────────────────────────────

DOCUMENT = [
    ("type", "Kế hoạch"),
    ("number", "64/KH-UBND"),  # printed `64 /KH-UBND`, read `64 /[KH-UBND`
    ("date", "2024-03-08"),
    ("place", "Biên Giang"),
    ("issuer", "Ủy ban nhân dân phường Biên Giang"),  # over two lines, glued to the motto
    ("parent", None),  # no authority above the issuer
    ("urgency", None),
    ("secrecy", None),  # "trừ hồ sơ mật" in the appendix is no mark
]


@every_file
@pytest.mark.parametrize(("field", "value"), DOCUMENT)
def test_letterhead_with_two_columns_glued(file: str, field: str, value: str | None) -> None:
    assert getattr(plan_of(file).document, field) == value


@every_file
def test_title_and_period(file: str) -> None:
    document = plan_of(file).document
    title = "Cải cách thủ tục hành chính trọng tâm năm 2024 phường Biên Giang"
    assert alike(document.title or "", title) > 90
    assert document.period is not None
    assert (document.period.start, document.period.end) == ("2024-01-01", "2024-12-31")


BASES = [
    ("63/2010/NĐ-CP", "Nghị định", "2010-06-08", "Chính phủ", None),
    ("48/2013/NĐ-CP", "Nghị định", "2013-05-14", "Chính phủ", "63/2010/NĐ-CP"),  # date on the next line
    ("92/2017/NĐ-CP", "Nghị định", "2017-08-07", "Chính phủ", "63/2010/NĐ-CP"),
    ("61/2018/NĐ-CP", "Nghị định", "2018-04-23", "Chính phủ", None),  # bracket before it never closed
    ("107/2022/NĐ-CP", "Nghị định", None, None, "61/2018/NĐ-CP"),  # really 107/2021: kept as printed
    ("326/KH-UBND", "Kế hoạch", "2023-12-29", "UBND thành phố Hà Nội", None),
    ("221/VPCP-KSTT", "Văn bản", "2024-01-10", "Văn phòng Chính phủ", None),
    ("01/NQ-CP", "Nghị quyết", None, None, None),  # inside the subject of the one before
    ("02/NQ-CP", "Nghị quyết", None, None, None),  # after a `;` inside that subject, in lower case
    ("32/KH-UBND", "Kế hoạch", "2024-01-24", "UBND thành phố Hà Nội", None),
    ("98/KH-UBND", "Kế hoạch", "2024-02-29", "UBND quận Hà Đông", None),
]


@every_file
def test_eleven_bases_in_two_sentences(file: str) -> None:
    assert [basis.number for basis in plan_of(file).legal_bases] == [row[0] for row in BASES]


@every_file
@pytest.mark.parametrize(("number", "kind", "date", "issuer", "amends"), BASES)
def test_legal_basis(
    file: str, number: str, kind: str, date: str | None, issuer: str | None, amends: str | None
) -> None:
    basis: LegalBasis = next(one for one in plan_of(file).legal_bases if one.number == number)
    assert (basis.type, basis.date, basis.amends) == (kind, date, amends)
    assert alike(basis.issuer or "", issuer or "") > 80 or basis.issuer == issuer


RECIPIENTS = [
    "UBND quận Hà Đông", "Văn phòng HĐND- UBND quận Hà Đông", "Phòng Nội vụ quận Hà Đông",
    "TT Đảng ủy phường", "Chủ tịch, các PCT UBND phường", "Các ban, ngành chuyên môn UBND phường", "Lưu: VT",
]  # fmt: skip


@every_file
def test_recipients_without_the_name_beside_them(file: str) -> None:
    """The signer's name stands on the line of the last recipient but one."""
    read = plan_of(file).document.recipients
    assert len(read) == 7
    assert all(alike(one, printed) > 80 for one, printed in zip(read, RECIPIENTS, strict=True))


@every_file
def test_signer(file: str) -> None:
    signer = plan_of(file).document.signer
    assert alike(signer.name or "", "Đỗ Thị Thu Hà") > 80
    # The OCR text has lost what stood above; nothing is invented.
    above = (None, None) if file in TEXTS else ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert (signer.authority, signer.role) == above


@every_file
def test_closing_sentence_is_no_assignment(file: str) -> None:
    """Lines 341 to 343 follow IV.2 with nothing to set them off."""
    plan = plan_of(file)
    assert [one.id for one in plan.assignments] == ["IV.1", "IV.2"]
    farewell = "Trên đây là kế hoạch công tác cải cách"
    assert not any(alike(one.text[-200:][: len(farewell)], farewell) > 70 for one in plan.assignments)
    assert any(alike(section.text[: len(farewell)], farewell) > 70 for section in plan.sections)


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


# ── fields ────────────────────────────────────────────────────────────────

FIELDS = [
    # id, and the lines of lead, support, deadline and product
    ("III.1.1", 70, 72, 74, 76),  # product without dash
    ("III.1.2", 84, 86, 88, 90),
    ("III.1.3.a", 98, 99, 105, 107),  # `Đơn vị thực hiện` read `Bon vi`; a page break inside
    ("III.1.3.b", 114, 117, 119, 121),  # a lead that holds the words "thực hiện"
    ("III.2.1.a", 132, 135, 137, 139),
    ("III.2.1.b", None, 145, 147, 149),  # no lead is printed
    ("III.2.2", 154, 156, 158, 160),
    ("III.2.3.a", 167, 169, 170, 171),
    ("III.2.3.b", 174, 175, 176, 178),  # a deadline over two lines with two document numbers
    ("III.2.3.c", 182, 183, 184, 186),
    ("III.2.4", 189, 191, 192, 194),  # `San phém`; the product is a target
    ("III.2.5.a", 204, 206, 208, 210),
    ("III.2.5.b", 214, 216, 218, 220),
    ("III.2.6", 226, 228, 230, 232),
    ("III.2.7", 239, 241, 243, 245),  # a product with brackets over a line
    ("III.2.8.a", 260, 262, 264, 266),  # `B§ phan phoi hgp`; a product that ends in an ellipsis
    ("III.2.8.b", 272, 274, 276, 278),  # `-Thoi han` without a space
    ("III.2.9.a", 287, 289, 291, 293),
    ("III.2.9.b", 298, 300, 302, 304),
    ("III.2.10", 309, 311, 313, 315),
]
ROLES = ("lead", "support", "deadline", "products")
LABELS = {
    "lead": ("Bộ phận thực hiện:", "Đơn vị thực hiện:"),
    "support": ("Bộ phận phối hợp:", "Đơn vị phối hợp:"),
    "deadline": ("Thời hạn:",),
    "products": ("Sản phẩm:",),
}
PLACES = [
    (f"tasks/{row[0]}/{role}", line)
    for row in FIELDS
    for role, line in zip(ROLES, row[1:], strict=True)
    if line
]


def test_the_seed_prints_79_fields() -> None:
    assert len(PLACES) == 79


@every_file
def test_the_twenty_tasks(file: str) -> None:
    assert [one.id for one in body_tasks(plan_of(file))] == [row[0] for row in FIELDS]


@every_text
@pytest.mark.parametrize(("key", "line"), PLACES)
def test_field_is_found_at_its_task(file: str, key: str, line: int) -> None:
    plan = plan_of(file)
    place: Place = plan.evidence[key][0]
    assert place.line == line
    # The label is of the right family, and no other field of the body begins on its line.
    label = place.text.lstrip("- ").partition(":")[0] + ":"
    assert max(alike(label, wanted) for wanted in LABELS[key.rpartition("/")[2]]) > 70
    assert [other for other, _ in PLACES if lines_of(plan, other)[:1] == [line]] == [key]


@pytest.mark.parametrize("file", [PDF, DOCX, SCAN])
def test_all_fields_are_there(file: str) -> None:
    found = [
        f"tasks/{one.id}/{role}" for one in body_tasks(plan_of(file)) for role in ROLES if getattr(one, role)
    ]
    assert found == [key for key, _ in PLACES]


@every_file
def test_values_are_the_printed_ones(file: str) -> None:
    """Each field against the gold, across all its letters: nothing glued on, nothing lost."""
    for wanted in gold("seed").content["tasks"]:
        if not wanted["id"].startswith("III."):
            continue
        read = task(file, wanted["id"])
        pairs = [(" ".join(read.products), " ".join(wanted["products"]))]
        pairs.append((read.deadline.text if read.deadline else "", wanted["deadline"]["text"]))
        for one, printed in pairs:
            assert alike(one, printed) > 70, (wanted["id"], one)
            assert abs(len(one.split()) - len(printed.split())) <= 1, (wanted["id"], one)


@every_file
def test_a_task_without_lead_is_reported(file: str) -> None:
    assert task(file, "III.2.1.b").lead == ()
    assert "tasks/III.2.1.b/lead" in findings(file, "missing-lead")


@every_file
def test_an_instruction_after_the_fields_is_detail(file: str) -> None:
    """Lines 162 and 163: neither part of the product nor a deadline."""
    read = task(file, "III.2.2")
    assert len(read.details) == 1
    assert alike(read.details[0][:30], "Định kỳ hàng tháng thống kê đầy đủ"[:30]) > 60
    assert read.deadline is not None
    assert read.deadline.kind == "continuous"
    assert all(not one.details for one in body_tasks(plan_of(file)) if one.id != "III.2.2")


@every_file
def test_dash_items_of_an_assignment_are_no_fields(file: str) -> None:
    """327 `- Bộ phận Tài chính bố trí kinh phí` looks like a field, 331 is a recurring duty."""
    items = ["- Căn cứ nhiệm vụ được giao", "- Bộ phận Tài chính bố trí", "- Hàng tháng, các bộ phận"]
    text = plan_of(file).assignments[0].text
    read = [f"-{item}" for item in text.removeprefix("-").split(" -")]
    assert len(read) == len(items)
    assert all(alike(one[: len(item)], item) > 60 for one, item in zip(read, items, strict=True))


DEADLINES = [
    ("III.1.1", "event"), ("III.1.2", "continuous"), ("III.1.3.a", "reference"), ("III.1.3.b", "reference"),
    ("III.2.1.a", "continuous"), ("III.2.1.b", "continuous"), ("III.2.2", "continuous"),
    ("III.2.3.a", "continuous"), ("III.2.3.b", "reference"), ("III.2.3.c", "reference"),
    ("III.2.4", "reference"), ("III.2.5.a", "continuous"), ("III.2.5.b", "continuous"),
    ("III.2.6", "recurring"), ("III.2.7", "continuous"), ("III.2.8.a", "continuous"), ("III.2.8.b", "period"),
    ("III.2.9.a", "continuous"), ("III.2.9.b", "continuous"), ("III.2.10", "continuous"),
]  # fmt: skip
YEAR = ("2024-01-01", "2024-12-31")


@every_file
@pytest.mark.parametrize(("task_id", "kind"), DEADLINES)
def test_kind_of_deadline(file: str, task_id: str, kind: str) -> None:
    deadline = task(file, task_id).deadline
    assert deadline is not None
    assert deadline.kind == kind


@every_file
def test_normalised_deadlines(file: str) -> None:
    kinds = {one.id: one.deadline for one in body_tasks(plan_of(file))}
    assert kinds["III.2.6"].recurrence == "FREQ=MONTHLY"
    # "Thường xuyên trong năm 2024" and "Năm 2024" name a period, "Thường xuyên" does not.
    for task_id in ("III.2.7", "III.2.8.a", "III.2.8.b", "III.2.9.a", "III.2.9.b"):
        assert (kinds[task_id].start, kinds[task_id].due) == YEAR
    assert (kinds["III.1.2"].start, kinds["III.1.2"].due) == (None, None)
    # "Theo lộ trình" is read "Theo 16 trinh": the 16 is no number.
    assert alike(kinds["III.1.3.a"].basis or "", "lộ trình Kế hoạch") > 75


UNITS = [
    ("III.1.1", "lead", 2),  # "Bộ phận Tư pháp - Hộ tịch, các bộ phận chuyên môn": the dash parts nothing
    ("III.1.3.b", "lead", 2),  # one of them "Công chức được phân công thực hiện nhiệm vụ kiểm soát TTHC"
    ("III.2.1.a", "lead", 2),  # a list over two lines
    ("III.2.3.a", "lead", 2),
    ("III.2.4", "lead", 2),
    ("III.2.6", "support", 2),  # a capital inside the list: "..., Các Bộ phận chuyên môn"
    ("III.2.9.b", "support", 1),  # "Văn phòng, UBND phường" is one unit in spite of its comma
    ("III.2.10", "lead", 1),
]


@every_file
@pytest.mark.parametrize(("task_id", "role", "count"), UNITS)
def test_units_of_a_field(file: str, task_id: str, role: str, count: int) -> None:
    assert len(getattr(task(file, task_id), role)) == count


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX, SCAN])
def test_one_unit_in_two_spellings(file: str) -> None:
    written = {unit.name: unit.written for unit in plan_of(file).units}
    assert "Văn phòng, UBND phường" in written["Văn phòng UBND phường"]
    assert unit_names(file, task(file, "III.2.9.b").support) == ["Văn phòng UBND phường"]


def test_the_office_is_one_unit_in_all_its_misspellings() -> None:
    """`Vin phong UBND phudng`, `Vian phong UBND phuong` ...: 19 uses, 5 spellings."""
    offices = {
        one for read in body_tasks(plan_of(RAW)) for one in (*read.lead, *read.support) if "phong" in one
    }
    assert len({one for one in offices if fold_wording(one).startswith("van-phong")}) == 1


ABOUT_PRODUCTS = [
    ("III.2.1.b", "100%"),  # begins with a number
    ("III.2.2", "100%"),
    ("III.2.6", "Công khai kết quả"),  # an action instead of a thing
    ("III.2.4", "Phấn đấu tỷ lệ"),  # a target
    ("III.2.10", "Thực hiện báo cáo"),
]


@every_file
@pytest.mark.parametrize(("task_id", "beginning"), ABOUT_PRODUCTS)
def test_products_of_odd_shape(file: str, task_id: str, beginning: str) -> None:
    (product,) = task(file, task_id).products
    assert alike(product[: len(beginning)], beginning) > 60


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX])
def test_an_ellipsis_stays(file: str) -> None:
    assert task(file, "III.2.8.a").products[0].endswith("....")
    assert task(file, "III.2.8.b").products[0].endswith("...")


# ── citations and slips of the original ───────────────────────────────────

CITED = [
    ("98/KH-UBND", ("III",)), ("97/KH-UBND", ("III.1.3.a",)), ("281/KH-UBND", ("III.1.3.a",)),
    ("161/KH-UBND", ("III.2.3.b",)),  # with a year for a date
    ("45/2020/NĐ-CP", ("III.2.3.b",)),  # with neither
    ("766/QĐ-TTg", ("III.2.6",)),  # read `766/0P-TTg`
]  # fmt: skip


@every_file
def test_documents_cited_in_the_body(file: str) -> None:
    """The plan's own number in the appendix captions is none of them."""
    assert [(one.number, one.cited_in) for one in plan_of(file).citations] == CITED


SLIPS = [
    "doanh nhgiệp",  # line 46
    "cải cách cách TTHC",  # line 60
    "Văn phòng, UBND phường",  # line 300
    "107/2022/NĐ-CP",  # really 107/2021
]


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX])
@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_the_original_are_kept(file: str, slip: str) -> None:
    plan = plan_of(file)
    assert slip in plan.model_dump_json()


# ── appendices ────────────────────────────────────────────────────────────


@every_file
def test_appendix_titles(file: str) -> None:
    """Over three lines, the first glued to the recipients, one beginning with `~`; the second appendix's
    caption stands partly before its title.
    """
    titles = {one.id: one.title or "" for one in plan_of(file).appendices}
    assert list(titles) == ["PL1", "PL2"]
    assert alike(titles["PL1"], "CHỈ TIÊU CỤ THỂ CÁC NHIỆM VỤ TRỌNG TÂM CÔNG TÁC CẢI CÁCH TTHC NĂM 2024") > 85
    assert alike(titles["PL2"], "CÁC NHIỆM VỤ CÔNG TÁC CẢI CÁCH TTHC TRỌNG TÂM 2024") > 80


@every_file
def test_the_caption_without_number_and_day_is_reported(file: str) -> None:
    assert findings(file, "lost-caption") == ["appendices/PL2/title"]


@with_tables
def test_indicators_of_the_first_appendix(file: str) -> None:
    indicators = plan_of(file).indicators
    assert [one.id for one in indicators] == [f"PL1.{number}" for number in range(1, 15)]
    group = "Nâng cao chất lượng phục vụ người dân, doanh nghiệp trong thực hiện TTHC, dịch vụ công"
    assert all(alike(one.group or "", group) > 95 for one in indicators)
    fifth = indicators[4]
    assert unit_names(file, fifth.lead) == ["Tư pháp phường"]  # the others have the departments
    assert fifth.support == ()


TARGETS = [
    ("PL1.1", ">=", 60), ("PL1.2", "=", 100), ("PL1.10", ">=", 90), ("PL1.12", "=", 100), ("PL1.14", ">=", 1),
]  # fmt: skip


@with_tables
@pytest.mark.parametrize(("indicator_id", "operator", "value"), TARGETS)
def test_target(file: str, indicator_id: str, operator: str, value: float) -> None:
    """`Phấn đấu đạt tối thiểu` with its figure on the next line; row 12 names two, its cell only one."""
    target = next(one.target for one in plan_of(file).indicators if one.id == indicator_id)
    assert target is not None
    assert (target.operator, target.value) == (operator, value)


@with_tables
def test_a_row_of_the_second_appendix_is_a_task_of_its_own(file: str) -> None:
    """It repeats what section III says and is not merged with it; its group has number I."""
    ids = [one.id for one in plan_of(file).tasks]
    assert ids[-1] == "PL2.I.1"
    deadline = task(file, "PL2.I.1").deadline
    assert deadline is not None
    assert deadline.kind == "continuous"


def test_unreadable_cells_are_flagged_and_not_invented() -> None:
    """Of the interleaved cells of the old OCR nothing is sure; a doubtful reading must say so."""
    plan = plan_of(RAW)
    for one in plan.indicators:
        places = plan.evidence.get(f"indicators/{one.id}/name", ())
        assert one.name is None or places
    assert {"poor-reading"} <= {one.code for one in plan.findings}
    named = {one.at for one in plan.findings if one.code == "low-confidence"}
    assert {f"indicators/PL1.{row}/name" for row in (4, 7, 8)} <= named


def test_order_of_ids_is_that_of_the_document() -> None:
    ids = [row[0] for row in FIELDS]
    lines = [lines_of(plan_of(RAW), f"tasks/{one}/title")[0] for one in ids]
    assert all(before < after for before, after in pairwise(lines))
