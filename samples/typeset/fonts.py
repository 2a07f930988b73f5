"""The typeface: Liberation Serif 2, free and with every Vietnamese letter."""

from __future__ import annotations

import os
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from samples.typeset.elements import Style

ASCENT = 0.891
DESCENT = 0.216
"""Height above and below the base line, in parts of the size (the font's own metrics)."""

NAMES: dict[Style, str] = {
    "regular": "LiberationSerif-Regular",
    "bold": "LiberationSerif-Bold",
    "italic": "LiberationSerif-Italic",
    "bolditalic": "LiberationSerif-BoldItalic",
}
_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/TTF",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Letters with two marks are what older editions of the font lack (1.07 has none of them).
_NEEDED = "ằẵặấẩậềễệốộờỡợứữựỷỵẰẶẤẬỀỆỐỘỜỢỨỰỶĐđƯươ"


class FontMissing(Exception):
    """The typeface is not installed, or an edition without Vietnamese letters is."""


def load_fonts() -> Path:
    """Register the four faces with reportlab; the folder they were found in.

    The folder may be given in the environment as KEHOACH_FONTS.

    Raises:
        FontMissing: with the command that installs the font.
    """
    asked = os.environ.get("KEHOACH_FONTS")
    for folder in (asked, *_FOLDERS) if asked else _FOLDERS:
        paths = {style: Path(str(folder)) / f"{name}.ttf" for style, name in NAMES.items()}
        if not all(path.is_file() for path in paths.values()):
            continue
        faces = {style: TTFont(NAMES[style], str(path)) for style, path in paths.items()}
        if all(ord(letter) in face.face.charToGlyph for face in faces.values() for letter in _NEEDED):
            for face in faces.values():
                pdfmetrics.registerFont(face)
            return Path(str(folder))
    raise FontMissing(
        "Liberation Serif 2 with Vietnamese letters was not found. On Debian: apt-get install "
        "fonts-liberation2 (the package fonts-liberation 1.07 lacks letters with two marks). "
        "Elsewhere: put its four .ttf files in a folder and name it in KEHOACH_FONTS."
    )


def width(text: str, style: Style, size: float) -> float:
    """Width of `text` in points."""
    return float(pdfmetrics.stringWidth(text, NAMES[style], size))
