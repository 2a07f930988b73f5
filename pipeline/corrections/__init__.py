"""Corrections: what a person knows better than the engine, kept beside the plan.

    plan.yaml               the plan with its corrections in it
    plan.corrections.json   each correction with time and old value, and the plan as it was read

`with_corrections(path, text)` is called by whoever writes a plan file: a document that is
converted anew gets its corrections again, and one whose old value no longer fits becomes the
finding `correction-unfit`.
"""

from __future__ import annotations

from pipeline.corrections.applying import Applied, apply, corrected, shown, undone
from pipeline.corrections.entries import Correction, Kept, Pointed
from pipeline.corrections.errors import CannotCorrect
from pipeline.corrections.field_values import KINDS, FieldKind, kept_value, kind_at, with_value
from pipeline.corrections.store import (
    digest,
    form_of,
    load_kept,
    locked,
    reconciled,
    save,
    with_corrections,
)
from pipeline.corrections.understanding import deadline_from, understood, well_formed
from pipeline.plan_files import corrections_path

__all__ = [
    "KINDS",
    "Applied",
    "CannotCorrect",
    "Correction",
    "FieldKind",
    "Kept",
    "Pointed",
    "apply",
    "corrected",
    "corrections_path",
    "deadline_from",
    "digest",
    "form_of",
    "kept_value",
    "kind_at",
    "load_kept",
    "locked",
    "reconciled",
    "save",
    "shown",
    "understood",
    "undone",
    "well_formed",
    "with_corrections",
    "with_value",
]
