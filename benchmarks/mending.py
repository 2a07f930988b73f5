"""How much the language stage mends and how much it harms.

    python benchmarks/mending.py [--pages 4] [--conditions office,worn,fax,photographed,faint]

Three measures, none on pages that anything was learned from (channels are learned from pages of
random sentences, see scripts/build_language_model.py):

- raw seed text: letter-only syllables exact, before and after (samples/seed/align.tsv);
- scans: pages of the samples rendered at 200 dpi, worn with fixed seeds, read with Tesseract
  `vie`; a read word counts where it lies on one printed word and no other does;
- the same pages, office and worn, read with Tesseract `eng`, which knows no Vietnamese;
- a trusted layer: the printed words as a text layer must come back unchanged.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pypdfium2
import pytesseract
from PIL import Image

from pipeline.language import mend
from pipeline.types import Manuscript, Paragraph, Word, passage_of
from samples.typeset.positions import read_positions
from scripts.training_pages import Pixels, Rect, wear

ROOT = Path(__file__).resolve().parents[1]
DPI = 200
SAMPLES = ("seed", "department", "school")
CONDITIONS = ("office", "worn", "fax", "photographed", "faint")
ENGLISH_CONDITIONS = ("office", "worn")


@dataclass
class Tally:
    """Syllables counted, wrong before and after, helped, harmed; words whose figures changed."""

    counted: int = 0
    before: int = 0
    after: int = 0
    helped: int = 0
    harmed: int = 0
    figures: int = 0
    lines: int = 0
    seconds: float = 0.0
    slips: list[str] = field(default_factory=list)

    def add(self, read: str, mended: str, printed: str) -> None:
        for raw, said, meant in zip_longest(syllables(read), syllables(mended), syllables(printed)):
            self.counted += 1
            self.before += raw != meant
            self.after += said != meant
            self.helped += raw != meant and said == meant
            if raw == meant and said != meant:
                self.harmed += 1
                self.slips.append(f"{raw} → {said}")

    def row(self, name: str) -> str:
        removed = 1 - self.after / self.before if self.before else 0.0
        per_line = 1000 * self.seconds / self.lines if self.lines else 0.0
        return (
            f"| {name} | {self.counted} | {self.before} | {self.after} | {removed:.0%} | {self.helped} |"
            f" {self.harmed} | {self.figures} | {per_line:.1f} |"
        )


def syllables(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def mended_words(paragraphs: Sequence[Sequence[Word]], tally: Tally) -> list[Word]:
    """All words after mending, in order; CPU time and changed figures into the tally."""
    source = Manuscript(tuple(Paragraph(passage_of(words)) for words in paragraphs), ())
    started = time.process_time()
    result = mend(source)
    tally.seconds += time.process_time() - started
    words = [word for block in result.blocks if isinstance(block, Paragraph) for word in block.passage.words]
    for word in words:
        numeric = re.sub(r"\D", "", word.raw) and not re.search(r"[^\W\d_]", word.raw)
        tally.figures += bool(numeric) and word.raw != word.text
    return words


# ── the raw seed text ─────────────────────────────────────────────────────


def raw_seed() -> None:
    """Exact letter-only syllables in a minimum-edit alignment, line by line."""
    text = (ROOT / "samples/seed/align.tsv").read_text(encoding="utf-8")
    blocks = [
        [line.split("\t") for line in lines]
        for blank, lines in groupby(text.split("\n"), key=lambda line: not line.strip())
        if not blank
    ]
    paragraphs = [
        [
            Word(token, token, 1, None, 0.5, "ocr", line=at)
            for at, row in enumerate(rows)
            for token in row[0].split()
        ]
        for rows in blocks
    ]
    tally = Tally()
    words = iter(mended_words(paragraphs, tally))
    total = before = after = 0
    for rows in blocks:
        for raw, printed in rows:
            said = " ".join(next(words).text for _ in raw.split())
            meant = syllables(printed)
            total += len(meant)
            before += matches(syllables(raw), meant)
            after += matches(syllables(said), meant)
            tally.lines += 1
    print(
        f"raw seed text: {total} syllables, exact before {before / total:.2%}, after {after / total:.2%};"
        f" {1000 * tally.seconds / tally.lines:.1f} ms CPU a line; figures changed: {tally.figures}"
    )


def matches(one: Sequence[str], other: Sequence[str]) -> int:
    """Equal items in a minimum-edit alignment."""
    row = [(column, 0) for column in range(len(other) + 1)]
    for index, item in enumerate(one, start=1):
        following = [(index, 0)]
        for column, wanted in enumerate(other, start=1):
            equal = item == wanted
            edits, found = row[column - 1]
            ways = [(edits + (not equal), found - equal)]
            ways += [(row[column][0] + 1, row[column][1]), (following[-1][0] + 1, following[-1][1])]
            following.append(min(ways))
        row = following
    return -row[-1][1]


# ── scans ─────────────────────────────────────────────────────────────────


def scans(pages: int, conditions: Sequence[str], lang: str) -> None:
    print(f"\nread with {lang}\n")
    print("| pages | syllables | wrong | after | removed | helped | harmed | figures | ms a line |")
    print("|---|---|---|---|---|---|---|---|---|")
    total = Tally()
    for name in SAMPLES:
        rendered = list(rendered_pages(name, pages))
        for number, condition in enumerate(conditions):
            tally = Tally()
            one_scan(rendered, condition, number, lang, tally)
            print(tally.row(f"{name} {condition}"), flush=True)
            for part in ("counted", "before", "after", "helped", "harmed", "figures", "lines", "seconds"):
                setattr(total, part, getattr(total, part) + getattr(tally, part))
            total.slips += tally.slips
    print(total.row("all"))
    print("harmed:", "; ".join(total.slips) or "none")


def rendered_pages(name: str, pages: int) -> Iterator[tuple[Pixels, list[tuple[str, Rect]]]]:
    """Pixels and the printed words with their places in pixels."""
    folder = ROOT / "samples" / name
    positions = read_positions(folder / "plan.words.json.gz")["pages"]
    document = pypdfium2.PdfDocument(folder / "plan.pdf")
    scale = DPI / 72
    for index in range(min(pages, len(document))):
        pixels = np.asarray(document[index].render(scale=scale).to_pil().convert("L"))
        words = [
            (str(word["text"]), tuple(side * scale for side in word["box"]))
            for word in positions[index]["words"]
        ]
        yield pixels, words


def one_scan(
    rendered: Sequence[tuple[Pixels, list[tuple[str, Rect]]]],
    condition: str,
    number: int,
    lang: str,
    tally: Tally,
) -> None:
    """All pages of a sample under one condition, mended as one document."""
    paragraphs: list[list[Word]] = []
    printed: list[str | None] = []
    for page, (pixels, words) in enumerate(rendered, start=1):
        read = read_page(wear(pixels, condition, 900 + 10 * page + number), page, lang)
        over = [[at for at, (_, place) in enumerate(words) if meet(place, box)] for _, box, _ in read]
        hits = [sum(at in covered for covered in over) for at in range(len(words))]
        for covered in over:
            alone = len(covered) == 1 and hits[covered[0]] == 1
            printed.append(words[covered[0]][0] if alone else None)
        paragraphs += [
            [word for word, _, _ in group] for _, group in groupby(read, key=lambda item: item[2][:2])
        ]
        tally.lines += len({key for _, _, key in read})
    mended = mended_words(paragraphs, tally)
    for word, meant in zip(mended, printed, strict=True):
        if meant is not None and len(syllables(word.raw)) == len(syllables(meant)):
            tally.add(word.raw, word.text, meant)


def read_page(pixels: Pixels, page: int, lang: str) -> list[tuple[Word, Rect, tuple[int, int, int]]]:
    """Words as Tesseract read them, their places, and their block, paragraph and line."""
    data = pytesseract.image_to_data(
        Image.fromarray(pixels),
        lang=lang,
        config=f"--psm 3 --dpi {DPI}",
        output_type=pytesseract.Output.DICT,
    )
    found = []
    for at, text in enumerate(data["text"]):
        token, sure = text.strip(), float(data["conf"][at])
        if token and sure >= 0:
            x, y = data["left"][at], data["top"][at]
            box = (x, y, x + data["width"][at], y + data["height"][at])
            key = (data["block_num"][at], data["par_num"][at], data["line_num"][at])
            found.append((Word(token, token, page, None, sure / 100, "ocr"), box, key))
    return found


def meet(place: Rect, box: Rect) -> bool:
    common = min(place[2], box[2]) - max(place[0], box[0])
    middle = (box[1] + box[3]) / 2
    return common > 0.25 * min(place[2] - place[0], box[2] - box[0]) and place[1] - 5 < middle < place[3] + 5


# ── a trusted layer ───────────────────────────────────────────────────────


def layer_words(page: dict[str, Any]) -> Iterator[Word]:
    """The printed words of a page as a text layer holds them."""
    for word in page["words"]:
        yield Word(word["text"], word["text"], page["page"], None, 1.0, "text_layer")


def trusted_layers() -> None:
    """Counts the words of the samples' printed text that mending changes though the layer is trusted."""
    changed = words = 0
    for name in SAMPLES:
        positions = read_positions(ROOT / "samples" / name / "plan.words.json.gz")["pages"]
        paragraphs = [Paragraph(passage_of(list(layer_words(page)))) for page in positions]
        source = Manuscript(tuple(paragraphs), ())
        trusted = {page["page"] for page in positions}
        for before, after in zip(source.blocks, mend(source, trusted_pages=trusted).blocks, strict=True):
            assert isinstance(before, Paragraph)
            assert isinstance(after, Paragraph)
            words += len(before.passage.words)
            changed += sum(a != b for a, b in zip(before.passage.words, after.passage.words, strict=True))
    print(f"trusted layer: {words} words, {changed} changed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=4, help="pages of each sample")
    parser.add_argument("--conditions", default=",".join(CONDITIONS))
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    raw_seed()
    trusted_layers()
    scans(given.pages, given.conditions.split(","), "vie")
    scans(given.pages, ENGLISH_CONDITIONS, "eng")


if __name__ == "__main__":
    main()
