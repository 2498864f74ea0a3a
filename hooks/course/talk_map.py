"""A graph comes in, the places of its drawing go out: circles, squares and curves, top to bottom.

Layered after Sugiyama: each name lies below all that leads to it; a long line keeps a lane in
the layers it passes; within a layer the order with the fewest crossings found wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from .graph import Edge, Graph, levels, returns

WIDTH = 320
ROW = 92
RADIUS = 18
TOP = 42
"""Room above the first row, for lines that lead back to it."""

TIP = 7
_NODE, _LANE = 60, 26
_SWEEPS = 8

_Lane = tuple[Edge, int]
"""Where a long line passes a layer."""
_Item = str | _Lane
Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A node or an ending on the map; numbers go from left to right, row by row."""

    name: str
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A choice on the map: its curve, where its letter stands, and the tip of its arrow."""

    edge: Edge
    path: str
    letter: Point
    tip: Point


@dataclass(frozen=True)
class Map:
    """The drawing of a graph, `WIDTH` units wide."""

    height: int
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each node and ending."""
        return {spot.name: spot.number for spot in self.spots}


def drawn(graph: Graph) -> Map:
    """The map of a graph."""
    level = levels(graph)
    back = returns(graph)
    ahead = [edge for edge in graph.edges if edge not in back]
    rows = _ordered(graph, level, ahead)
    places = {
        item: point for number, row in enumerate(rows) for item, point in _spread(row, number)
    }
    inner = [name for row in rows for name in row if name in graph.nodes]
    last = [name for row in rows for name in row if name in graph.endings]
    spots = tuple(
        Spot(str(name), number, *places[name]) for number, name in enumerate([*inner, *last], 1)
    )
    lines = _lines(ahead, places) + _back_lines([e for e in graph.edges if e in back], places)
    return Map(TOP + ROW * (len(rows) - 1) + TOP, spots, tuple(lines))


def _way(edge: Edge, level: Mapping[str, int]) -> list[_Item]:
    """What a line passes: its ends, and a lane in each layer between."""
    between = range(level[edge.source] + 1, level[edge.target])
    return [edge.source, *((edge, number) for number in between), edge.target]


def _ordered(graph: Graph, level: Mapping[str, int], ahead: Sequence[Edge]) -> list[list[_Item]]:
    """The rows from top to bottom, each from left to right."""
    rows: list[list[_Item]] = [[] for _ in range(max(level.values(), default=0) + 1)]
    for name in graph.names:
        rows[level[name]].append(name)
    links: list[tuple[_Item, _Item]] = []
    for edge in ahead:
        way = _way(edge, level)
        links += pairwise(way)
        for item in way[1:-1]:
            rows[item[1]].append(item)  # type: ignore[index]
    best = rows
    for sweep in range(_SWEEPS):
        rows = _swept(rows, links, down=sweep % 2 == 0)
        if _crossings(rows, links) < _crossings(best, links):
            best = rows
    return best


def _swept(
    rows: list[list[_Item]], links: Sequence[tuple[_Item, _Item]], *, down: bool
) -> list[list[_Item]]:
    """The rows, each item below (or above) the middle of what it is linked to."""
    rows = [list(row) for row in rows]
    order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
    for number in order:
        near = rows[number - 1 if down else number + 1]
        seat = {item: (index + 0.5) / len(near) for index, item in enumerate(near)}
        own = {item: (index + 0.5) / len(rows[number]) for index, item in enumerate(rows[number])}

        def middle(
            item: _Item, seat: dict[_Item, float] = seat, own: dict[_Item, float] = own
        ) -> float:
            ends = [(one, other) if down else (other, one) for one, other in links]
            found = [seat[there] for there, here in ends if here == item and there in seat]
            return sum(found) / len(found) if found else own[item]

        rows[number].sort(key=middle)
    return rows


def _crossings(rows: Sequence[Sequence[_Item]], links: Sequence[tuple[_Item, _Item]]) -> int:
    seat = {item: index for row in rows for index, item in enumerate(row)}
    layer = {item: number for number, row in enumerate(rows) for item in row}
    return sum(
        layer[a] == layer[c] and (seat[a] - seat[c]) * (seat[b] - seat[d]) < 0
        for (a, b), (c, d) in combinations(links, 2)
    )


def _spread(row: Sequence[_Item], number: int) -> list[tuple[_Item, Point]]:
    """The items of a row with their places, spread over the width."""
    widths = [_NODE if isinstance(item, str) else _LANE for item in row]
    # Where there are too many they move closer.
    scale = min(1.0, WIDTH / max(sum(widths), 1))
    gap = (WIDTH - sum(widths) * scale) / max(len(row), 1)
    found, x = [], 0.0
    for item, width in zip(row, widths, strict=True):
        step = width * scale + gap
        found.append((item, (round(x + step / 2, 1), float(TOP + number * ROW))))
        x += step
    return found


def _ports(ends: Mapping[Edge, tuple[str, float]]) -> dict[Edge, float]:
    """How far from the middle of its node each line begins or ends, in the order of `x`."""
    found = {}
    for name in {name for name, _ in ends.values()}:
        own = sorted((x, i, edge) for i, (edge, (at, x)) in enumerate(ends.items()) if at == name)
        step = min(10.0, 24 / max(len(own), 1))
        for index, (_, _, edge) in enumerate(own):
            found[edge] = (index - (len(own) - 1) / 2) * step
    return found


def _lines(ahead: Sequence[Edge], places: Mapping[_Item, Point]) -> list[Line]:
    ways: dict[Edge, list[Point]] = {}
    for edge in ahead:
        lanes = [places[item] for item in places if not isinstance(item, str) and item[0] == edge]
        lanes.sort(key=lambda point: point[1])
        ways[edge] = [places[edge.source], *lanes, places[edge.target]]
    begin = _ports({edge: (edge.source, way[1][0]) for edge, way in ways.items()})
    end = _ports({edge: (edge.target, way[-2][0]) for edge, way in ways.items()})
    return [
        _line(edge, way, begin[edge], end[edge], _bow(edge, ahead)) for edge, way in ways.items()
    ]


def _bow(edge: Edge, ahead: Sequence[Edge]) -> float:
    """How far a line bends aside, where several lead from one node to the same next one."""
    alike = [e for e in ahead if (e.source, e.target) == (edge.source, edge.target)]
    return (alike.index(edge) - (len(alike) - 1) / 2) * 40


def _line(edge: Edge, way: Sequence[Point], begin: float, end: float, bow: float) -> Line:
    first = (way[0][0] + begin, way[0][1] + (RADIUS**2 - begin**2) ** 0.5)
    tip = (way[-1][0] + end, way[-1][1] - (RADIUS**2 - end**2) ** 0.5)
    points = [first, *way[1:-1], (tip[0], tip[1] - TIP)]
    bow = bow if len(way) == 2 else 0
    curves = [_curve(one, other, bow) for one, other in pairwise(points)]
    path = f"M{_at(first)}" + "".join(f"C{_at(a)} {_at(b)} {_at(c)}" for _, a, b, c in curves)
    return Line(edge, path, _on(curves[0], 0.45), _rounded(tip))


_Curve = tuple[Point, Point, Point, Point]


def _curve(one: Point, other: Point, bow: float) -> _Curve:
    half = (other[1] - one[1]) / 2
    return one, (one[0] + bow, one[1] + half), (other[0] + bow, other[1] - half), other


def _on(curve: _Curve, t: float) -> Point:
    """The point of a cubic curve at `t`."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(w * p[i] for w, p in zip(weights, curve, strict=True)) for i in (0, 1))
    return _rounded((x, y))


def _back_lines(back: Sequence[Edge], places: Mapping[_Item, Point]) -> list[Line]:
    """Lines that lead up again run along the nearer side, each in a lane of its own."""
    lines = []
    for index, edge in enumerate(back):
        (x, y), (to_x, to_y) = places[edge.source], places[edge.target]
        side = 5 + 6 * index
        lane = WIDTH - side if x + to_x >= WIDTH else side
        low, high = y + ROW / 2, to_y - TOP
        shift = 6.0 if lane > x else -6.0
        start = (x + shift, y + (RADIUS**2 - 36) ** 0.5)
        tip = (to_x + shift, to_y - (RADIUS**2 - 36) ** 0.5)
        path = (
            f"M{_at(start)}C{_at((start[0], low))} {_at((lane, low))} {_at((lane, y))}"
            f"L{_at((lane, to_y))}C{_at((lane, high))} {_at((tip[0], high))} "
            f"{_at((tip[0], tip[1] - TIP))}"
        )
        curve = (start, (start[0], low), (lane, low), (lane, y))
        lines.append(Line(edge, path, _on(curve, 0.5), _rounded(tip)))
    return lines


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
