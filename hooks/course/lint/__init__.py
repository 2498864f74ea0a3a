"""What makes questions, translations and Romanian texts bad, though a build goes through.

The parts find it, this module only calls them: `questions` inside one question, `bank` over
all of them, `parity` between original and translation, `language` in one language's texts,
`spelling` by a dictionary, `translations` what is stale or not there yet, `unwritten` what is
to be written yet, which the others pass over.
Runs with `course.py check` and in the tests, never in a build.
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
from .unwritten import judged, unwritten_problems


def lint(source: Source, course: Course) -> list[Problem]:
    """Everything that the linter finds in a course without mistakes, by file and line."""
    found = {*_texts(source), *question_problems(source, course), *bank_problems(source, course)}
    return sorted(judged(found, source))


def lint_part(source: Source, course: Course) -> list[Problem]:
    """What it finds in a course with mistakes, of which `course` is the sound part.

    Its texts and its questions one by one; only the whole bank shows the rest.
    """
    return sorted(judged({*_texts(source), *question_problems(source, course)}, source))


def _texts(source: Source) -> Iterator[Problem]:
    yield from parity_problems(source)
    yield from language_problems(source)
    yield from spelling_problems(source)
    yield from translation_problems(source)
    yield from unwritten_problems(source)
