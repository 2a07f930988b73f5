"""The lines of a table without its header, and their cut into rows and cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.layout.text_tables.evidence import Assignment
from pipeline.layout.text_tables.numbers import RowNumber
from pipeline.layout.text_tables.pieces import Piece, TextLine
from pipeline.layout.text_tables.recurring import Key
from pipeline.layout.text_tables.vocabulary import Vocabulary

Kind = Literal["row", "group"]


@dataclass(frozen=True, slots=True)
class Body:
    """What is to be cut: lines, the roles of their columns (the number's left out), row numbers."""

    lines: tuple[TextLine, ...]
    roles: tuple[str, ...]
    numbers: Mapping[int, RowNumber]
    spaced: bool

    def pieces(self, line: int) -> tuple[Piece, ...]:
        """The line's pieces without its row number."""
        return self.lines[line].pieces[1:] if line in self.numbers else self.lines[line].pieces


@dataclass(frozen=True, slots=True)
class Cut:
    """One line's place: in which row it is (`begins` one or goes on), and each piece's column."""

    line: int
    kind: Kind
    begins: bool
    columns: Assignment


def spans_of(pieces: Sequence[Piece], columns: Assignment) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """The pieces by column, left to right."""
    for column, members in groupby(zip(columns, pieces, strict=bool(columns)), key=lambda member: member[0]):
        yield column, tuple(piece for _, piece in members)


def rows_of(cuts: Sequence[Cut]) -> list[list[Cut]]:
    """The cuts row by row."""
    rows: list[list[Cut]] = []
    for cut in cuts:
        if cut.begins or not rows:
            rows.append([])
        rows[-1].append(cut)
    return rows


def key_of(pieces: Sequence[Piece], vocabulary: Vocabulary) -> Key:
    """The words by their leading spellings; marks without letters left out."""
    return tuple(vocabulary.of(piece.shape) for piece in pieces if piece.shape)


def in_capitals(pieces: Sequence[Piece]) -> bool:
    """Nearly all letters are capitals."""
    letters = [letter for piece in pieces for letter in piece.text if letter.isalpha()]
    return sum(map(str.isupper, letters)) > 0.8 * len(letters) > 4
