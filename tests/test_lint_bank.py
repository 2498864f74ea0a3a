"""What the linter says of all questions together, word for word, and where each limit lies."""

from __future__ import annotations

from typing import Any

import pytest
from course.lint.bank import bank_problems, choice_questions, solver_scores
from lint_cases import bank, loaded
from small_course import cases


@pytest.mark.parametrize("case", cases("lint_bank"), ids=lambda case: str(case["name"]))
def test_each_finding_is_told_with_its_figure_and_limit(case: Any) -> None:
    files = bank(case) | case.get("write", {})
    found = bank_problems(*loaded(files))
    told = [f"{problem}{' (advice)' if problem.advice else ''}" for problem in sorted(set(found))]
    assert told == case["problems"]


def scores(case: Any) -> dict[str, float]:
    _, course = loaded(bank(case))
    questions = choice_questions(course.quizzes["listening"].questions)
    found = solver_scores(questions, "en")
    assert all(solver.chance == pytest.approx(1 / 3) for solver in found)
    return {solver.name: solver.score for solver in found}


def test_who_likes_all_options_as_much_scores_chance() -> None:
    assert list(scores({}).values()) == [pytest.approx(1 / 3)] * 9


def test_a_solver_that_is_always_right_scores_all() -> None:
    found = scores({"all": {"key": 1, "texts": ["one", "one sorry thing", "one two"]}})
    assert (
        found["the longest option"]
        == found["the politest option"]
        == found["the second option"]
        == 1
    )
    assert (
        found["the first option"] == found["the third option"] == found["the shortest option"] == 0
    )
    assert found["the fourth option"] == pytest.approx(1 / 3)


def test_a_solver_between_two_guesses() -> None:
    found = scores({"all": {"key": 1, "texts": ["always one", "thing two", "other ten"]}})
    assert found["an option without absolutes"] == pytest.approx(1 / 2)


def test_of_several_right_options_the_part_that_is_hit_counts() -> None:
    _, course = loaded(bank({}) | {"quizzes/listening.yml": MULTIPLE})
    (solver, *_) = solver_scores(choice_questions(course.quizzes["listening"].questions), "en")
    assert (solver.name, solver.score, solver.chance) == ("the longest option", 0.5, 0.5)


def test_no_questions_score_nothing() -> None:
    assert {solver.score for solver in solver_scores([], "en")} == {0}


MULTIPLE = """
questions:
  - id: many
    type: multiple
    objective: keep-silent
    level: apply
    section: silence
    stem: {en: "Which?", ro: "Care?"}
    options:
      - {id: a, key: true, text: {en: "a b c d", ro: "a"}, feedback: {en: "x", ro: "x"}}
      - {id: b, key: true, text: {en: "b", ro: "b"}, feedback: {en: "x", ro: "x"}}
      - {id: c, text: {en: "c d e", ro: "c"}, feedback: {en: "x", ro: "x"}}
      - {id: d, text: {en: "d e", ro: "d"}, feedback: {en: "x", ro: "x"}}
"""
