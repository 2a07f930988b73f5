"""Vietnamese figures: `1.500` is 1500, `2,5` is 2.5, `01` is 1, `99.1` is 99.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIGURE = re.compile(
    r"(?<![\w.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.])|\d+(?:[.,]\d+)?)(?!\d)"
)
_RANGE = re.compile(r"\s*(?:%|‰)?\s*(?:-|–|den|toi)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure; `value` is null where it can be read in two ways (1,500) or spans two (10-15)."""

    start: int
    end: int
    value: float | int | None


def figure_value(printed: str) -> float | int | None:
    """The number that `printed` means; null for `1,500`, which is 1.5 here and 1500 elsewhere."""
    printed = re.sub(r"[ \u00a0]", "", printed)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed) and not printed.startswith("0"):
        printed = printed.replace(".", "")
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", printed):
        return None
    number = float(printed.replace(",", "."))
    return int(number) if number.is_integer() else number


def figures(text: str, folded: str) -> Iterator[Figure]:
    """The figures of `text`, two ends of a span as one; `folded` is as long, masked parts blanked."""
    at = 0
    while match := _FIGURE.search(folded, at):
        at = match.end()
        span = _RANGE.match(folded, match.end())
        upper = _FIGURE_AFTER_DASH.match(folded, span.end()) if span else None
        if span and upper:
            at = upper.end()
            yield Figure(match.start(), upper.end(), None)
        else:
            yield Figure(match.start(), match.end(), figure_value(text[match.start() : match.end()]))


_FIGURE_AFTER_DASH = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
