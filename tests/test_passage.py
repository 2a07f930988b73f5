"""Cutting a passage keeps the words that touch the cut, and where they stand in it."""

import pytest

from pipeline.passage import Passage
from pipeline.types import Word, passage_of

WORDS = tuple(
    Word(text, text, 1, None, 1.0, "text_layer", line=1) for text in ["Ban", "hành", "Kế", "hoạch", "số", "5"]
)
WHOLE = passage_of(WORDS)  # "Ban hành Kế hoạch số 5"

CUTS = [
    # from, to, text, words: one that is cut through still belongs to it
    (0, None, "Ban hành Kế hoạch số 5", 6),
    (4, 11, "hành Kế", 2),
    (3, 12, "hành Kế", 2),  # outer spaces are gone, and with them nothing else
    (5, 10, "ành K", 2),
    (6, 7, "n", 1),
    (8, 9, "", 0),
    (9, 9, "", 0),
    (21, 99, "5", 1),
    (40, None, "", 0),
]


@pytest.mark.parametrize(("start", "end", "text", "words"), CUTS)
def test_a_part_knows_its_words(start: int, end: int | None, text: str, words: int) -> None:
    part = WHOLE.part(start, end)
    assert (part.text, len(part.words)) == (text, words)
    assert all(part.text[a:b] in word.text for word, (a, b) in zip(part.words, part.spans, strict=True))


def test_every_part_is_what_a_look_at_each_word_gives() -> None:
    for start in range(len(WHOLE)):
        for stop in range(start, len(WHOLE) + 1):
            part = WHOLE.part(start, stop)
            first = start + len(WHOLE.text[start:stop]) - len(WHOLE.text[start:stop].lstrip())
            last = first + len(part.text)
            touched = [
                w for w, (a, b) in zip(WHOLE.words, WHOLE.spans, strict=True) if a < last and b > first
            ]
            assert part.words == tuple(touched)


def test_one_span_a_word() -> None:
    with pytest.raises(ValueError, match="one span a word"):
        Passage("Ban", WORDS[:2], ((0, 3),))
