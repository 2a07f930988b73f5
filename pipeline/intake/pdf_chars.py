"""pdfplumber's page without what is not asked for: of a letter only place, face and size.

pdfplumber resolves every attribute of every letter, colours and matrices too: a third of the
time that a born-digital page takes.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from pdfminer.layout import LTChar, LTItem
from pdfplumber.page import Page, fix_fontname_bytes


class LeanPage(Page):
    """A page whose letters are plain; lines, rectangles and images are as pdfplumber has them."""

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """A letter as a dictionary with pdfplumber's keys; anything else as pdfplumber does it."""
        if not isinstance(obj, LTChar):
            found: dict[str, Any] = super().process_object(obj)
            return found
        left, above = self.mediabox[:2]
        top, font = self.height - obj.y1 + above, obj.fontname
        return {
            "object_type": "char",
            "text": unicodedata.normalize("NFC", obj.get_text()),
            "fontname": fix_fontname_bytes(font) if isinstance(font, bytes) else font,
            "size": obj.size,
            "upright": obj.upright,
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": top,
            "bottom": self.height - obj.y0 + above,
            "doctop": self.initial_doctop + top,
            "width": obj.width,
            "height": obj.height,
        }
