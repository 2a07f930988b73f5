"""A table of 60 numbered rows on three pages: groups, merged leads, two rows cut by the page.

Typeset here and read back from its text layer; `benchmarks/long_table.py` reads its scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.outline import TableRow
from pipeline.resolve.table_ids import gaps
from pipeline.run import convert
from pipeline.settings import Settings
from pipeline.types import EMPTY
from samples.long_table import GROUPS, LEADS, long_table, rows_of_page
from samples.typeset.compose import compose
from samples.typeset.fonts import load_fonts
from samples.typeset.pdf import write_pdf
from schemas import Plan, Task


@cache
def plan(heading: bool = True) -> Plan:
    load_fonts()
    source = long_table()
    if not heading:
        source = replace(source, elements=(*source.elements[:2], source.elements[-1]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        sheets = compose(source)
        assert len(sheets) == 3
        write_pdf(sheets, path, "long")
        return convert(path, Settings())[0].plan


def tasks() -> tuple[Task, ...]:
    return tuple(plan().tasks)


def test_every_row_once() -> None:
    assert [task.id.split(".")[-1] for task in tasks()] == [str(number) for number in range(1, 61)]


def test_groups() -> None:
    for number, task in enumerate(tasks(), start=1):
        wanted = next(title for last, title in GROUPS if number <= last)
        assert wanted in task.section, (number, task.section)


def test_merged_leads_hold_for_every_row() -> None:
    names = {unit.id: unit.name for unit in plan().units}
    for number, task in enumerate(tasks(), start=1):
        wanted = next(lead for last, lead in LEADS if number <= last)
        assert [names[unit] for unit in task.lead] == [wanted], number


def test_cut_rows_have_evidence_on_both_pages() -> None:
    for number, pages in _cut_rows():
        task = tasks()[number - 1]
        places = plan().evidence[f"tasks/{task.id}/title"]
        assert {place.page for place in places} == set(pages), number


def test_a_table_under_no_heading_is_not_lost() -> None:
    """Its rows' ids are their numbers alone."""
    assert [task.id for task in plan(heading=False).tasks] == [str(number) for number in range(1, 61)]


def _cut_rows() -> Iterator[tuple[int, tuple[int, int]]]:
    for page in (1, 2):
        yield rows_of_page(page), (page, page + 1)


def test_numbers_that_jump_are_said() -> None:
    rows = [TableRow(EMPTY, (), number=number) for number in ("1", "2", "4", "5", "1", "2")]
    assert list(gaps(rows)) == [(2, "2", "4")]
    decimals = [TableRow(EMPTY, (), number=number) for number in ("1.1", "1.2", "2.1", "2.3")]
    assert list(gaps(decimals)) == [(3, "2.1", "2.3")]
