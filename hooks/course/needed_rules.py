"""Of Python-Markdown's rules only those that can match on a page are tried on it.

Each rule for blocks is tried on each block, and each inline pattern on each piece of text. Most
pages lack the signs that most rules begin with, and trying all took a third of a conversion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    HashHeaderProcessor,
    ListIndentProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINE_BREAK_RE,
    LINK_RE,
    REFERENCE_RE,
)
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import Registry
from pymdownx.blocks import BlocksProcessor
from pymdownx.superfences import SuperFencesBlockPreprocessor, SuperFencesCodeBlockProcessor

T = TypeVar("T")

LINES: dict[type, str] = {
    SuperFencesBlockPreprocessor: "```|~~~",
    ListIndentProcessor: "    |\t",
    BlocksProcessor: "///",
    SuperFencesCodeBlockProcessor: "    |\t",
    TableProcessor: r"\|",
    HashHeaderProcessor: "#",
    SetextHeaderProcessor: "(?m)[=-] *$",
    BlockQuoteProcessor: ">",
    AbbrBlockprocessor: r"\*\[",
    ReferenceProcessor: r"\]:",
}
"""What is found in every page on which a rule for lines or blocks does anything. Any other rule,
one that is derived from these included, is always tried."""

TEXTS = {
    BACKTICK_RE: "`",
    ESCAPE_RE: "\\",
    REFERENCE_RE: "[",
    LINK_RE: "[",
    IMAGE_LINK_RE: "![",
    IMAGE_REFERENCE_RE: "![",
    AUTOLINK_RE: "<",
    AUTOMAIL_RE: "<",
    LINE_BREAK_RE: "  \n",
    HTML_RE: "<",
    ENTITY_RE: "&",
}
"""What stands in every text that the expression of an inline pattern matches. A pattern with any
other expression is always tried."""


class Converter(Markdown):
    """Converts as Markdown does, without the rules that can do nothing on a page."""

    def __init__(self, **settings: Any) -> None:
        """Take what Markdown takes."""
        super().__init__(**settings)
        self.treeprocessors.register(_Patterns(self), "needed-patterns", 21)

    def convert(self, source: str) -> str:
        """The HTML of a page."""
        lines, blocks = self.preprocessors, self.parser.blockprocessors
        try:
            self.preprocessors = _Chosen(lines, source)
            self.parser.blockprocessors = _Chosen(blocks, source)
            return super().convert(source)
        finally:
            self.preprocessors, self.parser.blockprocessors = lines, blocks


class _Chosen(Registry[T]):
    """The rules for one page, to go through; any rule can still be asked for by its name."""

    def __init__(self, every: Registry[T], source: str) -> None:
        self._every = every
        signs = ((rule, LINES.get(type(rule))) for rule in every)
        self._needed = [rule for rule, sign in signs if not sign or re.search(sign, source)]

    def __iter__(self) -> Iterator[T]:
        return iter(self._needed)

    def __len__(self) -> int:
        return len(self._needed)

    def __contains__(self, item: str | T) -> bool:
        return item in self._every

    def __getitem__(self, key: Any) -> Any:
        return self._every[key]


class _Patterns(Treeprocessor):
    """Chooses inline patterns, when all blocks are read and no text is taken out of them yet."""

    def run(self, root: Element) -> None:
        text = "".join(root.itertext())
        needless = {expression for expression, sign in TEXTS.items() if sign not in text}
        inline = self.md.treeprocessors["inline"]
        if isinstance(inline, InlineProcessor):
            # A list, which answers faster than a registry does.
            inline.inlinePatterns = [  # type: ignore[assignment]
                pattern for pattern in self.md.inlinePatterns if pattern.pattern not in needless
            ]
