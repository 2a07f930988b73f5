"""How well pages are read, and at what cost: this project beside its peers on the same files.

    python -m benchmarks.reading [--quick] [--peers] [--engine NAME] [--conditions worn,fax]

CER and WER as `benchmarks.pages.comparing` defines them, CPU seconds a page with children.
The peers are looked for on the PATH (tesseract, ocrmypdf) and as a module (kreuzberg, in
the Python given by --kreuzberg).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.pages.comparing import Errors, Slip, compare
from benchmarks.pages.papers import Papers, make_papers
from benchmarks.pages.readers import Read, kehoach, kreuzberg, ocrmypdf, tesseract
from benchmarks.pages.typeset import QUICK, printed_pages
from benchmarks.pages.wear import CONDITIONS

TESSERACT = (3, 2)
"""Page segmentation mode and thresholding method: the best of `--sweep` over all conditions."""

Reader = Callable[[Papers], list[Read]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; prints a table, keeps details in the folder as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help=f"the pages {', '.join(QUICK)} only")
    parser.add_argument("--peers", action="store_true", help="the peers too")
    parser.add_argument("--sweep", action="store_true", help="tesseract's settings instead: which is best")
    parser.add_argument("--engine", default="auto", help="engine of this project (default: auto)")
    parser.add_argument("--conditions", default="", help="some of them, by comma")
    parser.add_argument("--kreuzberg", default="python3", help="a Python that has kreuzberg")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "kehoach-reading")
    parser.add_argument("--slips", action="store_true", help="print what this project read wrong")
    options = parser.parse_args(arguments)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    readers = _readers(options)
    wanted = [name.strip() for name in options.conditions.split(",") if name.strip()]
    pages = printed_pages(options.folder / "printed")
    if options.quick:
        pages = [page for page in pages if page.name in QUICK]
    results: dict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for condition in CONDITIONS:
        if wanted and condition.name not in wanted:
            continue
        papers = make_papers(condition, pages, options.folder)
        for name, reader in readers.items():
            results[condition.name][name] = _measure(papers, reader, show=options.slips)
            print(_row(condition.name, name, results[condition.name][name]), flush=True)
    (options.folder / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    print("\n" + _table(results, list(readers)))
    return 0


def _readers(options: argparse.Namespace) -> dict[str, Reader]:
    if options.sweep:
        return {
            f"psm {mode}, threshold {method}": lambda papers, mode=mode, method=method: tesseract(
                papers, mode, method
            )
            for mode in (3, 4, 6)
            for method in (0, 2)
        }
    readers: dict[str, Reader] = {"kehoach": lambda papers: kehoach(papers, options.engine)}
    if options.peers:
        readers["tesseract"] = lambda papers: tesseract(papers, *TESSERACT)
        readers["OCRmyPDF"] = ocrmypdf
        readers["kreuzberg"] = lambda papers: kreuzberg(papers, options.kreuzberg)
    return readers


def _measure(papers: Papers, reader: Reader, *, show: bool) -> dict[str, float]:
    total, cpu, readings = Errors(), 0.0, 0.0
    read = reader(papers)
    for page, reading in zip(papers.pages, read, strict=True):
        errors, slips = compare(page.lines, reading.text)
        total += errors
        cpu += reading.cpu
        readings += reading.readings
        if show:
            _show(page.name, errors, slips, reading)
    count = max(1, len(papers.pages))
    return {"cer": total.cer, "wer": total.wer, "cpu": cpu / count, "readings": readings / count}


def _show(name: str, errors: Errors, slips: Sequence[Slip], reading: Read) -> None:
    print(f"  {name}: CER {100 * errors.cer:.2f} %, {reading.cpu:.2f} s, {reading.note}")
    for slip in slips:
        print(f"    {slip.printed!r} <- {slip.read!r}")


def _row(condition: str, name: str, result: dict[str, float]) -> str:
    return (
        f"{condition:13} {name:22} CER {100 * result['cer']:6.2f} %  WER {100 * result['wer']:6.2f} %  "
        f"{result['cpu']:.2f} s  {result['readings']:.2f} readings"
    )


def _table(results: dict[str, dict[str, dict[str, float]]], names: Sequence[str]) -> str:
    """Markdown: a row a condition; for each reader CER / WER in percent / CPU seconds."""
    lines = ["| condition | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for condition, row in results.items():
        cells = [
            f"{100 * row[name]['cer']:.2f} / {100 * row[name]['wer']:.2f} / {row[name]['cpu']:.2f}"
            for name in names
        ]
        lines.append(f"| {condition} | " + " | ".join(cells) + " |")
    means = [
        f"{100 * _mean(results, name, 'cer'):.2f} / {100 * _mean(results, name, 'wer'):.2f} / "
        f"{_mean(results, name, 'cpu'):.2f}"
        for name in names
    ]
    return "\n".join([*lines, "| mean | " + " | ".join(means) + " |"])


def _mean(results: dict[str, dict[str, dict[str, float]]], name: str, key: str) -> float:
    values = [row[name][key] for row in results.values()]
    return sum(values) / len(values)


if __name__ == "__main__":
    raise SystemExit(main())
