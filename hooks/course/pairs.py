"""A lesson's blocks get stamps by which a browser sets two languages of it side by side.

In two steps: `stamped` puts a stamp before each block of the Markdown, a block of its own, numbered
as the parity check aligns it with the original; `Stamps`, an extension of Python-Markdown, takes
the stamps out again and turns them into `data-pair` on the elements that follow them. The stamps
ride through the conversion, so nothing has to guess which element a block has become.
What no stamp stands before (self-checks, pictures, charts, whatever the generator places) belongs
to no pair.

They have a side effect that is welcome: Python-Markdown runs a numbered list into the list
above it, and two quotations into one; a stamp between them keeps them apart, as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from .page_blocks import Block, Pair, aligned, inner_pairs

PARTED = frozenset({"scene", "weak", "well", "practice", "details"})
"""Blocks of many parts, which are paired part by part; any other is one piece."""

SIGN = "\ue000"
"""Begins a stamp: a sign for private use, which no text has."""

_STAMP = re.compile(rf"\s*{SIGN}(pair|open) ([\d.]*)\s*")
_START = re.compile(r"\s*<\w+(?:\s[^<>]*?)??(?=\s*/?>)")


def stamped(markdown: str, original: str) -> str:
    """A page's Markdown with a stamp before each block; `original` may be the page itself.

    A block has the number that it has in the original, and the parts of a block have numbers
    behind a point. One that the original lacks has none.
    """
    lines = markdown.split("\n")
    for line, stamp in sorted(_stamps(aligned(original, markdown)), reverse=True):
        lines[line - 1 : line - 1] = ["", stamp, ""]
    return "\n".join(lines)


def _stamps(pairs: list[Pair], parent: str | None = None) -> Iterator[tuple[int, str]]:
    """The line before which each stamp goes, and the stamp."""
    number = 0
    for ours, theirs in pairs:
        number += ours is not None
        if theirs and theirs.kind != "marker":
            stamp = str(number) if parent is None else _part(parent, number)
            yield from _block_stamps(ours, theirs, stamp if ours else "")


def _block_stamps(ours: Block | None, theirs: Block, stamp: str) -> Iterator[tuple[int, str]]:
    if theirs.kind in PARTED:
        yield theirs.line, f"{SIGN}open {stamp}"
        alone: list[Pair] = [(None, part) for part in theirs.inside]
        yield from _stamps(inner_pairs(ours, theirs) if ours else alone, stamp)
    else:
        yield theirs.line, f"{SIGN}pair {stamp}"


def _part(stamp: str, number: int) -> str:
    return f"{stamp}.{number}" if stamp else ""


class Stamps(Extension):
    """Has Python-Markdown turn the stamps of a page into `data-pair`, and leave none.

    The title of a block in parts is its part 0.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put each step where it costs least: a stamp meets no other rule for blocks or lines."""
        md.parser.blockprocessors.register(_Stamp(md.parser), "pair-stamp", 95)
        md.treeprocessors.register(_Marks(md), "pair-marks", 30)
        md.postprocessors.register(_Left(md), "pair-left", 5)


class _Stamp(BlockProcessor):
    """Keeps a stamp's place among the elements."""

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith(SIGN) and bool(_STAMP.fullmatch(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        stamp = _STAMP.fullmatch(blocks.pop(0))
        if stamp:
            SubElement(parent, stamp[1], {"stamp": stamp[2]})


class _Marks(Treeprocessor):
    """Marks the element behind each stamp, and takes the stamp away."""

    def run(self, root: Element) -> None:
        for parent in [root, *root.iter("div"), *root.iter("details")]:
            children = [*parent]
            for element, behind in zip_longest(children, children[1:]):
                stamp = element.get("stamp")
                if stamp is not None:
                    parent.remove(element)
                    if behind is not None:
                        self._mark(element.tag, stamp, behind)

    def _mark(self, kind: str, stamp: str, element: Element) -> None:
        if kind == "open":
            for title in element[:1]:
                if title.get("class") == "admonition-title":
                    title.set("data-pair", _part(stamp, 0))
        elif kept := HTML_PLACEHOLDER_RE.fullmatch(element.text or ""):
            self._mark_kept(int(kept[1]), stamp)
        else:
            element.set("data-pair", stamp)

    def _mark_kept(self, number: int, stamp: str) -> None:
        """Mark HTML that was made already, as that of code is."""
        kept = self.md.htmlStash.rawHtmlBlocks
        html = kept[number]
        if isinstance(html, str):
            kept[number] = _START.sub(rf'\g<0> data-pair="{stamp}"', html, count=1)
        else:  # by an extension that parses it
            html.set("data-pair", stamp)


class _Left(Postprocessor):
    """Takes away stamps that came to stand in HTML that was written by hand."""

    def run(self, text: str) -> str:
        return _STAMP.sub("\n", text) if SIGN in text else text
