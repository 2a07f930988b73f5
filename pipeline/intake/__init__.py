"""File to Source: what is it, is it whole, how many pages.

    take_in(path, settings) -> PagedSource (PDF, PNG, JPEG, TIFF) | FlowSource (DOCX, text)

Nothing here starts a process or opens a connection. Inputs are told apart by content.
"""

from __future__ import annotations

from pipeline.intake.doorway import take_in

__all__ = ["take_in"]
