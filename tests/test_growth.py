"""The time of a check grows with the course: four times the lessons, about four times the time.

What counts is the processor's time for this process, the best of three, so that a busy machine
changes little. With a step that looks at all pages for each page it would be sixteen times.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from bench.courses import project
from course.check import check
from course.lint import lint
from course.load import read_source
from small_course import LANGUAGES, lay_out
from small_site import settings_elsewhere

FEW, MANY = 8, 32
MOST = 2.0
"""How much more than its share the larger course may take."""


def seconds(work: Callable[[], object]) -> float:
    """The processor's time for some work: the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def cost(root: Path, lessons: int) -> tuple[float, float]:
    """The time that reading and checking a course of so many lessons takes, and linting it."""
    lay_out(root, project(lessons, settings_elsewhere()))
    source = read_source(root, LANGUAGES)
    course, problems = check(source)
    assert course, problems
    lint(source, course)  # loads the dictionaries
    checked = seconds(lambda: check(read_source(root, LANGUAGES)))
    return checked, seconds(lambda: lint(source, course))


def test_four_times_the_lessons_take_about_four_times_the_time(tmp_path: Path) -> None:
    few, many = cost(tmp_path / "few", FEW), cost(tmp_path / "many", MANY)
    for less, more in zip(few, many, strict=True):
        assert more < less * MANY / FEW * MOST, (few, many)
