"""The benchmark measures what it says it does: a sound course, the same for all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from bench.courses import edited, mkdocs_quiz, project, stock, zensical
from bench.lessons import lesson
from bench.run import Measurements, write
from bench.table import Record, Row, growth, ratio, report
from small_course import judge, lay_out
from small_site import ROOT, mkdocs, settings_elsewhere

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


def record(contender: str, number: int, lessons: int = 10, *, cold: float, **more: float) -> Record:
    return Record(contender, "state", lessons, number, "2026-11-22", {"cold": cold, **more})


ROWS = (Row("ours", "Ours", "five"), Row("other", "Other", "none"))


def test_a_ratio_is_the_median_of_the_ratios_within_the_rounds() -> None:
    """Not the ratio of the medians, which would mix a busy round with a quiet one."""
    records = [record("ours", number, cold=took) for number, took in enumerate((1, 2, 10))]
    records += [record("other", number, cold=took) for number, took in enumerate((3, 4, 20))]
    assert ratio(records, "other", "ours", "cold") == 2
    assert ratio(records[::-1], "other", "ours", "cold") == 2


def test_a_round_of_one_alone_makes_no_ratio() -> None:
    records = [record("ours", 1, cold=1), record("other", 2, cold=3), record("ours", 3, cold=0)]
    assert ratio([*records, record("other", 3, cold=3)], "other", "ours", "cold") is None


def test_the_tables_tell_medians_ratios_and_what_is_missing() -> None:
    records = [
        record("ours", 1, cold=2, same=0.5, site_bytes=2e6, first_bytes=5e4, first_requests=9),
        record("ours", 2, cold=4),
        record("other", 1, cold=30, site_bytes=3e6, first_bytes=25e4, first_requests=12),
        record("other", 2, cold=40),
    ]
    told = report([*records, record("ours", 1, lessons=999, cold=1)], ROWS, [10, 20])
    assert told.startswith("**10 lessons in two languages** (medians of 2 rounds)\n\n|")
    lines = told.splitlines()
    assert lines[4:6] == [
        "| Ours | 3.00 s | – | 0.50 s | – | – | 2.0 MB |",
        "| Other | 35.0 s (×12.50) | – | – | – | – | 3.0 MB (×1.50) |",
    ]
    assert lines[-2:] == [
        "| Ours | 50.0 KB in 9 | – | – | five |",
        "| Other | 250 KB in 12 (×5.00) | – | – | none |",
    ]


def test_growth_tells_what_a_lesson_costs_at_each_size() -> None:
    records = [record("ours", 1, cold=1), record("ours", 1, lessons=1000, cold=50)]
    told = growth([*records, record("other", 1, cold=3)], ROWS).splitlines()
    assert told[0] == "|  | 10 lessons | 1,000 lessons |"
    assert told[2:] == [
        "| Ours | 1.00 s (100 ms each) | 50.0 s (50 ms each) |",
        "| Other | 3.00 s (300 ms each) | – |",
    ]


def test_what_was_measured_is_known_to_the_next_run(tmp_path: Path) -> None:
    """On another day, too; but not of other code, in another round or at another size."""
    file = tmp_path / "measured.jsonl"
    old = record("ours", 1, cold=2)
    Measurements(file).add(old)
    again = Measurements(file)
    assert again.records == [old]
    assert again.has(replace(old, day="2026-11-23", figures={}))
    others = ({"state": "changed"}, {"round": 2}, {"lessons": 100}, {"contender": "other"})
    assert not any(again.has(replace(old, **other)) for other in others)


def test_the_tables_are_written_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n", encoding="utf-8")
    for text in ("| new \\1 |", "| newer |"):
        write(page, text)
        wanted = f"a\n<!-- bench -->\n\n{text}\n\n<!-- /bench -->\nb\n"
        assert page.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("page", ["README.md", "tests/bench/README.md"])
def test_the_documents_have_a_place_for_the_tables(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert len(re.findall(r"(?s)<!-- bench -->\n.*<!-- /bench -->", text)) == 1


def test_a_browser_and_a_theme_are_the_same_for_the_tests_and_the_benchmark() -> None:
    """What two requirements files name, they name with one version."""
    folder = ROOT / "tests"
    known = pins(ROOT / "requirements.txt") | pins(folder / "requirements.txt")
    for name, version in pins(folder / "bench/requirements-pages.txt").items():
        assert known[name] == version
    for name in ("requirements-quiz.txt", "requirements-zensical.txt"):
        for package, version in pins(folder / "bench" / name).items():
            assert known.get(package, version) == version or package == "click"


def pins(requirements: Path) -> dict[str, str]:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)
