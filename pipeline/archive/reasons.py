"""Why a document was ended or passed over, in the words of the ledger."""

from __future__ import annotations

from pipeline.settings import Limits


def too_much_memory(limit: int) -> str:
    """`limit` in bytes."""
    return f"It needs more than {limit / 1e6:,.0f} MB of memory. Split it, or raise --max-memory."


def too_slow(limits: Limits) -> str:
    """Which of the two it was does not matter: both are named."""
    return (
        f"It took more than {limits.seconds:g} seconds, or {limits.page_seconds:g} without finishing a page. "
        "Split it, or raise --max-seconds or --max-page-seconds."
    )


def died_twice(how: str) -> str:
    """`how` names a signal or an exit code."""
    return f"Its worker process died twice ({how}). The file is broken, or made to harm its readers."
