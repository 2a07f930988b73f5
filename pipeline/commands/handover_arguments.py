"""The arguments of the commands that hand plans over: export, tasks, check."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from pipeline.commands.arguments import Subparsers, _command

FORMS = ("xlsx", "csv", "json", "jsonl", "ics", "sqlite", "md")
KINDS = ("date", "period", "continuous", "recurring", "reference", "duration", "event", "unclear", "none")


def iso_day(text: str) -> date:
    """`2024-07-01`.

    Raises:
        argparse.ArgumentTypeError: if it is no such day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2024-07-01") from None


def add_export(subparsers: Subparsers) -> None:
    """`kehoach export`: plans into other programs' formats."""
    parser = _command(
        subparsers,
        "export",
        "Export plans: task tracker (xlsx), CSV, JSON, JSON Lines, calendar (ics), SQLite, Markdown.",
        """\
examples:
  kehoach export output/ --to xlsx -o tracker.xlsx              a tracker of all plans in a folder
  kehoach export output/ --to xlsx --update tracker.xlsx        again; status and notes stay
  kehoach export plan.yaml --to ics -o plan.ics --as event      into a calendar
  kehoach export plan.yaml --to ics --update plan.ics           a corrected plan changes its entries
  kehoach export output/ --to sqlite -o plans.sqlite            into a database
  kehoach export output/ --to csv -o csv/ --bom                 for Excel
  kehoach export plan.yaml --to jsonl -o - | jq .title          one task a line

Columns and tables: docs/exports.md
""",
    )
    parser.add_argument("plans", nargs="+", metavar="PLAN", help="plan files, or folders of them")
    parser.add_argument("--to", choices=FORMS, required=True, help="the format")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PATH",
        help="the file, for csv the folder; - is standard output (default: into the folder output)",
    )  # fmt: skip
    parser.add_argument(
        "--update", type=Path, metavar="FILE",
        help="xlsx, ics: carry on from this earlier export; without -o it is replaced",
    )  # fmt: skip
    parser.add_argument(
        "--as", dest="entries", choices=("todo", "event"), default="todo",
        help="ics: to-dos, or all-day events on the last day (default: todo)",
    )  # fmt: skip
    parser.add_argument(
        "--bom", action="store_true",
        help="csv for Excel: byte order mark, and an apostrophe before what Excel would take for a formula",
    )  # fmt: skip
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def add_tasks(subparsers: Subparsers) -> None:
    """`kehoach tasks`: who has to do what by when, over many plans."""
    parser = _command(
        subparsers,
        "tasks",
        "List tasks over all plans in a folder. An index that keeps itself fresh makes it quick.",
        """\
Units are found without regard to marks, capitals and abbreviations; so are collectives that the
unit belongs to: "UBND phường" also finds "UBND các xã, phường".

examples:
  kehoach tasks output/ --unit "Văn phòng" --due-before 2024-07-01
  kehoach tasks output/ --unit "so tai chinh" --role lead --format csv > tasks.csv
  kehoach tasks output/ --kind recurring --format json
""",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder with the plan files")
    parser.add_argument("--unit", metavar="NAME", help="tasks that this unit leads or supports")
    parser.add_argument("--role", choices=("lead", "support"), help="only those that it leads, or supports")
    parser.add_argument("--exact", action="store_true", help="without the collectives that it belongs to")
    parser.add_argument("--due-before", type=iso_day, metavar="DAY", help="due earlier than this day")
    parser.add_argument("--due-after", type=iso_day, metavar="DAY", help="due later than this day")
    parser.add_argument("--kind", action="append", choices=KINDS, help="kind of deadline; may be repeated")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    parser.add_argument("--quiet", action="store_true", help="no message about files that could not be read")


def add_check(subparsers: Subparsers) -> None:
    """`kehoach check`: is every task clear?"""
    parser = _command(
        subparsers,
        "check",
        'The "6 rõ" check: does every task say who, what, when, who answers for it, what comes out, '
        "on whose authority?",
        """\
  rõ người         a lead is named
  rõ việc          there is a title
  rõ thời gian     a deadline that is not unclear
  rõ trách nhiệm   exactly one lead
  rõ sản phẩm      a product is named
  rõ thẩm quyền    a document is cited in the task or its section; else doubtful

examples:
  kehoach check output/plan.yaml
  kehoach check output/*.yaml --format csv > check.csv
  kehoach check output/plan.yaml --strict && echo clear

exit code: 0; with --strict 3 if a task fails one of the six (doubtful is no failure)
""",
    )
    parser.add_argument("plans", nargs="+", metavar="PLAN", help="plan files, or folders of them")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    parser.add_argument("--strict", action="store_true", help="exit code 3 if a task fails one of the six")
