"""Old OCR text: encodings and the traces of pages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.intake import take_in
from pipeline.intake.encodings import decode
from pipeline.settings import Settings
from pipeline.types import FlowSource, Line

SEED = Path(__file__).parents[1] / "samples" / "seed" / "plan.raw.txt"
WORDING = "Thực hiện Nghị định của Chính phủ về kiểm soát thủ tục hành chính, phường Biên Giang"


def flow(path: Path) -> FlowSource:
    source = take_in(path, Settings())
    assert isinstance(source, FlowSource)
    return source


def written(tmp_path: Path, text: str) -> FlowSource:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return flow(path)


def test_seed_has_ten_pages_where_they_begin() -> None:
    pages = flow(SEED).pages
    starts = []
    for page in pages:
        line = (page.furniture or page.blocks)[0]
        assert isinstance(line, Line)
        starts.append(line.words[0].line)
    assert starts == [1, 46, 103, 163, 198, 258, 320, 358, 421, 464]
    assert [page.printed_number for page in pages] == [None, None, 3, *[None] * 7]
    # The running text's printed lines a page, the page number among them.
    assert [len(page.blocks) + len(page.furniture) for page in pages[:7]] == [36, 36, 36, 35, 35, 35, 28]


def test_seed_words_have_line_and_doubt_but_no_page_or_box() -> None:
    words = [
        word
        for page in flow(SEED).pages
        for line in page.blocks
        if isinstance(line, Line)
        for word in line.words
    ]
    assert {word.page for word in words} == {1}
    assert {word.box for word in words} == {None}
    assert {word.origin for word in words} == {"ocr"}
    assert all(0.5 <= word.confidence < 0.9 for word in words)
    first = words[0]
    assert (first.text, first.line) == ("UY", 1)  # the leading space is gone


def test_gap_counts_blank_lines(tmp_path: Path) -> None:
    lines = written(tmp_path, "một\nhai\n\nba\n\n\nbốn\n").pages[0].blocks
    assert [line.gap for line in lines if isinstance(line, Line)] == [None, 0.0, 1.0, 2.0]


def test_correct_text_is_trusted(tmp_path: Path) -> None:
    page = written(tmp_path, WORDING).pages[0]
    assert page.origin == "text_layer"
    assert page.reason == "text: 100 % valid syllables"


def test_form_feeds_part_pages_wherever_they_stand(tmp_path: Path) -> None:
    pages = written(tmp_path, "một\f\nhai ba\fbốn\r\n\x0c- 4 -\r\nnăm\n").pages
    assert [[line.text for line in page.blocks if isinstance(line, Line)] for page in pages] == [
        ["một"], ["hai ba"], ["bốn"], ["năm"],
    ]  # fmt: skip
    assert pages[3].printed_number == 4


@pytest.mark.parametrize(
    "text",
    [
        "một\n\n\n\nhai\n",  # blank lines after too few printed ones
        "\n".join(f" dòng {n}" for n in range(30)),  # every line is indented
        "\n".join(f"dòng {n}" for n in range(30)) + "\n  hai dấu cách\n",  # two spaces are an indent
    ],
)
def test_no_trace_no_page(tmp_path: Path, text: str) -> None:
    assert len(written(tmp_path, text).pages) == 1


def test_a_number_inside_a_page_stays(tmp_path: Path) -> None:
    page = written(tmp_path, "một\n3\nhai\n").pages[0]
    assert [line.text for line in page.blocks if isinstance(line, Line)] == ["một", "3", "hai"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_encodings(encoding: str) -> None:
    text = WORDING
    if encoding == "cp1258":
        # Windows 1258 writes the tone as a mark of its own behind the letter.
        tones = "\u0300\u0301\u0303\u0309\u0323"
        text = "".join(
            unicodedata.normalize(
                "NFC", "".join(m for m in unicodedata.normalize("NFD", letter) if m not in tones)
            )
            + "".join(m for m in unicodedata.normalize("NFD", letter) if m in tones)
            for letter in WORDING
        )
    assert decode((text + "\n").encode(encoding)) == WORDING + "\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        # TCVN3 (ABC) has a code for each letter, VNI writes the mark as a second one.
        (b"U\xfb ban nh\xa9n d\xa9n ph\xad\xeang", "Uỷ ban nhân dân phường"),
        (
            b"U\xfb ban nha\xe2n da\xe2n ph\xf6\xf4\xf8ng".replace(b"U\xfb", b"Uy\xfb"),
            "Uỷ ban nhân dân phường",
        ),
    ],
)
def test_old_vietnamese_encodings_become_unicode(content: bytes, text: str) -> None:
    assert decode(content) == text


def test_binary_is_no_text() -> None:
    assert decode(bytes(range(256)) * 8) is None
