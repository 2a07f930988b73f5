"""The plan's evidence as marks on a page: which field, of which kind, sure or doubtful."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.doubts import Checked, split_key
from pipeline.geometry import Box
from schemas import Plan

Colour = tuple[int, int, int]

DOUBT: Colour = (230, 60, 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of field: its Vietnamese label in the legend and its colour."""

    label: str
    colour: Colour


KINDS = {
    "document": Kind("Thể thức văn bản", (25, 95, 200)),
    "basis": Kind("Căn cứ", (125, 70, 190)),
    "objective": Kind("Mục đích", (0, 130, 130)),
    "requirement": Kind("Yêu cầu", (70, 150, 190)),
    "task": Kind("Nhiệm vụ", (20, 60, 130)),
    "lead": Kind("Chủ trì", (0, 140, 70)),
    "support": Kind("Phối hợp", (110, 165, 40)),
    "deadline": Kind("Thời hạn", (190, 40, 120)),
    "product": Kind("Sản phẩm", (175, 115, 0)),
    "indicator": Kind("Chỉ tiêu", (120, 85, 60)),
    "assignment": Kind("Phân công", (85, 85, 190)),
    "recipients": Kind("Nơi nhận", (90, 100, 115)),
    "signer": Kind("Người ký", (160, 30, 60)),
    "other": Kind("Nội dung khác", (150, 150, 150)),
}
"""In the order of the legend."""

_BY_COLLECTION = {
    "document": "document", "legal_bases": "basis", "objectives": "objective",
    "requirements": "requirement", "tasks": "task", "indicators": "indicator", "assignments": "assignment",
}  # fmt: skip
_BY_FIELD = {"lead": "lead", "support": "support", "deadline": "deadline", "products": "product"}
_TAGGED = {"title", "name", "text"}
"""The field of an item that carries its id on the picture."""

_NOT_DRAWN = {"units"}
"""A unit stands where it leads, supports or is told to: it is drawn there."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A field's place on a page. `tag` is the item's id where this place should show it."""

    box: Box
    kind: str
    at: str
    tag: str = ""
    doubtful: bool = False


def kind_of(key: str) -> str:
    """The kind of the field with this evidence key."""
    collection, _, field = split_key(key)
    if collection == "document" and field.partition(".")[0] in ("recipients", "signer"):
        return field.partition(".")[0]
    if collection in ("tasks", "indicators", "assignments") and field in _BY_FIELD:
        return _BY_FIELD[field]
    return _BY_COLLECTION.get(collection, "other")


def marks_of(plan: Plan, page: int) -> tuple[Mark, ...]:
    """The marks of one page, large ones first so that small ones lie on top of them.

    What is doubtful is told by `pipeline.export.doubts`.
    """
    checked = Checked(plan)
    marks: list[Mark] = []
    for key, places in plan.evidence.items():
        collection, item, field = split_key(key)
        if collection in _NOT_DRAWN:
            continue
        doubtful = bool(checked.doubts(key))
        tag = item if field in _TAGGED and collection != "sections" else ""
        for place in places:
            if place.page == page and place.box is not None:
                marks.append(Mark(Box(*place.box), kind_of(key), key, tag, doubtful))
                tag = ""
    return tuple(sorted(marks, key=lambda mark: -mark.box.area))
