"""The model is frozen and strict, and the JSON Schemas are its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from course.model import Course, MultipleChoice
from course.schema import FOLDER, schema_texts
from pydantic import ValidationError
from small_course import judge, lay_out, small_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, _ = judge(lay_out(tmp_path, small_course()))
    assert course
    return course


def test_the_schemas_are_those_of_the_model() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == schema_texts(), "run: cd hooks && ../.venv/bin/python -m course.schema"


def test_a_question_cannot_be_changed(course: Course) -> None:
    question = course.quizzes["listening"].questions[0]
    with pytest.raises(ValidationError):
        question.level = "judge"  # type: ignore[misc]


def test_a_multiple_choice_knows_how_many_to_choose(course: Course) -> None:
    question = course.quizzes["listening"].questions[1]
    assert isinstance(question, MultipleChoice)
    assert question.chooses == 2


def test_a_translation_shares_what_is_said_once(course: Course) -> None:
    page = course.pages["listening"]
    assert page.shared.minutes == 20
    assert page.text("ro").meta.title == "Ascultarea"
    assert page.text("xx").meta.title == "Listening"
