"""A source comes in; everything that is wrong or could be better goes out, as `check` tells it.

A course with mistakes is linted as far as it goes: its texts always, its questions where their
file makes sense. So one run tells of everything but what only the whole bank shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .check import build_course, check
from .lint import lint, lint_part
from .load import Source
from .model import Course
from .problem import Problem
from .rules import QUESTIONS, RULES
from .silence import Silenced, silence
from .yaml_reader import Document


@dataclass(frozen=True)
class Findings:
    """What a run of the check found: what is to be told, and what a comment silences."""

    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...] = ()

    @property
    def errors(self) -> int:
        """How many of the problems are more than advice."""
        return sum(not problem.advice for problem in self.problems)

    @property
    def advice(self) -> int:
        """How much of it is advice."""
        return len(self.problems) - self.errors

    @property
    def ordered(self) -> list[Problem]:
        """File by file, errors before advice."""
        return sorted(self.problems, key=lambda problem: (problem.path, problem.advice, problem))


def look_over(
    source: Source,
    tell: Callable[[str], None] = lambda _: None,
    tell_mistakes: Callable[[list[Problem]], None] = lambda _: None,
) -> tuple[Course | None, Findings]:
    """The course if it is sound, and all findings about it.

    `tell` hears how far it has come, `tell_mistakes` early what keeps the course from being built.
    """
    course, mistakes = check(source)
    tell_mistakes([] if course else mistakes)
    tell("questions, translations, spelling")
    found = lint(source, course) if course else lint_part(source, _sound_part(source, mistakes))
    judged = RULES if course else RULES - QUESTIONS
    left, silenced = silence({*mistakes, *found}, source, judged)
    return course, Findings(tuple(left), tuple(silenced))


def _sound_part(source: Source, mistakes: Iterable[Problem]) -> Course:
    """A course of those self-checks in whose files nothing is wrong, and of nothing else."""
    wrong = {problem.path for problem in mistakes if not problem.advice}
    part = replace(
        source,
        pages=(),
        quizzes={name: doc for name, doc in source.quizzes.items() if doc.path not in wrong},
        tables={},
        strings={language: Document("", {}) for language in source.languages},
        scenarios={},
        charts={},
    )
    return build_course(part)
