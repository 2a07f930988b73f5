"""What must fit together across a plan: ids that are unique, units that exist, evidence keys.

Works on plain mappings of the right shape, complete or partial, so that plans and
partial gold are held to one rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.errors import Problem

WITH_IDS = (
    "legal_bases", "units", "objectives", "requirements", "tasks", "indicators", "assignments",
    "appendices", "sections",
)  # fmt: skip
UNIT_FIELDS = {"tasks": ("lead", "support"), "indicators": ("lead", "support"), "assignments": ("units",)}
LINKED = WITH_IDS
EVIDENT = ("document", *WITH_IDS, "citations", "abbreviations")
"""What an evidence key may begin with."""


def broken_links(content: Mapping[str, Any]) -> list[Problem]:
    """All problems between the parts of `content`, in document order; empty when all is well."""
    return [*_repeated_ids(content), *_unknown_units(content), *_stray_evidence(content)]


def _repeated_ids(content: Mapping[str, Any]) -> Iterator[Problem]:
    for collection in WITH_IDS:
        counts = Counter(item["id"] for item in content.get(collection) or () if "id" in item)
        for key, count in counts.items():
            if count > 1:
                yield Problem(
                    f"{collection}/{key}",
                    f"the id is used {count} times; ids are unique in {collection} (a clash gets ~2)",
                )


def _unknown_units(content: Mapping[str, Any]) -> Iterator[Problem]:
    if "units" not in content:
        return  # partial gold may leave the units out and write names
    known = {unit.get("id") for unit in content["units"]}
    for collection, fields in UNIT_FIELDS.items():
        for item in content.get(collection) or ():
            for field in fields:
                for unit in item.get(field) or ():
                    if unit not in known:
                        at = f"{collection}/{item.get('id', '?')}/{field}"
                        yield Problem(at, f"names the unit {unit!r}, which is not in units")


def _stray_evidence(content: Mapping[str, Any]) -> Iterator[Problem]:
    for key in content.get("evidence") or ():
        collection, slash, rest = key.partition("/")
        if collection not in EVIDENT or not (slash and rest):
            yield Problem(f"evidence/{key}", "the key must be collection/id/field, such as document/title")
