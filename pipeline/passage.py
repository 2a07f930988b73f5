"""A stretch of text that knows the words it was made of, and how passages are cut and joined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.types import Word


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that knows the words it was made of.

    `spans[i]` is where `words[i]` stands in `text`, one behind the other. Slicing keeps the words that
    touch the slice, so any part of any field still names its place on the page.
    """

    text: str
    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if len(self.words) != len(self.spans):
            raise ValueError("one span a word")

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int | None = None) -> Passage:
        """The passage from `start` to `end`, with outer spaces gone."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        start = min(start, stop)
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        first = bisect_right(self.spans, start, key=itemgetter(1))
        behind = max(first, bisect_left(self.spans, stop, key=itemgetter(0)))
        return Passage(
            self.text[start:stop],
            self.words[first:behind],
            tuple([(max(a, start) - start, min(b, stop) - start) for a, b in self.spans[first:behind]]),
        )

    def strip(self, characters: str) -> Passage:
        """Without `characters` (and spaces) at both ends."""
        inner = self.text.strip(characters + " ")
        start = self.text.find(inner) if inner else len(self.text)
        return self.part(start, start + len(inner))

    def rstrip(self, characters: str) -> Passage:
        return self.part(0, len(self.text.rstrip(characters + " ")))

    @property
    def confidence(self) -> float:
        """The least sure word's confidence, 1.0 for an empty passage."""
        return min((word.confidence for word in self.words), default=1.0)

    @property
    def page(self) -> int | None:
        return self.words[0].page if self.words else None


EMPTY = Passage("", (), ())


def passage_of(words: Sequence[Word], *, joined: Callable[[Word, Word], bool] | None = None) -> Passage:
    """Join `words` by one space; by none where `joined(left, right)` says so."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for index, word in enumerate(words):
        if index and not (joined and joined(words[index - 1], word)):
            parts.append(" ")
            at += 1
        parts.append(word.text)
        spans.append((at, at + len(word.text)))
        at += len(word.text)
    return Passage("".join(parts), tuple(words), tuple(spans))


def join_passages(passages: Iterable[Passage], separator: str = " ") -> Passage:
    """One passage out of several, empty ones left out."""
    texts: list[str] = []
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for passage in passages:
        if not passage.text:
            continue
        if texts:
            at += len(separator)
        texts.append(passage.text)
        words.extend(passage.words)
        spans.extend((a + at, b + at) for a, b in passage.spans)
        at += len(passage.text)
    return Passage(separator.join(texts), tuple(words), tuple(spans))
