"""Pages with what was found drawn on them: lines, tables, fields by kind, doubt.

`layers_of` gathers what belongs to one page, `draw_overlay` draws it; the command line,
the tests and the web page all come through these two. Boxes are PDF points.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from pipeline.drawing import Pen, load_font
from pipeline.errors import UnreadablePage
from pipeline.geometry import POINTS_PER_INCH, Box
from pipeline.marks import DOUBT, KINDS, Colour, Mark, marks_of
from pipeline.run import Conversion
from pipeline.types import FlowSource, Grid, Line, PageLayout, PageText, SourcePage
from schemas import Plan

OVERLAY_DPI = 130
LINE_GRAY: Colour = (140, 148, 160)
TABLE_BLUE: Colour = (60, 90, 140)
INK: Colour = (30, 34, 42)

_TABLE_LABEL = "Bảng, ô"
_LINE_LABEL = "Dòng chữ"
_DOUBT_LABEL = "Cần xem lại"


@dataclass(frozen=True, slots=True)
class Layers:
    """What is drawn on one page. `caption` stands beside the legend."""

    lines: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = ()
    marks: tuple[Mark, ...] = ()
    caption: str = ""


def layers_of(number: int, layout: PageLayout | None, plan: Plan | None, pages: int = 0) -> Layers:
    """Everything found on page `number`: what the layout saw, and the plan's evidence."""
    blocks = layout.blocks if layout else ()
    furniture = layout.furniture if layout else ()
    lines = [*(block for block in blocks if isinstance(block, Line)), *furniture]
    boxes = tuple(line.box for line in lines if line.box is not None)
    grids = tuple(block for block in blocks if isinstance(block, Grid))
    marks = marks_of(plan, number) if plan else ()
    origin = {"ocr": "OCR", "text_layer": "lớp chữ PDF"}[layout.origin] if layout else ""
    caption = " · ".join(filter(None, (f"Trang {number}" + (f"/{pages}" if pages else ""), origin)))
    return Layers(boxes, grids, marks, caption)


def draw_overlay(image: Image.Image, width: float, layers: Layers) -> Image.Image:
    """A copy of `image` with `layers` drawn on it and a legend above it.

    Args:
        image: the page, upright, at any resolution.
        width: the page's width in points, which gives the scale.
        layers: what to draw.
    """
    pen = Pen(image.convert("RGB"), image.width / width)
    for box in layers.lines:
        pen.outline(box, LINE_GRAY, 0.4)
    for grid in layers.grids:
        _draw_grid(pen, grid)
    for mark in layers.marks:
        pen.wash(mark.box, KINDS[mark.kind].colour)
    for mark in layers.marks:
        pen.outline(mark.box, KINDS[mark.kind].colour, 0.8)
    doubts = _doubtful_fields(layers.marks)
    for boxes in doubts:
        pen.dashes(boxes, DOUBT)
    for mark in layers.marks:
        if mark.tag:
            pen.tag(mark.box, mark.tag, KINDS[mark.kind].colour)
    for boxes in doubts:
        pen.question(boxes[0], DOUBT)
    return _with_legend(pen.finished(), layers)


def overlay_pages(conversion: Conversion, dpi: float = OVERLAY_DPI) -> Iterator[tuple[int, Image.Image]]:
    """Number and picture of every page of the plan; none for a source that has no pages."""
    source = conversion.source
    if isinstance(source, FlowSource):
        return
    layouts = {layout.number: layout for layout in conversion.layouts}
    texts = {text.number: text for text in conversion.texts}
    for facts in conversion.manuscript.pages:
        number = facts.number
        page = source.page(number)
        text = texts.get(number)
        image = _upright(page, text, dpi)
        layers = layers_of(number, layouts.get(number), conversion.plan, source.page_count)
        yield number, draw_overlay(image, text.width if text else page.width, layers)


def overlay_files(conversion: Conversion) -> Iterator[tuple[str, bytes]]:
    """The pictures as PNG files, `page-001.png` and on."""
    for number, image in overlay_pages(conversion):
        data = io.BytesIO()
        # 256 colours of its own are enough for a page and a third of the size.
        image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(data, "PNG")
        yield f"page-{number:03}.png", data.getvalue()


def _upright(page: SourcePage, text: PageText | None, dpi: float) -> Image.Image:
    """The raster turned as reading turned it. Skew stays: boxes are on the page as printed.

    A page whose text layer was read may still fail to be drawn: then it is white.
    """
    try:
        image = Image.fromarray(page.raster(dpi))
    except UnreadablePage:
        scale = dpi / POINTS_PER_INCH
        image = Image.new(
            "RGB", (max(1, round(page.width * scale)), max(1, round(page.height * scale))), "white"
        )
    return image.rotate(-text.turned, expand=True) if text and text.turned else image


def _draw_grid(pen: Pen, grid: Grid) -> None:
    for cell in grid.cells:
        if cell.box is not None:
            pen.outline(cell.box, TABLE_BLUE, 0.7)
    if grid.box is not None:
        pen.outline(grid.box, TABLE_BLUE, 1.6)


def _doubtful_fields(marks: Iterable[Mark]) -> list[list[Box]]:
    """The boxes of each doubtful field, from the top of the page down."""
    fields: dict[str, list[Box]] = {}
    for mark in marks:
        if mark.doubtful:
            fields.setdefault(mark.at, []).append(mark.box)
    return [sorted(boxes, key=lambda box: (box.top, box.x0)) for boxes in fields.values()]


def _with_legend(page: Image.Image, layers: Layers) -> Image.Image:
    """The page below a strip that says what the colours mean; only kinds that are on the page."""
    size = max(11, round(page.width / 72))
    font = load_font(size)
    gap = size // 2
    entries = list(_entries(layers))
    rows = _rows([gap * 5 + size + round(font.length(text)) for text, _, _ in entries], page.width - 2 * gap)
    caption = round(size * 1.9)
    row_height = round(size * 1.75)
    height = caption + row_height * len(rows) + gap
    sheet = Image.new("RGB", (page.width, page.height + height), "white")
    sheet.paste(page, (0, height))
    draw = ImageDraw.Draw(sheet)
    font.write(draw, (2 * gap, gap), layers.caption, INK)
    index = 0
    for row, widths in enumerate(rows):
        x = 2 * gap
        for width in widths:
            text, colour, style = entries[index]
            _draw_entry(sheet, (x, caption + row * row_height), size, colour, style)
            font.write(draw, (x + size + gap * 2, caption + row * row_height), text, INK)
            x += width
            index += 1
    draw.line([(0, height - 1), (page.width, height - 1)], fill=LINE_GRAY, width=1)
    return sheet


def _entries(layers: Layers) -> Iterator[tuple[str, Colour, str]]:
    present = {mark.kind for mark in layers.marks}
    for name, kind in KINDS.items():
        if name in present:
            yield kind.label, kind.colour, "wash"
    if layers.grids:
        yield _TABLE_LABEL, TABLE_BLUE, "outline"
    if layers.lines:
        yield _LINE_LABEL, LINE_GRAY, "outline"
    if any(mark.doubtful for mark in layers.marks):
        yield _DOUBT_LABEL, DOUBT, "dashes"


def _draw_entry(draw_on: Image.Image, at: tuple[int, int], size: int, colour: Colour, style: str) -> None:
    """A sample of what is drawn on the page, beside its meaning."""
    pen = Pen(draw_on, 1.0)
    x, y = at
    box = Box(x, y + 1, x + size * 1.4, y + size + 1)
    if style == "wash":
        pen.wash(box, colour)
    if style == "dashes":
        pen.dashes([box.padded(-1)], colour)
    else:
        pen.outline(box, colour, 1 if colour == LINE_GRAY else 2)


def _rows(widths: list[int], available: int) -> list[list[int]]:
    """`widths` in as few rows as hold them."""
    rows: list[list[int]] = [[]]
    for width in widths:
        if rows[-1] and sum(rows[-1]) + width > available:
            rows.append([])
        rows[-1].append(width)
    return rows if widths else []
