"""The lines of a head as its two columns, though a text glued them or a date ran over two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.folding import fold
from pipeline.parse.likeness import find_phrase, is_noise, prefix_end
from pipeline.parse.number_line import date_value, read_date_line, read_number
from pipeline.parse.strips import Strip
from pipeline.parse.title import printed_type
from pipeline.rules import load_rules
from pipeline.types import join_passages


@dataclass(frozen=True, slots=True)
class Marks:
    """What `rules/letterhead.yaml` says of words that are the same on all papers."""

    national: tuple[str, ...]
    on_the_right: tuple[str, ...]
    urgency: tuple[str, ...]
    secrecy: tuple[str, ...]
    level_labels: tuple[str, ...]
    passed_over: tuple[str, ...]


@cache
def marks() -> Marks:
    """The words, read once."""
    rules = load_rules("letterhead")
    keys = ("national", "national_on_the_right", "urgency", "secrecy", "level_labels", "marks")
    return Marks(*(tuple(rules[key]) for key in keys))


def head_lines(strips: Sequence[Strip]) -> list[Strip]:
    """The strips of a head with its two columns told apart and its dates in one piece."""
    return _whole_dates([part for strip in strips for part in _unglued(strip)])


def _unglued(strip: Strip) -> Iterator[Strip]:
    """The two columns of a letterhead that came as one line, and a stamp read into the type line."""
    for phrase in marks().national:
        place = find_phrase(strip.text, phrase, 0.72)
        if place is not None and place[0] > 0 and not is_noise(strip.text[: place[0]]):
            yield _cleaned(strip.part(0, place[0], "left"))
            yield strip.part(place[0], None, "right")
            return
    number = read_number(strip.passage)
    if number is not None:
        cut = strip.text.find(number.text) + len(number.text)
        if read_date_line(strip.passage.part(cut)) is not None:
            yield strip.part(0, cut, "left")
            yield strip.part(cut, None, "right")
            return
    for level in (*marks().urgency, *marks().secrecy):
        end = prefix_end(strip.text, level, 0.9)
        rest = strip.part(end) if end is not None and end < len(strip.text) else None
        if rest is not None and printed_type(rest) is not None:
            yield strip.part(0, end)
            yield rest
            return
    yield strip


def _whole_dates(strips: Sequence[Strip]) -> list[Strip]:
    """A date that goes on in the next line of its column ("..., ngày 12 tháng 01 năm" / "2026")."""
    done: list[Strip] = []
    for strip in strips:
        above = next((i for i in range(len(done) - 1, -1, -1) if done[i].column == strip.column), None)
        joined = _joined_date(done[above], strip) if above is not None else None
        if above is not None and joined is not None:
            done[above] = joined
        else:
            done.append(strip)
    return done


def _joined_date(above: Strip, strip: Strip) -> Strip | None:
    if len(strip.text.split()) > 3 or not strip.text.strip()[-1:].isdigit() or "ng" not in fold(above.text):
        return None
    alone = read_date_line(above.passage)
    if alone is not None and date_value(alone.date) is not None:
        return None
    whole = join_passages((above.passage, strip.passage))
    dated = read_date_line(whole)
    return replace(above, passage=whole) if dated is not None and date_value(dated.date) is not None else None


def _cleaned(strip: Strip) -> Strip:
    inner = strip.text.strip(" _-–~*|.")
    start = strip.text.find(inner)
    return strip.part(start, start + len(inner))
