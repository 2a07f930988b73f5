"""Plans kept as plain text, typeset: Liberation Serif, the two columns of letterhead and closing block apart.

Their wording, issuers and layouts are those of `tests/data/plans`; no weight is fitted on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pages.typeset import Printed
from samples.typeset.fonts import load_fonts

PLANS = Path(__file__).resolve().parents[2] / "tests" / "data" / "plans"
_A4 = (595.2756, 841.8898)
_LEFT, _RIGHT, _TOP, _BOTTOM = 78.0, 42.0, 60.0, 60.0
_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0)
_COLUMNS = re.compile(r"(?<=\S) {3,}(?=\S)")
_TABLE = re.compile(r"[|\t]")
_LABEL = re.compile(r"[-+*•] |[IVX]+\. |\d[\d.]*[.)] |[a-zđ]\) ")
_INDENT = 24.0
_FACE = "Plain"


@dataclass(frozen=True, slots=True)
class PlainPlan:
    """A typeset plan, its pages and its gold."""

    name: str
    pages: tuple[Printed, ...]
    gold: Path


def plain_plans(folder: Path) -> Iterator[PlainPlan]:
    """Typeset every plan of plain text that has no table, one PDF each, into `folder`."""
    fonts = load_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    for face in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"{_FACE}-{face}", str(fonts / f"LiberationSerif-{face}.ttf")))
    texts = {source: source.read_text(encoding="utf-8") for source in sorted(PLANS.glob("*.txt"))}
    for source, text in texts.items():
        if not _TABLE.search(text):
            pages = tuple(_typeset(source.stem, text, folder / f"{source.stem}.pdf"))
            yield PlainPlan(source.stem, pages, source.with_name(f"{source.stem}.gold.yaml"))


def _typeset(name: str, text: str, path: Path) -> Iterator[Printed]:
    """The text line by line as it stands."""
    lines = text.rstrip().split("\n")
    size = _size(lines)
    canvas = Canvas(str(path), pagesize=_A4, invariant=1)
    number, y = 1, _TOP
    printed: list[str] = []
    for at, line in enumerate(lines):
        if y + size > _A4[1] - _BOTTOM:
            canvas.showPage()
            yield _page(name, number, path, printed)
            number, y, printed = number + 1, _TOP, []
        if not line.strip():
            y += size * 0.6
            continue
        y += size * 1.35
        face = "Bold" if line.strip().isupper() else "Regular"
        canvas.setFont(f"{_FACE}-{face}", size)
        x = None if _in_title(lines, at) else _LEFT + (_INDENT if _opens(lines, at) else 0.0)
        printed += _set(canvas, _COLUMNS.split(line.strip()), x, y)
    canvas.save()
    yield _page(name, number, path, printed)


def _page(name: str, number: int, path: Path, lines: Sequence[str]) -> Printed:
    return Printed(f"{name}-{number}", path, number - 1, *_A4, tuple(lines), None, frozenset({"body"}))


def _set(canvas: Canvas, parts: Sequence[str], x: float | None, y: float) -> list[str]:
    """One line from `x` (null: in the middle), or the two columns that stand beside each other in it;
    what was printed.
    """
    height, middle = _A4[1] - y, (_LEFT + _A4[0] - _RIGHT) / 2
    if len(parts) > 1:
        canvas.drawCentredString((_LEFT + middle) / 2 - 20, height, parts[0])
        canvas.drawCentredString((middle + _A4[0] - _RIGHT) / 2, height, " ".join(parts[1:]))
        return [parts[0], " ".join(parts[1:])]
    if x is None:
        canvas.drawCentredString(middle, height, parts[0])
    else:
        canvas.drawString(x, height, parts[0])
    return list(parts)


def _in_title(lines: Sequence[str], at: int) -> bool:
    """In the block that begins with a type in capitals, behind the letterhead (`KẾ HOẠCH`)."""
    first = at
    while first and lines[first - 1].strip():
        first -= 1
    opening = lines[first].strip()
    return first < 12 and len(opening) < 30 and opening.isupper() and not _COLUMNS.search(opening)


def _opens(lines: Sequence[str], at: int) -> bool:
    """Begins a paragraph: behind a blank line, or with a label or dash."""
    return not at or not lines[at - 1].strip() or bool(_LABEL.match(lines[at].strip()))


def _size(lines: Sequence[str]) -> float:
    """The largest size at which the longest line fits."""
    measure = _A4[0] - _LEFT - _RIGHT - _INDENT
    for size in _SIZES:
        if all(pdfmetrics.stringWidth(line, f"{_FACE}-Regular", size) <= measure for line in lines):
            return size
    return _SIZES[-1]
