"""What makes questions, translations and Romanian texts bad, though a build goes through.

The parts find it, this module only calls them: `questions` inside one question, `bank` over
all of them, `parity` between original and translation, `language` in one language's texts,
`spelling` by a dictionary, `translations` what is stale or not there yet. Runs with
`course.py check` and in the tests, never in a build.
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
from .translations import translation_problems

PARTS = (
    question_problems,
    bank_problems,
    parity_problems,
    language_problems,
    spelling_problems,
    translation_problems,
)


def lint(source: Source, course: Course) -> list[Problem]:
    """Everything that the linter finds in a course without mistakes, by file and line."""
    return sorted(set(_problems(source, course)))


def _problems(source: Source, course: Course) -> Iterator[Problem]:
    for part in PARTS:
        yield from part(source, course)
