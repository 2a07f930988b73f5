"""What the parser makes of a manuscript: the document's parts as printed, not yet interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.types import EMPTY, Passage, Table, join_passages

LabelKind = Literal[
    "part", "clause", "roman", "arabic", "decimal", "letter", "subletter", "dash", "plus", "none"
]
"""part: Phần/Chương; clause: Mục/Điều; decimal: 1.1, 1.1.1; subletter: a1, a.1; none: a paragraph without
label."""

FieldRole = Literal["lead", "support", "deadline", "product", "detail"]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field under a task ("- Thời hạn: Thường xuyên.").

    `whole` is the field as printed with its label, `parts` what follows the label: one
    passage, or one for each item where the value is a list of its own; none where empty.
    """

    role: FieldRole
    label: Passage
    parts: tuple[Passage, ...]
    whole: Passage
    score: float

    @property
    def value(self) -> Passage:
        """All parts as one passage."""
        return join_passages(self.parts)


@dataclass(frozen=True, slots=True)
class Item:
    """A heading, numbered item, dash item or paragraph, with all that stands under it.

    `label` is the path component as the contract wants it (`III`, `1`, `3`, `a`), null
    for dash items and paragraphs. `path` joins the labels from the section down; an
    unlabelled item has `-1`, `-2` as its last component. `text` is without the label,
    `whole` with it. `opens_group` is True for a sub-heading without label (Sáng:).
    `restored` says that the printed label was broken and was restored from its neighbours.
    """

    kind: LabelKind
    label: str | None
    path: tuple[str, ...]
    text: Passage
    whole: Passage
    children: tuple[Node, ...] = ()
    fields: tuple[Field, ...] = ()
    restored: bool = False
    bold: bool = False

    @property
    def id(self) -> str:
        return ".".join(self.path)


TableKind = Literal["tasks", "indicators", "other"]

ColumnRole = Literal[
    "number", "title", "name", "lead", "support", "deadline", "start",
    "end", "product", "unit", "target", "note", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowCell:
    """One cell of a row, under its column's header; `lines` are its printed lines."""

    role: ColumnRole
    header: str
    lines: tuple[Passage, ...]

    @property
    def passage(self) -> Passage:
        """The lines joined."""
        return join_passages(self.lines)


MARKS = frozenset("xX✓✔√●•☑v+*")


def is_mark(text: str) -> bool:
    """Whether a cell only ticks its column off ("x" under "Quý I")."""
    return len(text) == 1 and text in MARKS


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header. `label` is its printed number, `groups` the group rows above it.

    `group_labels` are the groups' own numbers (I, II; A, B), empty where they have none.
    `number` is the label as the row's id wants it; where OCR broke it, it was restored from its
    neighbours (`restored`).
    """

    label: Passage
    cells: tuple[RowCell, ...]
    groups: tuple[Passage, ...] = ()
    group_labels: tuple[str, ...] = ()
    number: str = ""
    restored: bool = False

    def of(self, role: ColumnRole) -> tuple[RowCell, ...]:
        """The cells in columns of this role."""
        return tuple(cell for cell in self.cells if cell.role == role)


@dataclass(frozen=True, slots=True)
class OutlineTable:
    """A table where it stands in the outline, its columns and rows understood."""

    table: Table
    kind: TableKind
    header: tuple[Passage, ...]
    rows: tuple[TableRow, ...]


Node = Item | OutlineTable


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page, each part as printed; EMPTY where it is not there."""

    parent: Passage = EMPTY
    issuer: Passage = EMPTY
    number: Passage = EMPTY
    place: Passage = EMPTY
    date: Passage = EMPTY
    urgency: Passage = EMPTY
    secrecy: Passage = EMPTY
    type: Passage = EMPTY
    title: Passage = EMPTY
    caption: Passage = EMPTY
    """A bracket under the title ("(Ban hành kèm theo ...)")."""
    number_blank: bool = False
    """A number line is printed, its number is not (or is not legible)."""
    date_blank: bool = False


@dataclass(frozen=True, slots=True)
class HeadValues:
    """What the letterhead says, as the contract writes it; null where it says nothing legible.

    `date` and the two days of `period` are ISO 8601.
    """

    type: str | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    parent: str | None = None
    title: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    period: tuple[str | None, str] | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of the body: who gets it, who signed."""

    recipients: tuple[Passage, ...] = ()
    authority: tuple[Passage, ...] = ()
    role: Passage = EMPTY
    name: Passage = EMPTY
    farewell: tuple[Passage, ...] = ()
    """Closing paragraphs ("Trên đây là ...")."""


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix: its printed number (`PL1`), title, caption and content."""

    id: str
    title: Passage
    caption: Passage
    whole: Passage
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One document. `loose` is printed text that found no other place."""

    letterhead: Letterhead
    values: HeadValues
    preamble: tuple[Passage, ...]
    sections: tuple[Item, ...]
    closing: Closing
    appendices: tuple[Appendix, ...]
    loose: tuple[Passage, ...] = ()
    further: tuple[int, ...] = ()
    """Pages on which another document begins (a second letterhead)."""
    beyond: tuple[Passage, ...] = ()
    """All text from there on, as printed."""
    carrier: tuple[Passage, ...] = ()
    """The articles of the decision that puts an attached plan into force."""
