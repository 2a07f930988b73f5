"""The command line on real files: every kind of input, and what is written for it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from pipeline.cli import main
from schemas import load_plan
from tests.command_line import SEED, converted, extract, plan_text, put, written

pytestmark = pytest.mark.usefixtures("no_tesseract_needed", "quiet_logger")


def picture_of(page: int) -> Image.Image:
    """A page (from 0) of the seed's scan as the scanner gave it: 200 dots an inch."""
    document = pypdfium2.PdfDocument(SEED / "plan.scan.pdf")
    image: Image.Image = document[page].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    return image


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.vi.txt"])
def test_inputs_that_need_no_ocr(name: str, tmp_path: Path) -> None:
    plan = converted(put(tmp_path, name, (SEED / name).read_bytes()))
    assert plan.document.number == "64/KH-UBND"
    assert len(plan.tasks) == 21
    assert plan.source.file == name
    assert plan.source.reading.ocr == 0
    assert plan.source.engine is None


def save_png(image: Image.Image, path: Path) -> None:
    image.save(path, dpi=(200, 200))


def save_bare_png(image: Image.Image, path: Path) -> None:
    image.save(path)


def save_jpeg(image: Image.Image, path: Path) -> None:
    image.save(path, quality=85, dpi=(200, 200))


def save_fax(image: Image.Image, path: Path) -> None:
    image.convert("L").point(lambda value: 255 * (value > 150)).convert("1").save(
        path, compression="group4", dpi=(200, 200)
    )


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("page.png", save_png),
        ("bare.png", save_bare_png),  # no resolution in the file: that of an A4 page is taken
        ("page.jpg", save_jpeg),
        ("page.tif", save_fax),  # one bit a pixel
    ],
)
def test_pictures(name: str, save: Callable[[Image.Image, Path], None], tmp_path: Path) -> None:
    save(picture_of(0), tmp_path / name)
    plan = converted(tmp_path / name)
    document = plan.document
    assert (document.number, document.date, document.type) == ("64/KH-UBND", "2024-03-08", "Kế hoạch")
    assert len(plan.legal_bases) == 11
    assert plan.source.reading.ocr == 1
    (place,) = plan.evidence["document/number"]
    assert place.box is not None
    # The same place on A4 whatever the file says of its resolution.
    assert (round(place.box[0] / 10), round(place.box[1] / 10)) == (14, 10)


def test_tiff_of_several_pages(tmp_path: Path) -> None:
    file = tmp_path / "plan.tiff"
    first, second = picture_of(0), picture_of(1)
    first.save(file, save_all=True, append_images=[second], compression="tiff_lzw", dpi=(200, 200))
    plan = converted(file)
    assert plan.source.pages == 2
    assert {place.page for places in plan.evidence.values() for place in places} == {1, 2}
    assert len(plan.requirements) == 4  # II.2 runs from the first page to the second


def test_born_digital_and_scanned_pages_in_one_file(tmp_path: Path) -> None:
    file = extract(
        [("seed/plan.pdf", [0]), ("seed/plan.scan.pdf", [1]), ("seed/plan.pdf", [2])], tmp_path / "m.pdf"
    )
    plan = converted(file)
    assert (plan.source.reading.ocr, plan.source.reading.text_layer) == (1, 2)
    assert len(plan.requirements) == 4
    origins = {place.page: place.origin for places in plan.evidence.values() for place in places}
    assert origins == {1: "text_layer", 2: "ocr", 3: "text_layer"}


def test_pages_asked_for(tmp_path: Path) -> None:
    file = put(tmp_path, "plan.pdf", (SEED / "plan.pdf").read_bytes())
    plan = converted(file, "--pages", "1-2")
    assert plan.source.pages == 10
    assert plan.source.reading.text_layer == 2
    assert len(plan.requirements) == 4
    assert not plan.appendices


def test_json(tmp_path: Path) -> None:
    file = put(tmp_path, "plan.txt", plan_text())
    yaml = converted(file)
    assert main(["convert", str(file), "-o", str(tmp_path / "json"), "--quiet", "--format", "json"]) == 0
    text = (tmp_path / "json" / "plan.json").read_text(encoding="utf-8")
    assert json.loads(text)["document"]["number"] == "21/KH-TTYT"
    assert load_plan(text) == yaml


def test_overlay_and_stages(tmp_path: Path) -> None:
    file = extract([("seed/plan.pdf", [0, 7])], tmp_path / "plan.pdf")
    converted(file, "--overlay", "--keep")
    folder = tmp_path / "out"
    stages = ["1-reading.json", "2-layout.json", "3-manuscript.json", "4-outline.json"]
    assert written(folder) == sorted([
        "plan.yaml", "plan.overlay/page-001.png", "plan.overlay/page-002.png",
        *(f"plan.stages/{name}" for name in stages),
    ])  # fmt: skip
    for name in stages:
        json.loads((folder / "plan.stages" / name).read_text(encoding="utf-8"))
    with Image.open(folder / "plan.overlay" / "page-001.png") as drawn:
        # The page is black on white: every colour is the overlay's.
        colours: Any = drawn.convert("RGB").getcolors(1 << 24) or []
    coloured = sum(count for count, (r, g, b) in colours if max(r, g, b) - min(r, g, b) > 30)
    assert coloured > 0.02 * drawn.width * drawn.height


# ── with Tesseract itself ─────────────────────────────────────────────────


def test_two_scanned_pages_with_the_real_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    file = extract([("seed/plan.scan.pdf", [0, 1])], tmp_path / "scan.pdf")
    plan = converted(file)
    assert plan.source.reading.ocr == 2
    assert (plan.source.engine or "").startswith("tesseract ")
    assert plan.document.number == "64/KH-UBND"
    assert len(plan.legal_bases) == 11
    assert [one.id for one in plan.requirements] == ["II.1", "II.2", "II.3", "II.4"]
