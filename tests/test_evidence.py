"""Each evidence box covers the words of its text, all of them and no other: told by the typesetting.

The scans' word positions are known, for the scans were made from typeset pages. OCR may misspell a word,
join two or cut one, so words are told apart by their letters in order, not one by one.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import pytest

from pipeline.folding import fold
from pipeline.geometry import Box
from pipeline.resolve.record import Record, printed_runs
from pipeline.types import Word, passage_of
from schemas import Place, Plan
from tests.converted import conversion, typeset_pages

FILES = [
    ("seed/plan.scan.pdf", "scan"),
    ("seed/plan.pdf", "box"),
    ("department/plan.scan.pdf", "scan"),
    ("department/plan.pdf", "box"),
    ("school/plan.scan.pdf", "scan"),
    ("school/plan.pdf", "box"),
]
LEAST_ALIKE = 0.5
"""Part of a word's letters that a reading has to have right to count as a reading of it."""
CUT = 0.1
"""Of a word's width."""


# ── the comparator ────────────────────────────────────────────────────────


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def differences(read: str, typeset: Sequence[str]) -> tuple[list[str], list[str]]:
    """(foreign, missing): words of `typeset` that `read` has no letters for, and words of `read`
    that stand for no typeset word. Marks without letters are in neither.
    """
    words = [word for word in typeset if letters(word)]
    tokens = [token for token in read.split() if letters(token)]
    matcher = SequenceMatcher(None, letters(read), letters("".join(words)), autojunk=False)
    in_read, in_typeset = set[int](), set[int]()
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        # A letter misread as another stands at its place: it is there, if misspelt.
        if tag == "equal" or (tag == "replace" and abs((a1 - a0) - (b1 - b0)) <= 2):
            in_read.update(range(a0, a1))
            in_typeset.update(range(b0, b1))
    return list(_uncovered(words, in_typeset)), list(_uncovered(tokens, in_read))


def _uncovered(words: Sequence[str], covered: set[int]) -> Iterator[str]:
    at = 0
    for word in words:
        size = len(letters(word))
        if len(covered & set(range(at, at + size))) < LEAST_ALIKE * size:
            yield word
        at += size


COMPARED = [
    ("Thời hạn: Năm 2024.", ["Thời", "hạn:", "Năm", "2024."], [], []),
    ("Thoi han: Nam 2O24", ["Thời", "hạn:", "Năm", "2024."], [], []),  # misspelt
    ("Thờihạn: Năm 2024", ["Thời", "hạn:", "Năm", "2024."], [], []),  # joined
    ("Th ời hạn: Năm 2024", ["Thời", "hạn:", "Năm", "2024."], [], []),  # cut
    ("Thời hạn: : Năm 2024", ["Thời", "hạn:", "Năm", "2024."], [], []),  # a speck
    ("- Thời hạn", ["-", "Thời", "hạn"], [], []),
    ("Thời hạn: Năm", ["Thời", "hạn:", "Năm", "2024."], ["2024."], []),  # the box reaches too far
    ("hạn: Năm 2024", ["-", "Thời", "hạn:", "Năm", "2024."], ["Thời"], []),
    ("Thời hạn: Năm 2024", ["Thời", "hạn:", "Năm"], [], ["2024"]),  # the box is too small
    ("giao; khuyến khích", ["giao;"], [], ["khuyến", "khích"]),
    ("", ["Thời"], ["Thời"], []),
]


@pytest.mark.parametrize(("read", "typeset", "foreign", "missing"), COMPARED)
def test_the_comparator(read: str, typeset: list[str], foreign: list[str], missing: list[str]) -> None:
    assert differences(read, typeset) == (foreign, missing)


# ── every place of every field ────────────────────────────────────────────


def inside(place: Place, pages: dict[int, dict[str, Any]], layer: str) -> list[str]:
    """The typeset words whose middle lies in the place's box, in the order they were set."""
    return [text for text, share in shares(place, pages, layer) if share == 1]


def touched(place: Place, pages: dict[int, dict[str, Any]], layer: str) -> list[str]:
    """With the words that the box cuts: OCR took them for two, and only one of the two is meant."""
    return [text for text, _ in shares(place, pages, layer)]


def shares(place: Place, pages: dict[int, dict[str, Any]], layer: str) -> Iterator[tuple[str, float]]:
    assert place.box is not None
    box = Box(*place.box)
    for word in pages[place.page]["words"]:
        own = Box(*word[layer])
        wide = min(box.x1, own.x1) - max(box.x0, own.x0)
        if box.contains(own.centre):
            yield word["text"], 1
        elif box.top <= own.centre[1] <= box.bottom and wide > CUT * own.width:
            yield word["text"], CUT


@pytest.mark.parametrize(("file", "layer"), FILES)
def test_every_box_covers_exactly_the_words_of_its_text(file: str, layer: str) -> None:
    pages = typeset_pages(file.partition("/")[0])
    wrong = []
    for key, places in conversion(file).plan.evidence.items():
        for place in places:
            foreign, _ = differences(place.text, inside(place, pages, layer))
            _, missing = differences(place.text, touched(place, pages, layer))
            if (foreign or missing) and not is_stain(key, place, touched(place, pages, layer)):
                wrong.append((key, place.page, place.text, foreign, missing))
    assert wrong == []


def is_stain(key: str, place: Place, around: Sequence[str]) -> bool:
    """A bit of the seal or the signature that OCR took for a word: nothing typeset is under it, and no
    field but the left-over text holds it. Its box is right; that it was read is the reading's affair.
    """
    return not around and len(letters(place.text)) <= 6 and key.startswith("sections/-")


VALUES = ("title", "text", "name", "number")
"""Fields whose value stands in the document as it is, in one piece."""


def values(plan: Plan) -> Iterator[tuple[str, str]]:
    """Evidence keys with the text they have to prove."""
    for collection in ("objectives", "requirements", "tasks", "indicators", "assignments"):
        for item in getattr(plan, collection):
            for field in VALUES:
                if getattr(item, field, None):
                    yield f"{collection}/{item.id}/{field}", getattr(item, field)
            for field in ("deadline", "target"):
                if getattr(item, field, None):
                    yield f"{collection}/{item.id}/{field}", getattr(item, field).text
    for field in ("number", "place", "title", "issuer", "type"):
        if getattr(plan.document, field):
            yield f"document/{field}", getattr(plan.document, field)


@pytest.mark.parametrize(("file", "layer"), FILES)
def test_the_boxes_of_a_field_hold_its_whole_value(file: str, layer: str) -> None:
    pages = typeset_pages(file.partition("/")[0])
    plan = conversion(file).plan
    wrong = []
    for key, value in values(plan):
        around = [word for place in plan.evidence.get(key, ()) for word in inside(place, pages, layer)]
        _, missing = differences(value, around)
        if missing:
            wrong.append((key, value, missing))
    assert wrong == []


@pytest.mark.parametrize("file", ["seed/plan.pdf", "seed/plan.docx", "seed/plan.vi.txt", "school/plan.docx"])
def test_every_value_has_evidence(file: str) -> None:
    plan = conversion(file).plan
    assert [key for key, _ in values(plan) if key not in plan.evidence] == []


# ── runs of words ─────────────────────────────────────────────────────────


def word(text: str, x: float, y: float, high: float = 12, page: int = 1) -> Word:
    return Word(text, text, page, Box(x, y, x + 20, y + high), 0.9, "ocr")


RUNS = [
    ([word("a", 100, 100), word("b", 125, 100)], ["a b"]),
    ([word("a", 500, 100), word("b", 100, 118)], ["a", "b"]),  # the next line
    ([word("a", 100, 800), word("b", 100, 60, page=2)], ["a", "b"]),  # the next page
    ([word("a", 100, 100), word("b", 125, 100.4), word("c", 150, 101)], ["a b c"]),  # fed crooked
    ([word("a", 100, 100), word("b", 400, 100)], ["a", "b"]),  # another column
]


@pytest.mark.parametrize(("words", "runs"), RUNS)
def test_a_run_is_one_printed_line(words: list[Word], runs: list[str]) -> None:
    assert [" ".join(one.text for one in run) for run in printed_runs(words)] == runs


def test_a_broken_word_does_not_stretch_the_box_over_the_next_line() -> None:
    record = Record({})
    words = [word("a", 100, 100), word("b", 125, 100), word("?", 150, 100, high=30)]
    record.prove("tasks/I.1/title", passage_of(words))
    (place,) = record.evidence["tasks/I.1/title"]
    assert place.box == (100, 100, 170, 112)


def test_a_line_proved_twice_is_one_place_and_lines_keep_their_order() -> None:
    record = Record({})
    lines = [passage_of([word("a", 100, 100 + 20 * at), word("b", 125, 100 + 20 * at)]) for at in (2, 0, 1)]
    record.prove("tasks/I.1/title", *lines)
    record.prove("tasks/I.1/title", lines[1])
    assert [place.box[1] for place in record.evidence["tasks/I.1/title"] if place.box] == [140, 100, 120]


def test_a_word_has_all_its_owners_each_once() -> None:
    record = Record({})
    text = passage_of([word("a", 100, 100)])
    for key in ("legal_bases/1/number", "legal_bases/2/number", "legal_bases/1/title", "tasks/I.1/title"):
        record.prove(key, text)
    assert record.owners(text.words[0], "legal_bases") == {"legal_bases/1", "legal_bases/2"}
