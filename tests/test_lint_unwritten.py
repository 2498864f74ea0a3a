"""What is still to be written is listed, and not judged before it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from course.lint.unwritten import RULE, judged, unwritten_problems
from course.problem import Problem
from lint_cases import loaded
from lint_part import told
from small_course import cases, every_type


@pytest.mark.parametrize("case", cases("lint_unwritten"), ids=lambda case: str(case["name"]))
def test_each_place_is_told(tmp_path: Path, case: Any) -> None:
    assert told(unwritten_problems, tmp_path, case) == case["problems"]


def test_what_stands_around_the_mark_is_not_judged_yet() -> None:
    files = every_type()
    quiz = files["quizzes/listening.yml"].replace("Who has something to say?", "TODO")
    files["quizzes/listening.yml"] = quiz
    files["docs/listening.md"] = files["docs/listening.md"].replace("Say nothing.", "TODO: x")
    source, _ = loaded(files)
    marked = set(unwritten_problems(source))
    assert {(each.path, each.line) for each in marked} == {
        ("docs/listening.md", 12),
        ("quizzes/listening.yml", 10),
    }

    def finding(path: str, line: int) -> Problem:
        return Problem(path, line, "x", "y", rule="option-lengths")

    second = quiz[: quiz.index("- id: signs")].count("\n") + 1
    inside = {finding("quizzes/listening.yml", line) for line in range(4, second)}
    inside |= {finding("docs/listening.md", 12)}
    outside = {finding("quizzes/listening.yml", second), finding("docs/listening.md", 9)}
    outside |= {finding("docs/listening.ro.md", 11)}
    assert judged(marked | inside | outside, source) == marked | outside
    assert all(each.rule == RULE for each in marked)
