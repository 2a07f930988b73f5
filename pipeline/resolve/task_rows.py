"""Tasks from the rows of task tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.outline import ColumnRole, OutlineTable, RowCell, TableRow, is_mark
from pipeline.resolve.actors import roles_in_value
from pipeline.resolve.context import Context, final_stop_off
from pipeline.resolve.table_ids import gaps, row_ids
from pipeline.types import EMPTY, Passage, join_passages
from schemas import Task


def tasks_of_table(
    table: OutlineTable, prefix: str, headings: tuple[Passage, ...], context: Context
) -> Iterator[Task]:
    """One task a row; group rows go to `section`."""
    jumps = {at: before for at, before, _ in gaps(table.rows)}
    for at, (row, wanted) in enumerate(zip(table.rows, row_ids(table.rows, prefix), strict=True)):
        task_id = context.unique("tasks", wanted) if wanted else context.free("tasks", prefix)
        if row.restored:
            context.record.flag("label-restored", f"tasks/{task_id}", text=row.label.text, id=task_id)
        if at in jumps:
            context.record.flag(
                "numbering-gap", f"tasks/{task_id}", where=task_id, before=jumps[at], after=row.number
            )
        yield _task_of_row(row, task_id, headings, context)


def _task_of_row(row: TableRow, task_id: str, headings: tuple[Passage, ...], context: Context) -> Task:
    key = f"tasks/{task_id}"
    titles = row.of("title") or row.of("name")
    title = final_stop_off(titles[0].passage) if titles else EMPTY
    context.record.prove(f"{key}/title", row.label, title)
    context.record.claim(*row.groups)
    time = join_passages((cell.passage for cell in (*row.of("start"), *row.of("end"))), " - ")
    time = time or _printed_time(row)
    lead, helped = _leading(row, key, context)
    support = cell_units(row, "support", f"{key}/support", context)
    task = Task(
        id=task_id,
        title=title.text or None,
        section=tuple(final_stop_off(text).text for text in (*headings, *row.groups) if text),
        lead=lead,
        support=tuple(dict.fromkeys((*helped, *support))),
        deadline=context.deadline(f"{key}/deadline", time, time),
        products=_cell_products(row, f"{key}/products", context),
        details=_cell_details(row, f"{key}/details", context),
    )
    flag_missing(task, context)
    return task


def _printed_time(row: TableRow) -> Passage:
    """What the row's cells say of the time: their text, or the headers of those that are ticked."""
    cells = [cell for cell in row.of("deadline") if cell.passage]
    if not cells or not all(is_mark(cell.passage.text) for cell in cells):
        return join_passages(cell.passage for cell in cells)
    words = tuple(word for cell in cells for word in cell.passage.words)
    text = ", ".join(cell.header for cell in cells)
    return Passage(text, words, ((0, len(text)),) * len(words))


def _leading(row: TableRow, key: str, context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead of a row, and the support that its cell names too ("Sở A chủ trì; Sở B phối hợp")."""
    cells = [cell for cell in row.of("lead") if cell.passage]
    roles = roles_in_value(final_stop_off(cells[0].passage)) if len(cells) == 1 else None
    if roles is None:
        return cell_units(row, "lead", f"{key}/lead", context), ()
    context.record.prove(f"{key}/lead", cells[0].passage)
    context.record.prove(f"{key}/support", *roles[1])
    return context.unit_ids(roles[0]), context.unit_ids(roles[1])


def cell_units(row: TableRow, role: ColumnRole, key: str, context: Context) -> tuple[str, ...]:
    """Ids of the units in the row's cells of this role; a new line with a capital is a new unit."""
    ids: list[str] = []
    for cell in row.cells:
        if cell.role == role and cell.passage:
            ids.extend(context.units_in(final_stop_off(cell.passage), cell.lines))
            context.record.prove(key, cell.passage)
    return tuple(dict.fromkeys(ids))


def _cell_products(row: TableRow, key: str, context: Context) -> tuple[str, ...]:
    """One product a cell, or one a line item where the cell is a list of dashes."""
    products: list[str] = []
    for cell in row.of("product"):
        context.record.prove(key, cell.passage)
        products.extend(final_stop_off(part).text for part in line_items(cell.lines))
    return tuple(text for text in products if text)


def line_items(lines: Sequence[Passage]) -> tuple[Passage, ...]:
    """The dash items of a cell, without their dashes; the whole cell where it is no list."""
    if sum(line.text.startswith(("-", "–", "+")) for line in lines) < 2:
        return (join_passages(lines).strip("-–+ ") if lines else EMPTY,)
    groups: list[list[Passage]] = []
    for line in lines:
        if line.text.startswith(("-", "–", "+")) or not groups:
            groups.append([])
        groups[-1].append(line)
    return tuple(join_passages(group).strip("-–+ ") for group in groups)


def _cell_details(row: TableRow, key: str, context: Context) -> tuple[str, ...]:
    """Remarks and columns that no field takes."""
    cells = [cell for cell in row.cells if cell.role in ("note", "other", "unit", "target") and cell.passage]
    extra = [*(row.of("title") or row.of("name"))[1:], *cells]
    for cell in extra:
        context.record.prove(key, cell.passage)
    return tuple(text for cell in extra if (text := _detail(cell)))


def _detail(cell: RowCell) -> str:
    """A bare figure says nothing without its column's header ("Kinh phí (triệu đồng): 350")."""
    text = final_stop_off(cell.passage).text
    bare = bool(text) and not any(letter.isalpha() for letter in text)
    return f"{cell.header}: {text}" if bare and cell.header else text


def flag_missing(task: Task, context: Context) -> None:
    """Findings for what the plan does not print of a task."""
    if not task.lead:
        context.record.flag("missing-lead", f"tasks/{task.id}/lead", id=task.id)
    if task.deadline is None:
        context.record.flag("missing-deadline", f"tasks/{task.id}/deadline", id=task.id)
    if not task.products:
        context.record.flag("missing-product", f"tasks/{task.id}/products", id=task.id)
