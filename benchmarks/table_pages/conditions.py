"""What happens to a printed page on its way to the reader: one function a condition, seeded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Condition:
    """`spoil(page, other, random)`: the page at `dpi` and another one, for what shines through."""

    name: str
    dpi: int
    spoil: Callable[[Gray, Gray, Random], Gray]


def _clean(page: Gray, other: Gray, random: Random) -> Gray:
    """A good scanner: a trace of blur and noise."""
    return _noisy(cv2.GaussianBlur(page, (0, 0), 0.45), 2.5, random)


def _skewed(page: Gray, other: Gray, random: Random) -> Gray:
    """Fed crooked by two degrees."""
    return _clean(_turn(page, 2.0 if random.random() < 0.5 else -2.0), other, random)


def _speckled(page: Gray, other: Gray, random: Random) -> Gray:
    """Noise: the grain of a bad sensor, and dirt of one to three pixels."""
    worn = page.astype(np.int16)
    height, width = page.shape
    for _ in range(height * width // 1800):
        y, x = int(random.integers(0, height - 3)), int(random.integers(0, width - 3))
        side = int(random.integers(1, 4))
        worn[y : y + side, x : x + side] = 60 if random.random() < 0.6 else 250
    return _noisy(cv2.GaussianBlur(worn.clip(0, 255).astype(np.uint8), (0, 0), 0.6), 22, random)


def _bleeding(page: Gray, other: Gray, random: Random) -> Gray:
    """Thin paper: the other side shines through at a third of its strength."""
    shape = (page.shape[1], page.shape[0])
    back = cv2.GaussianBlur(cv2.flip(cv2.resize(other, shape), 1), (0, 0), 1.3)
    mixed = page.astype(np.float32) * (1 - 0.35 * (255 - back.astype(np.float32)) / 255)
    return _noisy(cv2.GaussianBlur(mixed.astype(np.uint8), (0, 0), 0.5), 4, random)


def _faint(page: Gray, other: Gray, random: Random) -> Gray:
    """An empty cartridge: pale, uneven, holes in strokes and lines."""
    height, width = page.shape
    blotch = random.uniform(0.25, 0.55, (height // 60 + 2, width // 60 + 2)).astype(np.float32)
    strength = cv2.resize(blotch, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = (random.random((height, width)) > 0.10).astype(np.float32)
    ink = (255 - cv2.GaussianBlur(page, (0, 0), 0.6).astype(np.float32)) * strength * grain
    return _noisy((248 - ink).clip(0, 255).astype(np.uint8), 4, random)


def _bent(page: Gray, other: Gray, random: Random) -> Gray:
    """Photographed or fed crooked: lines bend by about a millimetre and a half, light falls off."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    phase = float(random.uniform(0, 2 * np.pi))
    sag, sway = height * 0.005, width * 0.003
    wave = sag * np.sin(2 * np.pi * x / (1.6 * width) + phase)
    side = sway * np.sin(2 * np.pi * y / (1.8 * height) + phase)
    bent = cv2.remap(page, x + side, y + wave, cv2.INTER_CUBIC, borderValue=255)
    light = 1 - 0.18 * (x / width) * (y / height)
    return _noisy((cv2.GaussianBlur(bent, (0, 0), 0.6) * light).clip(0, 255).astype(np.uint8), 3, random)


def _on_its_side(page: Gray, other: Gray, random: Random) -> Gray:
    """The sheet laid on its side, to the left or to the right."""
    turn = cv2.ROTATE_90_CLOCKWISE if random.random() < 0.5 else cv2.ROTATE_90_COUNTERCLOCKWISE
    return cv2.rotate(_clean(page, other, random), turn).astype(np.uint8)


def _fax(page: Gray, other: Gray, random: Random) -> Gray:
    """Fax, fine mode (204 × 196 dots an inch): one bit a pixel, ragged edges, dirt, dropped lines."""
    soft = cv2.GaussianBlur(page, (0, 0), 0.7).astype(np.float32) + random.normal(0, 24, page.shape)
    bits = np.where(soft < 150, 0, 255).astype(np.uint8)
    dirt = random.random(page.shape) < 0.0008
    bits[dirt] = 0
    for row in random.integers(0, page.shape[0] - 1, 3):
        bits[row] = bits[row - 1]
    return bits


def _sealed(page: Gray, other: Gray, random: Random) -> Gray:
    """A copy of a page with a round seal over the cells (gray: the copy has no colour)."""
    height, width = page.shape
    centre = (int(width * random.uniform(0.35, 0.65)), int(height * random.uniform(0.3, 0.45)))
    seal = np.full_like(page, 255)
    for radius, weight in ((0.11, 6), (0.103, 2), (0.065, 3)):
        cv2.circle(seal, centre, int(width * radius), 150, weight, cv2.LINE_AA)
    cv2.putText(seal, "*", (centre[0] - 22, centre[1] + 30), cv2.FONT_HERSHEY_DUPLEX, 3, 150, 5, cv2.LINE_AA)
    return _clean(np.minimum(page, seal).astype(np.uint8), other, random)


def _photographed(page: Gray, other: Gray, random: Random) -> Gray:
    """By telephone, not quite from above: keystone of two per cent, a shadow over one side, grain."""
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = corners + random.uniform(-0.02, 0.02, (4, 2)).astype(np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    view = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    edge = float(random.uniform(0.4, 0.6))
    shadow = 1 / (1 + np.exp(-14 * (x + 0.3 * y - edge)))
    light = (0.93 - 0.12 * y) * (0.55 + 0.45 * shadow)
    return _noisy((cv2.GaussianBlur(view, (0, 0), 0.8) * light).clip(0, 255).astype(np.uint8), 3, random)


def worn(page: Gray, other: Gray, random: Random) -> Gray:
    """An old copy laid askew: a degree of skew, dirt, uneven toner, a trace of grain."""
    height, width = page.shape
    toner = random.uniform(0.65, 1.0, (height // 50 + 2, width // 50 + 2)).astype(np.float32)
    ink = (255 - page.astype(np.float32)) * cv2.resize(toner, (width, height), interpolation=cv2.INTER_CUBIC)
    old = (252 - ink).clip(0, 255).astype(np.uint8)
    for _ in range(900):
        y, x = int(random.integers(0, height - 3)), int(random.integers(0, width - 3))
        side = int(random.integers(1, 4))
        old[y : y + side, x : x + side] = 70
    turned = _turn(old, 1.2 if random.random() < 0.5 else -1.2)
    return _noisy(cv2.GaussianBlur(turned, (0, 0), 0.7), 7, random)


def _turn(page: Gray, degrees: float) -> Gray:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(
        np.uint8
    )


def _noisy(page: Gray, sigma: float, random: Random) -> Gray:
    noise = random.normal(0, sigma, page.shape)
    return np.asarray((page.astype(np.float32) + noise).clip(0, 255), dtype=np.uint8)


CONDITIONS = (
    Condition("clean 200", 200, _clean),
    Condition("clean 300", 300, _clean),
    Condition("clean 150", 150, _clean),
    Condition("skew 2°", 200, _skewed),
    Condition("noise", 200, _speckled),
    Condition("bleed-through", 200, _bleeding),
    Condition("faint", 200, _faint),
    Condition("bent", 200, _bent),
    Condition("turned 90°", 200, _on_its_side),
    Condition("fax", 200, _fax),
    Condition("seal over cells", 200, _sealed),
    Condition("photographed", 200, _photographed),
)
