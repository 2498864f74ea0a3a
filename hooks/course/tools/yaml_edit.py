"""YAML text comes in, the same text with one thing changed goes out.

Places are found with the parser's marks and the text is changed there, so that comments, order,
quotation marks and spaces stay as they are. What is written in an unusual way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from .environment import CourseError
from .writing import line_end


@dataclass(frozen=True)
class Section:
    """A list of the navigation: its title, "" for the list itself, and its pages in order."""

    title: str
    node: yaml.SequenceNode
    pages: tuple[str, ...]


def composed(text: str, name: str) -> yaml.Node | None:
    """The nodes of a YAML text; raises CourseError when it is none."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark else ""
        raise CourseError(f"{name}{where}: this is not readable as YAML; correct it.") from None


def entry(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def scalars(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """All single values inside a node, each with the key that it, or its list, stands under."""
    if isinstance(node, yaml.ScalarNode):
        yield key, node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, key)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from scalars(value, str(name.value))


def replaced(text: str, name: str, change: Callable[[str, str], str]) -> str:
    """A YAML text in which `change` of each key and single value stands in the value's place.

    Only a value of one line is changed; one in quotes keeps them.
    """
    pieces, last = [], 0
    for key, node in scalars(composed(text, name)):
        new = change(key, node.value)
        start, end = node.start_mark.index, node.end_mark.index
        written = text[start:end]
        if new != node.value and node.value in written:
            pieces += [text[last:start], written.replace(node.value, new, 1)]
            last = end
    return "".join([*pieces, text[last:]])


def sections(text: str) -> list[Section]:
    """The lists of the navigation that mkdocs.yml has: the outermost one first, then its parts."""
    nav = entry(composed(text, "mkdocs.yml"), "nav")
    if not isinstance(nav, yaml.SequenceNode):
        return []
    parts = [
        Section(str(title.value), node, _pages(node))
        for item in nav.value
        if isinstance(item, yaml.MappingNode)
        for title, node in item.value
        if isinstance(node, yaml.SequenceNode)
    ]
    return [Section("", nav, _pages(nav)), *parts]


def with_page(text: str, section: Section, uri: str) -> str:
    """mkdocs.yml with the page `uri` (“lessons/fees.md”) at the end of a part of the navigation."""
    changed = with_item(text, section.node, f"- {uri}")
    pages = sections(changed)
    if not pages or sorted(pages[0].pages) != sorted([*sections(text)[0].pages, uri]):
        what = f"the part “{section.title}” of nav is written in an unusual way"
        raise CourseError(f"mkdocs.yml: {what}; write it as a list with one page in each line.")
    return changed


def with_item(text: str, node: yaml.SequenceNode, item: str, gap: bool = False) -> str:
    """A YAML text with one more item, given as lines, at the end of a list.

    A list in brackets is returned as it is. `gap` leaves an empty line before the item.
    """
    if node.flow_style or not node.value:
        return text
    end, lines = line_end(text), _lines(text)
    column, number = node.start_mark.column, node.value[-1].start_mark.line + 1
    while number < len(lines) and (not lines[number].strip() or _indent(lines[number]) > column):
        number += 1
    while not lines[number - 1].strip():
        number -= 1
    if not lines[number - 1].endswith(("\n", "\r")):
        lines[number - 1] += end
    added = [" " * column + line if line.strip() else "" for line in item.split("\n")]
    added = [line + end for line in ([""] if gap else []) + added]
    return "".join([*lines[:number], *added, *lines[number:]])


def _lines(text: str) -> list[str]:
    """The lines as YAML counts them, with their ends."""
    return re.findall(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|.+\Z", text)


def _pages(node: yaml.Node) -> tuple[str, ...]:
    return tuple(found.value for _, found in scalars(node))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
