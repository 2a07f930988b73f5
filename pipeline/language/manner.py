"""How readily readings are changed: one manner for each kind of reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """How readily readings are changed. Margins and likelihoods are natural logarithms."""

    doubt_all: bool
    """Every word is doubtful; else one is when it is no known syllable or as the next two say."""
    sure: float
    """The engine's confidence below which a word is doubtful."""
    likely: float
    """Its log-probability (averaged with that of the next word where lower) below which it is."""
    valid_margin: float
    odd_margin: float
    """What another reading must be better by: than a known syllable, than anything else."""
    confidence_margin: float
    """On top of that, times the engine's confidence."""
    marks_only: float
    """The engine's confidence from which of a known syllable only the marks may be wrong."""
    name_margin: float
    """On top for a known syllable with a capital inside a sentence."""
    first_margin: float
    """On top in the first pass."""
    own_share: float
    """The weight of the document's own words."""
    adapt_weight: float
    """Letters (0 for never) that a document must show to count as much as the shipped channel."""


ENGLISH = Manner(
    doubt_all=True,
    sure=1.0,
    likely=0.0,
    valid_margin=0.0,
    odd_margin=0.0,
    confidence_margin=0.0,
    marks_only=2.0,
    name_margin=0.0,
    first_margin=0.0,
    own_share=0.25,
    adapt_weight=60.0,
)
# Tuned on pages of the department and school samples, worn; the seed's pages were kept apart.
VIETNAMESE = Manner(
    doubt_all=False,
    sure=0.75,
    likely=-5.7,
    valid_margin=0.5,
    odd_margin=0.0,
    confidence_margin=1.0,
    marks_only=0.95,
    name_margin=8.0,
    first_margin=0.5,
    own_share=0.1,
    adapt_weight=0.0,
)
