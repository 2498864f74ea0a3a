"""A conversation in one language comes in; what its template prints goes out, without HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .borrowed import borrowed
from .talk import Choice, Ending, Node, Scenario
from .talk_map import Line, Map, Spot, drawn

_WORDS = 5


@dataclass(frozen=True)
class View:
    """A conversation in the order of its map: decisions first, then endings, all numbered."""

    map: Map
    nodes: tuple[Node, ...]
    endings: tuple[Ending, ...]
    titles: dict[str, str]

    def number(self, name: str) -> int:
        """The number of a node or an ending."""
        return self.map.numbers[name]

    def spot(self, name: str) -> Spot:
        """Where a node or an ending stands on the map."""
        return next(spot for spot in self.map.spots if spot.name == name)

    def line(self, node: Node, choice: Choice) -> Line:
        """The line of a choice on the map."""
        return next(
            line
            for line in self.map.lines
            if (line.edge.source, line.edge.name) == (node.id, choice.id)
        )


def seen(scenario: Scenario, language: str, default: str) -> View:
    """A conversation as a page in `language` shows it; what it lacks is borrowed from `default`."""
    drawing = drawn(scenario.graph)
    numbers = drawing.numbers
    nodes = sorted(scenario.nodes, key=lambda node: numbers[node.id])
    endings = sorted(scenario.endings, key=lambda ending: numbers[ending.id])
    titles = {node.id: title(node, language, default) for node in nodes}
    titles |= {ending.id: _own(ending.title, language, default) for ending in endings}
    return View(drawing, tuple(nodes), tuple(endings), titles)


def title(node: Node, language: str, default: str) -> str:
    """What a decision is called: its label, or the first words that the client says."""
    if node.label:
        return _own(node.label, language, default)
    texts = node.says or node.look
    return _own({code: _beginning(text) for code, text in texts.items()}, language, default)


def _own(texts: Mapping[str, str], language: str, default: str) -> str:
    """A text in `language`, or the default language's, marked as borrowed."""
    return texts[language].strip() if language in texts else borrowed(texts[default], default)


def _beginning(said: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`“”„«»\"]", r"\1", said).split()
    start = " ".join(words[:_WORDS]).rstrip(" ,.;:–—…")
    return f"{start} …" if len(words) > _WORDS else start
