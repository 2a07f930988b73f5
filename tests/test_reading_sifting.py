"""Which of the words read are kept, and which are dirt."""

from __future__ import annotations

import pytest

from pipeline.reading import EngineWord
from pipeline.reading.sifting import sift, sift_cells
from tests.read_pages import word


def test_a_dash_between_figures_stays_however_unsure() -> None:
    line = (word("20", 0.9, 100), EngineWord("–", 0.05, 135, 112, 150, 115), word("21/11/2017", 0.9, 158))
    for kept, dropped in (sift(line, None, 200), sift_cells(line, 200)):
        assert [w.text for w in kept] == ["20", "–", "21/11/2017"]
        assert dropped == []


def test_lone_stops_are_noise_and_stops_at_a_word_are_not() -> None:
    line = (
        word("nhận", 0.9, 100),
        EngineWord(":", 0.7, 158, 106, 162, 124),
        EngineWord(":", 0.7, 800, 700, 804, 715),
    )
    kept, dropped = sift(line, None, 200)
    assert [w.left for w in kept] == [100, 158]
    assert [w.left for w in dropped] == [800]


def test_a_sign_read_for_a_figure_keeps_its_cell_from_being_empty() -> None:
    """An 8 in a number column came out as §: without it the row would go on the one above."""
    words, _ = sift_cells((EngineWord("§", 0.2, 10, 10, 24, 40, "cell 3 1.1.1"),), 200)
    assert [word.text for word in words] == ["§"]


@pytest.mark.parametrize(
    ("text", "left", "kept"),
    [
        ("II.", 100.0, True),  # a section's number, however unsure: its strokes are counted later
        ("II.", 520.0, False),  # at the end of the line: a stroke of a signature
        ("Ir", 100.0, False),
    ],
)
def test_an_unsure_numeral_is_kept_where_a_line_begins(text: str, left: float, kept: bool) -> None:
    heading = [word("NHIỆM", 0.9, 180), word("VỤ", 0.9, 280)]
    words, noise = sift((word(text, 0.0, left), *heading), None, 200)
    assert (text in [found.text for found in words]) is kept
    assert (text in [found.text for found in noise]) is not kept


@pytest.mark.parametrize(
    ("text", "left", "kept"),
    [
        ("Fanpage", 100.0, True),  # clear print that the engine's dictionary does not know
        ("Fanpage", 900.0, False),  # far from anything that was read
        ("Wx", 100.0, False),
    ],
)
def test_an_unknown_word_is_kept_beside_a_sure_one(text: str, left: float, kept: bool) -> None:
    words, _ = sift((word(text, 0.0, left), word("Sở;", 0.92, 215)), None, 200)
    assert (text in [found.text for found in words]) is kept
