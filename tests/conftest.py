"""What several test modules need: small plans and conversions made by hand."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from pipeline.geometry import Box
from pipeline.outline import Closing, HeadValues, Letterhead, Outline
from pipeline.types import (
    FlowSource,
    Line,
    Manuscript,
    PagedSource,
    PageFacts,
    PageLayout,
    PageText,
    SourcePage,
    Word,
)
from schemas import SCHEMA, Plan

if TYPE_CHECKING:
    from tests.recorded import RecordedEngine
    from tests.web_client import Program

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

TOGETHER = {
    # the scans and the old OCR's text, each converted once (tests/converted.py)
    "samples": (
        "tests/test_golden.py", "tests/test_evidence.py", "tests/test_oddities_",
        "tests/test_text_tables.py",
        "tests/test_nothing_printed_is_lost.py", "tests/test_robustness.py::test_same_input",
    ),
    # one quiet run, with which the disturbed ones are compared
    "archive": ("tests/test_archive_faults.py",),
}  # fmt: skip
"""With several processes: tests that share something dear, for one process to run."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out test by test, but those of `TOGETHER` in one go, and first."""
    # Only there when asked for with -n.
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped] # noqa: PLC0415

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return next((name for name, tests in TOGETHER.items() if nodeid.startswith(tests)), nodeid)

    return Scheduling(config, log)


A4 = (595.0, 842.0)


def plan_dict(**parts: Any) -> dict[str, Any]:
    """The smallest plan of the contract, with `parts` in place of its own."""
    names = ("type", "number", "date", "place", "issuer", "parent", "title", "period", "urgency", "secrecy")
    document: dict[str, Any] = dict.fromkeys(names)
    document |= {"signer": {"authority": None, "role": None, "name": None}, "recipients": []}
    lists = (
        "legal_bases", "units", "objectives", "requirements", "tasks", "indicators", "assignments",
        "citations", "abbreviations", "appendices", "sections", "findings",
    )  # fmt: skip
    source = {
        "file": "plan.pdf", "sha256": "0" * 64, "pages": 1, "reading": {"ocr": 1, "text_layer": 0},
        "engine": "tesseract 5.3.0 vie", "version": "0.1.0",
    }  # fmt: skip
    whole = {"schema": SCHEMA, "document": document, **{name: [] for name in lists}}
    return {**whole, "source": source, "evidence": {}, **parts}


@pytest.fixture
def make_plan() -> Callable[..., Plan]:
    return lambda **parts: Plan.model_validate(plan_dict(**parts))


def blank_page(number: int) -> SourcePage:
    """A white A4 page with a grey bar on it."""

    def raster(dpi: float) -> npt.NDArray[np.uint8]:
        image = Image.new("RGB", (round(A4[0] * dpi / 72), round(A4[1] * dpi / 72)), "white")
        ImageDraw.Draw(image).rectangle((10, 10, 60, 20), fill="grey")
        return np.asarray(image)

    return SourcePage(number, *A4, (), (), 1.0, 200.0, raster)


@pytest.fixture
def make_conversion() -> Callable[..., Any]:
    """Makes a `Conversion` of one page that holds one line, with any plan."""
    # Not at the top: it pulls in every stage, which most tests do without.
    from pipeline.run import Conversion  # noqa: PLC0415

    def make(plan: Plan, kind: str = "pdf", turned: int = 0) -> Conversion:
        word = Word("Kế", "Ké", 1, Box(100, 100, 130, 112), 0.9, "ocr")
        line = Line((word,))
        layout = PageLayout(1, *A4, (line,))
        text = PageText(1, *A4, (word,), (), "ocr", "no layer", turned=turned)
        facts = PageFacts(1, *A4, "ocr", "no layer", None, 1, "x")
        name = f"plan.{kind}"
        source = (
            PagedSource(name, "0" * 64, "pdf", 1, blank_page)
            if kind == "pdf"
            else FlowSource(name, "0" * 64, "text", (layout,))
        )
        manuscript, outline = (
            Manuscript((), (facts,)),
            Outline(Letterhead(), HeadValues(), (), (), Closing(), ()),
        )
        return Conversion(plan, source, (text,), (layout,), manuscript, outline, 1.5)

    return make


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working folder of the test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def program(tmp_path: Path) -> "Iterator[Program]":
    """A program at a running web page that serves one plan."""
    # Not at the top: few tests need a web server.
    from tests.web_client import program_on, put_plan  # noqa: PLC0415

    put_plan(tmp_path)
    with program_on(tmp_path) as asking:
        yield asking


@pytest.fixture(scope="session")
def recorded() -> "Iterator[RecordedEngine]":
    """What Tesseract read on the pages that the end-to-end tests convert."""
    from tests.recorded import RecordedEngine  # noqa: PLC0415

    engine = RecordedEngine("end_to_end")
    yield engine
    engine.close()


@pytest.fixture
def no_tesseract_needed(recorded: "RecordedEngine", monkeypatch: pytest.MonkeyPatch) -> None:
    """The recorded readings in place of Tesseract, until the test calls `monkeypatch.undo()`."""
    from pipeline import run  # noqa: PLC0415

    monkeypatch.setattr(run, "engine_named", lambda _: recorded)


@pytest.fixture
def quiet_logger() -> Iterator[None]:
    """The command line of the next test sets up its log and its filter of warnings anew."""
    with warnings.catch_warnings():
        yield
    logging.getLogger("pipeline").handlers = []


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """An empty folder for an archive's documents."""
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where its results go; not made yet."""
    return tmp_path / "out"
