"""One CSV file a collection (RFC 4180, UTF-8).

Plain, a cell is the text itself, byte for byte: for programs. For a spreadsheet program there
is a second dialect. Excel takes a cell that opens with `=`, `+`, `-` or `@` for a formula, quoted
or not, and would run it or show `#NAME?` for every printed dash; `08/3` it turns into a date and
`1.10` into 1.1. There such a text gets an apostrophe before it, and so does one that opens with an
apostrophe itself: taking one off the front, where there is one, always gives the text back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from pipeline.export.identity import NamedPlan
from pipeline.export.table import Row, Subject, Table, Value, subject_of
from pipeline.export.tables import TABLES

BYTE_ORDER_MARK = "\ufeff"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_LIKE_A_FIGURE = re.compile(r"[\d.,/:%eE+\s-]*\d[\d.,/:%eE+\s-]*|true|false", re.IGNORECASE)


def to_csv(plans: Sequence[NamedPlan], *, for_excel: bool = False) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file; an empty collection is a file with its header only.

    Args:
        plans: the plans; their rows follow each other.
        for_excel: with a byte order mark, and no cell that Excel would take for a formula.
    """
    subjects = [subject_of(named) for named in plans]
    return tuple((f"{table.name}.csv", _file(table, subjects, for_excel)) for table in TABLES)


def unguarded(cell: str) -> str:
    """The text of a cell of the dialect for spreadsheets."""
    return cell.removeprefix("'")


def _file(table: Table, subjects: Sequence[Subject], for_excel: bool) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for subject in subjects:
        for row in table.rows(subject):
            writer.writerow(_guarded(table, row) if for_excel else row)
    return ((BYTE_ORDER_MARK if for_excel else "") + text.getvalue()).encode("utf-8")


def _guarded(table: Table, row: Row) -> Iterator[Value]:
    """Dates and figures of their own columns stay as they are."""
    for column, cell in zip(table.columns, row, strict=True):
        risky = column.kind == "text" and isinstance(cell, str) and _is_risky(cell)
        yield f"'{cell}" if risky else cell


def _is_risky(cell: str) -> bool:
    return cell.startswith(_RISKY) or _LIKE_A_FIGURE.fullmatch(cell) is not None
