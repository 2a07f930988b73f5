"""The language stage: mend the Vietnamese that OCR broke, and nothing else.

words → doubtful ones → candidates (channel) → the best row of them (syllable n-grams, and the
document's own words) → words mended, raw text kept → each word weighed: how sure it is.
"""

from __future__ import annotations

from pipeline.language.mend import mend, without_vietnamese
from pipeline.language.weighing import weigh

__all__ = ["mend", "weigh", "without_vietnamese"]
