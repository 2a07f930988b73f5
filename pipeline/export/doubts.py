"""What a person should check before relying on a field, and where it stands in the document.

The one rule for exports, pictures of pages and the web page: a field is doubtful when its
confidence is under `DOUBTFUL_BELOW`, or when a finding above `info` concerns it. A finding that
concerns a whole item is a doubt about the field that names the item, until a person has set
that field right.
"""

from __future__ import annotations

from collections import defaultdict

from pipeline.settings import DOUBTFUL_BELOW
from schemas import Place, Plan

_QUOTED = 200
"""Letters of the text as read that a reason quotes."""

NAMING = {
    "legal_bases": "number", "units": "name", "objectives": "text", "requirements": "text", "tasks": "title",
    "indicators": "name", "assignments": "text", "appendices": "title", "sections": "title",
    "citations": "number", "abbreviations": "short",
}  # fmt: skip
"""The field of an item that a doubt about the item as a whole is shown at."""


def split_key(key: str) -> tuple[str, str, str]:
    """Collection, id and field of an evidence key; ids may hold slashes (63/2010/NĐ-CP)."""
    collection, _, rest = key.partition("/")
    item, _, field = rest.rpartition("/")
    return collection, item, field


class Checked:
    """The evidence and findings of one plan, by field."""

    def __init__(self, plan: Plan) -> None:
        self._places: dict[str, dict[str, tuple[Place, ...]]] = defaultdict(dict)
        for key, places in plan.evidence.items():
            collection, item, field = split_key(key)
            self._places[f"{collection}/{item}" if item else collection][field] = places
        self._messages: dict[str, list[str]] = defaultdict(list)
        self._by_item: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for finding in plan.findings:
            if finding.at and finding.severity != "info":
                item, _, field = finding.at.rpartition("/")
                self._messages[finding.at].append(finding.message)
                self._by_item[item].setdefault(field, []).append(finding.message)

    def doubts(self, key: str) -> tuple[str, ...]:
        """Why the field with this evidence key is doubtful, as sentences; empty when it is not."""
        collection, item, field = split_key(key)
        at = f"{collection}/{item}" if item else collection
        named = item and NAMING.get(collection) == field
        return (*(self.whole(at) if named else ()), *self.reasons(at, field))

    def reasons(self, item: str, *fields: str) -> tuple[str, ...]:
        """Why `fields` of `item` ("tasks/III.1") are doubtful, as sentences; empty when they are not."""
        return (*self._found(item, fields), *self._unsure(item, fields))

    def whole(self, item: str) -> tuple[str, ...]:
        """Findings that concern the item as such and none of its fields."""
        collection = item.partition("/")[0]
        naming = self._places.get(item, {}).get(NAMING.get(collection, ""), ())
        if any(place.origin == "person" for place in naming):
            return ()
        return tuple(self._messages.get(item, ()))

    def all(self, item: str) -> tuple[str, ...]:
        """Why anything of `item` is doubtful."""
        fields = dict.fromkeys((*self._by_item.get(item, {}), *self._places.get(item, {})))
        return (*self.whole(item), *self.reasons(item, *fields))

    def place(self, item: str) -> Place | None:
        """Where `item` begins: its first place of all; null where nothing tells."""
        fields = self._places.get(item, {})
        places = [place for field in fields.values() for place in field]
        return min(places, key=_order, default=None)

    def page(self, item: str) -> int | None:
        """The page that `item` begins on; null for inputs without pages."""
        place = self.place(item)
        return place.page if place is not None and place.line is None else None

    def line(self, item: str) -> int | None:
        """The line of an input without pages that `item` begins on."""
        place = self.place(item)
        return place.line if place is not None else None

    def _found(self, item: str, fields: tuple[str, ...]) -> list[str]:
        return [
            message
            for field, messages in self._by_item.get(item, {}).items()
            if _one_of(field, fields)
            for message in messages
        ]

    def _unsure(self, item: str, fields: tuple[str, ...]) -> list[str]:
        reasons = []
        for field, places in self._places.get(item, {}).items():
            lowest = min(places, key=lambda place: place.confidence)
            if lowest.confidence < DOUBTFUL_BELOW and _one_of(field, fields):
                read = lowest.mended or lowest.text
                shown = read if len(read) <= _QUOTED else read[: _QUOTED - 1] + "…"
                reasons.append(f"Đọc chưa chắc chắn ({lowest.confidence * 100:.0f} %): “{shown}”.")
        return reasons


def _one_of(field: str, fields: tuple[str, ...]) -> bool:
    """Whether `field` is one of `fields` or a part of one (`deadline.due` of `deadline`)."""
    return any(field == one or field.startswith(f"{one}.") for one in fields)


def _order(place: Place) -> tuple[int, int]:
    return place.page, place.line or 0
