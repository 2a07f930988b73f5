"""What a run hears from its workers and says to people, logs and machines."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future
from dataclasses import replace

import pytest

from pipeline.archive import Outcome, Tally
from pipeline.archive.job import Counts
from pipeline.archive.queue import _outcome_of
from pipeline.archive.showing import JsonLines, MinuteLines, one_line
from pipeline.archive.tally import Event
from pipeline.errors import NoCluster


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
