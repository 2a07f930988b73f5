"""Corrections are kept beside their plan, by whatever way the plan is written again."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.cli import main as kehoach
from pipeline.corrections import (
    Kept,
    apply,
    corrected,
    corrections_path,
    digest,
    kept_value,
    load_kept,
    reconciled,
    save,
    undone,
    with_corrections,
)
from pipeline.errors import DamagedCorrections
from pipeline.export import export
from pipeline.plan_files import files_in
from schemas import Plan, dump_plan, load_plan, plan_content
from tests.corrected_plans import DEADLINE, LEAD, PRINTED, chain, changed, said, task, two_tasks


@pytest.fixture
def plan() -> Plan:
    return two_tasks()


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


def cells_of(workbook: bytes) -> bytes:
    """What its cells hold, one a line."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row).encode()


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md"])
def test_every_export_has_them(plan: Plan, form: Any) -> None:
    after = corrected(plan, said(plan, LEAD, "Phòng Tư pháp"))
    after = corrected(after, said(after, DEADLINE, "trước ngày 15/12/2024"))
    made = export([after], form)
    content = b"".join(one for _, one in made) if isinstance(made, tuple) else made
    if form == "xlsx":
        content = cells_of(content)
    assert "Phòng Tư pháp".encode() in content
    assert b"2024-12-15" in content or b"20241215" in content or b"15/12/2024" in content
