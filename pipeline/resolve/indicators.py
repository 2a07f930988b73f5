"""Indicators from the rows of indicator tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.outline import OutlineTable, RowCell, TableRow
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.quantities import is_counted
from pipeline.resolve.table_ids import gaps, row_ids
from pipeline.resolve.targets import resolve_target
from pipeline.resolve.task_rows import cell_units
from pipeline.types import EMPTY, Passage, join_passages
from schemas import Indicator, Target

_HEAD_BRACKET = re.compile(r"\(([^()]+)\)\s*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def indicators_of_table(table: OutlineTable, prefix: str, context: Context) -> Iterator[Indicator]:
    """One indicator a row."""
    jumps = {at: before for at, before, _ in gaps(table.rows)}
    for at, (row, wanted) in enumerate(zip(table.rows, row_ids(table.rows, prefix), strict=True)):
        indicator_id = context.unique("indicators", wanted) if wanted else context.free("indicators", prefix)
        if row.restored:
            context.record.flag(
                "label-restored", f"indicators/{indicator_id}", text=row.label.text, id=indicator_id
            )
        if at in jumps:
            context.record.flag(
                "numbering-gap",
                f"indicators/{indicator_id}",
                where=indicator_id,
                before=jumps[at],
                after=row.number,
            )
        yield _indicator_of_row(row, indicator_id, table.header, context)


def _indicator_of_row(
    row: TableRow, indicator_id: str, header: Sequence[Passage], context: Context
) -> Indicator:
    key = f"indicators/{indicator_id}"
    names = row.of("name") or row.of("title")
    name = final_stop_off(names[0].passage) if names else EMPTY
    unit = final_stop_off(join_passages(cell.passage for cell in row.of("unit")))
    unit = unit or _unit_in_header(row, header)
    time = join_passages(cell.passage for cell in row.of("deadline"))
    group = final_stop_off(row.groups[-1]) if row.groups else EMPTY
    context.record.prove(f"{key}/name", row.label, name)
    context.record.prove(f"{key}/group", *row.groups)
    context.record.prove(f"{key}/unit", unit)
    return Indicator(
        id=indicator_id,
        group=group.text or None,
        name=name.text or None,
        unit=unit.text or None,
        target=_target(row, unit, f"{key}/target", context),
        lead=cell_units(row, "lead", f"{key}/lead", context),
        support=cell_units(row, "support", f"{key}/support", context),
        deadline=context.deadline(f"{key}/deadline", time, time),
    )


def _unit_in_header(row: TableRow, header: Sequence[Passage]) -> Passage:
    """What is counted where the head of the figures says it in a bracket ("Chỉ tiêu (người)"); other brackets
    ("(lũy kế)") are none."""
    cells = [cell for cell in row.of("target") if cell.passage]
    heads = [head for head in header if cells and head.text == _final(cells).header]
    found = _HEAD_BRACKET.search(heads[0].text) if heads else None
    if found is None or not is_counted(found.group(1)):
        return EMPTY
    return heads[0].part(*found.span(1))


def _target(row: TableRow, unit: Passage, key: str, context: Context) -> Target | None:
    cells = [cell for cell in row.of("target") if cell.passage]
    if not cells:
        return None
    chosen = _final(cells)
    text = final_stop_off(chosen.passage)
    context.record.prove(key, chosen.passage)
    reading = resolve_target(text.text, unit.text or None)
    if reading.value is None:
        context.record.flag("target-unclear", key, text=text.text)
    return Target(text=reading.text, operator=reading.operator, value=reading.value, unit=reading.unit)


def _final(cells: Sequence[RowCell]) -> RowCell:
    """Of the figures for several years the last: what is to be reached in the end. A column for the whole
    time ("Mục tiêu", "Cả năm") says that itself."""
    years = [max(map(int, _YEAR.findall(cell.header)), default=0) for cell in cells]
    if len(set(years)) < len(years) or 0 in years:
        return cells[0]
    return max(zip(years, cells, strict=True), key=lambda one: one[0])[1]
