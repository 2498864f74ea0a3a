"""The whole check: everything in one run, in a time that grows with the course."""

from __future__ import annotations

import time
from pathlib import Path

import yaml
from course.lint.bank import bank_problems
from course.load import read_source
from course.look import look_over
from lint_cases import bank, lint_course, loaded
from small_course import LANGUAGES, lay_out


def many(lessons: int) -> dict[str, str]:
    """The small course with many more lessons, each with a question of its own words."""
    files = lint_course()
    asked = yaml.safe_load(bank({"count": lessons})["quizzes/listening.yml"])["questions"]
    for number, question in enumerate(asked):
        name = f"keep-silent-{number}"
        for ending in (".md", ".ro.md"):
            text = files[f"docs/listening{ending}"].replace("keep-silent", name)
            files[f"docs/lesson-{number}{ending}"] = text.replace("L01", f"L{number + 10}")
        quiz = {"questions": [question | {"objective": name}]}
        files[f"quizzes/lesson-{number}.yml"] = yaml.safe_dump(quiz, allow_unicode=True)
    return files


def seconds(root: Path, lessons: int) -> float:
    source = read_source(lay_out(root, many(lessons)), LANGUAGES)
    begin = time.process_time()
    course, _ = look_over(source)
    assert course
    return time.process_time() - begin


def test_the_time_grows_with_the_number_of_lessons(tmp_path: Path) -> None:
    seconds(tmp_path / "warm", 5)
    few, more = seconds(tmp_path / "few", 20), seconds(tmp_path / "more", 80)
    assert more < 4 * few * 1.7 + 0.5


def test_the_time_for_the_bank_grows_with_the_number_of_questions() -> None:
    def asked(count: int) -> float:
        source, course = loaded(bank({"count": count}))
        begin = time.process_time()
        list(bank_problems(source, course))
        return time.process_time() - begin

    asked(10)
    few, more = asked(80), asked(320)
    assert more < 4 * few * 1.7 + 0.2
