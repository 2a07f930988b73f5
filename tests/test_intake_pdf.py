"""PDF pages: boxes that fit the drawing whatever the page's frame, fonts, lines, images, damage."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from pipeline.errors import NoPages, PasswordProtected, TooLarge, UnreadablePage
from pipeline.geometry import Box
from pipeline.intake import take_in
from pipeline.intake.pdf_chars import LeanPage
from pipeline.settings import Settings
from pipeline.types import PagedSource, SourcePage

SAMPLES = Path(__file__).parents[1] / "samples" / "seed"

CONTENT = (
    b"BT /F1 20 Tf 150 500 Td (Words) Tj ET BT /F2 20 Tf 150 400 Td (Heavy) Tj ET "
    b"BT /F1 0.1 Tf 150 300 Td (dust) Tj ET BT /F1 20 Tf 150 5000 Td (outside) Tj ET "
    b"1 w 150 380 m 350 380 l S 150 200 100 0.7 re f 200 100 150 60 re S"
)


def pdf(page: bytes = b"", content: bytes = CONTENT, pages: int = 1, trailer: bytes = b"") -> bytes:
    """A small PDF written by hand; pdfium finds the objects without a cross-reference table."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    objects = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        b"2 0 obj <</Type/Pages/Kids[" + kids + b"]/Count %d>> endobj" % pages,
        b"3 0 obj <</Length %d>> stream\n" % len(content) + content + b"\nendstream endobj",
        b"4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
        b"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>> endobj",
    ]
    objects += [
        b"%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
        b"/Resources<</Font<</F1 4 0 R/F2 5 0 R>>>>%s>> endobj" % (10 + n, page)
        for n in range(pages)
    ]
    body = b"%PDF-1.7\n"
    offsets = {}
    for item in objects:
        offsets[int(item.split(b" ", 1)[0])] = len(body)
        body += item + b"\n"
    start = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        body += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(offsets) + 1
    return body + b"trailer <</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def opened(tmp_path: Path, content: bytes, settings: Settings | None = None) -> PagedSource:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    source = take_in(path, settings or Settings())
    assert isinstance(source, PagedSource)
    return source


def ink_box(page: SourcePage, near: Box) -> Box:
    """Where ink is in the drawing, within 3 points of `near`."""
    image = page.raster(144)[..., 1]
    around = near.padded(3)
    left, top = max(0, int(around.x0 * 2)), max(0, int(around.top * 2))
    y, x = np.nonzero(image[top : int(around.bottom * 2), left : int(around.x1 * 2)] < 128)
    return Box((left + x.min()) / 2, (top + y.min()) / 2, (left + x.max()) / 2, (top + y.max()) / 2)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (b"", (600, 800)),
        (b"/CropBox[100 50 500 750]", (400, 700)),
        (b"/Rotate 180", (600, 800)),
        (b"/Rotate 90", (800, 600)),
        (b"/Rotate 270/CropBox[100 50 500 750]", (700, 400)),
        (b"/Rotate 90/CropBox[100 50 500 750]", (700, 400)),
    ],
)
def test_boxes_fit_the_drawing(tmp_path: Path, page: bytes, size: tuple[int, int]) -> None:
    read = opened(tmp_path, pdf(page)).page(1)
    assert (read.width, read.height) == size
    assert read.raster(72).shape[1::-1] == size
    words = read.layer
    assert words
    for word in words:
        assert word.box is not None
        drawn = ink_box(read, word.box)
        middle = drawn.centre
        assert abs(middle[0] - word.box.centre[0]) < 4
        assert abs(middle[1] - word.box.centre[1]) < 5


def test_words_of_a_page(tmp_path: Path) -> None:
    words = opened(tmp_path, pdf()).page(1).layer
    # What is too small to see or off the page is no word.
    assert [(word.text, word.bold) for word in words] == [("Words", False), ("Heavy", True)]
    assert all((word.page, word.confidence, word.origin) == (1, 1.0, "text_layer") for word in words)


@pytest.mark.parametrize("place", [146.6, 147, 149.8, 150, 153.7])
@pytest.mark.parametrize(("apart", "words"), [(0.3, ["Word"]), (60, ["Word", "Word"])])
def test_what_is_printed_twice_a_hair_apart_is_one(
    tmp_path: Path, place: float, apart: float, words: list[str]
) -> None:
    """Wherever on the page: the places that are compared are kept by patches."""
    content = b"BT /F1 12 Tf %g 500 Td (Word) Tj %g 0.3 Td (Word) Tj ET" % (place, apart)
    layer = opened(tmp_path, pdf(content=content)).page(1).layer
    assert [word.text for word in layer] == words


def test_lines_thin_rectangles_and_frames_are_rules(tmp_path: Path) -> None:
    rules = opened(tmp_path, pdf()).page(1).rules
    assert sum(rule.horizontal for rule in rules) == 4  # line, thin rectangle, top and bottom of the frame
    assert sum(not rule.horizontal for rule in rules) == 2
    assert any(rule.top == pytest.approx(420) and rule.x0 == pytest.approx(150) for rule in rules)


def test_words_of_the_sample_stand_where_they_were_typeset() -> None:
    with gzip.open(SAMPLES / "plan.words.json.gz") as stream:
        typeset = json.load(stream)["pages"][0]["words"]
    source = take_in(SAMPLES / "plan.pdf", Settings())
    assert isinstance(source, PagedSource)
    read = source.page(1).layer
    assert sorted(word.text for word in read) == sorted(word["text"] for word in typeset)
    for word in typeset:
        x0, top, x1, bottom = word["box"]
        assert any(
            found.text == word["text"]
            and found.box is not None
            and abs(found.box.x0 - x0) < 1
            and abs(found.box.x1 - x1) < 1
            and found.box.overlap(Box(x0, top, x1, bottom)) > 0.6 * found.box.area
            for found in read
        ), word


def test_a_scan_says_so() -> None:
    source = take_in(SAMPLES / "plan.scan.pdf", Settings())
    assert isinstance(source, PagedSource)
    page = source.page(2)
    assert page.layer == ()
    assert page.image_share > 0.95
    assert page.scan_dpi == pytest.approx(200, abs=2)


def test_password(tmp_path: Path) -> None:
    locked = (
        b"/Encrypt <</Filter/Standard/V 1/R 2/Length 40/P -4/O <"
        + b"11" * 32
        + b">/U <"
        + b"22" * 32
        + b">>>"
        b"/ID[<00><00>]"
    )
    with pytest.raises(PasswordProtected):
        opened(tmp_path, pdf(trailer=locked))


def test_no_page(tmp_path: Path) -> None:
    with pytest.raises(NoPages):
        opened(tmp_path, pdf(pages=0))


def test_a_poster_is_too_large_before_it_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="pixels at 240 dpi"):
        opened(tmp_path, pdf(b"/MediaBox[0 0 14000 14000]").replace(b"/MediaBox[0 0 600 800]", b""))


def test_one_poster_among_pages_is_that_page_only(tmp_path: Path) -> None:
    content = pdf(pages=2)
    at = content.index(b"11 0 obj")
    content = content[:at] + content[at:].replace(b"[0 0 600 800]", b"[0 0 999 999]", 1)
    source = opened(tmp_path, content, Settings(max_page_pixels=6_000_000))
    assert source.page(1).layer
    with pytest.raises(UnreadablePage, match="Page 2"):
        source.page(2)


def test_a_damaged_page_is_met_only_when_opened(tmp_path: Path) -> None:
    content = pdf(pages=3)
    at, end = content.index(b"11 0 obj"), content.index(b"12 0 obj")
    content = content[:at] + b"11 0 obj 7 endobj".ljust(end - at) + content[end:]
    source = opened(tmp_path, content)
    for number in (1, 3):
        assert source.page(number).raster(72).min() < 128
    with pytest.raises(UnreadablePage, match="Page 2"):
        source.page(2).raster(72)


def test_no_page_gets_its_neighbours_words(tmp_path: Path) -> None:
    # pdfminer passes over a page of no known type, pdfium counts it: then no layer is sure.
    content = pdf(pages=3)
    at = content.index(b"11 0 obj")
    content = content[:at] + content[at:].replace(b"/Type/Page/Parent", b"/Typo/Nope/Parent", 1)
    assert opened(tmp_path, content).page(3).layer == ()


def test_a_broken_text_layer_leaves_the_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("ToUnicode")

    monkeypatch.setattr("pipeline.intake.pdf_file.read_layer", broken)
    page = opened(tmp_path, pdf()).page(1)
    assert page.layer == ()
    assert page.raster(72).min() < 128


def test_an_image_of_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    picture = Image.new("1", (3000, 3000), 1)
    ImageDraw.Draw(picture).line((0, 0, 3000, 3000), width=9)
    stream = io.BytesIO()
    picture.save(stream, "PDF", resolution=300)
    document = pdfium.PdfDocument(stream.getvalue())
    document[0].set_mediabox(0, 0, 720, 720)
    document.close()
    source = opened(tmp_path, stream.getvalue(), Settings(max_page_pixels=7_000_000))
    with pytest.raises(UnreadablePage, match="image of 9,000,000 pixels"):
        source.page(1)


def test_a_long_file_is_opened_again_and_again(tmp_path: Path) -> None:
    """Neither pages read later nor pixels of a page from an earlier opening are lost."""
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(pages=40))
    source = take_in(path, Settings())
    assert isinstance(source, PagedSource)
    pages = [source.page(number) for number in range(1, 41)]
    assert {tuple(word.text for word in page.layer) for page in pages} == {("Words", "Heavy")}
    assert pages[0].raster(50).min() < 100
    assert np.array_equal(pages[0].raster(50), source.page(40).raster(50))


@pytest.mark.parametrize("frame", [b"", b"/Rotate 90", b"/MediaBox[30 40 630 840]/CropBox[50 60 500 700]"])
def test_lean_letters_are_as_pdfplumber_has_them(tmp_path: Path, frame: bytes) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(frame))
    with pdfplumber.open(path, unicode_norm="NFC") as plumber:
        whole = plumber.pages[0]
        lean = LeanPage(plumber, whole.page_obj, page_number=1, initial_doctop=0)
        assert len(lean.chars) == len(whole.chars) > 0
        for ours, theirs in zip(lean.chars, whole.chars, strict=True):
            assert ours == {key: theirs[key] for key in ours}
        assert [lean.lines, lean.rects] == [whole.lines, whole.rects]
