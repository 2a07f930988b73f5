"""The import rule and other promises about the repository, checked on its own files."""

import ast
import re
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

BASE = {
    "types", "passage", "manuscript", "geometry", "errors", "folding", "outline", "version", "settings",
    "syllables",
}  # fmt: skip
"""They import nothing of ours but each other."""
STAGES = {"intake", "reading", "layout", "assemble", "language", "parse", "resolve", "export"}
"""They import the base and the rules, never each other."""
BLIND = STAGES - {"resolve", "export"}
"""Up to parse a stage does not know the contract."""
READERS = {"doctor"}
"""Not a stage, but bound like one."""
SCHEMAS_MAY = {"pydantic", "pydantic_core", "yaml", "schemas"} | set(sys.stdlib_module_names)
LONGEST = 350
"""Lines of a file of `schemas`."""

Import = tuple[str, str]


@cache
def python_files(folder: str) -> tuple[Path, ...]:
    return tuple(sorted((ROOT / folder).rglob("*.py")))


def imports_of(source: str, package: tuple[str, ...]) -> list[str]:
    """The dotted names that a module imports; relative ones made whole with its `package`.

    Imports under `if TYPE_CHECKING` count too: they tie modules together all the same.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module) if node.module else base)
            # `from pipeline import run` imports pipeline.run as `import pipeline.run` does
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def part_of(name: str) -> str:
    """`pipeline.layout.tables.lattice` → `layout`; a name that `pipeline` itself offers → that name."""
    return name.split(".")[1] if "." in name else ""


def imports_in(path: Path) -> list[str]:
    return imports_of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).parent.parts)


def own_part(path: Path) -> str:
    """The stage or module that a file of `pipeline` belongs to; empty for its `__init__`."""
    relative = path.relative_to(ROOT / "pipeline")
    if len(relative.parts) > 1:
        return relative.parts[0]
    return "" if relative.name == "__init__.py" else relative.stem


def violations(part: str, imported: str) -> str | None:
    """What is wrong with `part` of pipeline importing `imported`, null if nothing."""
    top = imported.partition(".")[0]
    if top == "schemas" and part in BLIND | BASE | {"rules"}:
        return "does not know the contract"
    if top != "pipeline" or part_of(imported) == part:
        return None
    if part in BASE | {"rules"} and part_of(imported) not in BASE:
        return "imports the base only"
    if part in STAGES | READERS and part_of(imported) not in BASE | {"rules"}:
        return "imports the base and the rules only"
    return None


@pytest.mark.parametrize("path", python_files("pipeline"), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_import_rule(path: Path) -> None:
    wrong = [(name, violations(own_part(path), name)) for name in imports_in(path)]
    assert [entry for entry in wrong if entry[1]] == []


def test_schemas_stand_alone() -> None:
    for path in python_files("schemas"):
        foreign = {name.split(".")[0] for name in imports_in(path)} - SCHEMAS_MAY
        assert not foreign, path.name


def test_every_part_has_its_place() -> None:
    """A new module is put under the rule, or here."""
    across = {
        "", "archive", "run", "cli", "commands", "console", "drawing", "evaluate", "intermediates",
        "marks", "overlay", "writing", "plan_files", "listing", "clarity", "tasklist", "corrections", "web",
    }  # fmt: skip
    assert {own_part(path) for path in python_files("pipeline")} <= BASE | STAGES | READERS | across | {
        "rules"
    }


RULE_CASES = [
    ("layout", "pipeline.reading.read.read_page", True),
    ("layout", "pipeline.layout.tables.lattice", False),
    ("layout", "pipeline.types.Line", False),
    ("parse", "pipeline.rules.load_rules", False),
    ("parse", "schemas.Plan", True),
    ("resolve", "schemas.Plan", False),
    ("resolve", "pipeline.parse.labels.read_label", True),
    ("types", "pipeline.geometry.Box", False),
    ("types", "pipeline.rules.load_rules", True),
    ("geometry", "schemas", True),
    ("run", "pipeline.intake.take_in", False),
    ("reading", "pipeline.run", True),
    ("reading", "pipeline.digitise", True),  # the package itself imports everything
    ("reading", "cv2", False),
]


@pytest.mark.parametrize(("part", "imported", "wrong"), RULE_CASES)
def test_the_rule_itself(part: str, imported: str, wrong: bool) -> None:
    assert bool(violations(part, imported)) is wrong


def test_imports_are_all_seen() -> None:
    source = (
        "import a.b as c\nfrom d import e\nfrom . import f\nfrom .g import h\nfrom ..i import j\n"
        "def k():\n    import l\nif TYPE_CHECKING:\n    from m import n\n"
    )
    assert sorted(imports_of(source, ("pipeline", "layout"))) == [
        "a.b", "d.e", "l", "m.n", "pipeline.i.j", "pipeline.layout.f", "pipeline.layout.g.h",
    ]  # fmt: skip


def test_schemas_need_no_ocr_package() -> None:
    names = ("cv2", "numpy", "rapidfuzz", "spacy", "pdfplumber", "pytesseract", "pipeline")
    code = f"import sys, schemas; print(*(name for name in {names} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


LOADED_LATE = [
    # who only hands out work or reads plan files, and what a user of it must not wait for
    ("pipeline.cli", {"numpy", "cv2", "spacy", "pdfplumber", "docx", "pytesseract", "openpyxl"}),
    ("pipeline.archive", {"cv2", "spacy", "pdfplumber", "docx", "pytesseract", "openpyxl"}),
    ("pipeline.commands.check", {"cv2", "spacy", "pdfplumber", "docx", "pytesseract", "openpyxl"}),
    # needed by some conversions only; pytesseract takes pandas along where there is one
    ("pipeline.run", {"spacy", "pytesseract", "openpyxl"}),
]


@pytest.mark.parametrize(("module", "late"), LOADED_LATE)
def test_what_is_loaded_only_when_it_is_used(module: str, late: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_files_of_schemas_are_short() -> None:
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in python_files("schemas")}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_drawer_for_odds_and_ends() -> None:
    names = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    found = [
        path for folder in ("pipeline", "schemas") for path in python_files(folder) if path.name in names
    ]
    assert found == []


@cache
def project_files() -> tuple[Path, ...]:
    """The files that git tracks or would track; all of ours where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True, cwd=ROOT,
        )  # fmt: skip
        names = listed.stdout.decode("utf-8").split("\0")
        return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())
    except (OSError, subprocess.CalledProcessError):
        folders = ("pipeline", "schemas", "samples", "tests", "scripts", "docs", "benchmarks")
        found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
        return (*found, *(path for path in ROOT.iterdir() if path.is_file()))


def test_no_host_of_a_package_registry() -> None:
    """Where packages come from is the machine's own business: pip and apt are set up for it."""
    # written in pieces, or this file would be the first one found
    hosts = ["pypi" + ".org", "python" + "hosted", "deb.debian" + ".org", "npmjs" + ".org", "index" + "-url"]
    pattern = re.compile("|".join(map(re.escape, hosts)).encode())
    text = [
        path
        for path in project_files()
        if path.suffix not in {".pdf", ".png", ".gz", ".docx", ".tif", ".jpg"}
    ]
    assert [path.name for path in text if pattern.search(path.read_bytes())] == []


BROAD = {
    "pipeline/commands/convert.py": "one document of a batch must not take the rest along",
    "pipeline/archive/executors.py": "a cluster's worker may fail in any way when it is first asked",
    "pipeline/archive/work.py": "one document of an archive must not take the rest along",
    "pipeline/intake/image_file.py": "Pillow raises anything on a broken header or Exif entry",
    "pipeline/intake/word_file.py": "python-docx raises anything where the parts' relations are broken",
    "pipeline/web/guard.py": "nobody is shown a stack trace, whatever went wrong",
    "pipeline/web/jobs.py": "one conversion must not end the thread that the next ones need",
    "pipeline/intake/pdf_file.py": "pdfminer raises anything; a page is not lost over its text layer",
}
"""Where `except Exception` may stand, and why."""


def test_broad_excepts_are_where_they_have_a_reason() -> None:
    found = []
    for path in python_files("pipeline") + python_files("schemas"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
                found.append(path.relative_to(ROOT).as_posix())
    assert set(found) == set(BROAD)


def _is_broad(caught: ast.expr | None) -> bool:
    return caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))


def test_the_page_of_findings_is_current() -> None:
    """Else run: python scripts/findings_page.py"""
    expected = runpy.run_path(str(ROOT / "scripts" / "findings_page.py"))["page"]()
    assert (ROOT / "docs" / "findings.md").read_text(encoding="utf-8") == expected
