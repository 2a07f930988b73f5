"""What a page is measured to need before it is read: light, grain, pale ink, specks, bend."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.bend import Bend, find_bend, flatten
from pipeline.reading.levels import quantile
from pipeline.reading.measures import measure, paper_of
from pipeline.reading.prepare import Gray, ink_mask, letters
from pipeline.reading.recipes import PLAIN, prepare, suggested, without_specks
from tests.read_pages import page


def measured(gray: Gray) -> tuple[str, ...]:
    return suggested(measure(gray, ink_mask(gray), paper_of(gray))).steps


# ── measures and recipes ──────────────────────────────────────────────────


def shaded(gray: Gray) -> Gray:
    light = np.linspace(1.0, 0.4, gray.shape[1])[None, :]
    return (gray * light).astype(np.uint8)


def grainy(gray: Gray) -> Gray:
    noise = np.random.default_rng(1).normal(0, 30, gray.shape)
    return np.clip(gray * 0.9 + noise, 0, 255).astype(np.uint8)


def pale(gray: Gray) -> Gray:
    return (255 - (255 - gray.astype(np.int16)) // 4).astype(np.uint8)


def speckled(gray: Gray) -> Gray:
    dirty = gray.copy()
    random = np.random.default_rng(2)
    for y, x in zip(
        random.integers(0, gray.shape[0], 3000), random.integers(0, gray.shape[1], 3000), strict=True
    ):
        dirty[y : y + 2, x : x + 2] = 40
    return dirty


@pytest.mark.parametrize(
    ("damage", "steps"),
    [
        (lambda gray: gray, ()),
        (shaded, ("shading",)),
        (grainy, ("grain",)),
        (pale, ("pale",)),
        (speckled, ("specks",)),
    ],
)
def test_each_page_gets_what_it_measures(damage: object, steps: tuple[str, ...]) -> None:
    assert measured(damage(page())) == steps  # type: ignore[operator]


def test_nothing_is_done_to_a_clean_page() -> None:
    gray = page()
    assert prepare(gray, gray, measure(gray, ink_mask(gray), paper_of(gray)), PLAIN) is gray


def test_pale_ink_comes_out_dark_and_print_from_the_back_goes() -> None:
    gray = np.full((600, 600), 230, np.uint8)
    gray[100:500:20, 50:550] = gray[101:501:20, 50:550] = 150
    gray[110:510:20, 50:550] = gray[111:511:20, 50:550] = 205  # the back page
    measures = measure(gray, ink_mask(gray), paper_of(gray))
    clean = prepare(gray, paper_of(gray), measures, suggested(measures))
    assert clean[100, 300] < 60
    assert clean[110, 300] > 200


def test_specks_go_and_dots_of_letters_stay() -> None:
    gray = np.full((200, 200), 255, np.uint8)
    gray[50:80, 50:54] = 0  # a stroke
    gray[84:87, 51:54] = 0  # the dot under it
    gray[150:152, 150:152] = 0  # dirt
    clean = without_specks(gray)
    assert clean[85, 52] == 0
    assert clean[151, 151] == 255


# ── bend ──────────────────────────────────────────────────────────────────


def bent(gray: Gray, depth: float) -> Gray:
    x = np.arange(gray.shape[1], dtype=np.float32)[None, :]
    y = np.arange(gray.shape[0], dtype=np.float32)[:, None]
    down = y - depth * np.sin(np.pi * x / gray.shape[1])
    across = np.broadcast_to(x, down.shape)
    return cv2.remap(
        gray, np.ascontiguousarray(across), down.astype(np.float32), cv2.INTER_LINEAR, borderValue=255
    ).astype(np.uint8)


def bend_of(gray: Gray) -> Bend | None:
    found = letters(ink_mask(gray), 200)
    return find_bend(found.x, found.y, 0.0, gray.shape)


def test_a_bend_is_found_and_laid_flat() -> None:
    gray = bent(page(), 24)
    bend = bend_of(gray)
    assert bend is not None
    assert bend.depth == pytest.approx(20, abs=6)  # between a tenth and nine tenths of the width
    flat = flatten(gray, bend)
    assert bend_of(flat) is None
    # A point of the flat page is where `shift` says on the bent one.
    middle = bend.shift(800, 1000) - bend.shift(200, 1000)
    assert middle == pytest.approx(24 * (np.sin(np.pi * 800 / 1654) - np.sin(np.pi * 200 / 1654)), abs=3)


def test_a_flat_page_has_no_bend() -> None:
    assert bend_of(page()) is None


# ── sifting ───────────────────────────────────────────────────────────────


def test_quantiles_by_counting_are_those_of_numpy() -> None:
    random = np.random.default_rng(7)
    for size in (1, 2, 3, 10, 77):
        gray = random.integers(0, 256, size).astype(np.uint8)
        for share in (0.0, 0.01, 0.5, 0.8, 0.9, 1.0):
            assert quantile(gray, share) == pytest.approx(float(np.percentile(gray, 100 * share)))
    with pytest.raises(ValueError, match="no pixels"):
        quantile(np.array([], np.uint8), 0.5)
