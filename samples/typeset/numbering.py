"""Word's own numbers: a list of four levels (I., 1., a), -) and counters for tables."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
_OUTLINE, _COUNTER = 1, 2
_HEADING_STYLE = "Muc lon"


class Numbering:
    """The numbering part of a document. Level 0 is numbered by its paragraph style, as Word
    does for headings; the levels below by the paragraph itself."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._root.append(_abstract(_OUTLINE, _LEVELS))
        self._root.append(_abstract(_COUNTER, (("decimal", "%1"),)))
        self._last = 0
        self._outline = self._list(_OUTLINE)
        self._style = document.styles.add_style(_HEADING_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        self._style.base_style = document.styles["Normal"]
        self._style.font.bold = True
        _set(self._style.element.get_or_add_pPr(), 0, self._outline)

    def number(self, paragraph: Any, level: int) -> None:
        """Number a heading or item at `level`, from 0."""
        if level == 0:
            paragraph.style = self._style
        else:
            _set(paragraph._p.get_or_add_pPr(), level, self._outline)

    def fresh_counter(self) -> int:
        """A counter that begins at 1, for the first column of a table."""
        return self._list(_COUNTER, restart=True)

    def count(self, paragraph: Any, counter: int) -> None:
        """Let the paragraph show the counter's next number."""
        _set(paragraph._p.get_or_add_pPr(), 0, counter)

    def _list(self, abstract: int, restart: bool = False) -> int:
        self._last += 1
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._last}">'
                f'<w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )
        return self._last


def _abstract(number: int, levels: tuple[tuple[str, str], ...]) -> Any:
    parts = [
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, (kind, text) in enumerate(levels)
    ]
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(parts)}</w:abstractNum>'
    )


def _set(properties: Any, level: int, number: int) -> None:
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        numbering.append(child)
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    properties._insert_numPr(numbering)
