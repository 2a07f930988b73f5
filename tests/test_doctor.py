"""What is found missing, and that the way to get it is said for both systems."""

from __future__ import annotations

import pytest

from pipeline.doctor import Machine, examine, render, this_machine


def machine(
    tesseract: str | None = "5.3.0",
    languages: tuple[str, ...] = ("eng", "vie"),
    python: tuple[int, ...] = (3, 11, 7),
    without: tuple[str, ...] = (),
) -> Machine:
    return Machine(
        python, lambda: tesseract, lambda: languages, lambda name: None if name in without else "1.0"
    )


def test_all_there() -> None:
    diagnosis = examine(machine(without=("tesserocr",)))
    assert diagnosis.healthy  # what is optional may be missing
    assert "All that is needed is there." in render(diagnosis)


@pytest.mark.parametrize(
    ("lacking", "name", "command"),
    [
        (machine(tesseract=None), "Tesseract", "sudo apt-get install -y tesseract-ocr tesseract-ocr-vie"),
        (machine(tesseract="3.05"), "Tesseract", "sudo apt-get install -y tesseract-ocr tesseract-ocr-vie"),
        (machine(languages=("eng",)), "Tesseract model vie", "sudo apt-get install -y tesseract-ocr-vie"),
        (machine(python=(3, 9, 2)), "Python", "python3"),
        (machine(without=("pdfplumber",)), "pdfplumber", "python -m pip install pdfplumber"),
    ],
)
def test_missing(lacking: Machine, name: str, command: str) -> None:
    diagnosis = examine(lacking)
    assert not diagnosis.healthy
    found = next(finding for finding in diagnosis.missing if finding.name == name)
    assert command in found.debian
    assert found.windows
    text = render(diagnosis)
    assert f"MISSING {name}" in text
    assert command in text
    assert "Windows:" in text


def test_without_tesseract_its_models_are_not_asked_for() -> None:
    def never() -> tuple[str, ...]:
        raise AssertionError

    asked = Machine((3, 11), lambda: None, never, lambda _: "1.0")
    assert [finding.name for finding in examine(asked).missing] == ["Tesseract", "Tesseract model vie"]


def test_several_languages() -> None:
    names = [finding.name for finding in examine(machine(), "vie+fra").missing]
    assert names == ["Tesseract model fra"]


def test_this_machine_answers() -> None:
    here = this_machine()
    assert here.package("pydantic")
    assert here.package("no-such-package-anywhere") is None
    assert render(examine(here))
