"""Sheets to a born-digital PDF: embedded fonts, Unicode text layer, drawn rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from samples.typeset.fonts import NAMES
from samples.typeset.sheets import Sheet


def write_pdf(sheets: Sequence[Sheet], path: Path, title: str) -> None:
    """Write the sheets to `path`; the same sheets give the same bytes (reportlab's invariant mode)."""
    canvas = new_canvas(path, title)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        _draw_rules(canvas, sheet)
        _draw_words(canvas, sheet)
        canvas.showPage()
    canvas.save()


def new_canvas(path: Path, title: str) -> Canvas:
    """An empty PDF without time stamps."""
    # Base 85 would make every stream a quarter longer, and whoever set it last would decide.
    rl_config.useA85 = 0
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("kehoach samples")
    return canvas


def _draw_rules(canvas: Canvas, sheet: Sheet) -> None:
    canvas.setStrokeColor(Color(0, 0, 0))
    canvas.setLineCap(2)
    for rule in sheet.rules:
        canvas.setLineWidth(rule.weight)
        canvas.line(rule.x0, sheet.height - rule.top, rule.x1, sheet.height - rule.bottom)


def _draw_words(canvas: Canvas, sheet: Sheet) -> None:
    """One string a word, the blank after it drawn too, so that a reader finds the gaps."""
    for word in sheet.words:
        canvas.setFont(NAMES[word.style], word.size)
        text = f"{word.text} " if word.spaced else word.text
        canvas.drawString(word.x0, sheet.height - word.baseline, text)
