"""What a practice conversation means (quizzes/scenarios/<id>.yml): typed and frozen.

`checks/scenarios.py` holds the rules that a type cannot say; `graph.py` knows the ways through.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from pydantic import Field

from .base import Grade, Id, SectionRef, Strict, Text
from .graph import Edge, Graph

Mood = Literal["calm", "wary", "worried", "hurt", "angry", "relieved", "warm"]
MOODS: tuple[Mood, ...] = get_args(Mood)
GAUGE_TOP = 6


class Person(Strict):
    """Somebody in the conversation."""

    name: str = Field(description="The same in all languages.")
    role: Text = Field(description="Who that is, in a few words.")


class Gauge(Strict):
    """Something that the learner's words raise or lower: trust, clarity, progress."""

    id: Id = Field(description="Unique in the conversation.")
    name: Text = Field(description="One word or two.")
    start: Annotated[int, Field(ge=0, le=GAUGE_TOP)] = Field(description="Where it begins, 0 to 6.")


class Choice(Strict):
    """Something to say or do, the client's reaction, and what follows."""

    id: Id = Field(description="Unique in the node; never changed once published.")
    grade: Grade = Field(description="How well it serves the conversation.")
    text: Text = Field(description="What the learner says or does.")
    mood: Mood = Field(description="The client's mood in the reaction.")
    reaction: Text = Field(description="What the client says or does then, unexplained.")
    why: Text = Field(description="Why, in 15 to 60 words.")
    section: SectionRef = Field(
        description="The heading id to read again: of the conversation's lesson, or lesson#id."
    )
    effects: dict[Id, Annotated[int, Field(ge=-2, le=2)]] = Field(
        default_factory=dict, description="By how much each gauge moves, -2 to 2."
    )
    next: Id = Field(description="The node or the ending that it leads to.")


class Node(Strict):
    """A decision: the client has said something, and it is the learner's turn."""

    id: Id = Field(description="Unique among nodes and endings; never changed once published.")
    label: Text | None = Field(
        default=None, description="Two to five words for the map; else the first ones of “says”."
    )
    mood: Mood = Field(description="The client's mood.")
    look: Text = Field(description="How the client looks or sounds: a clause.")
    says: Text | None = Field(
        default=None, description="What the client says; only the start may do without."
    )
    choices: tuple[Choice, ...] = Field(strict=False, description="Two to four.")


class Ending(Strict):
    """How the conversation may end."""

    id: Id = Field(description="Unique among nodes and endings.")
    grade: Literal["good", "mixed", "poor"] = Field(description="How good an ending it is.")
    title: Text = Field(description="A few words; the map's list shows them.")
    text: Text = Field(description="What comes of it.")
    debrief: Text = Field(description="What turned the talk, what to try next; 30 to 80 words.")


class Scenario(Strict):
    """A practice conversation: quizzes/scenarios/<id>.yml."""

    lesson: Id = Field(description="The lesson it belongs to: its file's name.")
    promise: Literal["best", "none"] = Field(
        default="best", description="best: each decision has exactly one best choice."
    )
    title: Text = Field(description="What it is about.")
    setting: Text = Field(description="Who, what happened, what you know, what you want.")
    you: Person = Field(description="Whom the learner plays.")
    client: Person = Field(description="Whom the page plays.")
    gauges: tuple[Gauge, ...] = Field(strict=False, description="Two or three.")
    start: Id = Field(description="The node it starts with.")
    nodes: tuple[Node, ...] = Field(strict=False, description="The decisions.")
    endings: tuple[Ending, ...] = Field(strict=False, description="The endings.")

    @property
    def graph(self) -> Graph:
        """The ways through it."""
        edges = (
            Edge(node.id, choice.id, choice.next) for node in self.nodes for choice in node.choices
        )
        return Graph(self.start, _ids(self.nodes), _ids(self.endings), tuple(edges))

    @property
    def best(self) -> dict[str, str]:
        """The best choice of each node that has one."""
        return {
            node.id: choice.id
            for node in self.nodes
            for choice in reversed(node.choices)
            if choice.grade == "best"
        }

    @property
    def stamp(self) -> str:
        """A short fingerprint of the ways through, by which a stored path knows its talk."""
        told = json.dumps([(e.source, e.name, e.target) for e in self.graph.edges])
        return hashlib.sha256(told.encode()).hexdigest()[:8]


def _ids(entries: Iterable[Node | Ending]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries)
