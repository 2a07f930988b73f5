"""Word positions as a compressed JSON file: where each printed word stands, page by page.

    {"schema": "kehoach.words/1", "name": "seed", "pages": [
      {"page": 1, "width": 595.28, "height": 841.89, "skew": 0.57,
       "matrix": [a, b, tx, c, d, ty],
       "words": [{"text": "ỦY", "box": [x0, top, x1, bottom], "scan": [x0, top, x1, bottom],
                  "kind": "letterhead", "line": 0}]}]}

Boxes are points from the top left: `box` on the born-digital page, `scan` on the scanned
one (the box around the turned word). `matrix` takes a point of the first to the second:
x' = a x + b y + tx, y' = c x + d y + ty; `skew` is its angle in degrees, clockwise.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samples.typeset.sheets import PlacedWord, Quad, Sheet
from samples.typeset.skew import Skew


def write_positions(name: str, sheets: Sequence[Sheet], skews: Sequence[Skew], path: Path) -> None:
    """Write the positions of all words to `path`, gzip without a time stamp."""
    pages = [_page(sheet, skew) for sheet, skew in zip(sheets, skews, strict=True)]
    content = {"schema": "kehoach.words/1", "name": name, "pages": pages}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def read_positions(path: Path) -> dict[str, Any]:
    """The positions as written by `write_positions`."""
    content: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8"))
    return content


def _page(sheet: Sheet, skew: Skew) -> dict[str, Any]:
    return {
        "page": sheet.number,
        "width": round(sheet.width, 2),
        "height": round(sheet.height, 2),
        "skew": round(skew.degrees, 4),
        "matrix": [round(value, 8) for value in skew.matrix],
        "words": [_word(word, skew) for word in sheet.words],
    }


def _word(word: PlacedWord, skew: Skew) -> dict[str, Any]:
    return {
        "text": word.text,
        "box": _rounded(word.box),
        "scan": _rounded(skew.around(word.box)),
        "kind": word.kind,
        "line": word.line,
    }


def _rounded(box: Quad) -> list[float]:
    return [round(value, 2) for value in box]
