"""The entity layer as a spaCy pipeline: units, deadlines, targets, citations as spans of a Doc.

    >>> from pipeline.resolve.language_pipeline import build_pipeline
    >>> doc = build_pipeline()("Hoàn thành trước ngày 15/12/2024, đạt trên 95% hồ sơ.")
    >>> [(span.text, span._.deadline.due) for span in doc.spans["deadlines"]]
    [('trước ngày 15/12/2024', '2024-12-15')]
    >>> [(span.text, span._.target.operator, span._.target.value) for span in doc.spans["targets"]]
    [('đạt trên 95%', '>=', 95)]

`doc.spans` has a group named after each component; the span's extension holds what it
means: `_.unit`, `_.deadline` (`DeadlineReading`), `_.target` (`TargetReading`),
`_.citation`; `_.exact` is where it stands to the letter. Who knows the plan's time sets
`doc._.plan_years` before the components run, as `annotate` does; years that are not
printed are then supplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry

from pipeline.resolve.citations import find_citations
from pipeline.resolve.deadlines import find_deadlines, resolve_deadline
from pipeline.resolve.plan_years import PlanYears
from pipeline.resolve.targets import find_targets, resolve_target
from pipeline.resolve.tokenizer import SyllableTokenizer
from pipeline.resolve.units import find_units

COMPONENTS = ("units", "deadlines", "targets", "citations")
_TOKENIZER = "kehoach.syllables.v1"
Found = tuple[int, int, Any]
"""Where a span stands (letters of the text) and what it means."""


def _syllable_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    return lambda nlp: SyllableTokenizer(nlp.vocab)


registry.tokenizers(_TOKENIZER, func=_syllable_tokenizer)


def _set_extensions() -> None:
    Doc.set_extension("plan_years", default=None, force=True)
    for name in ("unit", "deadline", "target", "citation", "exact"):
        Span.set_extension(name, default=None, force=True)


def _mark(doc: Doc, group: str, label: str, extension: str, found: Iterable[Found]) -> Doc:
    """Put `found` into `doc.spans[group]`; a span that starts inside a token takes all of it."""
    spans = []
    for start, end, meaning in found:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            span._.set(extension, meaning)
            span._.exact = (start, end)
            spans.append(span)
    doc.spans[group] = spans
    return doc


@Language.component("units")
def mark_units(doc: Doc) -> Doc:
    """Organisations and posts."""
    return _mark(doc, "units", "UNIT", "unit", ((one.start, one.end, one) for one in find_units(doc.text)))


@Language.component("deadlines")
def mark_deadlines(doc: Doc) -> Doc:
    """Times: dates, periods, rhythms, durations within which something is due."""
    years = asdict(doc._.plan_years or PlanYears())
    found = ((a, b, resolve_deadline(doc.text[a:b], **years)) for a, b in find_deadlines(doc.text))
    return _mark(doc, "deadlines", "DEADLINE", "deadline", found)


@Language.component("targets")
def mark_targets(doc: Doc) -> Doc:
    """Measurable figures with their words of degree and unit."""
    found = ((a, b, resolve_target(doc.text[a:b], None)) for a, b in find_targets(doc.text))
    return _mark(doc, "targets", "TARGET", "target", found)


@Language.component("citations")
def mark_citations(doc: Doc) -> Doc:
    """Documents named with their numbers."""
    found = ((one.start, one.end, one) for one in find_citations(doc.text))
    return _mark(doc, "citations", "CITATION", "citation", found)


def build_pipeline(components: Iterable[str] = COMPONENTS) -> Language:
    """A fresh `spacy.blank("vi")` with our tokenizer and `components`, in order."""
    _set_extensions()
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    for name in components:
        nlp.add_pipe(name)
    return nlp


@cache
def shared_pipeline() -> Language:
    """The whole pipeline, built once a process."""
    return build_pipeline()


def annotate(text: str, years: PlanYears | None = None) -> Doc:
    """`text` (NFC) with all spans marked; `years` supplies years that are not printed."""
    nlp = shared_pipeline()
    doc = nlp.make_doc(text)
    doc._.plan_years = years
    return nlp(doc)
