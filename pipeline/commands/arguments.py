"""The arguments of each command, with their help and examples."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TypeAlias

MOST_PAGES = 100_000
"""The highest page number that can be asked for; a longer file is none we take."""

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_subparsers` returns; argparse has no public name for it."""


def page_numbers(text: str) -> tuple[int, ...]:
    """`1-3,5` → (1, 2, 3, 5), each once, rising.

    Raises:
        argparse.ArgumentTypeError: if it is no such list.
    """
    pages: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6})\s*)?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= MOST_PAGES:
            raise argparse.ArgumentTypeError(f"{text!r} is no list of pages such as 1-3 or 1-3,5")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))


def add_convert(subparsers: Subparsers) -> None:
    """`kehoach convert`: plans in, YAML out."""
    parser = _command(
        subparsers,
        "convert",
        "Convert plans: PDF (scanned, born digital or both), PNG, JPEG, TIFF, DOCX or plain text.",
        """\
examples:
  kehoach convert plan.pdf                      writes output/plan.yaml
  kehoach convert plan.pdf --overlay            and output/plan.overlay/page-001.png ...
  kehoach convert *.pdf letter.docx -o plans/   several files, a bad one does not stop the rest
  kehoach convert plan.pdf --pages 1-3,5 --format json
  kehoach convert bundle.pdf --split            output/bundle.yaml, output/bundle-2.yaml ...
""",
    )
    parser.add_argument("plans", nargs="+", metavar="PLAN", help="a file to convert")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="FOLDER",
        help="where results go (default: output)",
    )  # fmt: skip
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml", help="default: yaml")
    parser.add_argument("--overlay", action="store_true", help="draw what was found on each page, as PNG")
    parser.add_argument("--keep", action="store_true", help="keep what each stage made, as JSON")
    parser.add_argument("--pages", type=page_numbers, metavar="1-3,5", help="read these pages only")
    parser.add_argument("--split", action="store_true", help="a file of several documents: a plan of each")
    parser.add_argument(
        "--allow-secret", action="store_true", help="convert documents marked MẬT, TỐI MẬT or TUYỆT MẬT too"
    )
    _add_reading(parser)
    _add_talking(parser)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading (the defaults suit an office scan)")
    group.add_argument("--engine", metavar="NAME", help="tesseract, tesserocr or auto (default: auto)")
    group.add_argument(
        "--dpi", type=int, help="resolution given to OCR, 72 to 600 (default: as each page needs)"
    )
    group.add_argument(
        "--no-mend", action="store_true", help="leave the words that OCR broke as they were read"
    )
    group.add_argument("--lang", metavar="CODE", help="model of the OCR engine (default: vie)")


def _add_talking(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--quiet", action="store_true", help="say nothing but errors")
    group.add_argument("--verbose", action="store_true", help="say how each page was read; full tracebacks")


def add_archive(subparsers: Subparsers) -> None:
    """`kehoach archive`: whole folders, unattended."""
    parser = _command(
        subparsers,
        "archive",
        "Convert every document below folders, with a ledger: repeat it and it goes on where it stopped.",
        """\
examples:
  kehoach archive scans/ -o plans/                 mirrors the tree; plans/ledger.sqlite knows every file
  kehoach archive scans/ -o plans/ --retry failed
  kehoach archive -o plans/ --report               plans/report.html and plans/report.csv
  kehoach archive scans/ -o plans/ --dask tcp://10.0.0.5:8786

exit code: 0 all well, 1 some documents failed, 130 or 143 stopped by a signal
""",
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="folders with documents")
    parser.add_argument(
        "--report", action="store_true", help="write report.html and report.csv to the output"
    )
    _add_archiving(parser)


def add_watch(subparsers: Subparsers) -> None:
    """`kehoach watch`: an inbox."""
    parser = _command(
        subparsers,
        "watch",
        "Convert new documents in a folder as soon as they are complete. Stop it with Ctrl-C.",
        """\
A file is complete when its size and time have not changed between two looks. Files are moved nowhere.

example:
  kehoach watch inbox/ -o plans/
""",
    )
    parser.add_argument("inbox", type=Path, metavar="INBOX", help="the folder to look into, at any depth")
    parser.add_argument(
        "--every", type=_positive, default=5.0, metavar="SECONDS", help="between two looks (default: 5)"
    )
    parser.add_argument("--once", action="store_true", help="stop when what is there now has been converted")
    _add_archiving(parser)


def _add_archiving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="where results and the ledger go"
    )
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml", help="default: yaml")
    parser.add_argument("--retry", choices=("failed",), help="convert again what failed before")
    parser.add_argument("--split", action="store_true", help="a file of several documents: a plan of each")
    parser.add_argument("--allow-secret", action="store_true", help="convert secret documents too")
    group = parser.add_argument_group("where the work is done")
    group.add_argument(
        "--workers", type=_count, metavar="N", help="processes on this machine (default: one a core)"
    )
    group.add_argument("--dask", metavar="ADDRESS", help="a Dask scheduler, tcp://host:8786 (kehoach[dask])")
    group.add_argument(
        "--send-files", action="store_true", help="send files to the cluster instead of sharing a path"
    )
    group = parser.add_argument_group("limits of one document")
    group.add_argument("--max-seconds", type=_positive, metavar="S", help="in all (default: 3600)")
    group.add_argument(
        "--max-page-seconds", type=_positive, metavar="S", help="without finishing a page (default: 600)"
    )
    group.add_argument("--max-memory", type=_count, metavar="MB", help="of a worker (default: 2000)")
    group.add_argument("--max-file-bytes", type=_count, metavar="N", help="default: 500000000")
    group.add_argument(
        "--max-unpacked-bytes", type=_count, metavar="N", help="of a DOCX, or a PDF page (default: 400000000)"
    )
    group.add_argument("--max-pages", type=_count, metavar="N", help="default: 2000")
    group.add_argument("--max-page-pixels", type=_count, metavar="N", help="default: 200000000")
    _add_reading(parser)
    group = parser.add_argument_group("messages")
    group.add_argument("--json-log", action="store_true", help="one JSON object a line on standard output")
    group.add_argument("--quiet", action="store_true", help="say nothing but errors")


def add_serve(subparsers: Subparsers) -> None:
    """`kehoach serve`: the web page."""
    parser = _command(
        subparsers,
        "serve",
        "Open the web page: drop a scan, check the doubts beside the page, take the task list.",
        """\
Only this machine can reach it, unless --host says otherwise; then a token is needed, by --token or
in the environment as KEHOACH_TOKEN (which other users of the machine cannot see). A browser is asked
for it once, programs send it as `Authorization: Bearer`. What others send is not encrypted: on
a network put a server with TLS before it.

examples:
  kehoach serve                          the plans in output/, in the browser
  kehoach serve plans/ --scans scans/    plans that `kehoach archive` made, with their originals
  kehoach serve --port 9000 --no-browser
  KEHOACH_TOKEN=a-long-secret kehoach serve plans/ --host 0.0.0.0

Stop it with Ctrl-C. The page, its API and what keeps it safe: docs/web.md
""",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("output"), metavar="FOLDER",
        help="where the plans are and uploads go (default: output)",
    )  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8642, help="default: 8642")
    parser.add_argument("--token", help="ask for this token; needed with --host (or KEHOACH_TOKEN)")
    parser.add_argument(
        "--scans", type=Path, action="append", default=[], metavar="DIR",
        help="where originals of these plans lie; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--max-upload", type=_count, default=500, metavar="MB", help="size of one upload (default: 500)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _port(text: str) -> int:
    """0 (any that is free) to 65535."""
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port")
    return number


def _positive(text: str) -> float:
    """A number above nought."""
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _count(text: str) -> int:
    """A whole number above nought."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def add_evaluate(subparsers: Subparsers) -> None:
    """`kehoach evaluate`: how good is a conversion."""
    parser = _command(
        subparsers,
        "evaluate",
        "Compare plans with gold that a person annotated: strict and lenient F1, rows found, wrong fields.",
        """\
The gold may be partial: what it leaves out is not scored.

examples:
  kehoach evaluate samples/seed/plan.gold.yaml output/plan.yaml
  kehoach evaluate gold1.yaml out1.yaml gold2.yaml out2.yaml --json
""",
    )
    parser.add_argument("plans", nargs="+", metavar="GOLD PREDICTED", help="pairs of plan files")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def add_schema(subparsers: Subparsers) -> None:
    """`kehoach schema`: the contract as JSON Schema."""
    _command(
        subparsers,
        "schema",
        "Print the JSON Schema of the plan files.",
        "example:\n  kehoach schema > plan.schema.json\n",
    )


def add_doctor(subparsers: Subparsers) -> None:
    """`kehoach doctor`: what is installed, what is missing."""
    _command(
        subparsers,
        "doctor",
        "Say what is installed, what is missing and how to get it.",
        "example:\n  kehoach doctor\n\nexit code: 0 if all that is needed is there, 1 otherwise\n",
    )


def _command(subparsers: Subparsers, name: str, summary: str, epilog: str) -> argparse.ArgumentParser:
    return subparsers.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
