"""What is wrong in the planner: fields, choices, places to read, drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..load import Source
from ..problem import Problem, suggest
from ..yaml_reader import Document, Where
from .data import address_problems

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""

BLANK = re.compile(r"\{([^{}]*)\}")


def planner_problems(
    document: Document, where: Where, section: Raw, source: Source
) -> Iterator[Problem]:
    """What is wrong in one section of the planner."""
    yield from _place_problems(document, where, section, source)
    first = _first_lines(document)
    for place, field in _entries(section, "fields", where):
        yield from _place_problems(document, place, field, source)
        yield from _repeated_field(document, place, field, first)
        yield from _choice_problems(document, place, field)
    if isinstance(section.get("draft"), Mapping):
        yield from _draft_problems(document, (*where, "draft"), section["draft"])


def _entries(parent: Any, key: str, where: Where) -> Iterator[tuple[Where, Raw]]:
    """The mappings in a list, with their places."""
    entries = parent.get(key) if isinstance(parent, Mapping) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping):
            yield (*where, key, index), entry


def _all_fields(document: Document) -> Iterator[tuple[Where, Raw, Raw]]:
    """Every field with its place and its section."""
    for where, section in document.items("sections"):
        for place, field in _entries(section, "fields", where):
            yield place, field, section


def _first_lines(document: Document) -> dict[str, int]:
    """Where each field id stands first."""
    first: dict[str, int] = {}
    for place, field, _ in _all_fields(document):
        if isinstance(field.get("id"), str):
            first.setdefault(field["id"], document.line((*place, "id")))
    return first


def _repeated_field(
    document: Document, where: Where, field: Raw, first: Mapping[str, int]
) -> Iterator[Problem]:
    name, place = field.get("id"), (*where, "id")
    if isinstance(name, str) and first[name] != document.line(place):
        what = f"the field id “{name}” stands here a second time"
        yield document.problem(
            "repeated-id", place, what, f"choose another (the first is in line {first[name]})"
        )


def _place_problems(
    document: Document, where: Where, entry: Raw, source: Source
) -> Iterator[Problem]:
    section = entry.get("section")
    if not isinstance(section, str):
        return
    slug, _, anchor = section.rpartition("#")
    if slug:
        yield from address_problems(document, (*where, "section"), slug, anchor, source)
    else:
        what = f"“{section}” names a heading and no lesson"
        yield document.problem("broken-link", (*where, "section"), what, f"write lesson#{anchor}")


def _choice_problems(document: Document, where: Where, field: Raw) -> Iterator[Problem]:
    choices = list(_entries(field, "choices", where))
    if field.get("kind") == "choice" and len(choices) < 2:
        what = "this choice does not offer two answers"
        yield document.problem("part-count", (*where, "id"), what, "write them below “choices:”")
    elif field.get("kind") != "choice" and choices:
        what = f"a field of the kind “{field.get('kind')}” offers nothing to choose"
        yield document.key_problem(
            "unknown-field", (*where, "choices"), what, "take it out, or write kind: choice"
        )
    seen: set[str] = set()
    for place, choice in choices:
        name = str(choice.get("id"))
        if name in seen:
            what = f"the choice “{name}” stands here a second time"
            yield document.problem("repeated-id", (*place, "id"), what, "choose another id")
        seen.add(name)


def _draft_problems(document: Document, where: Where, draft: Raw) -> Iterator[Problem]:
    known = {str(field.get("id")) for _, field, its in _all_fields(document) if "rows" not in its}
    rows = {
        str(section.get("id")): {str(f.get("id")) for _, f in _entries(section, "fields", ())}
        for _, section in document.items("sections")
        if "rows" in section
    }
    yield from _blank_problems(document, (*where, "subject"), draft.get("subject"), known)
    for place, line in _entries(draft, "lines", where):
        name = line.get("rows")
        if isinstance(name, str) and name not in rows:
            what = f"there is no section “{name}” with rows"
            yield document.problem("unknown-id", (*place, "rows"), what, suggest(name, rows))
        else:
            allowed = rows[name] if isinstance(name, str) else known
            yield from _blank_problems(document, (*place, "text"), line.get("text"), allowed)


def _blank_problems(
    document: Document, where: Where, texts: Any, known: set[str]
) -> Iterator[Problem]:
    for language, text in texts.items() if isinstance(texts, Mapping) else ():
        for name in BLANK.findall(text) if isinstance(text, str) else ():
            if name not in known:
                what = f"the draft asks for the field “{name}”"
                yield document.problem("unknown-id", (*where, language), what, suggest(name, known))
