"""What a run or paragraph looks like once its styles and their ancestors are applied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.intake.word_xml import attribute, child, children, number, switch

_DEEPEST = 20


class Styles:
    """The styles part. All lookups take the null part of a file without styles."""

    def __init__(self, root: Any | None) -> None:
        self._root = root
        self._by_id = {attribute(style, "styleId"): style for style in children(root, "style")}
        self._default = {
            attribute(style, "type"): attribute(style, "styleId")
            for style in children(root, "style")
            if attribute(style, "default") in ("1", "true", "on")
        }

    def of_paragraph(self, properties: Any | None) -> str | None:
        """The paragraph's style id, or the default one."""
        return attribute(child(properties, "pStyle")) or self._default.get("paragraph")

    def chain(self, style_id: str | None) -> Iterator[Any]:
        """A style and its ancestors, nearest first; a loop among them ends."""
        for _ in range(_DEEPEST):
            style = self._by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = attribute(child(style, "basedOn"))

    def run_switch(self, run: Any | None, paragraph_style: str | None, wanted: str) -> bool:
        """Is `b`, `caps`, `vanish` ... on for a run? `run` is its w:rPr."""
        direct = switch(child(run, wanted))
        if direct is not None:
            return direct
        for style_id in (attribute(child(run, "rStyle")), paragraph_style):
            for style in self.chain(style_id):
                value = switch(child(style, "rPr", wanted))
                if value is not None:
                    return value
        return bool(switch(child(self._root, "docDefaults", "rPrDefault", "rPr", wanted)))

    def paragraph_value(self, properties: Any | None, style_id: str | None, wanted: str) -> str | None:
        """The value of a paragraph property (`jc`), from the paragraph or its styles."""
        direct = attribute(child(properties, wanted))
        if direct is not None:
            return direct
        for style in self.chain(style_id):
            value = attribute(child(style, "pPr", wanted))
            if value is not None:
                return value
        return attribute(child(self._root, "docDefaults", "pPrDefault", "pPr", wanted))

    def numbering_of(
        self, properties: Any | None, style_id: str | None
    ) -> tuple[int, int | None, str] | None:
        """(numId, ilvl, style id it came from); null where the paragraph has no number.

        A numId of 0 switches an inherited number off.
        """
        direct = child(properties, "numPr")
        level = number(child(direct, "ilvl"))
        found = number(child(direct, "numId"))
        if found is not None:
            return (found, level or 0, "") if found > 0 else None
        for style in self.chain(style_id):
            inherited = child(style, "pPr", "numPr")
            level = level if level is not None else number(child(inherited, "ilvl"))
            found = number(child(inherited, "numId"))
            if found is not None:
                return (found, level, attribute(style, "styleId") or "") if found > 0 else None
        return None

    def table_borders(self, properties: Any | None) -> list[Any]:
        """The w:tblBorders that apply to a table, its own first, then its style's."""
        own = child(properties, "tblBorders")
        styled = [
            borders
            for style in self.chain(attribute(child(properties, "tblStyle")))
            if (borders := child(style, "tblPr", "tblBorders")) is not None
        ]
        return ([own] if own is not None else []) + styled
