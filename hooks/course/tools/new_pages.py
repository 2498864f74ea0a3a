"""A course and a wish come in; the files of a new lesson, conversation or chart go out, unwritten.

Each function returns `Change`s and raises CourseError when the wish cannot be met. The course
they leave builds strictly; what is to be written in it carries the mark of `lint.unwritten`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from ..load import Source
from ..page import Page
from .environment import CourseError
from .naming import checked_name, page_names
from .new_question import first_heading, next_id, question, question_ids, self_check
from .workshop import Workshop, lesson_number, place, placed, title_of
from .writing import Change, line_end, read

SELF_CHECK = ("single", "true-false", "multiple", "best-worst", "single")
"""The types of the questions that a new lesson's self-check begins with."""

OBJECTIVES = RULES = 3
"""How many objectives and rules a new lesson begins with."""


def new_lesson(
    shop: Workshop, title: str, others: Mapping[str, str], module: str, minutes: int, name: str
) -> list[Change]:
    """A lesson in all languages, its self-check, and its place in the navigation.

    `others` are the titles in other languages; `module` a title from the navigation, "" for the
    last part that has lessons; `name` the files' name, "" to make it of the title.
    """
    titles = shop.titles(title, others)
    name = checked_name(name, titles[shop.original], page_names(shop.source))
    lessons = [page for page in shop.source.originals if lesson_number(page)]
    there = place(shop, module, lessons, "lessons")
    uri = posixpath.join(there.folder, name)
    objectives = [f"{name}-{n}" for n in range(1, OBJECTIVES + 1)]
    given = {"lesson": _next_number(lessons), "minutes": minutes, "objectives": objectives}
    pages = [
        Change(
            shop.path(uri, language),
            shop.skeletons.page("lesson.md", language, title=titles[language], **given),
        )
        for language in shop.settings.languages
    ]
    taken = question_ids(shop.source)
    questions = [
        question(
            *(shop, kind, next_id(name, taken)),
            objective=objectives[number % OBJECTIVES],
            section=f"rule-{number % RULES + 1}",
            turn=number,
        )
        for number, kind in enumerate(SELF_CHECK)
    ]
    quiz = Change(f"quizzes/{name}.yml", self_check(shop, uri, questions))
    return [*pages, quiz, *there.entered(name)]


def new_scenario(
    shop: Workshop, title: str, others: Mapping[str, str], lesson: str, module: str, name: str
) -> list[Change]:
    """A practice conversation of a lesson, its page in all languages, its place in the nav."""
    titles = shop.titles(title, others)
    taken = page_names(shop.source) | set(shop.source.scenarios)
    name = checked_name(name, titles[shop.original], taken)
    home = shop.page(lesson)
    if not lesson_number(home):
        raise CourseError(f"{home.path} is no lesson; a conversation belongs to one.")
    talks = [page for page in shop.source.originals if placed(page, "scenario")]
    there = place(shop, module, talks, "practice")
    link = posixpath.relpath(home.uri, there.folder or ".") + ".md"
    section = f"{home.slug}#{first_heading(home)}"
    data = {"title": titles, "lesson": home.slug, "uri": home.uri, "section": section}
    text = shop.skeletons.data("scenario.yml", **data)
    pages = [
        Change(
            shop.path(posixpath.join(there.folder, name), language),
            shop.skeletons.page(
                *("talk-page.md", language),
                title=titles[language],
                name=name,
                lesson_title=title_of(shop, home, language),
                lesson_link=link,
            ),
        )
        for language in shop.settings.languages
    ]
    return [*pages, Change(f"quizzes/scenarios/{name}.yml", text), *there.entered(name)]


def new_chart(
    shop: Workshop, title: str, others: Mapping[str, str], on: str, name: str
) -> list[Change]:
    """A decision chart, placed under a heading of its own below the other charts of a page.

    `on` names the page; "" takes the one with most charts.
    """
    titles = shop.titles(title, others)
    name = checked_name(name, titles[shop.original], set(shop.source.charts))
    page = shop.page(on) if on else _chart_page(shop.source)
    if name in {heading.id for heading in page.headings}:
        raise CourseError(f"{page.path} has a heading “{name}” already; choose another (--name).")
    changes = [
        Change(
            f"quizzes/charts/{name}.yml",
            shop.skeletons.data("chart.yml", title=titles, uri=page.uri),
        )
    ]
    for each in shop.source.pages:
        if each.uri == page.uri:
            values = {"title": titles[each.language], "name": name}
            piece = shop.skeletons.page("chart-place.md", each.language, **values)
            text = _with_chart(read(shop.root, each.path), piece)
            changes.append(Change(each.path, text, each.path))
    return changes


def _next_number(lessons: list[Page]) -> str:
    taken = [lesson_number(page)[1:] for page in lessons]
    return f"L{max([0, *(int(digits) for digits in taken if digits.isdecimal())]) + 1:02}"


def _chart_page(source: Source) -> Page:
    pages = [page for page in source.originals if placed(page, "chart")]
    if not pages:
        raise CourseError("No page has a chart yet; add --page with the one to put it on.")
    return max(pages, key=lambda page: placed(page, "chart"))


def _with_chart(text: str, piece: str) -> str:
    """A page with a heading and a chart below its last chart, or at its end."""
    end = line_end(text)
    lines = text.split(end)
    last = [n for n, line in enumerate(lines) if line.lstrip().startswith("<!-- chart:")]
    number = last[-1] + 1 if last else len(text.rstrip().split(end))
    return end.join([*lines[:number], *piece.rstrip("\n").split("\n"), *lines[number:]])
