"""What is wrong with decision charts: ids, references, and ways that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..base import ID_PATTERN
from ..chart import Chart
from ..graph import Edge, Graph, reached, traps
from ..load import Source
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..yaml_reader import UNREADABLE, Document, Where
from .data import address_problems, text_problems
from .markers import unplaced

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""


def chart_problems(name: str, document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong in one chart; `name` is its file's name without extension."""
    yield from document.problems
    if document.data is UNREADABLE:
        return
    yield from shape_problems(document, Chart)
    if not re.match(ID_PATTERN, name):
        what = f"a chart cannot have the name “{name}”"
        yield document.problem(
            "file-name", (), what, "use lower-case letters a to z, digits, single hyphens"
        )
    known = {node["id"] for _, node in document.items("nodes") if isinstance(node.get("id"), str)}
    seen: dict[str, int] = {}
    for where, node in document.items("nodes"):
        yield from _repeated(document, (*where, "id"), node.get("id"), seen)
        yield from _node_problems(document, where, node)
        yield from _place_problems(document, where, node, source)
        yield from _answer_problems(document, where, node, known)
    yield from _start_problems(document, known)
    yield from _way_problems(document, known)
    yield from text_problems(document, source)
    yield from unplaced("chart", name, "chart", source, document.path)


def _repeated(
    document: Document, where: Where, name: object, seen: dict[str, int]
) -> Iterator[Problem]:
    line = document.line(where)
    if isinstance(name, str) and seen.setdefault(name, line) != line:
        what = f"the id “{name}” stands here a second time"
        yield document.problem(
            "repeated-id", where, what, f"choose another (the first is in line {seen[name]})"
        )


def _node_problems(document: Document, where: Where, node: Raw) -> Iterator[Problem]:
    """A node is a question with two answers at least, or advice; one of them."""
    for key in ("question", "advice"):
        if key in node and node[key] is None:
            fix = "write its content after the colon, or take it out"
            yield document.key_problem("empty-field", (*where, key), f"“{key}” is empty", fix)
    answers = node.get("answers", [])
    count = len(answers) if isinstance(answers, list) else 2
    if "question" in node and "advice" in node:
        what = "this node has a question and advice"
        yield document.key_problem(
            "node-form", (*where, "advice"), what, "keep one, or make two nodes of it"
        )
    elif "advice" in node and count:
        fix = "write “question:” instead, or take the answers out"
        yield document.key_problem("node-form", (*where, "answers"), "advice ends a branch", fix)
    elif "advice" not in node and "question" not in node:
        what = "this node is a dead end: it asks nothing and advises nothing"
        yield document.problem(
            "dead-end", (*where, "id"), what, "add “advice:”, or “question:” with “answers:”"
        )
    elif "question" in node and count < 2:
        what = f"this question has {('no answer', 'one answer only')[count]}"
        yield document.problem(
            "part-count", (*where, "id"), what, "write two at least, or make it “advice:”"
        )


def _place_problems(
    document: Document, where: Where, node: Raw, source: Source
) -> Iterator[Problem]:
    section, lesson = node.get("section"), node.get("lesson")
    if section is not None and lesson is not None:
        what = "this node has a section and a lesson"
        yield document.key_problem("node-form", (*where, "lesson"), what, "keep one of them")
    if isinstance(section, str):
        page, _, anchor = section.rpartition("#")
        if page:
            yield from address_problems(document, (*where, "section"), page, anchor, source)
        else:
            what = f"the section “{section}” does not say in which lesson it stands"
            yield document.problem(
                "broken-link", (*where, "section"), what, f"write lesson#{anchor}"
            )
    lessons = source.lesson_minutes
    if isinstance(lesson, str) and lesson not in lessons:
        what = f"there is no lesson “{lesson}”"
        yield document.problem("unknown-id", (*where, "lesson"), what, suggest(lesson, lessons))


def _answer_problems(
    document: Document, where: Where, node: Raw, known: set[str]
) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, answer in _answers(where, node):
        yield from _repeated(document, (*place, "id"), answer.get("id"), seen)
        target = answer.get("next")
        if isinstance(target, str) and target not in known:
            what = f"the chart has no node “{target}”"
            yield document.problem("unknown-id", (*place, "next"), what, suggest(target, known))


def _answers(where: Where, node: Raw) -> Iterator[tuple[Where, Raw]]:
    answers = node.get("answers")
    for index, answer in enumerate(answers if isinstance(answers, list) else ()):
        if isinstance(answer, Mapping):
            yield (*where, "answers", index), answer


def _start_problems(document: Document, known: set[str]) -> Iterator[Problem]:
    start = document.data.get("start") if isinstance(document.data, Mapping) else None
    if isinstance(start, str) and start not in known:
        what = f"the chart has no node “{start}” to start from"
        yield document.problem("unknown-id", ("start",), what, suggest(start, known))


def _way_problems(document: Document, known: set[str]) -> Iterator[Problem]:
    """Nodes that no answer leads to, and circles that lead to no advice."""
    start = document.data.get("start") if isinstance(document.data, Mapping) else None
    if not isinstance(start, str) or start not in known:
        return
    targets = {
        str(answer.get("next"))
        for where, node in document.items("nodes")
        for _, answer in _answers(where, node)
    }
    broken = not targets <= known  # what should lead to a node may be what is misspelt
    graph = _graph(document, start, known)
    lines = {
        str(node.get("id")): (*where, "id")
        for where, node in reversed(list(document.items("nodes")))
    }
    found = reached(graph, start)
    for name in graph.nodes:
        if name not in found and not broken:
            what = f"no answer leads to “{name}”"
            yield document.problem(
                "unreached", lines[name], what, "name it in a “next:”, or take it out"
            )
    for loop in traps(graph):
        if found.issuperset(loop):
            what = f"from here the answers lead round in a circle ({', '.join(loop)})"
            yield document.problem(
                "endless-loop", lines[loop[0]], what, "let one of them lead to advice"
            )


def _graph(document: Document, start: str, known: set[str]) -> Graph:
    nodes: dict[str, None] = {}
    edges = []
    for where, node in document.items("nodes"):
        name = str(node.get("id"))
        if name in known:
            nodes[name] = None
            edges += [
                Edge(name, str(answer.get("id")), str(answer.get("next")))
                for _, answer in _answers(where, node)
                if str(answer.get("next")) in known
            ]
    return Graph(start, tuple(nodes), (), tuple(edges))
