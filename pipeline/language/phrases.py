"""Figures that no printer set: "Theo 16 trình" is "Theo lộ trình" (rules/language.yaml)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.stretches import Token
from pipeline.language.tokens import case_of, written
from pipeline.rules import load_rules


def figures_as_words(tokens: Sequence[Token], texts: Sequence[str]) -> list[str]:
    """The texts with such figures put back into words, case kept."""
    said = list(texts)
    lower = [text.lower() for text in texts]
    for rule in load_rules("language")["figures_read_for_words"]:
        read, printed = rule["read"].split(), rule["printed"].split()
        for at in range(len(lower) - len(read) + 1):
            if lower[at : at + len(read)] == read and not _between_signs(tokens, at, len(read)):
                for offset, (before, after) in enumerate(zip(read, printed, strict=True)):
                    if before != after:
                        said[at + offset] = written(after, case_of(texts[at + offset]))
    return said


def _between_signs(tokens: Sequence[Token], at: int, length: int) -> bool:
    return any(token.piece.kind == "sign" for token in tokens[at : at + length])
