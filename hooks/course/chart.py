"""A decision chart: what its data means, and in which order and shape it is drawn.

A question has answers, each leads to the next question or to advice. Drawn, a chart is a trunk:
at each question the answer with most behind it goes on down, the others branch off to the side.
What two branches lead to is drawn once; the other one names its mark. Questions are marked 1, 2,
3 and advice A, B, C, so that the stages of a conversation keep their numbers.
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
    """A decision chart: quizzes/charts/<id>.yml."""

    title: Text = Field(description="What the chart decides.")
    intro: Text = Field(description="One sentence above it.")
    start: Id = Field(description="The id of the first node.")
    nodes: tuple[ChartNode, ...] = Field(strict=False, description="In any order.")


@dataclass(frozen=True)
class Branch:
    """An answer, the mark of the node it leads to, and what is drawn behind it.

    `trunk` is empty where the node stands elsewhere; `down` when it is the next one below.
    """

    answer: ChartAnswer
    mark: str
    trunk: tuple[Step, ...] = ()
    down: bool = False


@dataclass(frozen=True)
class Step:
    """A node with its mark and its answers: those to the side, then the one that goes on."""

    node: ChartNode
    mark: str
    branches: tuple[Branch, ...] = ()

    @property
    def forks(self) -> bool:
        """Whether what every answer leads to is drawn here, side by side where there is room."""
        return bool(self.branches) and all(branch.trunk for branch in self.branches)

    @property
    def deep(self) -> bool:
        """Whether further questions branch off, which take more room than advice."""
        return any(step.branches for branch in self.branches for step in branch.trunk)


@dataclass(frozen=True)
class _Laid:
    """A node laid out, not yet numbered: each answer with the trunk that it leads to."""

    node: ChartNode
    sides: tuple[tuple[ChartAnswer, tuple[_Laid, ...]], ...] = ()
    down: ChartAnswer | None = None


def drawn(chart: Chart) -> tuple[Step, ...]:
    """The trunk of a chart, marked in the order it is read."""
    nodes = {node.id: node for node in chart.nodes}
    laid = _lay(chart.start, nodes, set())
    read = [laid.node for laid in _in_order(laid)]
    questions = (node.id for node in read if not node.advice)
    advice = (node.id for node in read if node.advice)
    marks = {name: str(index) for index, name in enumerate(questions, 1)}
    marks |= {name: _letters(index) for index, name in enumerate(advice)}
    return _marked(laid, marks)


def _lay(start: str, nodes: Mapping[str, ChartNode], taken: set[str]) -> tuple[_Laid, ...]:
    """The trunk from `start`.

    Advice stands where it is first given. Questions the trunk takes before the sides do, so that
    these point to it.
    """
    taken.add(start)
    node = nodes[start]
    down = _way_on(node, nodes, taken)
    sides = [answer for answer in node.answers if answer is not down]
    branches: dict[str, tuple[_Laid, ...]] = {}
    for answer in sides:
        if answer.next not in taken and nodes[answer.next].advice:
            branches[answer.id] = _lay(answer.next, nodes, taken)
    rest = _lay(down.next, nodes, taken) if down else ()
    for answer in sides:
        if answer.next not in taken:
            branches[answer.id] = _lay(answer.next, nodes, taken)
    drawn_sides = tuple((answer, branches.get(answer.id, ())) for answer in sides)
    return (_Laid(node, drawn_sides, down), *rest)


def _way_on(node: ChartNode, nodes: Mapping[str, ChartNode], taken: set[str]) -> ChartAnswer | None:
    """The answer with most undrawn nodes behind it, the last of equals.

    None when each has as much behind it, and nothing in common: they stand side by side.
    """
    behind = [_reach(answer.next, nodes, taken) for answer in node.answers]
    sizes = [len(found) for found in behind]
    alike = len(set(sizes)) < 2 and len(set().union(*behind)) == sum(sizes)
    if alike or max(sizes) < 2:
        return None
    last = max(index for index, size in enumerate(sizes) if size == max(sizes))
    return node.answers[last]


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


def _in_order(trunk: tuple[_Laid, ...]) -> Iterator[_Laid]:
    for laid in trunk:
        yield laid
        for _, branch in laid.sides:
            yield from _in_order(branch)


def _letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    before, last = divmod(index, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _marked(trunk: tuple[_Laid, ...], marks: Mapping[str, str]) -> tuple[Step, ...]:
    return tuple(
        Step(laid.node, marks[laid.node.id], tuple(_branches(laid, marks))) for laid in trunk
    )


def _branches(laid: _Laid, marks: Mapping[str, str]) -> Iterator[Branch]:
    for answer, branch in laid.sides:
        yield Branch(answer, marks[answer.next], _marked(branch, marks))
    if laid.down:
        yield Branch(laid.down, marks[laid.down.next], down=True)
