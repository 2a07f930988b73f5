"""What the search keeps in hand: the pieces of a line ready to be placed, rows and cells so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.layout.text_tables.body import Cut, Kind
from pipeline.layout.text_tables.choices import Choice
from pipeline.layout.text_tables.recurring import Key


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A cell so far: its words, the length and the index of its last line. See `Cells`."""

    key: Key = ()
    length: int = 0
    line: int = -1
    figures: bool = False
    brackets: int = 0


NOTHING = Held()
"""The empty cell."""


class Cells:
    """Each cell is made once: equal ones are one object, so that whole rows compare at a glance."""

    def __init__(self) -> None:
        self._made: dict[tuple[Key, int, int, bool, int], Held] = {}

    def of(self, key: Key, length: int, line: int, figures: bool, brackets: int) -> Held:
        """The cell that holds this."""
        content = (key, length, line, figures, brackets)
        held = self._made.get(content)
        if held is None:
            held = self._made[content] = Held(*content)
        return held


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """A line's pieces in one column, with all that does not hang on the lines above; made once a line."""

    column: int
    key: Key
    length: int
    first_length: int
    opens: bool
    goes_on: bool
    figures: bool
    brackets: int
    """Opened less closed."""
    score: float


@dataclass(frozen=True, slots=True)
class Option:
    """One cut of a line, made ready."""

    choice: Choice
    spans: tuple[Span, ...]
    score: float
    main: bool


class State(NamedTuple):
    """One way to have cut the lines so far: the row in hand, and how it was come to (`before`)."""

    score: float
    kind: Kind
    start: int
    number: int | None
    last: int
    """The number of the last row that has one, 0 at the start of the table and of a group."""
    cells: tuple[Held, ...]
    cut: Cut | None
    before: State | None
    promise: float = 0.0
    """What its unfinished cells may be worth: known cells that have begun."""
