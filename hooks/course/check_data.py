"""What is wrong with data files: ids, keys, texts, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import markup
from .check_pages import objective_ids
from .load import Source
from .model import ChallengeTable, Quiz
from .problem import Problem, suggest
from .shape import shape_problems, text_fields
from .yaml_reader import UNREADABLE, Document, Where

Ids = Mapping[str, tuple[str, int]]
"""Question id -> the file and line where it stands first."""


def items(document: Document, name: str) -> list[tuple[Where, Mapping[str, Any]]]:
    """The mappings in the list `name` of a document, with their places."""
    data = document.data.get(name) if isinstance(document.data, Mapping) else None
    found = enumerate(data) if isinstance(data, list) else ()
    return [((name, i), item) for i, item in found if isinstance(item, Mapping)]


def data_ids(source: Source) -> dict[str, tuple[str, int]]:
    """Where each question id stands first."""
    first: dict[str, tuple[str, int]] = {}
    for document in source.quizzes.values():
        for where, question in items(document, "questions"):
            if isinstance(question.get("id"), str):
                place = (document.path, document.line((*where, "id")))
                first.setdefault(question["id"], place)
    return first


def quiz_problems(slug: str, document: Document, source: Source, ids: Ids) -> Iterator[Problem]:
    """What is wrong in one self-check; `slug` is its file's name without extension."""
    yield from document.problems
    yield from shape_problems(document, Quiz)
    if isinstance(document.data, Mapping) and document.data.get("questions") == []:
        yield Problem(document.path, document.line(("questions",)), "there are no questions", "write one, or delete the file")
    for where, question in items(document, "questions"):
        yield from _repeated_id(document, where, question, ids)
        yield from _option_problems(document, where, question)
        yield from _reference_problems(slug, document, where, question, source)
    yield from text_problems(document, source)
    yield from _uncovered(slug, document, source)


def _repeated_id(document: Document, where: Where, question: Mapping[str, Any], ids: Ids) -> Iterator[Problem]:
    name = question.get("id")
    line = document.line((*where, "id"))
    if isinstance(name, str) and ids[name] != (document.path, line):
        path, first = ids[name]
        yield Problem(document.path, line, f"the question id “{name}” is taken", f"choose another (it stands at {path}:{first})")


def _option_problems(document: Document, where: Where, question: Mapping[str, Any]) -> Iterator[Problem]:
    raw = question.get("options")
    if not isinstance(raw, list):
        return
    line = document.key_line((*where, "options"))
    options = [option for option in raw if isinstance(option, Mapping)]
    if len(raw) < 2:
        yield Problem(document.path, line, "fewer than two options", "a question needs three, four at most")
    keys = sum(option.get("key", False) is not False for option in options)
    yield from _key_problems(document, line, str(question.get("type")), keys, len(raw))
    if question.get("type") == "true-false" and len({str(o.get("verdict")) for o in options}) < 2 <= len(raw):
        yield Problem(document.path, line, "all options have the same verdict", "give one “verdict: true” and one “verdict: false”")
    yield from _twins(document, (*where, "options"), raw)


def _key_problems(document: Document, line: int, kind: str, keys: int, options: int) -> Iterator[Problem]:
    if keys == 0:
        yield Problem(document.path, line, "no option is marked as right", "add “key: true” to it")
    elif kind in {"single", "true-false"} and keys > 1:
        fix = "keep one" if kind == "true-false" else "keep one, or write “type: multiple”"
        yield Problem(document.path, line, f"{keys} options are marked as right", fix)
    elif kind == "multiple" and keys == options:
        yield Problem(document.path, line, "every option is marked as right", "add one that is not")
    elif kind == "multiple" and keys == 1:
        yield Problem(document.path, line, "one option only is marked as right", "mark another, or write “type: single”")


def _twins(document: Document, where: Where, options: list[Any]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for index, option in enumerate(options):
        if not isinstance(option, Mapping):
            continue
        texts = option.get("text")
        claims = [("text", lang, text) for lang, text in (texts.items() if isinstance(texts, Mapping) else ())]
        verdict = str(option.get("verdict", ""))
        for kind, language, value in [("id", "", option.get("id")), *claims]:
            if not isinstance(value, str) or not value.strip():
                continue
            name = value if kind == "id" else verdict + " ".join(re.findall(r"\w+", value.casefold()))
            place = (*where, index, kind, language) if language else (*where, index, kind)
            line = document.line(place)
            first = seen.setdefault((kind + language, name), line)
            if first != line:
                what = f"two options have the same {kind}" + (f" in “{language}”" if language else "")
                yield Problem(document.path, line, what, f"change one (the first is in line {first})")


def _reference_problems(slug: str, document: Document, where: Where, question: Mapping[str, Any], source: Source) -> Iterator[Problem]:
    objective, section = question.get("objective"), question.get("section")
    known = {name for page in source.pages for name in objective_ids(page)}
    if isinstance(objective, str) and objective not in known:
        line = document.line((*where, "objective"))
        yield Problem(document.path, line, f"no lesson has the objective “{objective}”", suggest(objective, known))
    if isinstance(section, str):
        page, hash_, anchor = section.rpartition("#")
        line = document.line((*where, "section"))
        yield from _section_problems(document.path, line, page if hash_ else home_of(slug, source), anchor, source)


def home_of(quiz: str, source: Source) -> str:
    """The page that a self-check belongs to: its namesake, or the one whose marker names it."""
    from .check_pages import placed_quizzes

    if any(page.slug == quiz for page in source.pages):
        return quiz
    return next((p.slug for p in source.pages if quiz in dict(placed_quizzes(p))), quiz)


def _section_problems(path: str, line: int, slug: str, anchor: str, source: Source) -> Iterator[Problem]:
    pages = [page for page in source.pages if page.slug == slug]
    if not pages:
        yield Problem(path, line, f"there is no page “{slug}”", suggest(slug, {p.slug for p in source.pages}))
        return
    known = {heading.id for page in pages for heading in page.headings if heading.id}
    if anchor and anchor not in known:
        what = f"the page “{slug}” has no heading with the id “{anchor}”"
        yield Problem(path, line, what, suggest(anchor, known))


def _uncovered(slug: str, document: Document, source: Source) -> Iterator[Problem]:
    used = {question.get("objective") for _, question in items(document, "questions")}
    page = next((p for p in source.pages if p.slug == slug and p.language == source.languages[0]), None)
    for name in objective_ids(page) if page and document.data is not UNREADABLE else ():
        if name not in used:
            what = f"no question asks for the objective “{name}” of {page.path if page else slug}"
            yield Problem(document.path, 1, what, "write one, or take the objective out")


def challenge_problems(document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong in the challenge / approach table."""
    yield from document.problems
    yield from shape_problems(document, ChallengeTable)
    seen: dict[str, int] = {}
    for where, row in items(document, "rows"):
        name, line = row.get("id"), document.line((*where, "id"))
        if isinstance(name, str) and seen.setdefault(name, line) != line:
            yield Problem(document.path, line, f"the row id “{name}” stands here a second time", f"choose another (the first is in line {seen[name]})")
        lesson = row.get("lesson")
        if isinstance(lesson, str):
            yield from _section_problems(document.path, document.line((*where, "lesson")), lesson, "", source)
    yield from text_problems(document, source)


def text_problems(document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong with the texts of a data file: languages, emptiness, unsafe Markdown."""
    for where, texts in _texts(document.data, ()):
        for language in source.languages:
            if language not in texts:
                line = document.key_line(where)
                yield Problem(document.path, line, f"“{where[-1]}” has no text in “{language}”", f"add “{language}: …”")
        for language, text in texts.items():
            place = (*where, language)
            if language not in source.languages:
                what = f"the course has no language “{language}”"
                yield Problem(document.path, document.key_line(place), what, suggest(language, source.languages))
            if isinstance(text, str):
                yield from _one_text(document, place, text, source)


def _texts(data: Any, where: Where) -> Iterator[tuple[Where, Mapping[str, Any]]]:
    children = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        if key in text_fields() and isinstance(value, Mapping):
            yield (*where, key), value
        else:
            yield from _texts(value, (*where, key))


def _one_text(document: Document, where: Where, text: str, source: Source) -> Iterator[Problem]:
    line, name = document.line(where), f"“{where[-2]}” in “{where[-1]}”"
    if not text.strip():
        yield Problem(document.path, line, f"{name} is empty", "write the text")
        return
    for danger in markup.dangers(text):
        yield Problem(document.path, line, f"{name} holds {danger}", "use Markdown (emphasis, lists, links to http, https, mailto or pages of the course) only")
    if where[-2] == "stem" and markup.paragraphs(text):
        yield Problem(document.path, line, f"{name} is more than one paragraph", "move all but the question to “scenario”")
    uris = {page.uri: page.slug for page in source.pages}
    for uri, anchor in markup.page_links(text):
        if uri not in uris:
            what = f"{name} links to “{uri}.md”, which does not exist"
            yield Problem(document.path, line, what, f"write the path from docs/: {suggest(uri, uris)}")
        else:
            yield from _section_problems(document.path, line, uris[uri], anchor, source)
