"""Which number each paragraph really carries: a beam search over readings of labels.

The state is the chain of open levels, outermost first, each with its kind and last
value. A reading that goes on from the chain is free, one that jumps, repeats or
turns the order of levels round costs; the levels themselves are learned from the
document, since plans number as they please (I/1/a, 1/1.1/-, A/I/1, Phần/1.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.parse.labels import NO_LABEL, LabelReading, letter_follows, read_labels, to_roman
from pipeline.rules import load_rules

BEAM = 24

# What it costs to take a readable label for mere text.
_SKIP_COST = {
    "part": 3.0,
    "clause": 3.0,
    "roman": 3.0,
    "capital": 1.6,
    "arabic": 2.6,
    "decimal": 2.6,
    "bracketed": 1.8,
    "letter": 2.4,
    "subletter": 2.4,
    "dash": 2.0,
    "plus": 2.0,
}
_RESTART = 2.2
_FALSE_START = 2.6
_REPEAT = 3.0
_JUMP = 2.0
_LOST = 2.5
"""A heading in capitals without a number for one whose number was lost: dearer than a jump alone, so that
it takes the numbers below it too (they would begin again) or a numbering that begins with II."""
_HEADING_LETTERS = (6, 90)

Level = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The chosen label of a paragraph and how deep it stands (0 for a section).

    `restart` is True where a numbering began again at 1 on its own level (V.1~2).
    """

    label: LabelReading
    depth: int
    restart: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    chain: tuple[Level, ...]
    orders: frozenset[tuple[str, str]]
    choices: tuple[Numbered, ...]


def number_paragraphs(texts: Sequence[str], chain: tuple[Level, ...] = ()) -> tuple[Numbered, ...]:
    """For each paragraph its label and depth; `NO_LABEL` at the depth it belongs to otherwise."""
    beam = [_State(0.0, chain, frozenset(), ())]
    for text in texts:
        readings = read_labels(text)
        lost = not readings and _looks_like_section(text)
        successors = [next_state for state in beam for next_state in _continue(state, readings)]
        if lost:
            successors += [_with_lost_number(state) for state in beam]
        beam = _best(successors)
    return beam[0].choices


def _looks_like_section(text: str) -> bool:
    least, most = _HEADING_LETTERS
    return (
        least <= len(text) <= most
        and len(text.split()) > 1
        and text == text.upper()
        and text[-1] not in ".;,"
    )


def _with_lost_number(state: _State) -> _State:
    """The paragraph as the section that comes next."""
    at = next((place for place, (kind, _) in enumerate(state.chain) if kind == "roman"), None)
    number = state.chain[at][1][0] + 1 if at is not None else 1
    reading = LabelReading("roman", (number,), to_roman(number), 0, _LOST, restored=True)
    base = state.chain[:at] if at is not None else _without_bullets(state.chain)
    return _step(state, reading, base, 0.0, restart=False)


def _best(states: Sequence[_State]) -> list[_State]:
    """The cheapest states, one a chain (what comes next depends on the chain alone)."""
    unique: dict[tuple[Level, ...], _State] = {}
    for state in sorted(states, key=lambda state: state.cost):
        unique.setdefault(state.chain, state)
    return list(unique.values())[:BEAM]


def _continue(state: _State, readings: Sequence[LabelReading]) -> list[_State]:
    skip = max((_SKIP_COST[reading.kind] - reading.cost for reading in readings), default=0.0)
    plain = Numbered(NO_LABEL, _depth_of_plain(state.chain))
    states = [_State(state.cost + max(skip, 0.0), state.chain, state.orders, (*state.choices, plain))]
    for reading in readings:
        states.extend(_place(state, reading))
    return states


def _depth_of_plain(chain: tuple[Level, ...]) -> int:
    """A paragraph without label stands under the innermost numbered level, beside its dashes."""
    return len(_without_bullets(chain))


def _without_bullets(chain: tuple[Level, ...]) -> tuple[Level, ...]:
    return tuple(level for level in chain if level[0] not in ("dash", "plus"))


def _place(state: _State, reading: LabelReading) -> list[_State]:
    """All ways to put `reading` into the chain: on an open level of its kind, or on a new one."""
    if reading.kind in ("dash", "plus"):
        return [_place_bullet(state, reading)]
    states = []
    for position, (kind, value) in enumerate(state.chain):
        if kind != reading.kind or (kind == "decimal" and len(value) != len(reading.value)):
            continue
        cost, restart = _sibling_cost(reading, value)
        states.append(_step(state, reading, state.chain[:position], cost, restart))
    states.append(_open_level(state, reading))
    return states


def _place_bullet(state: _State, reading: LabelReading) -> _State:
    base = _without_bullets(state.chain)
    if reading.kind == "plus" and any(kind == "dash" for kind, _ in state.chain):
        base = (*base, ("dash", ()))
    return _step(state, reading, base, 0.0, restart=False)


def _open_level(state: _State, reading: LabelReading) -> _State:
    """A new level below the innermost numbered one."""
    base = _without_bullets(state.chain)
    cost = 0.0 if reading.value[-1] == 1 else _FALSE_START + 0.2 * min(reading.value[-1], 10)
    if reading.kind == "decimal":
        cost += _decimal_misfit(base, reading.value)
    if base:
        above = base[-1][0]
        same_kind = any(kind == reading.kind for kind, _ in base) and reading.kind != "decimal"
        unusual = _rank(reading.kind) <= _rank(above) and (above, reading.kind) not in state.orders
        cost += (2.5 if same_kind else 0.0) + (1.2 if unusual and reading.kind != "decimal" else 0.0)
    return _step(state, reading, base, cost, restart=False)


def _decimal_misfit(base: tuple[Level, ...], value: tuple[int, ...]) -> float:
    """1.1 belongs under 1; standing under something else it costs a little."""
    for _, above in reversed(base):
        if above and above[-1:] == value[-2:-1]:
            return 0.0
    return 0.4 if not base or base[-1][0] in ("part", "clause", "roman", "capital") else 1.0


def _sibling_cost(reading: LabelReading, before: tuple[int, ...]) -> tuple[float, bool]:
    value = reading.value
    if value[:-1] != before[:-1]:
        # 2.1 after 1.3 without a "2." between them
        follows = value[-1] == 1 and value[:-1] > before[:-1]
        return (0.6 if follows else _REPEAT), False
    step = value[-1] - before[-1]
    if step == 1 or (reading.kind == "letter" and letter_follows(before[-1], value[-1])):
        return 0.0, False
    if step > 1:
        return _JUMP + 0.3 * min(step - 1, 6), False
    if value[-1] == 1:
        return _RESTART, True
    return _REPEAT + 0.2 * min(-step, 5), step == 0


def _step(
    state: _State, reading: LabelReading, base: tuple[Level, ...], cost: float, restart: bool
) -> _State:
    chosen = Numbered(reading, len(base), restart)
    orders = state.orders | {(base[-1][0], reading.kind)} if base else state.orders
    return _State(
        state.cost + reading.cost + cost,
        (*base, (reading.kind, reading.value)),
        orders,
        (*state.choices, chosen),
    )


def _rank(kind: str) -> int:
    rules: dict[str, Any] = load_rules("labels")
    rank: int = rules["depth"][kind]
    return rank
