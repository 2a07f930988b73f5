"""From the texts: the composed page, its PDF, and the table as it should be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.table_pages.texts import TableText
from samples.typeset.compose import compose
from samples.typeset.elements import Cell, Element, NewPage, Para, Plan, Row, Table
from samples.typeset.pdf import write_pdf
from samples.typeset.sheets import PlacedRule, Sheet

_UNDER = (
    "Căn cứ tình hình thực tế, các đơn vị chủ động điều chỉnh tiến độ và báo cáo kịp thời những khó khăn."
)


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell where it stands, its spans and its text (lines joined by one space)."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class TrueGrid:
    """A table as printed."""

    rows: int
    columns: int
    cells: tuple[TrueCell, ...]


def true_grid(table: TableText) -> TrueGrid:
    """The table's cells, merges resolved."""
    _, lines = _lines(table)
    cells = [
        TrueCell(row, column, *_span(lines, row, column), text)
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
        if text not in ("^", "<")
    ]
    return TrueGrid(len(lines), len(table.widths), tuple(cells))


def page_of(table: TableText) -> Sheet:
    """The page, composed: a heading, the table, a paragraph under it."""
    elements: list[Element] = [
        Para(table.heading, align="centre", style="bold"),
        Para("(Kèm theo Kế hoạch của Ủy ban nhân dân)", align="centre", style="italic", before=0),
        _typeset(table),
        Para(_UNDER),
    ]
    if table.landscape:
        elements.insert(0, NewPage(landscape=True))
    sheet = compose(Plan(table.name, table.heading, tuple(elements), 0))[-1]
    return replace(sheet, number=1, rules=tuple(_drawn(sheet.rules, table)))


def _drawn(rules: Sequence[PlacedRule], table: TableText) -> list[PlacedRule]:
    """The lines of the table that its layout has, as it draws them."""
    flat = [rule for rule in rules if rule.top == rule.bottom]
    if table.layout == "half_ruled":
        return flat
    if table.layout == "three_lines":
        levels = sorted({rule.top for rule in flat})
        header, _ = _lines(table)
        return [rule for rule in flat if rule.top in (levels[0], levels[header], levels[-1])]
    if table.layout == "open":
        return []
    if table.layout == "double":
        return [twin for rule in rules for twin in _twins(rule)]
    if table.layout == "framed":
        return [replace(rule, weight=2.2 if _outer(rule, rules) else 0.35) for rule in rules]
    return list(rules)


def _twins(rule: PlacedRule) -> tuple[PlacedRule, PlacedRule]:
    """A double line, as office programs draw it: 0.5 points each, 1.2 between their middles."""
    right, down = (0.0, 0.6) if rule.top == rule.bottom else (0.6, 0.0)
    return (
        PlacedRule(rule.x0 - right, rule.top - down, rule.x1 - right, rule.bottom - down, 0.5),
        PlacedRule(rule.x0 + right, rule.top + down, rule.x1 + right, rule.bottom + down, 0.5),
    )


def _outer(rule: PlacedRule, rules: Sequence[PlacedRule]) -> bool:
    if rule.top == rule.bottom:
        return rule.top in (min(r.top for r in rules), max(r.bottom for r in rules))
    return rule.x0 in (min(r.x0 for r in rules), max(r.x1 for r in rules))


def write_page(table: TableText, path: Path) -> None:
    """The page as a born-digital PDF."""
    write_pdf((page_of(table),), path, table.heading)


def _lines(table: TableText) -> tuple[int, list[list[str]]]:
    header, body = table.body.strip().split("\n---\n")
    rows = [[cell.strip() for cell in line.split("|")] for line in [*header.split("\n"), *body.split("\n")]]
    assert all(len(row) == len(table.widths) for row in rows), table.name
    return len(header.split("\n")), rows


def _span(lines: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    down = across = 1
    while column + across < len(lines[row]) and lines[row][column + across] == "<":
        across += 1
    while row + down < len(lines) and lines[row + down][column] == "^":
        down += 1
    return down, across


def _typeset(table: TableText) -> Table:
    header, lines = _lines(table)
    rows = [
        Row(tuple(_cell(table, lines, header, row, column) for column in range(len(line))))
        for row, line in enumerate(lines)
    ]
    return Table(
        tuple(table.widths), tuple(rows[:header]), tuple(rows[header:]), table.size, padding=table.padding
    )


def _cell(
    table: TableText, lines: Sequence[Sequence[str]], header: int, row: int, column: int
) -> Cell | None:
    text = lines[row][column]
    if text in ("^", "<"):
        return None
    down, across = _span(lines, row, column)
    group = "<" in lines[row] and row >= header
    short = max(len(line[column]) for line in lines[header:]) <= 12
    centred = row < header or column == 0 or short or (down > 1 and table.layout != "half_ruled")
    return Cell(
        (text,),
        align="centre" if centred and not (group and column) else "left",
        style="bold" if row < header or group else "regular",
        columns=across,
        rows=down,
    )
