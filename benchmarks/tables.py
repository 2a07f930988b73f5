"""Tables on twelve pages under twelve conditions: this project and public libraries on the same files.

    python -m benchmarks.tables [--conditions NAME ...] [--pages NAME ...] [--ours] [--wrong]
    python -m benchmarks.tables --others ...        pages drawn otherwise: double lines, three, none

Prints Markdown. Needs `pip install .[bench]`, reportlab and the Liberation Serif 2 fonts.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.table_pages import readers
from benchmarks.table_pages.build import true_grid, write_page
from benchmarks.table_pages.conditions import CONDITIONS, Condition, Gray
from benchmarks.table_pages.other_texts import OTHER_TABLES
from benchmarks.table_pages.scoring import Score, score
from benchmarks.table_pages.texts import TABLES, TableText
from samples.typeset.fonts import load_fonts

_DIGITAL = "born digital"
_TOOLS = ("kehoach", "img2table", "pdfplumber", "camelot")


@dataclass(frozen=True, slots=True)
class Job:
    """One file for one tool."""

    tool: str
    condition: str
    page: TableText
    path: Path


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    load_fonts()
    known = OTHER_TABLES if options.others else TABLES
    tables = [table for table in known if not options.pages or table.name in options.pages]
    with tempfile.TemporaryDirectory(prefix="kehoach-bench-") as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        jobs = list(_jobs(tables, options, folder))
        with ProcessPoolExecutor(options.workers) as pool:
            results = list(pool.map(run, jobs))
    _report(jobs, results, options.wrong)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--conditions", nargs="*", help=f"{_DIGITAL}, " + ", ".join(c.name for c in CONDITIONS)
    )
    names = ", ".join(table.name for table in (*TABLES, *OTHER_TABLES))
    parser.add_argument("--pages", nargs="*", help=names)
    parser.add_argument("--others", action="store_true", help="the pages drawn otherwise")
    parser.add_argument("--ours", action="store_true", help="run this project only")
    parser.add_argument("--wrong", action="store_true", help="list the cells that this project read wrong")
    parser.add_argument("--folder", type=Path, help="keep the page files here")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args(arguments)


def _jobs(tables: Sequence[TableText], options: argparse.Namespace, folder: Path) -> Iterator[Job]:
    pdfs = []
    for table in tables:
        pdfs.append(folder / f"{table.name}.pdf")
        write_page(table, pdfs[-1])
    wanted = options.conditions or [_DIGITAL, *(condition.name for condition in CONDITIONS)]
    for name in wanted:
        tools = ("kehoach", "pdfplumber", "camelot") if name == _DIGITAL else ("kehoach", "img2table")
        for number, table in enumerate(tables):
            path = pdfs[number]
            if name != _DIGITAL:
                condition = next(condition for condition in CONDITIONS if condition.name == name)
                path = spoil(pdfs[number], pdfs[(number + 1) % len(pdfs)], condition, folder)
            for tool in tools[:1] if options.ours else tools:
                yield Job(tool, name, table, path)


def spoil(pdf: Path, other: Path, condition: Condition, folder: Path) -> Path:
    """The page of `pdf` under `condition`, as a PNG that says its resolution. The same bytes each time."""
    random = np.random.default_rng(zlib.crc32(f"{pdf.stem} {condition.name}".encode()))
    path = folder / f"{pdf.stem}.{condition.name.replace(' ', '_').replace('°', '')}.png"
    if path.exists():
        return path
    pixels = condition.spoil(_pixels(pdf, condition.dpi), _pixels(other, condition.dpi), random)
    Image.fromarray(pixels).save(path, dpi=(condition.dpi, condition.dpi))
    return path


def _pixels(pdf: Path, dpi: int) -> Gray:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return np.asarray(document[0].render(scale=dpi / 72).to_pil().convert("L"), dtype=np.uint8)
    finally:
        document.close()


def run(job: Job) -> Score:
    """One tool on one file."""
    reader = {
        "kehoach": readers.by_kehoach,
        "img2table": readers.by_img2table,
        "pdfplumber": readers.by_pdfplumber,
        "camelot": readers.by_camelot,
    }[job.tool]
    before = _cpu()
    try:
        grids = reader(job.path)
    except Exception as error:
        # A tool that fails on a page has found nothing on it; the others go on.
        print(f"{job.tool} on {job.path.name}: {type(error).__name__}: {error}")
        grids = []
    return score(true_grid(job.page), grids, _cpu() - before)


def _cpu() -> float:
    """Seconds of CPU of this process and the engines it has started."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _report(jobs: Sequence[Job], results: Sequence[Score], wrong: bool) -> None:
    print("| condition | tool | tables found | grid right | cells exact | lenient | CER | CPU s/page |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for condition in dict.fromkeys(job.condition for job in jobs):
        for tool in _TOOLS:
            total = Score()
            for job, result in zip(jobs, results, strict=True):
                if (job.condition, job.tool) == (condition, tool):
                    total.add(result)
            if total.pages:
                print(_line(condition, tool, total))
    if wrong:
        _list_wrong(jobs, results)


def _line(condition: str, tool: str, total: Score) -> str:
    cells = max(1, total.cells)
    return (
        f"| {condition} | {tool} | {total.found}/{total.pages} | {total.right}/{total.pages} "
        f"| {total.exact / cells:.3f} | {total.lenient / cells:.3f} "
        f"| {100 * total.errors / max(1, total.letters):.1f} % | {total.seconds / total.pages:.2f} |"
    )


def _list_wrong(jobs: Sequence[Job], results: Sequence[Score]) -> None:
    for job, result in zip(jobs, results, strict=True):
        if job.tool != "kehoach":
            continue
        if not result.right:
            print(f"\n{job.condition}, {job.page.name}: GRID WRONG")
        for printed, read in result.wrong:
            print(f"{job.condition:15} {job.page.name:15} {printed!r} <- {read!r}")


if __name__ == "__main__":
    main()
