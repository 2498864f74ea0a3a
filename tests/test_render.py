"""The pieces as HTML: in the right language, linked, escaped, complete without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from course.render import Renderer, Strings
from small_course import judge, lay_out, small_course
from small_site import ROOT


def address(page: str, anchor: str) -> str:
    return f"/{page}/" + (f"#{anchor}" if anchor else "")


def renderer(tmp_path: Path, files: dict[str, str], language: str = "en") -> Renderer:
    course, problems = judge(lay_out(tmp_path, files))
    assert course, problems
    return Renderer(course, language, ROOT / "overrides" / "fragments", address)


def flat(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@pytest.fixture
def quiz(tmp_path: Path) -> str:
    return flat(renderer(tmp_path, small_course()).quiz("listening"))


def test_a_question_is_a_fieldset_with_its_stem_as_legend(quiz: str) -> None:
    legends = re.findall(r"<fieldset[^>]*> <legend>(.*?)</legend>", quiz)
    assert legends == ["What do you do?", "Which two help?", "Silence means consent."]


def test_the_type_decides_the_control(quiz: str) -> None:
    kinds = re.findall(r'<input type="(\w+)" name="(\w+)"', quiz)
    assert set(kinds) == {("radio", "pause"), ("checkbox", "signs"), ("radio", "rule")}


def test_every_option_has_its_verdict_and_feedback_in_the_answers(quiz: str) -> None:
    answers = re.findall(
        r'<li data-feedback="(\w+)"> <p class="quiz-verdict quiz-verdict-(\w+)">', quiz
    )
    assert answers == [
        ("wait", "right"),
        ("talk", "wrong"),
        ("leave", "wrong"),
        ("count", "right"),
        ("breathe", "right"),
        ("nod", "wrong"),
        ("agrees", "wrong"),
        ("thinks", "right"),
    ]


def test_a_multiple_choice_says_how_many(quiz: str) -> None:
    assert quiz.count("Choose two.") == 1
    assert re.findall(r'data-chooses="(\d)"', quiz) == ["1", "2", "1"]


def test_a_true_false_shows_its_verdict_before_the_reason(quiz: str) -> None:
    assert "<strong>False</strong>, because thinking takes time." in quiz


def test_the_section_is_linked_by_its_heading(quiz: str) -> None:
    assert quiz.count('<a href="/listening/#silence">Silence</a>') == 3


def test_the_other_language_has_the_same_frame_and_other_texts(tmp_path: Path, quiz: str) -> None:
    romanian = flat(renderer(tmp_path / "ro", small_course(), "ro").quiz("listening"))
    frame = re.compile(r' (?:id|name|value|for|data-option|data-key)="[^"]*"')
    assert frame.findall(romanian) == frame.findall(quiz)
    assert ">Tăcerea</a>" in romanian
    assert "Silence" not in romanian


def test_texts_are_escaped_and_markdown_is_not(tmp_path: Path) -> None:
    files = small_course()
    files["quizzes/listening.yml"] = files["quizzes/listening.yml"].replace(
        '"Wait."', '"Wait *here* & say \\"5 < 6\\"."'
    )
    html = renderer(tmp_path, files).quiz("listening")
    assert 'Wait <em>here</em> &amp; say "5 &lt; 6".' in html


def test_a_row_of_this_lesson_does_not_link_to_it(tmp_path: Path) -> None:
    pieces = renderer(tmp_path, small_course())
    assert 'href="/listening/"' in pieces.challenges((), "table")
    assert 'href="/listening/"' not in pieces.challenges((), "listening")


def test_a_short_table_has_no_filter(tmp_path: Path) -> None:
    assert "challenges-filter" not in renderer(tmp_path, small_course()).challenges((), "table")


def test_lessons_are_listed_with_title_and_minutes(tmp_path: Path) -> None:
    html = flat(renderer(tmp_path, small_course(), "ro").lessons())
    assert '<a href="/listening/">Ascultarea</a>' in html
    assert "20 min" in html


def test_a_text_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        Strings({"a": "b"})("c")


def test_no_interface_text_is_left_over() -> None:
    """Each key is written out somewhere, or begins as a key that is put together there."""
    texts = (ROOT / "hooks/course/strings/en.yml").read_text(encoding="utf-8")
    keys = set(re.findall(r"^([\w.-]+):", texts, re.MULTILINE))
    users = [*(ROOT / "overrides").rglob("*.html"), *(ROOT / "hooks").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in users)
    literals = set(re.findall(r"""["']([a-z][\w.-]*)(?=["'{])""", code))
    parts = tuple(literal for literal in literals if literal.endswith((".", "-")))
    assert {key for key in keys if key not in literals and not key.startswith(parts)} == set()
