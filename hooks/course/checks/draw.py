"""What is wrong with the rule by which a final self-check draws its questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ..load import Source
from ..problem import Problem, suggest
from ..yaml_reader import Document

UNSCORED = {"rewrite", "reflection"}


def scored_by_objective(source: Source) -> Counter[str]:
    """How many scored questions the whole course has for each objective."""
    return Counter(
        str(question.get("objective"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
        if str(question.get("type")) not in UNSCORED
    )


def _contents(source: Source) -> Iterator[Mapping[str, object]]:
    for document in source.quizzes.values():
        yield document.data if isinstance(document.data, Mapping) else {}


def draw_problems(document: Document, source: Source) -> Iterator[Problem]:
    """Whether the questions that `draw` asks for exist."""
    draw = document.data.get("draw") if isinstance(document.data, Mapping) else None
    if not isinstance(draw, Mapping):
        return
    name = document.path.rpartition("/")[2].partition(".")[0]
    lesson = next((page for page in source.originals if page.slug == name), None)
    if lesson and isinstance(lesson.meta.data, Mapping) and "lesson" in lesson.meta.data:
        what = "the self-check of a lesson draws its questions"
        yield document.key_problem(
            "draw", ("draw",), what, "put the draw on a page that is no lesson"
        )
    there = scored_by_objective(source)
    if any("questions" not in raw and "draw" not in raw for raw in _contents(source)):
        return  # Another file cannot be read; what it holds would be missed here.
    count = draw.get("count")
    if isinstance(count, int) and count > there.total():
        what = f"{count} questions are to be drawn and the course has {there.total()}"
        yield document.problem(
            "draw", ("draw", "count"), what, "lower the count, or write more questions"
        )
    wanted = draw.get("objectives")
    wanted = wanted if isinstance(wanted, Mapping) else {}
    known = source.objectives
    for name, number in wanted.items():
        place = ("draw", "objectives", name)
        if name not in known:
            what = f"no lesson has the objective “{name}”"
            yield document.key_problem("unknown-id", place, what, suggest(name, known))
        elif isinstance(number, int) and number > there[name]:
            what = f"{number} questions are to be drawn for “{name}” and there are {there[name]}"
            yield document.problem("draw", place, what, "lower the number, or write more questions")
    total = sum(number for number in wanted.values() if isinstance(number, int))
    if isinstance(count, int) and total > count:
        what = f"the objectives ask for {total} questions, more than the count of {count}"
        yield document.key_problem(
            "draw", ("draw", "objectives"), what, "raise the count, or lower these"
        )
