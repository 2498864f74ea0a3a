"""Of Python-Markdown's inline patterns only those that can match on a page are tried on it.

Each pattern is tried on each piece of text, which is a third of a conversion's time, and most pages
lack the signs that most patterns begin with.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
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

SIGNS = {
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
"""What stands in every text that an expression matches. A pattern of any other one is kept."""


class NeededPatterns(Extension):
    """Has a page's texts go through the patterns that may match there, and no others."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Choose when the blocks are read and no text is taken out of them yet."""
        md.treeprocessors.register(_Choice(md), "needed-patterns", 21)


class _Choice(Treeprocessor):
    def run(self, root: Element) -> None:
        text = "".join(root.itertext())
        needless = {expression for expression, sign in SIGNS.items() if sign not in text}
        inline = self.md.treeprocessors["inline"]
        if isinstance(inline, InlineProcessor):
            # A list, which answers faster than a registry does.
            inline.inlinePatterns = [  # type: ignore[assignment]
                pattern for pattern in self.md.inlinePatterns if pattern.pattern not in needless
            ]
