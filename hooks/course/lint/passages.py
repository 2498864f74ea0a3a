"""A source comes in, its passages go out: all running text of a course, each with its lines.

What is no text for a reader (code, addresses, ids, comments, names of blocks) is replaced by
`HOLE`, sign for sign, so that a rule may look at the whole and a place keeps its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..checks.data import data_texts
from ..load import Source
from ..page import Page, mask_code
from ..yaml_reader import Document, Where

HOLE = "\ufffc"
"""Stands for each sign that is no text: neither letter nor space nor punctuation."""

_NO_TEXT = re.compile(
    r"""
    <!--.*?--> | </?[A-Za-z][^<>]*> | &\#?\w+;
    | (?<=\])\([^()\s]*(?:\s+(?:"[^"]*"|'[^']*'))?\)   # [text](address "title")
    | (?<=\])\[[^\]]*\] | ^\ {0,3}\[[^\]\n]+\]:[^\n]*  # [text][name] and [name]: address
    | \{:?\s*[\#.][^}]*\} | \{:?\s*[\w-]+=[^}]*\}      # { #id .class key="value" }
    | https?://[^\s)>]+ | \bwww\.[^\s)>]+ | [\w.+-]+@[\w-]+\.[\w.]+
    | \b[\w/-]+\.(?:md|yml|py|html|toml)\b
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_BLANK = re.compile(r"\{[\w-]+\}")
_BLOCK = re.compile(r"\s*/{3,}\s*([\w-]*)\s*\|?")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


@dataclass(frozen=True)
class Passage:
    """A piece of running text: a paragraph or list of a page, a text of a data file.

    `starts` are the places in `text` where another line of the file begins, with that line.
    `kind` is "page", "meta" (front matter), "data" or "strings"; `block` the `/// name` around
    it, `where` its place in the data, `item` whether it begins with a list item.
    """

    path: str
    language: str
    kind: str
    text: str
    starts: tuple[tuple[int, int], ...]
    block: str = ""
    where: Where = ()

    def line(self, offset: int) -> int:
        """The line of the file in which the sign at `offset` stands."""
        index = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[max(index - 1, 0)][1]

    @property
    def item(self) -> bool:
        """Whether it begins with a list item."""
        return bool(_ITEM.match(self.text))

    def rows(self) -> Iterator[tuple[int, str]]:
        """The lines of the text, each with its line in the file."""
        offset = 0
        for row in self.text.split("\n"):
            yield self.line(offset), row
            offset += len(row) + 1


@lru_cache(maxsize=1)
def passages(source: Source) -> tuple[Passage, ...]:
    """All passages of a course; kept for the next part of the linter that asks."""
    return tuple(_passages(source))


def _passages(source: Source) -> Iterator[Passage]:
    for page in source.pages:
        yield from _meta_passages(page)
        yield from page_passages(page)
    for document in source.data:
        yield from _data_passages(document)
    for language in source.languages:
        for folder in (source.strings, source.descriptions):
            texts = folder.get(language)
            for key, text in _texts_of(texts.data if texts else None):
                if texts:
                    yield _passage(texts, language, "strings", (key,), text)


def page_passages(page: Page) -> Iterator[Passage]:
    """The passages of a page's body: what stands between blank lines."""
    rows: list[tuple[int, str]] = []
    around: list[str] = []
    opened = False
    for number, line in enumerate(without_code(page.body).split("\n"), page.first_line):
        fence = _BLOCK.match(line)
        inside = around[-1] if around else ""
        if fence or not line.strip():
            yield from _joined(page, rows, inside)
            rows = []
        if fence and fence[1]:
            around.append(fence[1])
            title = HOLE * fence.end() + line[fence.end() :]
            yield from _joined(page, [(number, title)], "")
        elif fence:
            del around[-1:]
        elif line.strip() and not (opened and re.match(r"\s{4}[\w-]+:", line)):
            rows.append((number, line))
        opened = bool(fence and fence[1])
    yield from _joined(page, rows, around[-1] if around else "")


def without_code(body: str) -> str:
    """A page's body with holes for what is no text."""
    rows = []
    for line, kept in zip(body.split("\n"), mask_code(body).split("\n"), strict=True):
        if line == kept or len(line) != len(kept):
            rows.append(kept)
        else:
            pairs = zip(line, kept, strict=True)
            rows.append("".join(k if k == sign else HOLE for sign, k in pairs))
    return _NO_TEXT.sub(_hole, "\n".join(rows))


def hole(text: str) -> str:
    """Holes in place of a text, sign for sign; its lines stay."""
    return re.sub(r"[^\n]", HOLE, text)


def _hole(match: re.Match[str]) -> str:
    return hole(match[0])


def _joined(page: Page, rows: list[tuple[int, str]], block: str) -> Iterator[Passage]:
    text = "\n".join(row for _, row in rows)
    if text.strip(f"{HOLE} \n"):
        offset, starts = 0, []
        for number, row in rows:
            starts.append((offset, number))
            offset += len(row) + 1
        yield Passage(page.path, page.language, "page", text, tuple(starts), block)


def _meta_passages(page: Page) -> Iterator[Passage]:
    data = page.meta.data if isinstance(page.meta.data, Mapping) else {}
    texts: list[tuple[Where, str]] = [
        ((key,), data[key]) for key in ("title", "description") if isinstance(data.get(key), str)
    ]
    for key in ("objectives", "hero"):
        texts += [((key, name), text) for name, text in _texts_of(data.get(key))]
    for where, text in texts:
        yield _passage(page.meta, page.language, "meta", where, text)


def _data_passages(document: Document) -> Iterator[Passage]:
    for where, texts in data_texts(document.data, ()):
        for language, text in _texts_of(texts):
            yield _passage(document, language, "data", (*where, language), text)


def _texts_of(data: Any) -> list[tuple[str, str]]:
    """The texts in a mapping, by key."""
    items = data.items() if isinstance(data, Mapping) else ()
    return [(str(key), text) for key, text in items if isinstance(text, str)]


def _passage(document: Document, language: str, kind: str, where: Where, text: str) -> Passage:
    masked = without_code(text)
    if kind in {"strings", "data"}:
        masked = _BLANK.sub(_hole, masked)
    starts = text_lines(document, where, text)
    return Passage(document.path, language, kind, masked, starts, where=where)


def text_lines(document: Document, where: Where, text: str) -> tuple[tuple[int, int], ...]:
    """The offsets in a text of a data file at which its lines begin, with these lines.

    YAML folds the lines of a block (`>-`) into one; each of them is looked up in the text.
    """
    first = document.line(where)
    starts = [(0, first)]
    offset = 0
    block = re.search(r"[|>][-+\d]*\s*$", _row(document, first))
    number = first + 1 if block else first
    while offset < len(text) and number - document.first_line < len(document.source):
        row = _row(document, number).strip()
        found = text.find(row, offset) if row else offset
        if found < 0 or text[offset:found].strip():
            break
        if row:
            starts.append((found, number))
        offset = found + len(row)
        number += 1
    return tuple(starts if len(starts) == 1 or starts[1][0] else starts[1:])


def _row(document: Document, number: int) -> str:
    index = number - document.first_line
    return document.source[index] if 0 <= index < len(document.source) else ""
