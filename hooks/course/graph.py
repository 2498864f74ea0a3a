"""A conversation as nodes and edges comes in; paths, lengths and layers go out. Pure functions.

A step is a choice: it leads from a node to another or to an ending. What a choice says, and how
good it is, nobody here knows, so a decision chart is such a graph, too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

MOST_PATHS = 10_000
"""Nobody reads more paths than these; where loops cross, there may be millions."""


@dataclass(frozen=True)
class Edge:
    """A step from the node `source` to the node or ending `target`; `name` is its choice."""

    source: str
    name: str
    target: str


@dataclass(frozen=True)
class Graph:
    """Where it starts, its nodes and endings in the order of the file, its steps."""

    start: str
    nodes: tuple[str, ...]
    endings: tuple[str, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def out(self) -> Mapping[str, tuple[Edge, ...]]:
        """The steps that leave each node."""
        return {
            name: tuple(edge for edge in self.edges if edge.source == name) for name in self.names
        }

    @property
    def names(self) -> tuple[str, ...]:
        """All nodes, then all endings."""
        return (*self.nodes, *self.endings)


@dataclass(frozen=True)
class Numbers:
    """What there is to know of a graph at a glance; `more` when there are paths beyond."""

    paths: int
    endings: int
    shortest: int
    longest: int
    more: bool = False


def reached(graph: Graph, start: str) -> set[str]:
    """What can be reached from `start`, itself included."""
    found, waiting = {start}, deque([start])
    while waiting:
        for edge in graph.out.get(waiting.popleft(), ()):
            if edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return found


def traps(graph: Graph) -> list[tuple[str, ...]]:
    """The loops without an exit: nodes from which one gets to each other and nowhere else."""
    found: dict[frozenset[str], None] = {}
    for name in graph.nodes:
        around = reached(graph, name)
        closed = all(graph.out.get(other) for other in around)
        if closed and all(name in reached(graph, other) for other in around):
            found[frozenset(around)] = None
    return [tuple(name for name in graph.nodes if name in loop) for loop in found]


def paths(graph: Graph) -> Iterator[tuple[Edge, ...]]:
    """The ways from the start to an ending that meet no node twice; of these there may be many."""
    way: list[Edge] = []
    branches = [iter(graph.out.get(graph.start, ()))]
    met = {graph.start}
    while branches:
        edge = next(branches[-1], None)
        if edge is None:
            branches.pop()
            if way:
                met.discard(way.pop().target)
        elif edge.target in graph.endings:
            yield (*way, edge)
        elif edge.target not in met:
            way.append(edge)
            met.add(edge.target)
            branches.append(iter(graph.out.get(edge.target, ())))


def numbers(graph: Graph) -> Numbers:
    """How many paths and endings there are, and how many decisions a path has."""
    found = [len(path) for path in islice(paths(graph), MOST_PATHS + 1)]
    lengths = found[:MOST_PATHS] or [0]
    return Numbers(
        len(found[:MOST_PATHS]),
        len(reached(graph, graph.start) & set(graph.endings)),
        min(lengths),
        max(lengths),
        len(found) > MOST_PATHS,
    )


def walk(graph: Graph, chosen: Mapping[str, str]) -> list[Edge]:
    """The path when each node's choice is the one in `chosen`; it stops before a node met."""
    path: list[Edge] = []
    name, met = graph.start, {graph.start}
    while True:
        edge = next((e for e in graph.out.get(name, ()) if e.name == chosen.get(name)), None)
        if edge is None:
            return path
        path.append(edge)
        name = edge.target
        if name in met:
            return path
        met.add(name)


def returns(graph: Graph) -> set[Edge]:
    """The steps of loops that lead up the file again: without them there is no loop."""
    place = {name: index for index, name in enumerate(graph.names)}
    upward = [edge for edge in graph.edges if place[edge.target] <= place[edge.source]]
    return {edge for edge in upward if edge.source in reached(graph, edge.target)}


def levels(graph: Graph) -> dict[str, int]:
    """The layer of each node for drawing: below all that leads to it, the start at 0."""
    back = returns(graph)
    ahead = [edge for edge in graph.edges if edge not in back]
    inward = {name: sum(edge.target == name for edge in ahead) for name in graph.names}
    level = dict.fromkeys(graph.names, 0)
    waiting = deque(name for name in graph.names if not inward[name])
    while waiting:
        name = waiting.popleft()
        for edge in ahead:
            if edge.source == name:
                level[edge.target] = max(level[edge.target], level[name] + 1)
                inward[edge.target] -= 1
                if not inward[edge.target]:
                    waiting.append(edge.target)
    return level
