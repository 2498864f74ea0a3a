"""Everything that is wrong with a course comes out as a list of problems. Raises nothing.

The rules look at the raw data, one place at a time, so that a mistake in one place never
hides the next; only a course without a mistake becomes the typed model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from .borrowed import borrowed
from .chart import Chart
from .checks.charts import chart_problems
from .checks.data import data_ids, quiz_problems
from .checks.links import link_problems, navigation_problems
from .checks.markers import markers, placement_problems
from .checks.pages import name_problems, page_problems
from .checks.scenarios import scenario_problems
from .checks.settings import settings_problems
from .checks.signs import sign_problems
from .checks.tables import table_problems
from .excerpts import notes, phrases, terms
from .fields import descriptions
from .load import Source
from .model import (
    ChallengeTable,
    Course,
    CoursePage,
    Glossary,
    PageMeta,
    PageText,
    Pictures,
    Plans,
    Quiz,
)
from .moves import moved_problems
from .page import Page
from .planner import Planner
from .problem import Problem, gathered, suggest
from .talk import Scenario
from .translation import stale_sections
from .yaml_reader import UNREADABLE, Document


def check(source: Source) -> tuple[Course | None, list[Problem]]:
    """Judge a course.

    Returns the course, or None when a problem that is more than advice was found, and all
    problems in the order of files and lines.
    """
    problems = gathered(_problems(source))
    if any(not problem.advice for problem in problems):
        return None, problems
    return build_course(source), problems


def _problems(source: Source) -> Iterator[Problem]:
    yield from _unfinished_problems(source)
    yield from source.strays
    yield from string_problems(source)
    yield from description_problems(source)
    for page in source.pages:
        yield from _of_page(page, source)
    yield from settings_problems(source.settings)
    yield from navigation_problems(source)
    yield from name_problems(source)
    yield from moved_problems(source)
    yield from placement_problems(source)
    for _, problems in _of_data(source):
        yield from problems


def check_files(source: Source, paths: Iterable[str]) -> list[Problem]:
    """What is wrong in the files at `paths` alone, and in the translations of these pages.

    No rule about the rest of the course is asked, so this does not grow with it.
    """
    paths = frozenset(paths)
    uris = {page.uri for page in source.pages if page.path in paths}
    pages = [_of_page(page, source) for page in source.pages if page.uri in uris]
    data = [found for document, found in _of_data(source) if document.path in paths]
    if any(document.path in paths for document in source.interface):
        data += [string_problems(source), description_problems(source)]
    return gathered(problem for problems in (*pages, *data) for problem in problems)


def _of_page(page: Page, source: Source) -> Iterator[Problem]:
    yield from page_problems(page, source)
    yield from link_problems(page, source)
    yield from sign_problems(page)


def _of_data(source: Source) -> Iterator[tuple[Document, Iterator[Problem]]]:
    """Each data file, and its problems, which are looked for when they are asked for."""
    ids = data_ids(source)
    for slug, document in source.quizzes.items():
        yield document, quiz_problems(slug, document, source, ids)
    for name, document in source.tables.items():
        yield document, table_problems(name, document, source)
    for name, document in source.scenarios.items():
        yield document, scenario_problems(name, document, source)
    for name, document in source.charts.items():
        yield document, chart_problems(name, document, source)


def _unfinished_problems(source: Source) -> Iterator[Problem]:
    """A language that is being added is one of the course's, and not the one it falls back to."""
    others = source.languages[1:]
    for name, line in source.unfinished.items():
        if name not in others:
            what = f"“unfinished” names “{name}”, which is no language that others are added to"
            if name == source.languages[0]:
                what = f"“unfinished” names “{name}”, the default language"
            fix = suggest(name, others)
            yield Problem("mkdocs.yml", line, what, fix, rule="unknown-id")


def string_problems(source: Source) -> Iterator[Problem]:
    """Interface texts: a file for each language, with the keys of the default one."""
    for texts in source.strings.values():
        yield from texts.problems
    first = source.languages[0]
    default = source.strings.get(first)
    for language in source.languages:
        document = source.strings.get(language)
        if document is None and language in source.unfinished:
            continue
        if document is None:
            path = f"hooks/course/strings/{language}.yml"
            fix = f"copy another file of that folder and translate it into “{language}”"
            yield Problem(
                path,
                1,
                "the interface texts of this language are missing",
                fix,
                rule="missing-text",
            )
        elif not isinstance(document.data, Mapping):
            yield from _no_texts(document)
        elif default and isinstance(default.data, Mapping):
            yield from _string_problems(document, default, language in source.unfinished)


def _string_problems(document: Document, default: Document, unfinished: bool) -> Iterator[Problem]:
    for key, text in default.data.items():
        value = document.data.get(key)
        if value is None and unfinished:
            continue
        if value is None:
            yield document.problem(
                "missing-text", (), f"the text “{key}” is missing", f'add {key}: "…"'
            )
        elif not isinstance(value, str) or not value.strip():
            yield _no_text(document, key)
        elif isinstance(text, str) and _blanks(value) != _blanks(text):
            wanted = ", ".join(f"{{{name}}}" for name in _blanks(text)) or "no braces"
            what = f"“{key}” does not have the blanks of {default.path}"
            yield document.problem("text-blanks", (key,), what, f"use {wanted}, as they are")
    for key in document.data:
        if key not in default.data:
            fix = f"add it to {default.path}, or take it out if no template uses it"
            yield document.key_problem("unknown-field", (key,), f"unknown key “{key}”", fix)


def description_problems(source: Source) -> Iterator[Problem]:
    """Translated descriptions of fields; what has none is read in the language of the model."""
    known = descriptions()
    for document in source.descriptions.values():
        yield from document.problems
        if not isinstance(document.data, Mapping):
            yield from _no_texts(document)
            continue
        for key, text in document.data.items():
            if key not in known:
                what, fix = f"the model has no field “{key}”", suggest(key, known)
                yield document.key_problem("unknown-field", (key,), what, fix)
            elif not isinstance(text, str) or not text.strip():
                yield _no_text(document, key)


def _no_texts(document: Document) -> Iterator[Problem]:
    if document.data is not UNREADABLE:
        fix = "write a key and a text in each line"
        yield Problem(document.path, 1, "the file holds no texts", fix, rule="wrong-kind")


def _no_text(document: Document, key: str) -> Problem:
    return document.problem("wrong-kind", (key,), f"“{key}” is no text", 'write it in quotes: "…"')


@lru_cache(maxsize=4096)
def _blanks(text: str) -> list[str]:
    """What is filled in at `{name}`; a brace without its other half counts as one."""
    return sorted(
        re.findall(r"\{(\w+)\}", text) + re.findall(r"[{}]", re.sub(r"\{\w+\}", "", text))
    )


def build_course(source: Source) -> Course:
    """The typed model of a source in which nothing is wrong."""
    by_uri: dict[str, dict[str, Page]] = {}
    for page in source.pages:
        by_uri.setdefault(page.uri, {})[page.language] = page
    pages = {
        uri.rsplit("/", 1)[-1]: CoursePage(uri, page_texts(versions, source.languages))
        for uri, versions in by_uri.items()
    }
    tables = {name: document.data for name, document in source.tables.items()}
    return Course(
        source.languages,
        pages,
        {slug: Quiz.model_validate(doc.data) for slug, doc in source.quizzes.items()},
        ChallengeTable.model_validate(tables.get("challenges", {"rows": []})),
        {language: interface_texts(source, language) for language in source.languages},
        Glossary.model_validate(tables.get("glossary", {"terms": []})),
        Plans.model_validate(tables.get("plans", {"plans": []})),
        Pictures.model_validate(tables.get("pictures", {"pictures": []})),
        source.modules,
        planner=Planner.model_validate(tables.get("planner", {"sections": []})),
        scenarios={
            name: Scenario.model_validate(doc.data) for name, doc in source.scenarios.items()
        },
        charts={name: Chart.model_validate(doc.data) for name, doc in source.charts.items()},
        unfinished=frozenset(source.unfinished),
        descriptions={language: doc.data for language, doc in source.descriptions.items()},
    )


def interface_texts(source: Source, language: str) -> dict[str, str]:
    """All interface texts for `language`; what it lacks is borrowed from the default one."""
    default = source.languages[0]
    own = source.strings[language].data if language in source.strings else {}
    texts = {key: borrowed(text, default) for key, text in source.strings[default].data.items()}
    # Whatever it is called in other programs, a language is known by its code.
    return texts | {"theme.og_locale": language} | own


def page_texts(versions: Mapping[str, Page], languages: tuple[str, ...]) -> dict[str, PageText]:
    """What a page says in each of its languages, in their order."""
    ordered = [language for language in languages if language in versions]
    original = versions[languages[0]]
    return {language: _page_text(versions[language], original) for language in ordered}


def _page_text(page: Page, original: Page) -> PageText:
    sections = {heading.id: heading.text for heading in page.headings if heading.id}
    return PageText(
        page.path,
        PageMeta.model_validate(page.meta.data),
        sections,
        tuple(phrases(page.body)[0]),
        notes(page.body),
        tuple(dict.fromkeys(name for name, _ in terms(page.masked))),
        tuple(marker.arguments[0] for marker, _ in markers(page) if marker.name == "scenario"),
        tuple(stale_sections(page, original)),
    )
