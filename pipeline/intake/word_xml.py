"""Names and small readings of WordprocessingML (ECMA-376, part 1)."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def name(element: Any) -> str:
    """Local name of an element; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def child(element: Any | None, *path: str) -> Any | None:
    """The first element along `path`, by local names; null where one is missing."""
    for step in path:
        if element is None:
            return None
        element = next((item for item in element if name(item) == step), None)
    return element


def children(element: Any | None, wanted: str) -> list[Any]:
    """The elements directly below that have the local name `wanted`."""
    return [] if element is None else [item for item in element if name(item) == wanted]


def attribute(element: Any | None, wanted: str = "val") -> str | None:
    """An attribute of the word-processing namespace; null where it or the element is missing."""
    if element is None:
        return None
    value: str | None = element.get(_W + wanted)
    if value is None:
        value = element.get(_STRICT + wanted)
    return value


def number(element: Any | None, wanted: str = "val") -> int | None:
    """An attribute as a whole number; null where it is missing or is none."""
    value = attribute(element, wanted)
    try:
        return None if value is None else int(float(value))
    except (ValueError, OverflowError):
        return None


def switch(element: Any | None) -> bool | None:
    """An on/off property: present without value is on; null where it is absent."""
    if element is None:
        return None
    return attribute(element) not in ("0", "false", "off", "none")
