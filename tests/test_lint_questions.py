"""What the linter says of one question, word for word, and where each limit lies."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from course.lint import words
from course.lint.bank import bank_problems
from course.lint.questions import question_problems
from course.model import Quiz
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_cases import lint_course, loaded
from pydantic import ValidationError
from small_course import cases, changed


@pytest.mark.parametrize("case", cases("lint_questions"), ids=lambda case: str(case["name"]))
def test_each_finding_is_told_with_its_figure_and_limit(case: Any) -> None:
    found = question_problems(*loaded(changed(case, lint_course())))
    told = [f"{problem}{' (advice)' if problem.advice else ''}" for problem in sorted(set(found))]
    assert told == case["problems"]


@pytest.mark.parametrize("language", ["en", "ro"])
def test_cues_can_be_read_and_belong_to_their_language(language: str) -> None:
    known = words.cues(language)
    assert known
    for name in ("absolutes", "hedges", "markers", "collective", "references", "praise"):
        assert getattr(known, name), name


def test_a_language_without_a_file_has_no_cues_and_no_content() -> None:
    assert words.cues("xx") is None
    assert words.content("Anything at all", "xx") == frozenset()


@pytest.mark.parametrize(
    ("text", "language", "same"),
    [
        ("decides", "en", "deciding"),
        ("clientului", "ro", "clienți"),
        ("ascultă", "ro", "ascultau"),
        ("conversațiile", "ro", "conversație"),
    ],
)
def test_inflection_does_not_change_a_content_word(text: str, language: str, same: str) -> None:
    assert words.content(text, language) == words.content(same, language) != frozenset()


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("which … not", "Which of these is not so", True),
        ("which … not", "Which of these three cases is not so", False),
        ("apolog*", "Apologises", True),
        ("Option B", "option b", False),
        ("only", "lonely", False),
        ("don’t", "I don't", True),
    ],
)
def test_phrases_match_whole_words(phrase: str, text: str, found: bool) -> None:
    assert bool(words.matches(text, (phrase,))) == found


def test_words_are_counted_without_markup() -> None:
    assert words.words("*One* [two](x.md#y) s-a it’s **five**") == (
        *("One", "two", "s-a", "it’s", "five"),
    )


def test_sentences_end_where_the_next_begins() -> None:
    assert len(words.sentences("Vin la dvs. mâine. „Da?” Bine… atunci vin.")) == 3


def test_reading_levels_are_those_of_their_formulas() -> None:
    known = words.cues("en")
    assert known and known.reading.syllables
    # 10 words, 2 sentences, 2 of them over six letters
    text = ["The cat sat on important things.", "It slept on cushion."]
    assert words.lix(text) == pytest.approx(10 / 2 + 100 * 2 / 10)
    # The 1, cat 1, sat 1, on 1, im-por-tant 3, things 1; It 1, slept 1, on 1, cu-shion 2
    assert words.flesch_kincaid(text, known.reading.syllables) == pytest.approx(
        0.39 * 5 + 11.8 * 13 / 10 - 15.59
    )


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("decided", 3),
        ("table", 2),
        ("note", 1),
        ("notices", 3),
        ("agreed", 2),
        ("clients", 2),
        ("tried", 1),
    ],
)
def test_syllables_of_english_words(word: str, number: int) -> None:
    known = words.cues("en")
    assert known and known.reading.syllables
    assert words.syllables(word, known.reading.syllables) == number


def texts_in(data: Any) -> list[dict[str, str]]:
    """All mappings that hold a text in each language."""
    if isinstance(data, dict) and isinstance(data.get("en"), str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for child in children for text in texts_in(child)]


ODD = st.one_of(
    st.sampled_from(["?", "…", "“", "**", "a", "„«»”", "7", "Not?", "*x*"]),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_linter_never_raises_on_what_the_model_takes(data: Any) -> None:
    files = lint_course()
    source, course = loaded(files)
    tree = copy.deepcopy(yaml.safe_load(files["quizzes/listening.yml"]))
    for text in data.draw(st.lists(st.sampled_from(texts_in(tree)), max_size=8)):
        text[data.draw(st.sampled_from(["en", "ro"]))] = data.draw(ODD)
    for question in tree["questions"]:
        del question.get("options", [])[data.draw(st.integers(2, 3)) :]
    try:
        course.quizzes["listening"] = Quiz.model_validate(tree)  # type: ignore[index]
    except ValidationError:
        return
    list(question_problems(source, course))
    list(bank_problems(source, course))
