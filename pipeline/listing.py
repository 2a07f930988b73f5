"""Rows for a terminal, as CSV and as JSON: what the listing commands print."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_GAP = "  "


def table(header: Sequence[str], rows: Iterable[Sequence[str]], widest: Sequence[int]) -> str:
    """Aligned columns under a line; a cell wider than its column may be is cut, with an ellipsis."""
    lines = [tuple(header), *(tuple(_one_line(cell) for cell in row) for row in rows)]
    widths = [
        min(max(width_of(line[place]) for line in lines), widest[place]) for place in range(len(header))
    ]
    shown = [_GAP.join(map(_fitted, line, widths)).rstrip() for line in lines]
    shown.insert(1, _GAP.join("─" * width for width in widths))
    return "\n".join(shown)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV for standard output, which puts in the line breaks of its system."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """An array of objects."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n"


def counted(number: int, thing: str) -> str:
    """`1 plan`, `2 plans`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def width_of(text: str) -> int:
    """Columns of a terminal that `text` takes: a mark of its own takes none."""
    return sum(not unicodedata.combining(letter) for letter in text)


def _one_line(cell: str) -> str:
    """Without what would move the cursor: a document's text is shown, not obeyed."""
    return "".join(letter if letter.isprintable() else " " for letter in cell)


def _fitted(cell: str, width: int) -> str:
    if width_of(cell) > width:
        cell = cell[: max(width - 1, 0)] + "…"
    return cell + " " * (width - width_of(cell))
