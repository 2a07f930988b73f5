"""The tools that are compared, each behind one function: a file to the tables in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import camelot
import pdfplumber
from img2table.document import Image
from img2table.ocr import TesseractOCR

from benchmarks.table_pages.scoring import ReadCell, ReadGrid
from pipeline.intake import take_in
from pipeline.layout import lay_out
from pipeline.reading import engine_named, read_page
from pipeline.settings import Settings
from pipeline.types import Grid, PagedSource

Reader = Callable[[Path], list[ReadGrid]]
Bounds = tuple[float, float, float, float]

_SAME_EDGE = 3.0


def by_kehoach(path: Path) -> list[ReadGrid]:
    """This project: reading and layout of the page."""
    settings = Settings()
    source = take_in(path, settings)
    assert isinstance(source, PagedSource)
    layout = lay_out(read_page(source.page(1), settings, engine_named(settings)))
    return [
        ReadGrid(
            grid.rows,
            grid.columns,
            tuple(ReadCell(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells),
        )
        for grid in layout.blocks
        if isinstance(grid, Grid)
    ]


def by_img2table(path: Path) -> list[ReadGrid]:
    """img2table with Tesseract, its best setting over all conditions (see README)."""
    document = Image(str(path), detect_rotation=True)
    tables = document.extract_tables(
        ocr=TesseractOCR(n_threads=1, lang="vie"), borderless_tables=True, implicit_rows=False
    )
    return [_of_positions(_img2table_positions(table.content)) for table in tables]


def _img2table_positions(content: object) -> dict[tuple[int, int], tuple[Bounds, str]]:
    rows: Iterable[tuple[int, Sequence[object]]] = content.items()  # type: ignore[attr-defined]
    found: dict[tuple[int, int], tuple[Bounds, str]] = {}
    for row, (_, cells) in enumerate(rows):
        for column, cell in enumerate(cells):
            box = cell.bbox  # type: ignore[attr-defined]
            text = cell.value or ""  # type: ignore[attr-defined]
            found[row, column] = ((box.x1, box.y1, box.x2, box.y2), " ".join(text.split()))
    return found


def _of_positions(positions: dict[tuple[int, int], tuple[Bounds, str]]) -> ReadGrid:
    """Merged cells are given once for every position they cover, with one and the same box."""
    cells = []
    for box, text in dict.fromkeys(positions.values()):
        places = [place for place, value in positions.items() if value[0] == box]
        row, column = min(places)
        down = max(r for r, _ in places) - row + 1
        across = max(c for _, c in places) - column + 1
        cells.append(ReadCell(row, column, down, across, text))
    rows = max((r for r, _ in positions), default=-1) + 1
    columns = max((c for _, c in positions), default=-1) + 1
    return ReadGrid(rows, columns, tuple(cells))


def by_pdfplumber(path: Path) -> list[ReadGrid]:
    """pdfplumber's tables of a born-digital page."""
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[0]
        return [
            _of_boxes([(box, page.crop(box).extract_text() or "") for box in table.cells])
            for table in page.find_tables()
        ]


def by_camelot(path: Path) -> list[ReadGrid]:
    """camelot's lattice; its stream where that finds nothing."""
    tables = camelot.read_pdf(str(path), flavor="lattice", suppress_stdout=True)
    if not len(tables):
        tables = camelot.read_pdf(str(path), flavor="stream", suppress_stdout=True)
    return [_of_walls(table.cells) for table in tables]


def _of_walls(rows: Sequence[Sequence[object]]) -> ReadGrid:
    """Positions with walls between them, to cells."""
    seen: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(rows):
        for column, _ in enumerate(line):
            if (row, column) in seen:
                continue
            across, down = 1, 1
            while column + across < len(line) and not line[column + across - 1].right:  # type: ignore[attr-defined]
                across += 1
            while row + down < len(rows) and not rows[row + down - 1][column].bottom:  # type: ignore[attr-defined]
                down += 1
            places = [(r, c) for r in range(row, row + down) for c in range(column, column + across)]
            seen.update(places)
            text = " ".join(rows[r][c].text for r, c in places)  # type: ignore[attr-defined]
            cells.append(ReadCell(row, column, down, across, " ".join(text.split())))
    return ReadGrid(len(rows), len(rows[0]) if rows else 0, tuple(cells))


def _of_boxes(boxes: Sequence[tuple[Bounds, str]]) -> ReadGrid:
    """Cells by their boxes: every different edge is an edge of the grid."""
    xs = _edges([x for box, _ in boxes for x in (box[0], box[2])])
    ys = _edges([y for box, _ in boxes for y in (box[1], box[3])])
    cells = []
    for (x0, top, x1, bottom), text in boxes:
        row, column = _at(ys, top), _at(xs, x0)
        cells.append(
            ReadCell(row, column, _at(ys, bottom) - row, _at(xs, x1) - column, " ".join(text.split()))
        )
    return ReadGrid(len(ys) - 1, len(xs) - 1, tuple(cells))


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
