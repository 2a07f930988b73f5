"""Writes the tables of docs/exports.md anew from the code: `python scripts/exports_page.py`."""

from __future__ import annotations

from pathlib import Path

from pipeline.export.database import TASKS_DUE
from pipeline.export.table import Table
from pipeline.export.tables import TABLES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "exports.md"
BEGIN = "<!-- tables: made by scripts/exports_page.py, do not edit below -->\n"


def page() -> str:
    """The page as it should be: what is written by hand, then the tables."""
    by_hand = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
    view = f"### View `tasks_due`\n\n```sql\n{TASKS_DUE};\n```\n"
    return "\n".join([by_hand + BEGIN, *map(_section, TABLES), view])


def _section(table: Table) -> str:
    key = ", ".join(f"`{column}`" for column in table.key)
    lines = [f"### `{table.name}`", "", f"{table.meaning[0].upper()}{table.meaning[1:]}. Key: {key}."]
    for link in table.links:
        columns = ", ".join(f"`{column}`" for column in link.columns)
        target = ", ".join(f"`{column}`" for column in link.target)
        lines.append(f"{columns} → `{link.table}` ({target}).")
    lines += ["", "| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in table.columns]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
