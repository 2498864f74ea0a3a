"""What makes questions, translations and Romanian texts bad, though a build goes through.

The parts find it, this module only calls them: `questions` inside one question, `bank` over
all of them, `parity` between original and translation, `language` in one language's texts,
`spelling` by a dictionary. Runs with `course.py check` and in the tests, never in a build.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..load import Source
from ..model import Course
from ..problem import Problem
from .bank import bank_problems
from .language import language_problems
from .parity import parity_problems
from .questions import question_problems
from .spelling import spelling_problems


def lint(source: Source, course: Course) -> list[Problem]:
    """Everything that the linter finds in a course without mistakes, by file and line."""
    found = {*lint_texts(source), *lint_questions(source, course), *bank_problems(source, course)}
    return sorted(found)


def lint_texts(source: Source) -> Iterator[Problem]:
    """What it finds in the texts of any course, whatever else is wrong with it."""
    yield from parity_problems(source)
    yield from language_problems(source)
    yield from spelling_problems(source)


def lint_questions(source: Source, course: Course) -> Iterator[Problem]:
    """What it finds in the questions of `course`, one by one."""
    yield from question_problems(source, course)
