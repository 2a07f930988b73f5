"""May the text layer of a page be trusted? Judged by its syllables and by the ink it explains."""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.geometry import POINTS_PER_INCH
from pipeline.reading.prepare import ink_mask
from pipeline.syllables import validity
from pipeline.types import SourcePage, Word

Plane = npt.NDArray[np.bool_]

_GOOD = 0.85
"""Correct administrative Vietnamese has 97 to 100 %, text of an English OCR 55 %, a broken map 45 %."""
_BROKEN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_BROKEN_SHARE = 0.03
_PADDING = 1.0
"""Points round a word's box: layers are a little off even where they are good."""
_FEW = 20
_MOSTLY_IMAGE = 0.5
_EXPLAINED = 0.5
_GLANCE_DPI = 60.0
_HAS_IMAGES = 0.12
_MUCH_LEFT = 0.6
_FARTHEST, _SHIFTED = 36.0, 4.0
"""Points: how far a layer is looked for beside its place, and from where on that matters."""
_CLEARLY_MORE = 1.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` completes "text layer: " if trusted, "OCR: " if not.

    `partial`: what the layer says is good, but ink on the page has no text in it: the words
    that OCR finds there are to be added.
    """

    trusted: bool
    reason: str
    partial: bool = False


def judge_layer(page: SourcePage) -> Verdict:
    """Look at the layer of one page; its image is drawn (small) only where there are images."""
    if not page.layer:
        return Verdict(False, "no text layer")
    broken = sum(bool(_BROKEN.search(word.text)) for word in page.layer) / len(page.layer)
    if broken > _BROKEN_SHARE:
        return Verdict(False, f"text layer with {100 * broken:.0f} % letters of no known meaning")
    if _runs_sideways(page.layer):
        return Verdict(False, "text layer runs sideways")
    found = validity(word.text for word in page.layer)
    if found.counted and found.share < _GOOD:
        return Verdict(False, f"text layer only {found.percent} valid syllables")
    made = f"made Unicode from {page.legacy}, " if page.legacy else ""
    reason = made + (f"{found.percent} valid syllables" if found.counted else "figures only")
    if page.image_share > _MOSTLY_IMAGE:
        return _on_an_image(page, found.counted, reason)
    if page.image_share > _HAS_IMAGES and _explained(*_ink_and_boxes(page)) < _MUCH_LEFT:
        return Verdict(True, f"{reason}, and OCR for the images on the page", partial=True)
    return Verdict(True, reason)


def _on_an_image(page: SourcePage, counted: int, reason: str) -> Verdict:
    """A layer over (or under) a scan has to lie where the scan's ink is."""
    if counted < _FEW:
        return Verdict(False, f"text layer of only {len(page.layer)} words on an image")
    ink, covered = _ink_and_boxes(page)
    explained = _explained(ink, covered)
    shift = _shift_of(ink, covered)
    if shift > _SHIFTED:
        return Verdict(False, f"text layer lies {shift:.0f} points beside the ink")
    if explained < _EXPLAINED:
        return Verdict(False, f"text layer covers only {100 * explained:.0f} % of the ink")
    return Verdict(True, reason)


def _runs_sideways(words: tuple[Word, ...]) -> bool:
    """True if most longer words are higher than wide."""
    longer = [word.box for word in words if word.box and len(word.text) >= 4]
    return bool(longer) and sum(box.height > box.width for box in longer) * 2 > len(longer)


def _ink_and_boxes(page: SourcePage) -> tuple[Plane, Plane]:
    """The page's ink, and what the boxes of the layer's words cover, at 60 dots an inch."""
    small = cv2.cvtColor(page.raster(_GLANCE_DPI), cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    ink = ink_mask(small) > 0
    scale = _GLANCE_DPI / POINTS_PER_INCH
    covered = np.zeros_like(ink)
    for word in page.layer:
        if word.box is not None:
            box = word.box.padded(_PADDING)
            top, left = max(0, int(box.top * scale)), max(0, int(box.x0 * scale))
            covered[top : int(box.bottom * scale) + 1, left : int(box.x1 * scale) + 1] = True
    return ink, covered


def _explained(ink: Plane, covered: Plane) -> float:
    """The part of the page's ink that lies inside the boxes of the layer's words."""
    total = int(ink.sum())
    return float((ink & covered).sum()) / total if total else 1.0


def _shift_of(ink: Plane, covered: Plane) -> float:
    """How many points the boxes must be moved to cover clearly more ink; 0.0 where they lie well."""
    reach = int(_FARTHEST * _GLANCE_DPI / POINTS_PER_INCH)
    spectrum = np.fft.rfft2(ink.astype(np.float32)) * np.conj(np.fft.rfft2(covered.astype(np.float32)))
    found = np.fft.irfft2(spectrum, s=ink.shape)
    near = np.roll(found, (reach, reach), axis=(0, 1))[: 2 * reach + 1, : 2 * reach + 1]
    down, right = (int(at) for at in np.unravel_index(int(np.argmax(near)), near.shape))
    if near[down, right] < _CLEARLY_MORE * near[reach, reach]:
        return 0.0
    return float(np.hypot(down - reach, right - reach)) * POINTS_PER_INCH / _GLANCE_DPI
