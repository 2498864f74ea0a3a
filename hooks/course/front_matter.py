"""The front matter of a page, changed key by key in its lines: everything else stays as it is.

Writing the data back would lose comments, quotes, order, the byte order mark and line ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import yaml

from .page import split_front_matter

_MARK = "\ufeff"


class _Loader(yaml.SafeLoader):
    """Refuses an alias, as all of the course does: its value ends where something else stands."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class FrontMatter:
    """A page that begins with front matter, and `rows`, the lines of that; `str` is its text.

    `opening` is the line above them, `rest` all below; `end` ends a new line, before the
    line feed.
    """

    opening: str
    rows: tuple[str, ...]
    rest: str
    end: str

    def __str__(self) -> str:
        return "\n".join([self.opening, *self.rows, self.rest])

    def lines_of(self, key: str) -> list[str]:
        """The lines of a key, without line ends; none when it is not there.

        Comments and empty lines between it and the next key are not its own. Raises ValueError
        for front matter that cannot be read.
        """
        first, last = self._places().get(key, (0, 0))
        return [row.removesuffix("\r") for row in self.rows[first:last]]

    def with_lines(self, key: str, lines: Iterable[str], before: str = "") -> FrontMatter:
        """The same page with these lines, which have no line ends, in the place of those of a key.

        A new key comes before the key `before`, or else at the end. Raises ValueError for front
        matter that cannot be read.
        """
        places = self._places()
        new, _ = places.get(before, (len(self.rows), 0))
        first, last = places.get(key, (new, new))
        written = (line + self.end for line in lines)
        return replace(self, rows=(*self.rows[:first], *written, *self.rows[last:]))

    def _places(self) -> dict[str, tuple[int, int]]:
        """Each key, with the first of its rows and the one behind its last."""
        text = "".join(row.removesuffix("\r") + "\n" for row in self.rows)
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise ValueError("the front matter cannot be read") from error
        if node is not None and not isinstance(node, yaml.MappingNode):
            raise ValueError("the front matter has no names and colons")
        if node and node.flow_style:
            raise ValueError("the front matter stands in braces, not in lines of its own")
        return {
            key.value: (key.start_mark.line, _end(value))
            for key, value in (node.value if node else [])
            if isinstance(key, yaml.ScalarNode)
        }


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of a page, whose text is as its file has it; None without any."""
    bare = text.removeprefix(_MARK)
    front, _, _ = split_front_matter(bare.replace("\r\n", "\n"))
    if front is None:
        return None
    opening, *lines = bare.split("\n")
    count, end = front.count("\n"), "\r" if opening.endswith("\r") else ""
    mark = text[: len(text) - len(bare)]
    return FrontMatter(mark + opening, tuple(lines[:count]), "\n".join(lines[count:]), end)


def _end(node: yaml.Node) -> int:
    """The row behind the last one of a value.

    A list or mapping in lines of its own ends, for the parser, where the next key begins; so
    its last value is asked.
    """
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    # What ends before the first sign of a line does not take that line.
    mark = node.end_mark
    return int(mark.line + (mark.column > 0))
