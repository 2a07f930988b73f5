"""What this machine has and lacks: `kehoach doctor`."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytesseract

from pipeline.version import VERSION

_OLDEST_PYTHON = (3, 11)
_OLDEST_TESSERACT = 4
_PACKAGES = (
    "pdfplumber", "pypdfium2", "pytesseract", "opencv-python-headless", "numpy", "Pillow",
    "python-docx", "spacy", "pydantic", "PyYAML", "rapidfuzz",
)  # fmt: skip
_OPTIONAL = {
    "tesserocr": "an engine kept in memory, faster where it is installed",
    "fastapi": "the web page, `kehoach serve`: pip install kehoach[web]",
    "uvicorn": "the web page",
    "Jinja2": "the web page",
    "python-multipart": "the web page",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    `version` is null where it is missing or could not be told. `debian` and `windows` say
    how to get it; they are empty where nothing needs to be done.
    """

    name: str
    present: bool
    needed: bool
    version: str | None = None
    note: str = ""
    debian: str = ""
    windows: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at, in a fixed order."""

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """True if nothing that is needed is missing: scans can be read."""
        return all(finding.present for finding in self.findings if finding.needed)

    @property
    def missing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.needed and not finding.present)


@dataclass(frozen=True, slots=True)
class Machine:
    """How the machine is asked; tests put other answers in.

    Attributes:
        tesseract: its version, null where it is not installed.
        languages: codes of the installed models ("vie", "eng").
        package: version of a Python package, null where it is not installed.
    """

    python: tuple[int, ...]
    tesseract: Callable[[], str | None]
    languages: Callable[[], tuple[str, ...]]
    package: Callable[[str], str | None]


def this_machine() -> Machine:
    """The machine we run on."""
    return Machine(tuple(sys.version_info[:3]), _tesseract_version, _languages, _package_version)


def examine(machine: Machine | None = None, lang: str = "vie") -> Diagnosis:
    """Look at everything that converting needs. Opens no document and no connection."""
    machine = machine or this_machine()
    tesseract = machine.tesseract()
    languages = machine.languages() if tesseract else ()
    return Diagnosis(
        (
            Finding("kehoach", True, True, VERSION),
            _python(machine.python),
            *(_package(machine, name) for name in _PACKAGES),
            _tesseract(tesseract),
            *(_model(wanted, languages) for wanted in lang.split("+")),
            _threads(),
            *(_optional(machine, name, note) for name, note in _OPTIONAL.items()),
        )
    )


def render(diagnosis: Diagnosis) -> str:
    """The diagnosis as lines for a terminal; what is missing comes last, with how to get it."""
    lines = [f"{platform.system()} {platform.machine()}"]
    lines += [_line(finding) for finding in diagnosis.findings]
    if diagnosis.healthy:
        return "\n".join([*lines, "", "All that is needed is there."])
    lines += ["", "Missing:"]
    for finding in diagnosis.missing:
        lines.append(f"  {finding.name}")
        lines += [f"    Debian/Ubuntu: {finding.debian}"] * bool(finding.debian)
        lines += [f"    Windows:       {finding.windows}"] * bool(finding.windows)
    lines += ["", "Born-digital PDF, DOCX and text files can be converted without Tesseract."]
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    mark = "ok     " if finding.present else "MISSING" if finding.needed else "-      "
    return f"  {mark} {' '.join(filter(None, (finding.name, finding.version, finding.note)))}"


def _python(version: tuple[int, ...]) -> Finding:
    return Finding(
        "Python",
        version[:2] >= _OLDEST_PYTHON,
        True,
        ".".join(map(str, version)),
        debian="sudo apt-get install -y python3 python3-venv (3.11 or newer)",
        windows="install Python 3.11 or newer from python.org, with Add to PATH ticked",
    )


def _package(machine: Machine, name: str) -> Finding:
    version = machine.package(name)
    install = f"python -m pip install {name}"
    return Finding(name, version is not None, True, version, debian=install, windows=install)


def _optional(machine: Machine, name: str, note: str) -> Finding:
    version = machine.package(name)
    return Finding(name, version is not None, False, version, f"(optional: {note})")


def _tesseract(version: str | None) -> Finding:
    new_enough = version is not None and int(version.split(".")[0] or 0) >= _OLDEST_TESSERACT
    return Finding(
        "Tesseract",
        new_enough,
        True,
        version,
        debian="sudo apt-get install -y tesseract-ocr tesseract-ocr-vie",
        windows="run the Tesseract installer of UB Mannheim, tick Vietnamese under additional "
        "language data, and add its folder to the PATH",
    )


def _model(lang: str, languages: tuple[str, ...]) -> Finding:
    return Finding(
        f"Tesseract model {lang}",
        lang in languages,
        True,
        debian=f"sudo apt-get install -y tesseract-ocr-{lang.replace('_', '-').lower()}",
        windows=f"run the Tesseract installer again and tick the language, or put {lang}.traineddata "
        "into its tessdata folder",
    )


def _threads() -> Finding:
    limit = os.environ.get("OMP_THREAD_LIMIT")
    said = f"= {limit}" if limit else "not set: kehoach sets it to 1 for itself"
    return Finding("OMP_THREAD_LIMIT", True, False, note=said)


def _tesseract_version() -> str | None:
    try:
        return str(pytesseract.get_tesseract_version().base_version)
    except (pytesseract.TesseractNotFoundError, OSError, SystemExit, ValueError):
        return None


def _languages() -> tuple[str, ...]:
    try:
        return tuple(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError, ValueError):
        return ()


def _package_version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
