"""One page through the engine: prepared as it measures, upright, straight, without its lines.

Read once; where that is poor, prepared otherwise and read again; then a second look at
what is doubtful or was passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image

from pipeline.geometry import POINTS_PER_INCH
from pipeline.reading.bend import Bend, find_bend, flatten
from pipeline.reading.cells import read_cells
from pipeline.reading.comparison import with_bars
from pipeline.reading.engines import WHOLE_PAGE, Engine, EngineWord
from pipeline.reading.lost_ink import lost_ink
from pipeline.reading.measures import measure, paper_of
from pipeline.reading.numerals import with_quarters
from pipeline.reading.prepare import (
    COARSE_RED,
    Gray,
    Ink,
    Mask,
    find_skew,
    ink_mask,
    is_blank,
    letters,
    rotate,
    runs_sideways,
    to_gray,
)
from pipeline.reading.quality import is_poor, yield_of
from pipeline.reading.recipes import Recipe, alternatives, prepare, suggested
from pipeline.reading.region import Region
from pipeline.reading.remainder import read_remainder
from pipeline.reading.roman import with_roman_numerals
from pipeline.reading.ruling import Ruling, find_ruling, take_out
from pipeline.reading.run_together import parted, rejoined
from pipeline.reading.second_look import look_again
from pipeline.reading.sifting import Sheet, sift, sift_cells, to_words
from pipeline.reading.stamps import like_stamps, read_stamps, red_prints, seals
from pipeline.reading.turning import best_turn, turn
from pipeline.settings import Settings
from pipeline.syllables import Validity, validity
from pipeline.types import PageText, SourcePage

_POOR = 0.5
_FEW = 5
_CLEARLY = 0.2
_LEAST_SKEW = 0.1
"""Degrees. Below it a line drifts by less than a pixel in ten words: not worth a resampling."""
_LEAST_LEFT = 0.0008
"""Of the page: ink outside its tables. Less is specks, and not worth a reading of its own."""


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page turned upright and straightened, in pixels. `seen` is what it was before preparation."""

    gray: Gray
    seen: Gray
    ink: Mask
    red: Mask | None
    turned: int
    angle: float
    bend: Bend | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of a page."""

    upright: _Upright
    ruling: Ruling
    clean: Gray
    words: tuple[EngineWord, ...]
    in_cells: tuple[EngineWord, ...]
    steps: tuple[str, ...] = ()

    @property
    def all_words(self) -> tuple[EngineWord, ...]:
        return (*self.words, *self.in_cells)

    @property
    def validity(self) -> Validity:
        return validity(word.text for word in self.all_words)


def read_by_ocr(page: SourcePage, settings: Settings, engine: Engine, why: str) -> PageText:
    """The page's words by OCR at `settings.dpi`; none where the page is blank.

    Args:
        why: what is said in `reason` after "OCR: ".
    """
    seen = to_gray(np.asarray(page.raster(settings.dpi)))
    ink = ink_mask(seen.gray)
    if is_blank(ink):
        return PageText(
            page.number, page.width, page.height, (), (), "ocr", "blank page: no ink inside the margins"
        )
    reading = _best_reading(seen, ink, settings, engine)
    stamps = _stamps(seen, reading.upright, settings, engine)
    return _page_text(page, reading, stamps, settings, engine, f"OCR: {why}")


def _best_reading(seen: Ink, ink: Mask, settings: Settings, engine: Engine) -> Reading:
    """Prepared as the page measures; otherwise too, where that reading is poor."""
    paper = paper_of(seen.gray)
    measures = measure(seen.gray, ink, paper)

    def attempt(recipe: Recipe) -> Reading:
        gray = prepare(seen.gray, paper, measures, recipe)
        own = ink if gray is seen.gray else ink_mask(gray)
        reading = _read(gray, seen.gray, own, seen.red, settings, engine)
        return replace(reading, steps=recipe.words)

    first = suggested(measures)
    best = attempt(first)
    for other in alternatives(measures, first):
        if not best.all_words or not is_poor(best.all_words):
            break
        again = attempt(other)
        if yield_of(again.all_words) > yield_of(best.all_words):
            best = again
    return best


def _read(gray: Gray, seen: Gray, ink: Mask, red: Mask | None, settings: Settings, engine: Engine) -> Reading:
    x, y = letters(ink, settings.dpi)
    if runs_sideways(x, y):
        turned = best_turn(gray, (90, 270), settings, engine)
        return _read_upright(_turned_upright(gray, seen, red, turned, settings), settings, engine)
    angle, _ = find_skew(x, y)
    bend = find_bend(x, y, angle, gray.shape)
    plain = _read_upright(_straight(gray, seen, ink, red, 0, angle, bend), settings, engine)
    if plain.validity.counted >= _FEW and plain.validity.share >= _POOR:
        return plain
    return _retry_turned(plain, gray, seen, red, settings, engine)


def _retry_turned(
    plain: Reading, gray: Gray, seen: Gray, red: Mask | None, settings: Settings, engine: Engine
) -> Reading:
    """The other way up, where the plain reading is poor and a probe says that it helps."""
    turned = best_turn(gray, (0, 180, 90, 270), settings, engine)
    if turned == 0:
        return plain
    other = _read_upright(_turned_upright(gray, seen, red, turned, settings), settings, engine)
    better = (
        other.validity.valid > plain.validity.valid and other.validity.share > plain.validity.share + _CLEARLY
    )
    return other if better else plain


def _turned_upright(gray: Gray, seen: Gray, red: Mask | None, turned: int, settings: Settings) -> _Upright:
    upright = turn(gray, turned)
    before = upright if seen is gray else turn(seen, turned)
    ink = ink_mask(upright)
    x, y = letters(ink, settings.dpi)
    angle, _ = find_skew(x, y)
    bend = find_bend(x, y, angle, upright.shape)
    seal = None if red is None else turn(red, turned)
    return _straight(upright, before, ink, seal, turned, angle, bend)


def _straight(
    gray: Gray,
    seen: Gray,
    ink: Mask,
    red: Mask | None,
    turned: int,
    angle: float,
    bend: Bend | None,
) -> _Upright:
    if abs(angle) < _LEAST_SKEW:
        angle = 0.0
    if angle == 0.0 and bend is None:
        return _Upright(gray, seen, ink, red, turned, 0.0)
    straight = _level(gray, angle, bend)
    before = straight if seen is gray else _level(seen, angle, bend)
    seal = None if red is None else _level_mask(red, angle, bend)
    return _Upright(straight, before, ink_mask(straight), seal, turned, angle, bend)


def _level(gray: Gray, angle: float, bend: Bend | None) -> Gray:
    straight = rotate(gray, angle)
    return straight if bend is None else flatten(straight, bend)


def _level_mask(red: Mask, angle: float, bend: Bend | None) -> Mask:
    """The same of a mask, at a quarter of the size: it was found no finer (see `to_gray`)."""
    height, width = red.shape
    if bend is not None:
        return 255 - _level(255 - red, angle, bend)
    small = rotate(255 - red[::COARSE_RED, ::COARSE_RED], angle)
    return 255 - cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.uint8)


def _read_upright(page: _Upright, settings: Settings, engine: Engine) -> Reading:
    # Lines and cells are looked for, and cells read, on the page as it came: each cell is
    # prepared by its own ink, and what darkens letters takes pale lines away.
    ruling = find_ruling(page.seen, settings.dpi)
    clean = take_out(page.gray, ruling)
    words: tuple[EngineWord, ...] = ()
    in_cells: tuple[EngineWord, ...] = ()
    if ruling.tables:
        cells = [cell for _, table in ruling.tables for cell in table]
        in_cells = _best_cells(page, clean, ruling, settings, engine)
        rest = _without_cells(clean, cells)
        if _has_ink(rest):
            words = read_remainder(rest, engine, settings.lang, settings.dpi)
    else:
        words = engine.read(Image.fromarray(clean), settings.lang, settings.dpi, WHOLE_PAGE)
    return Reading(page, ruling, clean, words, in_cells)


def _best_cells(
    page: _Upright, clean: Gray, ruling: Ruling, settings: Settings, engine: Engine
) -> tuple[EngineWord, ...]:
    """The cells as they came, and where that is poor as the page was prepared; the better of both."""
    if page.seen is page.gray:
        return read_cells(clean, ruling, engine, settings.lang, settings.dpi)
    came = read_cells(take_out(page.seen, ruling), ruling, engine, settings.lang, settings.dpi)
    if not is_poor(came):
        return came
    prepared = read_cells(clean, ruling, engine, settings.lang, settings.dpi)
    return prepared if yield_of(prepared) > yield_of(came) else came


def _without_cells(gray: Gray, cells: list[Region]) -> Gray:
    rest = gray.copy()
    for cell in cells:
        rest[cell.top : cell.bottom, cell.left : cell.right] = 255
    return rest


def _has_ink(gray: Gray) -> bool:
    solid = cv2.morphologyEx(ink_mask(gray), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return bool((solid > 0).mean() > _LEAST_LEFT)


def _stamps(
    seen: Ink, upright: _Upright, settings: Settings, engine: Engine
) -> tuple[list[EngineWord], list[EngineWord]]:
    """(words of red stamps, boxes of red seals) in pixels of the straightened page."""
    prints = red_prints(upright.red, settings.dpi)
    if not prints:
        return [], []
    stamps = like_stamps(prints, settings.dpi)
    if not stamps:
        return [], seals(prints, settings.dpi)
    full = _level(turn(seen.full, upright.turned), upright.angle, upright.bend)
    return list(read_stamps(full, stamps, settings, engine)), seals(prints, settings.dpi)


def _page_text(
    page: SourcePage,
    reading: Reading,
    stamps: tuple[list[EngineWord], list[EngineWord]],
    settings: Settings,
    engine: Engine,
    reason: str,
) -> PageText:
    upright = reading.upright
    sideways = upright.turned in (90, 270)
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    sheet = Sheet(POINTS_PER_INCH / settings.dpi, upright.angle, width, height, upright.bend)
    words, noise = sift(reading.words, upright.red, settings.dpi)
    cell_words, cell_noise = sift_cells(reading.in_cells, settings.dpi)
    words = _looked_at_again(reading, [*words, *cell_words], settings, engine)
    words += _not_yet_read(stamps[0], words)
    marks = [*noise, *cell_noise, *stamps[1]]
    return PageText(
        number=page.number,
        width=width,
        height=height,
        words=to_words(words, upright.ink, sheet, page.number),
        rules=tuple(rule for segment in reading.ruling.segments for rule in sheet.rules(segment)),
        origin="ocr",
        reason=reason,
        prepared=_prepared(reading, settings),
        angle=upright.angle,
        ink=tuple(sheet.box(mark.left, mark.top, mark.right, mark.bottom) for mark in marks),
        turned=upright.turned,
    )


def _looked_at_again(
    reading: Reading, words: list[EngineWord], settings: Settings, engine: Engine
) -> list[EngineWord]:
    words = parted(rejoined(words))
    ink = reading.upright.ink if reading.clean is reading.upright.gray else ink_mask(reading.clean)
    lost = lost_ink(ink, reading.ruling, words, settings.dpi)
    again = look_again(reading.clean, tuple(words), lost, engine, settings)
    told = with_quarters(with_roman_numerals(again, reading.clean), reading.clean)
    return parted(with_bars(told, reading.clean))


def _not_yet_read(stamps: list[EngineWord], words: list[EngineWord]) -> list[EngineWord]:
    """Words of stamps where the reading without red has not seen a word already."""
    return [
        stamp
        for stamp in stamps
        if not any(
            word.left < stamp.right
            and word.right > stamp.left
            and word.top < (stamp.top + stamp.bottom) / 2 < word.bottom
            for word in words
        )
    ]


def _prepared(reading: Reading, settings: Settings) -> str:
    """How the image was treated, in words: "gray at 200 dpi, skew of 0.6° out, 8 lines out"."""
    upright, ruling = reading.upright, reading.ruling
    steps = [f"{'red channel' if upright.red is not None else 'gray'} at {settings.dpi} dpi", *reading.steps]
    if upright.turned:
        steps.append(f"turned by {upright.turned}°")
    if upright.angle:
        steps.append(f"skew of {upright.angle:g}° out")
    if upright.bend is not None:
        steps.append(f"bend of {upright.bend.depth:.0f} pixels laid flat")
    if ruling.segments:
        steps.append(f"{len(ruling.segments)} lines out")
    if ruling.tables:
        steps.append(f"{sum(len(cells) for _, cells in ruling.tables)} cells read apart")
    return ", ".join(steps)
