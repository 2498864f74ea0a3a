"""A document and the model it should have come in; the deviations go out, worded for a trainer.

Pydantic finds them all at once and says where in the data; this module finds the line and
the words.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic import ValidationError

from .base import Strict
from .load import TABLES
from .model import QUESTION_TYPES, SHAPES, TEXT_FIELDS
from .problem import Problem, suggest
from .yaml_reader import UNREADABLE, Document, Where

FOLDERS = {"scenarios": "scenario", "charts": "chart"}
"""The folders in quizzes/, and the shape of the files in each."""

TEXT_ADVICE = "write it once for each language, each behind its code, as in en: …"

ID_ADVICE = "use lower-case letters a to z, digits and single hyphens, 60 at most, no diacritics"

PATTERN_ADVICE = {
    "ideas": "write S, a digit, a hyphen and two digits, as in S1-07",
    "section": "write the id of a heading, or lesson#id, in lower case",
    "translated": "take the line out, then run python3 course.py status --confirm with this page",
    "was": "write it from docs/ on and without .md, as in lessons/old-name",
    "number": "write L and two digits, as in L07",
    "start": 'write hours and minutes in quotes, as in "08:30"',
}
"""What to write where the form is fixed, by the key or what an id there names."""

KEY_ADVICE = "write “key: true” in the option that is right, and no “key:” in the others"

EXPECTED = {
    "string_type": ("a text", "write a text"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "int_type": ("a whole number", "write digits only, without quotes"),
    "tuple_type": ("a list", "begin each item with “- ” on a line of its own"),
    "dict_type": ("a mapping", "write names with a colon, each on a line of its own"),
    "model_type": ("a mapping", "write names with a colon, each on a line of its own"),
    "model_attributes_type": ("a mapping", "write names with a colon, each on a line of its own"),
}


RULES = {
    "extra_forbidden": "unknown-field",
    "missing": "missing-field",
    "union_tag_not_found": "missing-field",
    "string_pattern_mismatch": "bad-id",
    "string_too_long": "bad-id",
}
"""The rule that a deviation breaks, by Pydantic's name for it."""


QUOTABLE = {"literal_error", "bool_type", "int_type", "string_pattern_mismatch"}
"""What an error may come from that has curly quotes around a value."""


class Place(NamedTuple):
    """Where in the data an error lies: its path, and the key it is about."""

    where: Where
    key: str
    exists: bool


def shape_problems(document: Document, model: type[Strict]) -> list[Problem]:
    """Everything in `document` that does not have the shape of `model`."""
    if document.data is UNREADABLE:
        return []
    if document.data is None:
        what = "the file is empty"
        return [
            Problem(
                document.path, 1, what, "write its content, or delete the file", rule="empty-field"
            )
        ]
    try:
        model.model_validate(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        return [_worded(e, document) for e in found if not _unreadable(e["input"], e["type"])]
    return []


def _unreadable(value: Any, kind: str) -> bool:
    return value is UNREADABLE and kind != "missing"


def _locate(document: Document, location: tuple[int | str, ...]) -> Place:
    """Pydantic's location -> ours: it names union members, which the data does not have."""
    data = document.data
    where: list[str | int] = []
    for index, part in enumerate(location):
        in_mapping = isinstance(data, dict) and part in data
        if in_mapping or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
        elif index == len(location) - 1 and part != "[key]":
            return Place(tuple(where), str(part), exists=False)
        else:
            continue
        where.append(part)
    key = next((str(p) for p in reversed(where) if isinstance(p, str)), "")
    return Place(tuple(where), key, exists=True)


def _worded(error: Any, document: Document) -> Problem:
    """Word what Pydantic found, for a trainer."""
    return _quoted(error, document) or _plainly(error, document)


def _quoted(error: Any, document: Document) -> Problem | None:
    """A value with the quotation marks of a text around it, which YAML takes for its own."""
    value, line = str(error["input"]), document.line(_locate(document, error["loc"]).where)
    if error["type"] not in QUOTABLE or not re.fullmatch("[“”„«»‘’].+[“”„«»‘’]", value):
        return None
    what = f"the quotation marks around {value} are part of the value"
    return Problem(document.path, line, what, "take them out", rule="wrong-kind")


def _plainly(error: Any, document: Document) -> Problem:
    place = _locate(document, error["loc"])
    kind, value = error["type"], error["input"]
    rule = RULES.get(kind, "wrong-kind" if kind in EXPECTED else "unknown-value")
    if kind == "missing" and place.key == "id":
        rule = "missing-id"
    written = document.plain.get(place.where)
    line = document.line(place.where)
    if kind == "extra_forbidden":
        line = document.key_line(place.where)
        known = known_keys(document, place.where[:-1])
        what, fix = f"unknown key “{place.where[-1]}”", suggest(str(place.where[-1]), known)
    elif kind == "missing":
        what, fix = f"“{place.key}” is missing", f"add “{place.key}:” here"
    elif kind == "union_tag_not_found":
        what, fix = "“type” is missing", f"add “type:” with one of {', '.join(QUESTION_TYPES)}"
    elif kind == "union_tag_invalid":
        line = document.line((*place.where, "type"))
        tag = error["ctx"]["tag"]
        what, fix = f"unknown question type “{tag}”", suggest(str(tag), QUESTION_TYPES)
    elif kind == "literal_error":
        allowed = [
            part.strip("' ") for part in error["ctx"]["expected"].replace(" or ", ", ").split(",")
        ]
        shown = written or value
        what, fix = f"“{shown}” cannot stand at “{place.key}”", suggest(str(shown), allowed)
    elif kind in {"string_pattern_mismatch", "string_too_long"}:
        key = _kind_of_id(place, document)
        what, fix = f"“{value}” is no valid {_name_of(key)}", pattern_advice(key)
    elif value is None:
        rule = "empty-field"
        what, fix = f"“{place.key}” is empty", "write its content after the colon, or take it out"
    elif kind == "string_type" and written is not None:
        what = f"“{written}” at “{place.key}” is read as {_kind(value)}, and a text belongs here"
        number = _kind_of_id(place, document) == "number"
        fix = pattern_advice("number") if number else f'put it in quotes: "{written}"'
    elif kind in EXPECTED:
        expected, fix = EXPECTED[kind]
        where = f"at “{place.key}”" if place.key else "at the top of the file"
        what = f"{_shown(value, written)} stands {where}, and {expected} belongs here"
        if kind == "dict_type" and place.key in TEXT_FIELDS:
            fix = TEXT_ADVICE
        fix = KEY_ADVICE if place.key == "key" else fix
    else:
        what = f"“{written or value}” cannot stand at “{place.key}” ({error['msg']})"
        fix = "correct this value"
    return Problem(document.path, line, what.replace(";", ","), fix, rule=rule)


def _kind_of_id(place: Place, document: Document) -> str:
    """What an id at a place names: a talk and a chart start with a node, a session at a time."""
    shape = _shape_name(document)
    if place.key == "start" and shape in FOLDERS.values():
        return "id"
    if place.where[:1] == ("translated",):
        return "translated"
    return "number" if place.key == "lesson" and shape == "page" else place.key


def _shown(value: Any, written: str | None) -> str:
    if written is None and isinstance(value, str):
        written = value
    return f"“{written}”" if written and len(written) <= 30 else _kind(value)


def _kind(value: Any) -> str:
    names: dict[type, str] = {bool: "yes or no", dict: "a mapping", list: "a list", str: "a text"}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "a number"
    return names.get(type(value), "a date" if hasattr(value, "year") else "something else")


def _name_of(key: str) -> str:
    names = {"ideas": "idea id", "section": "heading id", "lesson": "lesson id"}
    names |= {"start": "time", "was": "address"}
    names |= {"translated": "fingerprint", "number": "lesson number"}
    return names.get(key, "id")


def pattern_advice(key: str) -> str:
    """What to write at `key`, whose form is fixed; the JSON Schemas say it, too."""
    return PATTERN_ADVICE.get(key, ID_ADVICE)


def known_keys(document: Document, where: Where) -> set[str]:
    """The keys that may stand in the mapping at `where`, by the JSON Schema of the file."""
    schema = SHAPES[_shape_name(document)].model_json_schema()
    node, data = _resolve(schema, schema, document.data), document.data
    for part in where:
        child = node["items"] if isinstance(part, int) else node["properties"][part]
        data = data[part]
        node = _resolve(schema, child, data)
    return set(node.get("properties", {}))


def _shape_name(document: Document) -> str:
    if document.path.endswith(".md"):
        return "page"
    folder, _, name = document.path.rpartition("/")
    folder = folder.rpartition("/")[2]
    if folder in FOLDERS:
        return FOLDERS[folder]
    name = name.partition(".")[0]
    return name if name in TABLES else "quiz"


def _resolve(schema: dict[str, Any], node: dict[str, Any], value: Any) -> dict[str, Any]:
    """Follow references, and choose the member of a union by the value's type."""
    if "discriminator" in node:
        node = {"$ref": node["discriminator"]["mapping"][value["type"]]}
    node = next((member for member in node.get("anyOf", []) if "$ref" in member), node)
    if "$ref" in node:
        found: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return found
    return node
