"""Pages with what was found drawn on them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from pipeline import drawing
from pipeline.drawing import load_font
from pipeline.geometry import Box
from pipeline.marks import DOUBT, KINDS, kind_of, marks_of, split_key
from pipeline.overlay import (
    LINE_GRAY,
    TABLE_BLUE,
    Layers,
    draw_overlay,
    layers_of,
    overlay_files,
    overlay_pages,
)
from pipeline.types import Grid, GridCell, Line, PageLayout, Word
from schemas import Plan

TASK = {
    "id": "III.1", "title": "Rà soát quy định", "section": [], "lead": [], "support": [],
    "deadline": None, "products": [], "details": [],
}  # fmt: skip

KEYS = [
    ("document/title", ("document", "", "title"), "document"),
    ("document/signer.name", ("document", "", "signer.name"), "signer"),
    ("document/recipients", ("document", "", "recipients"), "recipients"),
    # the ids of legal bases hold slashes
    ("legal_bases/63/2010/NĐ-CP/date", ("legal_bases", "63/2010/NĐ-CP", "date"), "basis"),
    ("objectives/I.1/text", ("objectives", "I.1", "text"), "objective"),
    ("requirements/II.1/text", ("requirements", "II.1", "text"), "requirement"),
    ("tasks/III.1.3.a/title", ("tasks", "III.1.3.a", "title"), "task"),
    ("tasks/III.1/details", ("tasks", "III.1", "details"), "task"),
    ("tasks/III.1/lead", ("tasks", "III.1", "lead"), "lead"),
    ("tasks/III.1/support", ("tasks", "III.1", "support"), "support"),
    ("tasks/III.1/deadline", ("tasks", "III.1", "deadline"), "deadline"),
    ("tasks/III.1/products", ("tasks", "III.1", "products"), "product"),
    ("indicators/PL1.1/target", ("indicators", "PL1.1", "target"), "indicator"),
    ("indicators/PL1.1/lead", ("indicators", "PL1.1", "lead"), "lead"),
    ("assignments/IV.1/units", ("assignments", "IV.1", "units"), "assignment"),
    ("sections/V/text", ("sections", "V", "text"), "other"),
    # a collection that a later version of the contract may add
    ("something/new/text", ("something", "new", "text"), "other"),
]


@pytest.mark.parametrize(("key", "parts", "kind"), KEYS)
def test_keys(key: str, parts: tuple[str, str, str], kind: str) -> None:
    assert split_key(key) == parts
    assert kind_of(key) == kind


def place(page: int = 1, top: float = 100, confidence: float = 0.95, box: bool = True) -> dict[str, Any]:
    corners = [100, top, 300, top + 12] if box else None
    return {"page": page, "box": corners, "text": "x", "confidence": confidence}


def test_marks_are_of_the_page_and_tagged_once(make_plan: Callable[..., Plan]) -> None:
    places = [place(), place(top=120), place(page=2, top=50)]
    plan = make_plan(tasks=[TASK], evidence={"tasks/III.1/title": places})
    assert [(mark.tag, mark.box.top) for mark in marks_of(plan, 1)] == [("III.1", 100), ("", 120)]
    # the id is repeated on the next page, where the eye would look for it
    assert [mark.tag for mark in marks_of(plan, 2)] == ["III.1"]
    assert marks_of(plan, 3) == ()


def test_marks_without_box_are_left_out(make_plan: Callable[..., Plan]) -> None:
    plan = make_plan(tasks=[TASK], evidence={"tasks/III.1/title": [place(box=False)]})
    assert marks_of(plan, 1) == ()


def test_units_are_drawn_where_they_act(make_plan: Callable[..., Plan]) -> None:
    unit = {"id": "so-y-te", "name": "Sở Y tế", "written": ["Sở Y tế"]}
    task = {**TASK, "lead": ["so-y-te"]}
    evidence = {"units/so-y-te/name": [place()], "tasks/III.1/lead": [place()]}
    plan = make_plan(units=[unit], tasks=[task], evidence=evidence)
    assert [mark.kind for mark in marks_of(plan, 1)] == ["lead"]


DOUBTS = [
    (0.95, None, None, False),
    (0.8, None, None, False),  # the bound itself is not doubtful
    (0.79, None, None, True),
    (0.95, "warning", "tasks/III.1/title", True),
    (0.95, "error", "tasks/III.1/title", True),
    (0.95, "info", "tasks/III.1/title", False),  # worth knowing, nothing to check
    (0.95, "warning", "tasks/III.1/lead", False),  # another field
    (0.95, "warning", "tasks/III.1", True),  # the whole item
    (0.95, "warning", None, False),
]


@pytest.mark.parametrize(("confidence", "severity", "at", "doubtful"), DOUBTS)
def test_doubt(
    confidence: float, severity: str | None, at: str | None, doubtful: bool, make_plan: Callable[..., Plan]
) -> None:
    finding = {"severity": severity, "code": "missing-lead", "at": at, "message": "Thiếu."}
    plan = make_plan(
        tasks=[TASK],
        findings=[finding] if severity else [],
        evidence={"tasks/III.1/title": [place(confidence=confidence)]},
    )
    assert [mark.doubtful for mark in marks_of(plan, 1)] == [doubtful]


def test_the_least_sure_place_decides_for_all(make_plan: Callable[..., Plan]) -> None:
    places = [place(), place(top=120, confidence=0.3)]
    plan = make_plan(tasks=[TASK], evidence={"tasks/III.1/title": places})
    assert [mark.doubtful for mark in marks_of(plan, 1)] == [True, True]


def layout_with_table() -> PageLayout:
    word = Word("Kế", "Kế", 1, Box(100, 400, 200, 412), 0.9, "ocr")
    cells = tuple(
        GridCell(0, column, 1, 1, (), Box(100 + 100 * column, 500, 200 + 100 * column, 540))
        for column in (0, 1)
    )
    return PageLayout(1, 595, 842, (Line((word,)), Grid(1, 2, cells, 1, Box(100, 500, 300, 540))))


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> set[tuple[int, ...]]:
    return {colour for _, colour in image.crop(box).getcolors(1 << 24)}


def test_everything_is_drawn_where_it_is(make_plan: Callable[..., Plan]) -> None:
    evidence = {"tasks/III.1/title": [place()], "tasks/III.1/lead": [place(top=200, confidence=0.2)]}
    plan = make_plan(tasks=[TASK], evidence=evidence)
    page = Image.new("RGB", (1190, 1684), "white")  # two pixels a point
    layers = layers_of(1, layout_with_table(), plan, 3)
    drawn = draw_overlay(page, 595, layers)
    legend = drawn.height - page.height
    assert drawn.width == page.width
    assert legend > 0

    def seen(x0: int, top: int, x1: int, bottom: int) -> set[tuple[int, ...]]:
        return colours(drawn, (2 * x0, legend + 2 * top, 2 * x1, legend + 2 * bottom))

    assert KINDS["task"].colour in seen(98, 98, 302, 114)
    assert DOUBT not in seen(98, 98, 302, 114)
    assert DOUBT in seen(98, 198, 302, 214)
    assert LINE_GRAY in seen(98, 398, 202, 414)
    assert TABLE_BLUE in seen(195, 510, 205, 530)  # the wall between the two cells
    assert seen(350, 250, 500, 380) == {(255, 255, 255)}  # nothing was found there
    assert page.getcolors() == [(1190 * 1684, (255, 255, 255))]  # the page given stays as it was


def test_the_legend_names_what_is_on_the_page(make_plan: Callable[..., Plan]) -> None:
    page = Image.new("RGB", (600, 800), "white")
    plan = make_plan(tasks=[TASK], evidence={"tasks/III.1/title": [place()]})

    def legend(layers: Layers) -> set[tuple[int, ...]]:
        drawn = draw_overlay(page, 595, layers)
        return colours(drawn, (0, 0, 600, drawn.height - 800))

    found = legend(layers_of(1, None, plan))
    assert KINDS["task"].colour in found
    assert KINDS["lead"].colour not in found
    assert DOUBT not in found


def test_boxes_outside_the_page_do_no_harm(make_plan: Callable[..., Plan]) -> None:
    page = Image.new("L", (100, 100), 255)
    boxes = [[0, 0, 0, 0], [-50, -50, 20, 20], [90, 90, 400, 400], [500, 500, 600, 600]]
    places = [{"page": 1, "box": box, "text": "x", "confidence": 0.1} for box in boxes]
    plan = make_plan(tasks=[TASK], evidence={"tasks/III.1/title": places})
    assert draw_overlay(page, 100, layers_of(1, None, plan)).mode == "RGB"


def test_an_empty_page_is_drawn(make_plan: Callable[..., Plan]) -> None:
    assert draw_overlay(Image.new("RGB", (50, 50)), 595, Layers()).width == 50


def test_files(make_plan: Callable[..., Plan], make_conversion: Callable[..., Any]) -> None:
    [(name, data)] = overlay_files(make_conversion(make_plan()))
    assert name == "page-001.png"
    assert Image.open(io.BytesIO(data)).format == "PNG"


def test_a_turned_page_is_drawn_upright(
    make_plan: Callable[..., Plan], make_conversion: Callable[..., Any]
) -> None:
    def corner(turned: int) -> tuple[int, ...]:
        [(_, image)] = overlay_pages(make_conversion(make_plan(), turned=turned), dpi=72)
        portrait = turned % 180 == 0
        width, height = (595, 842) if portrait else (842, 595)
        assert image.width == width
        page = image.crop((0, image.height - height, width, image.height))
        # the page's mark is at its upper left; turned clockwise it goes round the corners
        places = {0: (30, 15), 90: (width - 15, 30), 180: (width - 30, height - 15), 270: (15, height - 30)}
        return page.getpixel(places[turned])

    assert [corner(turned) for turned in (0, 90, 180, 270)] == [(128, 128, 128)] * 4


def test_no_pages_no_pictures(make_plan: Callable[..., Plan], make_conversion: Callable[..., Any]) -> None:
    assert list(overlay_pages(make_conversion(make_plan(), "text"))) == []


def test_without_any_font_labels_lose_their_marks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_FONTS", ("no such font.ttf",))
    load_font.cache_clear()
    try:
        font = load_font(12)
        assert not font.vietnamese
        assert font._written("Đơn vị chủ trì · Thời hạn") == "Don vi chu tri - Thoi han"
        assert draw_overlay(Image.new("RGB", (300, 300)), 300, Layers(caption="Trang 1")).width == 300
    finally:
        load_font.cache_clear()
