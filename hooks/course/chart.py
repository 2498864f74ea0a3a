"""A decision chart: what its data means, and in which order and shape it is drawn.

A question has answers, each leads to the next question or to advice. Drawn, a chart is a trunk:
at each question the answer with most behind it goes on down, the others branch off to the side.
What two branches lead to is drawn once; the other one names its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from .base import Id, SectionRef, Strict, Text


class ChartAnswer(Strict):
    """One answer to a question, and where it leads."""

    id: Id = Field(description="Unique within the question.")
    text: Text = Field(description="The answer, in a few words.")
    next: Id = Field(description="The id of the node that it leads to.")


class ChartNode(Strict):
    """A question with answers, or advice, which ends a branch."""

    id: Id = Field(description="Unique in the chart; links end with it.")
    name: Text | None = Field(default=None, description="A name for the node, such as a stage.")
    question: Text | None = Field(default=None, description="What is to be answered.")
    answers: tuple[ChartAnswer, ...] = Field(
        default=(), strict=False, description="Two answers at least."
    )
    advice: Text | None = Field(default=None, description="What to do; the branch ends here.")
    section: SectionRef | None = Field(default=None, description="Where to read: lesson#heading.")
    lesson: Id | None = Field(default=None, description="Where to read: the lesson's file name.")

    @property
    def place(self) -> tuple[str, str]:
        """The page and the heading to read, each "" without one."""
        if self.section:
            page, _, anchor = self.section.rpartition("#")
            return page, anchor
        return self.lesson or "", ""


class Chart(Strict):
    """quizzes/charts/<id>.yml."""

    title: Text = Field(description="What the chart decides.")
    intro: Text = Field(description="One sentence above it.")
    start: Id = Field(description="The id of the first node.")
    nodes: tuple[ChartNode, ...] = Field(strict=False, description="In any order.")


@dataclass(frozen=True)
class Branch:
    """An answer, the number of the node it leads to, and what is drawn behind it.

    `trunk` is empty where the node stands elsewhere; `down` when it is the next one below.
    """

    answer: ChartAnswer
    number: int
    trunk: tuple[Step, ...] = ()
    down: bool = False


@dataclass(frozen=True)
class Step:
    """A node with its number and its answers: those to the side, then the one that goes on."""

    node: ChartNode
    number: int
    branches: tuple[Branch, ...] = ()

    @property
    def forks(self) -> bool:
        """Whether every answer leads straight to advice drawn here."""
        return bool(self.branches) and all(
            len(branch.trunk) == 1 and branch.trunk[0].node.advice for branch in self.branches
        )


@dataclass(frozen=True)
class _Laid:
    """A node laid out, not yet numbered: each answer with the trunk that it leads to."""

    node: ChartNode
    sides: tuple[tuple[ChartAnswer, tuple[_Laid, ...]], ...] = ()
    down: ChartAnswer | None = None


def drawn(chart: Chart) -> tuple[Step, ...]:
    """The trunk of a chart, numbered in the order it is read."""
    nodes = {node.id: node for node in chart.nodes}
    laid = _lay(chart.start, nodes, set())
    numbers = {name: index for index, name in enumerate(_names(laid), 1)}
    return _numbered(laid, numbers)


def _lay(start: str, nodes: Mapping[str, ChartNode], taken: set[str]) -> tuple[_Laid, ...]:
    """The trunk from `start`. It takes its nodes before the sides do, so these point to it."""
    taken.add(start)
    node = nodes[start]
    down = _way_on(node, nodes, taken)
    rest = _lay(down.next, nodes, taken) if down else ()
    sides = []
    for answer in node.answers:
        if answer is not down:
            fresh = answer.next not in taken
            sides.append((answer, _lay(answer.next, nodes, taken) if fresh else ()))
    return (_Laid(node, tuple(sides), down), *rest)


def _way_on(node: ChartNode, nodes: Mapping[str, ChartNode], taken: set[str]) -> ChartAnswer | None:
    """The answer with most undrawn nodes behind it, the last of equals.

    None when each leads straight to advice: then they stand side by side.
    """
    behind = [(len(_reach(answer.next, nodes, taken)), answer) for answer in node.answers]
    most = max((count for count, _ in behind), default=0)
    if most < 2:
        return None
    return next(answer for count, answer in reversed(behind) if count == most)


def _reach(start: str, nodes: Mapping[str, ChartNode], taken: set[str]) -> set[str]:
    """What can be reached from `start` without passing through what is taken."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in taken:
            found.add(name)
            waiting += [answer.next for answer in nodes[name].answers]
    return found


def _names(trunk: tuple[_Laid, ...]) -> Iterator[str]:
    for laid in trunk:
        yield laid.node.id
        for _, branch in laid.sides:
            yield from _names(branch)


def _numbered(trunk: tuple[_Laid, ...], numbers: Mapping[str, int]) -> tuple[Step, ...]:
    return tuple(
        Step(
            laid.node,
            numbers[laid.node.id],
            (
                *(
                    Branch(answer, numbers[answer.next], _numbered(branch, numbers))
                    for answer, branch in laid.sides
                ),
                *([Branch(laid.down, numbers[laid.down.next], down=True)] if laid.down else []),
            ),
        )
        for laid in trunk
    )
