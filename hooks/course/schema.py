"""Writes the JSON Schemas that the model defines, for editors and for reading.

    cd hooks && ../.venv/bin/python -m course.schema

.vscode/settings.json says which file has which schema. A test fails when `schemas/` and the
model, or the languages in mkdocs.yml, are out of step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .base import ID_PATTERN
from .checks.entries import ENTRIES
from .fields import descriptions
from .model import SHAPES
from .schema_rules import RULES, WORDS, Json
from .settings import read_settings, settings_document, unfinished
from .shape import pattern_advice

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "schemas"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOISE = ("title", "default", "discriminator")
"""What Pydantic adds and an editor would show or insert."""

BY_LANGUAGE: Json = {
    "type": "object",
    "propertyNames": {
        "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]+)?$",
        "patternErrorMessage": "write the code of a language: en, ro",
    },
}
"""Something for each language. Any code will do, so that a new language meets no complaint."""


def schema_texts(root: Path = ROOT) -> dict[str, str]:
    """The text of each schema file, by its name; the languages are the finished ones of the
    course in `root`.

    Raises SettingsError when mkdocs.yml cannot be used.
    """
    left = unfinished(settings_document(root))
    languages = tuple(code for code in read_settings(root).languages if code not in left)
    schemas = {name: _schema(name, languages) for name in SHAPES}
    schemas |= {"quizzes": _any_of_the_folder(), "strings": _strings(), "fields": _fields()}
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def _schema(name: str, languages: tuple[str, ...]) -> Json:
    raw = SHAPES[name].model_json_schema()
    definitions = {SHAPES[name].__name__: raw} | raw.pop("$defs", {})
    for title, definition in definitions.items():
        _merge(definition, RULES.get(title, {}))
    top, *others = (_plain(definition, languages) for definition in definitions.values())
    rest = dict(zip([*definitions][1:], others, strict=True))
    return {"$schema": DIALECT, **top, "$defs": rest | _texts(languages)}


def _merge(node: Json, more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping) and isinstance(node.get(key), dict):
            _merge(node[key], value)
        else:
            node[key] = value


def _plain(node: Any, languages: tuple[str, ...]) -> Any:
    """A piece of Pydantic's schema as an editor shows it best."""
    if isinstance(node, list):
        return [_plain(item, languages) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("additionalProperties") == {"type": "string"}:
        return {"$ref": "#/$defs/Text", **_description(node)}
    inside = node.get("additionalProperties")
    if isinstance(inside, dict) and inside.get("type") == "array":  # only the answers to fill in
        return {"$ref": "#/$defs/Answers", **_description(node)}
    return {key: _plain(value, languages) for key, value in _tidied(node)}


def _tidied(node: Json) -> Iterator[tuple[str, Any]]:
    patterns: Json = node.get("patternProperties", {})
    for key, value in node.items():
        if key in NOISE and not isinstance(value, dict):
            continue
        if key == "discriminator" and "mapping" in value:
            continue
        if key == "patternProperties":  # with anything else allowed besides
            yield "additionalProperties", *patterns.values()
        elif key == "propertyNames" and patterns:
            yield key, _advised({"pattern": next(iter(patterns)), **value})
        elif key == "description":
            yield from _description(node).items()
        elif key == "pattern" and "patternErrorMessage" not in node:
            yield from _advised({"pattern": value}).items()
        else:
            yield key, value


def _description(node: Json) -> Json:
    """The first paragraph of a description, in one line."""
    if not isinstance(node.get("description"), str):
        return {"description": node["description"]} if "description" in node else {}
    return {"description": " ".join(node["description"].split("\n\n")[0].split())}


def _advised(node: Json) -> Json:
    """A pattern with the words to show when it is not met."""
    kinds = {ID_PATTERN: "id", r"^S[0-9]-[0-9]{2}$": "ideas"}
    kind = kinds.get(node["pattern"], "section" if "#" in node["pattern"] else "")
    kind = "start" if ":[0-5]" in node["pattern"] else kind
    return node | ({"patternErrorMessage": pattern_advice(kind)} if kind else {})


def _texts(languages: tuple[str, ...]) -> Json:
    """A text, and what is accepted as an answer, in each language."""

    def each(what: Json) -> Json:
        named = {code: {**what, "description": f"In the language “{code}”."} for code in languages}
        wanted = list(languages)
        return {
            **BY_LANGUAGE,
            "properties": named,
            "required": wanted,
            "additionalProperties": what,
        }

    answers = {"type": "array", "minItems": 1, "items": WORDS}
    return {
        "Text": {"description": "The same text in each language.", **each(WORDS)},
        "Answers": {"description": "What is accepted, in each language.", **each(answers)},
    }


def _any_of_the_folder() -> Json:
    """A file in quizzes/: a table is told by the list that it is, all others are self-checks.

    So one glob serves for the folder: not every editor can leave files out of a glob.
    """
    schema: Json = {"$ref": "quiz.json"}
    for table, entries in reversed(ENTRIES.items()):
        then = {"$ref": f"{table}.json"}
        schema = {"if": {"required": [entries]}, "then": then, "else": schema}
    return {"$schema": DIALECT, "description": "A file in quizzes/.", **schema}


def _fields() -> Json:
    return {
        "$schema": DIALECT,
        "description": "What each kind of data and each field is for, in one language.",
        "type": "object",
        "properties": {key: {**WORDS, "description": text} for key, text in descriptions().items()},
        "additionalProperties": False,
    }


def _strings() -> Json:
    return {
        "$schema": DIALECT,
        "description": "The words on buttons and labels in one language.",
        "type": "object",
        "propertyNames": {
            "pattern": r"^[a-z0-9]+([._-][a-z0-9]+)*$",
            "patternErrorMessage": "write a key as it stands in the other language files",
        },
        "additionalProperties": {
            **WORDS,
            "description": "What the reader sees; a name in braces is filled in, leave it as is.",
        },
    }


if __name__ == "__main__":
    for name, text in schema_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
