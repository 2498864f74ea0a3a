"""Whether a translated page still says what its original says, section by section.

When a translator has compared a section with its original, the translated page keeps the
fingerprint of that original in its front matter (`translated`). It stands in the file itself,
so it survives a rebase, a copy and a course without git; when the original changes afterwards,
the fingerprints differ. Pure functions over pages as read; they raise nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .page import Page

TOP = "top"
"""The name of what stands before the first heading with an id, front matter included."""

State = Literal["current", "stale", "unconfirmed"]

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TARGET = re.compile(r"\]\([^()\s]*|\]\[[^\]\n]*|^\[[^\]\n]+\]:.*", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^}\n]*\}")
_LINE_MARK = re.compile(r"^[ \t>]+|^/{3,}[ \t]*$|-{3,}", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A section of a translated page: its id, its line there, and how it stands."""

    id: str
    line: int
    state: State


def fingerprint(text: str) -> str:
    """Six hexadecimal digits that change when there is something to translate anew.

    They are the first of the SHA-256 over the section's text, heading included, in Unicode's
    form NFC, from which is taken out what a translation shares with its original or what only
    the eye of an editor sees: where lines break and how they are indented, the `>` at their
    beginnings, HTML comments and markers (`<!-- quiz -->`), the targets of links and pictures
    (so renaming a page makes nothing stale), ids and classes in braces, the `///` that ends a
    block, and how long the rules of a table are. Words, punctuation, emphasis, lists, code and
    the titles of blocks count, and so does their order. What is taken out is compared by
    `course.py check` instead, wherever it matters.
    """
    plain = unicodedata.normalize("NFC", text)
    for pattern in (_COMMENT, _TARGET, _ATTRIBUTES, _LINE_MARK):
        plain = pattern.sub("", plain)
    return hashlib.sha256(" ".join(plain.split()).encode()).hexdigest()[:6]


def fingerprints(page: Page) -> dict[str, str]:
    """The fingerprint of each section of a page, in order.

    A section begins at a heading with an id, of any level, and ends before the next one. What
    stands before all of them is the section `top`; it begins with the front matter's texts
    (title, description, objectives, the opening of the home page).
    """
    return {name: fingerprint(text) for name, text, _ in sections(page)}


def sections(page: Page) -> Iterator[tuple[str, str, int]]:
    """Each section of a page: its id, its text, and the line of the file it begins in."""
    lines = page.body.split("\n")
    starts = [(h.id, h.line - page.first_line, h.line) for h in page.headings if h.id]
    ends = [*(start for _, start, _ in starts), len(lines)]
    before = "\n".join([*_meta_texts(page.meta.data), *lines[: ends[0]]])
    yield TOP, before, 1
    for (name, start, line), end in zip(starts, ends[1:], strict=True):
        yield name, "\n".join(lines[start:end]), line


def _meta_texts(data: Any) -> Iterator[str]:
    """What a reader sees of the front matter, and a translator translates."""
    data = data if isinstance(data, Mapping) else {}
    for key in ("title", "description", "objectives", "hero"):
        value = data.get(key)
        texts = value.values() if isinstance(value, Mapping) else [value]
        yield from (text for text in texts if isinstance(text, str))


def confirmed(page: Page) -> dict[str, str]:
    """What the front matter of a translated page says it was compared with."""
    data = page.meta.data if isinstance(page.meta.data, Mapping) else {}
    told = data.get("translated")
    pairs = told.items() if isinstance(told, Mapping) else ()
    return {name: value for name, value in pairs if isinstance(value, str)}


def compared(page: Page, original: Page) -> tuple[Section, ...]:
    """How the sections of a translated page stand to those of its original, in its order.

    What only one of the two has is no business of this: the headings have to be the same.
    """
    wanted, told = fingerprints(original), confirmed(page)
    return tuple(
        Section(name, line, _state(told.get(name), wanted[name]))
        for name, _, line in sections(page)
        if name in wanted
    )


def stale_sections(page: Page, original: Page) -> list[str]:
    """The sections of a translated page whose original has changed since; none of an original."""
    if page is original or not confirmed(page):
        return []
    return [section.id for section in compared(page, original) if section.state == "stale"]


def _state(told: str | None, wanted: str) -> State:
    if told is None:
        return "unconfirmed"
    return "current" if told == wanted else "stale"
