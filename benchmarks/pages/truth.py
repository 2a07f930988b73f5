"""What was printed where a word was read: each line that was read beside the printed line most like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from pipeline.types import Manuscript, Paragraph, Word

_LIKE = 60
"""Per cent of two lines that have to agree: below it a line was not printed so."""
_SAME = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"'})


def printed_words(
    manuscript: Manuscript, pages: dict[int, Sequence[str]]
) -> Iterator[tuple[Word, str | None]]:
    """Each word read, and the word printed there; null where the lines do not tell.

    Args:
        pages: the printed lines of each page, of columns and cells each their own.
    """
    for line in _lines(manuscript):
        read = [_plain(word.raw) for word in line]
        best = process.extractOne(" ".join(read), pages[line[0].page], scorer=fuzz.ratio)
        meant: list[str | None] = [None] * len(line)
        if best and best[1] >= _LIKE:
            printed = _plain(best[0]).split()
            for step in Levenshtein.opcodes(read, printed):
                if step.src_end - step.src_start == step.dest_end - step.dest_start:
                    meant[step.src_start : step.src_end] = printed[step.dest_start : step.dest_end]
        yield from zip(line, meant, strict=True)


def same_word(one: str, other: str) -> bool:
    """Equal but for capitals and outer punctuation."""
    return _core(one) == _core(other)


def _core(text: str) -> str:
    return re.sub(r"^\W+|\W+$", "", _plain(text).casefold())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_SAME)


def _lines(manuscript: Manuscript) -> Iterator[list[Word]]:
    """The words of each printed line of each paragraph and cell."""
    for block in manuscript.blocks:
        if isinstance(block, Paragraph):
            yield from _cut(block.passage.words)
        else:
            for cell in block.cells:
                yield from _cut([word for line in cell.lines for word in line.words])


def _cut(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        before = line[-1] if line else None
        if before and before.box and word.box and (before.page != word.page or word.box.x0 < before.box.x0):
            yield line
            line = []
        line.append(word)
    if line:
        yield line
