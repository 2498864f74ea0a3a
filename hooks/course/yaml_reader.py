"""YAML text comes in, plain data that remembers its lines goes out.

Built from the parser's events, for there duplicate keys, aliases and depth can still be
seen and a bomb has not gone off yet. Everything odd is noted as a problem; nothing raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from .problem import Problem

MAX_DEPTH = 20

# The C parser is ten times as fast; a PyYAML built without it reads the same.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Where = tuple[str | int, ...]


class Unreadable:
    """Stands where a value could not be read; its problem has been noted already."""


UNREADABLE = Unreadable()


@dataclass(frozen=True)
class Document:
    """One YAML document.

    `data` is made of dict, list, str, int, float, bool, None, date and `UNREADABLE`. `lines`
    gives the line (from 1) of each value by its path of keys and positions, `key_lines` that
    of each key; `plain` holds, as written, each unquoted scalar that YAML did not read as text.
    """

    path: str
    data: Any = None
    lines: Mapping[Where, int] = field(default_factory=dict)
    key_lines: Mapping[Where, int] = field(default_factory=dict)
    plain: Mapping[Where, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    first_line: int = 1

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


def parse(text: str, name: str, first_line: int = 1) -> Document:
    """Parse one YAML document; `first_line` is the line of the file at which `text` begins."""
    builder = _Builder(name, first_line)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _TooDeepError:
        return builder.document(UNREADABLE)
    except yaml.YAMLError as error:
        problem = syntax_problem(error, text, name, first_line)
        # An alias that was meant as a text is the cause of what breaks right after it.
        if all(noted.line != problem.line for noted in builder.problems):
            builder.problems.append(problem)
        return builder.document(UNREADABLE)
    return builder.document(builder.root)


class _TooDeepError(Exception):
    pass


@dataclass
class _Open:
    """A mapping or list that is still being read."""

    value: dict[str, Any] | list[Any]
    path: Where
    key: str | None = None
    skip_next: bool = False


class _Builder:
    """Turns YAML events into data, noting lines and what a course may not use."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name = name
        self.first_line = first_line
        self.root: Any = None
        self.lines: dict[Where, int] = {}
        self.key_lines: dict[Where, int] = {}
        self.plain: dict[Where, str] = {}
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.documents = 0
        self.skipping = 0
        self.resolver = Resolver()
        self.constructor = SafeConstructor()

    def document(self, data: Any) -> Document:
        return Document(
            self.name,
            data,
            self.lines,
            self.key_lines,
            self.plain,
            tuple(self.problems),
            self.first_line,
        )

    def note(self, event: yaml.Event, what: str, fix: str) -> None:
        self.problems.append(Problem(self.name, self.line_of(event), what, fix))

    def line_of(self, event: yaml.Event) -> int:
        return int(event.start_mark.line) + self.first_line

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.note(event, "a second document begins (“---”)", "keep one document in a file")
        elif self.documents > 1 or isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent):
            return
        elif isinstance(event, yaml.CollectionStartEvent):
            self.start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.end()
        elif isinstance(event, yaml.AliasEvent):
            what = f"“*{event.anchor}” is read as an alias, a reference to another place"
            self.note(event, what, "put a text that begins with * in quotes, or after >- on the next line")
            self.add(event, UNREADABLE)
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)

    def start(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.open) + self.skipping >= MAX_DEPTH:
            what = f"more than {MAX_DEPTH} lists or mappings stand inside one another"
            self.note(event, what, "check brackets and indentation from here on")
            raise _TooDeepError
        self.check_node(event)
        value: dict[str, Any] | list[Any]
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self.skipping or (self.open and self.is_skipped(event)):
            self.skipping += 1
            return
        path = self.add(event, value)
        self.open.append(_Open(value, path))

    def end(self) -> None:
        if self.skipping:
            self.skipping -= 1
        else:
            self.open.pop()

    def is_skipped(self, event: yaml.Event) -> bool:
        """Whether this value belongs to a repeated key, or stands where a key should."""
        parent = self.open[-1]
        if parent.skip_next:
            parent.skip_next = False
            return True
        if isinstance(parent.value, dict) and parent.key is None:
            self.note(event, "a list or mapping stands where a key belongs", "write a plain word before the colon")
            parent.skip_next = True
            return True
        return False

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if self.skipping:
            return
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.value, dict) and parent.key is None and not parent.skip_next:
            self.key(event, parent)
            return
        self.check_node(event)
        if parent and parent.skip_next:
            parent.skip_next = False
            return
        value, read_as_text = self.construct(event)
        path = self.add(event, value)
        if not read_as_text:
            self.plain[path] = event.value

    def key(self, event: yaml.ScalarEvent, parent: _Open) -> None:
        path = (*parent.path, event.value)
        if event.value in parent.value:
            first = self.key_lines[path]
            self.note(event, f"the key “{event.value}” stands here a second time", f"keep one of them (the first is in line {first})")
            parent.skip_next = True
            return
        parent.key = event.value
        self.key_lines[path] = self.line_of(event)

    def check_node(self, event: Any) -> None:
        """Refuse anchors and tags; they mostly come from a text that begins with & or !."""
        for mark, name in (("&", event.anchor), ("", event.tag)):
            if name and name != "!":
                what = f"“{mark}{name}” has a meaning of its own in YAML"
                self.note(event, what, "put a text that begins with & or ! in quotes")

    def construct(self, event: yaml.ScalarEvent) -> tuple[Any, bool]:
        """A scalar's value, and whether YAML reads it as text."""
        tag = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:str" or event.tag:
            return event.value, True
        try:
            node = yaml.ScalarNode(tag, event.value)
            return self.constructor.construct_object(node), False
        except (ValueError, yaml.YAMLError):
            # 2026-13-45 looks like a date and is none; = and << have tags of their own.
            return event.value, True

    def add(self, event: yaml.Event, value: Any) -> Where:
        if not self.open:
            self.root, path = value, ()
        else:
            parent = self.open[-1]
            if isinstance(parent.value, list):
                path = (*parent.path, len(parent.value))
                parent.value.append(value)
            elif parent.skip_next:
                parent.skip_next = False
                return parent.path
            else:
                key = parent.key if parent.key is not None else "?"
                path = (*parent.path, key)
                parent.value[key] = value
                parent.key = None
        self.lines[path] = self.line_of(event)
        return path


def syntax_problem(error: yaml.YAMLError, text: str, name: str, first_line: int) -> Problem:
    """Word a parser's complaint for somebody who has never heard of a scanner."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    number = mark.line if mark else 0
    lines = text.split("\n")
    here = lines[number] if number < len(lines) else ""
    if "scanning an alias" in said or "scanning an anchor" in said:
        what = "a text begins with * or &, which YAML reads as a reference"
        fix = "put the text in quotes, or after >- on the next line"
    elif "quoted scalar" in said:
        number = context.line if context else number
        what, fix = "a quotation mark is opened and never closed", "close it, or double a ' inside '…'"
    elif "\t" in here[: len(here) - len(here.lstrip())] or "cannot start any token" in said and "\t" in here:
        what, fix = "a tab is used for indentation", "use spaces, two for each step"
    elif "mapping values are not allowed" in said:
        what = "a colon followed by a space stands inside an unquoted text"
        fix = "put the text in quotes, or after >- on the next line"
    elif "cannot start any token" in said:
        what = "a text begins with a character that has a meaning of its own in YAML"
        fix = "put the text in quotes"
    else:
        number = min(number, max(len(text.rstrip().split("\n")) - 1, 0))
        what, fix = next(
            (words for sign, words in PARSER_WORDS if sign in said),
            (f"this is not readable as YAML ({said.strip()})", "compare it with the lines around it"),
        )
    return Problem(name, number + first_line, what, fix)


PARSER_WORDS = (
    (
        "expected ',' or",
        (
            "a list in brackets is broken",
            "close its bracket, and put a text with a comma, a colon or quotation marks after >- on lines of its own",
        ),
    ),
    (
        "did not find expected key",
        (
            "this line does not fit the lines above it",
            "begin it exactly below them, and put a text with quotation marks after >- on the next line",
        ),
    ),
    (
        "expected '-' indicator",
        ("this line does not fit the list above it", "begin it with “- ”, exactly below the others"),
    ),
    (
        "block sequence entries are not allowed",
        ("a list begins behind a colon", "begin it on the next line"),
    ),
    ("could not find expected ':'", ("a name lacks its colon", "write “name: …”, or indent the text")),
)
"""What the parser says, and what that means to a trainer."""
