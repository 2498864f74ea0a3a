"""Ids that are missing, made from texts: a source comes in, edits go out.

Those of questions, their parts, rows and terms are made from the text in the default language.
Those of a lesson's headings are the same in all languages, so they are given only where the
headings of all versions answer each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .checks.questions import LISTS
from .lint.words import cues
from .load import Source
from .mend_edit import Edit
from .model import TEXT_FIELDS
from .names import plain_letters
from .page import Page
from .yaml_reader import Document, Where

WORDS = 4
"""So many words of a text make an id."""


def id_edits(source: Source) -> Iterator[Edit]:
    """All edits that give ids to what lacks them."""
    language = source.languages[0]
    taken = {
        str(question.get("id"))
        for document in source.quizzes.values()
        for _, question in document.items("questions")
    }
    for name, document in source.quizzes.items():
        questions = list(document.items("questions"))
        yield from _entry_edits(document, questions, taken, language, f"{name}-")
        for where, question in questions:
            for parts in (name for name in LISTS if isinstance(question.get(name), list)):
                yield from _list_edits(document, (*where, parts), question[parts], language)
    for table, name in (("challenges", "rows"), ("glossary", "terms")):
        listed = source.tables.get(table)
        if listed:
            found = list(listed.items(name))
            ids = {str(entry.get("id")) for _, entry in found}
            yield from _entry_edits(listed, found, ids, language)
    for versions in source.by_uri.values():
        yield from _heading_edits(list(versions.values()), source)


def _list_edits(
    document: Document, where: Where, items: list[Any], language: str
) -> Iterator[Edit]:
    entries = [((*where, i), item) for i, item in enumerate(items) if isinstance(item, Mapping)]
    taken = {str(entry.get("id")) for _, entry in entries}
    yield from _entry_edits(document, entries, taken, language)


def _entry_edits(
    document: Document,
    entries: Iterable[tuple[Where, Mapping[str, Any]]],
    taken: set[str],
    language: str,
    prefix: str = "",
) -> Iterator[Edit]:
    """Ids for those of some entries that have none."""
    for where, entry in entries:
        span, text = document.spans.get(where), _text(entry, language)
        if span is None or "id" in entry or not text:
            continue
        name = free_id(prefix + slug(text, language), taken)
        taken.add(name)
        in_braces = span.style == "{"
        old = "{" if in_braces else ""
        new = f"{{id: {name}, " if in_braces else f"id: {name}\n{' ' * span.column}"
        yield Edit(document.path, span.first, span.column, old, new, "missing-id")


def _text(entry: Mapping[str, Any], language: str) -> str:
    """What an entry says, by which it can be named: its question before the case it tells."""
    keys = [key for key in ("stem", *entry) if key in TEXT_FIELDS and key != "scenario"]
    texts = (entry.get(key) for key in keys)
    said = (text.get(language) for text in texts if isinstance(text, Mapping))
    return next((text for text in said if isinstance(text, str) and text.strip()), "")


def slug(text: str, language: str) -> str:
    """The first words of a text that carry content, as an id."""
    plain = plain_letters(re.sub(r"\]\([^)]*\)", "", text).replace("’", ""))
    said = re.findall(r"[a-z0-9]+", plain)
    known = cues(language)
    bare = [word for word in said if not known or word not in known.stop_words]
    chosen = "-".join((bare if len(bare) > 1 else said)[:WORDS])[:40].strip("-")
    return chosen if re.match("[a-z]", chosen) else f"part-{chosen}".strip("-")


def free_id(name: str, taken: Iterable[str]) -> str:
    """`name`, with a number behind it when it is taken."""
    name, used, number = name[:56].strip("-"), set(taken), 2
    if name not in used:
        return name
    while f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"


def _heading_edits(pages: Sequence[Page], source: Source) -> Iterator[Edit]:
    """Ids for the headings of a lesson, in the versions that lack them."""
    first = next((page for page in pages if page.language == source.languages[0]), None)
    if not first or not isinstance(first.meta.data, Mapping) or "lesson" not in first.meta.data:
        return
    levels = {tuple(heading.level for heading in page.headings) for page in pages}
    if len(levels) != 1:
        return
    taken = set().union(*(page.anchors for page in pages))
    taken -= {name for page in pages for name in page.unnamed_anchors}
    for same in zip(*(page.headings for page in pages), strict=True):
        given = {heading.id for heading in same if heading.id}
        if len(given) > 1 or all(heading.id for heading in same):
            continue
        original = same[pages.index(first)]
        name = next(iter(given), "") or free_id(slug(original.text, first.language), taken)
        taken.add(name)
        for page, heading in zip(pages, same, strict=True):
            row = page.body.split("\n")[heading.line - page.first_line]
            end = len(row.rstrip())
            if not heading.id and not row.rstrip().endswith(("}", "#")):
                new = f" {{ #{name} }}"
                yield Edit(page.path, heading.line, end, row[end:], new, "heading-id")
