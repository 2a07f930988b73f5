"""A real cluster: a scheduler and two workers as processes, one of them killed in the middle."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from pipeline.archive import ArchiveOptions, Tally, Where, archive_once
from pipeline.archive.executors import dask_workplace
from pipeline.archive.stop import Stop
from pipeline.errors import NoCluster
from tests.archive_stand_ins import Silent, results
from tests.fault_archive import pdf, plan_text, word
from tests.fault_engine import CONVERTER

ROOT = Path(__file__).parent.parent

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None, reason="kehoach[dask] is not installed"
    ),
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"),
]


class Cluster:
    """Processes of its own, so that one can be killed as a machine would go down."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.processes: list[subprocess.Popen[bytes]] = []
        port = self.address.rpartition(":")[2]
        self._start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
            "--local-directory", str(self._folder / f"worker{len(self.processes)}"),
        )  # fmt: skip

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=environment, cwd=self._folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()


def fill(folder: Path) -> None:
    folder.mkdir()
    for number in range(1, 25):
        (folder / f"kế hoạch {number}.txt").write_text(plan_text(number), encoding="utf-8")
    (folder / "a.docx").write_bytes(word(30))
    (folder / "b.pdf").write_bytes(pdf(40))
    (folder / "copy.docx").write_bytes(word(30))
    (folder / "empty.pdf").write_bytes(b"")


def run(folder: Path, out: Path, where: Where, listener: Silent | None = None) -> Tally:
    options = ArchiveOptions(converter=CONVERTER)
    return archive_once([folder], out, options, where, listener or Silent(), Stop())


def test_a_lost_worker_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The workers on this machine need the tests' engine too.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    fill(tmp_path / "in")
    local = run(tmp_path / "in", tmp_path / "local", Where(workers=2))
    listener = Silent()
    with cluster(tmp_path) as made:
        victim, _ = made.add_worker(), made.add_worker()
        children: list[psutil.Process] = []

        def kill_midway() -> None:
            while sum(event.state == "done" for event in listener.events) < 6:
                time.sleep(0.01)
            children.extend(psutil.Process(victim.pid).children(recursive=True))
            os.kill(victim.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_midway, daemon=True)
        killer.start()
        where = Where(dask=made.address, send_files=True)
        remote = run(tmp_path / "in", tmp_path / "remote", where, listener)
        killer.join(20)
        assert victim.wait(20) == -signal.SIGKILL
        _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    assert results(tmp_path / "remote") == results(tmp_path / "local")
    assert remote == local
    told = [event.path for event in listener.events]
    assert len(told) == len(set(told)) == 28


def test_where_no_scheduler_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.archive.executors._PATIENCE", "300ms")
    with pytest.raises(NoCluster), dask_workplace("tcp://127.0.0.1:9", send_files=False):
        pass
