"""The whole check: everything in one run, in a time that grows with the course."""

from __future__ import annotations

import re
import time
from pathlib import Path

from course.lint.bank import bank_problems
from course.load import read_source
from course.look import look_over
from lint_cases import bank, lint_course, loaded
from small_course import LANGUAGES, lay_out, small_course


def many(lessons: int) -> dict[str, str]:
    """The small course with its lesson many times over, under other ids.

    Its questions stay in one self-check: the same ones many times over would all be alike.
    """
    files = lint_course()
    for number in range(lessons):
        for ending in (".md", ".ro.md"):
            text = files[f"docs/listening{ending}"]
            text = text.replace("keep-silent", f"keep-silent-{number}")
            files[f"docs/lesson-{number}{ending}"] = text.replace("L01", f"L{number + 10}")
        quiz = small_course()["quizzes/listening.yml"]
        quiz = quiz.replace("keep-silent", f"keep-silent-{number}")
        quiz = re.sub(r"^  - id: (.*)$", rf"  - id: \1-{number}", quiz, flags=re.MULTILINE)
        files[f"quizzes/lesson-{number}.yml"] = quiz
    return files


def seconds(root: Path, lessons: int) -> float:
    source = read_source(lay_out(root, many(lessons)), LANGUAGES)
    begin = time.process_time()
    look_over(source)
    return time.process_time() - begin


def test_the_time_grows_with_the_number_of_lessons(tmp_path: Path) -> None:
    seconds(tmp_path / "warm", 5)
    few, more = seconds(tmp_path / "few", 60), seconds(tmp_path / "more", 240)
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
