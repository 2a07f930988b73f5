"""An archive full of broken and hostile documents, and a run that is killed again and again."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from schemas import load_plan
from tests.fault_archive import DONE, Expected, build, plan_text, png
from tests.fault_engine import CONVERTER, NOTES

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("KEHOACH_KILLS", "20"))
BOOKKEEPING = {"ledger.sqlite", "ledger.lock"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and names with / are POSIX")
RUN = f"""
import sys
from pathlib import Path
from pipeline.archive import ArchiveOptions, Where, archive_once
from pipeline.archive.showing import JsonLines
from pipeline.archive.stop import stop_on_signals
from pipeline.settings import Limits

folder, out = map(Path, sys.argv[1:])
options = ArchiveOptions(limits=Limits(seconds=8, memory_bytes=700_000_000), converter={CONVERTER!r})
with stop_on_signals() as stop:
    archive_once([folder], out, options, Where(workers=2), JsonLines(sys.stdout), stop)
"""


def start(folder: Path, out: Path, scratch: Path, notes: Path | None = None) -> subprocess.Popen[str]:
    """The run as a process of its own, in a folder that is not the project's."""
    scratch.mkdir(exist_ok=True)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch),
        NOTES: str(notes or ""),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(out)],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=scratch, start_new_session=True,
    )  # fmt: skip


def finish(folder: Path, out: Path, scratch: Path) -> list[dict[str, object]]:
    process = start(folder, out, scratch)
    said, _ = process.communicate(timeout=200)
    assert process.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


def files_of(out: Path) -> dict[str, bytes]:
    """Everything below a folder but the ledger and its lock."""
    paths = (path for path in out.rglob("*") if path.is_file())
    files = {path.relative_to(out).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in files.items() if name not in BOOKKEEPING}


def ledger_of(out: Path) -> dict[str, tuple[str, str]]:
    database = sqlite3.connect(out / "ledger.sqlite")
    rows = database.execute("SELECT path, state, code FROM documents").fetchall()
    database.close()
    return {path: (state, code) for path, state, code in rows}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, Expected]]:
    """The archive and what one quiet run made of it."""
    folder = tmp_path_factory.mktemp("archive")
    expected = build(folder / "in")
    said = finish(folder / "in", folder / "out", folder / "tmp")
    assert said[-1]["event"] == "end"
    yield folder / "in", folder / "out", expected


def test_every_document_has_its_plan_or_its_reason(undisturbed: tuple[Path, Path, Expected]) -> None:
    _, out, expected = undisturbed
    assert ledger_of(out) == expected
    made = files_of(out)
    assert len(made) == sum(state == DONE for state, _ in expected.values())
    for name in made:
        assert load_plan(out / name).source.file


def test_nothing_is_left_outside_and_nothing_was_run(undisturbed: tuple[Path, Path, Expected]) -> None:
    folder, out, expected = undisturbed
    assert sorted(path.name for path in out.parent.iterdir()) == ["in", "out", "tmp"]
    assert list((out.parent / "tmp").iterdir()) == []
    assert not list(out.parent.rglob("*climbed*")) and not list(out.parent.rglob("pwned"))
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(expected)


def test_killed_at_any_moment_and_started_again(
    undisturbed: tuple[Path, Path, Expected], tmp_path: Path
) -> None:
    folder, quiet, expected = undisturbed
    chance = random.Random(6)
    out, scratch = tmp_path / "out", tmp_path / "tmp"
    settled = []
    for _ in range(KILLS):
        process = start(folder, out, scratch)
        with _killed(process):
            _wait_a_while(process, chance)
        settled.append(_settled(out))
    finish(folder, out, scratch)
    assert any(0 < number < len(expected) for number in settled), "no kill came in the middle of the work"
    assert ledger_of(out) == expected
    assert files_of(out) == files_of(quiet)
    assert list(scratch.iterdir()) == []
    assert _workers_in(scratch) == []


def _wait_a_while(process: subprocess.Popen[str], chance: random.Random) -> None:
    """A random moment: of starting, or of working after some documents."""
    if chance.random() < 0.3:
        time.sleep(chance.uniform(0.05, 1.5))
        return
    assert process.stdout is not None
    for _ in range(chance.randint(6, 12)):
        process.stdout.readline()
    time.sleep(chance.uniform(0, 0.3))


@contextmanager
def _killed(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _settled(out: Path) -> int:
    try:
        return sum(state != "pending" for state, _ in ledger_of(out).values())
    except sqlite3.Error:
        return 0  # killed before there was a ledger


def _workers_in(scratch: Path) -> list[int]:
    """Worker processes that outlive their run, after a moment to notice its end."""
    for _ in range(50):
        left = []
        for process in psutil.process_iter(["cmdline", "cwd"]):
            command = process.info["cmdline"] or []
            if "pipeline.archive.worker" in command and process.info["cwd"] == str(scratch):
                left.append(process.pid)
        if not left:
            break
        time.sleep(0.1)
    return left


def test_a_worker_killed_from_outside_costs_one_retry(tmp_path: Path) -> None:
    folder, out, scratch, notes = (tmp_path / name for name in ("in", "out", "tmp", "notes"))
    folder.mkdir()
    notes.mkdir()
    (folder / "once.png").write_bytes(png())
    process = start(folder, out, scratch, notes)
    os.kill(_pid_in(notes / "pid"), signal.SIGKILL)
    said, _ = process.communicate(timeout=100)
    event = next(line for line in map(json.loads, said.splitlines()) if line.get("path") == "once.png")
    assert (event["state"], event["attempts"]) == ("done", 2)


def test_a_glutton_is_ended(tmp_path: Path) -> None:
    """Whether the system's bound or the look from outside comes first: the reason is the same."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "glutton.png").write_bytes(png())
    finish(tmp_path / "in", tmp_path / "out", tmp_path / "tmp")
    assert ledger_of(tmp_path / "out") == {"glutton.png": ("failed", "TooMuchMemory")}


def test_a_signal_lets_running_documents_finish(tmp_path: Path) -> None:
    """Ctrl-C, then the end of the machine's day, then a run to the end."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for plan in range(1, 41):
        (folder / f"{plan:02d}.txt").write_text(plan_text(plan), encoding="utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "archive", str(folder), "-o", str(out), "--json-log"]
    done = 0
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert process.stdout is not None
        assert any('"done"' in line for line in process.stdout)
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == code
        end = json.loads(said.splitlines()[-1])
        assert end["event"] == "end" and end["left"] > 0 and end["converted"] > 0
        done += end["converted"]
        states = [state for state, _ in ledger_of(out).values()]
        assert states.count("done") == done == len(files_of(out))
    again = subprocess.run(
        [*command, "--quiet"], check=False, capture_output=True, text=True, cwd=ROOT, timeout=100
    )
    assert again.returncode == 0
    assert len(files_of(out)) == 40


def test_a_second_run_says_that_there_is_a_first(tmp_path: Path) -> None:
    folder, out, scratch = tmp_path / "in", tmp_path / "out", tmp_path / "tmp"
    folder.mkdir()
    (folder / "endless.png").write_bytes(png())
    first = start(folder, out, scratch)
    assert first.stdout is not None
    first.stdout.readline()
    command = [sys.executable, "-m", "pipeline.cli", "archive", str(folder), "-o", str(out)]
    second = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60)
    with _killed(first):
        assert second.returncode == 51
        assert "Another run" in second.stderr


def _pid_in(note: Path) -> int:
    end = time.monotonic() + 60
    while not note.exists():
        assert time.monotonic() < end, "no worker came up"
        time.sleep(0.05)
    return int(note.read_text(encoding="ascii"))
