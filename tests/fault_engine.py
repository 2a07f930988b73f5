"""A test engine that reads a fixed plan, sleeps for ever or kills itself, by the name of the file.

`tests.fault_engine:convert` is given to an archive in place of its own converter: all stages are
the real ones, only the OCR engine is not.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.archive import work
from pipeline.archive.job import Job, Outcome
from pipeline.reading import EngineWord

CONVERTER = "tests.fault_engine:convert"
NOTES = "KEHOACH_TEST_NOTES"
"""The environment variable with the folder where an engine leaves notes for a test."""
SCRATCH_MARK = "left-by-the-engine"
LINES = (
    "KẾ HOẠCH",
    "Kiểm tra công tác lưu trữ năm 2024",
    "I. MỤC ĐÍCH",
    "1. Nắm tình hình lưu trữ hồ sơ tại các đơn vị.",
    "II. NHIỆM VỤ",
    "1. Kiểm tra hồ sơ lưu trữ tại các phòng.",
    "2. Báo cáo kết quả kiểm tra.",
)


class FaultEngine:
    """What it does depends on the name of the document, as a hostile file would make it."""

    name = "test 1.0"

    def __init__(self, document: str) -> None:
        self._document = document

    def require(self, lang: str) -> None:
        """Always there."""

    def read(self, image: Any, *_: Any, **__: Any) -> tuple[EngineWord, ...]:
        if "endless" in self._document:
            _leave_a_temporary_file()
            time.sleep(3600)
        if "crash" in self._document:
            _leave_a_temporary_file()
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if "once" in self._document:
            _wait_to_be_killed(Path(os.environ[NOTES]))
        if "glutton" in self._document:
            _eat_memory()
        return tuple(_words(image.width))


def _words(width: int) -> list[EngineWord]:
    words = []
    for row, line in enumerate(LINES):
        left = width * 0.1
        for text in line.split():
            right = left + 14 * len(text)
            words.append(EngineWord(text, 0.95, left, 200 + 60 * row, right, 230 + 60 * row))
            left = right + 12
    return words


def _leave_a_temporary_file() -> None:
    import tempfile  # noqa: PLC0415 - its folder is set for each document

    Path(tempfile.gettempdir(), SCRATCH_MARK).write_bytes(b"x")


def _wait_to_be_killed(notes: Path) -> None:
    """The first time only: then there is the note with the number of the process to kill."""
    note = notes / "pid"
    if not note.exists():
        note.with_suffix(".part").write_text(str(os.getpid()), encoding="ascii")
        note.with_suffix(".part").rename(note)
        time.sleep(3600)


def _eat_memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(20_000_000))
        time.sleep(0.01)


def convert(job: Job, watch: Callable[[Any], None]) -> Outcome:
    """As `convert_document`, with the engine above."""
    work._engine = lambda _settings: FaultEngine(Path(job.path).name)  # type: ignore[assignment]
    return work.convert_document(job, watch)
