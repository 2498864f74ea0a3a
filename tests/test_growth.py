"""The time of a check grows with the course: four times as much, about four times the time.

With a step that looks at all pages for each page it would be sixteen times.
"""

from __future__ import annotations

from pathlib import Path

from bench.courses import project
from course.check import check
from course.lint.bank import bank_problems
from course.load import read_source
from course.look import look_over
from lint_cases import bank, loaded
from pace import Work, growth
from small_course import LANGUAGES, lay_out
from small_site import settings_elsewhere

FEW, MANY = 8, 32
MOST = 4 * 1.8


def a_course(folder: Path, lessons: int) -> Path:
    root = folder / str(lessons)
    lay_out(root, project(lessons, settings_elsewhere()))
    course, problems = check(read_source(root, LANGUAGES))
    assert course, problems
    return root


def test_reading_and_checking(tmp_path: Path) -> None:
    def reading(lessons: int) -> Work:
        root = a_course(tmp_path, lessons)
        return lambda: check(read_source(root, LANGUAGES))

    assert growth(reading(FEW), reading(MANY), MOST) < MOST


def test_looking_over_all_texts(tmp_path: Path) -> None:
    def looking(lessons: int) -> Work:
        source = read_source(a_course(tmp_path, lessons), LANGUAGES)
        look_over(source)  # loads the dictionaries
        return lambda: look_over(source)

    assert growth(looking(FEW), looking(MANY), MOST) < MOST


def test_looking_over_the_bank_of_questions() -> None:
    def asked(count: int) -> Work:
        source, course = loaded(bank({"count": count}))
        return lambda: list(bank_problems(source, course))

    assert growth(asked(80), asked(320), MOST) < MOST
