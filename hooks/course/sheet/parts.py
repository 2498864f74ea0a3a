"""A question becomes the parts that stand in rows of a sheet, and parts become a question.

Pure data in, pure data out. A question is a mapping as `yaml_reader` gives it, in its proper
shape. White space around a text does not count: Markdown drops it, and spreadsheets add it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .layout import ABOUT, KINDS

Texts = Mapping[tuple[str, str], str]
"""(name of the text, language) -> the text; what is empty is not in it."""

SINGLE = {"scenario": "scenario", "hint": "hint", "original": "original"}
"""The kinds of rows that hold one text of the question."""

QUESTION_TEXTS = {"text": "stem", "feedback": "feedback"}
"""Which texts of a question stand in its own row, by the column."""

QUESTION_ORDER = (
    *("id", "type", "objective", "ideas", "level", "section", "confidence", "shuffle"),
    *("hint", "scenario", "stem", "original", "options", "steps", "prompts", "choices"),
    *("rows", "extra", "answers", "models", "rubric", "feedback"),
)
ITEM_ORDER = ("id", "key", "verdict", "grade", "text", "answer", "reaction", "feedback", "more")


@dataclass(frozen=True)
class Part:
    """One row: its kind, its id, its settings and its texts; `row` is its number in a sheet."""

    kind: str
    id: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    row: int = field(default=0, compare=False)


def plain(text: str) -> str:
    """A text as it is compared: one kind of line end, no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def to_parts(question: Mapping[str, Any]) -> list[Part]:
    """The parts of a question, in the order of rows; the question itself comes first."""
    settings = {name: question[name] for name in ("type", *ABOUT) if _told(question.get(name))}
    head = Part("question", "", settings, _texts(question, QUESTION_TEXTS))
    return [head, *_other_parts(question)]


def _other_parts(question: Mapping[str, Any]) -> Iterator[Part]:
    for kind, shape in KINDS.items():
        if kind in SINGLE and _told(question.get(SINGLE[kind])):
            yield Part(kind, texts=_texts(question, {"text": SINGLE[kind]}))
        elif kind == "answer":
            yield from _answers(question.get("answers") or {})
        for item in (question.get(shape.listed) or ()) if shape.named else ():
            if isinstance(item, str):
                yield Part(kind, item)
            else:
                settings = {name: item[name] for name in shape.settings if name in item}
                named = {name: name for name in shape.texts}
                yield Part(kind, item["id"], settings, _texts(item, named))


def _answers(answers: Mapping[str, Sequence[str]]) -> Iterator[Part]:
    """A row for the first accepted answer of each language, one for the second, and so on."""
    told = {code: [plain(text) for text in texts] for code, texts in answers.items()}
    for index in range(max(map(len, told.values()), default=0)):
        texts = {code: listed[index] for code, listed in told.items() if index < len(listed)}
        yield Part("answer", texts={("text", code): text for code, text in texts.items() if text})


def _texts(data: Mapping[str, Any], names: Mapping[str, str]) -> Texts:
    found = {
        (column, code): plain(text)
        for column, name in names.items()
        for code, text in (data.get(name) or {}).items()
    }
    return {place: text for place, text in found.items() if text}


def _told(value: Any) -> bool:
    """Whether there is anything to show."""
    return value not in (None, [], {}, "")


def to_question(name: str, parts: Iterable[Part]) -> dict[str, Any]:
    """The question `name` of its parts, of which one is the question itself."""
    data: dict[str, Any] = {"id": name}
    for part in parts:
        shape = KINDS[part.kind]
        if part.kind == "question":
            data |= dict(part.settings)
            _add_texts(data, part.texts, QUESTION_TEXTS)
        elif part.kind in SINGLE:
            _add_texts(data, part.texts, {"text": SINGLE[part.kind]})
        elif part.kind == "answer":
            for (_, code), text in part.texts.items():
                data.setdefault("answers", {}).setdefault(code, []).append(text)
        elif not shape.texts:
            data.setdefault(shape.listed, []).append(part.id)
        else:
            item: dict[str, Any] = {"id": part.id, **part.settings}
            _add_texts(item, part.texts, {name: name for name in shape.texts})
            data.setdefault(shape.listed, []).append(_ordered(item, ITEM_ORDER))
    return _ordered(data, QUESTION_ORDER)


def _add_texts(data: dict[str, Any], texts: Texts, names: Mapping[str, str]) -> None:
    for (column, code), text in texts.items():
        data.setdefault(names[column], {})[code] = text


def _ordered(data: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    return {name: data[name] for name in sorted(data, key=order.index)}


def settle(old: Any, new: Any) -> Any:
    """`new`, in which all that says the same as `old` is as `old` has it.

    White space around texts, the order of keys and what is empty are kept that way.
    """
    if isinstance(old, str) and isinstance(new, str):
        return old if plain(old) == plain(new) else new
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        kept = {name: part for name, part in old.items() if name in new or _says_nothing(part)}
        both = {name: settle(part, new.get(name, part)) for name, part in kept.items()}
        return {name: both.get(name, new.get(name)) for name in _merged_keys(both, new)}
    if isinstance(old, list) and isinstance(new, list):
        by_id = {item["id"]: item for item in old if isinstance(item, Mapping)}
        if by_id:
            return [settle(by_id.get(item["id"]), item) for item in new]
        told = [item for item in old if not _says_nothing(item)]
        same = len(told) == len(new)
        settled = [settle(told[at], item) if same else item for at, item in enumerate(new)]
        return old if settled == told else settled
    return new


def _says_nothing(value: Any) -> bool:
    """Whether a value is empty through and through."""
    if isinstance(value, Mapping | list):
        return all(map(_says_nothing, value.values() if isinstance(value, Mapping) else value))
    return value is None or (isinstance(value, str) and not plain(value))


def _merged_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys of both: those of `old` in its order, each new one behind its predecessor."""
    keys = list(old)
    before = -1
    for name in new:
        if name in keys:
            before = keys.index(name)
        else:
            before += 1
            keys.insert(before, name)
    return keys
