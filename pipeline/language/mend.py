"""Words mended where OCR broke them; raw text kept, words neither added nor lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from pipeline.language.restore import Restorer, english_restorer, vietnamese_restorer
from pipeline.language.specks import without_specks
from pipeline.language.stray_marks import without_stray_marks
from pipeline.language.stretches import Stretch, stretch_of
from pipeline.language.tokens import has_vietnamese_mark
from pipeline.rules import load_rules
from pipeline.syllables import validity
from pipeline.types import Cell, Line, Manuscript, Paragraph, Passage, Table, Word

_MARKS_OF_VIETNAMESE = 0.15
"""Share of words with a letter that only Vietnamese has; printed text has over half."""
_ENGLISH = 0.04
"""Share of the commonest English words; English has over a sixth of them, Vietnamese none."""
_TRUSTED_SHARE = 0.95
"""Valid syllables in a text layer that needs no mending, page by page."""

Mended = dict[int, Word]
"""The identity of a word object → the word mended; words that stay are not in it."""


def mend(
    manuscript: Manuscript, *, enabled: bool = True, trusted_pages: Set[int] = frozenset()
) -> Manuscript:
    """The manuscript with what OCR broke mended: `Word.text` changes, `Word.raw` stays.

    Words keep their number, order, boxes and confidence. Figures, dates, the digits of document
    numbers, persons' names and words of a trusted text layer are never changed; paragraphs
    without a doubtful word are not looked at twice. `trusted_pages` are pages (from 1) whose
    text layer was judged good; with `enabled` off the manuscript comes back as it is.
    """
    if not enabled:
        return manuscript
    runs = [run for run in runs_of(manuscript) if run]
    loose = [word for run in runs for word in run]
    trusted = trusted_pages | trusted_among(loose)
    free = [word for word in loose if not is_trusted(word, trusted)]
    if not free:
        return manuscript
    if foreign(free):
        return manuscript
    mended = _mended(runs, trusted, noisy=without_vietnamese(free))
    if not mended:
        return manuscript
    return with_words(manuscript, mended)


def with_words(manuscript: Manuscript, changed: Mended) -> Manuscript:
    """The manuscript with words replaced, by the identity of each word object."""
    return Manuscript(tuple(_block(block, changed) for block in manuscript.blocks), manuscript.pages)


def without_vietnamese(words: Iterable[Word]) -> bool:
    """True where an engine without Vietnamese made the text: it has nearly no letter of its own."""
    counted = marked = 0
    for word in words:
        if any(map(str.isalpha, word.text)):
            counted += 1
            marked += has_vietnamese_mark(word.text)
    return marked < _MARKS_OF_VIETNAMESE * counted


def foreign(words: Sequence[Word]) -> bool:
    """True for text in English: it has no Vietnamese letters either, and must not be given any."""
    known = frozenset(load_rules("language")["english_words"])
    found = sum(word.text.lower().strip(".,;:()") in known for word in words)
    return found > _ENGLISH * len(words)


def _mended(runs: Sequence[Sequence[Word]], trusted: Set[int], noisy: bool) -> Mended:
    stretches = [stretch_of(run, [is_trusted(word, trusted) for word in run], noisy) for run in runs]
    restorer: Restorer = english_restorer() if noisy else vietnamese_restorer()
    changed: Mended = {}
    for stretch, texts in zip(stretches, restorer.mended(stretches), strict=True):
        for word, text in zip(stretch.words, word_texts(stretch, texts), strict=True):
            if text != word.text and not is_trusted(word, trusted):
                changed[id(word)] = replace(word, text=text)
        if not noisy:
            now = [changed.get(id(word), word) for word in stretch.words]
            clean = without_specks(now) | without_stray_marks(now)
            for word, one in zip(stretch.words, now, strict=True):
                if id(one) in clean and not is_trusted(word, trusted):
                    changed[id(word)] = replace(one, text=clean[id(one)])
    return changed


def word_texts(stretch: Stretch, texts: Sequence[str]) -> list[str]:
    """The text of each word from the texts of its tokens."""
    parts: list[list[str]] = [[] for _ in stretch.words]
    for token, text in zip(stretch.tokens, texts, strict=True):
        parts[token.word].append(text)
    return ["".join(part) for part in parts]


def is_trusted(word: Word, pages: Set[int]) -> bool:
    """True for a word of a text layer on one of `pages`."""
    return word.origin == "text_layer" and word.page in pages


def trusted_among(words: Sequence[Word]) -> frozenset[int]:
    """Pages whose text layer is made of syllables."""
    by_page: dict[int, list[str]] = {}
    for word in words:
        if word.origin == "text_layer":
            by_page.setdefault(word.page, []).append(word.text)
    return frozenset(page for page, texts in by_page.items() if validity(texts).share >= _TRUSTED_SHARE)


def runs_of(manuscript: Manuscript) -> Iterator[tuple[Word, ...]]:
    """The words that are read on from one to the next: of a paragraph, of a cell."""
    for block in manuscript.blocks:
        if isinstance(block, Paragraph):
            yield block.passage.words
        else:
            for cell in block.cells:
                yield tuple(word for line in cell.lines for word in line.words)


def _block(block: Paragraph | Table, mended: Mended) -> Paragraph | Table:
    if isinstance(block, Table):
        return replace(block, cells=tuple(_cell(cell, mended) for cell in block.cells))
    lines = tuple(_line(line, mended) for line in block.lines)
    return replace(block, passage=_passage(block.passage, mended), lines=lines)


def _cell(cell: Cell, mended: Mended) -> Cell:
    return replace(cell, lines=tuple(_passage(line, mended) for line in cell.lines))


def _line(line: Line, mended: Mended) -> Line:
    if not any(id(word) in mended for word in line.words):
        return line
    return replace(line, words=tuple(mended.get(id(word), word) for word in line.words))


def _passage(passage: Passage, mended: Mended) -> Passage:
    """The passage with its text and spans made anew; what stands between words stays."""
    if not any(id(word) in mended for word in passage.words):
        return passage
    if all(mended.get(id(word), word).text == word.text for word in passage.words):
        now = tuple(mended.get(id(word), word) for word in passage.words)
        return Passage(passage.text, now, passage.spans)
    parts: list[str] = []
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for word, (start, end) in zip(passage.words, passage.spans, strict=True):
        between = passage.text[at:start]
        # A passage may hold only a part of a word; such a word stays as it is.
        whole = passage.text[start:end] == word.text
        kept = mended.get(id(word), word) if whole else word
        text = kept.text if whole else passage.text[start:end]
        parts += [between, text]
        length += len(between)
        spans.append((length, length + len(text)))
        words.append(kept)
        length += len(text)
        at = end
    parts.append(passage.text[at:])
    return Passage("".join(parts), tuple(words), tuple(spans))
