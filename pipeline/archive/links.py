"""Which plans of an archive cite which: numbers matched, told apart by date and issuer, never guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from pipeline.folding import fold, fold_wording

_SAME_ISSUER = 85
"""Similarity, 0 to 100, from which two printed names of an issuer are one."""


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan of the archive: the document it came from, and its digest."""

    path: str
    output: str
    digest: dict[str, Any]

    @property
    def name(self) -> str:
        """Number and issuer as far as they are known, else the file."""
        parts = (self.digest["number"], self.digest["issuer"])
        return ", ".join(filter(None, parts)) or self.path


@dataclass(frozen=True, slots=True)
class Link:
    """`source` cites `number`; `target` is the plan meant, null where it is not here or not certain.

    `candidates` are the plans of the archive that it may be.
    """

    source: PlanEntry
    number: str
    relation: str
    target: PlanEntry | None
    candidates: int


def link(plans: Iterable[PlanEntry]) -> list[Link]:
    """Every citation of every plan, in order, with the plan of the archive that it means."""
    entries = list(plans)
    by_number: dict[str, list[PlanEntry]] = defaultdict(list)
    for entry in entries:
        if entry.digest["number"]:
            by_number[_key(entry.digest["number"])].append(entry)
    links = []
    for entry in entries:
        for cited in entry.digest["cites"]:
            same = [other for other in by_number.get(_key(cited["number"]), ()) if other is not entry]
            fitting = [other for other in same if _fits(cited, other.digest)]
            target = fitting[0] if len(fitting) == 1 else None
            links.append(Link(entry, cited["number"], cited["relation"], target, len(fitting)))
    return links


def outside(links: Iterable[Link]) -> list[tuple[str, int]]:
    """Documents that are cited but not in the archive, the most cited first."""
    counts = Counter(link.number for link in links if not link.candidates)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _key(number: str) -> str:
    return re.sub(r"[\s.]", "", fold(number))


def _fits(cited: dict[str, Any], other: dict[str, Any]) -> bool:
    """False where date or issuer are given on both sides and differ: every ward has a 12/KH-UBND."""
    if cited["date"] and other["date"] and cited["date"] != other["date"]:
        return False
    if cited["issuer"] and other["issuer"]:
        ours, theirs = _issuer(cited["issuer"]), _issuer(other["issuer"])
        return fuzz.token_sort_ratio(ours, theirs) >= _SAME_ISSUER
    return True


def _issuer(name: str) -> str:
    return fold_wording(name).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
