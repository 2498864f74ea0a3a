"""What is wrong with practice conversations: references, grades, and the ways through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..base import ID_PATTERN
from ..graph import Edge, Graph, reached, traps, walk
from ..load import Source
from ..problem import Problem, nearest, suggest
from ..shape import shape_problems
from ..talk import Scenario
from ..yaml_reader import UNREADABLE, Document, Where
from .data import address_problems, text_problems
from .markers import unplaced

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""

MOST, FEWEST = 5, 3
"""Decisions on the best path."""


def scenario_problems(name: str, document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong in one practice conversation; `name` is its file's name."""
    yield from document.problems
    if document.data is UNREADABLE:
        return
    yield from shape_problems(document, Scenario)
    if not re.match(ID_PATTERN, name):
        what = f"a conversation cannot have the name “{name}”"
        yield document.problem(
            "file-name", (), what, "name the file in small letters a to z, digits, hyphens"
        )
    yield from unplaced("scenario", name, "conversation", source, document.path)
    yield from text_problems(document, source)
    if isinstance(document.data, Mapping):
        yield from _head_problems(document, document.data, source)
        yield from _repeated_ids(document)
        for where, node in document.items("nodes"):
            yield from _node_problems(document, where, node, source)
        yield from _graph_problems(document, document.data)


def _head_problems(document: Document, data: Raw, source: Source) -> Iterator[Problem]:
    lesson, known = data.get("lesson"), source.lesson_minutes
    if isinstance(lesson, str) and lesson not in known:
        what = f"there is no lesson “{lesson}”"
        yield document.problem("unknown-id", ("lesson",), what, suggest(lesson, known))
    gauges = data.get("gauges")
    if isinstance(gauges, list) and not 2 <= len(gauges) <= 3:
        what = f"the conversation has {_count(len(gauges), 'gauge')}"
        yield document.problem("part-count", ("gauges",), what, "give it two or three")
    start, nodes = data.get("start"), _ids(document, "nodes")
    if isinstance(start, str) and start not in nodes:
        what = f"there is no node “{start}” to start with"
        yield document.problem("unknown-id", ("start",), what, suggest(start, nodes))
    for key, fix in (("nodes", "write the decisions"), ("endings", "write at least one")):
        if data.get(key) == []:
            yield document.problem("empty-field", (key,), f"there are no {key}", fix)


def _ids(document: Document, name: str) -> list[str]:
    return [entry["id"] for _, entry in document.items(name) if isinstance(entry.get("id"), str)]


def _choices(where: Where, node: Raw) -> Iterator[tuple[Where, Raw]]:
    """The choices of a node that can be read, each with its place."""
    choices = node.get("choices")
    for index, choice in enumerate(choices if isinstance(choices, list) else ()):
        if isinstance(choice, Mapping):
            yield (*where, "choices", index), choice


def _repeated_ids(document: Document) -> Iterator[Problem]:
    """Nodes and endings share their names; gauges and the choices of a node have their own."""
    groups = [
        [*document.items("nodes"), *document.items("endings")],
        list(document.items("gauges")),
        *(list(_choices(where, node)) for where, node in document.items("nodes")),
    ]
    for group in groups:
        seen: dict[str, int] = {}
        for where, entry in group:
            name, place = entry.get("id"), (*where, "id")
            line = document.line(place)
            if isinstance(name, str) and seen.setdefault(name, line) != line:
                what = f"the id “{name}” stands here a second time"
                fix = f"choose another (the first is in line {seen[name]})"
                yield document.problem("repeated-id", place, what, fix)


def _node_problems(
    document: Document, where: Where, node: Raw, source: Source
) -> Iterator[Problem]:
    name, choices = node.get("id"), node.get("choices")
    if choices == []:
        what = f"the talk ends at “{name}” without an ending, for there is nothing to choose"
        yield document.problem(
            "dead-end", (*where, "choices"), what, "write choices, or make it an ending"
        )
    elif isinstance(choices, list) and not 2 <= len(choices) <= 4:
        what = f"“{name}” offers {_count(len(choices), 'choice')}"
        yield document.problem("part-count", (*where, "choices"), what, "offer two to four")
    if "says" not in node and name != document.data.get("start"):
        what = f"the client says nothing at “{name}”"
        yield document.key_problem(
            "missing-field", where, what, "add “says:” (only the start may do without)"
        )
    yield from _best_problems(document, where, node)
    for place, choice in _choices(where, node):
        yield from _choice_problems(document, place, choice, source)


def _best_problems(document: Document, where: Where, node: Raw) -> Iterator[Problem]:
    """A decision has one best choice, unless the conversation promises none."""
    found = list(_choices(where, node))
    best = [place for place, choice in found if choice.get("grade") == "best"]
    if not found or document.data.get("promise", "best") != "best":
        return
    if not best:
        fix = "grade one “best”, or write “promise: none” at the top"
        what = f"no choice of “{node.get('id')}” is the best"
        yield document.problem("answer-key", (*where, "choices"), what, fix)
    for place in best[1:]:
        what = f"a second choice of “{node.get('id')}” is the best"
        line = document.line((*best[0], "grade"))
        fix = f"grade it “acceptable”, or the one in line {line}"
        yield document.problem("answer-key", (*place, "grade"), what, fix)


def _choice_problems(
    document: Document, where: Where, choice: Raw, source: Source
) -> Iterator[Problem]:
    following, known = choice.get("next"), [*_ids(document, "nodes"), *_ids(document, "endings")]
    if isinstance(following, str) and following not in known:
        what = f"there is no node and no ending “{following}”"
        yield document.problem("unknown-id", (*where, "next"), what, suggest(following, known))
    effects, gauges = choice.get("effects"), _ids(document, "gauges")
    for name in effects if isinstance(effects, Mapping) else ():
        if name not in gauges:
            what = f"there is no gauge “{name}”"
            yield document.key_problem(
                "unknown-id", (*where, "effects", name), what, suggest(str(name), gauges)
            )
    section, lesson = choice.get("section"), document.data.get("lesson")
    if isinstance(section, str):
        page, _, anchor = section.rpartition("#")
        slug = page or (
            lesson if isinstance(lesson, str) and lesson in source.lesson_minutes else ""
        )
        if isinstance(slug, str) and slug:
            yield from address_problems(document, (*where, "section"), slug, anchor, source)


def _raw_graph(document: Document, data: Raw) -> Graph:
    """The ways through as far as they can be read; a mistyped name leads where it is meant to."""
    nodes, endings = _ids(document, "nodes"), _ids(document, "endings")
    known = {*nodes, *endings}

    def meant(name: Any) -> str:
        name = name if isinstance(name, str) else ""
        return name if name in known else nearest(name, known) or ""

    edges = [
        Edge(str(node.get("id")), str(choice.get("id")), meant(choice.get("next")))
        for where, node in document.items("nodes")
        for _, choice in _choices(where, node)
    ]
    return Graph(meant(data.get("start")), tuple(nodes), tuple(endings), tuple(edges))


def _graph_problems(document: Document, data: Raw) -> Iterator[Problem]:
    graph = _raw_graph(document, data)
    if not graph.start or not graph.endings:
        return
    met = reached(graph, graph.start)
    for kind, name in (("node", "nodes"), ("ending", "endings")):
        for where, entry in document.items(name):
            if isinstance(entry.get("id"), str) and entry["id"] not in met:
                what = f"nothing leads to the {kind} “{entry['id']}”"
                fix = "let a choice lead there (“next:”), or take it out"
                yield document.problem("unreached", (*where, "id"), what, fix)
    lines = {str(node.get("id")): (*where, "id") for where, node in document.items("nodes")}
    for loop in traps(graph):
        what = f"the talk goes round and round ({', '.join(loop)}) and never ends"
        fix = "let a choice lead out of the loop"
        yield document.problem("endless-loop", lines[loop[0]], what, fix)
    yield from _best_path_problems(document, data, graph)


def _best_path_problems(document: Document, data: Raw, graph: Graph) -> Iterator[Problem]:
    """The ideal path goes straight to an ending, in as many decisions as one can keep in mind."""
    best = {
        str(node.get("id")): str(choice.get("id"))
        for where, node in document.items("nodes")
        for _, choice in reversed(list(_choices(where, node)))
        if choice.get("grade") == "best"
    }
    path = walk(graph, best)
    if not path or data.get("promise", "best") != "best":
        return
    last = path[-1].target
    if last in {edge.source for edge in path}:
        what = f"the best choices lead back to “{last}” and to no ending"
        yield document.problem("best-path", ("start",), what, "let one of them lead on")
    elif last in graph.endings and not FEWEST <= len(path) <= MOST:
        long = len(path) > MOST
        what = f"the best path has {_count(len(path), 'decision')}"
        fix = f"make it {MOST} at most" if long else f"make it {FEWEST} at least"
        line = document.line(("start",))
        yield Problem(document.path, line, what, fix, advice=not long, rule="best-path")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
