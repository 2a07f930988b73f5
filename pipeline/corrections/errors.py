"""What can be wrong with a correction."""

from __future__ import annotations

from typing import Literal

Why = Literal[
    "no-field", "no-date", "no-text", "too-long", "bad-value", "date-order", "bad-rhythm", "nothing-to-undo"
]


class CannotCorrect(ValueError):
    """The correction cannot be made; `why` says so in one word, the page in a sentence."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why: Why = why
        self.detail = detail
