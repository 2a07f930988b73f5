"""Build the sample files again: `python -m samples.build [NAME ...] [-o FOLDER]`.

The same libraries give the same bytes. Needs reportlab, python-docx, pypdfium2, Pillow,
numpy, OpenCV and the Liberation Serif 2 fonts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from samples.plans import HERE, sample_plans
from samples.typeset.compose import compose
from samples.typeset.elements import Plan
from samples.typeset.fonts import FontMissing, load_fonts
from samples.typeset.pdf import write_pdf
from samples.typeset.positions import write_positions
from samples.typeset.scan import page_skews, write_scan
from samples.typeset.word import write_docx


def build(plan: Plan, folder: Path) -> list[Path]:
    """Write the plan's PDF, scan, word positions and DOCX to `folder`; the files written.

    Raises:
        FontMissing: without Liberation Serif 2.
    """
    load_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    sheets = compose(plan)
    skews = page_skews(sheets, plan.seed)
    pdf, scan, words, word = (folder / f"plan.{end}" for end in ("pdf", "scan.pdf", "words.json.gz", "docx"))
    write_pdf(sheets, pdf, plan.title)
    write_positions(plan.name, sheets, skews, words)
    write_docx(plan, word)
    write_scan(pdf, sheets, skews, scan, plan.seed)
    return [pdf, scan, words, word]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the named samples, all without a name. 0, or 1 when the font is missing."""
    plans = {plan.name: plan for plan in sample_plans()}
    parser = argparse.ArgumentParser(prog="python -m samples.build", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(plans))
    parser.add_argument("-o", "--output", type=Path, default=HERE, help="folder to build into")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.names) - set(plans))
    if unknown:
        parser.error(f"no such sample: {', '.join(unknown)}")
    try:
        for name in options.names or plans:
            for path in build(plans[name], options.output / name):
                print(f"{path} ({path.stat().st_size / 1024:.0f} kB)")
    except FontMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
