"""What is wrong with self-checks and with the texts of any data: ids, keys, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .. import markup
from ..base import ID_PATTERN
from ..load import Source
from ..model import TEXT_FIELDS, Quiz
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..yaml_reader import UNREADABLE, Document, Where
from .draw import draw_problems
from .entries import entry_ids
from .links import data_link_problems
from .questions import Raw, question_problems

Ids = Mapping[str, tuple[str, int]]
"""Question id -> the file and line where it stands first."""

ID_ADVICE = "a to z, digits, single hyphens; not “review”"
MARKDOWN_ADVICE = "use emphasis, lists and links (https, mailto, pages of the course) only"


def data_ids(source: Source) -> dict[str, tuple[str, int]]:
    """Where each question id stands first."""
    first: dict[str, tuple[str, int]] = {}
    for document in source.quizzes.values():
        for where, question in document.items("questions"):
            if isinstance(question.get("id"), str):
                first.setdefault(question["id"], (document.path, document.line((*where, "id"))))
    return first


def quiz_problems(slug: str, document: Document, source: Source, ids: Ids) -> Iterator[Problem]:
    """What is wrong in one self-check; `slug` is its file's name without extension."""
    yield from document.problems
    if document.data is UNREADABLE:
        return
    yield from shape_problems(document, Quiz)
    if not re.match(ID_PATTERN, slug) or slug == "review":
        what = f"a self-check cannot have the name “{slug}”"
        yield document.problem(
            "file-name", (), what, f"name it and its page in small letters ({ID_ADVICE})"
        )
    yield from _emptiness(document)
    rows = entry_ids(source, "challenges")
    for where, question in document.items("questions"):
        yield from _repeated_id(document, where, question, ids)
        yield from question_problems(document, where, question, rows)
        yield from _unanswered(document, where, question, source)
        yield from _reference_problems(slug, document, where, question, source)
    yield from draw_problems(document, source)
    yield from text_problems(document, source)
    yield from _uncovered(slug, document, source)


def _emptiness(document: Document) -> Iterator[Problem]:
    if isinstance(document.data, Mapping) and document.data.get("draw", ...) is None:
        yield document.problem(
            "empty-field", ("draw",), "“draw” is empty", "write “count:” below it"
        )
    elif isinstance(document.data, Mapping) and "draw" not in document.data:
        if "questions" not in document.data:
            yield document.problem(
                "empty-field", (), "“questions” is missing", "add “questions:” here"
            )
        elif document.data["questions"] == []:
            fix = "write one, or delete the file"
            yield document.problem("empty-field", ("questions",), "there are no questions", fix)


def _repeated_id(document: Document, where: Where, question: Raw, ids: Ids) -> Iterator[Problem]:
    name, place = question.get("id"), (*where, "id")
    if isinstance(name, str) and ids[name] != (document.path, document.line(place)):
        path, first = ids[name]
        fix = f"choose another (it stands at {path}:{first})"
        yield document.problem("repeated-id", place, f"the question id “{name}” is taken", fix)


def _unanswered(
    document: Document, where: Where, question: Raw, source: Source
) -> Iterator[Problem]:
    """A word to fill in is accepted in each language in which the question is asked."""
    answers, stem = question.get("answers"), question.get("stem")
    if question.get("type") != "fill-in" or not isinstance(answers, Mapping):
        return
    for language in stem if isinstance(stem, Mapping) else ():
        if language not in answers and language not in source.unfinished:
            what = f"no answers are accepted in “{language}”"
            fix = f"add “{language}: […]”"
            yield document.key_problem("missing-text", (*where, "answers"), what, fix)


def _reference_problems(
    slug: str, document: Document, where: Where, question: Raw, source: Source
) -> Iterator[Problem]:
    objective, section = question.get("objective"), question.get("section")
    known = source.objectives
    if isinstance(objective, str) and objective not in known and source.whole:
        what = f"no lesson has the objective “{objective}”"
        yield document.problem("unknown-id", (*where, "objective"), what, suggest(objective, known))
    if isinstance(section, str):
        page, _, anchor = section.rpartition("#")
        place = (*where, "section")
        if not page and slug not in source.by_slug:
            if slug not in source.placed.get("quiz", ()):
                return  # That is what is wrong, and it is told of the file.
            what = "this self-check has no page of its own, so a heading alone names no place"
            yield document.problem("broken-link", place, what, f"write page#{anchor}")
        else:
            yield from address_problems(document, place, page or slug, anchor, source)


def address_problems(
    document: Document, where: Where, slug: str, anchor: str, source: Source
) -> Iterator[Problem]:
    """Whether the page `slug`, and its heading `anchor` unless that is "", exist."""
    pages = source.by_slug.get(slug)
    if not pages:
        fix = suggest(slug, source.by_slug)
        yield document.problem("broken-link", where, f"there is no page “{slug}”", fix)
        return
    known = {heading.id for page in pages for heading in page.headings if heading.id}
    unread = any(page.problems and not page.body for page in pages)
    if anchor and anchor not in known and not unread:
        what = f"the page “{slug}” has no heading with the id “{anchor}”"
        yield document.problem("broken-link", where, what, suggest(anchor, known))


def _uncovered(slug: str, document: Document, source: Source) -> Iterator[Problem]:
    if not isinstance(document.data, Mapping) or "questions" not in document.data:
        return
    used = [question.get("objective") for _, question in document.items("questions")]
    for page in source.by_slug.get(slug, ()):
        for name in page.objectives if page.language == source.languages[0] else ():
            if name not in used:
                what = f"no question asks for the objective “{name}” of {page.path}"
                yield document.problem(
                    "uncovered-objective", (), what, "write one, or take the objective out"
                )


def text_problems(document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong with the texts of a data file: languages, emptiness, unsafe Markdown."""
    for where, texts in data_texts(document.data, ()):
        for language in source.languages:
            if language not in texts and language not in source.unfinished:
                what = f"“{where[-1]}” has no text in “{language}”"
                yield document.key_problem("missing-text", where, what, f"add “{language}: …”")
        for language, text in texts.items():
            place = (*where, language)
            if language not in source.languages:
                what = f"the course has no language “{language}”"
                yield document.key_problem(
                    "unknown-id", place, what, suggest(language, source.languages)
                )
            if isinstance(text, str):
                yield from _one_text(document, place, text, source)


def data_texts(data: Any, where: Where) -> Iterator[tuple[Where, Raw]]:
    """All texts of a document, each a mapping of languages, with their places."""
    if not isinstance(data, _COLLECTIONS):
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if not isinstance(value, _COLLECTIONS):
            continue
        if key in TEXT_FIELDS and isinstance(value, dict):
            yield (*where, key), value
        else:
            yield from data_texts(value, (*where, key))


_COLLECTIONS = (dict, list)


def _one_text(document: Document, where: Where, text: str, source: Source) -> Iterator[Problem]:
    name = f"“{where[-2]}” in “{where[-1]}”"
    if not text.strip():
        yield document.problem("empty-field", where, f"{name} is empty", "write the text")
        return
    if where in document.cut:
        what = f"{name} ends before “#”, where YAML begins a comment"
        yield document.problem(
            "yaml-sign", where, what, "put the text in quotes, or after >- on the next line"
        )
    if markup.is_plain(text):
        return
    for danger in markup.dangers(text):
        yield document.problem("unsafe-text", where, f"{name} holds {danger}", MARKDOWN_ADVICE)
    if where[-2] == "stem" and markup.is_block(text):
        fix = "move all but the question to “scenario”"
        yield document.problem("question-form", where, f"{name} is more than one paragraph", fix)
    yield from data_link_problems(document, where, markup.links(text), source)
