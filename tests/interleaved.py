"""Tables typeset in columns and read line by line across all of them, as OCR without an eye for tables does.

Words of a cell are set into lines of the column's width; the lines of a row's cells are printed
beside each other, in the middle of the row or at its top; then each printed line is read from left
to right, the strokes of the ruling now and then as `|`, letters now and then as others.
"""

from __future__ import annotations

import random
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

Row = tuple[str, ...]
"""The cells of a row; a single one is a heading across the table."""


@dataclass(frozen=True)
class Typeset:
    """A table: names and widths (letters) of its columns, rows, and how it was printed and read."""

    name: str
    head: Row
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    on_top: bool = False
    stroke: float = 0.2
    """How often a stroke between two cells is read."""
    slip: float = 0.0
    """How often a letter is read as another."""
    plain: bool = False
    """Read by an engine without Vietnamese: no marks at all."""
    stacked_head: bool = False
    """The names of the columns are read one below the other."""


def printed(table: Typeset, seed: int = 1) -> list[str]:
    """The lines of the table as read."""
    chance = random.Random(f"{table.name}{seed}")
    lines = _stacked(table) if table.stacked_head else _set_row(table, table.head, chance, stroke=0.0)
    for row in table.rows:
        if len(row) == 1:
            lines += textwrap.wrap(row[0], sum(table.widths))
        else:
            lines += _set_row(table, row, chance, table.stroke)
    return [_misread(line, table, chance) for line in lines]


def _stacked(table: Typeset) -> list[str]:
    lines = []
    for name, width in zip(table.head, table.widths, strict=True):
        lines += [*textwrap.wrap(name, max(width, 4)), ""]
    return lines[:-1]


def _set_row(table: Typeset, row: Row, chance: random.Random, stroke: float) -> list[str]:
    cells = [textwrap.wrap(text, width) or [""] for text, width in zip(row, table.widths, strict=True)]
    height = max(map(len, cells))
    columns = [_placed(cell, 0 if table.on_top else (height - len(cell)) // 2, height) for cell in cells]
    return [_read_across(parts, chance, stroke) for parts in zip_longest(*columns, fillvalue="")]


def _placed(cell: Sequence[str], top: int, height: int) -> list[str]:
    return [*[""] * top, *cell, *[""] * (height - top - len(cell))]


def _read_across(parts: Sequence[str], chance: random.Random, stroke: float) -> str:
    line = parts[0]
    for part in parts[1:]:
        line += (" | " if chance.random() < stroke else " ") + part
    return " ".join(line.split()).strip("| ")


_SLIPS = {"o": "6", "ô": "6", "i": "1", "l": "1", "ư": "u", "ệ": "é", "ộ": "d", "ạ": "a", "ể": "é", "n": "m"}


def _misread(line: str, table: Typeset, chance: random.Random) -> str:
    read = "".join(
        _SLIPS[letter] if letter in _SLIPS and chance.random() < table.slip else letter for letter in line
    )
    return without_marks(read) if table.plain else read


def without_marks(text: str) -> str:
    """As an engine without Vietnamese gives it: base letters only."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
