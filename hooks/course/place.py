"""Finds the markers in a page and puts the rendered pieces there. Pure string functions.

A marker is an HTML comment on a line of its own: `<!-- quiz -->`, `<!-- quiz: listening -->`,
`<!-- challenges: scope-creep, price-increase -->`. Other Markdown viewers hide it; inside
code it is text like any other, because there Markdown escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .problem import nearest

MARKERS = (
    *("quiz", "challenges", "lessons", "progress", "review", "certificate", "confidence"),
    *("glossary", "phrases", "plan", "picture", "notes", "planner", "scenario", "chart"),
    "fields",
)

_ID = re.compile(r'id="([^"]+)"')
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


@dataclass(frozen=True)
class Marker:
    """What to place: the kind of piece, and the names behind the colon."""

    name: str
    arguments: tuple[str, ...] = ()


def read_marker(comment: str) -> Marker | None:
    """The marker that a comment's inside is, or None for a comment like any other."""
    match = re.fullmatch(r"\s*([a-z]+)\s*(?::([^\n]*))?\s*", comment)
    if not match or match[1] not in MARKERS:
        return None
    names = [name.strip() for name in (match[2] or "").split(",")]
    return Marker(match[1], tuple(name for name in names if name))


def meant_marker(comment: str, exact: bool = False) -> str | None:
    """The marker that a comment seems to be meant as, when it is none: `quizz`, `Quiz = x`.

    `exact` tells one that is right, too: for what has not even become a comment.
    """
    match = re.match(r"\s*([\w-]+)\s*([:=]?)", comment)
    marker = read_marker(comment)
    if not match or marker:
        return marker.name if marker and exact else None
    words = comment.split()
    short = len(words) <= 2 or bool(match[2])
    return nearest(match[1].casefold(), MARKERS) if short else None


def place(html: str, render: Callable[[Marker], str]) -> str:
    """A page's HTML with each marker replaced by what `render` makes of it."""

    def piece(match: re.Match[str]) -> str:
        marker = read_marker(match[1])
        return render(marker) if marker else match[0]

    return _COMMENT.sub(piece, html)


def below_headings(html: str, notes: Mapping[str, str]) -> str:
    """A page's HTML with each note below the heading of that id; that of "top" comes first."""

    def noted(match: re.Match[str]) -> str:
        return match[0] + notes.get(match[2], "")

    if not notes:
        return html
    headings = r'<h([1-6])\b[^<>]*?\bid="([^"]+)"[^<>]*>.*?</h\1>'
    return notes.get("top", "") + re.sub(headings, noted, html, flags=re.DOTALL)


def block_names(html: str) -> list[str]:
    """The kinds of blocks (`/// template`) in a page's HTML, in order, each once."""
    return list(dict.fromkeys(re.findall(r'<div class="admonition ([\w-]+)"', html)))


def placed_ids(html: str) -> set[str]:
    """The ids in a page's HTML: what a link may end with."""
    # A search that begins with a fixed text is ten times as fast as one that begins with a class.
    return {match[1] for match in _ID.finditer(html) if not html[match.start() - 1].isalnum()}
