"""What is wrong inside one question: its options, steps, pairs, answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from ..base import GRADES
from ..problem import Problem, suggest
from ..yaml_reader import Document, Where

Raw = Mapping[str, Any]
"""A mapping as read, of any content."""

LISTS = ("options", "steps", "prompts", "choices", "models", "rubric")


def question_problems(
    document: Document, where: Where, question: Raw, rows: AbstractSet[str]
) -> Iterator[Problem]:
    """What is wrong in `question`, which stands at `where`; `rows` are those of the table."""
    for name in LISTS:
        yield from _twins(document, (*where, name), question.get(name))
    rule = RULES.get(str(question.get("type")))
    if rule:
        yield from rule(document, where, question)
    if question.get("type") == "match":
        yield from _row_problems(document, where, question, rows)


def _mappings(value: Any) -> list[Raw]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _choice_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    raw, place = question.get("options"), (*where, "options")
    if not isinstance(raw, list):
        return
    options = _mappings(raw)
    if len(raw) < 2:
        fix = "a question needs three, four at most"
        yield document.key_problem("part-count", place, "fewer than two options", fix)
    keys = sum(option.get("key", False) is not False for option in options)
    wrong = _key_problem(str(question.get("type")), keys, len(raw))
    misspelt = any(name != "key" and name.casefold() == "key" for o in options for name in o)
    if wrong and not misspelt:
        yield document.key_problem("answer-key", place, *wrong)
    verdicts = {str(option.get("verdict")) for option in options}
    if question.get("type") == "true-false" and len(verdicts) < 2 <= len(raw):
        fix = "give one “verdict: true” and one “verdict: false”"
        yield document.key_problem("answer-key", place, "all options have the same verdict", fix)


def _key_problem(kind: str, keys: int, options: int) -> tuple[str, str] | None:
    """What is wrong with the number of right options, and what to do."""
    if keys == 0:
        return "no option is marked as right", "add “key: true” to it"
    if kind in {"single", "true-false"} and keys > 1:
        fix = "keep one" if kind == "true-false" else "keep one, or write “type: multiple”"
        return f"{keys} options are marked as right", fix
    if kind == "multiple" and keys == options:
        return "every option is marked as right", "add one that is not"
    if kind == "multiple" and keys > 3:
        return f"{keys} options are marked as right", "mark two or three"
    if kind == "multiple" and keys == 1:
        return "only one option is marked as right", "mark another, or write “type: single”"
    return None


def _grade_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    raw, place = question.get("options"), (*where, "options")
    if not isinstance(raw, list):
        return
    if not 3 <= len(raw) <= 4:
        fix = "write three, four at most"
        yield document.key_problem("part-count", place, f"{len(raw)} responses to choose from", fix)
    grades = [option.get("grade") for option in _mappings(raw)]
    lowest = next((grade for grade in reversed(GRADES) if grade in grades), None)
    for grade in ("best", lowest):
        if grades and grades.count(grade) != 1:
            what = f"{grades.count(grade)} responses are graded “{grade}”"
            yield document.key_problem(
                "answer-key", place, what, "let one be the best and one the worst"
            )


def _order_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    steps = question.get("steps")
    if isinstance(steps, list) and not 3 <= len(steps) <= 6:
        what = f"{len(steps)} steps to put in order"
        yield document.key_problem("part-count", (*where, "steps"), what, "write three to six")


def _match_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    written = [name for name in ("prompts", "choices") if name in question]
    named = [name for name in ("rows", "extra") if name in question]
    if (written and named) or not (written or named):
        what = (
            "this match has both prompts and rows" if named else "this match has nothing to match"
        )
        fix = "write “prompts” and “choices”, or name “rows” and “extra”"
        yield document.problem("question-form", where, what, fix)
        return
    asked = question.get("rows") if named else question.get("prompts")
    count = len(asked) if isinstance(asked, list) else 0
    others = question.get("extra") if named else question.get("choices")
    offered = (len(others) if isinstance(others, list) else 0) + (count if named else 0)
    if count < 2:
        what = "fewer than two things to match"
        yield document.problem("part-count", where, what, "write three or four")
    if offered <= count:
        what = f"{offered} choices for {count} things to match"
        yield document.problem("part-count", where, what, "offer one choice more, at least")
    yield from _answer_problems(document, where, question)


def _answer_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    """Each prompt of a match has an answer of its own among the choices."""
    known = {str(choice.get("id")) for choice in _mappings(question.get("choices"))}
    seen: dict[str, int] = {}
    for index, prompt in enumerate(_mappings(question.get("prompts"))):
        answer, place = prompt.get("answer"), (*where, "prompts", index, "answer")
        if not isinstance(answer, str):
            continue
        if answer not in known:
            what = f"no choice has the id “{answer}”"
            yield document.problem("unknown-id", place, what, suggest(answer, known))
        first = seen.setdefault(answer, document.line(place))
        if first != document.line(place):
            what = f"two prompts have the answer “{answer}”"
            yield document.problem(
                "answer-key", place, what, f"change one (the first is in line {first})"
            )


def _row_problems(
    document: Document, where: Where, question: Raw, rows: AbstractSet[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in ("rows", "extra"):
        listed = question.get(name)
        for index, row in enumerate(listed if isinstance(listed, list) else ()):
            place = (*where, name, index)
            if isinstance(row, str) and row not in rows:
                what = f"the challenge table has no row “{row}”"
                yield document.problem("unknown-id", place, what, suggest(row, rows))
            elif isinstance(row, str) and row in seen:
                yield document.problem(
                    "repeated-id", place, f"the row “{row}” is named twice", "take one out"
                )
            seen.add(str(row))


def _fill_in_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    answers, place = question.get("answers"), (*where, "answers")
    if not isinstance(answers, Mapping):
        return
    for language, accepted in answers.items():
        if not isinstance(accepted, list):
            continue
        if not accepted or any(isinstance(text, str) and not text.strip() for text in accepted):
            what = f"an accepted answer in “{language}” is empty"
            yield document.problem(
                "empty-field", (*place, language), what, "write at least one, none empty"
            )


def _rewrite_problems(document: Document, where: Where, question: Raw) -> Iterator[Problem]:
    for name, least, what in (
        ("models", 1, "there is no model answer"),
        ("rubric", 2, "the rubric has fewer than two lines"),
    ):
        found = question.get(name)
        if isinstance(found, list) and len(found) < least:
            yield document.key_problem(
                "part-count", (*where, name), what, "write what the learner compares with"
            )


RULES: Mapping[str, Callable[[Document, Where, Raw], Iterator[Problem]]] = {
    "single": _choice_problems,
    "multiple": _choice_problems,
    "true-false": _choice_problems,
    "best-worst": _grade_problems,
    "order": _order_problems,
    "match": _match_problems,
    "fill-in": _fill_in_problems,
    "rewrite": _rewrite_problems,
}


def _twins(document: Document, where: Where, listed: Any) -> Iterator[Problem]:
    """No two options, steps, … of a question share an id or a text."""
    seen: dict[tuple[str, ...], Where] = {}
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        for path, text in _claims(item):
            if not isinstance(text, str) or not text.strip():
                continue
            verdict = str(item.get("verdict", "")) if path[0] == "text" else ""
            name = text if path[0] == "id" else " ".join(re.findall(r"\w+", text.casefold()))
            place = (*where, index, *path)
            first = seen.setdefault((*path, verdict, name), place)
            if first is not place:
                rule = "repeated-id" if path[0] == "id" else "same-text"
                what = f"two {where[-1]} have the same {path[0]}"
                what += f" in “{path[1]}”" if path[1:] else ""
                fix = f"change one (the first is in line {document.line(first)})"
                yield document.problem(rule, place, what, fix)


def _claims(item: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What no two items of a list may share, by its place in the item."""
    if isinstance(item, Mapping):
        yield ("id",), item.get("id")
        texts = item.get("text")
        for language, text in texts.items() if isinstance(texts, Mapping) else ():
            yield ("text", language), text
