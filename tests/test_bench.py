"""The benchmark measures what it says it does: a sound course, the same for all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.courses import edited, mkdocs_quiz, project, stock, zensical
from bench.lessons import lesson
from small_course import judge, lay_out
from small_site import mkdocs, settings_elsewhere

LESSONS = 4


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated course, laid out."""
    return lay_out(tmp_path_factory.mktemp("generated"), project(LESSONS, settings_elsewhere()))


def test_the_generated_course_is_sound(course: Path) -> None:
    assert judge(course)[1] == []


def test_the_generated_course_builds_strictly(course: Path) -> None:
    done = mkdocs(course, "build", "--strict", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    for language in ("", "ro/"):
        page = course / f"site/{language}lessons/lesson-0003/index.html"
        html = page.read_text(encoding="utf-8")
        assert html.count('class="quiz-main"') == 5
        assert html.count("<table") == 2


def test_a_lesson_has_some_900_words_in_each_language() -> None:
    for number in (0, 7, 99, 999):
        for text in lesson(number, 1000).body:
            said = re.sub(r"\]\(.*?\)|\{.*?\}|<!--.*?-->", "", text)
            assert 800 < len(re.findall(r"\w[\w’-]*", said)) < 1000


def test_romanian_pages_have_the_letters_of_romanian() -> None:
    text = lesson(3, 10).body[1]
    assert set("ăâîșț") <= set(text)
    assert not set("şţ") & set(text)


def test_no_two_lessons_are_alike() -> None:
    made = [lesson(number, 1000) for number in range(1000)]
    assert len({each.title for each in made}) == 1000
    assert len({each.body for each in made}) == 1000


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_lesson_is_the_same_in_every_process(seed: str) -> None:
    program = "from bench.lessons import lesson; print(repr(lesson(5, 10)).encode())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(repr(lesson(5, 10)).encode())


def test_all_contenders_get_the_same_lessons() -> None:
    """What differs is the self-check, and where Zensical wants its Romanian pages."""
    ours, theirs, quizzes = (
        project(LESSONS, settings_elsewhere()),
        stock(LESSONS),
        mkdocs_quiz(LESSONS),
    )
    apart = zensical(LESSONS)
    for name in (name for name in theirs if name.startswith("docs/lessons/")):
        language, page = ("ro", name.replace(".ro.md", ".md")) if ".ro." in name else ("en", name)
        text = theirs[name].rstrip()
        assert ours[name].replace("<!-- quiz -->", "").rstrip() == text
        assert re.sub(r"(?s)<quiz>.*</quiz>", "", quizzes[name]).rstrip() == text
        assert quizzes[name].count("<quiz>") == 5
        assert apart[page.replace("docs/", f"docs/{language}/")].rstrip() == text


def test_the_navigation_has_sections_of_ten() -> None:
    settings = stock(25)["mkdocs.yml"]
    parts = re.findall(r"(?m)^  - Part \d+:\n((?:      - lessons/.*\n)+)", settings)
    assert [part.count("\n") for part in parts] == [10, 10, 5]


def test_an_edit_changes_one_sentence() -> None:
    page = stock(1)["docs/lessons/lesson-0000.md"]
    first, second = edited(page, 1), edited(page, 2)
    assert len({page, first, second}) == 3
    assert first.replace(" This sentence came with edit 1", "") == page
