"""What a page costs: this project beside its peers, on the same files, in turns.

    python -m benchmarks.speed scans   [--rounds 5] [--conditions "clean 200,office,worn"]
    python -m benchmarks.speed digital | workers | documents | memory  [--rounds 7]

Every contestant is a command; what it and its children used is asked of the system (wait4), so
nothing is left out. Contestants take turns in every round, in another order each time; the table
has medians and ratios. CPU seconds are what to compare: wall time is that of a machine with other
work on it unless you see to it that there is none.

The peers are looked for on the PATH (tesseract, ocrmypdf; --ocrmypdf names another) and as a
module (kreuzberg, in the Python given by --kreuzberg). POSIX only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from benchmarks.pages.papers import Papers, make_papers
from benchmarks.pages.typeset import QUICK, printed_pages
from benchmarks.pages.wear import CONDITIONS

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("seed", "department", "school")

_KREUZBERG = """
import sys, kreuzberg
from kreuzberg import ExtractionConfig, OcrConfig
config = ExtractionConfig(force_ocr=True, ocr=OcrConfig(backend="tesseract", language="vie"))
for path in sys.argv[1:]:
    kreuzberg.extract_file_sync(path, config=config)
"""
_BARE = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: seconds of CPU with all children, seconds on the clock."""

    cpu: float
    wall: float


Contestant = Callable[[], Cost]


def cost_of(commands: Sequence[Sequence[str]]) -> Cost:
    """Run commands one after the other and add up what they used.

    Raises:
        RuntimeError: one of them failed.
    """
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(ROOT)}
    cpu, started = 0.0, time.perf_counter()
    for command in commands:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(f"{command[0]} ended with status {status}")
        cpu += used.ru_utime + used.ru_stime
    return Cost(cpu, time.perf_counter() - started)


def in_turns(contestants: dict[str, Contestant], rounds: int) -> dict[str, list[Cost]]:
    """Every contestant once a round; the one that begins changes from round to round."""
    names = list(contestants)
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for number in range(rounds):
        shift = number % len(names)
        for name in (*names[shift:], *names[:shift]):
            costs[name].append(contestants[name]())
            print(f"  {name}: {costs[name][-1].cpu:.1f} s CPU", file=sys.stderr, flush=True)
    return costs


def archive(folder: Path, *, workers: int = 1, engine: str = "") -> Contestant:
    """`kehoach archive` over a folder, from the first file to the ledger."""

    def run() -> Cost:
        with tempfile.TemporaryDirectory() as out:
            command = [sys.executable, "-m", "pipeline.cli", "archive", str(folder), "-o", out, "--quiet"]
            command += ["--workers", str(workers), *(["--engine", engine] if engine else [])]
            return cost_of([command])

    return run


# ── scans ─────────────────────────────────────────────────────────────────


def scans(options: argparse.Namespace) -> None:
    """A page from scan to YAML, and what the peers take for its text alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = [page for page in printed_pages(folder / "printed") if options.whole or page.name in QUICK]
        wanted = options.conditions.split(",")
        for condition in (one for one in CONDITIONS if one.name in wanted):
            papers = make_papers(condition, pages, folder)
            contestants = dict(_readers(papers, folder / condition.name, options))
            costs = in_turns(contestants, options.rounds)
            print(f"\n{condition.name}, {len(pages)} pages, {options.rounds} rounds\n")
            print(table(costs, len(pages), "tesseract 200"), flush=True)


def _readers(papers: Papers, folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Contestant]]:
    own = folder / "own"
    own.mkdir(parents=True, exist_ok=True)
    shutil.copy(papers.pdf, own / "plan.pdf")
    for engine in options.engines.split(","):
        yield f"kehoach, {engine}", archive(own, engine=engine)
    for dpi in map(int, options.dpi.split(",")):
        images = list(_at(papers, dpi, folder / str(dpi)))
        commands = [
            ["tesseract", str(image), str(folder / "text"), "-l", "vie", "--dpi", str(dpi)]
            for image in images
        ]
        yield f"tesseract {dpi}", lambda commands=commands: cost_of(commands)  # type: ignore[misc]
    if options.ocrmypdf:
        command = [options.ocrmypdf, "-l", "vie", "--jobs", "1", "--output-type", "pdf", "--force-ocr"]
        command += [str(papers.pdf), str(folder / "text.pdf")]
        yield "OCRmyPDF", lambda: cost_of([command])
    if options.kreuzberg:
        yield "kreuzberg", lambda: cost_of([[options.kreuzberg, "-c", _KREUZBERG, str(papers.pdf)]])


def _at(papers: Papers, dpi: int, folder: Path) -> Iterator[Path]:
    """The same pages as gray images of this resolution, made before the clock runs."""
    folder.mkdir(exist_ok=True)
    for path in papers.images:
        place = folder / f"{path.stem}.pgm"
        with Image.open(path) as image:
            across, down = papers.condition.dpi
            size = (round(image.width * dpi / across), round(image.height * dpi / down))
            gray = image.convert("L")
            (gray if gray.size == size else gray.resize(size, Image.Resampling.BICUBIC)).save(place)
        yield place


# ── born digital ──────────────────────────────────────────────────────────


def digital(options: argparse.Namespace) -> None:
    """A page of a born-digital PDF to YAML, beside pdfplumber's bare extraction of its text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, "plan.pdf", options.copies)
        pages = sum(_page_count(file) for file in files)
        contestants = {
            "kehoach": archive(folder),
            "pdfplumber": lambda: cost_of([[sys.executable, "-c", _BARE, *map(str, files)]]),
        }
        costs = in_turns(contestants, options.rounds)
        print(f"\nborn digital, {len(files)} files, {pages} pages, {options.rounds} rounds\n")
        print(table(costs, pages, "pdfplumber"), flush=True)


def copies(folder: Path, name: str, count: int) -> list[Path]:
    """The samples again and again, each copy with another comment at its end: no duplicates."""
    files = []
    for number in range(count):
        sample = SAMPLES[number % len(SAMPLES)]
        file = folder / f"{number:04d}-{sample}{Path(name).suffix}"
        mark = f"\n%{number}\n" if name.endswith(".pdf") else f"\n\nBản số {number}.\n"
        file.write_bytes((ROOT / "samples" / sample / name).read_bytes() + mark.encode())
        files.append(file)
    return files


def _page_count(file: Path) -> int:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


# ── how it grows ──────────────────────────────────────────────────────────


def workers(options: argparse.Namespace) -> None:
    """Two workers against one, on the clock."""
    with tempfile.TemporaryDirectory() as name:
        copies(Path(name), "plan.scan.pdf", options.copies)
        contestants = {str(count): archive(Path(name), workers=count) for count in (1, 2)}
        costs = in_turns(contestants, options.rounds)
    ratios = [one.wall / two.wall for one, two in zip(costs["1"], costs["2"], strict=True)]
    print(f"two workers are {median(ratios):.2f} times as fast as one (median of {len(ratios)} pairs; "
          f"{min(ratios):.2f} to {max(ratios):.2f})")  # fmt: skip


def documents(options: argparse.Namespace) -> None:
    """What a document costs among 100 and among 1,000: short texts, so that the run itself shows."""
    contestants = {}
    with tempfile.TemporaryDirectory() as name:
        for count in (1, 100, 1000):
            folder = Path(name) / str(count)
            folder.mkdir()
            for number in range(count):
                text = (ROOT / "samples" / "seed" / "plan.vi.txt").read_text(encoding="utf-8")
                short = "\n".join(text.splitlines()[:60])
                (folder / f"{number:04d}.txt").write_text(f"{short}\nBản số {number}.\n", encoding="utf-8")
            contestants[str(count)] = archive(folder)
        costs = in_turns(contestants, options.rounds)
    start = median(cost.cpu for cost in costs["1"])
    # The run itself and the start of its worker are paid once: they are told apart.
    each = {
        count: median(cost.cpu - start for cost in costs[count]) / (int(count) - 1)
        for count in ("100", "1000")
    }
    print(f"start: {start:.1f} s of CPU; a document more: "
          + "; ".join(f"{cost * 1000:.1f} ms among {count}" for count, cost in each.items()))  # fmt: skip
    print(f"difference: {each['1000'] / each['100'] - 1:+.1%}")


def memory(options: argparse.Namespace) -> None:
    """The peak of a worker over documents of few and of many pages."""
    for count in map(int, options.pages.split(",")):
        for kind in ("plan.pdf", "plan.scan.pdf"):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                (folder / "in").mkdir()
                _long_document(folder / "in" / "long.pdf", kind, count)
                command = [sys.executable, "-m", "pipeline.cli", "archive", str(folder / "in"), "--quiet"]
                cost = cost_of([[*command, "-o", str(folder / "out"), "--workers", "1"]])
                database = sqlite3.connect(folder / "out" / "ledger.sqlite")
                peak, used = database.execute("SELECT peak_bytes, cpu_seconds FROM documents").fetchone()
                database.close()
            print(f"{kind}, {count} pages: peak {peak / 1e6:.0f} MB, {used / count:.3f} s of CPU a page, "
                  f"the run itself {cost.cpu - used:.1f} s", flush=True)  # fmt: skip


def _long_document(path: Path, kind: str, count: int) -> None:
    """`count` pages of the samples in one file."""
    import pypdfium2  # noqa: PLC0415

    made = pypdfium2.PdfDocument.new()
    source = pypdfium2.PdfDocument(ROOT / "samples" / "seed" / kind)
    while len(made) < count:
        made.import_pages(source, list(range(min(len(source), count - len(made)))))
    made.save(path)


def table(costs: dict[str, list[Cost]], pages: int, base: str) -> str:
    """Medians a page, and ratios of them to those of `base` taken round by round."""
    lines = ["| | CPU s a page | wall s a page | CPU, ratio | wall, ratio |", "|---|---|---|---|---|"]
    for name, own in costs.items():
        pairs = list(zip(own, costs[base], strict=True))
        cpu, wall = (median(cost) / pages for cost in ((c.cpu for c in own), (c.wall for c in own)))
        cpu_ratio = median(c.cpu / b.cpu for c, b in pairs)
        wall_ratio = median(c.wall / b.wall for c, b in pairs)
        lines.append(f"| {name} | {cpu:.3f} | {wall:.3f} | {cpu_ratio:.2f} | {wall_ratio:.2f} |")
    return "\n".join(lines)


_PARTS = {"scans": scans, "digital": digital, "workers": workers, "documents": documents, "memory": memory}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("part", choices=_PARTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--conditions", default="clean 200,office")
    parser.add_argument("--whole", action="store_true", help="all pages of the reading benchmark")
    parser.add_argument("--engines", default="tesserocr,tesseract")
    parser.add_argument("--dpi", default="200,300", help="of the images that the tesseract command is given")
    parser.add_argument("--pages", default="10,100,200", help="of the documents of the part `memory`")
    parser.add_argument("--copies", type=int, default=12, help="files of the parts `digital` and `workers`")
    parser.add_argument("--ocrmypdf", default=shutil.which("ocrmypdf"))
    parser.add_argument("--kreuzberg", help="a Python that has it")
    options = parser.parse_args(arguments)
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count(), "load": os.getloadavg()}))
    _PARTS[options.part](options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
