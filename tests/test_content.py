"""The course's own texts: complete, in step in both languages, in clean Romanian."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from course.model import (
    QUESTION_TYPES,
    BestWorst,
    Course,
    MultipleChoice,
    Quiz,
    SingleChoice,
    TrueFalse,
)
from course.page import split_front_matter
from small_course import judge
from small_site import ROOT

CASES = ROOT / "tests" / "cases"
LESSON_SECTIONS = ["twice", "rules", "phrases", "practice", "self-check", "goal", "key-points"]

IDEAS: dict[str, list[str]] = yaml.safe_load((CASES / "ideas.yml").read_text(encoding="utf-8"))
LESSONS = sorted(
    path.stem for path in (ROOT / "docs/lessons").glob("*.md") if not path.stem.endswith(".ro")
)


@pytest.fixture(scope="module")
def course() -> Course:
    course, problems = judge(ROOT)
    assert course, problems
    return course


def body(path: str) -> str:
    return split_front_matter((ROOT / path).read_text(encoding="utf-8"))[1]


def learner_text(path: str) -> str:
    """A lesson without the notes for the trainer."""
    return body(path).split("/// details")[0]


def words(text: str) -> int:
    text = re.sub(r"<!--.*?-->|\{ #[\w-]+ \}|^///.*?$|\]\([^)]*\)", " ", text, flags=re.MULTILINE)
    return len(re.findall(r"\w+(?:[’'-]\w+)*", text))


def test_each_idea_of_the_sources_is_claimed_by_its_lesson_and_no_other(course: Course) -> None:
    claimed = {str(page.shared.lesson): sorted(page.shared.ideas) for page in course.lessons}
    assert claimed == IDEAS
    assert sum(map(len, claimed.values())) == 159


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_has_its_shape(course: Course, slug: str) -> None:
    page = course.pages[slug]
    for language in course.languages:
        text = page.text(language)
        assert [name for name in text.sections if name in LESSON_SECTIONS] == LESSON_SECTIONS
        source = body(text.path)
        for block in ("scene", "weak", "well", "rule", "phrases", "practice", "goal", "details"):
            assert f"/// {block}" in source
        assert "type: trainer" in source


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_has_its_length_and_languages_are_in_step(course: Course, slug: str) -> None:
    english, romanian = (course.pages[slug].text(code).path for code in ("en", "ro"))
    count = words(learner_text(english))
    assert 900 <= count <= 1600
    assert 0.85 <= words(learner_text(romanian)) / count <= 1.30
    shapes = (
        r"^/// \w+",
        r"^\s*(?:[-*]|\d+\.) ",
        r"^\|",
        r"^> ",
        r"^:   ",
        r"^#+ ",
        r"\]\([^)]*\)",
    )
    for shape in shapes:
        found = [len(re.findall(shape, body(p), re.MULTILINE)) for p in (english, romanian)]
        assert found[0] == found[1], shape


@pytest.mark.parametrize("slug", LESSONS)
def test_links_of_both_languages_are_the_same(course: Course, slug: str) -> None:
    links = [
        re.findall(r"\]\(([^)]*)\)", body(text.path)) for text in course.pages[slug].texts.values()
    ]
    assert links[0] == links[1]


Choice = SingleChoice | MultipleChoice | TrueFalse


def lesson_quizzes(course: Course) -> list[Quiz]:
    return [quiz for quiz in course.quizzes.values() if not quiz.draw]


def choices(course: Course) -> list[Choice]:
    """The questions with options to choose from."""
    questions = (question for quiz in course.quizzes.values() for question in quiz.questions)
    return [question for question in questions if isinstance(question, Choice)]


def test_a_self_check_has_its_length_and_asks_little_recall(course: Course) -> None:
    for quiz in lesson_quizzes(course):
        levels = [question.level for question in quiz.questions]
        assert 5 <= sum(question.scored for question in quiz.questions) <= 6
        assert levels.count("recall") <= len(levels) / 4
        types = {question.type for question in quiz.questions}
        assert types >= {"single", "multiple", "true-false"}
    for question in choices(course):
        assert len(question.options) in {3, 4}


def test_every_type_of_question_is_used_in_a_lesson(course: Course) -> None:
    used = {question.type for quiz in lesson_quizzes(course) for question in quiz.questions}
    assert used == set(QUESTION_TYPES)


def test_the_table_has_its_fifteen_rows_with_their_origin(course: Course) -> None:
    sources = [row.source for row in course.challenges.rows]
    assert sources == ["seed-table"] * 4 + ["seed-text"] * 5 + ["course"] * 6
    for row in course.challenges.rows:
        assert bool(row.ideas) == (row.source != "course")


def data_texts(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict) and isinstance(data.get("ro"), str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from data_texts(value)


@pytest.mark.parametrize("language", ["en", "ro"])
def test_questions_keep_to_the_lengths_of_the_rules(course: Course, language: str) -> None:
    longest = shortest = 0
    for question in choices(course):
        if question.scenario:
            told = f"{question.scenario[language]} {question.stem[language]}"
            assert 40 <= words(told) <= 110, question.id
        lengths = [words(option.text[language]) for option in question.options]
        assert max(lengths) <= 30, question.id
        assert max(lengths) / min(lengths) <= 1.6, (question.id, lengths)
        for option in question.options:
            assert 12 <= words(option.feedback[language]) <= 60, (question.id, option.id)
        pairs = zip(lengths, question.options, strict=True)
        keys = [length for length, option in pairs if option.key]
        longest += keys == [max(lengths)] and lengths.count(max(lengths)) == 1
        shortest += keys == [min(lengths)] and lengths.count(min(lengths)) == 1
    assert longest / len(choices(course)) <= 0.4
    assert shortest / len(choices(course)) <= 0.4


@pytest.mark.parametrize("language", ["en", "ro"])
def test_graded_responses_keep_to_the_rules(course: Course, language: str) -> None:
    for quiz in lesson_quizzes(course):
        for question in quiz.questions:
            if not isinstance(question, BestWorst):
                continue
            lengths = [words(option.text[language]) for option in question.options]
            assert max(lengths) / min(lengths) <= 1.6, (question.id, lengths)
            for option in question.options:
                assert 5 <= words(option.reaction[language]) <= 30, (question.id, option.id)
                assert 12 <= words(option.feedback[language]) <= 60, (question.id, option.id)


def test_keys_stand_in_every_place(course: Course) -> None:
    places = [
        next(i for i, option in enumerate(question.options) if option.key)
        for question in choices(course)
        if question.chooses == 1
    ]
    shares = [places.count(place) / len(places) for place in range(3)]
    assert all(abs(share - 1 / 3) <= 0.10 for share in shares), shares


def romanian_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "docs").rglob("*.ro.md")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'^  [\w-]+: "[0-9a-f]{6}"\n', "", text, flags=re.MULTILINE)
        yield path.name, re.sub(r"```.*?```|`[^`]*`|\{ #[^}]*\}", "x", text, flags=re.DOTALL)
    for path in sorted((ROOT / "quizzes").glob("*.yml")):
        for texts in data_texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
            yield path.name, re.sub(r"\{[\w-]+\}", "x", texts["ro"])
    strings = ROOT / "hooks/course/strings/ro.yml"
    for text in yaml.safe_load(strings.read_text(encoding="utf-8")).values():
        yield strings.name, text
    descriptions = ROOT / "hooks/course/strings/fields/ro.yml"
    for text in yaml.safe_load(descriptions.read_text(encoding="utf-8")).values():
        yield descriptions.name, re.sub("`[^`]*`", "x", text)


def test_romanian_letters_are_those_with_a_comma_below() -> None:
    files = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "quizzes").glob("*.yml")]
    files += [*(ROOT / "hooks").rglob("*.yml"), ROOT / "mkdocs.yml"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not set(text) & set("\u015e\u015f\u0162\u0163"), path
        assert unicodedata.is_normalized("NFC", text), path


def test_romanian_quotation_marks() -> None:
    for name, text in romanian_texts():
        plain = re.sub(r"^\s*[\w.-]+: \".*\"$|\{[^}]*\}", "", text, flags=re.MULTILINE)
        assert not re.search(r'["“‘]|(?<!\w)’', plain), (name, text[:120])
        assert text.count("„") == text.count("”"), (name, text[:120])


def test_romanian_addresses_the_reader_formally() -> None:
    commands = r"(?:^|[.!?]\s)(?:Apasă|Alege|Verifică|Încearcă|Citește|Scrie)\b"
    informal = re.compile(rf"\b(?:[Tt]u|tine|ție|îți|tău|tale)\b|{commands}")
    name = Path("hooks/course/strings/ro.yml")
    for text in yaml.safe_load((ROOT / name).read_text(encoding="utf-8")).values():
        assert not informal.search(text), text


def test_romanian_spaces() -> None:
    for name, text in romanian_texts():
        assert not re.search(r"\w [,;:!?](?:\s|$)|\d %", text), (name, text[:80])


def test_no_page_has_sentences_in_the_other_language() -> None:
    english = re.compile(r"\b(?:the|and|with|you|what|when)\b")
    for name, text in romanian_texts():
        assert len(english.findall(text)) <= len(text.split()) * 0.01, name
