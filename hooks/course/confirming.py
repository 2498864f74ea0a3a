"""Fingerprints into a page's front matter, by an edit of its text that leaves all else as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from .page import split_front_matter

KEY = "translated"
_ENTRY = re.compile(r"\s*[\"']?([\w-]+)[\"']?:[^#]*?(\s+#.*)?$")


def with_fingerprints(text: str, fingerprints: Mapping[str, str]) -> str:
    """The text of a translated page whose `translated` holds exactly these fingerprints.

    What stands there for another section goes; everything else, comments and line ends
    included, stays as it is. Raises ValueError for a page without front matter that can be
    read: such a page has to be mended first.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    front, _, _ = split_front_matter(text.removeprefix(mark).replace("\r\n", "\n"))
    if front is None:
        raise ValueError("there is no front matter")
    lines = text.removeprefix(mark).split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    first, last = _place(front)
    before = [line.removesuffix("\r") for line in lines[1 + first : 1 + last]]
    rows = [f"{KEY}:", *_rows(before, fingerprints)]
    lines[1 + first : 1 + last] = [row + end for row in rows]
    return mark + "\n".join(lines)


def _place(front: str) -> tuple[int, int]:
    """Which lines of the front matter `translated` takes; its end when it is not there."""
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError("the front matter cannot be read") from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ValueError("the front matter has no names and colons")
    if node and node.flow_style:
        raise ValueError("the front matter stands in braces, not in lines of its own")
    for key, value in node.value if node else []:
        if key.value == KEY:
            # What ends before the first sign of a line does not take that line.
            return key.start_mark.line, value.end_mark.line + (value.end_mark.column > 0)
    return front.count("\n"), front.count("\n")


def _rows(before: list[str], fingerprints: Mapping[str, str]) -> list[str]:
    """The lines below `translated:`; comments and blank lines stay with the entry below them."""
    above: dict[str, list[str]] = {}
    behind: dict[str, str] = {}
    waiting: list[str] = []
    for row in before[1:]:
        entry = _ENTRY.match(row)
        if not row.strip() or row.lstrip().startswith("#"):
            waiting.append(row)
        elif entry:
            above[entry[1]], waiting = waiting, []
            behind[entry[1]] = entry[2] or ""
    rows = []
    for name, value in fingerprints.items():
        rows += [*above.pop(name, []), f'  {name}: "{value}"{behind.get(name, "")}']
    return [*rows, *(row for rest in above.values() for row in rest if row.strip()), *waiting]
