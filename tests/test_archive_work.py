"""What a worker does with one document: pages are told, memory is given back, errors are outcomes."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from pipeline.archive import work
from pipeline.archive.job import Job
from pipeline.archive.memory import give_back
from pipeline.intake import pdf_file, take_in
from pipeline.run import READING, UNDERSTANDING, Progress, convert
from pipeline.settings import Limits, Settings
from pipeline.types import PagedSource

SAMPLE = Path(__file__).parent.parent / "samples" / "school" / "plan.pdf"


def job(file: Path) -> Job:
    return Job(str(file), "yaml", Settings().model_dump_json(), Limits().model_dump_json())


def test_a_conversion_tells_its_pages_and_then_that_it_understands_them() -> None:
    steps: list[Progress] = []
    convert(SAMPLE, Settings(pages=(1, 3)), steps.append)
    assert [(step.stage, step.page, step.pages) for step in steps] == [
        (READING, 1, 2), (READING, 2, 2), (UNDERSTANDING, 2, 2),
    ]  # fmt: skip


def test_a_worker_tells_pages_only_and_gives_memory_back_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Progress] = []
    given: list[int] = []
    monkeypatch.setattr(work, "give_back", lambda: given.append(len(told)))
    assert work.convert_document(job(SAMPLE), told.append).state == "done"
    assert [step.page for step in told] == [1, 2, 3, 4]
    assert given == [4]


def test_memory_can_be_given_back_on_every_system() -> None:
    give_back()


def test_an_error_is_an_outcome(tmp_path: Path) -> None:
    outcome = work.convert_document(job(tmp_path / "none.pdf"), lambda _: None)
    assert (outcome.state, outcome.code) == ("failed", "MissingFile")


def test_what_was_read_of_a_long_file_does_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries' objects hold each other; they are gone as soon as the file is opened anew."""
    monkeypatch.setattr(pdf_file, "_PAGES_OF_AN_OPENING", 2)
    opened: list[weakref.ref[object]] = []
    real = pdf_file.pdfplumber.open

    def watched(*arguments: object, **options: object) -> object:
        plumber = real(*arguments, **options)
        opened.append(weakref.ref(plumber.doc))
        return plumber

    monkeypatch.setattr(pdf_file.pdfplumber, "open", watched)
    source = take_in(SAMPLE, Settings())
    assert isinstance(source, PagedSource)
    gc.collect()
    gc.disable()
    try:
        for number in (1, 2, 3):
            source.page(number)
        assert [document() is None for document in opened] == [True, False]
    finally:
        gc.enable()
