"""The steps of reading one by one: measures, recipes, bend, lost ink, second look, strokes, parting."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.reading import EngineWord
from pipeline.reading.bend import Bend, find_bend, flatten
from pipeline.reading.levels import quantile
from pipeline.reading.lookalikes import normal_letters
from pipeline.reading.lost_ink import lost_ink
from pipeline.reading.measures import measure, paper_of
from pipeline.reading.prepare import Gray, ink_mask, letters
from pipeline.reading.reader import Reader
from pipeline.reading.recipes import PLAIN, prepare, suggested, without_specks
from pipeline.reading.region import Region
from pipeline.reading.roman import count_strokes, with_roman_numerals
from pipeline.reading.ruling import find_ruling
from pipeline.reading.run_together import parted
from pipeline.reading.second_look import better_of, doubtful_stretches, look_again, numeral_before_line
from pipeline.reading.sifting import sift, sift_cells
from tests.test_reading import text_image


def word(text: str, confidence: float, left: float, top: float = 100, line: str = "1") -> EngineWord:
    return EngineWord(text, confidence, left, top, left + 14 * len(text), top + 26, line)


def page() -> Gray:
    return np.asarray(text_image().convert("L"))


def measured(gray: Gray) -> tuple[str, ...]:
    return suggested(measure(gray, ink_mask(gray), paper_of(gray))).steps


# ── measures and recipes ──────────────────────────────────────────────────


def shaded(gray: Gray) -> Gray:
    light = np.linspace(1.0, 0.4, gray.shape[1])[None, :]
    return (gray * light).astype(np.uint8)


def grainy(gray: Gray) -> Gray:
    noise = np.random.default_rng(1).normal(0, 30, gray.shape)
    return np.clip(gray * 0.9 + noise, 0, 255).astype(np.uint8)


def pale(gray: Gray) -> Gray:
    return (255 - (255 - gray.astype(np.int16)) // 4).astype(np.uint8)


def speckled(gray: Gray) -> Gray:
    dirty = gray.copy()
    random = np.random.default_rng(2)
    for y, x in zip(
        random.integers(0, gray.shape[0], 3000), random.integers(0, gray.shape[1], 3000), strict=True
    ):
        dirty[y : y + 2, x : x + 2] = 40
    return dirty


@pytest.mark.parametrize(
    ("damage", "steps"),
    [
        (lambda gray: gray, ()),
        (shaded, ("shading",)),
        (grainy, ("grain",)),
        (pale, ("pale",)),
        (speckled, ("specks",)),
    ],
)
def test_each_page_gets_what_it_measures(damage: object, steps: tuple[str, ...]) -> None:
    assert measured(damage(page())) == steps  # type: ignore[operator]


def test_nothing_is_done_to_a_clean_page() -> None:
    gray = page()
    assert prepare(gray, gray, measure(gray, ink_mask(gray), paper_of(gray)), PLAIN) is gray


def test_pale_ink_comes_out_dark_and_print_from_the_back_goes() -> None:
    gray = np.full((600, 600), 230, np.uint8)
    gray[100:500:20, 50:550] = gray[101:501:20, 50:550] = 150
    gray[110:510:20, 50:550] = gray[111:511:20, 50:550] = 205  # the back page
    measures = measure(gray, ink_mask(gray), paper_of(gray))
    clean = prepare(gray, paper_of(gray), measures, suggested(measures))
    assert clean[100, 300] < 60
    assert clean[110, 300] > 200


def test_specks_go_and_dots_of_letters_stay() -> None:
    gray = np.full((200, 200), 255, np.uint8)
    gray[50:80, 50:54] = 0  # a stroke
    gray[84:87, 51:54] = 0  # the dot under it
    gray[150:152, 150:152] = 0  # dirt
    clean = without_specks(gray)
    assert clean[85, 52] == 0
    assert clean[151, 151] == 255


# ── bend ──────────────────────────────────────────────────────────────────


def bent(gray: Gray, depth: float) -> Gray:
    x = np.arange(gray.shape[1], dtype=np.float32)[None, :]
    y = np.arange(gray.shape[0], dtype=np.float32)[:, None]
    down = y - depth * np.sin(np.pi * x / gray.shape[1])
    across = np.broadcast_to(x, down.shape)
    return cv2.remap(
        gray, np.ascontiguousarray(across), down.astype(np.float32), cv2.INTER_LINEAR, borderValue=255
    ).astype(np.uint8)


def bend_of(gray: Gray) -> Bend | None:
    found = letters(ink_mask(gray), 200)
    return find_bend(found.x, found.y, 0.0, gray.shape)


def test_a_bend_is_found_and_laid_flat() -> None:
    gray = bent(page(), 24)
    bend = bend_of(gray)
    assert bend is not None
    assert bend.depth == pytest.approx(20, abs=6)  # between a tenth and nine tenths of the width
    flat = flatten(gray, bend)
    assert bend_of(flat) is None
    # A point of the flat page is where `shift` says on the bent one.
    middle = bend.shift(800, 1000) - bend.shift(200, 1000)
    assert middle == pytest.approx(24 * (np.sin(np.pi * 800 / 1654) - np.sin(np.pi * 200 / 1654)), abs=3)


def test_a_flat_page_has_no_bend() -> None:
    assert bend_of(page()) is None


# ── letters ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("Ðông", "Đông"),  # Icelandic eth
        ("ðịnh", "định"),
        ("ВAN", "BAN"),  # a Cyrillic capital
        ("KH⁄UBND", "KH/UBND"),
        ("ﬁ", "fi"),
        ("phu\u031bo\u031b\u0300ng", "phường"),
        ("—-", "–"),  # one dash, read twice
        ("hòa", "hòa"),
    ],
)
def test_look_alikes(read: str, text: str) -> None:
    assert normal_letters(read) == text


@pytest.mark.parametrize(
    ("read", "parts"),
    [
        ("HàVănMinh", ["Hà", "Văn", "Minh"]),
        ("Phốihợp;", ["Phối", "hợp;"]),
        ("Video", ["Video"]),  # no Vietnamese letter
        ("phường", ["phường"]),
        ("KTĐGCLBV", ["KTĐGCLBV"]),  # an abbreviation
        ("nhgiệp", ["nhgiệp"]),  # a slip of the printer's, to be kept
    ],
)
def test_words_run_together(read: str, parts: list[str]) -> None:
    placed = parted([word(read, 0.5, 100)])
    assert [part.text for part in placed] == parts
    assert placed[0].left == 100
    assert placed[-1].right == pytest.approx(word(read, 0.5, 100).right)


def strokes(shape: str) -> Gray:
    """I, H or A drawn with straight strokes, two pixels of serif at head and foot."""
    image = Image.new("L", (120, 60), 255)
    draw = ImageDraw.Draw(image)
    for at, letter in enumerate(shape):
        x = 20 + 22 * at
        draw.rectangle((x, 10, x + 5, 45), fill=0)
        draw.rectangle((x - 5, 10, x + 10, 12), fill=0)
        draw.rectangle((x - 5, 43, x + 10, 45), fill=0)
        if letter == "H":
            draw.rectangle((x + 14, 10, x + 19, 45), fill=0)
            draw.rectangle((x, 26, x + 19, 29), fill=0)
    return np.asarray(image)


@pytest.mark.parametrize(
    ("drawn", "read", "text"),
    [
        ("II", "H", "II"),
        ("III", "HI", "III"),
        ("III", "Hl.", "III."),
        ("H", "H", "H"),  # there is a bar
        ("II", "11", "11"),  # figures are never touched
        ("II", "UBND", "UBND"),
    ],
)
def test_roman_numerals_by_their_strokes(drawn: str, read: str, text: str) -> None:
    found = with_roman_numerals([EngineWord(read, 0.6, 10, 5, 110, 50)], strokes(drawn))
    assert found[0].text == text


def test_strokes_of_nothing() -> None:
    assert count_strokes(np.full((30, 30), 255, np.uint8)) == 0
    assert count_strokes(np.zeros((0, 0), np.uint8)) == 0


# ── second look ───────────────────────────────────────────────────────────


class Scribe:
    """Reads every second look as told; counts how often it is asked."""

    name = "scribe"

    def __init__(self, *words: EngineWord) -> None:
        self.words = words
        self.sheets: list[Image.Image] = []

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        self.sheets.append(image)
        return self.words


LINE = [word("phường", 0.95, 100), word("bố", 0.95, 200), word("sungx", 0.3, 250), word("năm", 0.95, 340)]


def test_sure_words_cost_nothing() -> None:
    scribe = Scribe()
    sure = tuple(word(text, 0.95, 100 + 100 * at) for at, text in enumerate(("Uỷ", "ban", "nhân", "dân")))
    assert look_again(page(), sure, (), Reader(scribe, "vie", 200)) == sure
    assert scribe.sheets == []


@pytest.mark.parametrize(
    ("drawn", "begins", "text"),
    [("III", True, "III."), ("II", True, "II."), ("H", True, None), ("III", False, None)],
)
def test_a_numeral_before_a_line_is_told_by_its_strokes(drawn: str, begins: bool, text: str | None) -> None:
    clean = page().copy()
    clean[100:160, 40:160] = strokes(drawn)
    spot = Region(left=45, top=105, right=120, bottom=150)
    heading = [word("Tổ", 0.95, 130, 110), word("chức", 0.95, 190, 110)]
    before = [] if begins else [word("Mục", 0.95, 5, 110)]
    found = numeral_before_line([word("LH.", 0.2, 50, 110)], spot, clean, [*before, *heading])
    assert (found.text if found else None) == text


def test_all_doubt_is_one_reading() -> None:
    scribe = Scribe()
    lines = [word("xqz", 0.2, 100, 100 + 60 * at, str(at)) for at in range(5)]
    assert len(look_again(page(), tuple(lines), (), Reader(scribe, "vie", 200))) == 5
    assert len(scribe.sheets) == 1


def test_doubt_takes_its_neighbours_along_but_not_the_other_column() -> None:
    far = word("PHÓ", 0.3, 900)
    found = doubtful_stretches([*LINE, far])
    assert sorted([w.text for w in stretch] for stretch in found) == [
        ["PHÓ"],
        ["phường", "bố", "sungx", "năm"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("sungx", word("sung", 0.9, 250), "sung"),
        ("sung", word("súng", 0.32, 250), "sung"),  # hardly surer
        ("sung;", word("sung", 0.99, 250), "sung;"),  # a stop is not let go
        ("'sung", word("sung", 0.9, 250), "sung"),  # dirt is
        ("nghiệp", word("n", 0.99, 250), "nghiệp"),  # nor letters
    ],
)
def test_the_better_of_two_readings(old: str, new: EngineWord, kept: str) -> None:
    assert [w.text for w in better_of([word(old, 0.3, 250)], [new])] == [kept]


def test_a_label_that_was_run_together_with_its_heading_is_kept() -> None:
    together = EngineWord("I.MỤC", 0.45, 340, 200, 455, 232, "1")
    label, heading = EngineWord("I.", 0.6, 339, 200, 361, 225), EngineWord("MỤC", 0.93, 371, 200, 455, 232)
    assert [w.text for w in better_of([together], [label, heading])] == ["I.", "MỤC"]


def lined(texts: Sequence[str]) -> tuple[Gray, list[EngineWord]]:
    """A page of short bars for words, and the words for all of them."""
    gray = np.full((1000, 1000), 255, np.uint8)
    words = []
    for at, text in enumerate(texts):
        x, y = 100 + 160 * (at % 5), 200 + 60 * (at // 5)
        for stroke in range(x, x + 90, 12):
            gray[y : y + 26, stroke : stroke + 5] = 0
        words.append(EngineWord(text, 0.95, x, y, x + 90, y + 26, str(at // 5)))
    return gray, words


def test_ink_without_a_word_is_found() -> None:
    gray, words = lined(["chữ"] * 15)
    gray[100:124, 500:505] = gray[100:124, 512:517] = 0  # a page number
    gray[600:603, 100:900] = 0  # a signature's long stroke
    gray[700:703, 700:703] = 0  # a speck
    ruling = find_ruling(gray, 200)
    (place,) = lost_ink(ink_mask(gray), ruling, words, 200)
    assert place.left <= 500 and place.right >= 517
    assert place.top <= 100 and place.bottom >= 124
    assert lost_ink(ink_mask(lined(["chữ"] * 15)[0]), ruling, words, 200) == []


def test_letters_of_a_seal_are_no_lost_text() -> None:
    gray, words = lined(["chữ"] * 15)
    cv2.circle(gray, (500, 700), 120, 0, 4)
    gray[690:714, 490:495] = gray[690:714, 502:507] = 0
    assert lost_ink(ink_mask(gray), find_ruling(gray, 200), words, 200) == []


# ── sifting ───────────────────────────────────────────────────────────────


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


def test_quantiles_by_counting_are_those_of_numpy() -> None:
    random = np.random.default_rng(7)
    for size in (1, 2, 3, 10, 77):
        gray = random.integers(0, 256, size).astype(np.uint8)
        for share in (0.0, 0.01, 0.5, 0.8, 0.9, 1.0):
            assert quantile(gray, share) == pytest.approx(float(np.percentile(gray, 100 * share)))
    with pytest.raises(ValueError, match="no pixels"):
        quantile(np.array([], np.uint8), 0.5)


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
