"""YAML text comes in, plain data that remembers its lines goes out.

Built from the parser's events, for there duplicate keys, aliases and depth can still be
seen and a bomb has not gone off yet. Everything odd is noted as a problem; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from .problem import Problem
from .yaml_words import syntax_problem

MAX_DEPTH = 20

# The C parser is ten times as fast; a PyYAML built without it reads the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Where = tuple[str | int, ...]


class Unreadable:
    """Stands where a value could not be read; its problem has been noted already."""


UNREADABLE = Unreadable()


class Span(NamedTuple):
    """Where a value stands in its file: its first and last line (from 1), columns from 0.

    The column `end` is that behind its last sign. `style` is the sign with which a text or
    a collection in brackets begins; "" for plain text and block collections.
    """

    first: int
    column: int
    last: int
    end: int
    style: str


@dataclass(frozen=True)
class Document:
    """One YAML document.

    `data` is made of dict, list, str, int, float, bool, None, date and `UNREADABLE`. `lines`
    gives the line (from 1) of each value by its path of keys and positions, `key_lines` that
    of each key, `spans` where each value begins and ends; `plain` holds, as written, each
    unquoted scalar that YAML did not read as text, and `cut` names the unquoted ones behind
    which a comment stands. `source` is the text it was read from, line for line.
    """

    path: str
    data: Any = None
    lines: Mapping[Where, int] = field(default_factory=dict)
    key_lines: Mapping[Where, int] = field(default_factory=dict)
    spans: Mapping[Where, Span] = field(default_factory=dict, repr=False)
    plain: Mapping[Where, str] = field(default_factory=dict)
    cut: frozenset[Where] = frozenset()
    problems: tuple[Problem, ...] = ()
    first_line: int = 1
    source: tuple[str, ...] = field(default=(), repr=False)

    def line(self, where: Iterable[str | int]) -> int:
        """The line of the value at `where`, or of the nearest thing around it."""
        path = tuple(where)
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return self.lines.get((), self.first_line)

    def key_line(self, where: Iterable[str | int]) -> int:
        """The line of the key that `where` ends with."""
        path = tuple(where)
        return self.key_lines.get(path, self.line(path))

    def items(self, name: str) -> Iterator[tuple[Where, Mapping[str, Any]]]:
        """The mappings in the list `name` of the document, with their places."""
        data = self.data.get(name) if isinstance(self.data, Mapping) else None
        for index, item in enumerate(data if isinstance(data, list) else ()):
            if isinstance(item, Mapping):
                yield (name, index), item

    def problem(self, rule: str, where: Where, what: str, fix: str) -> Problem:
        """A problem with the value at `where`."""
        return Problem(self.path, self.line(where), what, fix, rule=rule)

    def key_problem(self, rule: str, where: Where, what: str, fix: str) -> Problem:
        """A problem with the key that `where` ends with."""
        return Problem(self.path, self.key_line(where), what, fix, rule=rule)


def parse(text: str, name: str, first_line: int = 1) -> Document:
    """Parse one YAML document; `first_line` is the line of the file at which `text` begins."""
    reader = _Reader(text, name, first_line)
    data: Any = UNREADABLE
    try:
        data = reader.read()
    except _TooDeepError:
        pass
    except yaml.YAMLError as error:
        problem = syntax_problem(error, text, name, first_line)
        # An alias that was meant as a text is the cause of what breaks right after it.
        if all(noted.line != problem.line for noted in reader.problems):
            reader.problems.append(problem)
    return Document(
        name,
        data,
        reader.lines,
        reader.key_lines,
        reader.spans,
        reader.plain,
        frozenset(reader.cut),
        tuple(reader.problems),
        first_line,
        tuple(reader.source),
    )


class _TooDeepError(Exception):
    pass


class _Reader:
    """Turns YAML events into data, noting lines and what a course may not use."""

    def __init__(self, text: str, name: str, first_line: int) -> None:
        self.text = text
        self.events: Iterator[Any] = iter(())
        self.name = name
        self.first_line = first_line
        self.lines: dict[Where, int] = {}
        self.key_lines: dict[Where, int] = {}
        self.spans: dict[Where, Span] = {}
        self.end = (first_line, 0)
        self.plain: dict[Where, str] = {}
        self.cut: set[Where] = set()
        self.source = text.split("\n")
        self.problems: list[Problem] = []
        self.resolver: Any = Resolver()
        self.constructor: Any = SafeConstructor()

    def note(self, rule: str, event: Any, what: str, fix: str) -> None:
        self.problems.append(Problem(self.name, self.line_of(event), what, fix, rule=rule))

    def line_of(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def read(self) -> Any:
        """The first document of the stream; None when there is none."""
        # As yaml.parse does, without asking before each event whether there is one.
        self.events = iter(_Loader(self.text).get_event, None)
        data = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    fix = "keep one document in a file"
                    self.note("yaml-syntax", event, "a second document begins (“---”)", fix)
                first = next(self.events)
                if documents == 1:
                    data = self.value(first, ())
                else:
                    self.skip(first)
        return data

    def value(self, event: Any, where: Where) -> Any:
        """The value that begins with `event`; reads on to its end, and notes where it stands."""
        start = event.start_mark
        first = self.lines[where] = start.line + self.first_line
        if event.anchor or getattr(event, "tag", None):
            self.refuse_anchor_and_tag(event)
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.ends_with(event)
            style = event.style or ""
            data = event.value if style else self.plain_scalar(event, where)
        elif kind is yaml.AliasEvent:
            self.ends_with(event)
            style, data = "", UNREADABLE
        else:
            mapping = kind is yaml.MappingStartEvent
            style = ("{" if mapping else "[") if event.flow_style else ""
            if len(where) >= MAX_DEPTH:
                what = f"more than {MAX_DEPTH} lists or mappings stand inside one another"
                self.note("yaml-syntax", event, what, "check brackets and indentation from here on")
                raise _TooDeepError
            data = self.mapping(where) if mapping else self.list(where)
        self.spans[where] = Span(first, start.column, *self.end, style)
        return data

    def ends_with(self, event: Any) -> None:
        """Note that what has been read so far ends where `event` does."""
        mark = event.end_mark
        last, column = mark.line, mark.column
        if column == 0 and last > event.start_mark.line:  # of a block of text
            last -= 1
        self.end = (last + self.first_line, column)

    def close(self, event: Any) -> None:
        """Note the end of a collection in brackets; any other ends with what it holds."""
        if event.end_mark.index > event.start_mark.index:
            self.ends_with(event)

    def list(self, where: Where) -> Any:
        items: list[Any] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                self.close(event)
                break
            items.append(self.value(event, (*where, len(items))))
        return items

    def mapping(self, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                self.close(event)
                break
            place = self.key(event, where, data)
            value = next(self.events)
            if place:
                data[event.value] = self.value(value, place)
            else:
                self.skip(value)
        return data

    def key(self, event: Any, where: Where, data: dict[str, Any]) -> Where | None:
        """The place of a key's value, or None for one that cannot be used.

        A key is taken as written: `no:` is a language, too.
        """
        if type(event) is not yaml.ScalarEvent:
            fix = "write a plain word before the colon"
            self.note("yaml-syntax", event, "a list or mapping stands where a key belongs", fix)
            self.skip(event)
            return None
        key = event.value
        place = (*where, key)
        if key in data:
            fix = f"keep one of them (the first is in line {self.key_lines[place]})"
            self.note("repeated-key", event, f"the key “{key}” stands here a second time", fix)
            return None
        self.key_lines[place] = self.line_of(event)
        return place

    def skip(self, event: Any) -> None:
        """Read over the value that begins with `event`."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = next(self.events)

    def refuse_anchor_and_tag(self, event: Any) -> None:
        """They mostly come from a text that begins with *, & or !."""
        if isinstance(event, yaml.AliasEvent):
            what = f"“*{event.anchor}” is read as an alias, a reference to another place"
            fix = "put a text that begins with * in quotes, or after >- on the next line"
            self.note("yaml-sign", event, what, fix)
            return
        for sign, name in (("&", event.anchor), ("", event.tag)):
            if name and name != "!":
                what = f"“{sign}{name}” has a meaning of its own in YAML"
                self.note("yaml-sign", event, what, "put a text that begins with & or ! in quotes")

    def plain_scalar(self, event: Any, where: Where) -> Any:
        """What a text without quotes stands for."""
        text, end = event.value, event.end_mark
        rest = "".join(self.source[end.line : end.line + 1])[end.column :]
        if rest and re.match(r"\s+#", rest):
            self.cut.add(where)
        if text and text[0] not in Resolver.yaml_implicit_resolvers:
            return text
        tag = self.resolver.resolve(yaml.ScalarNode, text, event.implicit)
        if tag == "tag:yaml.org,2002:str" or event.tag:
            return text
        try:
            value = self.constructor.construct_object(yaml.ScalarNode(tag, text))
        except (ValueError, yaml.YAMLError):
            # 2026-13-45 looks like a date and is none; = and << have tags of their own.
            return text
        self.plain[where] = text
        return value
