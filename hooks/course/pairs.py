"""A lesson's blocks get stamps by which a browser sets two languages of it side by side.

Pure string functions, in two steps around the conversion: `stamped` puts a comment before each
block of the Markdown, numbered as the parity check aligns it with the original; `marked` turns
the comments in the HTML into `data-pair` on the element that follows. The comments ride through
the conversion, so nothing has to guess which element a block has become. What no comment stands
before (self-checks, pictures, charts, whatever the generator places) belongs to no pair.

They have a side effect that is welcome: Python-Markdown runs a numbered list into the list
above it, and two quotations into one; a comment between them keeps them apart, as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .page_blocks import Block, Pair, aligned, inner_pairs

PARTED = frozenset({"scene", "weak", "well", "practice", "details"})
"""Blocks of many parts, which are paired part by part; any other is one piece."""

_PAIR = re.compile(r"<!--pair ([\d.]*)-->\s*(<\w+(?:\s[^<>]*?)??)(\s*/?>)")
_TITLE = re.compile(
    r"<!--open (\d*)-->\s*(<div class=\"admonition[^<>]*>\s*<p class=\"admonition-title\")"
)
_LEFT = re.compile(r"<!--(?:pair|open) [\d.]*-->\s*")


def stamped(markdown: str, original: str) -> str:
    """A page's Markdown with a comment before each block; `original` may be the page itself.

    A block has the number that it has in the original, and the parts of a block have numbers
    behind a point. One that the original lacks has none.
    """
    lines = markdown.split("\n")
    for line, comment in sorted(_stamps(aligned(original, markdown)), reverse=True):
        lines[line - 1 : line - 1] = ["", comment, ""]
    return "\n".join(lines)


def marked(html: str) -> str:
    """The HTML that `stamped` has become, with `data-pair` in place of the comments.

    The title of a block in parts is its part 0.
    """
    html = _TITLE.sub(lambda match: f'{match[2]} data-pair="{_part(match[1], 0)}"', html)
    html = _PAIR.sub(r'\2 data-pair="\1"\3', html)
    return _LEFT.sub("", html)


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
        yield theirs.line, f"<!--open {stamp}-->"
        alone: list[Pair] = [(None, part) for part in theirs.inside]
        yield from _stamps(inner_pairs(ours, theirs) if ours else alone, stamp)
    else:
        yield theirs.line, f"<!--pair {stamp}-->"


def _part(stamp: str, number: int) -> str:
    return f"{stamp}.{number}" if stamp else ""
