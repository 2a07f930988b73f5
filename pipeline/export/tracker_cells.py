"""Text in a workbook: never a formula, whatever it opens with, and the same when it is read back.

A workbook is XML. What XML cannot hold is written `_x0007_`, as Office Open XML says
(ECMA-376, ST_Xstring), and so is a text that looks like such a code itself. A cell holds
32,767 UTF-16 units; a longer text is cut, and the cell says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

CellValue: TypeAlias = str | int | float | bool | date | None

LONGEST = 32_767
"""UTF-16 units of a cell's text in Excel."""

DOUBTFUL = PatternFill("solid", fgColor="FFE699")
"""The fill of a cell that a person should check."""

_CUT = " … [cắt bớt: văn bản dài {length} ký tự]"
_MOST_UNITS = 7
"""That one letter can take: `_x0007_`."""

_NOTE_LONGEST = 1_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]")
_LIKE_A_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = ("=", "+", "-", "@", "'")


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a cell, and why a person should check it."""

    value: CellValue = None
    doubts: tuple[str, ...] = field(default=())


def fill_in(cell: Cell, content: Content) -> None:
    """Write `content` to `cell`: its value, and the doubts as colour and note."""
    doubts = content.doubts
    if isinstance(content.value, str):
        text, cut = shortened(content.value)
        put_text(cell, text)
        doubts = (*doubts, *cut)
    else:
        cell.value = content.value
        if isinstance(content.value, date):
            cell.number_format = "DD/MM/YYYY"
    if doubts:
        cell.fill = DOUBTFUL
        cell.comment = note("\n".join(doubts))


def put_text(cell: Cell, text: str) -> None:
    """`text` as text, also where it opens like a formula or reads like an error value."""
    cell.value = encoded(text)
    cell.data_type = "s"
    # Without it Excel would take the text for a formula when somebody edits the cell.
    if text.startswith(_QUOTED):
        cell.quotePrefix = True


def shortened(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` as far as a cell can hold it, and what to say where it was cut."""
    if len(text) * _MOST_UNITS <= LONGEST or _most(text) <= LONGEST:
        return text, ()
    mark = _CUT.format(length=len(text))
    room = LONGEST - units(mark)
    # The first length that is too much, found by halving: lengths rise with their letters.
    kept = bisect_right(range(min(len(text), room)), room, key=lambda end: _most(text[: end + 1]))
    return text[:kept] + mark, ("Ô chỉ chứa được 32.767 ký tự; xem toàn văn trong tệp YAML.",)


def note(text: str) -> Comment:
    """A note on a cell, large enough to be read."""
    shown = text if len(text) <= _NOTE_LONGEST else text[: _NOTE_LONGEST - 1] + "…"
    lines = sum(1 + len(line) // 45 for line in shown.splitlines() or [""])
    return Comment(encoded(shown), "kehoach", height=min(40 + 18 * lines, 400), width=320)


def encoded(text: str) -> str:
    """`text` as a workbook writes it."""
    safe = _LIKE_A_CODE.sub("_x005F_", text)
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)


def decoded(value: object) -> CellValue:
    """A value as read from a workbook: codes as the letters that they stand for, a day as a date.

    What no office types into a cell (times of day, array formulas) is taken as its text.
    """
    if isinstance(value, str):
        return _CODE.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    return value if value is None or isinstance(value, int | float | date) else str(value)


def _most(text: str) -> int:
    """UTF-16 units of `text`, in the cell or as the workbook writes it, whichever are more."""
    return max(units(text), units(encoded(text)))


def units(text: str) -> int:
    """How many UTF-16 units `text` takes."""
    return len(text.encode("utf-16-le")) // 2
