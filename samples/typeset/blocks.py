"""Short ways to write the paragraphs and cells that plans are made of."""

from __future__ import annotations

from collections.abc import Sequence

from samples.typeset.elements import Cell, Para, Row, Style


def section(label: str, title: str) -> Para:
    """A section heading: `I.` and its title."""
    return Para(title, label=label, level=0, style="bold", keep_with_next=True, before=4)


def part(label: str, title: str) -> tuple[Para, Para]:
    """A part (Phần), its label on one centred line and its title on the next."""
    return (
        Para(label, align="centre", style="bold", before=8, keep_with_next=True),
        Para(title, align="centre", style="bold", before=0, keep_with_next=True),
    )


def item(label: str, text: str, level: int, style: Style = "regular", keep: bool = False) -> Para:
    """A numbered, lettered or dash item; level 1 is `1.`, 2 `a)`, 3 `-`."""
    return Para(text, label=label, level=level, style=style, keep_with_next=keep)


def dash(text: str) -> Para:
    """A dash item."""
    return item("-", text, 3)


def appendix_head(name: str, titles: Sequence[str], captions: Sequence[str]) -> tuple[Para, ...]:
    """An appendix's name, title and bracketed caption, centred."""
    return (
        Para(name, align="centre", style="bold", before=0),
        *(Para(title, align="centre", style="bold", before=0) for title in titles),
        *(Para(caption, align="centre", style="italic", before=0) for caption in captions),
    )


def centred(text: str, style: Style = "regular", columns: int = 1, rows: int = 1) -> Cell:
    """A centred cell, perhaps merged over several columns or rows."""
    return Cell((text,), align="centre", style=style, columns=columns, rows=rows)


def left(*lines: str, style: Style = "regular", columns: int = 1) -> Cell:
    """A cell set flush left, each of `lines` beginning a new line."""
    return Cell(lines, style=style, columns=columns)


def counted(number: int) -> Cell:
    """The running number of a row."""
    return Cell((str(number),), align="centre", numbered=True)


def group(label: str, title: str, columns: int) -> Row:
    """A group row: its label in the first column, its title across the others."""
    return Row(
        (centred(label, "bold"), left(title, style="bold", columns=columns - 1), *[None] * (columns - 2))
    )
