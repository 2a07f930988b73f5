"""Scores of whole plans: samples (and any gold you have) in every form, strict and lenient F1.

python -m benchmarks.plans                      the samples
python -m benchmarks.plans FOLDER               also FOLDER/<name>.plan.yaml with <name>.pdf or .docx
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.evaluate import Report, evaluate
from pipeline.run import convert
from pipeline.settings import Settings
from schemas import load_gold

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FORMS = ("plan.vi.txt", "plan.raw.txt", "plan.docx", "plan.pdf", "plan.scan.pdf")
COLLECTIONS = ("document", "legal_bases", "objectives", "requirements", "tasks", "indicators", "assignments")


def pairs(folders: list[Path]) -> Iterator[tuple[str, Path, Path]]:
    """Name, document and gold of everything there is to score."""
    for sample in sorted(path for path in SAMPLES.iterdir() if (path / "plan.gold.yaml").exists()):
        for form in FORMS:
            if (sample / form).exists():
                yield f"{sample.name}/{form}", sample / form, sample / "plan.gold.yaml"
    for folder in folders:
        for gold in sorted(folder.glob("*.plan.yaml")):
            stem = gold.name.removesuffix(".plan.yaml")
            for document in sorted(folder.glob(f"{stem}.*")):
                if document != gold:
                    yield document.name, document, gold


def main() -> None:
    """Convert and score everything; a Markdown table on standard output."""
    print(f"| document | strict | lenient | {' | '.join(COLLECTIONS)} | s |")
    print("|---" * (len(COLLECTIONS) + 4) + "|")
    for name, document, gold in pairs([Path(argument) for argument in sys.argv[1:]]):
        conversion = convert(document, Settings())[0]
        report = evaluate(load_gold(gold), conversion.plan)
        print(f"| {name} | {_row(report)} | {conversion.seconds:.1f} |", flush=True)


def _row(report: Report) -> str:
    cells = [_share(report.tally.f1), _share(report.tally.lenient_f1)]
    by_name = {collection.name: collection for collection in report.collections}
    cells += [_share(by_name[name].tally.f1) if name in by_name else "–" for name in COLLECTIONS]
    return " | ".join(cells)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
