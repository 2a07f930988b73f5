"""The run itself: what is done, passed over, repeated. The work is a function of this file, in no process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import Archive, ArchiveOptions, Job, Outcome, Tally
from pipeline.archive.dispatch import safe_name
from pipeline.archive.executors import Workplace
from pipeline.archive.job import Counts
from pipeline.archive.ledger import Ledger, place_key, shortened
from pipeline.archive.place import NoPlace, ResultWriter, locked, new_scratch
from pipeline.archive.queue import _outcome_of
from pipeline.archive.scan import Roots, scan
from pipeline.archive.showing import JsonLines, MinuteLines, one_line
from pipeline.archive.stop import Stop
from pipeline.archive.tally import Event
from pipeline.errors import ArchiveBusy, CannotWrite, MissingFile, NoCluster, OtherArchive
from pipeline.settings import Settings
from tests.archive_stand_ins import AtOnce, Silent, Work, results


def convert(
    folders: Path | Sequence[Path], out: Path, options: ArchiveOptions | None = None, stop_after: int = 0
) -> tuple[Tally, list[str], list[Event]]:
    """One run; what it counted, the names of the files it worked on, what it told."""
    options = options or ArchiveOptions()
    work, listener, stop = Work(), Silent(), Stop()

    def counted(job: Job) -> Outcome:
        outcome = work(job)
        if len(work.done) == stop_after:
            stop.set()
        return outcome

    roots = Roots.of([folders] if isinstance(folders, Path) else folders)
    out.mkdir(exist_ok=True)
    ledger, writer = Ledger(out), ResultWriter(out)
    archive = Archive(roots, ledger, writer, options, listener)
    for found in scan(roots, out, options.suffix):
        archive.enter(found)
    archive.convert(Workplace(AtOnce(), counted, send_files=False, window=lambda: 3), stop)
    writer.close()
    ledger.close()
    return archive.tally, work.done, listener.events


def states(out: Path) -> dict[str, str]:
    ledger = Ledger(out)
    rows = {row["path"]: row["state"] for row in ledger.every(ledger.last_run)}
    ledger.close()
    return rows


def put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.fixture
def there(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


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


def test_places_are_kept_when_a_namesake_comes(there: Path, out: Path) -> None:
    put(there, plan_txt="one")
    convert(there, out)
    put(there, plan_text="two")
    assert convert(there, out)[1] == ["plan.text"]
    assert results(out) == {"plan.yaml": "one 0", "plan.text.yaml": "two 0"}


def test_namesakes_keep_their_suffix(there: Path, out: Path) -> None:
    put(there, plan_txt="one", plan_text="two", x_txt="three")
    convert(there, out)
    assert sorted(results(out)) == ["plan.text.yaml", "plan.txt.yaml", "x.yaml"]


def test_a_folder_called_like_a_result(there: Path, out: Path) -> None:
    put(there, plan_txt="one")
    (there / "plan.yaml").mkdir()
    put(there / "plan.yaml", a_txt="two")
    assert convert(there, out)[0].converted == 2
    assert sorted(results(out)) == ["plan.txt.yaml", "plan.yaml/a.yaml"]


def test_a_folder_that_comes_later_in_the_place_of_a_result(there: Path, out: Path) -> None:
    put(there, plan_txt="one")
    convert(there, out)
    (there / "plan.yaml").mkdir()
    put(there / "plan.yaml", a_txt="two")
    put(there, z_txt="three")
    tally, _, events = convert(there, out)
    assert (tally.failed, tally.converted) == (1, 1)
    assert "Cannot write" in next(event.reason for event in events if event.state == "failed")


def test_split_documents(there: Path, out: Path) -> None:
    put(there, plan_txt="split 3", **{"plan-2_txt": "own"})
    convert(there, out)
    assert sorted(results(out)) == ["plan-2.yaml", "plan-3.yaml", "plan.txt-2.yaml", "plan.yaml"]
    put(there, plan_txt="split 1")
    convert(there, out)
    assert sorted(results(out)) == ["plan-2.yaml", "plan.yaml"]


def test_nothing_but_documents_is_taken(there: Path, out: Path, tmp_path: Path) -> None:
    put(there, plan_txt="one", a_log="log", Thumbs_db="x", b_part="x")
    put(there, **{"~$plan_docx": "x", ".hidden_txt": "x"})
    (tmp_path / "outside").mkdir()
    put(tmp_path / "outside", secret_txt="secret")
    if sys.platform != "win32":
        (there / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
        (there / "folder").symlink_to(tmp_path / "outside")
        os.mkfifo(there / "pipe.txt")
    tally, worked, events = convert(there, out)
    assert worked == ["plan.txt"]
    assert tally.found == len(list(there.iterdir())) == tally.converted + tally.passed_over
    assert all(event.reason for event in events if event.state == "skipped")


def test_the_output_may_lie_below_the_input(there: Path) -> None:
    put(there, a_txt="one")
    out = there / "out"
    convert(there, out)
    (out / "note.txt").write_text("of a person", encoding="utf-8")
    tally, worked, _ = convert(there, out)
    assert (worked, tally.found) == ([], 1)


def test_several_folders_keep_their_names(tmp_path: Path, out: Path) -> None:
    put(tmp_path / "x" / "a", plan_txt="one")
    put(tmp_path / "x" / "b", plan_txt="two")
    convert([tmp_path / "x" / "a", tmp_path / "x" / "b"], out)
    assert sorted(results(out)) == ["a/plan.yaml", "b/plan.yaml"]


def test_folders_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        Roots.of([tmp_path / "nowhere"])
    (tmp_path / "a" / "b").mkdir(parents=True)
    # One inside the other is the same files twice: the outer one holds them all.
    assert Roots.of([tmp_path / "a" / "b", tmp_path / "a"]).folders == (tmp_path / "a",)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_names_that_are_no_utf8(there: Path, out: Path) -> None:
    Path(os.fsdecode(os.fsencode(there) + b"/k\xff.txt")).write_text("one", encoding="utf-8")
    tally, worked, events = convert(there, out)
    assert (worked, tally.passed_over) == ([], 1)
    assert "UTF-8" in events[0].reason


def test_composed_and_decomposed_names_are_two_files(there: Path, out: Path) -> None:
    (there / "k\u1ebf.txt").write_text("one", encoding="utf-8")
    (there / "ke\u0302\u0301.txt").write_text("two", encoding="utf-8")
    count = len(list(there.iterdir()))  # one file where the system composes names
    convert(there, out)
    assert len(results(out)) == count


def test_a_file_over_the_limit_is_not_even_read(there: Path, out: Path) -> None:
    put(there, a_txt="one two three")
    _, worked, events = convert(there, out, ArchiveOptions(Settings(max_file_bytes=5)))
    assert (worked, events[0].outcome and events[0].outcome.code) == ([], "TooLarge")
    assert convert(there, out)[1] == ["a.txt"]


def test_results_never_leave_the_output(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    writer = ResultWriter(tmp_path / "out")
    for place in ("../a.yaml", "a/../../b.yaml"):
        with pytest.raises(NoPlace):
            writer.write(place, "x")
    if sys.platform != "win32":
        (tmp_path / "out" / "link").symlink_to(tmp_path / "elsewhere")
        for place in ("link/a.yaml", "link/b/c.yaml"):
            with pytest.raises(NoPlace):
                writer.write(place, "x")
    assert list((tmp_path / "elsewhere").iterdir()) == []


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


LONG = "ế" * 100
SHORT_NAMES = [
    ("a/b.yaml", "a/b.yaml"),
    ("x" * 235 + ".yaml", "x" * 235 + ".yaml"),
]


@pytest.mark.parametrize(("place", "kept"), SHORT_NAMES)
def test_places_that_are_short_enough(place: str, kept: str) -> None:
    assert shortened(place) == kept


def test_long_places_are_cut_between_letters_and_stay_different() -> None:
    one, two = shortened(f"a/{LONG}1.yaml"), shortened(f"a/{LONG}2.yaml")
    assert one != two
    assert all(len(place.encode()) < 250 and place.endswith(".yaml") for place in (one, two))


def test_places_that_some_systems_take_for_one() -> None:
    assert place_key("Kế/A.yaml") == place_key("ke\u0302\u0301/a.YAML")
    assert place_key("a.yaml") != place_key("b.yaml")


SENT = [
    ("/srv/scans/kế hoạch.pdf", "kế hoạch.pdf"),
    ("..", "document"),
    ("/a/..\\..\\x.pdf", ".._.._x.pdf"),
    ("C:evil.pdf", "C_evil.pdf"),
    ("x\n\0y.pdf", "x__y.pdf"),
    ("/a/" + "b" * 300 + ".pdf", "b" * 116 + ".pdf"),
]


@pytest.mark.parametrize(("path", "name"), SENT)
def test_names_of_files_that_are_sent(path: str, name: str) -> None:
    assert safe_name(path).strip("_.") == name.strip("_.")
    assert not set("/\\:\0") & set(safe_name(path))


def test_an_outcome_survives_the_pipe() -> None:
    outcome = Outcome(
        "done",
        ("ế\n",),
        counts=Counts(pages=3, errors=1),
        digest=({"number": "1/KH"},),
        engine="t",
        seconds=1.5,
    )
    assert Outcome.from_json(outcome.to_json()) == outcome
    assert "\n" not in outcome.to_json()


def test_what_a_cluster_says() -> None:
    class KilledWorker(Exception):
        """Named as Dask's."""

    lost: Future[Outcome] = Future()
    lost.set_exception(KilledWorker())
    assert _outcome_of(lost).code == "WorkerLost"
    gone: Future[Outcome] = Future()
    gone.cancel()
    with pytest.raises(NoCluster):
        _outcome_of(gone)


def test_lines_for_a_log_and_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally(found=4, converted=2, failed=1, pages=9)
    event = Event("a\x1b[2J\n.pdf", "failed", "why")
    for listener in (MinuteLines(sys.stdout, every=0.0), JsonLines(sys.stdout, every=0.0)):
        listener.begin(replace(tally, converted=0, failed=0))
        listener.settled(event, tally)
        listener.tick(tally)
        listener.end(tally)
    said = capsys.readouterr().out.splitlines()
    assert "2 converted, 0 skipped, 1 failed; 9 pages" in said[3]
    events = [json.loads(line) for line in said if line.startswith("{")]
    assert [event["event"] for event in events] == ["begin", "document", "progress", "end"]
    assert events[1]["path"] == "a\x1b[2J\n.pdf" and "\x1b" not in "".join(said)
    assert events[3]["left"] == 1


def test_names_cannot_move_the_cursor() -> None:
    assert one_line("a\x1b[2J\nb\u202ec") == "a\ufffd[2J\ufffdb\ufffdc"
