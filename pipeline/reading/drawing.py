"""How fine a page is drawn for the engine, and what its pixels say of it.

The engine brings every line to 36 pixels, accents and all. Print of 13 to 14 points, which
Decree 30/2020/NĐ-CP asks for, is that high at 165 dots an inch: drawn finer it costs a fifth
more and is read no better, specks worse. Smaller print is drawn as much finer; grain and pale
ink are dealt with by the neighbouring pixels, and there have to be enough of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reading.measures import Measures, measure, paper_of
from pipeline.reading.prepare import Gray, Ink, Letters, Mask, ink_mask, letters, to_gray
from pipeline.reading.recipes import suggested
from pipeline.settings import FINEST_DPI, Settings
from pipeline.types import SourcePage

_USUAL = 165
_DAMAGED = 200
"""For pages whose grain has to be smoothed or whose ink is pale."""
_HEIGHT = 9.3
"""Points: of the taller letters of print of 13 points."""
_WORTH = 1.12
"""How much finer a page has to be wanted before it is drawn a second time."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page in pixels, `dpi` to the inch. `paper` is its brightness without print."""

    dpi: int
    seen: Ink
    ink: Mask
    paper: Gray
    letters: Letters
    measures: Measures


def draw(page: SourcePage, settings: Settings) -> Drawn:
    """The page at `settings.dpi`; where that is null, as fine as its print needs.

    Raises:
        UnreadablePage: it cannot be drawn.
    """
    if settings.dpi is not None:
        return _drawn(page, settings.dpi)
    first = _drawn(page, _USUAL)
    wanted = _wanted(first)
    return first if wanted < _WORTH * _USUAL else _drawn(page, wanted)


def _wanted(page: Drawn) -> int:
    damaged = {"grain", "pale"} & set(suggested(page.measures).steps)
    by_print = round(_USUAL * _HEIGHT / page.letters.height) if page.letters.height else _USUAL
    return min(FINEST_DPI, max(by_print, _DAMAGED if damaged else _USUAL))


def _drawn(page: SourcePage, dpi: int) -> Drawn:
    seen = to_gray(page.raster(dpi))
    ink = ink_mask(seen.gray)
    paper = paper_of(seen.gray)
    return Drawn(dpi, seen, ink, paper, letters(ink, dpi), measure(seen.gray, ink, paper))
