"""The documents that a plan cites outside its preamble: the contract's `citations`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.resolve.citations import find_citations
from pipeline.types import Passage


@dataclass(frozen=True, slots=True)
class BodyCitation:
    """A document cited outside the preamble; `at` is where it is named first."""

    number: str
    type: str | None
    date: str | None
    issuer: str | None
    cited_in: tuple[str, ...]
    at: tuple[Passage, ...]


def body_citations(
    passages: Iterable[tuple[str, Passage]], own_number: str | None = None
) -> list[BodyCitation]:
    """The documents cited by number in `(id, passage)` pairs, once each, in order.

    A later, fuller mention fills the date and the issuer; the plan's own number
    (`own_number`, as in an appendix's caption) is no citation.
    """
    found: dict[str, BodyCitation] = {}
    for item, passage in passages:
        for one in find_citations(passage.text):
            if one.number is None or one.number == own_number or one.number.isdecimal():
                continue
            issuer = passage.part(*one.issuer_at).text if one.issuer_at else None
            new = BodyCitation(
                one.number, one.type, one.date, issuer, (item,), (passage.part(one.start, one.end),)
            )
            old = found.get(one.number)
            found[one.number] = _merged(old, new) if old else new
    return list(found.values())


def _merged(old: BodyCitation, new: BodyCitation) -> BodyCitation:
    places = old.cited_in if new.cited_in[0] in old.cited_in else old.cited_in + new.cited_in
    return BodyCitation(
        old.number,
        old.type or new.type,
        old.date or new.date,
        old.issuer or new.issuer,
        places,
        old.at + new.at,
    )
