"""What the README and docs/exports.md say of exports is so."""

import re
import runpy
import sqlite3
from pathlib import Path

import pytest

from pipeline.cli import build_parser
from pipeline.export import export
from tests.export_samples import sample_plans

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL)


def test_there_are_three_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize(("query", "printed"), QUERIES)
def test_queries_of_the_readme_give_what_it_prints(query: str, printed: str) -> None:
    database = sqlite3.connect(":memory:")
    content = export(sample_plans(), "sqlite")
    assert isinstance(content, bytes)
    database.deserialize(content)
    rows = ["|".join(map(str, row)) for row in database.execute(query)]
    assert rows == printed.splitlines()


def test_the_tables_of_the_documentation_are_current() -> None:
    """Else run: python scripts/exports_page.py"""
    expected = runpy.run_path(str(ROOT / "scripts" / "exports_page.py"))["page"]()
    assert (ROOT / "docs" / "exports.md").read_text(encoding="utf-8") == expected


def test_commands_of_the_readme_are_understood() -> None:
    commands = re.findall(r"^kehoach ((?:export|tasks|check) [^#\n]*)", README, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
        build_parser().parse_args(words)


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs" / "tracker.png").stat().st_size < 300_000
