"""What is wrong in the tables of data: challenges, glossary, plans, pictures, planner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..load import Source
from ..model import SHAPES
from ..problem import Problem, suggest
from ..shape import shape_problems
from ..yaml_reader import Document, Where
from .data import address_problems, text_problems
from .entries import ENTRIES
from .planner import planner_problems

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""


def table_problems(name: str, document: Document, source: Source) -> Iterator[Problem]:
    """What is wrong in the table `name`."""
    yield from document.problems
    yield from shape_problems(document, SHAPES[name])
    yield from _repeated_ids(document, (ENTRIES[name],))
    for where, entry in document.items(ENTRIES[name]):
        if name in RULES:
            yield from RULES[name](document, where, entry, source)
    yield from text_problems(document, source)


def _repeated_ids(document: Document, where: Where) -> Iterator[Problem]:
    """No two entries of the list at `where` share an id."""
    seen: dict[str, int] = {}
    for index, entry in enumerate(_list_at(document.data, where)):
        name = entry.get("id") if isinstance(entry, Mapping) else None
        place = (*where, index, "id")
        line = document.line(place)
        if isinstance(name, str) and seen.setdefault(name, line) != line:
            what = f"the id “{name}” stands here a second time"
            fix = f"choose another (the first is in line {seen[name]})"
            yield document.problem("repeated-id", place, what, fix)


def _list_at(data: Any, where: Where) -> list[Any]:
    for part in where:
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return data if isinstance(data, list) else []


def _challenge(document: Document, where: Where, row: Raw, source: Source) -> Iterator[Problem]:
    lesson = row.get("lesson")
    if isinstance(lesson, str):
        yield from address_problems(document, (*where, "lesson"), lesson, "", source)


def _plan(document: Document, where: Where, plan: Raw, source: Source) -> Iterator[Problem]:
    sessions = (*where, "sessions")
    yield from _repeated_ids(document, sessions)
    minutes = source.lesson_minutes
    for index, session in enumerate(_list_at(document.data, sessions)):
        items = (*sessions, index, "items")
        total = 0
        for number, item in enumerate(_list_at(document.data, items)):
            if isinstance(item, Mapping):
                yield from _plan_item((*items, number), item, document, minutes)
                total += _whole(item.get("minutes")) or minutes.get(str(item.get("lesson")), 0)
        limit = _whole(plan.get("limit"))
        if limit and total > limit:
            what = f"this session takes {total} minutes, and the plan's limit is {limit}"
            fix = "move a lesson, or give one fewer minutes and say what is left out"
            yield document.problem("plan-time", (*sessions, index, "id"), what, fix)
        elif isinstance(session, Mapping) and not total:
            yield document.problem(
                "empty-field", (*sessions, index, "id"), "this session is empty", "add items"
            )


def _plan_item(
    where: Where, item: Raw, document: Document, minutes: Mapping[str, int]
) -> Iterator[Problem]:
    lesson, given = item.get("lesson"), _whole(item.get("minutes"))
    if not isinstance(lesson, str):
        if not given or "text" not in item:
            what = "this item is no lesson and lacks its minutes or its text"
            yield document.problem(
                "missing-field", where, what, "add “minutes:” and “text:”, or “lesson:”"
            )
    elif lesson not in minutes:
        what = f"there is no lesson “{lesson}”"
        yield document.problem("unknown-id", (*where, "lesson"), what, suggest(lesson, minutes))
    elif given and 0 < minutes[lesson] < given:
        what = f"the plan gives {given} minutes to a lesson of {minutes[lesson]}"
        yield document.problem(
            "plan-time", (*where, "minutes"), what, "lower it, or add an item of its own"
        )
    elif given and given < minutes[lesson] and "text" not in item:
        what = f"the plan cuts this lesson from {minutes[lesson]} minutes to {given}"
        yield document.problem(
            "plan-time", (*where, "minutes"), what, "say in “text” what is left out"
        )


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def drawn_labels(drawing: str) -> set[str]:
    """The labels that a drawing's template asks for: `{{ label("calm") }}`."""
    return set(re.findall(r"""label\(["']([\w-]+)["']\)""", drawing))


def _picture(document: Document, where: Where, picture: Raw, source: Source) -> Iterator[Problem]:
    name, labels = picture.get("id"), (*where, "labels")
    yield from _repeated_ids(document, labels)
    if not isinstance(name, str):
        return
    if name not in source.drawings:
        path = f"overrides/fragments/pictures/{name}.svg"
        what = f"the drawing {path} is missing"
        yield document.problem("picture", (*where, "id"), what, suggest(name, source.drawings))
        return
    drawn = drawn_labels(source.drawings[name])
    given = [
        entry.get("id") for entry in _list_at(document.data, labels) if isinstance(entry, Mapping)
    ]
    for missing in sorted(drawn - set(map(str, given))):
        what = f"the drawing asks for the label “{missing}”"
        yield document.key_problem("picture", labels, what, "add it, or take it out of the drawing")
    for index, label in enumerate(given):
        if label not in drawn:
            what = f"the drawing has no place for the label “{label}”"
            yield document.problem(
                "picture", (*labels, index, "id"), what, suggest(str(label), drawn)
            )


RULES: Mapping[str, Callable[[Document, Where, Raw, Source], Iterator[Problem]]] = {
    "challenges": _challenge,
    "plans": _plan,
    "pictures": _picture,
    "planner": planner_problems,
}
