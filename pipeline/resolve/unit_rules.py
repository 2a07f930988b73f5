"""The rules on units (`rules/units.yaml`), read once and made ready for use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.folding import skeleton
from pipeline.rules import load_rules

HeadKind = Literal["body", "organisation", "general", "post", "person", "address", "level"]

TOKEN = re.compile(r"[^\s,;:()]+|[,;:()]")


@dataclass(frozen=True, slots=True)
class UnitRules:
    """`rules/units.yaml`, ready for use; phrases are tuples of lower-case words."""

    heads: dict[tuple[str, ...], HeadKind]
    skeletons: dict[tuple[str, ...], tuple[HeadKind, str]]
    long_heads: dict[int, tuple[tuple[str, HeadKind, str], ...]]
    one_name: tuple[tuple[str, ...], ...]
    not_units: frozenset[tuple[str, ...]]
    not_unit_skeletons: frozenset[tuple[str, ...]]
    family_names: frozenset[str]
    plural: tuple[tuple[str, ...], ...]
    shared: tuple[tuple[str, ...], ...]
    offices: frozenset[str]
    owners: tuple[tuple[str, ...], ...]
    wants_owner: frozenset[str]
    predicates: frozenset[tuple[str, ...]]
    no_predicates: frozenset[tuple[str, ...]]
    value_verbs: tuple[tuple[str, ...], ...]
    verb_like: frozenset[str]
    name_stops: frozenset[str]
    predicate_skeletons: frozenset[tuple[str, ...]]
    verbal_heads: frozenset[tuple[str, ...]]
    name_verbs: frozenset[tuple[str, ...]]
    name_end_verbs: tuple[tuple[str, ...], ...]
    object_words: frozenset[str]
    orders: tuple[tuple[str, ...], ...]
    openings: tuple[tuple[str, ...], ...]
    heading_openings: tuple[tuple[str, ...], ...]
    concerned: tuple[tuple[str, ...], ...]
    late_orders: tuple[tuple[str, ...], ...]
    lead_roles: tuple[tuple[str, ...], ...]
    support_roles: tuple[tuple[str, ...], ...]


def words_of(phrase: str) -> tuple[str, ...]:
    """The lower-case tokens of a phrase, marks among them."""
    return tuple(match.group().lower() for match in TOKEN.finditer(str(phrase)))


def _longest_first(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(map(words_of, phrases), key=len, reverse=True))


@cache
def unit_rules() -> UnitRules:
    """The rules on units, read once."""
    data = load_rules("units")
    kinds: tuple[tuple[str, HeadKind], ...] = (
        ("levels", "level"),
        ("general", "general"),
        ("organisations", "organisation"),
        ("people", "person"),
        ("posts", "post"),
        ("bodies", "body"),
        ("address", "address"),
    )
    listed = [(words_of(word), kind, str(word)) for name, kind in kinds for word in data[name]]
    long_heads: dict[int, list[tuple[str, HeadKind, str]]] = {}
    for words, kind, word in listed:
        if len(words) > 1:
            long_heads.setdefault(len(words), []).append((skeleton(" ".join(words)), kind, word))
    return UnitRules(
        heads={words: kind for words, kind, _ in listed},
        skeletons={tuple(map(skeleton, words)): (kind, word) for words, kind, word in listed},
        long_heads={length: tuple(rows) for length, rows in long_heads.items()},
        one_name=_longest_first(data["one_name"]),
        not_units=frozenset(map(words_of, data["not_units"])),
        not_unit_skeletons=frozenset(tuple(map(skeleton, words_of(word))) for word in data["not_units"]),
        family_names=frozenset(map(str.lower, data["family_names"])),
        plural=_longest_first(data["plural"]),
        shared=_longest_first(data["shared_complements"]),
        offices=frozenset(map(skeleton, data["offices"])),
        owners=_longest_first(data["office_owners"]),
        wants_owner=frozenset(map(str.lower, data["wants_owner"])),
        predicates=frozenset(map(words_of, data["predicates"])),
        no_predicates=frozenset(map(words_of, data["no_predicates"])),
        value_verbs=_longest_first(data["value_verbs"]),
        verb_like=frozenset(map(str.lower, data["verb_like"])),
        name_stops=frozenset(data["name_stops"]),
        predicate_skeletons=frozenset(
            tuple(map(skeleton, words_of(p))) for p in data["predicates"] if " " in p
        ),
        verbal_heads=frozenset(map(words_of, data["verbal_heads"])),
        name_verbs=frozenset(map(words_of, data["name_verbs"])),
        name_end_verbs=_longest_first(data["name_end_verbs"]),
        object_words=frozenset(data["object_words"]),
        orders=_longest_first(data["orders"]),
        openings=_longest_first(data["openings"]),
        heading_openings=_longest_first(data["heading_openings"]),
        concerned=_longest_first(data["concerned"]),
        late_orders=_longest_first(data["late_orders"]),
        lead_roles=_longest_first(data["bracket_roles"]["lead"]),
        support_roles=_longest_first(data["bracket_roles"]["support"]),
    )
