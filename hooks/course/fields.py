"""The model comes in; what trainers read of it goes out: every kind of data, field by field.

Names, forms and values are the model's own, and so are the descriptions, which are English.
Their translations stand in `strings/fields/<language>.yml`, by the same keys: `Quiz.draw`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import get_annotations, getdoc
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from .base import Id, IdeaId, PageAddress, SectionRef, Strict, Text
from .model import SHAPES

LANGUAGE = "en"
"""The language of the descriptions in the model."""

NAMED = (
    (Text, "texts"),
    (Id, "id"),
    (IdeaId, "idea"),
    (SectionRef, "section"),
    (PageAddress, "address"),
)
"""The types with a name of their own, and the form that is said of them."""


@dataclass(frozen=True)
class Value:
    """What stands in a field: a form, which `fields.form.<form>` of the strings says.

    `words` are what it may be, `least` and `most` the bounds of a number, `each` what stands
    in every entry of a list or mapping, `kinds` the ids of the kinds that it may have.
    """

    form: str
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    each: Value | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A field of a kind; `key` finds its description, `default` is "" unless it is a word."""

    id: str
    name: str
    key: str
    needed: bool
    value: Value
    default: str


@dataclass(frozen=True)
class Kind:
    """A kind of data: a file, or what stands in one.

    `file` is the path of such files, "" for what stands in another kind; `extends` the id of
    the kind whose fields it has besides its own, "" without one.
    """

    id: str
    key: str
    file: str
    extends: str
    rows: tuple[Row, ...]


@cache
def parts() -> tuple[tuple[Kind, ...], ...]:
    """All kinds, by the file they stand in: first the file, then what it holds, each once."""
    return tuple(tuple(map(kind_of, shapes)) for shapes in _shapes())


@cache
def descriptions() -> Mapping[str, str]:
    """What every kind and every field is for, in English, by its key.

    A field that always holds the same needs no more words than its kind.
    """
    found = {}
    for shape in (shape for shapes in _shapes() for shape in shapes):
        found[shape.__name__] = _told(shape)[0]
        for row in kind_of(shape).rows:
            if row.value.form != "always":
                found[row.key] = _typeset(shape.model_fields[row.name].description or "")
    return found


@cache
def ids() -> frozenset[str]:
    """The ids of all kinds and fields, with which a link to the reference may end."""
    kinds = [kind for part in parts() for kind in part]
    rows = [row for kind in kinds for row in kind.rows]
    return frozenset([*(kind.id for kind in kinds), *(row.id for row in rows)])


@cache
def _shapes() -> tuple[tuple[type[Strict], ...], ...]:
    seen: set[type[Strict]] = set()
    return tuple(tuple(_held(shape, seen)) for shape in SHAPES.values())


def _held(shape: type[Strict], seen: set[type[Strict]]) -> Iterator[type[Strict]]:
    """A shape and all that stands in it, in reading order, without what was seen before."""
    if shape in seen:
        return
    base = _base(shape)
    if base:
        yield from _held(base, seen)
    seen.add(shape)
    yield shape
    hints = get_type_hints(shape, include_extras=True)
    for name in _own(shape):
        for inner in _shapes_in(hints[name]):
            yield from _held(inner, seen)


def _shapes_in(hint: Any) -> Iterator[type[Strict]]:
    if isinstance(hint, type) and issubclass(hint, Strict):
        yield hint
    for inner in get_args(hint):
        yield from _shapes_in(inner)


def _base(shape: type[Strict]) -> type[Strict] | None:
    """The shape that this one extends."""
    (base,) = shape.__bases__
    return None if base is Strict else base


def _own(shape: type[Strict]) -> list[str]:
    """The fields that a shape does not have from another."""
    return [name for name in get_annotations(shape) if name in shape.model_fields]


def kind_of(shape: type[Strict]) -> Kind:
    """What trainers read of a shape, and of the fields that it has besides those it extends."""
    hints = get_type_hints(shape, include_extras=True)
    base = _base(shape)
    rows = (_row(shape, name, hints[name]) for name in _own(shape))
    extends = _id(base) if base else ""
    return Kind(_id(shape), shape.__name__, _told(shape)[1], extends, tuple(rows))


def _row(shape: type[Strict], name: str, hint: Any) -> Row:
    info = shape.model_fields[name]
    default = str(info.default).lower() if isinstance(info.default, bool | str) else ""
    key = f"{shape.__name__}.{name}"
    return Row(f"{_id(shape)}-{name}", name, key, info.is_required(), _value(hint), default)


def _id(shape: type[Strict]) -> str:
    """SingleChoice -> single-choice."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", shape.__name__).lower()


def _told(shape: type[Strict]) -> tuple[str, str]:
    """What a shape's docstring says: what it is, and of a file (“What: path.”) its path."""
    text = _typeset(" ".join((getdoc(shape) or "").split()))
    match = re.match(r"([^.]*): ([^\s,]+/\S+)\.(?=\s|$)", text)
    if shape not in SHAPES.values() or not match:
        return text, ""
    return f"{match[1]}.{text[match.end() :]}", match[2]


def _typeset(text: str) -> str:
    """A text of the code as a page prints it."""
    return text.replace("'", "’")


def _value(hint: Any) -> Value:
    """What a type says of a value."""
    for named, form in NAMED:
        if hint == named:
            return Value(form)
    origin, inside = get_origin(hint), get_args(hint)
    if origin in MADE:
        return MADE[origin](*inside)
    return PLAIN.get(hint) or Value("kind", kinds=(_id(hint),))


def _annotated(hint: Any, *notes: Any) -> Value:
    """A type with notes: of these only the bounds of a number say more."""
    told = [entry for note in notes if isinstance(note, FieldInfo) for entry in note.metadata]
    least = next((entry.ge for entry in told if hasattr(entry, "ge")), None)
    most = next((entry.le for entry in told if hasattr(entry, "le")), None)
    if least is None:
        return _value(hint)
    return Value("number-from" if most is None else "number-between", least=least, most=most)


def _either(*members: Any) -> Value:
    values = [_value(member) for member in members if member is not NoneType]
    if len(values) == 1:
        return values[0]
    return Value("kind", kinds=tuple(name for value in values for name in value.kinds))


def _words(*words: str) -> Value:
    return Value("one-of" if len(words) > 1 else "always", words=words)


def _list(entry: Any, *_: Any) -> Value:
    return Value("list", each=_value(entry))


def _mapping(key: Any, entry: Any) -> Value:
    return Value("by-id" if key == Id else "by-name", each=_value(entry))


PLAIN: Mapping[Any, Value] = {
    bool: Value("one-of", ("true", "false")),
    int: Value("number"),
    str: Value("text"),
}

MADE: Mapping[Any, Callable[..., Value]] = {
    Annotated: _annotated,
    Union: _either,
    UnionType: _either,
    Literal: _words,
    tuple: _list,
    dict: _mapping,
}
"""What the types that are made of others say."""
