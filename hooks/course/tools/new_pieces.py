"""A course and a trainer's wish come in; the files that a new piece needs go out, unwritten.

Each function returns `Change`s and raises CourseError when the wish cannot be met. The course
they leave builds strictly; what is to be written in it carries the mark (`skeletons.MARK`).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..check_pages import markers, objective_ids
from ..load import Page, Source
from ..model import QUESTION_TYPES
from ..problem import suggest
from ..settings import Settings
from . import naming
from .skeletons import Skeletons, titled
from .environment import CourseError
from .writing import Change, line_end, read
from .yaml_edit import Section, composed, entry, sections, with_item, with_page

SELF_CHECK = ("single", "true-false", "multiple", "best-worst", "single")
"""The types of the questions that a new lesson's self-check begins with."""

OBJECTIVES = 3
"""How many objectives a new lesson begins with."""


@dataclass(frozen=True)
class Workshop:
    """A course to add to: its folder, its settings, and everything in it, unjudged."""

    root: Path
    settings: Settings
    source: Source

    @property
    def skeletons(self) -> Skeletons:
        """The skeletons in the languages of the course."""
        return Skeletons(self.settings.languages)

    def path(self, uri: str, language: str) -> str:
        """Where the page `uri` stands in a language."""
        suffix = "" if language == self.settings.languages[0] else f".{language}"
        return f"docs/{uri}{suffix}.md"

    def page(self, name: str) -> Page:
        """The original page that somebody names by its name, its address or its file."""
        plain = name.replace("\\", "/").removeprefix("./").removeprefix("docs/").removesuffix(".md")
        for language in self.settings.languages:
            plain = plain.removesuffix(f".{language}")
        for page in self.source.originals:
            if plain in {page.slug, page.uri}:
                return page
        known = {page.slug for page in self.source.originals}
        raise CourseError(f"There is no page “{name}”; {suggest(plain, known)}")


def new_lesson(
    shop: Workshop, title: str, others: Mapping[str, str], module: str, minutes: int, name: str
) -> list[Change]:
    """A lesson in all languages, its self-check, and its place in the navigation.

    `others` are the titles in other languages; `module` a title from the navigation, "" for the
    last part that has lessons; `name` the files' name, "" to make it of the title.
    """
    titles = _titles(shop, title, others)
    name = naming.checked_name(
        name, titles[shop.settings.languages[0]], naming.page_names(shop.source)
    )
    lessons = {page.uri: page for page in shop.source.originals if _number(page)}
    nav, place = _navigation(shop, module, set(lessons))
    beside = [uri for uri in _uris(place) if uri in lessons] or list(lessons) or ["lessons/x"]
    uri = posixpath.join(posixpath.dirname(beside[-1]), name)
    objectives = [f"{name}-{n}" for n in range(1, OBJECTIVES + 1)]
    given = {"lesson": _next_number(shop), "minutes": minutes, "objectives": objectives}
    pages = [
        Change(
            shop.path(uri, language),
            shop.skeletons.page("lesson.md", language, title=titles[language], **given),
        )
        for language in shop.settings.languages
    ]
    taken = _question_ids(shop.source)
    asked = [
        _question(
            shop, kind, _free_id(name, taken), objectives[i % OBJECTIVES], f"rule-{i % 3 + 1}", i
        )
        for i, kind in enumerate(SELF_CHECK)
    ]
    quiz = Change(f"quizzes/{name}.yml", _self_check(shop, uri, asked))
    return [*pages, quiz, *_entered(nav, place, f"{uri}.md")]


def new_question(
    shop: Workshop, lesson: str, kind: str, objective: str, section: str, name: str
) -> list[Change]:
    """One more question in the self-check of a page, which is begun where there is none.

    A new self-check asks for every objective of its lesson. `objective` "" takes the one with
    fewest questions, `section` "" the first heading; `name` is the question's id, "" for a free one.
    """
    if kind not in QUESTION_TYPES:
        raise CourseError(f"There is no type “{kind}”; {suggest(kind, QUESTION_TYPES)}")
    page = shop.page(lesson)
    path, taken = f"quizzes/{page.slug}.yml", _question_ids(shop.source)
    if name:
        naming.checked_name(name, "", taken)
    section = _section(page, section)
    wanted = [objective] if objective else _least_asked(shop.source, page)
    new = not (shop.root / path).exists()
    owns = [each for each in objective_ids(page) if new and each != wanted[0]]
    asked = []
    for each in [*wanted[:1], *owns]:
        id_ = name if name and not asked else _free_id(page.slug, taken)
        asked.append(_question(shop, kind, id_, each, section, len(taken)))
    _known_objective(shop.source, wanted[0])
    if new:
        return [Change(path, _self_check(shop, page.uri, asked))]
    text = read(shop.root, path)
    return [Change(path, _appended(text, path, asked[0]), path)]


def new_scenario(
    shop: Workshop, title: str, others: Mapping[str, str], lesson: str, module: str, name: str
) -> list[Change]:
    """A practice conversation of a lesson, its page in all languages, its place in the navigation."""
    titles = _titles(shop, title, others)
    taken = naming.page_names(shop.source) | set(shop.source.scenarios)
    name = naming.checked_name(name, titles[shop.settings.languages[0]], taken)
    page = shop.page(lesson)
    if not _number(page):
        raise CourseError(f"{page.path} is no lesson; a conversation belongs to one.")
    others_ = [p.uri for p in shop.source.originals if _places(p, "scenario")]
    nav, place = _navigation(shop, module, set(others_))
    beside = [uri for uri in _uris(place) if uri in others_] or others_ or ["practice/x"]
    uri = posixpath.join(posixpath.dirname(beside[-1]), name)
    link = posixpath.relpath(page.uri, posixpath.dirname(uri) or ".") + ".md"
    section = f"{page.slug}#{_section(page, '')}"
    data = {"title": titles, "lesson": page.slug, "uri": page.uri, "section": section}
    text = shop.skeletons.data("scenario.yml", **data)
    pages = [
        Change(
            shop.path(uri, language),
            shop.skeletons.page(
                "talk-page.md",
                language,
                title=titles[language],
                name=name,
                lesson_title=_title(shop, page, language),
                lesson_link=link,
            ),
        )
        for language in shop.settings.languages
    ]
    talk = Change(f"quizzes/scenarios/{name}.yml", text)
    return [*pages, talk, *_entered(nav, place, f"{uri}.md")]


def new_chart(
    shop: Workshop, title: str, others: Mapping[str, str], on: str, name: str
) -> list[Change]:
    """A decision chart, placed under a heading of its own below the other charts of a page.

    `on` names the page; "" takes the one with most charts.
    """
    titles = _titles(shop, title, others)
    name = naming.checked_name(name, titles[shop.settings.languages[0]], set(shop.source.charts))
    page = shop.page(on) if on else _chart_page(shop.source)
    if name in {heading.id for heading in page.headings}:
        raise CourseError(f"{page.path} has a heading “{name}” already; choose another (--name).")
    versions = [each for each in shop.source.pages if each.uri == page.uri]
    placed = [
        Change(
            each.path,
            _with_chart(
                read(shop.root, each.path),
                shop.skeletons.page(
                    "chart-place.md", each.language, title=titles[each.language], name=name
                ),
            ),
            each.path,
        )
        for each in versions
    ]
    text = shop.skeletons.data("chart.yml", title=titles, uri=page.uri)
    return [Change(f"quizzes/charts/{name}.yml", text), *placed]


def _titles(shop: Workshop, title: str, others: Mapping[str, str]) -> dict[str, str]:
    for language in others:
        if language not in shop.settings.languages[1:]:
            known = shop.settings.languages[1:]
            raise CourseError(
                f"--title {language}=…: no such translation; {suggest(language, known)}"
            )
    checked = {language: naming.checked_title(text) for language, text in others.items()}
    return titled(naming.checked_title(title), checked, shop.settings.languages)


def _navigation(shop: Workshop, module: str, alike: set[str]) -> tuple[str, Section | None]:
    """mkdocs.yml, and the part of its navigation where a page belongs.

    That is the part called `module` in any language; else the last one that holds a page of
    `alike`, else the last one. None when mkdocs.yml has no navigation: then all pages are in it.
    """
    text = read(shop.root, "mkdocs.yml")
    found = sections(text)
    names = {
        title.casefold(): part
        for part, known in zip(found[1:], shop.settings.modules, strict=False)
        for title in {part.title, *known.title.values()}
    }
    if module:
        if module.casefold() not in names:
            fix = suggest(module, {part.title for part in found[1:]})
            raise CourseError(f"The navigation has no part “{module}”; {fix}")
        return text, names[module.casefold()]
    with_alike = [part for part in found[1:] if alike & set(_uris(part))]
    return text, (with_alike or found or [None])[-1]


def _uris(part: Section | None) -> list[str]:
    return [page.removesuffix(".md") for page in part.pages] if part else []


def _entered(text: str, place: Section | None, page: str) -> list[Change]:
    return [Change("mkdocs.yml", with_page(text, place, page), "mkdocs.yml")] if place else []


def _number(page: Page) -> str:
    """The number of a lesson; "" for another page."""
    data = page.meta.data if isinstance(page.meta.data, dict) else {}
    return str(data.get("lesson") or "")


def _next_number(shop: Workshop) -> str:
    taken = [_number(page)[1:] for page in shop.source.originals]
    number = max([0, *(int(digits) for digits in taken if digits.isdigit())]) + 1
    if number > 99:
        raise CourseError("The lessons are numbered up to L99; free a number first.")
    return f"L{number:02}"


def _title(shop: Workshop, page: Page, language: str) -> str:
    pages = [each for each in shop.source.pages if each.uri == page.uri]
    its = next((each for each in pages if each.language == language), page)
    return str(its.meta.data.get("title", "")) if isinstance(its.meta.data, dict) else ""


def _places(page: Page, marker: str) -> int:
    return sum(found.name == marker for found, _ in markers(page))


def _question_ids(source: Source) -> set[str]:
    return {
        str(question.get("id"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
    }


def _free_id(name: str, taken: set[str]) -> str:
    """The next id “name-1” that no question has; it is taken from now on."""
    number = 1
    while f"{name}-{number}" in taken:
        number += 1
    taken.add(f"{name}-{number}")
    return f"{name}-{number}"


def _least_asked(source: Source, page: Page) -> list[str]:
    """The objectives of a page, those with fewest questions first."""
    asked = Counter(
        str(question.get("objective"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
    )
    own = objective_ids(page)
    if not own:
        raise CourseError(f"{page.path} has no objectives; add --objective with one of a lesson.")
    return sorted(own, key=lambda name: asked[name])


def _known_objective(source: Source, objective: str) -> None:
    known = {name for page in source.originals for name in objective_ids(page)}
    if objective not in known:
        raise CourseError(f"No lesson has the objective “{objective}”; {suggest(objective, known)}")


def _section(page: Page, wanted: str) -> str:
    """A heading of the page to read again: the wanted one, or the first."""
    known = [heading.id for heading in page.headings if heading.id]
    if not known:
        raise CourseError(
            f"No heading of {page.path} has an id; add one to it, like {{ #silence }}."
        )
    if wanted and wanted not in known:
        raise CourseError(f"{page.path} has no heading “{wanted}”; {suggest(wanted, known)}")
    return wanted or known[0]


def _question(shop: Workshop, kind: str, name: str, objective: str, section: str, turn: int) -> str:
    """A question; `turn` moves the right option, so that it does not always stand in one place."""
    values = {"type": kind, "id": name, "objective": objective, "section": section}
    return shop.skeletons.data(f"question/{kind}.yml", **values, level="apply", turn=turn)


def _self_check(shop: Workshop, uri: str, questions: Sequence[str]) -> str:
    indented = "\n".join(
        "".join(f"  {line}" for line in text.splitlines(keepends=True)) for text in questions
    )
    return shop.skeletons.data("self-check.yml", uri=uri, questions=indented.rstrip())


def _appended(text: str, path: str, question: str) -> str:
    """A self-check with one more question."""
    node = entry(composed(text, path), "questions")
    if node is None:
        end = line_end(text)
        body = "".join(f"  {line}{end}" for line in question.splitlines())
        return text.rstrip() + f"{end}{end}questions:{end}{body}"
    changed = text
    if isinstance(node, yaml.SequenceNode):
        changed = with_item(text, node, question.rstrip(), gap=True)
    after = entry(composed(changed, path), "questions")
    if not isinstance(after, yaml.SequenceNode) or len(after.value) != len(node.value) + 1:
        raise CourseError(
            f"{path}: “questions” is written in an unusual way; begin each with “- ”."
        )
    return changed


def _chart_page(source: Source) -> Page:
    pages = [page for page in source.originals if _places(page, "chart")]
    if not pages:
        raise CourseError("No page has a chart yet; add --page with the one to put it on.")
    return max(pages, key=lambda page: _places(page, "chart"))


def _with_chart(text: str, piece: str) -> str:
    """A page with a heading and a chart below its last chart, or at its end."""
    end = line_end(text)
    lines = text.split(end)
    last = [n for n, line in enumerate(lines) if line.lstrip().startswith("<!-- chart:")]
    number = last[-1] + 1 if last else len(text.rstrip().split(end))
    return end.join([*lines[:number], *piece.rstrip("\n").split("\n"), *lines[number:]])
