"""Durations ("20 ngày làm việc", "≤ 5 ngày", "18 tháng") as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.folding import fold
from pipeline.resolve.deadlines.wording import rules


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration where it stands; `iso` is null where two figures are printed ("3 - 5 ngày")."""

    start: int
    end: int
    iso: str | None


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(sorted((fold(unit) for unit in rules()["duration_units"]), key=len, reverse=True))
    return re.compile(
        r"(?<![\d/.,-])(?P<low>\d{1,3}(?:[.,]\d{1,2})?|1/2)(?:\s*(?:-|den)\s*(?P<high>\d{1,3}))?"
        rf"\s*(?:\([^()]*\)\s*)?(?P<unit>{units})(?!\w)(?!\s*(?:/|mot|1|01)?\s*l[a-z]n(?!\w))(?!\s+(?:dau|cuoi)\s)"
        r"(?:\s+l[a-z]m\s+v[a-z&]+c)?"
    )


# The hour of an appointment ("16h00", "lúc 7 giờ 30") is no length of time.
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}\s*(?:h|g)\s*\d{0,2}(?!\w)|(?<!\d)\d{1,2}\s*gio\s*\d{1,2}(?:\s*ph[a-z]t)?"
    r"|(?:luc|truoc|vao|tu|den)\s+\d{1,2}\s*gio(?!\w)|\d{1,2}\s*gio\s*(?=,?\s*(?:ngay|thu|sang|chieu))"
)


def find_duration(folded: str) -> Duration | None:
    """The first duration outside brackets, else the first one inside.

    Printed times must have been blanked before, or "ngày 20 ngày ..." misleads.
    """
    plain = _CLOCK.sub(lambda match: " " * len(match[0]), folded)
    found = [
        match
        for match in _pattern().finditer(plain)
        if not re.search(
            r"(?:thang|quy|nam|ng[a-z]{1,2}y|thu|tuan|dot|dinh\s+ky|so|bao\s+cao|so\s+ket)\s*$",
            plain[: match.start()],
        )
    ]
    if not found:
        return None
    outside = [
        match for match in found if plain.count("(", 0, match.start()) <= plain.count(")", 0, match.start())
    ]
    match = (outside or found)[0]
    if match["high"]:
        return Duration(*match.span(), None)
    figure = "0.5" if match["low"] == "1/2" else match["low"].replace(",", ".").lstrip("0") or "0"
    units = {fold(unit): form for unit, form in rules()["duration_units"].items()}
    return Duration(*match.span(), units[match["unit"]].replace("#", figure))
