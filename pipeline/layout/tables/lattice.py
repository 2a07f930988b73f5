"""Strokes that meet → edges, walls between positions, and cells with their spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import fmean

from pipeline.geometry import Box
from pipeline.layout.straighten import Spot
from pipeline.layout.tables.strokes import Piece, Stroke, covered, level_at

SAME_EDGE = 0.45
"""Strokes whose levels differ by less than this (in text heights) are one edge of the table."""
COURSE = 0.8
"""Of the longest stroke's length."""
WALL = 0.35
"""So much of a side has to be ruled for two positions to be two cells."""
HINT = 0.2
"""So much is enough where one cell would otherwise not be a rectangle."""
OPEN_END = 0.8
"""A stroke that runs so far (in text heights) past the last edge shows that the table goes on."""


@dataclass(frozen=True)
class Edge:
    """A line of the lattice from end to end; `virtual` where it was not drawn."""

    pieces: tuple[Piece, ...]
    virtual: bool = False

    @cached_property
    def mean(self) -> float:
        return Stroke(self.pieces).mean

    def at(self, along: float) -> float:
        return level_at(self.pieces, along)

    def ruled(self, start: float, end: float) -> float:
        """The part of it that is ruled from `start` to `end`, corners left out of account."""
        if self.virtual:
            return 1.0
        corner = 0.1 * (end - start)
        return covered(self.pieces, start + corner, end - corner)


@dataclass(frozen=True, slots=True)
class Region:
    """A cell: its first row and column, and how many of each it spans."""

    row: int
    column: int
    row_span: int
    column_span: int

    def positions(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.row + self.row_span):
            for column in range(self.column, self.column + self.column_span):
                yield row, column


@dataclass(frozen=True)
class Lattice:
    """Edges from top to bottom and from left to right, and the cells between them."""

    ys: tuple[Edge, ...]
    xs: tuple[Edge, ...]
    regions: tuple[Region, ...]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def closed(self) -> bool:
        """True where lines were drawn on all four sides."""
        return not any(edge.virtual for edge in (self.ys[0], self.ys[-1], self.xs[0], self.xs[-1]))

    @cached_property
    def box(self) -> Box:
        return Box(self.xs[0].mean, self.ys[0].mean, self.xs[-1].mean, self.ys[-1].mean)

    def cell_box(self, region: Region) -> Box:
        return Box(
            self.xs[region.column].mean,
            self.ys[region.row].mean,
            self.xs[region.column + region.column_span].mean,
            self.ys[region.row + region.row_span].mean,
        )

    def holds(self, spot: Spot) -> bool:
        """True where the middle of the word lies inside the table."""
        return self._position(spot.box.centre) is not None

    def around(self, other: Lattice) -> bool:
        """True where `other` lies inside this table (a table within a cell is not taken apart)."""
        return self.box.contains(other.box.centre) and self.box.area > other.box.area

    def region_of(self, point: tuple[float, float]) -> Region | None:
        """The cell at a point, null outside the table."""
        position = self._position(point)
        return None if position is None else self._region_at[position]

    @cached_property
    def _region_at(self) -> dict[tuple[int, int], Region]:
        return {position: region for region in self.regions for position in region.positions()}

    def _position(self, point: tuple[float, float]) -> tuple[int, int] | None:
        # Edges are asked for their level at the point itself, so that bent ones part words rightly.
        x, y = point
        row = sum([edge.at(x) <= y for edge in self.ys]) - 1
        if not 0 <= row < self.rows:
            return None
        column = sum([edge.at(y) <= x for edge in self.xs]) - 1
        return (row, column) if 0 <= column < self.columns else None


def build_lattice(across: Sequence[Stroke], down: Sequence[Stroke], height: float) -> Lattice | None:
    """The lattice that meeting strokes make, null where they enclose nothing."""
    ys = _snap(across, height)
    xs = _snap(down, height)
    ys = _closed_by_ends(ys, down, height)
    xs = _closed_by_ends(xs, across, height)
    if len(ys) < 2 or len(xs) < 2:
        return None
    ys, xs = _without_idle(ys, xs)
    return Lattice(tuple(ys), tuple(xs), tuple(_cells(ys, xs)))


def _snap(strokes: Sequence[Stroke], height: float) -> list[Edge]:
    """Strokes at one level → one edge. The level is taken against the run of the table's long lines."""
    courses = _courses(strokes)
    levels = {id(stroke): _level(stroke, courses) for stroke in strokes}
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: levels[id(s)]):
        level = levels[id(stroke)]
        if groups and level - fmean(levels[id(s)] for s in groups[-1]) <= SAME_EDGE * height:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return [Edge(tuple(sorted(p for stroke in group for p in stroke.pieces))) for group in groups]


def _courses(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The strokes nearly as long as the longest: as they run, the paper runs, bent or in perspective."""
    longest = max((stroke.end - stroke.start for stroke in strokes), default=0.0)
    long = [stroke for stroke in strokes if stroke.end - stroke.start >= COURSE * longest]
    return sorted(long, key=lambda stroke: stroke.mean)


def _level(stroke: Stroke, courses: Sequence[Stroke]) -> float:
    """Where it lies between the long strokes round it, on their mean levels."""
    weights = [max(0.1, piece.end - piece.start) for piece in stroke.pieces]
    levels = [_straight(piece, courses) for piece in stroke.pieces]
    return sum(level * w for level, w in zip(levels, weights, strict=True)) / sum(weights)


def _straight(piece: Piece, courses: Sequence[Stroke]) -> float:
    """The level of a piece, were the long strokes level and parallel."""
    place = (piece.start + piece.end) / 2
    before, after = None, None
    for course in courses:
        if course.between(place) > piece.level:
            after = course
            break
        before = course
    if before is None or after is None:
        one = before or after
        return piece.level if one is None else one.mean + piece.level - one.between(place)
    top, bottom = before.between(place), after.between(place)
    return before.mean + (after.mean - before.mean) * (piece.level - top) / max(0.1, bottom - top)


def _closed_by_ends(edges: list[Edge], crossing: Sequence[Stroke], height: float) -> list[Edge]:
    """Edges, with one added where strokes run on past the outermost (open table, page end)."""
    for side in (-1, 1):
        ends = sorted(
            (side * (stroke.end if side > 0 else stroke.start) for stroke in crossing), reverse=True
        )
        outermost = max((side * edge.mean for edge in edges), default=float("-inf"))
        # Two strokes at least: a single one that is too long was drawn carelessly.
        if len(ends) >= 2 and ends[1] > outermost + OPEN_END * height:
            level = side * ends[1]
            edge = Edge((Piece(float("-1e6"), float("1e6"), level),), virtual=True)
            edges = [*edges, edge] if side > 0 else [edge, *edges]
    return edges


def _without_idle(ys: list[Edge], xs: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Edges that part no two positions (stubs, underlines that touch a side) are left out."""
    ys = [
        edge
        for i, edge in enumerate(ys)
        if i in (0, len(ys) - 1) or any(edge.ruled(a.mean, b.mean) >= WALL for a, b in pairwise(xs))
    ]
    xs = [
        edge
        for i, edge in enumerate(xs)
        if i in (0, len(xs) - 1) or any(edge.ruled(a.mean, b.mean) >= WALL for a, b in pairwise(ys))
    ]
    return ys, xs


def _cells(ys: Sequence[Edge], xs: Sequence[Edge]) -> list[Region]:
    """Positions with no wall between them are one cell; every position is in exactly one."""
    positions = [(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    cells: list[Region] = []
    for group in _rooms(positions, ys, xs, WALL):
        if _rectangle(group):
            cells.append(_around(group))
            continue
        # A piece of wall is missing, or one too many was seen: half-seen walls decide.
        for part in _rooms(group, ys, xs, HINT):
            cells += [_around(part)] if _rectangle(part) else _stripes(part)
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _rooms(
    positions: Sequence[tuple[int, int]], ys: Sequence[Edge], xs: Sequence[Edge], wall: float
) -> list[list[tuple[int, int]]]:
    left = set(positions)
    rooms: list[list[tuple[int, int]]] = []
    for position in positions:
        if position not in left:
            continue
        left.remove(position)
        room, queue = [position], [position]
        while queue:
            here = queue.pop()
            for there in _open_sides(here, ys, xs, wall):
                if there in left:
                    left.remove(there)
                    room.append(there)
                    queue.append(there)
        rooms.append(sorted(room))
    return rooms


def _open_sides(
    here: tuple[int, int], ys: Sequence[Edge], xs: Sequence[Edge], wall: float
) -> Iterator[tuple[int, int]]:
    row, column = here
    top, bottom = ys[row].mean, ys[row + 1].mean
    left, right = xs[column].mean, xs[column + 1].mean
    if xs[column].ruled(top, bottom) < wall:
        yield row, column - 1
    if xs[column + 1].ruled(top, bottom) < wall:
        yield row, column + 1
    if ys[row].ruled(left, right) < wall:
        yield row - 1, column
    if ys[row + 1].ruled(left, right) < wall:
        yield row + 1, column


def _rectangle(group: Sequence[tuple[int, int]]) -> bool:
    cell = _around(group)
    return cell.row_span * cell.column_span == len(group)


def _around(group: Sequence[tuple[int, int]]) -> Region:
    rows, columns = [row for row, _ in group], [column for _, column in group]
    return Region(min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)


def _stripes(group: Sequence[tuple[int, int]]) -> list[Region]:
    """A shape that is no rectangle, cut into runs along its rows."""
    cells: list[Region] = []
    for row, column in sorted(group):
        last = cells[-1] if cells else None
        if last is not None and last.row == row and last.column + last.column_span == column:
            cells[-1] = Region(row, last.column, 1, last.column_span + 1)
        else:
            cells.append(Region(row, column, 1, 1))
    return cells
