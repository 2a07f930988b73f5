"""Findings about pages: blank, doubled, missing, out of order, or with a text layer not trusted."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.geometry import Box
from pipeline.resolve.record import Record
from pipeline.types import PageFacts


def check_pages(pages: Sequence[PageFacts], damaged: Mapping[int, str], record: Record) -> None:
    """Flag what is odd about the pages of a file (text inputs without page numbers pass)."""
    for number, reason in damaged.items():
        record.flag("unreadable-page", None, page=number, reason=reason)
    _check_content(pages, record)
    _check_printed_numbers(pages, record)
    for page in pages:
        _check_reading(page, record)


def _check_reading(page: PageFacts, record: Record) -> None:
    if page.reason.startswith("OCR: text layer"):
        record.flag("bad-text-layer", None, page=page.number, reason=page.reason.removeprefix("OCR: "))
    if any(_like_a_line(box) for box in page.ink):
        record.flag("unreadable-region", None, page=page.number)


def _like_a_line(box: Box) -> bool:
    """Ink as flat as a printed line; seals and signatures are as high as they are wide (points)."""
    return 5 <= box.height <= 30 and box.width >= max(40.0, 4 * box.height)


def _check_content(pages: Sequence[PageFacts], record: Record) -> None:
    seen: dict[str, int] = {}
    for page in pages:
        if page.words == 0:
            record.flag("blank-page", None, page=page.number)
            continue
        if page.fingerprint in seen:
            record.flag("doubled-page", None, page=page.number, other=seen[page.fingerprint])
        seen.setdefault(page.fingerprint, page.number)


def _check_printed_numbers(pages: Sequence[PageFacts], record: Record) -> None:
    """Printed numbers should run with the pages; an appendix may start again."""
    for run in _numbered_runs(pages):
        for before, page in itertools.pairwise(run):
            if page.printed < before.printed:
                record.flag("disordered-page", None, before=before.printed, after=page.printed)
        unread = run[-1].number - run[0].number + 1 - len(run)
        for before, page in itertools.pairwise(sorted(run, key=lambda page: page.printed)):
            if page.printed - before.printed - 1 > max(0, unread):
                record.flag("missing-page", None, before=before.printed, after=page.printed)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A page that bears a number: which it is in the file, and what is printed on it."""

    number: int
    printed: int


def _numbered_runs(pages: Sequence[PageFacts]) -> list[list[_Numbered]]:
    """The numbered pages, parted where a document or an appendix begins to count anew."""
    runs: list[list[_Numbered]] = []
    for page in pages:
        if page.printed_number is None:
            continue
        numbered = _Numbered(page.number, page.printed_number)
        if not runs:
            runs.append(_first_run(numbered))
        elif _starts_anew(runs[-1][-1], numbered):
            runs.append([])
        runs[-1].append(numbered)
    return runs


def _first_run(page: _Numbered) -> list[_Numbered]:
    """The first page of a plan bears no number, but counts: page 2 of the file should print 2 at most."""
    return [_Numbered(1, 1)] if page.number > 1 else []


def _starts_anew(before: _Numbered, page: _Numbered) -> bool:
    """Back at 1; or at 2, with a first page without number before it."""
    back = page.printed < before.printed
    return back and (page.printed == 1 or (page.printed == 2 and page.number - before.number > 1))
