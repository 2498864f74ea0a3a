"""What other pages make of the lessons: glossary, phrase bank, plans, pictures, notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from course.excerpts import Phrase, blocks, notes, phrases, rebased, terms
from course.model import Course
from course.notes import with_notes
from course.render import Renderer
from course.settings import Module, read_settings
from course.timetable import clock, timed
from small_course import HERE, cases, changed, judge, lay_out, small_course
from small_site import ROOT

TEMPLATES = ROOT / "overrides" / "fragments"
MODULES = (
    Module({"en": "Part", "ro": "Partea"}, ("asking", "listening")),
    Module({"en": "Rest", "ro": "Restul"}, ("bank",)),
)


def reference_course() -> dict[str, str]:
    text = (HERE / "cases" / "reference_course.yml").read_text(encoding="utf-8")
    return small_course() | dict(yaml.safe_load(text))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course, problems = judge(lay_out(tmp_path, reference_course()), MODULES)
    assert course, problems
    return course


def renderer(course: Course, language: str = "en", templates: Path = TEMPLATES) -> Renderer:
    return Renderer(
        course,
        language,
        templates,
        lambda page, anchor: f"/{page}" + (f"#{anchor}" if anchor else ""),
    )


@pytest.mark.parametrize("case", cases("tables"), ids=lambda case: str(case["name"]))
def test_each_mistake_is_told_with_file_line_and_advice(tmp_path: Path, case: Any) -> None:
    _, problems = judge(lay_out(tmp_path, changed(case, reference_course())))
    assert list(map(str, problems)) == case["problems"]


def test_blocks_end_where_they_were_opened() -> None:
    body = "/// phrases | A\n\n/// note\n\nx\n\n///\n\ny\n\n///\n\n/// phrases\nz\n///\n"
    assert [(block.text.split(), block.line) for block in blocks(body, "phrases")] == [
        (["///", "note", "x", "///", "y"], 1),
        (["z"], 13),
    ]


def test_phrases_lose_their_labels_and_keep_their_markdown() -> None:
    body = (
        "/// phrases\n\nTo *begin*\n:   *Formal.* “Sir, …”\n:   *Plain.* “So *what*?”\n\n"
        "Alone\n:   x\n\n///"
    )
    assert phrases(body) == ([Phrase("To *begin*", "“Sir, …”", "“So *what*?”", 3)], [7])


def test_notes_are_those_for_the_trainer() -> None:
    body = (
        "/// details | More\n\nfor all\n\n///\n\n"
        "/// details | T\n    type: trainer\n\n**A.** b\n\n///\n"
    )
    assert notes(body) == "**A.** b"
    assert notes("text") == ""


@pytest.mark.parametrize(
    ("uri", "target", "written", "wanted"),
    [
        ("part/asking", "teach/guide", "](../listening.md#silence)", "](../listening.md#silence)"),
        ("part/asking", "guide", "](../listening.md#silence)", "](listening.md#silence)"),
        ("part/asking", "guide", "](other.md)", "](part/other.md)"),
        ("part/asking", "part/notes", "](#ask)", "](asking.md#ask)"),
        ("index", "teach/guide", "](#a)", "](../index.md#a)"),
        ("part/asking", "guide", "](https://example.org/a.md)", "](https://example.org/a.md)"),
        ("part/asking", "guide", "]()", "]()"),
    ],
)
def test_links_lead_to_the_same_place_from_another_page(
    uri: str, target: str, written: str, wanted: str
) -> None:
    assert rebased(f"[a{written}", uri, target) == f"[a{wanted}"


def test_terms_come_in_order_with_their_lines() -> None:
    body = "[a](../glossary.md#b)\n\n[c](glossary.md#d) [e](glossaries.md#f)"
    assert terms(body) == [("b", 1), ("d", 3)]


def test_the_notes_of_all_lessons_stand_on_one_page(course: Course) -> None:
    text = with_notes("a\n\n<!-- notes -->\n\n`<!-- notes -->`", "teach/guide", course, "ro")
    assert text == (
        "a\n\n## Întrebarea { #notes-asking }\n\nCitiți [Tăcerea](../listening.md#silence) și "
        "[aici](../part/asking.md#ask), apoi [pe net](https://example.org/a.md).\n\n"
        "`<!-- notes -->`"
    )


def test_times_add_up_from_the_minutes_of_the_lessons(course: Course) -> None:
    session = timed(course.plans.plans[0].sessions[0], course)
    assert [(item.start, item.minutes) for item in session.items] == [
        ("8:50", 5),
        ("8:55", 20),
        ("9:15", 10),
    ]
    assert (session.minutes, session.end) == (35, "9:25")
    assert clock(605) == "10:05"


def test_a_plan_says_what_is_cut(course: Course) -> None:
    html = renderer(course, "ro").plan("day")
    assert "(din 15 min)" in html
    assert html.count("(din ") == 1
    assert '<a href="/listening">Ascultarea</a>' in html


def test_the_glossary_is_in_the_order_of_its_language_and_says_where_words_are_used(
    course: Course,
) -> None:
    english, romanian = (renderer(course, language).glossary() for language in ("en", "ro"))
    assert english.index('id="boundary"') < english.index('id="open-question"')
    assert romanian.index('id="open-question"') < romanian.index('id="boundary"')
    assert '<span class="glossary-other" data-pagefind-ignore lang="ro">limită</span>' in english
    assert '<a href="/asking">Asking</a>' in english
    assert english.count("glossary-used") == 1


def test_a_page_explains_the_words_it_links_to(course: Course) -> None:
    html = renderer(course).terms("asking")
    assert 'data-term="open-question"' in html
    assert "<em>more</em>" in html
    assert "boundary" not in html


def test_the_phrase_bank_holds_the_starters_of_all_lessons(course: Course) -> None:
    html = renderer(course).phrases()
    assert "How <em>did</em> it look to you?" in html
    assert '<a href="/asking#phrases">Asking</a>' in html
    assert html.count('class="phrase-stage"') == 1


def test_a_picture_has_its_words_and_its_alternative(course: Course, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    lay_out(
        templates,
        {"pictures/scale.svg": reference_course()["overrides/fragments/pictures/scale.svg"]},
    )
    (templates / "picture.html").write_bytes((TEMPLATES / "picture.html").read_bytes())
    html = renderer(course, "ro", templates).picture("scale")
    assert 'aria-label="O scală de la rece la fierbinte."' in html
    assert "<text>rece</text>" in html
    assert "<figcaption>Temperatura.</figcaption>" in html


def test_settings_are_read_from_mkdocs_yml(tmp_path: Path) -> None:
    lay_out(
        tmp_path,
        {
            "mkdocs.yml": """
site_url: !ENV [SITE_URL, "https://example.org/"]
x: !!python/name:a.b
nav:
  - Home: index.md
  - Part:
      - part/asking.md
      - Deep: [Other: part/other.md]
plugins:
  - search
  - i18n:
      languages:
        - {locale: ro, nav_translations: {Part: Partea}}
        - {locale: en, default: true}
        - {locale: fr, build: false}
"""
        },
    )
    settings = read_settings(tmp_path)
    assert settings.languages == ("en", "ro")
    assert settings.modules == (Module({"en": "Part", "ro": "Partea"}, ("asking", "other")),)
