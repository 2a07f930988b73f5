"""The run itself: what is done, passed over, repeated. The work is a function of the test, in no process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import ArchiveOptions
from pipeline.archive.ledger import Ledger
from pipeline.archive.place import locked, new_scratch
from pipeline.errors import ArchiveBusy, CannotWrite, OtherArchive
from pipeline.settings import Settings
from tests.archive_stand_ins import convert, put, results


def test_the_tree_is_mirrored_in_path_order(there: Path, out: Path) -> None:
    put(there, b_txt="one", a__x_txt="two", a__b__y_txt="three")
    tally, worked, _ = convert(there, out)
    assert worked == ["y.txt", "x.txt", "b.txt"]
    assert results(out) == {"a/b/y.yaml": "three 0", "a/x.yaml": "two 0", "b.yaml": "one 0"}
    assert (tally.found, tally.converted, tally.left) == (3, 3, 0)


def test_what_is_done_is_not_done_again(there: Path, out: Path) -> None:
    put(there, a_txt="one", b_txt="two")
    convert(there, out)
    tally, worked, _ = convert(there, out)
    assert (worked, tally.unchanged, tally.skipped) == ([], 2, 2)


def test_what_has_changed_is_done_again(there: Path, out: Path) -> None:
    put(there, a_txt="one", b_txt="two")
    convert(there, out)
    put(there, b_txt="other")
    assert convert(there, out)[1] == ["b.txt"]
    assert results(out)["b.yaml"] == "other 0"


def test_a_lost_result_is_made_again(there: Path, out: Path) -> None:
    put(there, a_txt="one")
    convert(there, out)
    (out / "a.yaml").unlink()
    assert convert(there, out)[1] == ["a.txt"]


def test_a_result_that_a_person_corrected_stays(there: Path, out: Path) -> None:
    put(there, a_txt="one")
    convert(there, out)
    (out / "a.yaml").write_text("corrected", encoding="utf-8")
    convert(there, out)
    assert results(out) == {"a.yaml": "corrected"}


def test_other_settings_do_all_again_but_other_limits_do_not(there: Path, out: Path) -> None:
    put(there, a_txt="one")
    convert(there, out)
    assert convert(there, out, ArchiveOptions(Settings(max_pages=7)))[1] == []
    assert convert(there, out, ArchiveOptions(Settings(dpi=300)))[1] == ["a.txt"]


def test_failures_are_repeated_only_when_asked(there: Path, out: Path) -> None:
    put(there, a_txt="fail", b_txt="two")
    assert convert(there, out)[0].failed == 1
    tally, worked, _ = convert(there, out)
    assert (worked, tally.failed, tally.unchanged) == ([], 1, 1)
    assert convert(there, out, ArchiveOptions(retry_failed=True))[1] == ["a.txt"]
    # A failed file that was replaced by a better scan is another document.
    put(there, a_txt="good")
    assert convert(there, out)[1] == ["a.txt"]
    assert results(out) == {"a.yaml": "good 0", "b.yaml": "two 0"}


def test_a_document_that_turns_bad_loses_its_old_result(there: Path, out: Path) -> None:
    put(there, a_txt="one")
    convert(there, out)
    put(there, a_txt="fail")
    convert(there, out)
    assert results(out) == {}


def test_a_duplicate_points_to_the_first_by_path(there: Path, out: Path) -> None:
    put(there, b_txt="same", a_txt="same", c__d_txt="same")
    tally, worked, events = convert(there, out)
    assert (worked, tally.duplicates) == (["a.txt"], 2)
    assert [e.reason for e in events if e.state == "duplicate"] == ["the same content as a.txt"] * 2
    assert results(out) == {"a.yaml": "same 0"}


def test_empty_files_are_failures_not_duplicates(there: Path, out: Path) -> None:
    put(there, a_txt="", b_txt="")
    assert len(convert(there, out)[1]) == 2


def test_a_later_copy_earlier_in_order_points_to_the_one_that_is_done(there: Path, out: Path) -> None:
    put(there, b_txt="same")
    convert(there, out)
    put(there, a_txt="same")
    assert convert(there, out)[0].duplicates == 1
    assert results(out) == {"b.yaml": "same 0"}


def test_when_the_original_goes_its_copy_is_converted(there: Path, out: Path) -> None:
    put(there, a_txt="same", b_txt="same")
    convert(there, out)
    (there / "a.txt").unlink()
    assert convert(there, out)[1] == ["b.txt"]


def test_a_copy_whose_original_is_changed_in_the_same_run(there: Path, out: Path) -> None:
    put(there, a_txt="same", z_txt="same")
    convert(there, out)
    put(there, a_txt="new")
    _, worked, _ = convert(there, out)
    assert worked == ["a.txt", "z.txt"]
    assert results(out) == {"a.yaml": "new 0", "z.yaml": "same 0"}
    # z is done now; a new first copy of it must not be taken for one of a file that changes too.
    put(there, b_txt="same", z_txt="other")
    assert convert(there, out)[1] == ["b.txt", "z.txt"]


def test_settings_that_change_turn_no_duplicate_into_a_second_plan(there: Path, out: Path) -> None:
    put(there, b_txt="same")
    convert(there, out)
    put(there, a_txt="same")
    convert(there, out, ArchiveOptions(Settings(dpi=300)))
    assert results(out) == {"a.yaml": "same 0"}


def test_a_stopped_run_goes_on(there: Path, out: Path) -> None:
    put(there, **{f"{name}_txt": name for name in "abcdefgh"})
    first, worked, _ = convert(there, out, stop_after=3)
    assert first.left == 8 - len(worked) > 0
    again, rest, _ = convert(there, out)
    assert sorted(worked + rest) == [f"{name}.txt" for name in "abcdefgh"]
    assert again.found == again.converted + again.skipped + again.failed


def test_split_documents(there: Path, out: Path) -> None:
    put(there, plan_txt="split 3", **{"plan-2_txt": "own"})
    convert(there, out)
    assert sorted(results(out)) == ["plan-2.yaml", "plan-3.yaml", "plan.txt-2.yaml", "plan.yaml"]
    put(there, plan_txt="split 1")
    convert(there, out)
    assert sorted(results(out)) == ["plan-2.yaml", "plan.yaml"]


def test_a_file_over_the_limit_is_not_even_read(there: Path, out: Path) -> None:
    put(there, a_txt="one two three")
    _, worked, events = convert(there, out, ArchiveOptions(Settings(max_file_bytes=5)))
    assert (worked, events[0].outcome and events[0].outcome.code) == ([], "TooLarge")
    assert convert(there, out)[1] == ["a.txt"]


def test_a_full_disk_ends_the_run(there: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(there, a_txt="one", b_txt="two")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.archive.place.os.fsync", full)
    with pytest.raises(CannotWrite):
        convert(there, out)
    monkeypatch.undo()
    assert convert(there, out)[0].converted == 2


def test_what_a_killed_run_left_half_written_goes(there: Path, out: Path) -> None:
    put(there, a_txt="one")
    (out / ".kehoach-parts").mkdir(parents=True)
    (out / ".kehoach-parts" / "abc").write_text("half", encoding="utf-8")
    convert(there, out)
    assert list(results(out)) == ["a.yaml"]


def test_the_lock(out: Path) -> None:
    with locked(out), pytest.raises(ArchiveBusy), locked(out):
        pass
    with locked(out):
        pass


def test_scratch_of_others_is_never_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    mine, other = new_scratch(None), tmp_path / "other"
    other.mkdir()
    for before in (str(mine), str(other), str(tmp_path / "x" / mine.name), "/"):
        new_scratch(before)
    assert not mine.exists() and other.exists()


def test_a_ledger_of_other_folders_or_versions(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.set_note("form", "99")
    ledger.close()
    with pytest.raises(OtherArchive):
        Ledger(tmp_path)


def test_a_ledger_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(CannotWrite):
        Ledger(tmp_path)
