"""The best reading of a row of candidates: tried whole or by a beam, and cut into windows."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.language import decode as decoding
from pipeline.language.candidates import Candidate
from pipeline.language.channel import floor, floors_of, load_channel
from pipeline.language.decode import Blend, Event, Window, decode
from pipeline.language.ngrams import load_ngrams
from pipeline.language.stretches import stretch_of
from pipeline.language.windows import spans, windows_of
from pipeline.types import Word

GENERAL = load_ngrams()
STOP = GENERAL.stop


def ids_of(text: str) -> list[int]:
    return [STOP if word == "|" else GENERAL.ids[word] for word in text.split()]


def event(text: str, *, channel: tuple[float, ...] | None = None) -> Event:
    ids = ids_of(text)
    return Event(np.array(ids, np.int64), np.array(channel or [0.0] * len(ids)))


def window(text: str, **places: str) -> Window:
    """`_` in the text is an open place; `at3="tổ tố"` are the candidates of the third word."""
    row = [STOP, STOP, *ids_of(text.replace("_", "|"))]
    return Window(row, {int(name[2:]) + 1: event(words) for name, words in places.items()})


def test_neighbours_choose_the_candidate() -> None:
    one = window("các cơ quan _ chức thực hiện", at4="tố tổ")
    assert decode([one], Blend(GENERAL)) == [[1]]


def test_the_channel_speaks_too() -> None:
    sure = Window(
        [STOP, STOP, *ids_of("cơ quan | chức")], {4: event("tố tổ", channel=(0.0, -60.0))}
    )  # what the engine cannot have read is not taken, however well it fits
    assert decode([sure], Blend(GENERAL)) == [[0]]


def test_a_window_tried_whole_and_by_a_beam_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = [
        window("các cơ quan _ chức thực hiện", at4="tố tổ to"),
        window("_ _ một số điều", at1="sữa sửa", at2="đối đổi đội"),
        window("ban hành _ _ _ năm", at3="kế kể", at4="hoạch hoạt", at5="trong trọng"),
    ]
    whole = decode(windows, Blend(GENERAL))
    monkeypatch.setattr(decoding, "_FEW", 0)
    assert decode(windows, Blend(GENERAL)) == whole
    assert whole[:2] == [[1], [1, 1]]


def test_many_windows_are_looked_up_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = [window("các cơ quan _ chức thực hiện", at4="tố tổ")] * 7
    monkeypatch.setattr(decoding, "_AT_ONCE", 20)
    assert decode(windows, Blend(GENERAL)) == [[1]] * 7


def test_nothing_to_choose() -> None:
    assert decode([], Blend(GENERAL)) == []


@pytest.mark.parametrize(
    ("places", "length", "wanted"),
    [
        ([], 9, []),
        ([4], 9, [(4, 7)]),
        ([7], 9, [(7, 9)]),  # the row ends
        ([1, 3], 9, [(1, 6)]),  # one is context of the other
        ([1, 4], 9, [(1, 4), (4, 7)]),  # neither is
    ],
)
def test_spans(places: list[int], length: int, wanted: list[tuple[int, int]]) -> None:
    assert list(spans(places, length)) == wanted


def test_signs_in_a_row_are_one_stop() -> None:
    words = [Word(text, text, 1, None, 0.9, "ocr") for text in ("hiện.)", "tố", "chức")]
    tokens = stretch_of(words, [False] * 3, False).tokens
    ids = [STOP if token.piece.kind == "sign" else GENERAL.ids[token.piece.text] for token in tokens]
    found = (Candidate("tố", ids[3], 0.0), Candidate("tổ", GENERAL.ids["tổ"], 0.0))
    [(one, places)] = list(windows_of(tokens, ids, {3: found}, STOP))
    assert places == [3]
    assert list(one.ids) == [ids[0], STOP, ids[3], ids[4], STOP]


def test_what_follows_a_number_at_the_begin_of_a_line_is_not_certain() -> None:
    """Headings stand behind a figure and a stop, the commonest pair of all: its count must not run over."""
    words = np.arange(len(GENERAL.syllables), dtype=np.int64)
    follows = GENERAL.after(np.array([GENERAL.figure]), np.array([GENERAL.stop]), words)[0]
    assert follows[np.isin(words, [GENERAL.figure, GENERAL.stop], invert=True)].max() < 0.5


@pytest.mark.parametrize("read", ["a", "Ạ", "d", "đ", "0", "l", "€", "中", "", "rn", "III"])
def test_floors_of_all_letters_are_those_of_each(read: str) -> None:
    channel = load_channel("vietnamese")
    each = [floor(letter, read, 1e-4) for letter in channel.letters]
    assert floors_of(channel.letters, read, 1e-4).tolist() == each
