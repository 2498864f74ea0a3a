"""A page's address under `serve` -> the files whose findings belong to it, and its translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .checks.markers import TABLE_OF, markers, placed_quizzes
from .load import Source
from .page import Page
from .rules import PAGE

OF_MARKER = {**TABLE_OF, "glossary": "glossary", "planner": "planner"}
"""The table that a marker shows."""


@dataclass(frozen=True)
class Place:
    """A page as the trainer's bar knows it: its language, its files, the other languages' URLs.

    `rules` is where the trainers' page on rules stands, or "" when there is none.
    """

    language: str
    files: tuple[str, ...]
    others: Mapping[str, str]
    rules: str


def place_of(path: str, source: Source, mount: str = "/") -> Place | None:
    """The page at `path`, or None when it is none; `mount` is the path of the site's root."""
    if not path.startswith(mount):
        return None
    inner = path.removeprefix(mount).removesuffix("index.html")
    default = source.languages[0]
    first, _, rest = inner.partition("/")
    language = first if first in source.languages[1:] else default
    shown = rest if language != default else inner
    there = [page for page in source.pages if _end(page.uri) == shown]
    page = next((page for page in there if page.language == language), None)
    page = page or next((page for page in there if page.language == default), None)
    if page is None:
        return None
    others = {
        code: _address(page.uri, code, source, mount)
        for code in source.languages
        if code != language
    }
    uri = PAGE.removeprefix("docs/").removesuffix(".md")
    known = any(other.uri == uri for other in source.pages)
    rules = _address(uri, language, source, mount) if known else ""
    return Place(language, tuple(dict.fromkeys(_files(page, source))), others, rules)


def _end(uri: str) -> str:
    """The end of a page's address: "lessons/listening" -> "lessons/listening/"."""
    is_index = uri == "index" or uri.endswith("/index")
    return uri.removesuffix("index") if is_index else f"{uri}/"


def _address(uri: str, language: str, source: Source, mount: str) -> str:
    prefix = "" if language == source.languages[0] else f"{language}/"
    return f"{mount}{prefix}{_end(uri)}"


def _files(page: Page, source: Source) -> Iterator[str]:
    """The page's own file, and the data that it shows."""
    yield page.path
    quizzes = [*(name for name, _ in placed_quizzes(page)), page.slug]
    shown = [source.quizzes.get(name) for name in quizzes]
    for marker, _ in markers(page):
        kinds = {"scenario": source.scenarios, "chart": source.charts}
        named = kinds.get(marker.name, {})
        shown += [named.get(name) for name in marker.arguments]
        shown.append(source.tables.get(OF_MARKER.get(marker.name, "")))
    yield from (document.path for document in shown if document)
