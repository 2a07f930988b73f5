"""The language stage: mend the Vietnamese that OCR broke, and nothing else.

words → doubtful ones → candidates (channel) → the best row of them (syllable n-grams, and the
document's own words) → words mended, raw text kept.
"""

from __future__ import annotations

from pipeline.language.mend import mend, without_vietnamese

__all__ = ["mend", "without_vietnamese"]
