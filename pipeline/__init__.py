"""Scanned Vietnamese administrative plans in, structured YAML out.

The path of a page, one stage a folder:

    file ─intake▶ Source ─reading▶ PageText ─layout▶ PageLayout ─assemble▶ Manuscript
         ─language▶ Manuscript ─parse▶ Outline ─resolve▶ Plan

    from pipeline import digitise
    plan = digitise("plan.pdf")

`pipeline.run` reads as the table of contents of the whole conversion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.settings import Settings
from pipeline.version import VERSION

if TYPE_CHECKING:
    from pipeline.run import Conversion, Progress, convert, digitise

__all__ = ["VERSION", "Conversion", "Progress", "Settings", "convert", "digitise"]


def __getattr__(name: str) -> Any:
    """The stages are loaded when asked for: who only hands out work does without their libraries."""
    if name in ("Conversion", "Progress", "convert", "digitise"):
        from pipeline import run  # noqa: PLC0415

        return getattr(run, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
