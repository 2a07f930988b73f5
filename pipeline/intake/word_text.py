"""The words of one paragraph, broken where the author broke the line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.intake.word_styles import Styles
from pipeline.intake.word_xml import attribute, child, name

_INSIDE = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
)
_TEXT = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n"}
_BULLET_SYMBOLS = frozenset({"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one look."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as printed, before it knows its place."""

    text: str
    bold: bool


def pieces_of(paragraph: Any, styles: Styles, style_id: str | None) -> Iterator[Piece]:
    """What a paragraph prints, run by run: no deleted, moved-away or hidden text, no field codes."""
    for element in paragraph:
        kind = name(element)
        if kind == "r":
            yield from _run(element, styles, style_id)
        elif kind in _INSIDE:
            yield from pieces_of(element, styles, style_id)
        elif kind == "AlternateContent":
            yield from pieces_of(_chosen(element), styles, style_id)


def _run(run: Any, styles: Styles, style_id: str | None) -> Iterator[Piece]:
    look = child(run, "rPr")
    if styles.run_switch(look, style_id, "vanish"):
        return
    text = "".join(map(_printed, run))
    if not text:
        return
    if styles.run_switch(look, style_id, "caps"):
        text = text.upper()
    yield Piece(unicodedata.normalize("NFC", text), styles.run_switch(look, style_id, "b"))


def _printed(element: Any) -> str:
    kind = name(element)
    if kind == "t":
        return str(element.text or "")
    if kind == "br":
        return " " if attribute(element, "type") in ("page", "column") else "\n"
    if kind == "sym":
        return _symbol(element)
    return _TEXT.get(kind, "")


def _symbol(element: Any) -> str:
    code = attribute(element, "char") or ""
    try:
        letter = chr(int(code, 16))
    except ValueError:
        return ""
    # Symbol fonts put their signs into the private use area; no reader could print them.
    private = "\ue000" <= letter <= "\uf8ff" or attribute(element, "font") in _BULLET_SYMBOLS
    return "" if private else letter


def _chosen(element: Any) -> Any:
    """The branch of an AlternateContent that is read: the choice, or else the fallback."""
    branches = {name(item): item for item in element}
    return branches.get("Choice", branches.get("Fallback", ()))


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents (w:txbxContent) of text boxes anchored in a paragraph, each once."""
    for element in paragraph:
        kind = name(element)
        if kind == "txbxContent":
            yield element
        elif kind == "AlternateContent":
            yield from text_boxes(_chosen(element))
        elif kind not in ("del", "moveFrom", "tbl"):
            yield from text_boxes(element)


def broken_lines(pieces: Iterator[Piece]) -> list[list[PrintedWord]]:
    """Words line by line. A word set in two looks (a bold half) stays one word."""
    lines: list[list[PrintedWord]] = [[]]
    word: list[Piece] = []

    def finish() -> None:
        if word:
            bold = sum(len(piece.text) for piece in word if piece.bold)
            text = "".join(piece.text for piece in word)
            lines[-1].append(PrintedWord(unicodedata.normalize("NFC", text), bold * 2 > len(text)))
            word.clear()

    for piece in pieces:
        for letter in piece.text:
            if letter == "\n":
                finish()
                lines.append([])
            elif letter.isspace() or letter in "\u200b\ufeff":
                finish()
            elif letter != "\u00ad":
                word.append(Piece(letter, piece.bold))
    finish()
    return [line for line in lines if line]
