"""One page through the engine: prepared as it measures, upright, straight, without its lines.

Read once; where that is poor, prepared otherwise and read again; then a second look at
what is doubtful or was passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.geometry import POINTS_PER_INCH
from pipeline.reading.cells import read_cells
from pipeline.reading.comparison import with_bars
from pipeline.reading.drawing import Drawn, draw
from pipeline.reading.engines import WHOLE_PAGE, Engine, EngineWord
from pipeline.reading.lost_dashes import with_dashes
from pipeline.reading.lost_ink import lost_ink
from pipeline.reading.numerals import with_quarters
from pipeline.reading.prepare import Gray, Ink, ink_mask, is_blank, letters, runs_sideways
from pipeline.reading.quality import is_poor, yield_of
from pipeline.reading.reader import Reader
from pipeline.reading.recipes import Recipe, alternatives, prepare, suggested
from pipeline.reading.region import Region
from pipeline.reading.remainder import read_remainder
from pipeline.reading.roman import with_roman_numerals
from pipeline.reading.ruling import Ruling, find_ruling, take_out
from pipeline.reading.run_together import parted, rejoined
from pipeline.reading.second_look import look_again
from pipeline.reading.sifting import Sheet, sift, sift_cells, to_words
from pipeline.reading.stamps import like_stamps, read_stamps, red_prints, seals
from pipeline.reading.turning import best_turn
from pipeline.reading.upright import Lying, Upright, stand_up
from pipeline.settings import Settings
from pipeline.syllables import Validity, validity
from pipeline.types import PageText, SourcePage

_POOR = 0.5
_FEW = 5
_CLEARLY = 0.2
_LEAST_LEFT = 0.0008
"""Of the page: ink outside its tables. Less is specks, and not worth a reading of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of a page."""

    upright: Upright
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
    """The page's words by OCR; none where the page is blank.

    Args:
        why: what is said in `reason` after "OCR: ".
    """
    drawn = draw(page, settings)
    if is_blank(drawn.ink):
        return PageText(
            page.number, page.width, page.height, (), (), "ocr", "blank page: no ink inside the margins"
        )
    reader = Reader(engine, settings.lang, drawn.dpi)
    reading = _best_reading(drawn, reader)
    stamps = _stamps(drawn.seen, reading.upright, reader)
    return _page_text(page, reading, stamps, reader, f"OCR: {why}")


def _best_reading(page: Drawn, reader: Reader) -> Reading:
    """Prepared as the page measures; otherwise too, where that reading is poor."""
    first = suggested(page.measures)
    best = _attempt(page, first, reader)
    for other in alternatives(page.measures, first):
        if not best.all_words or not is_poor(best.all_words):
            break
        again = _attempt(page, other, reader)
        if yield_of(again.all_words) > yield_of(best.all_words):
            best = again
    return best


def _attempt(page: Drawn, recipe: Recipe, reader: Reader) -> Reading:
    seen = page.seen.gray
    gray = prepare(seen, page.paper, page.measures, recipe)
    ink, own = page.ink, page.letters
    if gray is not seen:
        ink = ink_mask(gray)
        own = letters(ink, reader.dpi)
    return replace(_read(Lying(gray, seen, ink, page.seen.red, own), reader), steps=recipe.words)


def _read(page: Lying, reader: Reader) -> Reading:
    if runs_sideways(page.letters.x, page.letters.y):
        turned = best_turn(page.gray, (90, 270), reader)
        return _read_upright(stand_up(page, turned, reader.dpi), reader)
    plain = _read_upright(stand_up(page, 0, reader.dpi), reader)
    if plain.validity.counted >= _FEW and plain.validity.share >= _POOR:
        return plain
    return _retry_turned(plain, page, reader)


def _retry_turned(plain: Reading, page: Lying, reader: Reader) -> Reading:
    """The other way up, where the plain reading is poor and a probe says that it helps."""
    turned = best_turn(page.gray, (0, 180, 90, 270), reader)
    if turned == 0:
        return plain
    other = _read_upright(stand_up(page, turned, reader.dpi), reader)
    better = (
        other.validity.valid > plain.validity.valid and other.validity.share > plain.validity.share + _CLEARLY
    )
    return other if better else plain


def _read_upright(page: Upright, reader: Reader) -> Reading:
    # Lines and cells are looked for, and cells read, on the page as it came: each cell is
    # prepared by its own ink, and what darkens letters takes pale lines away.
    ruling = find_ruling(page.seen, reader.dpi)
    clean = take_out(page.gray, ruling)
    words: tuple[EngineWord, ...] = ()
    in_cells: tuple[EngineWord, ...] = ()
    if ruling.tables:
        cells = [cell for _, table in ruling.tables for cell in table]
        in_cells = _best_cells(page, clean, ruling, reader)
        rest = _without_cells(clean, cells)
        if _has_ink(rest):
            words = read_remainder(rest, reader)
    else:
        words = reader.read(clean, WHOLE_PAGE)
    return Reading(page, ruling, clean, words, in_cells)


def _best_cells(page: Upright, clean: Gray, ruling: Ruling, reader: Reader) -> tuple[EngineWord, ...]:
    """The cells as they came, and where that is poor as the page was prepared; the better of both."""
    if page.seen is page.gray:
        return read_cells(clean, ruling, reader)
    came = read_cells(take_out(page.seen, ruling), ruling, reader)
    if not is_poor(came):
        return came
    prepared = read_cells(clean, ruling, reader)
    return prepared if yield_of(prepared) > yield_of(came) else came


def _without_cells(gray: Gray, cells: list[Region]) -> Gray:
    rest = gray.copy()
    for cell in cells:
        rest[cell.top : cell.bottom, cell.left : cell.right] = 255
    return rest


def _has_ink(gray: Gray) -> bool:
    solid = cv2.morphologyEx(ink_mask(gray), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return bool((solid > 0).mean() > _LEAST_LEFT)


def _stamps(seen: Ink, upright: Upright, reader: Reader) -> tuple[list[EngineWord], list[EngineWord]]:
    """(words of red stamps, boxes of red seals) in pixels of the straightened page."""
    prints = red_prints(upright.red, reader.dpi)
    if not prints:
        return [], []
    stamps = like_stamps(prints, reader.dpi)
    if not stamps:
        return [], seals(prints, reader.dpi)
    return list(read_stamps(upright.lay(seen.full), stamps, reader)), seals(prints, reader.dpi)


def _page_text(
    page: SourcePage,
    reading: Reading,
    stamps: tuple[list[EngineWord], list[EngineWord]],
    reader: Reader,
    reason: str,
) -> PageText:
    upright = reading.upright
    sideways = upright.turned in (90, 270)
    width, height = (page.height, page.width) if sideways else (page.width, page.height)
    sheet = Sheet(POINTS_PER_INCH / reader.dpi, upright.angle, width, height, upright.bend)
    words, noise = sift(reading.words, upright.red, reader.dpi)
    cell_words, cell_noise = sift_cells(reading.in_cells, reader.dpi)
    words = _looked_at_again(reading, [*words, *cell_words], reader)
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
        prepared=_prepared(reading, reader.dpi),
        angle=upright.angle,
        ink=tuple(sheet.box(mark.left, mark.top, mark.right, mark.bottom) for mark in marks),
        turned=upright.turned,
    )


def _looked_at_again(reading: Reading, words: list[EngineWord], reader: Reader) -> list[EngineWord]:
    words = parted(rejoined(words))
    ink = reading.upright.ink if reading.clean is reading.upright.gray else ink_mask(reading.clean)
    lost = lost_ink(ink, reading.ruling, words, reader.dpi)
    again = look_again(reading.clean, tuple(words), lost, reader)
    told = with_quarters(with_roman_numerals(with_dashes(again, reading.clean), reading.clean), reading.clean)
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


def _prepared(reading: Reading, dpi: int) -> str:
    """How the image was treated, in words: "gray at 200 dpi, skew of 0.6° out, 8 lines out"."""
    upright, ruling = reading.upright, reading.ruling
    steps = [f"{'red channel' if upright.red is not None else 'gray'} at {dpi} dpi", *reading.steps]
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
