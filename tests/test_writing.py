"""Names of outputs and writing in one step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import CannotWrite
from pipeline.writing import OutputNames, check_folder, name_outputs, part_output, write_file, write_folder

NAMES = [
    # one input: its stem
    (["plan.pdf"], ["plan.yaml"]),
    # different stems need nothing more
    (["a/one.pdf", "b/two.pdf"], ["one.yaml", "two.yaml"]),
    # equal stems keep their suffix, in one folder and in two
    (["plan.pdf", "plan.docx", "other.png"], ["plan.pdf.yaml", "plan.docx.yaml", "other.yaml"]),
    (["a/plan.pdf", "b/plan.docx"], ["plan.pdf.yaml", "plan.docx.yaml"]),
    # equal names mirror the folders below the common one
    (["x/a/plan.pdf", "x/b/plan.pdf"], ["a/plan.yaml", "b/plan.yaml"]),
    (["x/plan.pdf", "x/b/c/plan.pdf"], ["plan.yaml", "b/c/plan.yaml"]),
    # only the equal ones are mirrored
    (["x/a/plan.pdf", "x/b/plan.pdf", "y/note.txt"], ["a/plan.yaml", "b/plan.yaml", "note.yaml"]),
    # both at once
    (["a/plan.pdf", "b/plan.pdf", "a/plan.docx"], ["a/plan.pdf.yaml", "b/plan.pdf.yaml", "plan.docx.yaml"]),
    # capitals do not tell names apart (Windows), nor do decomposed letters (macOS)
    (["Plan.pdf", "plan.docx"], ["Plan.pdf.yaml", "plan.docx.yaml"]),
    (["a/PLAN.pdf", "b/plan.pdf"], ["a/PLAN.yaml", "b/plan.yaml"]),
    (["k\u1ebf.pdf", "ke\u0302\u0301.png"], ["k\u1ebf.pdf.yaml", "ke\u0302\u0301.png.yaml"]),
    # on a case-sensitive disk two files of one folder can differ by capitals alone
    (["Plan.pdf", "plan.pdf"], ["Plan.yaml", "plan.pdf.yaml"]),
    # a name that another input's kept suffix would hit
    (["plan.pdf.png", "plan.pdf", "plan.docx"], ["plan.pdf.yaml", "plan.pdf~2.yaml", "plan.docx.yaml"]),
    # no suffix, a leading dot, several dots
    (["plan"], ["plan.yaml"]),
    ([".plan"], [".plan.yaml"]),
    (["plan.scan.pdf", "plan.pdf"], ["plan.scan.yaml", "plan.yaml"]),
]


@pytest.mark.parametrize(("inputs", "outputs"), NAMES)
def test_names(inputs: list[str], outputs: list[str], tmp_path: Path) -> None:
    given = [tmp_path / "in" / name for name in inputs]
    found = name_outputs(given, tmp_path / "out", ".yaml")
    assert [path.relative_to(tmp_path / "out").as_posix() for path in found] == outputs


def test_json_suffix() -> None:
    assert name_outputs([Path("plan.pdf")], Path("out"), ".json") == (Path("out/plan.json"),)


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "plan.yaml"  # plain text that happens to be called so
    assert name_outputs([source], tmp_path, ".yaml") == (tmp_path / "plan.yaml.yaml",)


def test_a_file_is_never_put_where_a_folder_must_be(tmp_path: Path) -> None:
    inputs = [tmp_path / name for name in ("one.pdf", "one.yaml/p.pdf", "b/p.pdf")]
    first, second, third = name_outputs(inputs, tmp_path / "out", ".yaml")
    assert first not in second.parents
    assert len({first, second, third}) == 3


def test_many_inputs_are_all_different(tmp_path: Path) -> None:
    inputs = [tmp_path / f"{i % 7}" / f"p{i % 5}.{'pdf' if i % 3 else 'PDF'}" for i in range(210)]
    inputs = list(dict.fromkeys(inputs))
    outputs = name_outputs(inputs, tmp_path / "out", ".yaml")
    assert len({str(path).casefold() for path in outputs}) == len(inputs)


def test_parts_do_not_take_another_inputs_name() -> None:
    inputs = [Path("plan.pdf"), Path("plan-2.pdf")]
    outputs = name_outputs(inputs, Path("out"), ".yaml")
    names = OutputNames([*inputs, *outputs])
    parts = [part_output(outputs[0], inputs[0], number, names) for number in (2, 3)]
    assert parts == [Path("out/plan.pdf-2.yaml"), Path("out/plan-3.yaml")]


def test_write_file_makes_folders_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "plan.yaml"
    write_file(target, "cũ\n")
    write_file(target, "mới\n")
    assert target.read_bytes() == "mới\n".encode()
    assert [path.name for path in target.parent.iterdir()] == ["plan.yaml"]


def test_write_file_failing_leaves_the_old_file_and_no_scratch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    write_file(target, "old")

    def disk_full(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", disk_full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_file(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_write_file_below_a_file_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite) as caught:
        write_file(tmp_path / "out" / "plan.yaml", "x")
    assert caught.value.advice
    assert caught.value.exit_code == 50


def test_check_folder(tmp_path: Path) -> None:
    check_folder(tmp_path / "not" / "yet" / "there")
    assert not (tmp_path / "not").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite, match="not a folder"):
        check_folder(tmp_path / "file" / "below")


def test_write_folder_replaces_its_own_files_only(tmp_path: Path) -> None:
    folder = tmp_path / "plan.overlay"
    write_folder(folder, [("page-001.png", b"1"), ("page-002.png", b"2")], "page-*.png")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    write_folder(folder, [("page-001.png", b"3")], "page-*.png")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "page-001.png": b"3",
        "notes.txt": b"mine",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["plan.overlay"]


def test_write_folder_failing_half_way_leaves_nothing(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "page-001.png", b"1"
        raise ValueError("page 2 cannot be drawn")

    with pytest.raises(ValueError, match="page 2"):
        write_folder(tmp_path / "plan.overlay", files(), "page-*.png")
    assert list(tmp_path.iterdir()) == []
