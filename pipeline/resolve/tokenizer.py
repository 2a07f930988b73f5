"""A spaCy tokenizer for Vietnamese official papers: syllables, punctuation apart, offsets exact.

spaCy's own needs pyvi and joins syllables into words; a field is found by its
syllables, and a position in the Doc must be a position in the text. What belongs
together stays one token: document numbers (64/KH-UBND, 63/2010/NĐ-CP), dates
(28/3/2022), figures (1.500 and 2,5 but the % apart), section numbers (2.10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.folding import fold

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_TOKEN = re.compile(
    "|".join(
        (
            r"https?://[^\s<>()]*[^\s<>().,;:]",
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
            r"\d+(?:/\d{4})?/[A-ZĐÐ][\w&]*(?:[-/&][A-ZĐÐ][\w&]*)*",  # 63/2010/NĐ-CP, 61/2024/QH15
            r"\d+-[A-ZĐÐ]{2,}/[A-ZĐÐ][\w]*",  # party papers: 35-NQ/TU
            r"\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{4}(?!\d)",
            r"\d{1,2}/\d{4}(?![\d/])|\d{1,2}/\d{1,2}(?![\d/])",
            r"\d+(?:\.\d+)+(?:,\d+)?|\d+,\d+|\d+(?![^\W\d_])",
            rf"(?:{_LETTER}|\d)+(?:['’](?:{_LETTER})+)?",
            r"\./\.|\.{2,}|[^\S ]+|\s|.",
        )
    ),
    re.DOTALL,
)


def tokens(text: str) -> Iterator[str]:
    """The tokens of `text`, single spaces among them; joined they give `text` again."""
    for match in _TOKEN.finditer(text):
        yield match[0]


class SyllableTokenizer:
    """Callable as spaCy wants it. Each token's `norm_` is its folded text, so that a
    Matcher on NORM finds a word however its marks were read."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in tokens(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        for token in doc:
            token.norm_ = fold(token.text)
        return doc

    # A pipeline can be saved only if its tokenizer can; this one has no state.
    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> SyllableTokenizer:
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        return None

    def from_disk(self, _path: str | Path, **_: Any) -> SyllableTokenizer:
        return self
