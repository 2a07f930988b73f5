"""The inbox: files are taken once they are complete, and nothing that one of them does ends the watch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import ArchiveOptions, Tally, Where
from pipeline.archive import session as session_module
from pipeline.archive.executors import Workplace
from pipeline.archive.scan import Found
from pipeline.archive.stop import Stop
from pipeline.archive.watch import Ready, watch
from tests.archive_stand_ins import AtOnce, Silent, Work, results

LOOKS = [
    # size and time at each look, and the looks at which the file is taken
    ("grows", [(1, 1), (2, 2), (3, 3), (3, 3), (3, 3)], [3]),
    ("complete from the start", [(5, 1), (5, 1), (5, 1)], [1]),
    ("same size, still written", [(5, 1), (5, 2), (5, 2)], [2]),
    ("replaced later", [(5, 1), (5, 1), (7, 9), (7, 9)], [1, 3]),
]


@pytest.mark.parametrize(("_name", "looks", "taken"), LOOKS)
def test_complete_and_new(_name: str, looks: list[tuple[int, int]], taken: list[int]) -> None:
    ready = Ready()
    found = []
    for number, (size, time_ns) in enumerate(looks):
        item = Found("a.pdf", Path("a.pdf"), "a.yaml", size, time_ns)
        if ready.is_complete(item) and ready.is_new(item):
            found.append(number)
    assert found == taken


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A watch in a thread, its work done by a function of the tests."""
    (tmp_path / "in").mkdir()

    @contextmanager
    def workplace(*_: Any) -> Iterator[Workplace]:
        yield Workplace(AtOnce(), Work(), send_files=False, window=lambda: 3)

    monkeypatch.setattr(session_module, "_workplace", workplace)

    @contextmanager
    def start() -> Iterator[list[Tally]]:
        stop, tallies = Stop(), []
        arguments = (tmp_path / "in", tmp_path / "out", ArchiveOptions(), Where(workers=1), Silent(), stop)
        thread = threading.Thread(target=lambda: tallies.append(watch(*arguments, every=0.02)))
        thread.start()
        try:
            yield tallies
        finally:
            stop.set()
            thread.join(20)

    return start


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_new_files_are_converted_and_stay_where_they_are(tmp_path: Path, watched: Callable[..., Any]) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    with watched() as tallies:
        (inbox / "a.txt").write_text("one", encoding="utf-8")
        wait_for((out / "a.yaml").exists)
        (inbox / "b.txt.part").write_text("two", encoding="utf-8")
        (inbox / "bad.txt").write_text("fail", encoding="utf-8")
        (inbox / "deep").mkdir()
        (inbox / "b.txt.part").rename(inbox / "deep" / "b.txt")
        wait_for((out / "deep" / "b.yaml").exists)
        (inbox / "a.txt").write_text("new scan", encoding="utf-8")
        wait_for(lambda: results(out).get("a.yaml") == "new scan 0")
    assert sorted(path.name for path in inbox.rglob("*.txt")) == ["a.txt", "b.txt", "bad.txt"]
    assert tallies[0].failed == 1


def test_an_inbox_that_goes_away_and_comes_back(tmp_path: Path, watched: Callable[..., Any]) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    with watched() as tallies:
        wait_for((out / "ledger.sqlite").exists)  # the watch has begun
        inbox.rename(tmp_path / "away")
        time.sleep(0.1)
        (tmp_path / "away" / "a.txt").write_text("one", encoding="utf-8")
        (tmp_path / "away").rename(inbox)
        wait_for((out / "a.yaml").exists)
    assert len(tallies) == 1


def test_once_ends_when_all_is_done(tmp_path: Path, watched: Callable[..., Any]) -> None:
    (tmp_path / "in" / "a.txt").write_text("one", encoding="utf-8")
    arguments = (tmp_path / "in", tmp_path / "out", ArchiveOptions(), Where(workers=1), Silent(), Stop())
    assert watch(*arguments, every=0.01, once=True).converted == 1
