"""The command line: arguments, exit codes, what is written and what is said."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.commands import convert as command
from pipeline.commands.arguments import page_numbers
from pipeline.errors import EmptyFile, KehoachError, SecretDocument
from pipeline.run import Progress
from pipeline.settings import Settings
from schemas import Plan, load_plan, plan_json_schema

TASK = {
    "id": "III.1", "title": "Rà soát quy định", "section": [], "lead": [], "support": [],
    "deadline": None, "products": [], "details": [],
}  # fmt: skip
QUOTED = "văn bản mật của cơ quan"
FINDINGS = [
    {"severity": severity, "code": "missing-lead", "at": "tasks/III.1/lead", "message": "Thiếu."}
    for severity in ("error", "warning", "warning", "info")
]


class FakeConverter:
    """Stands in for `pipeline.run.convert`: gives plans, or raises what a file's name says."""

    def __init__(self, plan: Plan, make: Callable[..., Any]) -> None:
        self.settings: list[Settings] = []
        self.files: list[Path] = []
        self.parts = 1
        self._plan = plan
        self._make = make

    def __call__(self, file: Path, settings: Settings, watch: Any) -> tuple[Any, ...]:
        self.settings.append(settings)
        self.files.append(file)
        watch(Progress(file.name, 1, 1, "reading"))
        if file.stem == "empty":
            raise EmptyFile(f"{file} is empty.", "Copy it again.")
        if file.stem == "secret":
            raise SecretDocument("Marked MẬT.", "Use --allow-secret.")
        if file.stem == "crash":
            raise ValueError(QUOTED)
        if file.stem == "interrupt":
            raise KeyboardInterrupt
        kind = "text" if file.suffix == ".txt" else "pdf"
        return tuple(self._make(self._plan, kind) for _ in range(self.parts))


@pytest.fixture
def converter(
    monkeypatch: pytest.MonkeyPatch, make_plan: Callable[..., Plan], make_conversion: Callable[..., Any]
) -> FakeConverter:
    place = {"page": 1, "box": [100, 100, 130, 112], "text": "Kế", "confidence": 0.5}
    plan = make_plan(tasks=[TASK], findings=FINDINGS, evidence={"tasks/III.1/title": [place]})
    fake = FakeConverter(plan, make_conversion)
    monkeypatch.setattr(command, "convert", fake)
    return fake


@pytest.fixture(autouse=True)
def quiet_logger() -> Iterator[None]:
    yield
    logging.getLogger("pipeline").handlers = []


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


PAGES = [
    ("1", (1,)),
    ("1-3", (1, 2, 3)),
    ("1-3,5", (1, 2, 3, 5)),
    ("5, 1 - 2", (1, 2, 5)),
    ("2,1-3", (1, 2, 3)),
    ("1–3", (1, 2, 3)),  # a dash as word processors set it
]


@pytest.mark.parametrize(("text", "pages"), PAGES)
def test_page_numbers(text: str, pages: tuple[int, ...]) -> None:
    assert page_numbers(text) == pages


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-", "-3", "1,,2", "1.5", "1-999999", "9999999"])
def test_wrong_page_numbers_are_wrong_use(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["convert", "plan.pdf", f"--pages={text}"])
    assert caught.value.code == 2
    assert "no list of pages" in capsys.readouterr().err


def test_one_plan(converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "plan.pdf"]) == 0
    assert written(in_folder) == ["output/plan.yaml"]
    assert load_plan(in_folder / "output" / "plan.yaml").tasks[0].id == "III.1"
    header, _, row = capsys.readouterr().out.splitlines()
    cells = dict(zip(header.split(), row.split(), strict=True))
    expected = {"document": "plan.pdf", "tasks": "1", "indicators": "0", "bases": "0", "errors": "1",
                "warnings": "2", "notes": "1", "OCR": "1", "text": "0", "seconds": "1.5"}  # fmt: skip
    assert expected.items() <= cells.items()
    assert Path(cells["written"]) == Path("output/plan.yaml")


def test_settings_from_options(converter: FakeConverter, in_folder: Path) -> None:
    options = ["--pages", "2-3", "--split", "--allow-secret", "--dpi", "300", "--lang", "vie+eng"]
    assert main(["convert", "plan.pdf", *options, "--engine", "other"]) == 0
    assert converter.settings == [
        Settings(pages=(2, 3), split=True, allow_secret=True, dpi=300, lang="vie+eng", engine="other")
    ]


def test_a_setting_out_of_range_is_wrong_use(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "plan.pdf", "--dpi", "5"]) == 2
    assert "--dpi" in capsys.readouterr().err
    assert converter.files == []


def test_json(converter: FakeConverter, in_folder: Path) -> None:
    assert main(["convert", "plan.pdf", "--format", "json", "-o", "here"]) == 0
    assert (
        json.loads((in_folder / "here" / "plan.json").read_text(encoding="utf-8"))["tasks"][0]["id"]
        == "III.1"
    )


def test_overlay_and_stages(converter: FakeConverter, in_folder: Path) -> None:
    assert main(["convert", "plan.pdf", "--overlay", "--keep"]) == 0
    assert written(in_folder / "output") == [
        "plan.overlay/page-001.png",
        "plan.stages/1-reading.json",
        "plan.stages/2-layout.json",
        "plan.stages/3-manuscript.json",
        "plan.stages/4-outline.json",
        "plan.yaml",
    ]
    words = json.loads((in_folder / "output/plan.stages/1-reading.json").read_text(encoding="utf-8"))[0][
        "words"
    ]
    assert words[0]["text"] == "Kế"
    assert words[0]["raw"] == "Ké"
    assert words[0]["box"] == [100, 100, 130, 112]


def test_no_overlay_of_text(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "plan.txt", "--overlay"]) == 0
    assert written(in_folder) == ["output/plan.yaml"]
    assert "no pages to draw on" in capsys.readouterr().err


def test_split(converter: FakeConverter, in_folder: Path) -> None:
    converter.parts = 3
    assert main(["convert", "plan.pdf", "plan-2.pdf", "--split"]) == 0
    # plan-2.pdf has its own name first: the second part of plan.pdf steps aside
    assert written(in_folder / "output") == [
        "plan-2-2.yaml", "plan-2-3.yaml", "plan-2.yaml", "plan-3.yaml", "plan.pdf-2.yaml", "plan.yaml",
    ]  # fmt: skip


def test_one_bad_input_has_its_own_exit_code(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "empty.pdf", "--overlay", "--keep"]) == EmptyFile.exit_code
    out, err = capsys.readouterr()
    assert err.splitlines() == ["kehoach: empty.pdf is empty.", "         Copy it again."]
    assert out == ""
    assert written(in_folder) == []


def test_secret(converter: FakeConverter, in_folder: Path) -> None:
    assert main(["convert", "secret.pdf"]) == 18
    assert written(in_folder) == []


def test_a_bad_input_does_not_stop_the_rest(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "empty.pdf", "one.pdf", "crash.pdf", "two.pdf"]) == 1
    assert written(in_folder / "output") == ["one.yaml", "two.yaml"]
    err = capsys.readouterr().err
    assert "crash.pdf: internal error (ValueError)" in err
    assert QUOTED not in err


def test_internal_error_with_traceback(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "crash.pdf", "--verbose"]) == 70
    err = capsys.readouterr().err
    assert "test_cli.py" in err  # where it happened
    assert QUOTED not in err  # an exception's message may quote the document


def test_interrupt(converter: FakeConverter, in_folder: Path) -> None:
    assert main(["convert", "interrupt.pdf", "one.pdf"]) == 130
    assert written(in_folder) == []


def test_quiet(converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "plan.pdf", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_no_bar_when_piped(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "plan.pdf"]) == 0
    assert capsys.readouterr().err == ""


def test_bar_on_a_terminal(
    converter: FakeConverter,
    in_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["convert", "plan.pdf"]) == 0
    assert "plan.pdf" in capsys.readouterr().err


def test_verbose_tells_pages_but_no_text(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", "plan.pdf", "--verbose"]) == 0
    err = capsys.readouterr().err
    assert "page 1 of 1" in err
    assert "no layer" in err
    assert "Kế" not in err


def test_the_same_file_twice_is_converted_once(converter: FakeConverter, in_folder: Path) -> None:
    assert main(["convert", "plan.pdf", "./plan.pdf", "x/../plan.pdf"]) == 0
    assert len(converter.files) == 1


def test_patterns_are_expanded(converter: FakeConverter, in_folder: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c.txt", "odd[1].pdf"):
        (in_folder / name).write_bytes(b"x")
    assert main(["convert", "*.pdf", "odd[1].pdf"]) == 0
    assert [file.name for file in converter.files] == ["a.pdf", "b.pdf", "odd[1].pdf"]


def test_output_that_is_a_file(
    converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (in_folder / "output").write_bytes(b"x")
    assert main(["convert", "plan.pdf"]) == 50
    assert converter.files == []
    assert "not a folder" in capsys.readouterr().err


def test_a_missing_file_is_named(in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "nowhere.pdf"]) == 10
    assert "nowhere.pdf" in capsys.readouterr().err


def test_every_exit_code_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    # A damaged page (19) is a finding and never the end of a document.
    codes = {error.exit_code for error in KehoachError.__subclasses__()} - {19} | {0, 1, 2, 40, 41, 70, 130}
    listed = text.split("exit codes:")[1].split()
    assert {str(code) for code in codes} <= set(listed)


@pytest.mark.parametrize("name", ["convert", "evaluate", "schema", "doctor"])
def test_help_has_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"  kehoach {name}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("kehoach ")


@pytest.mark.parametrize("arguments", [[], ["sing"], ["convert"], ["convert", "a", "--quiet", "--verbose"]])
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == plan_json_schema()


def test_evaluate(converter: FakeConverter, in_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["convert", "plan.pdf"])
    gold = in_folder / "gold.yaml"
    gold.write_text(
        "schema: kehoach.plan/1\ntasks:\n- {id: III.1, title: Rà soát quy định}\n", encoding="utf-8"
    )
    capsys.readouterr()
    pair = [str(gold), "output/plan.yaml"]
    assert main(["evaluate", *pair, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["f1"] == 1
    assert main(["evaluate", *pair, *pair]) == 0
    assert "tasks" in capsys.readouterr().out


def test_evaluate_needs_pairs() -> None:
    assert main(["evaluate", "gold.yaml"]) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("schema: kehoach.plan/99\n", 40),
        ("schema: kehoach.plan/1\ntasks: 5\n", 41),
        ("schema: [\n", 41),
        (None, 10),
    ],
)
def test_evaluate_errors(
    content: str | None, code: int, in_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        Path("gold.yaml").write_text(content, encoding="utf-8")
    assert main(["evaluate", "gold.yaml", "gold.yaml"]) == code
    assert capsys.readouterr().err.startswith("kehoach: ")


def test_doctor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) in (0, 1)
    assert "esseract" in capsys.readouterr().out


def test_a_closed_pipe_is_no_traceback() -> None:
    """As after `kehoach schema | head -1`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert error == b""
