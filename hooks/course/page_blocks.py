"""A page's Markdown comes in, its blocks go out; two pages come in, and go out side by side.

Pure functions: they read no files, know no course, and never raise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")

_OPENING = re.compile(r"\s*/{3,}\s*([\w-]+)")
_CLOSING = re.compile(r"\s*/{3,}\s*$")
_OPTION = re.compile(r"\s{4}[\w-]+:")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})\s.*?(?:\{[^}]*#([\w-]+)[^}]*\})?\s*$")
_MARKER = re.compile(r"\s*<!--.*-->\s*$")
_RULE_OFF = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|(\d+)[.)])\s")
_DEFINITION = re.compile(r":\s")


@dataclass(frozen=True)
class Block:
    """A block of Markdown: a paragraph, a list, a block `/// name` with what it holds, ….

    `kind` is the name of a `///` block or one of "heading", "marker", "code", "table", "quote",
    "list", "numbered list", "definition list", "paragraph". `key` tells blocks of a kind apart
    that do not answer each other: a heading's id, a marker. `sizes` are a list's items, a
    table's rows and columns, a definition list's terms and definitions. `line` counts from 1
    in the text given.
    """

    kind: str
    text: str
    line: int
    key: str = ""
    sizes: tuple[int, ...] = ()
    inside: tuple[Block, ...] = ()

    @property
    def sort(self) -> tuple[str, str]:
        """What two blocks share that answer each other."""
        return self.kind, self.key


Pair = tuple[Block | None, Block | None]
"""A block of the original and the one of the translation; None where there is no such block."""


def aligned(original: str, translation: str) -> list[Pair]:
    """The top-level blocks of two pages side by side; each block stands in exactly one pair.

    What stands between the same two headings is paired, kind by kind in its order, so that one
    block too many shifts nothing behind the next heading.
    """
    ours = read_blocks(original)
    return _pair(ours, ours if translation == original else read_blocks(translation))


def inner_pairs(one: Block, other: Block) -> list[Pair]:
    """What two blocks hold, side by side."""
    return _pair(one.inside, other.inside)


def _pair(ours: Sequence[Block], theirs: Sequence[Block]) -> list[Pair]:
    found: list[Pair] = []
    nothing: tuple[Block, ...] = ()
    for one, other in _matched(_sections(ours), _sections(theirs), _head):
        matched = _matched(one or nothing, other or nothing, _sort)
        found.extend(matched)
    return found


def _sort(block: Block) -> tuple[str, str]:
    return block.sort


def _head(section: tuple[Block, ...]) -> tuple[str, str]:
    """What sections share that answer each other; the one before all headings has none."""
    return section[0].sort if section[0].kind == "heading" else ("", "")


def _sections(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The blocks, cut before each heading."""
    parts: list[tuple[Block, ...]] = []
    for block in blocks:
        if block.kind == "heading" or not parts:
            parts.append(())
        parts[-1] += (block,)
    return parts


def _matched(
    ours: Sequence[T], theirs: Sequence[T], sort: Callable[[T], tuple[str, str]]
) -> Iterator[tuple[T | None, T | None]]:
    left, right = [*map(sort, ours)], [*map(sort, theirs)]
    if left == right:
        yield from zip(ours, theirs, strict=True)
        return
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        else:
            yield from ((one, None) for one in ours[a:b])
            yield from ((None, other) for other in theirs[c:d])


def read_blocks(text: str) -> tuple[Block, ...]:
    """The top-level blocks of a page's Markdown (without front matter)."""
    return tuple(_merged(_read(text.split("\n"), 1)))


def _read(lines: Sequence[str], first: int) -> Iterator[Block]:
    number = 0
    while number < len(lines):
        line = lines[number]
        if not line.strip() or _CLOSING.match(line):
            number += 1
            continue
        end = _end(lines, number)
        yield _block(lines[number:end], first + number)
        number = end


def _end(lines: Sequence[str], start: int) -> int:
    """Where the block that begins in line `start` ends."""
    line = lines[start]
    fence = _FENCE.match(line)
    if fence:
        return _fence_end(lines, start, fence[1])
    if _OPENING.match(line):
        return _container_end(lines, start)
    if _HEADING.match(line) or _MARKER.match(line):
        return start + 1
    end = start + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines[end]):
        end += 1
    return end


def _begins(line: str) -> bool:
    """Whether a line begins another block without a blank line above it."""
    if line.lstrip()[:1] not in "`~/#<":
        return False
    marks = (_FENCE, _OPENING, _CLOSING, _HEADING, _MARKER)
    return any(mark.match(line) for mark in marks)


def _fence_end(lines: Sequence[str], start: int, mark: str) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number].strip().startswith(mark) and not lines[number].strip().strip(mark[0]):
            return number + 1
    return len(lines)


def _container_end(lines: Sequence[str], start: int) -> int:
    depth, number = 0, start
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence:
            number = _fence_end(lines, number, fence[1])
            continue
        depth += bool(_OPENING.match(lines[number])) - bool(_CLOSING.match(lines[number]))
        number += 1
        if not depth:
            return number
    return len(lines)


def _block(lines: Sequence[str], first: int) -> Block:
    text, head = "\n".join(lines), lines[0]
    opening, heading = _OPENING.match(head), _HEADING.match(head)
    if _FENCE.match(head):
        return Block("code", text, first)
    if opening:
        skip = 1
        while skip < len(lines) and _OPTION.match(lines[skip]):
            skip += 1
        inside = tuple(_merged(_read(lines[skip:], first + skip)))
        return Block(opening[1], text, first, inside=inside)
    if heading:
        return Block("heading", text, first, heading[2] or heading[1])
    if _MARKER.match(head):
        return Block("marker", text, first, " ".join(head.split()))
    return _prose(lines, text, first)


def _prose(lines: Sequence[str], text: str, first: int) -> Block:
    if len(lines) > 1 and "|" in lines[0] and _RULE_OFF.match(lines[1]):
        columns = re.sub(r"\\.", "", lines[0]).strip().strip("|").count("|") + 1
        return Block("table", text, first, sizes=(len(lines) - 2, columns))
    if lines[0].lstrip().startswith(">"):
        return Block("quote", text, first)
    item = _ITEM.match(lines[0])
    if item:
        kind = "numbered list" if item[2] else "list"
        return Block(kind, text, first, sizes=(sum(bool(_ITEM.match(line)) for line in lines),))
    definitions = sum(bool(_DEFINITION.match(line)) for line in lines)
    if definitions:
        terms = sum(not re.match(r":|\s", line) for line in lines)
        return Block("definition list", text, first, sizes=(terms, definitions))
    return Block("paragraph", text, first)


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lists and definition lists with blank lines between their items are one."""
    last: Block | None = None
    for block in blocks:
        if last and _goes_on(last, block):
            sizes = tuple(map(sum, zip(last.sizes, block.sizes, strict=False))) or last.sizes
            last = replace(last, text=f"{last.text}\n\n{block.text}", sizes=sizes)
        else:
            if last:
                yield last
            last = block
    if last:
        yield last


def _goes_on(last: Block, block: Block) -> bool:
    if last.kind == "definition list":
        return block.kind == last.kind
    if last.kind in {"list", "numbered list"}:
        return block.kind == last.kind or bool(re.match(r"\s{2,}", block.text))
    return False
