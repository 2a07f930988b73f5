"""Lines: marked text to words, words to lines, lines to places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samples.typeset.elements import Align, Style, runs
from samples.typeset.fonts import width

_WORD = re.compile(r"( *)([^ ]+)")
# A blank may shrink to this part of its width before a line counts as too long.
_TIGHTEST = 0.86


@dataclass(frozen=True, slots=True)
class Token:
    """A word to be set, with the number of blanks before it."""

    text: str
    style: Style
    size: float
    blanks: int

    @property
    def width(self) -> float:
        return width(self.text, self.style, self.size)

    @property
    def blank(self) -> float:
        """Natural width of the blanks before it."""
        return self.blanks * width(" ", self.style, self.size)


def tokens(text: str, size: float, style: Style = "regular") -> list[Token]:
    """The words of marked text. Several blanks in a row stay several (a number left out)."""
    found: list[Token] = []
    for run in runs(text, style):
        for blanks, word in _WORD.findall(run.text):
            found.append(Token(word, run.style, size, max(1, len(blanks)) if found else 0))
    return found


def natural_width(line: Sequence[Token]) -> float:
    """Width of a line with blanks of their natural width."""
    return sum(token.width for token in line) + sum(token.blank for token in line[1:])


def break_lines(words: Sequence[Token], measure: float, indent: float = 0.0) -> list[list[Token]]:
    """Fill lines up to `measure` points one after the other; the first is shorter by `indent`."""
    lines: list[list[Token]] = [[]]
    for word in words:
        room = measure - (indent if len(lines) == 1 else 0.0)
        if lines[-1] and _least(lines[-1]) + _TIGHTEST * word.blank + word.width > room:
            lines.append([])
        lines[-1].append(word)
    return lines


def spread(
    line: Sequence[Token], left: float, measure: float, align: Align, last: bool
) -> Iterator[tuple[Token, float, float]]:
    """Each word of a line with its x0 and x1, within `measure` points from `left`."""
    natural = natural_width(line)
    blanks = sum(token.blank for token in line[1:])
    stretch = 1.0
    at = left
    if natural > measure or (align == "justified" and not last):
        stretch = (measure - natural + blanks) / blanks if blanks else 1.0
    elif align == "centre":
        at = left + (measure - natural) / 2
    elif align == "right":
        at = left + measure - natural
    for index, token in enumerate(line):
        at += token.blank * stretch if index else 0.0
        yield token, at, at + token.width
        at += token.width


def _least(line: Sequence[Token]) -> float:
    return sum(token.width for token in line) + _TIGHTEST * sum(token.blank for token in line[1:])
