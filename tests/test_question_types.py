"""Every type of question as HTML, complete without scripts; and the fingerprint of its key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from course.model import QUESTION_TYPES, Course, Order
from course.render import Renderer
from small_course import every_type, judge, lay_out
from small_site import ROOT
from test_render import address, flat

QUIZ = "quizzes/listening.yml"


def course_of(tmp_path: Path, old: str = "", new: str = "") -> Course:
    files = every_type()
    assert old in files[QUIZ]
    files[QUIZ] = files[QUIZ].replace(old, new, 1) if old else files[QUIZ]
    course, problems = judge(lay_out(tmp_path, files))
    assert course, problems
    return course


def rendered(course: Course, language: str = "en") -> str:
    templates = ROOT / "overrides" / "fragments"
    return flat(Renderer(course, language, templates, address).quiz("listening"))


@pytest.fixture
def quiz(tmp_path: Path) -> str:
    return rendered(course_of(tmp_path))


def question(html: str, name: str) -> str:
    start = html.index(f'id="q-{name}"')
    end = html.find('<li class="quiz-question"', start)
    return html[start : end if end > 0 else None]


def test_the_examples_show_every_type(tmp_path: Path) -> None:
    questions = course_of(tmp_path).quizzes["listening"].questions
    assert {question.type for question in questions} == set(QUESTION_TYPES)


def test_every_question_has_its_stem_as_the_legend_of_its_group(quiz: str) -> None:
    groups = re.findall(r'<fieldset class="quiz-main"[^>]*> <legend>(.*?)</legend>', quiz)
    assert len(groups) == quiz.count('<li class="quiz-question"') == 10
    for group in re.findall(r"<fieldset.*?</fieldset>", quiz):
        assert group.count("<fieldset") == 1


def test_a_best_worst_question_grades_each_response(quiz: str) -> None:
    part = question(quiz, "reply")
    assert re.findall(r'data-grade="(\w+)"', part) == ["best", "acceptable", "risky", "damaging"]
    assert re.findall(r'name="reply-(best|worst)"', part) == ["best", "worst"] * 4
    assert part.index("“Never mind.”") < part.index("Pressure ends the sentence.")


def test_steps_are_never_shown_in_the_right_order(tmp_path: Path, quiz: str) -> None:
    places = re.findall(r'data-place="(\d)"', question(quiz, "sequence"))
    assert sorted(places) == ["1", "2", "3", "4"]
    assert places != sorted(places)
    order = next(
        q for q in course_of(tmp_path / "b").quizzes["listening"].questions if isinstance(q, Order)
    )
    assert order.scrambled != order.steps


def test_a_match_offers_more_than_it_asks(quiz: str) -> None:
    part = question(quiz, "pairs")
    assert re.findall(r'data-key="([\w-]+)"', part) == ["wait-on", "repeat"]
    assert part.count('<option value="wait-on">A</option>') == 2
    assert len(re.findall(r'<li data-choice="[\w-]+">', part)) == 3


def test_a_match_from_rows_takes_texts_from_the_table(quiz: str) -> None:
    part = question(quiz, "rows")
    assert re.findall(r'data-prompt="([\w-]+)"', part) == ["delays", "budget"]
    assert sorted(re.findall(r'<li data-choice="([\w-]+)">', part)) == [
        "budget",
        "delays",
        "mistake",
    ]
    assert "Own it." in part
    assert "First question to ask: What hurts most? What to avoid: Promising anything" in part


def test_a_fill_in_accepts_the_answers_of_its_language(tmp_path: Path) -> None:
    romanian = question(rendered(course_of(tmp_path), "ro"), "word")
    assert "data-answers=" in romanian
    assert "liniștea" in romanian.replace("\\u0219", "ș").replace("&#34;", '"')
    assert "the silence" not in romanian


def test_what_is_not_scored_says_so_and_shows_what_to_compare_with(quiz: str) -> None:
    for name in ("own-words", "own-case"):
        assert 'data-scored="false"' in question(quiz, name)
    assert question(quiz, "own-words").count('name="own-words-rubric"') == 2
    assert "Think of who spoke next." in question(quiz, "own-case")


def test_confidence_hint_and_longer_feedback(quiz: str) -> None:
    part = question(quiz, "pause")
    assert part.count('name="pause-sure"') == 3
    assert part.index('class="quiz-sure"') < part.index('class="quiz-main"')
    assert "Who has something to say?" in part
    assert '<div class="quiz-more"><p>Whoever fills a pause takes it.</p></div>' in part
    assert "quiz-sure" not in question(quiz, "signs")


def test_ids_are_unique_and_labels_name_controls(quiz: str) -> None:
    ids = re.findall(r' id="([^"]+)"', quiz)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' for="([^"]+)"', quiz)) <= set(ids)


STAMPS = re.compile(r'data-question="([\w-]+)"[^>]*data-stamp="(\w{8})"')


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ('"Wait."', '"Just wait."', set()),
        ("      - id: leave", "      - id: go-away", set()),
        ("grade: risky", "grade: acceptable", {"reply"}),
        ("answer: repeat", "answer: change", {"pairs"}),
        ("rows: [delays, budget]", "rows: [budget, delays]", set()),
        ("[silence, the silence]", "[silence, quiet]", {"word"}),
        ("      - id: nod\n", "      - id: nod-twice\n", set()),
        ("      - id: count\n", "      - id: count-up\n", {"signs"}),
        ("      - id: short\n", "      - id: brief\n", {"own-words"}),
    ],
)
def test_the_stamp_changes_with_the_key_and_with_nothing_else(
    tmp_path: Path, old: str, new: str, changed: set[str]
) -> None:
    before = dict(STAMPS.findall(rendered(course_of(tmp_path / "a"))))
    after = dict(STAMPS.findall(rendered(course_of(tmp_path / "b", old=old, new=new))))
    assert len(before) == 10
    assert {name for name in before if before[name] != after[name]} == changed


def test_a_final_self_check_holds_all_it_may_draw(tmp_path: Path) -> None:
    files = every_type()
    files["quizzes/final.yml"] = "draw: {count: 4, objectives: {keep-silent: 2}}\n"
    for language, suffix in (("en", ""), ("ro", ".ro")):
        text = f"---\ntitle: End {language}\ndescription: The end.\n---\n<!-- quiz: final -->\n"
        files[f"docs/end{suffix}.md"] = text
    course, problems = judge(lay_out(tmp_path, files))
    assert course, problems
    renderer = Renderer(course, "en", ROOT / "overrides" / "fragments", address)
    html = flat(renderer.quiz("final"))
    assert html.count('<li class="quiz-question"') == 8
    assert 'data-scored="false"' not in html
    assert "data-draw=" in html
    assert 'href="/listening/#silence"' in html
