"""Automatic numbers, as Word prints them: "I.", "1.1.", "a)", "-".

ECMA-376, part 1, 17.9. A paragraph names a list (w:num) and a level; the list points to
an abstract one that says how each level counts. Lists with the same abstract list share
its counters unless they restart them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.intake.word_styles import Styles
from pipeline.intake.word_xml import attribute, child, children, number, switch

_LAST_LETTER = 780
"""zzz... thirty times: Word ends here too; a file that starts at a thousand million gets figures."""
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
          (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_KEPT_BULLETS = ("-", "+", "*")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str
    restart: int | None
    legal: bool


class Numbering:
    """The counters of one document; `label` must be called paragraph by paragraph, in order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {number(item, "abstractNumId"): item for item in children(root, "abstractNum")}
        self._lists = {number(item, "numId"): item for item in children(root, "num")}
        self._counts: dict[int, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def label(self, properties: Any | None, style_id: str | None) -> str:
        """The number printed before a paragraph; empty where it has none. `properties` is its w:pPr."""
        found = self._styles.numbering_of(properties, style_id)
        if found is None or found[0] not in self._lists:
            return ""
        list_id, level, style = found
        abstract_id = self._abstract_of(list_id)
        if level is None:
            level = self._level_of_style(abstract_id, style)
        return self._next(list_id, abstract_id, level)

    def _abstract_of(self, list_id: int) -> int:
        """The abstract list behind a list, a detour over a list style (w:numStyleLink) taken."""
        abstract_id = number(child(self._lists[list_id], "abstractNumId"))
        linked = attribute(child(self._abstract.get(abstract_id), "numStyleLink"))
        if linked:
            for style in self._styles.chain(linked):
                target = number(child(style, "pPr", "numPr", "numId"))
                if target in self._lists and target != list_id:
                    return number(child(self._lists[target], "abstractNumId")) or 0
        return -1 if abstract_id is None else abstract_id

    def _level_of_style(self, abstract_id: int, style: str) -> int:
        for item in children(self._abstract.get(abstract_id), "lvl"):
            if style and attribute(child(item, "pStyle")) == style:
                return number(item, "ilvl") or 0
        return 0

    def _level(self, list_id: int, abstract_id: int, index: int) -> _Level | None:
        override = next(
            (item for item in children(self._lists[list_id], "lvlOverride") if number(item, "ilvl") == index),
            None,
        )
        element = child(override, "lvl")
        if element is None:
            levels = children(self._abstract.get(abstract_id), "lvl")
            element = next((item for item in levels if number(item, "ilvl") == index), None)
        if element is None:
            return None
        start = number(child(override, "startOverride"))
        return _Level(
            start=start if start is not None else number(child(element, "start")) or 0,
            style=_style(element),
            text=attribute(child(element, "lvlText")) or "",
            restart=number(child(element, "lvlRestart")),
            legal=bool(switch(child(element, "isLgl"))),
        )

    def _next(self, list_id: int, abstract_id: int, index: int) -> str:
        level = self._level(list_id, abstract_id, index)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract_id, {})
        if self._restarts(list_id, index):
            counts.pop(index, None)
        counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [key for key in counts if key > index]:
            below = self._level(list_id, abstract_id, deeper)
            # lvlRestart 0 never restarts; n restarts after level n (counted from 1) or higher.
            if below is None or below.restart is None or index < below.restart:
                del counts[deeper]
        if level.style == "bullet":
            return level.text.strip() if level.text.strip() in _KEPT_BULLETS else "-"
        if level.style == "none":
            return _PLACEHOLDER.sub("", level.text).strip()
        return self._fill(list_id, abstract_id, level, counts)

    def _restarts(self, list_id: int, index: int) -> bool:
        """True the first time that a list with a startOverride comes to this level."""
        if (list_id, index) in self._started:
            return False
        self._started.add((list_id, index))
        return any(
            number(item, "ilvl") == index and child(item, "startOverride") is not None
            for item in children(self._lists[list_id], "lvlOverride")
        )

    def _fill(self, list_id: int, abstract_id: int, level: _Level, counts: dict[int, int]) -> str:
        def printed(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = self._level(list_id, abstract_id, index)
            if other is None:
                return ""
            count = counts.setdefault(index, other.start)
            return format_count(count, "decimal" if level.legal else other.style)

        return _PLACEHOLDER.sub(printed, level.text).strip()


def _style(level: Any) -> str:
    element = child(level, "numFmt")
    if element is None:
        # Newer formats stand in an AlternateContent; its fallback is an ordinary numFmt.
        element = next((item for item in level.iter() if str(item.tag).endswith("}numFmt")), None)
    return attribute(element) or "decimal"


def format_count(count: int, style: str) -> str:
    """`count` in one of Word's number formats; those never seen in Vietnamese papers as decimal."""
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman if style == "upperRoman" else roman.lower()
    if style in ("upperLetter", "lowerLetter") and count <= _LAST_LETTER:
        # After z Word goes on with aa, bb, cc. It knows no đ: a, b, c, d, e.
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letter.upper() if style == "upperLetter" else letter
    if style == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while 0 < value <= count < 4000:
            text += letters
            count -= value
    return text
