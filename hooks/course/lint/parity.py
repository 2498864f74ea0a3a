"""An original and its translation in step: the same blocks, lists, tables, links, markers.

Headings and what the front matter shares are the business of `checks/pages.py`, without which
nothing is built. A translation that lacks a list or a link goes unseen in a build, and only
the readers of one language miss it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..excerpts import blocks
from ..load import Source
from ..page import Page
from ..page_blocks import Block, Pair, aligned, inner_pairs
from ..problem import Problem
from .language_data import Length, language_data
from .passages import HOLE, page_passages

__all__ = ["Block", "Pair", "aligned", "parity_problems"]

SIZES = {
    "list": ("items",),
    "numbered list": ("items",),
    "table": ("rows", "columns"),
    "definition list": ("terms", "definitions"),
}
"""What is counted in each kind of block."""

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^()\s>]*)>?[^()]*\)")


def parity_problems(source: Source) -> Iterator[Problem]:
    """Where a translated page is not in step with its original."""
    for page in source.pages:
        original = source.original_of(page)
        if original and original is not page:
            yield from _page_problems(page, original)


def _page_problems(page: Page, original: Page) -> Iterator[Problem]:
    yield from _pair_problems(aligned(original.body, page.body), page, original, 1)
    yield from _link_problems(page, original)
    yield from _picture_problems(page, original)
    yield from _length_problems(page, original)


def _found(page: Page, line: int, rule: str, what: str, fix: str) -> Problem:
    return Problem(page.path, page.first_line + line - 1, what, fix, rule=rule)


def _pair_problems(pairs: list[Pair], page: Page, original: Page, line: int) -> Iterator[Problem]:
    """Blocks that stand in one of two pages only, and those of another size.

    This project's own rule; paragraphs may be cut otherwise in a translation, so they are
    advice.
    """
    for ours, theirs in pairs:
        line = theirs.line if theirs else line
        if ours and theirs:
            yield from _size_problems(ours, theirs, page, original)
            yield from _pair_problems(inner_pairs(ours, theirs), page, original, theirs.line)
        elif ours and ours.kind != "heading":
            where = original.first_line + ours.line - 1
            what = f"the {_name(ours)} of {original.path}:{where} is missing here or just below"
            problem = _found(page, line, "parity-blocks", what, "add it, or take it out there")
            yield _softened(problem, ours)
        elif theirs and theirs.kind != "heading":
            what = f"{original.path} has no {_name(theirs)} in this place"
            problem = _found(page, line, "parity-blocks", what, "take it out, or add it there")
            yield _softened(problem, theirs)


def _softened(problem: Problem, block: Block) -> Problem:
    return replace(problem, advice=block.kind == "paragraph")


def _name(block: Block) -> str:
    known = {"heading", "code", "table", "quote", "paragraph", *SIZES}
    if block.kind == "marker":
        return f"marker “{block.key}”"
    return block.kind if block.kind in known else f"block “{block.kind}”"


def _size_problems(ours: Block, theirs: Block, page: Page, original: Page) -> Iterator[Problem]:
    """Lists with as many items, tables with as many rows and columns. This project's own rule."""
    for name, wanted, found in zip(
        SIZES.get(ours.kind, ()), ours.sizes, theirs.sizes, strict=False
    ):
        if wanted != found:
            where = original.first_line + ours.line - 1
            what = f"this {ours.kind} has {found} {name}, that of {original.path}:{where} {wanted}"
            yield _found(page, theirs.line, "parity-size", what, "bring both to the same number")


def _links(page: Page) -> list[tuple[str, str, str, int]]:
    """The links of a page: "!" for a picture, text, target, and line from 1."""
    text = page.masked
    return [
        (match[1], match[2], match[3], text.count("\n", 0, match.start()) + 1)
        for match in _LINK.finditer(text)
    ]


def _link_problems(page: Page, original: Page) -> Iterator[Problem]:
    """The same addresses as often, in any order: a sentence may put them otherwise."""
    ours, theirs = _links(original), _links(page)
    missing = Counter(link[2] for link in ours) - Counter(link[2] for link in theirs)
    extra = Counter(link[2] for link in theirs) - Counter(link[2] for link in ours)
    for target, number in missing.items():
        where = next(link[3] for link in ours if link[2] == target) + original.first_line - 1
        line = _counterpart(where - original.first_line + 1, page, original)
        what = f"links to “{target}”: {number} fewer than in {original.path} (line {where})"
        yield _found(page, line, "parity-links", what, "add it, or take it out there")
    for target, number in extra.items():
        line = [link[3] for link in theirs if link[2] == target][-1]
        what = f"links to “{target}”: {number} more than in {original.path}"
        yield _found(page, line, "parity-links", what, "take it out, or add it there")


def _counterpart(line: int, page: Page, original: Page) -> int:
    """The line of a translation that answers a line of the original, or one just above it."""
    found = 1
    pairs = aligned(original.body, page.body)
    for ours, theirs in pairs:
        if ours and theirs and ours.line <= line:
            found = theirs.line
            pairs += inner_pairs(ours, theirs) if ours.inside and _holds(ours, line) else []
    return found


def _holds(block: Block, line: int) -> bool:
    return block.line <= line <= block.line + block.text.count("\n")


def _picture_problems(page: Page, original: Page) -> Iterator[Problem]:
    """Pictures have a text alternative in both languages, or in neither (WCAG 2.2, 1.1.1)."""
    described = {link[2]: bool(link[1].strip()) for link in _links(original) if link[0]}
    for sign, text, target, line in _links(page):
        if sign and target in described and described[target] != bool(text.strip()):
            one = original.path if described[target] else "the translation"
            what = f"only {one} has a text alternative for the picture “{target}”"
            yield _found(page, line, "parity-pictures", what, "describe it in both, in […]")


def _length_problems(page: Page, original: Page) -> Iterator[Problem]:
    """A lesson's words, without the trainer's notes, in proportion to the original's.

    This project's own thresholds (Romanian texts take some tenths more than English ones); they
    stand in `language/<language>.yml`.
    """
    data = language_data(page.language)
    meta = original.meta.data if isinstance(original.meta.data, Mapping) else {}
    limits = data.length if data else None
    if not limits or limits.of != original.language or "lesson" not in meta:
        return
    wanted, found = lesson_words(original), lesson_words(page)
    ratio = found / wanted if wanted >= limits.least else 1.0
    if not limits.advice[0] <= ratio <= limits.advice[1]:
        yield _length_problem(page, ratio, found, wanted, limits)


def _length_problem(page: Page, ratio: float, found: int, wanted: int, limits: Length) -> Problem:
    advice = limits.error[0] <= ratio <= limits.error[1]
    low, high = limits.advice if advice else limits.error
    what = (
        f"the lesson has {found} words, the original {wanted}: "
        f"{ratio:.2f} times as many, and {low:.2f} to {high:.2f} are usual"
    )
    fix = "tighten this text" if ratio > 1 else "see whether something is left out"
    return Problem(page.path, page.first_line, what, fix, advice, rule="parity-length")


def lesson_words(page: Page) -> int:
    """The words that learners read; not the collapsed notes for the trainer."""
    notes = [
        (block.line, block.line + block.text.count("\n") + 1)
        for block in blocks(page.body, "details")
    ]
    return sum(
        len(re.findall(r"\w+(?:[’'-]\w+)*", row.replace(HOLE, " ")))
        for passage in page_passages(page)
        for line, row in passage.rows()
        if not any(start <= line - page.first_line + 1 <= end for start, end in notes)
    )
