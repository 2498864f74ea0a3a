"""A third language: what the small course with one more is told, and what the real one shows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from course.check import check
from course.lint.translations import translation_problems
from course.load import Source, read_source
from course.problem import Problem
from course.settings import read_settings
from course.unfinished import shares
from course.yaml_reader import parse
from search_files import indexed
from small_course import every_type, lay_out
from small_site import ROOT, mkdocs
from test_site import reader

SETTINGS = """\
plugins:
  - i18n:
      languages:
        - {locale: ro}
        - {locale: en, default: true}
        - {locale: de, nav_translations: {Part: Teil}}
hooks: [hooks/build_course.py]
nav:
  - index.md
  - Part: [listening.md]
  - Rest: [table.md]
extra:
  course:
    unfinished: [de]
"""
PAGE = """\
---
title: Zuhören
description: Wie man zuhört.
objectives:
  keep-silent: Fünf Sekunden schweigen.
---
## Schweigen { #silence }

Nichts sagen.

<!-- quiz -->
"""


def source_of(root: Path, files: dict[str, str], settings: str = SETTINGS) -> Source:
    lay_out(root, files | {"mkdocs.yml": settings})
    read = read_settings(root)
    return read_source(root, read.languages, read.modules)


def told(problems: list[Problem] | Iterator[Problem]) -> list[str]:
    return [str(problem) for problem in sorted(set(problems))]


def of_others(problems: list[str]) -> list[str]:
    """What is not about the interface texts, which are the project's own."""
    return [problem for problem in problems if "interface texts" not in problem]


def test_a_language_that_is_unfinished_may_lack_everything(tmp_path: Path) -> None:
    course, problems = check(source_of(tmp_path, every_type()))
    assert course
    assert problems == []
    assert course.finished == ("en", "ro")


def test_a_language_that_is_finished_may_not(tmp_path: Path) -> None:
    settings = SETTINGS.replace("unfinished: [de]", "unfinished: []")
    course, problems = check(source_of(tmp_path, every_type(), settings))
    assert course is None
    whats = {problem.what for problem in problems}
    assert "“stem” has no text in “de”" in whats
    assert "the interface texts of this language are missing" in whats
    assert "this page has no translation into “de”" in whats


def test_what_is_there_has_to_be_right(tmp_path: Path) -> None:
    files = every_type() | {"docs/listening.de.md": PAGE.replace("#silence", "#quiet")}
    _, problems = check(source_of(tmp_path, files))
    assert told(problems) == [
        "docs/listening.de.md:7: the headings are not those of docs/listening.md; "
        "here it has “## … { #silence }”  [out-of-step]"
    ]


def test_the_linter_sums_up_what_is_missing_file_by_file(tmp_path: Path) -> None:
    source = source_of(tmp_path, every_type() | {"docs/listening.de.md": PAGE})
    course, _ = check(source)
    assert course
    problems = list(translation_problems(source))
    assert all(problem.advice for problem in problems)
    lists = "(course.py status --missing de lists all)  [unfinished]"
    assert of_others(told(problems)) == [
        "mkdocs.yml:14: 1 of 2 titles of the navigation have no “de”; "
        f"write them below “nav_translations:” of “de” {lists}",
        f"mkdocs.yml:14: 2 of 3 pages have no “de”; write docs/index.de.md and the others {lists}",
        "mkdocs.yml:14: texts in “de” are checked without the rules of style "
        "(hooks/course/lint/language/de.yml), the cues of questions "
        "(hooks/course/lint/cues/de.yml) and a dictionary (hooks/course/lint/dictionaries); "
        "read them with more care, or add what is missing  [language-rules]",
        "quizzes/challenges.yml:6: 18 of 18 texts have no “de”; "
        f"begin with rows.delays.challenge {lists}",
        "quizzes/listening.yml:10: 63 of 63 texts have no “de”; "
        f"begin with questions.pause.hint {lists}",
    ]


def test_finished_languages_with_rules_of_their_own_are_told_nothing(tmp_path: Path) -> None:
    settings = re.sub(r" *- \{locale: de.*\n", "", SETTINGS).replace("[de]", "[]")
    source = source_of(tmp_path, every_type(), settings)
    course, _ = check(source)
    assert course
    assert list(translation_problems(source)) == []


def test_every_missing_text_has_its_place(tmp_path: Path) -> None:
    files = every_type()
    quiz = files["quizzes/listening.yml"]
    before, stem, rest = quiz.partition("stem: {")
    files["quizzes/listening.yml"] = before + stem + 'de: "Was tun?", ' + rest
    found = {share.path: share for share in shares(source_of(tmp_path, files), "de")}
    texts = found["quizzes/listening.yml"]
    assert texts.there == 1
    places = {missing.place for missing in texts.missing}
    assert "questions.pause.stem" not in places
    assert any(place.endswith(".answers") for place in places)
    lines = quiz.split("\n")
    assert all(
        missing.place.rsplit(".", 1)[-1] in lines[missing.line - 1] for missing in texts.missing
    )


@pytest.mark.parametrize(
    ("named", "what"),
    [
        ("[fr]", "“unfinished” names “fr”, which is no language that others are added to"),
        ("en", "“unfinished” names “en”, the default language"),
        ("[no]", "“unfinished” names “no”, which is no language that others are added to"),
    ],
)
def test_only_a_language_that_is_added_can_be_unfinished(
    tmp_path: Path, named: str, what: str
) -> None:
    settings = SETTINGS.replace("unfinished: [de]", f"unfinished: {named}")
    settings = re.sub(r" *- \{locale: de.*\n", "", settings)
    course, problems = check(source_of(tmp_path, every_type(), settings))
    assert course is None
    assert [(p.path, p.line, p.what, p.rule) for p in problems] == [
        ("mkdocs.yml", 13, what, "unknown-id")
    ]


def test_interface_texts_are_borrowed_one_by_one(tmp_path: Path) -> None:
    source = source_of(tmp_path, every_type())
    strings = {**source.strings, "de": parse('quiz.check: "Prüfen"', "de.yml")}
    course, problems = check(replace(source, strings=strings))
    assert course, problems
    texts = course.strings["de"]
    assert texts["quiz.check"] == "Prüfen"
    assert "Try again" in texts["quiz.again"]
    assert texts["quiz.again"] != "Try again"
    assert texts["theme.og_locale"] == "de"


# The real course with a third language: some settings, three interface texts, one lesson.


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("trei limbi ș") / "curs"
    for name in ("docs", "quizzes", "overrides", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    german = "        - {locale: de, name: Deutsch, build: true}\n\nmarkdown_extensions:"
    settings = settings.replace("\nmarkdown_extensions:", german, 1)
    settings = settings.replace("unfinished: []", "unfinished: [de]")
    lesson = (ROOT / "docs/lessons/listening.md").read_text(encoding="utf-8")
    lesson = re.sub(r"(?m)^(lesson|minutes|ideas):.*\n", "", lesson)
    lesson = re.sub(r"(?m)^title: .*$", "title: Zuhören\ntranslated: {twice: '000000'}", lesson)
    quiz = (root / "quizzes/listening.yml").read_text(encoding="utf-8")
    lay_out(
        root,
        {
            "mkdocs.yml": settings,
            "docs/lessons/listening.de.md": lesson,
            "quizzes/listening.yml": quiz.replace("    stem:\n", "    stem:\n      de: Was?\n", 1),
            "hooks/course/strings/de.yml": (
                'quiz.check: "Prüfen"\n'
                'stale.section: "Geändert:"\n'
                'fallback.notice: "Noch nicht übersetzt."\n'
            ),
        },
    )
    done = mkdocs(root, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return root / "site"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_page_is_there_and_says_its_language(site: Path) -> None:
    names = {path.relative_to(site / "ro") for path in (site / "ro").rglob("index.html")}
    assert {path.relative_to(site / "de") for path in (site / "de").rglob("index.html")} == names
    for name in names:
        assert reader(site / "de" / name).lang == "de"


def test_no_sign_of_a_borrowed_text_is_left(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in {".html", ".json", ".xml"}:
            assert not re.search("[\ue000-\ue002]", text(path)), path


def test_a_page_that_is_not_translated_shows_the_original(site: Path) -> None:
    page = text(site / "de/lessons/first-move/index.html")
    assert re.search(r'<article [^>]*lang="en"', page)
    assert '<p class="course-fallback" lang="de">Noch nicht übersetzt.</p>' in page
    assert 'lang="en" hreflang="en">' in page  # its title in the navigation


def test_a_translated_lesson_has_its_own_texts_and_borrows_the_others(site: Path) -> None:
    page = text(site / "de/lessons/listening/index.html")
    assert "<title>Zuhören" in page
    assert not re.search(r"<article [^>]*lang=", page)
    assert re.search(r"<legend>Was\?</legend>", page)
    assert re.search(r'<legend lang="en">', page)
    assert ">Prüfen<" in page
    assert re.search(r'<summary lang="en">[^<]*</summary>', page)
    assert re.search(r'<p lang="en">', page)


def test_a_stale_section_has_a_note_with_a_way_to_the_original(site: Path) -> None:
    page = text(site / "de/lessons/listening/index.html")
    assert re.search(
        r'<h2[^>]* id="twice"[^>]*>[^<]*</h2><p class="course-stale" data-pagefind-ignore>'
        r"Geändert: "
        r'<a href="../../../lessons/listening/#twice" lang="en" hreflang="en">English</a></p>',
        page,
    )
    assert page.count("course-stale") == 1
    assert "course-stale" not in text(site / "ro/lessons/listening/index.html")


LANGUAGE_NEUTRAL = r' data-(?:questions|asked|objective|option|stamp|lesson|scenario|field)="[^"]*"'


@pytest.mark.parametrize("name", ["lessons/listening", "progress", "practice/complaint", "planner"])
def test_what_learners_have_done_is_kept_under_the_same_names(site: Path, name: str) -> None:
    theirs, ours = (
        re.findall(LANGUAGE_NEUTRAL, text(site / language / name / "index.html"))
        for language in ("ro", "de")
    )
    assert ours == theirs
    assert ours


@pytest.mark.parametrize("name", ["", "progress/", "lessons/listening/"])
def test_the_language_switch_leads_to_this_very_page(site: Path, name: str) -> None:
    links = reader(site / "ro" / name / "index.html").links
    up = "../" * (name.count("/") + 1)
    assert f"{up}de/{name}" in links


def test_the_search_of_a_language_finds_its_own_pages_only(site: Path) -> None:
    assert set(indexed(site, "de")) == {"/de/lessons/listening/"}


def test_search_engines_are_told_of_what_is_really_there(site: Path) -> None:
    there, not_there = (
        reader(site / f"de/lessons/{name}/index.html") for name in ("listening", "first-move")
    )
    assert set(there.alternates) == {"en", "ro", "de", "x-default"}
    assert not not_there.alternates
    assert there.head["og:locale"] == "de"
