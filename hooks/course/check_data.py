"""What is wrong with data files: ids, keys, texts, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import markup
from .check_pages import objective_ids, placed_quizzes
from .load import Source
from .model import TEXT_FIELDS, ChallengeTable, Quiz
from .problem import Problem, suggest
from .shape import shape_problems
from .yaml_reader import Document, Where

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""

Ids = Mapping[str, tuple[str, int]]
"""Question id -> the file and line where it stands first."""

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
    yield from shape_problems(document, Quiz)
    if isinstance(document.data, Mapping) and document.data.get("questions") == []:
        fix = "write one, or delete the file"
        yield document.problem(("questions",), "there are no questions", fix)
    for where, question in document.items("questions"):
        yield from _repeated_id(document, where, question, ids)
        yield from _option_problems(document, where, question)
        yield from _reference_problems(slug, document, where, question, source)
    yield from text_problems(document, source)
    yield from _uncovered(slug, document, source)


def _repeated_id(document: Document, where: Where, question: Raw, ids: Ids) -> Iterator[Problem]:
    name, place = question.get("id"), (*where, "id")
    if isinstance(name, str) and ids[name] != (document.path, document.line(place)):
        path, first = ids[name]
        fix = f"choose another (it stands at {path}:{first})"
        yield document.problem(place, f"the question id “{name}” is taken", fix)


def _option_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    raw = question.get("options")
    if not isinstance(raw, list):
        return
    place = (*where, "options")
    options = [option for option in raw if isinstance(option, Mapping)]
    if len(raw) < 2:
        fix = "a question needs three, four at most"
        yield document.key_problem(place, "fewer than two options", fix)
    keys = sum(option.get("key", False) is not False for option in options)
    wrong = _key_problem(str(question.get("type")), keys, len(raw))
    if wrong:
        yield document.key_problem(place, *wrong)
    verdicts = {str(option.get("verdict")) for option in options}
    if question.get("type") == "true-false" and len(verdicts) < 2 <= len(raw):
        fix = "give one “verdict: true” and one “verdict: false”"
        yield document.key_problem(place, "all options have the same verdict", fix)
    yield from _twins(document, place, raw)


def _key_problem(kind: str, keys: int, options: int) -> tuple[str, str] | None:
    """What is wrong with the number of right options, and what to do."""
    if keys == 0:
        return "no option is marked as right", "add “key: true” to it"
    if kind in {"single", "true-false"} and keys > 1:
        fix = "keep one" if kind == "true-false" else "keep one, or write “type: multiple”"
        return f"{keys} options are marked as right", fix
    if kind == "multiple" and keys == options:
        return "every option is marked as right", "add one that is not"
    if kind == "multiple" and keys == 1:
        return "only one option is marked as right", "mark another, or write “type: single”"
    return None


def _twins(document: Document, where: Where, options: list[Any]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for index, option in enumerate(options):
        for path, text in _claims(option):
            if not isinstance(text, str) or not text.strip():
                continue
            verdict = str(option.get("verdict", "")) if path[0] == "text" else ""
            name = text if path[0] == "id" else " ".join(re.findall(r"\w+", text.casefold()))
            place = (*where, index, *path)
            first = seen.setdefault((*path, verdict, name), document.line(place))
            if first != document.line(place):
                what = f"two options have the same {path[0]}"
                what += f" in “{path[1]}”" if path[1:] else ""
                yield document.problem(place, what, f"change one (the first is in line {first})")


def _claims(option: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What no two options of a question may share, by its place in the option."""
    if isinstance(option, Mapping):
        yield ("id",), option.get("id")
        texts = option.get("text")
        for language, text in texts.items() if isinstance(texts, Mapping) else ():
            yield ("text", language), text


def _reference_problems(
    slug: str, document: Document, where: Where, question: Raw, source: Source
) -> Iterator[Problem]:
    objective, section = question.get("objective"), question.get("section")
    known = {name for page in source.pages for name in objective_ids(page)}
    if isinstance(objective, str) and objective not in known:
        what = f"no lesson has the objective “{objective}”"
        yield document.problem((*where, "objective"), what, suggest(objective, known))
    if isinstance(section, str):
        page, _, anchor = section.rpartition("#")
        target = page or home_of(slug, source)
        yield from _address_problems(document, (*where, "section"), target, anchor, source)


def home_of(quiz: str, source: Source) -> str:
    """The page that a self-check belongs to: its namesake, or the one whose marker names it."""
    if any(page.slug == quiz for page in source.pages):
        return quiz
    return next((p.slug for p in source.pages if quiz in dict(placed_quizzes(p))), quiz)


def _address_problems(
    document: Document, where: Where, slug: str, anchor: str, source: Source
) -> Iterator[Problem]:
    pages = [page for page in source.pages if page.slug == slug]
    if not pages:
        fix = suggest(slug, {page.slug for page in source.pages})
        yield document.problem(where, f"there is no page “{slug}”", fix)
        return
    known = {heading.id for page in pages for heading in page.headings if heading.id}
    if anchor and anchor not in known:
        what = f"the page “{slug}” has no heading with the id “{anchor}”"
        yield document.problem(where, what, suggest(anchor, known))


def _uncovered(slug: str, document: Document, source: Source) -> Iterator[Problem]:
    if not isinstance(document.data, Mapping):
        return
    used = [question.get("objective") for _, question in document.items("questions")]
    for page in source.originals:
        for name in objective_ids(page) if page.slug == slug else ():
            if name not in used:
                what = f"no question asks for the objective “{name}” of {page.path}"
                yield document.problem((), what, "write one, or take the objective out")


def challenge_problems(document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong in the challenge / approach table."""
    yield from document.problems
    yield from shape_problems(document, ChallengeTable)
    seen: dict[str, int] = {}
    for where, row in document.items("rows"):
        name, lesson = row.get("id"), row.get("lesson")
        line = document.line((*where, "id"))
        if isinstance(name, str) and seen.setdefault(name, line) != line:
            fix = f"choose another (the first is in line {seen[name]})"
            what = f"the row id “{name}” stands here a second time"
            yield document.problem((*where, "id"), what, fix)
        if isinstance(lesson, str):
            yield from _address_problems(document, (*where, "lesson"), lesson, "", source)
    yield from text_problems(document, source)


def text_problems(document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong with the texts of a data file: languages, emptiness, unsafe Markdown."""
    for where, texts in _texts(document.data, ()):
        for language in source.languages:
            if language not in texts:
                what = f"“{where[-1]}” has no text in “{language}”"
                yield document.key_problem(where, what, f"add “{language}: …”")
        for language, text in texts.items():
            place = (*where, language)
            if language not in source.languages:
                what = f"the course has no language “{language}”"
                yield document.key_problem(place, what, suggest(language, source.languages))
            if isinstance(text, str):
                yield from _one_text(document, place, text, source)


def _texts(data: Any, where: Where) -> Iterator[tuple[Where, Raw]]:
    """All texts of a document, each a mapping of languages, with their places."""
    children: Any = ()
    if isinstance(data, Mapping):
        children = data.items()
    elif isinstance(data, list):
        children = enumerate(data)
    for key, value in children:
        if key in TEXT_FIELDS and isinstance(value, Mapping):
            yield (*where, key), value
        else:
            yield from _texts(value, (*where, key))


def _one_text(document: Document, where: Where, text: str, source: Source) -> Iterator[Problem]:
    name = f"“{where[-2]}” in “{where[-1]}”"
    if not text.strip():
        yield document.problem(where, f"{name} is empty", "write the text")
        return
    for danger in markup.dangers(text):
        yield document.problem(where, f"{name} holds {danger}", MARKDOWN_ADVICE)
    if where[-2] == "stem" and markup.is_block(text):
        fix = "move all but the question to “scenario”"
        yield document.problem(where, f"{name} is more than one paragraph", fix)
    uris = {page.uri: page.slug for page in source.pages}
    for uri, anchor in markup.page_links(text):
        if uri in uris:
            yield from _address_problems(document, where, uris[uri], anchor, source)
        else:
            what = f"{name} links to “{uri}.md”, which does not exist"
            yield document.problem(where, what, f"write the path from docs/: {suggest(uri, uris)}")
