"""What the columns of a table mean, which rows are headers and groups, what kind the table is."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pipeline.folding import fold_wording
from pipeline.outline import ColumnRole, OutlineTable, RowCell, TableKind, TableRow, is_mark
from pipeline.parse.column_roles import holds_wording, is_period, role_scores, roles_of, same_wording
from pipeline.parse.labels import read_labels, roman_value
from pipeline.parse.row_numbers import GroupLabel, mend_groups, number_rows, printed_number
from pipeline.rules import load_rules
from pipeline.types import Cell, Passage, Table, join_passages

_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?$|\([a-z]\)$")
_LONGEST_COLUMN_NUMBER = 4
_FIGURE = re.compile(r"\d[\d.,]*\s?%?")
_ROW_NUMBER = re.compile(r"\W{0,2}(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,4})\W{0,2}$")
_TASK_ROLES = {"lead", "support", "deadline", "start", "end", "product"}


def read_table(table: Table) -> OutlineTable:
    """The rows of `table` under its columns' roles."""
    header_rows = _header_rows(table)
    header = tuple(_header_of(table, column, header_rows) for column in range(table.columns))
    own = tuple(_own_header(table, column, header_rows) for column in range(table.columns))
    roles = roles_of(header, own)
    first = _skip_column_numbers(table, header_rows)
    roles = _number_column(table, first, roles)
    roles = _ticked_times(table, first, roles, header, own)
    roles = _shared_out(table, first, roles)
    rows = number_rows(_rows(table, first, roles, header))
    kind = _kind(roles, header, rows)
    return OutlineTable(table, kind, header, rows)


def _ticked_times(
    table: Table, first: int, roles: tuple[ColumnRole, ...], header: Sequence[Passage], own: Sequence[str]
) -> tuple[ColumnRole, ...]:
    """Columns "Quý I", "Quý II" ... where a mark says when something is done."""
    ticked = [
        role in ("other", "deadline", "target")
        and is_period(own[column] or fold_wording(header[column].text))
        and _holds_marks_only(table, column, first)
        for column, role in enumerate(roles)
    ]
    return tuple("deadline" if tick else role for tick, role in zip(ticked, roles, strict=True))


def _shared_out(table: Table, first: int, roles: tuple[ColumnRole, ...]) -> tuple[ColumnRole, ...]:
    """A quota for each of several bodies: the column "Chỉ tiêu" holds figures only, the one before it names
    who has to reach them ("Xã, phường")."""
    if "name" not in roles or "target" in roles:
        return roles
    at = roles.index("name")
    owners = [i for i, role in enumerate(roles[:at]) if role in ("title", "other", "lead")]
    texts = [cell.text.strip() for cell in table.cells if cell.column == at and cell.row >= first]
    if not owners or not any(texts) or not all(_FIGURE.fullmatch(text) for text in texts if text):
        return roles
    named: dict[int, ColumnRole] = {owners[-1]: "name", at: "target"}
    return tuple(named.get(i, role) for i, role in enumerate(roles))


def _holds_marks_only(table: Table, column: int, first: int) -> bool:
    texts = [
        cell.text.strip()
        for cell in table.cells
        if cell.column == column and cell.row >= first and cell.column_span == 1 and cell.text.strip()
    ]
    return bool(texts) and all(is_mark(text) for text in texts)


def _row_cells(table: Table, row: int) -> tuple[Cell, ...]:
    """The cells that cover `row`, left to right, each once."""
    found: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        if cell.row <= row < cell.row + cell.row_span:
            found.setdefault((cell.row, cell.column), cell)
    return tuple(sorted(found.values(), key=lambda cell: cell.column))


def _header_rows(table: Table) -> int:
    """How many rows at the top name the columns; 0 where none does."""
    if not table.rows:
        return 0
    first = _row_cells(table, 0)
    headers = [fold_wording(cell.text) for cell in first if cell.text]
    named = sum(map(_names_a_column, headers))
    numbered = bool(headers) and max(role_scores(headers[0]), default="") == "number"
    if named < (2 if numbered else max(2, len(headers) / 2)):
        return 0
    return max((cell.row_span for cell in first if cell.row == 0 and cell.row_span < table.rows), default=1)


def _names_a_column(header: str) -> bool:
    """True for the header of a role, and for those of tables that hold other things (people, money)."""
    others = load_rules("columns")["other_kinds"].values()
    return bool(role_scores(header)) or any(
        same_wording(header, fold_wording(phrase)) for phrases in others for phrase in phrases
    )


def _skip_column_numbers(table: Table, row: int) -> int:
    """The row "(1) (2) (3)" under a header is no data; some of its numbers may be misread ("q)")."""
    if 0 < row < table.rows:
        texts = [cell.text.strip() for cell in _row_cells(table, row) if cell.text.strip()]
        short = all(len(text) <= _LONGEST_COLUMN_NUMBER for text in texts)
        read = sum(bool(_COLUMN_NUMBER.match(text)) for text in texts)
        if len(texts) > 2 and short and 2 * read >= len(texts):
            return row + 1
    return row


def _header_of(table: Table, column: int, header_rows: int) -> Passage:
    cells: list[Cell] = []
    for row in range(header_rows):
        cell = table.at(row, column)
        if cell is not None and cell not in cells:
            cells.append(cell)
    return join_passages(cell.passage for cell in cells)


def _own_header(table: Table, column: int, header_rows: int) -> str:
    """The lowest header cell of a column: "Phối hợp" under "Đơn vị thực hiện"."""
    cell = table.at(header_rows - 1, column) if header_rows > 1 else None
    return fold_wording(cell.text) if cell is not None and cell.column_span == 1 else ""


def _number_column(table: Table, first: int, roles: tuple[ColumnRole, ...]) -> tuple[ColumnRole, ...]:
    """A first column that holds little but numbers is the number column, whatever its header became."""
    if not roles or "number" in roles:
        return roles
    texts = [
        cell.text for cell in table.cells if cell.column == 0 and cell.row >= first and cell.column_span == 1
    ]
    numbers = sum(bool(_ROW_NUMBER.match(text)) for text in texts)
    return ("number", *roles[1:]) if texts and numbers * 2 > len(texts) else roles


def _rows(
    table: Table, first: int, roles: Sequence[ColumnRole], header: Sequence[Passage]
) -> tuple[TableRow, ...]:
    heads = _groups(table, first, roles)
    rows: list[TableRow] = []
    groups: list[tuple[str, Passage]] = []
    for row in range(first, table.rows):
        if row in heads:
            groups = _with_group(groups, heads[row])
            continue
        cells = _row_cells(table, row)
        read = tuple(
            RowCell(roles[cell.column], header[cell.column].text, cell.lines)
            for cell in cells
            if roles[cell.column] != "number"
        )
        label = _label(cells, roles)
        if not any(cell.lines for cell in read) and not label:
            continue
        rows.append(
            TableRow(
                label.strip(". "), read, tuple(text for _, text in groups), tuple(name for name, _ in groups)
            )
        )
    return tuple(rows)


def _label(cells: Sequence[Cell], roles: Sequence[ColumnRole]) -> Passage:
    return join_passages(cell.passage for cell in cells if roles[cell.column] == "number")


def _groups(table: Table, first: int, roles: Sequence[ColumnRole]) -> dict[int, tuple[str, Passage]]:
    """The group rows with their labels, those that OCR broke restored from the others."""
    found: dict[int, tuple[str, Passage]] = {}
    for row in range(first, table.rows):
        group = _group_of(table, _row_cells(table, row), roles)
        if group is not None:
            found[row] = group
    shapes = [
        GroupLabel(label, _has_own_cell(table, row, roles), _first_number(table, row, found, roles))
        for row, (label, _) in found.items()
    ]
    mended = mend_groups(shapes)
    return {row: (label, text) for (row, (_, text)), label in zip(found.items(), mended, strict=True)}


def _has_own_cell(table: Table, row: int, roles: Sequence[ColumnRole]) -> bool:
    """True where the number column is not merged into the group's title."""
    return any(roles[cell.column] == "number" and cell.column_span == 1 for cell in _row_cells(table, row))


def _first_number(table: Table, group: int, groups: Container[int], roles: Sequence[ColumnRole]) -> str:
    for row in range(group + 1, table.rows):
        if row not in groups:
            return printed_number(_label(_row_cells(table, row), roles).text)
    return ""


def _group_of(table: Table, cells: Sequence[Cell], roles: Sequence[ColumnRole]) -> tuple[str, Passage] | None:
    """The label and title of a group row; None for an ordinary row."""
    filled = [cell for cell in cells if cell.text.strip()]
    numbers = [cell for cell in filled if roles[cell.column] == "number" and cell.column_span == 1]
    texts = [cell for cell in filled if cell not in numbers]
    if len(texts) != 1 or texts[0].row_span > 1:
        return None
    text = texts[0].passage
    number = join_passages(cell.passage for cell in numbers).strip(". ").text
    wide = texts[0].column_span >= max(2, table.columns - 1)
    if not (wide or _is_group_number(number) or (not number and _is_group_title(text.text, roles, texts[0]))):
        return None
    if not number:
        reading = next(iter(read_labels(text.text)), None)
        if reading is not None and reading.kind in ("roman", "capital", "arabic", "part", "clause"):
            return reading.name, text.part(reading.end)
        found = re.match(r"([IVX]+|[A-H]) (?=\S)", text.text)
        if found and (roman_value(found.group(1)) or found.group(1) in "ABCDEFGH"):
            return found.group(1), text.part(found.end())
    return number, text


def _is_group_number(number: str) -> bool:
    return bool(number) and (roman_value(number) is not None or number in tuple("ABCDEFGH"))


def _is_group_title(text: str, roles: Sequence[ColumnRole], cell: Cell) -> bool:
    """A row that fills only its title column, in capitals, heads the rows below it."""
    letters = [letter for letter in text if letter.isalpha()]
    return roles[cell.column] in ("title", "name") and bool(letters) and all(map(str.isupper, letters))


def _with_group(groups: list[tuple[str, Passage]], group: tuple[str, Passage]) -> list[tuple[str, Passage]]:
    """A group replaces those of its own rank and below."""
    ranks = [_group_rank(label, "") for label, _ in groups]
    rank = _group_rank(group[0], groups[0][0] if groups else "")
    return [*(held for held, own in zip(groups, ranks, strict=True) if own < rank), group]


def _group_rank(label: str, outermost: str) -> int:
    """0 for the outermost groups. C and D are letters after B and C, else Roman figures."""
    if label in tuple("ABDEFGH") or (label == "C" and outermost == "B"):
        return 0
    if label == "C" and not outermost:
        return 0
    if roman_value(label) is not None:
        return 1
    return 2 if label else 3


def _kind(roles: Sequence[ColumnRole], header: Sequence[Passage], rows: Sequence[TableRow]) -> TableKind:
    names = [fold_wording(text.text) for text in header]
    others = load_rules("columns")["other_kinds"]

    def hits(kind: str) -> int:
        return sum(
            any(holds_wording(name, fold_wording(phrase)) for phrase in others[kind]) for name in names
        )

    filled = [row for row in rows if any(cell.passage.text for cell in row.cells)]
    if not filled or not any(header):
        return "other"
    if hits("report") >= 2 or hits("people") >= 2:
        return "other"
    if hits("money") and "name" not in roles and not _TASK_ROLES & set(roles):
        return "other"  # sums for funding are no targets
    promised = any(cell.lines for row in filled for cell in row.of("target"))  # else a form to fill in
    if "target" in roles and ("name" in roles or "unit" in roles):
        return "indicators" if promised else "other"
    if _TASK_ROLES & set(roles) and ("title" in roles or "name" in roles):
        return "other" if hits("money") >= 2 and not {"lead", "deadline"} & set(roles) else "tasks"
    return "indicators" if promised and "title" in roles else "other"
