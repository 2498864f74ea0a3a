"""A lesson's Markdown comes in; what other pages show of it goes out: phrases, notes, terms.

So a phrase or a trainer's note stands once, in its lesson, and the phrase bank and the page of
notes are made from there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

TERM_LINK = re.compile(r"\]\((?:[\w./-]*/)?glossary\.md#([\w-]+)\)")


@dataclass(frozen=True)
class Block:
    """A block `/// name | title` of a page: its inside, and the line (from 1) it opens in."""

    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Phrase:
    """What a sentence starter is for, and its two registers, in Markdown; with its line."""

    use: str
    formal: str
    plain: str
    line: int


def blocks(body: str, name: str) -> Iterator[Block]:
    """The blocks called `name`; what is opened inside of one belongs to it."""
    lines = body.split("\n") if name in body else []
    depth, start = 0, 0
    for number, line in enumerate(lines):
        if not line.startswith("///"):
            continue
        opened = re.match(r"///\s*([\w-]+)", line)
        if opened:
            depth += depth > 0
            if not depth and opened[1] == name:
                depth, start = 1, number
        elif depth and re.match(r"///\s*$", line):
            depth -= 1
            if not depth:
                yield Block(name, "\n".join(lines[start + 1 : number]), start + 1)


def phrases(body: str) -> tuple[list[Phrase], list[int]]:
    """The sentence starters of a lesson, and the lines of those without two registers.

    Each is a definition list: what it is for, then `:   *Formal.* …` and `:   *Plain.* …`.
    """
    found, broken = [], []
    for block in blocks(body, "phrases"):
        for match in re.finditer(
            r"^(?![ :\n])(.+)\n((?::[ ].*(?:\n|$))*)", block.text, re.MULTILINE
        ):
            line = block.line + 1 + block.text.count("\n", 0, match.start())
            said = [
                _without_label(text) for text in re.findall(r"^:\s+(.*)$", match[2], re.MULTILINE)
            ]
            if len(said) == 2:
                found.append(Phrase(match[1].strip(), said[0], said[1], line))
            else:
                broken.append(line)
    return found, broken


def _without_label(text: str) -> str:
    return re.sub(r"^\*[^*]+\*\s*", "", text.strip())


def notes(body: str) -> str:
    """The trainer's notes of a lesson, in Markdown; "" when it has none."""
    inside = (block.text for block in blocks(body, "details"))
    parts = [text for text in inside if re.match(r"\s+type:\s*trainer\s*\n", text)]
    return "\n\n".join(re.sub(r"^\s+type:.*\n", "", text).strip() for text in parts)


def rebased(markdown: str, uri: str, target: str) -> str:
    """`markdown` of the page `uri` with its links to pages as the page `target` must write them.

    Both are addresses in docs/ without extension ("lessons/listening").
    """
    folder = posixpath.dirname(target) or "."

    def link(match: re.Match[str]) -> str:
        if not match[1] and not match[2]:
            return match[0]
        there = (
            posixpath.normpath(posixpath.join(posixpath.dirname(uri), match[1]))
            if match[1]
            else uri
        )
        return f"]({posixpath.relpath(there, folder)}.md{match[2] or ''})"

    return re.sub(r"\]\((?:([\w./-]+)\.md)?(#[\w-]+)?\)", link, markdown)


def terms(body: str) -> list[tuple[str, int]]:
    """The glossary's terms that a page links to, each with its line (from 1), in order."""
    return [
        (match[1], body.count("\n", 0, match.start()) + 1) for match in TERM_LINK.finditer(body)
    ]
