"""What the checks demand beyond types, in the words of JSON Schema, for editors.

The rules themselves stand in `check_*.py`, with their messages; a test holds the two together.
An editor that does not know `minContains` and `maxContains` still sees most of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .base import GRADES

Json = dict[str, Any]

WORDS: Json = {"type": "string", "pattern": r"\S", "patternErrorMessage": "write the text"}
"""A text that is not empty."""

ELSEWHERE: Json = {"pattern": "#", "patternErrorMessage": "write lesson#heading"}


def _has(key: str, value: object) -> Json:
    return {"type": "object", "properties": {key: {"const": value}}, "required": [key]}


def _containing(what: Json, least: int = 1, most: int = 1) -> Json:
    return {"contains": what, "minContains": least, "maxContains": most}


def _given(*keys: str) -> Json:
    """An object with one of these keys."""
    return {"anyOf": [{"required": [key]} for key in keys]}


def _at(key: str, what: Json) -> Json:
    return {"properties": {key: what}}


def _size(least: int, most: int | None = None) -> Json:
    return {"minItems": least} | ({"maxItems": most} if most else {})


def _one_lowest() -> list[Json]:
    """Of the responses, one has the lowest grade that occurs."""
    best, *lower = GRADES
    rules = [_containing(_has("grade", best))]
    for index, grade in enumerate(lower):
        worse = [{"not": {"contains": _has("grade", other)}} for other in lower[index + 1 :]]
        occurs: Json = {"contains": _has("grade", grade)}
        rules.append({"if": {"allOf": [occurs, *worse]}, "then": _containing(_has("grade", grade))})
    return rules


_RIGHT = _has("key", True)

RULES: Mapping[str, Json] = {
    "Quiz": {
        "anyOf": [
            {"required": ["draw"], **_at("draw", {"type": "object"})},
            {"required": ["questions"], **_at("questions", _size(1)), "not": _given("draw")},
        ]
    },
    "SingleChoice": _at("options", {**_size(2), **_containing(_RIGHT)}),
    "MultipleChoice": _at(
        "options",
        {**_size(3), **_containing(_RIGHT, 2, 3), "allOf": [{"contains": {"not": _RIGHT}}]},
    ),
    "TrueFalse": _at(
        "options",
        {
            **_size(2),
            **_containing(_RIGHT),
            "allOf": [{"contains": _has("verdict", verdict)} for verdict in (True, False)],
        },
    ),
    "BestWorst": _at("options", {**_size(3, 4), "allOf": _one_lowest()}),
    "Order": _at("steps", _size(3, 6)),
    "Match": {
        "if": _given("rows", "extra"),
        "then": {"required": ["rows", "extra"], "not": _given("prompts", "choices")},
        "else": {"required": ["prompts", "choices"]},
        "properties": {
            "prompts": _size(2),
            "choices": _size(3),
            "rows": {**_size(2), "uniqueItems": True},
            "extra": {**_size(1), "uniqueItems": True},
        },
    },
    "Rewrite": {"properties": {"models": _size(1), "rubric": _size(2)}},
    "PlanItem": {"anyOf": [{"required": ["lesson"]}, {"required": ["minutes", "text"]}]},
    "PlanSession": _at("items", _size(1)),
    "PlannerField": {
        "if": _has("kind", "choice"),
        "then": {"required": ["choices"], **_at("choices", _size(2))},
        "else": _at("choices", {"maxItems": 0}),
        "properties": {"section": ELSEWHERE},
    },
    "PlannerSection": _at("section", ELSEWHERE),
    "ChartNode": {
        "if": _given("advice"),
        "then": {"not": _given("question"), **_at("answers", {"maxItems": 0})},
        "else": {"required": ["question", "answers"], **_at("answers", _size(2))},
        "properties": {
            "section": ELSEWHERE,
            "question": {"not": {"type": "null"}},
            "advice": {"not": {"type": "null"}},
        },
        "not": {
            "required": ["section", "lesson"],
            "properties": {"section": {"type": "string"}, "lesson": {"type": "string"}},
        },
    },
    "Scenario": {
        "properties": {"gauges": _size(2, 3), "nodes": _size(1), "endings": _size(1)},
        "if": {"required": ["promise"], **_at("promise", {"const": "none"})},
        "else": _at("nodes", {"items": _at("choices", {**_containing(_has("grade", "best"))})}),
    },
    "Node": _at("choices", _size(2, 4)),
    "PageMeta": {
        "properties": {"title": WORDS, "description": WORDS},
        "if": {"required": ["lesson"]},
        "then": {"required": ["minutes", "objectives"], **_at("objectives", {"minProperties": 1})},
    },
}
"""What to add to each definition of a schema, by the model's name."""
