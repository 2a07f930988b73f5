"""Which files of an archive are taken, and where their results lie: names, folders, suffixes, lengths."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.archive.dispatch import safe_name
from pipeline.archive.ledger import place_key, shortened
from pipeline.archive.place import NoPlace, ResultWriter
from pipeline.archive.scan import Roots
from pipeline.errors import MissingFile
from tests.archive_stand_ins import convert, put, results


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
