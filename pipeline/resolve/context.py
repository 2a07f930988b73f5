"""What the parts of the resolver share: the plan's time, the units, the record, ids used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.resolve.deadlines import resolve_deadline
from pipeline.resolve.record import Record
from pipeline.resolve.units import UnitRegistry, split_units
from pipeline.types import Passage
from schemas import Deadline


@dataclass(frozen=True, slots=True)
class Context:
    """`year` and `period` are what the plan covers, `issued` its date (ISO), each null where unknown."""

    record: Record
    units: UnitRegistry
    year: int | None
    period: tuple[str | None, str | None] | None
    issued: str | None
    used_ids: dict[str, set[str]] = field(default_factory=dict)

    def unique(self, collection: str, wanted: str) -> str:
        """`wanted`, or with `~2`, `~3` where the collection has it already (with a finding)."""
        used = self.used_ids.setdefault(collection, set())
        chosen, count = wanted, 1
        while chosen in used:
            count += 1
            chosen = f"{wanted}~{count}"
        if count > 1:
            self.record.flag("duplicate-id", f"{collection}/{chosen}", id=wanted)
        used.add(chosen)
        return chosen

    def free(self, collection: str, parent: str) -> str:
        """The id of an item that carries no label: the next free `-n` under `parent`."""
        used = self.used_ids.setdefault(collection, set())
        number = 1
        while (chosen := f"{parent}.-{number}" if parent else f"-{number}") in used:
            number += 1
        used.add(chosen)
        return chosen

    def unit_ids(self, passages: Sequence[Passage]) -> tuple[str, ...]:
        """Ids of the units named, in order, each once."""
        ids = [self.units.add(passage) for passage in passages]
        return tuple(dict.fromkeys(ids))

    def units_in(self, value: Passage, lines: tuple[Passage, ...] | None = None) -> tuple[str, ...]:
        """Ids of the units in a lead or support value."""
        return self.unit_ids(split_units(value, lines))

    def deadline(self, key: str, value: Passage, whole: Passage) -> Deadline | None:
        """The deadline printed as `value`, proved by `whole`, its findings flagged at `key`."""
        text = final_stop_off(value)
        if not text:
            return None
        reading = resolve_deadline(text.text, year=self.year, period=self.period, reference_date=self.issued)
        self.record.prove(key, whole)
        for code, _ in reading.findings:
            self.record.flag(code, key, text=text.text)
        return Deadline(
            text=reading.text,
            kind=reading.kind,
            start=reading.start,
            due=reading.due,
            recurrence=reading.recurrence,
            duration=reading.duration,
            basis=reading.basis,
        )


def final_stop_off(passage: Passage) -> Passage:
    """Without one final `.`, `;` or `,` (an ellipsis stays), as the contract wants values."""
    text = passage.text.rstrip()
    if text.endswith(("..", "…")):
        return passage.part(0, len(text))
    if text.endswith("./."):
        return passage.part(0, len(text) - 3)
    return passage.part(0, len(text) - 1) if text.endswith((".", ";", ",")) else passage.part(0, len(text))
