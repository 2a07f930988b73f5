"""What a person set right: into the plan, out again, and into a plan that is converted anew."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main as kehoach
from pipeline.corrections import (
    CannotCorrect,
    Correction,
    Kept,
    Pointed,
    apply,
    corrected,
    corrections_path,
    digest,
    kept_value,
    load_kept,
    reconciled,
    save,
    understood,
    undone,
    well_formed,
    with_corrections,
)
from pipeline.corrections.rhythms import is_sound
from pipeline.errors import DamagedCorrections
from pipeline.export import export
from pipeline.export.doubts import Checked
from pipeline.export.occurrences import Days
from pipeline.plan_files import files_in
from schemas import Plan, dump_plan, load_plan, plan_content

WHEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
LEAD, DEADLINE, TITLE = "tasks/III.1/lead", "tasks/III.1/deadline", "tasks/III.1/title"


def place(confidence: float = 0.95, page: int = 1) -> dict[str, Any]:
    return {"page": page, "box": [1, 2, 3, 4], "text": "chữ in", "confidence": confidence, "origin": "ocr"}


def warning(code: str, at: str) -> dict[str, str]:
    return {"severity": "warning", "code": code, "at": at, "message": "Cần xem lại."}


def deadline(text: str = "Quý II", **known: str) -> dict[str, Any]:
    blank = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    return {"text": text, "kind": "unclear", **blank, **known}


@pytest.fixture
def plan(make_plan: Callable[..., Plan]) -> Plan:
    """Two tasks, of which the first has its lead and its deadline wrong."""
    task = {
        "id": "III.1", "title": "Rà soát", "section": [], "lead": ["van-phong"], "support": ["phong-a"],
        "deadline": deadline(), "products": [], "details": [],
    }  # fmt: skip
    return make_plan(
        units=[
            {"id": "van-phong", "name": "Văn phồng", "written": ["Văn phồng"]},
            {"id": "phong-a", "name": "Phòng A", "written": ["Phòng A", "P. A"]},
        ],
        tasks=[task, {**task, "id": "III.2", "lead": ["phong-a"], "support": [], "deadline": None}],
        findings=[warning("deadline-unclear", DEADLINE), warning("missing-product", "tasks/III.2/products")],
        evidence={
            "units/van-phong/name": [place(0.5)], "units/phong-a/name": [place()],
            LEAD: [place(0.5), place(0.9)], DEADLINE: [place()], TITLE: [place(page=1)],
        },
    )  # fmt: skip


def said(plan: Plan, key: str, text: str | None = None, **more: Any) -> Correction:
    """A correction by typed text; without any, the value was accepted."""
    old = kept_value(plan, key)
    new = old if text is None else understood(plan, key, text)
    sha256 = plan.source.sha256
    return Correction(
        key=key, content_sha256=sha256, old=old, new=new, when=WHEN, accepted=text is None, **more
    )


def task(plan: Plan, number: int = 0) -> Any:
    return plan.tasks[number]


def names(plan: Plan) -> list[str]:
    return [unit.name for unit in plan.units]


# ── into the plan ─────────────────────────────────────────────────────────


def test_a_new_unit_is_added_and_one_that_nothing_names_goes(plan: Plan) -> None:
    after = corrected(plan, said(plan, LEAD, "Văn phòng"))
    assert task(after).lead == ("van-phong~2",)  # the misread one still had the id
    assert names(after) == ["Phòng A", "Văn phòng"]
    assert "units/van-phong/name" not in after.evidence
    assert after.evidence["units/van-phong~2/name"][0].origin == "person"
    Plan.model_validate(plan_content(after))  # the contract holds: all units are there


def test_a_known_unit_is_used_however_it_is_written(plan: Plan) -> None:
    after = corrected(plan, said(plan, LEAD, "p. a; PHÒNG A"))
    assert task(after).lead == ("phong-a",)


def test_evidence_is_as_sure_as_can_be_and_keeps_its_place(plan: Plan) -> None:
    places = corrected(plan, said(plan, LEAD, "Phòng A")).evidence[LEAD]
    assert [(one.origin, one.confidence, one.box, one.text) for one in places] == [
        ("person", 1.0, (1, 2, 3, 4), "chữ in")
    ] * 2


def test_a_field_that_was_empty_gets_evidence_on_the_page_of_its_item(plan: Plan) -> None:
    after = corrected(plan, said(plan, "tasks/III.1/products", "Báo cáo\nTờ trình"))
    (place_of_it,) = after.evidence["tasks/III.1/products"]
    assert (place_of_it.page, place_of_it.box, place_of_it.text) == (1, None, "Báo cáo; Tờ trình")


def test_a_place_that_was_pointed_at_counts(plan: Plan) -> None:
    pointed = Pointed(page=1, box=(10, 10, 50, 20))
    after = corrected(plan, said(plan, LEAD, "Phòng A", place=pointed))
    assert [one.box for one in after.evidence[LEAD]] == [(10, 10, 50, 20)]


def test_a_deadline_is_understood_and_its_finding_settled(plan: Plan) -> None:
    after = corrected(plan, said(plan, DEADLINE, "trước ngày 15/12/2024"))
    assert (task(after).deadline.kind, task(after).deadline.due) == ("date", "2024-12-15")
    assert [one.code for one in after.findings] == ["missing-product"]  # another field's finding stays


def test_accepting_ends_the_doubt_and_changes_nothing(plan: Plan) -> None:
    assert Checked(plan).doubts(LEAD)
    after = corrected(plan, said(plan, LEAD))
    assert task(after) == task(plan)
    assert Checked(after).doubts(LEAD) == ()


def test_an_error_is_not_accepted_away(make_plan: Callable[..., Plan]) -> None:
    finding = {"severity": "error", "code": "secret-document", "at": "document/secrecy", "message": "Mật."}
    content = plan_content(make_plan(findings=[finding]))
    content["document"]["secrecy"] = "MẬT"
    plan = Plan.model_validate(content)
    assert corrected(plan, said(plan, "document/secrecy")).findings == plan.findings
    assert corrected(plan, said(plan, "document/secrecy", "")).findings == ()


def test_a_doubt_about_the_item_is_one_about_its_title(make_plan: Callable[..., Plan], plan: Plan) -> None:
    finding = {"severity": "warning", "code": "duplicate-id", "at": "tasks/III.1", "message": "Hai lần."}
    plan = Plan.model_validate({**plan_content(plan), "findings": [finding]})
    assert [bool(Checked(plan).doubts(key)) for key in (TITLE, DEADLINE)] == [True, False]
    accepted = corrected(plan, said(plan, TITLE))
    assert Checked(accepted).doubts(TITLE) == Checked(accepted).whole("tasks/III.1") == ()


UNDERSTOOD = [
    ("document/date", "08/3/2024", "2024-03-08"),
    ("document/date", "2024-03-08", "2024-03-08"),
    ("document/date", "Hà Nội, ngày 8 tháng 3 năm 2024", "2024-03-08"),
    ("document/date", "  ", None),
    ("document/title", " Cải  cách\nTTHC\t", "Cải cách TTHC"),
    ("document/title", "a\x00b\u0007", "a b"),
    ("document/title", "Ho\u0061\u0300", "Hoà"),  # composed
    ("document/recipients", "- UBND quận\n\n+ Lưu: VT", ["UBND quận", "Lưu: VT"]),
    (LEAD, "", []),
    (LEAD, "Văn phòng, UBND phường", ["Văn phòng, UBND phường"]),  # one office, as in a printed cell
    (LEAD, "Phòng A;Sở B", ["Phòng A", "Sở B"]),
    (LEAD, "Các Sở, ban\nPhòng A", ["Các Sở, ban", "Phòng A"]),
]


@pytest.mark.parametrize(("key", "text", "value"), UNDERSTOOD)
def test_understood(plan: Plan, key: str, text: str, value: Any) -> None:
    assert understood(plan, key, text) == value


REFUSED = [
    ("document/date", "hôm qua", "no-date"),
    ("document/date", "31/02/2024", "no-date"),
    ("document/date", "0000-00-00", "no-date"),
    ("document/title", "x" * 20_001, "too-long"),
    ("tasks/III.9/lead", "A", "no-field"),
    ("tasks/III.1/id", "A", "no-field"),
    ("evidence/x/y", "A", "no-field"),
    ("../../etc/passwd", "A", "no-field"),
]


@pytest.mark.parametrize(("key", "text", "why"), REFUSED)
def test_not_understood(plan: Plan, key: str, text: str, why: str) -> None:
    with pytest.raises(CannotCorrect) as refused:
        understood(plan, key, text)
    assert refused.value.why == why


MAY = {"text": "Tháng 5", "kind": "period", "start": "2024-05-01", "due": "2024-05-31"}
VALUES = [
    (DEADLINE, MAY, None),
    (DEADLINE, {**MAY, "start": "2024-06-01"}, "date-order"),
    (DEADLINE, {"text": "x", "kind": "someday"}, "bad-value"),
    (DEADLINE, {"kind": "date"}, "bad-value"),
    (DEADLINE, {"text": "x", "kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=99"}, "bad-rhythm"),
    (DEADLINE, "x", "bad-value"),
    (LEAD, ["phong-a", "Sở B"], None),
    (LEAD, "Sở B", "bad-value"),
    (LEAD, [1], "bad-value"),
    ("document/date", 5, "bad-value"),
    ("document/title", {"a": 1}, "bad-value"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "why"), VALUES)
def test_values(plan: Plan, key: str, value: Any, why: str | None) -> None:
    if why is None:
        kept = well_formed(plan, key, value)
        assert kept == (["Phòng A", "Sở B"] if key == LEAD else {**deadline("Tháng 5"), **value})
        return
    with pytest.raises(CannotCorrect) as refused:
        well_formed(plan, key, value)
    assert refused.value.why == why


RHYTHMS = [
    ("FREQ=MONTHLY;BYMONTHDAY=20", True),
    ("FREQ=MONTHLY;INTERVAL=3", True),
    ("FREQ=MONTHLY;BYMONTHDAY=31", True),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", True),
    ("FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20241231", True),
    ("FREQ=MONTHLY;BYDAY=-1FR", True),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", False),
    ("FREQ=MONTHLY;BYMONTHDAY=99", False),
    ("FREQ=DAILY;INTERVAL=0", False),
    ("FREQ=DAILY;INTERVAL=99999999999999", False),
    ("FREQ=HOURLY", False),
    ("FREQ=WEEKLY;BYMONTHDAY=1", False),
    ("FREQ=WEEKLY;BYDAY=2MO", False),
    ("FREQ=MONTHLY;UNTIL=20240231", False),
    ("FREQ=MONTHLY;FREQ=DAILY", False),
    ("INTERVAL=2", False),
    ("", False),
]


@pytest.mark.parametrize(("rule", "sound"), RHYTHMS)
def test_rhythms(rule: str, sound: bool) -> None:
    assert is_sound(rule) is sound
    if sound:  # the calendar finds a day for it, and soon
        assert next(Days(date(2024, 1, 1), None, rule).within(None, date(2033, 1, 1)), None)


def test_a_text_that_must_be_there_cannot_be_emptied(plan: Plan) -> None:
    with pytest.raises(CannotCorrect):
        corrected(plan, said(plan, "units/phong-a/name", ""))


# ── undone, repeated, no longer fitting ───────────────────────────────────


def chain(plan: Plan) -> tuple[Plan, tuple[Correction, ...]]:
    """Four corrections, each made on what the ones before it left."""
    entries: list[Correction] = []
    for key, text in ((LEAD, "Sở B"), (DEADLINE, "Tháng 5/2024"), (LEAD, "Phòng C; Sở B"), (TITLE, None)):
        entries.append(said(plan, key, text))
        plan = corrected(plan, entries[-1])
    return plan, tuple(entries)


def test_applied_anew_is_the_same(plan: Plan) -> None:
    after, entries = chain(plan)
    assert apply(plan, entries).plan == after
    assert apply(after, entries).plan == after  # and nothing happens twice
    assert apply(after, entries).unfit == ()


def test_undone_one_by_one_is_as_before(plan: Plan) -> None:
    _, entries = chain(plan)
    while entries:
        assert undone(plan, entries) == apply(plan, entries[:-1]).plan
        entries = entries[:-1]
    assert undone(plan, chain(plan)[1][:1]) == plan


def changed(plan: Plan, number: int, **values: Any) -> Plan:
    content = plan_content(plan)
    content["tasks"][number].update(values)
    return Plan.model_validate(content)


def test_one_that_no_longer_fits_is_reported_and_not_applied(plan: Plan) -> None:
    _, entries = chain(plan)
    now = changed(plan, 0, lead=["phong-a"])
    result = apply(now, entries)
    assert task(result.plan).lead == ("phong-a",)
    assert [(one.code, one.at) for one in result.plan.findings if one.code == "correction-unfit"] == [
        ("correction-unfit", LEAD)
    ]
    assert [one.key for one in result.unfit] == [LEAD]
    assert Checked(result.plan).doubts(LEAD)  # the page, the exports and the pictures show it
    # corrected again, it fits again
    again = (*entries, said(result.plan, LEAD, "Sở D"))
    assert apply(now, again).unfit == ()
    assert "correction-unfit" not in {one.code for one in corrected(result.plan, again[-1]).findings}


def test_a_deadline_of_the_same_words_still_fits(plan: Plan) -> None:
    entry = said(plan, DEADLINE, "Tháng 5/2024")
    now = changed(plan, 0, deadline=deadline(kind="period", start="2024-04-01", due="2024-06-30"))
    assert task(apply(now, [entry]).plan).deadline.text == "Tháng 5/2024"


def test_an_item_that_is_gone_and_another_file_are_reported(plan: Plan) -> None:
    entry = said(plan, LEAD, "Sở B")
    content = plan_content(plan)
    content["tasks"] = content["tasks"][1:]
    content["evidence"] = {}
    assert len(apply(Plan.model_validate(content), [entry]).unfit) == 1
    content = plan_content(plan)
    content["source"]["sha256"] = "1" * 64
    other = Plan.model_validate(content)
    assert task(apply(other, [entry]).plan) == task(other)
    assert len(apply(other, [entry]).unfit) == 1


# ── kept beside the plan ──────────────────────────────────────────────────


@pytest.fixture
def kept(plan: Plan, tmp_path: Path) -> Path:
    """A plan file with its corrections beside it."""
    file = tmp_path / "plan.yaml"
    after, entries = chain(plan)
    save(file, after, Kept(entries=entries, written="", read=plan_content(plan)))
    return file


def test_kept_and_read_again(kept: Path, plan: Plan) -> None:
    after, entries = chain(plan)
    read = load_kept(kept)
    assert read is not None
    assert (read.entries, read.plan_as_read(), load_plan(kept)) == (entries, plan, after)
    assert reconciled(load_plan(kept), digest(kept.read_text(encoding="utf-8")), read) == (after, read)
    data = json.loads(corrections_path(kept).read_text(encoding="utf-8"))
    assert set(data["entries"][0]) >= {"key", "content_sha256", "old", "new", "when", "accepted"}
    assert list(files_in(kept.parent)) == [kept]  # the corrections are no plan


def test_converted_anew_they_are_applied(kept: Path, plan: Plan) -> None:
    text = with_corrections(kept, dump_plan(plan))
    assert load_plan(text) == chain(plan)[0]
    read = load_kept(kept)
    assert read is not None
    assert read.written == digest(text)
    assert load_plan(with_corrections(kept, dump_plan(plan, "json"))) == load_plan(text)


def test_no_corrections_no_change(plan: Plan, tmp_path: Path) -> None:
    text = dump_plan(plan)
    assert with_corrections(tmp_path / "plan.yaml", text) is text
    assert list(tmp_path.iterdir()) == []


def test_unfit_ones_stay_in_the_file(kept: Path, plan: Plan) -> None:
    with_corrections(kept, dump_plan(changed(plan, 0, lead=["phong-a"])))
    read = load_kept(kept)
    assert read is not None
    assert len(read.entries) == 4
    assert load_plan(with_corrections(kept, dump_plan(plan))) == chain(plan)[0]  # and fit again


def test_a_plan_written_by_other_means_is_a_new_reading(kept: Path, plan: Plan) -> None:
    """Somebody changed the second title in an editor, with the corrections in the file."""
    edited = changed(chain(plan)[0], 1, title="Sửa tay")
    read = load_kept(kept)
    now, held = reconciled(edited, "f" * 64, read)
    assert now == edited
    back = undone(held.plan_as_read(), held.entries[:3])
    assert kept_value(back, LEAD) == ["Sở B"]  # still goes back to what it was before
    assert task(back, 1).title == "Sửa tay"
    assert {one.code for one in back.findings} == {"missing-product"}


def test_a_crash_between_the_two_files_loses_nothing(kept: Path, plan: Plan) -> None:
    _, entries = chain(plan)
    before = apply(plan, entries[:-1]).plan
    now, held = reconciled(before, digest(dump_plan(before)), load_kept(kept))
    assert now == chain(plan)[0]
    assert held.plan_as_read() == plan


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": "kehoach.corrections/9"}', b"\xff\xfe"])
def test_a_damaged_file_is_never_overwritten(kept: Path, plan: Plan, content: bytes) -> None:
    corrections_path(kept).write_bytes(content)
    with pytest.raises(DamagedCorrections):
        with_corrections(kept, dump_plan(plan))
    assert corrections_path(kept).read_bytes() == content


def test_the_last_one_undone_leaves_no_file(kept: Path, plan: Plan) -> None:
    save(kept, plan, Kept(entries=(), written="", read=plan_content(plan)))
    assert not corrections_path(kept).exists()
    assert load_plan(kept) == plan


# ── by every way a plan is written ────────────────────────────────────────

PRINTED = """\
ỦY BAN NHÂN DÂN PHƯỜNG BIÊN GIANG
Số: 12/KH-UBND
KẾ HOẠCH
Công tác năm 2024
I. NHIỆM VỤ
1. Rà soát văn bản
- Đơn vị thực hiện: Văn phòng.
- Thời hạn: Quý II/2024.
"""


def correct_on_disk(file: Path) -> None:
    plan = load_plan(file)
    entry = said(plan, f"tasks/{task(plan).id}/lead", "Phòng Tư pháp")
    save(file, corrected(plan, entry), Kept(entries=(entry,), written="", read=plan_content(plan)))


def leads(file: Path) -> list[str]:
    plan = load_plan(file)
    known = {unit.id: unit.name for unit in plan.units}
    return [known[unit] for unit in task(plan).lead]


def test_convert_keeps_corrections(in_folder: Path) -> None:
    Path("plan.txt").write_text(PRINTED, encoding="utf-8")
    command = ["convert", "plan.txt", "-o", "out", "--quiet"]
    assert kehoach(command) == 0
    file = Path("out/plan.yaml")
    assert leads(file) == ["Văn phòng"]
    correct_on_disk(file)
    after = file.read_bytes()
    assert kehoach(command) == 0
    assert leads(file) == ["Phòng Tư pháp"]
    assert file.read_bytes() == after
    # another document under the same name: reported, kept
    Path("plan.txt").write_text(PRINTED.replace("Văn phòng", "Phòng Kế toán"), encoding="utf-8")
    assert kehoach(command) == 0
    assert leads(file) == ["Phòng Kế toán"]
    assert "correction-unfit" in {one.code for one in load_plan(file).findings}
    assert corrections_path(file).exists()


def test_archive_keeps_corrections(in_folder: Path) -> None:
    Path("in").mkdir()
    Path("in/plan.txt").write_text(PRINTED, encoding="utf-8")
    command = ["archive", "in", "-o", "out", "--workers", "1", "--quiet"]
    assert kehoach(command) == 0
    file = Path("out/plan.yaml")
    correct_on_disk(file)
    file.unlink()  # so that it is converted anew
    assert kehoach(command) == 0
    assert leads(file) == ["Phòng Tư pháp"]
    file.unlink()
    corrections_path(file).write_text("x", encoding="utf-8")
    assert kehoach(command) == 1  # this document failed, with its reason in the ledger
    assert not file.exists()
    assert corrections_path(file).read_text(encoding="utf-8") == "x"


def test_convert_stops_at_damaged_corrections(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("plan.txt").write_text(PRINTED, encoding="utf-8")
    Path("out").mkdir()
    Path("out/plan.corrections.json").write_text("x", encoding="utf-8")
    assert kehoach(["convert", "plan.txt", "-o", "out", "--quiet"]) == DamagedCorrections.exit_code
    assert not Path("out/plan.yaml").exists()
    assert "corrections" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md"])
def test_every_export_has_them(plan: Plan, form: Any) -> None:
    after = corrected(plan, said(plan, LEAD, "Phòng Tư pháp"))
    after = corrected(after, said(after, DEADLINE, "trước ngày 15/12/2024"))
    made = export([after], form)
    content = b"".join(one for _, one in made) if isinstance(made, tuple) else made
    if form == "xlsx":
        return  # read cell by cell in test_web_api
    assert "Phòng Tư pháp".encode() in content
    assert b"2024-12-15" in content or b"20241215" in content or b"15/12/2024" in content
