"""Quantiles of gray levels, by counting: a page has millions of pixels and 256 levels."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt


def quantile(gray: npt.NDArray[np.uint8], share: float) -> float:
    """The level below which `share` (0 to 1) of the pixels are; between two levels as numpy does it.

    Raises:
        ValueError: there are no pixels.
    """
    if gray.size == 0:
        raise ValueError("no pixels, no quantile")
    below = np.cumsum(cv2.calcHist([gray], [0], None, [256], [0, 256]), dtype=np.float64)
    place = share * (gray.size - 1)
    lower, upper = (
        int(np.searchsorted(below, rank, side="right")) for rank in (int(place), -int(-place // 1))
    )
    return lower + (place - int(place)) * (upper - lower)
