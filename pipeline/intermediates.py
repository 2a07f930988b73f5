"""What each stage made, as files that a person can read (`--keep`).

Any frozen dataclass becomes a JSON object, defaults left out; what fits into a line
stays on one, so that a page of words is a page of lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from pipeline.geometry import Box
from pipeline.run import Conversion
from pipeline.types import Passage

LINE_WIDTH = 160


def stage_files(conversion: Conversion) -> Iterator[tuple[str, str]]:
    """Name and content of a file a stage, in the order of the stages."""
    stages = {
        "1-reading.json": conversion.texts,
        "2-layout.json": conversion.layouts,
        "3-manuscript.json": conversion.manuscript,
        "4-outline.json": conversion.outline,
    }
    for name, value in stages.items():
        yield name, readable(plain(value)) + "\n"


def plain(value: Any) -> Any:
    """Dataclasses, tuples and boxes as dicts, lists and numbers.

    A box is [x0, top, x1, bottom]. A passage is its text with the place of each word's
    line; the words themselves are in the reading.
    """
    if isinstance(value, Box):
        return [round(side, 1) for side in (value.x0, value.top, value.x1, value.bottom)]
    if isinstance(value, Passage):
        return _passage(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value


def readable(value: Any, indent: int = 0) -> str:
    """JSON in which whatever fits into a line is one line."""
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + indent <= LINE_WIDTH or not isinstance(value, (dict, list)) or not value:
        return short
    space = " " * (indent + 1)
    if isinstance(value, dict):
        items = [
            f"{space}{json.dumps(key, ensure_ascii=False)}: {readable(item, indent + 1)}"
            for key, item in value.items()
        ]
        return "{\n" + ",\n".join(items) + "\n" + " " * indent + "}"
    return (
        "[\n" + ",\n".join(space + readable(item, indent + 1) for item in value) + "\n" + " " * indent + "]"
    )


def _fields(value: Any) -> dict[str, Any]:
    """The fields that say something: no defaults, nothing that can be called."""
    kept = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if callable(item) or (field.default is not MISSING and item == field.default):
            continue
        kept[field.name] = plain(item)
    return kept


def _passage(passage: Passage) -> dict[str, Any] | str:
    if not passage.words:
        return passage.text
    pages = list(dict.fromkeys(word.page for word in passage.words))
    boxes = [word.box for word in passage.words if word.box is not None and word.page == pages[0]]
    kept: dict[str, Any] = {"text": passage.text, "page": pages[0] if len(pages) == 1 else pages}
    if boxes:
        around = boxes[0]
        for box in boxes[1:]:
            around = around.union(box)
        kept["box"] = plain(around)
    raw = " ".join(word.raw for word in passage.words)
    if raw != " ".join(word.text for word in passage.words):
        kept["raw"] = raw
    kept["confidence"] = round(passage.confidence, 3)
    return kept
