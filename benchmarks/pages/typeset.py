"""The page set: the three sample plans and three pages of our own in other faces and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.own_text import OWN_PAGES, Part
from samples.plans import sample_plans
from samples.typeset.compose import compose
from samples.typeset.fonts import load_fonts
from samples.typeset.pdf import write_pdf

Quad = tuple[float, float, float, float]

QUICK = ("seed-1", "seed-7", "department-4", "school-3", "sans-1")
"""Letterhead, closing block, landscape table, table between text, sans-serif with bold italic."""
_A4 = (595.2756, 841.8898)
_LEFT, _RIGHT, _TOP = 78.0, 48.0, 62.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as typeset. `lines` are its printed lines, of columns and cells each their own."""

    name: str
    pdf: Path
    index: int
    width: float
    height: float
    lines: tuple[str, ...]
    signature: Quad | None
    kinds: frozenset[str]


def printed_pages(folder: Path) -> list[Printed]:
    """Typeset all pages into `folder`."""
    fonts = load_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for plan in sample_plans() for page in _sample(plan, folder)]
    return pages + _own(folder, fonts)


def _sample(plan: object, folder: Path) -> Iterator[Printed]:
    sheets = compose(plan)  # type: ignore[arg-type]
    name = str(plan.name)  # type: ignore[attr-defined]
    path = folder / f"{name}.pdf"
    write_pdf(sheets, path, name)
    for index, sheet in enumerate(sheets):
        lines: dict[int, list[str]] = {}
        for word in sheet.words:
            lines.setdefault(word.line, []).append(word.text)
        yield Printed(
            f"{name}-{sheet.number}",
            path,
            index,
            sheet.width,
            sheet.height,
            tuple(" ".join(words) for words in lines.values()),
            sheet.signature,
            frozenset(word.kind for word in sheet.words),
        )


def _own(folder: Path, fonts: Path) -> list[Printed]:
    """Our own texts: Liberation Sans at 12 and 13 points, Liberation Serif at 11."""
    sans = fonts / "LiberationSans-Regular.ttf"
    if sans.is_file():
        for face in ("Regular", "Bold", "Italic", "BoldItalic"):
            pdfmetrics.registerFont(
                TTFont(f"LiberationSans-{face}", str(fonts / f"LiberationSans-{face}.ttf"))
            )
    pages = []
    for name, (family, size, parts) in OWN_PAGES.items():
        path = folder / f"{name}.pdf"
        canvas = Canvas(str(path), pagesize=_A4, invariant=1)
        lines: list[str] = []
        y = _TOP
        for part in parts:
            y = _set(canvas, part, f"Liberation{family}", size, y, lines)
        canvas.save()
        pages.append(Printed(name, path, 0, *_A4, tuple(lines), None, frozenset({"body"})))
    return pages


def _set(canvas: Canvas, part: Part, family: str, size: float, y: float, lines: list[str]) -> float:
    """Wrap one paragraph or table row to the measure; the height reached."""
    if part.cells:
        return _row(canvas, part, family, size, y, lines)
    font = f"{family}-{part.face}"
    measure = _A4[0] - _LEFT - _RIGHT - part.indent
    for line in _wrapped(part.text, font, size, measure):
        wide = pdfmetrics.stringWidth(line, font, size)
        x = _LEFT + part.indent + ((measure - wide) / 2 if part.centred else 0)
        y += size * 1.35
        canvas.setFont(font, size)
        canvas.drawString(x, _A4[1] - y, line)
        lines.append(line)
    return y + size * 0.35


def _row(canvas: Canvas, part: Part, family: str, size: float, y: float, lines: list[str]) -> float:
    font = f"{family}-{part.face}"
    total = _A4[0] - _LEFT - _RIGHT
    widths = [total * share for share in part.shares]
    wrapped = [_wrapped(text, font, size, wide - 10) for text, wide in zip(part.cells, widths, strict=True)]
    high = max(map(len, wrapped)) * size * 1.25 + 8
    x = _LEFT
    canvas.setFont(font, size)
    canvas.setLineWidth(0.6)
    for cell, wide in zip(wrapped, widths, strict=True):
        canvas.rect(x, _A4[1] - y - high, wide, high)
        for count, line in enumerate(cell, start=1):
            canvas.drawString(x + 5, _A4[1] - y - count * size * 1.25, line)
            lines.append(line)
        x += wide
    return y + high


def _wrapped(text: str, font: str, size: float, measure: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and pdfmetrics.stringWidth(f"{lines[-1]} {word}", font, size) <= measure:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
