"""Rows that hold two columns → regions, each read left column first.

Two columns are printed in three places: the letterhead (issuer | motto), the closing block
(recipients | signer, at different line pitches, or two signers) and lists set side by side.
A wide gap alone proves little, justified text has them too: it counts beside a known phrase,
where it is very wide, or where several rows have it at one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from pipeline.folding import fold
from pipeline.layout.lines import Row
from pipeline.layout.margins import Margins
from pipeline.layout.motto import SIMILAR, is_motto, is_tail, split_at_motto, split_at_tails
from pipeline.rules import load_rules
from pipeline.types import Column

NOTICEABLE = 1.0
"""A gap of so many ems parts two columns where a known phrase says there are two."""
VERY_WIDE = 4.0
"""A gap of so many ems is never the space between two words."""
ALIGNED = 2.0
"""A gap of so many ems parts columns if three rows running have it at one place."""
RIGHT_HALF = 0.42
"""A row that begins beyond this part of the text block stands on the right."""
SAME_EDGE, TOUCHING = 0.35, 0.45
"""In ems: lines of one column set flush left begin as near to each other; the least gap between columns."""
LETTERHEAD_ROWS = 12
RECIPIENT_ROWS = 10
"""So many rows may stand on the left between two on the right."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, or a column's part of one, with the region it is read in (null: across the page)."""

    row: Row
    column: Column
    region: int | None = None


def find_columns(rows: Sequence[Row], margins: Margins) -> list[Placed]:
    """Rows in reading order: in a region of two columns the left one's rows first.

    `rows` come from top to bottom without tables and furniture.
    """
    cut = split_at_tails([part for row in rows for part in split_at_motto(row)], margins.em)
    spans = _regions(cut, margins)
    placed: list[Placed] = []
    index = 0
    for number, (start, end) in enumerate(spans):
        placed += [_alone(row, margins) for row in cut[index:start]]
        placed += _read_region(cut[start:end], margins, number)
        index = end
    return placed + [_alone(row, margins) for row in cut[index:]]


# ── where regions are ─────────────────────────────────────────────────────


def _regions(rows: Sequence[Row], margins: Margins) -> list[tuple[int, int]]:
    """Spans of rows that hold two columns, in order, without overlap."""
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(rows):
        end = _region_end(rows, index, margins)
        if end is None:
            index += 1
            continue
        start = _grow_upwards(rows, index, spans[-1][1] if spans else 0, margins)
        spans.append((start, end))
        index = max(end, index + 1)
    return spans


def _region_end(rows: Sequence[Row], index: int, margins: Margins) -> int | None:
    """Where the region that `rows[index]` opens ends; null if it opens none."""
    row = rows[index]
    if is_motto(row) and not margins.centred(row):
        return _letterhead_end(rows, index, margins)
    if _opens_closing(row, margins):
        return _closing_end(rows, index, margins)
    if _two_parts(row, margins, VERY_WIDE):
        return _pair_end(rows, index, margins)
    if _on_right(row, margins):
        # A signer beside recipients whose heading was not read.
        end = _pair_end(rows, index, margins)
        return end if any(_on_left(other, margins) for other in rows[index:end]) else None
    return _list_end(rows, index, margins)


def _letterhead_end(rows: Sequence[Row], index: int, margins: Margins) -> int:
    end = index + 1
    while end < min(len(rows), index + LETTERHEAD_ROWS):
        row, above = rows[end], rows[end - 1]
        if row.middle - above.middle > 6 * margins.height:
            break
        beside = _two_parts(row, margins, NOTICEABLE) is not None or _one_sided(row, margins)
        if not beside and not is_tail(row, rows[index:end], margins.em):
            break
        end += 1
    return end


def _closing_end(rows: Sequence[Row], index: int, margins: Margins) -> int:
    """The closing block runs to the end of the page, or to text that is clearly not of it."""
    end = index + 1
    while end < len(rows):
        row = rows[end]
        if _two_parts(row, margins, NOTICEABLE) is None and _is_running_text(row, margins):
            break
        end += 1
    return end


def _pair_end(rows: Sequence[Row], index: int, margins: Margins) -> int:
    """Two signers side by side: goes on to the last row that has two parts or stands on the right.

    Rows on the left in between belong to it. Below the space for a signature a name may be
    all that was read. Where recipients follow it is one closing block.
    """
    end = last = index + 1
    while end < len(rows) and end < last + RECIPIENT_ROWS:
        row = rows[end]
        if _opens_closing(row, margins):
            return _closing_end(rows, end, margins)
        signed = row.middle - rows[end - 1].middle > 3 * margins.height and _one_sided(row, margins)
        end += 1
        if signed or _two_parts(row, margins, ALIGNED) or _on_right(row, margins):
            last = end
        elif not _on_left(row, margins):
            break
    return last


def _list_end(rows: Sequence[Row], index: int, margins: Margins) -> int | None:
    """Items set in two columns: three rows or more whose right parts begin at one place."""
    end = index
    begins: list[float] = []
    while end < len(rows) and (at := _two_parts(rows[end], margins, ALIGNED)) is not None:
        begins.append(rows[end].spots[at].box.x0)
        end += 1
    if len(begins) < 3 or max(begins) - min(begins) > margins.height:
        return None
    return end


def _grow_upwards(rows: Sequence[Row], index: int, floor: int, margins: Margins) -> int:
    """Rows above that belong to the region: what stands on the right or has two parts."""
    start = index
    motto = is_motto(rows[index])
    while start > floor:
        row = rows[start - 1]
        if rows[start].middle - row.middle > 9 * margins.height:
            break
        beside = _two_parts(row, margins, ALIGNED) is not None or _on_right(row, margins)
        level = abs(row.middle - rows[index].middle) < margins.height and _one_sided(row, margins)
        above_motto = motto and _one_sided(row, margins)
        if not (beside or level or above_motto):
            break
        start -= 1
    return start


# ── what a row looks like ─────────────────────────────────────────────────


def _opens_closing(row: Row, margins: Margins) -> bool:
    """A row on the left that begins with "Nơi nhận"."""
    if margins.indent(row) > RIGHT_HALF * margins.width:
        return False
    start = fold(row.text).lstrip(" .,;:'-*")
    return any(
        len(start) >= len(phrase) and fuzz.ratio(start[: len(phrase)], fold(phrase)) >= SIMILAR
        for phrase in load_rules("layout")["recipients"]
    )


def _two_parts(row: Row, margins: Margins, least: float) -> int | None:
    """The number of the word after the gap that parts two columns; null where there is none.

    The gap has to stand out from the row's other gaps, and what is left of it has to be more
    than a label ("1.", "-") set off by a tabulator; what goes on in lower case is one sentence
    of which a seal hides the middle.
    """
    gaps = row.gaps()
    if not gaps:
        return None
    at = max(range(len(gaps)), key=gaps.__getitem__) + 1
    others = gaps[: at - 1] + gaps[at:]
    usual = max(0.0, median(others)) if others else 0.0
    if gaps[at - 1] < max(least * margins.em, 2.5 * usual):
        return None
    left, right = row.split(at)
    if not (_worded(left) and _worded(right)) or right.text[0].islower():
        return None
    begins, ends = margins.indent(right), left.box.x1 - margins.left
    if begins < 0.3 * margins.width or ends > 0.72 * margins.width or _on_right(row, margins):
        return None
    return at if at > 1 or ends > 0.1 * margins.width else None


def _scrawl_at(row: Row, margins: Margins) -> int | None:
    """The number of the word at which a row of recipients runs into what was read of a signature."""
    gaps = [] if _on_right(row, margins) else row.gaps()
    at = next((i for i, gap in enumerate(gaps, 1) if gap > ALIGNED * margins.em), None)
    if at is None or not _worded(Row(row.spots[:at])):
        return None
    return at if margins.indent(Row(row.spots[at:])) > RIGHT_HALF * margins.width else None


def _worded(row: Row) -> bool:
    return sum(map(str.isalpha, row.text)) >= 2


def _on_right(row: Row, margins: Margins) -> bool:
    return margins.indent(row) > RIGHT_HALF * margins.width and not margins.centred(row)


def _on_left(row: Row, margins: Margins) -> bool:
    return row.box.x1 - margins.left < 0.55 * margins.width and not margins.centred(row)


def _one_sided(row: Row, margins: Margins) -> bool:
    return _on_right(row, margins) or _on_left(row, margins)


def _is_running_text(row: Row, margins: Margins) -> bool:
    """Reaches from margin to margin, or stands centred on the page: not of a closing block."""
    full = margins.slack(row) < 2 * margins.height and margins.indent(row) < 0.2 * margins.width
    return full or margins.centred(row)


# ── reading them ──────────────────────────────────────────────────────────


def _alone(row: Row, margins: Margins) -> Placed:
    return Placed(row, "right" if _on_right(row, margins) else "full")


def _read_region(rows: Sequence[Row], margins: Margins, number: int) -> list[Placed]:
    left: list[Row] = []
    right: list[Row] = []
    after: list[Row] = []
    edge = _shared_edge(rows, margins)
    for row in rows:
        at = _at_edge(row, edge, margins) or _two_parts(row, margins, NOTICEABLE) or _scrawl_at(row, margins)
        parts = row.split(at) if at is not None else (row,)
        for part in parts:
            aligned = edge is not None and abs(part.box.x0 - edge) < SAME_EDGE * margins.em
            if len(parts) == 2 and part is parts[1] and margins.centred(part) and not aligned:
                after.append(part)
            else:
                (right if aligned or _nearer_right(part, margins) else left).append(part)
    return [
        *_column(left, "left", number),
        *_column(right, "right", number),
        *(Placed(row, "full") for row in after),
    ]


def _shared_edge(rows: Sequence[Row], margins: Margins) -> float | None:
    """Where the right column begins, if two of its lines and more begin at one place; null if they do not."""
    parts = [row.split(at)[1] for row in rows if (at := _two_parts(row, margins, NOTICEABLE)) is not None]
    begins = sorted(part.box.x0 for part in [*parts, *(row for row in rows if _on_right(row, margins))])
    for first, second in pairwise(begins):
        if second - first < SAME_EDGE * margins.em:
            return (first + second) / 2
    return None


def _at_edge(row: Row, edge: float | None, margins: Margins) -> int | None:
    """The number of the word that begins the right column, where the left one nearly touches it."""
    if edge is None:
        return None
    for at, gap in enumerate(row.gaps(), start=1):
        if abs(row.spots[at].box.x0 - edge) < SAME_EDGE * margins.em and gap > TOUCHING * margins.em:
            left, right = row.split(at)
            return at if _worded(left) and _worded(right) and right.text[0].isupper() else None
    return None


def _nearer_right(part: Row, margins: Margins) -> bool:
    if margins.indent(part) > RIGHT_HALF * margins.width:
        return True
    return is_motto(part) or (
        margins.indent(part) > 0.3 * margins.width and part.box.centre[0] > margins.centre
    )


def _column(rows: Iterable[Row], column: Column, number: int) -> list[Placed]:
    return [Placed(row, column, number) for row in sorted(rows, key=lambda row: row.middle)]
