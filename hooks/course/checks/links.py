"""Links of pages and data that lead nowhere, and a navigation that misses pages.

What a build would say after half a minute and without a line: a page, a heading or a file
that does not exist. Anchors inside of what the generator places are accepted by their prefix;
MkDocs' own validation looks at those once the page is there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from ..fields import ids
from ..load import Source
from ..page import Page, split_language
from ..problem import Problem, nearest, suggest
from ..yaml_reader import Document, Where
from .entries import entry_ids
from .markers import markers

LINK = re.compile(r"""\]\(\s*<?([^\s()<>]*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""")
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

PREFIXES = {
    "quiz": ("quiz-",),
    "review": ("quiz-",),
    "challenges": ("challenges",),
    "chart": ("chart-",),
    "scenario": ("scenario-",),
    "picture": ("picture-",),
    "plan": ("plan-",),
    "planner": ("planner-",),
    "lessons": ("module-",),
    "phrases": ("phrase-", "phrases-"),
    "notes": ("notes-",),
}
"""How the ids begin that a marker brings onto a page."""


def link_problems(page: Page, source: Source) -> Iterator[Problem]:
    """The links of a page that lead nowhere."""
    body = page.masked
    if "](" not in body and "]:" not in body:
        return
    for match in sorted([*LINK.finditer(body), *REFERENCE.finditer(body)], key=re.Match.start):
        wrong = wrong_target(unquote(match[1]), page, source)
        if wrong:
            line = page.first_line + body.count("\n", 0, match.start(1))
            yield page.problem("broken-link", line, *wrong)


def wrong_target(target: str, page: Page, source: Source) -> tuple[str, str] | None:
    """What is wrong with a link's target in a page, and what to do; None when it exists."""
    if EXTERNAL.match(target):
        return None
    wrong = _wrong_form(target)
    if wrong:
        return wrong
    address, _, anchor = target.partition("#")
    address = address.partition("?")[0]
    here = posixpath.dirname(page.path.removeprefix("docs/"))
    path = posixpath.normpath(posixpath.join(here, address)) if address else ""
    if path and not path.endswith(".md"):
        return _wrong_file(target, path, source)
    uri, language = split_language(path, source.languages) if path else (page.uri, page.language)
    versions = source.by_uri.get(uri)
    if not versions:
        known = {posixpath.relpath(known, here or ".") + ".md" for known in source.by_uri}
        return f"the link leads to “{address}”, which does not exist", suggest(address, known)
    wanted = language if language != source.languages[0] else page.language
    there = versions.get(wanted) or next(iter(versions.values()))
    return wrong_anchor(anchor, there, source)


def _wrong_form(target: str) -> tuple[str, str] | None:
    if not target.strip("#"):
        return "this link leads nowhere", "write its target, or take the link out"
    if target.startswith("www."):
        return f"the link to “{target}” lacks its beginning", f"write https://{target}"
    if target.startswith("/"):
        return f"the link to “{target}” begins with “/”", "write the path as seen from this file"
    return None


def wrong_anchor(anchor: str, page: Page, source: Source) -> tuple[str, str] | None:
    """What is wrong with the part of a link behind “#”; None when the page has it."""
    unread = page.problems and not page.body
    if not anchor or unread or page.slug == "glossary":  # its terms have a rule of their own
        return None
    if anchor in page.anchors:
        return None
    known, prefixes = _placed_anchors(page, source)
    if anchor in known or anchor.startswith(prefixes):
        return None
    what = f"the page “{page.slug}” has no heading with the id “{anchor}”"
    return what, suggest(anchor, known | page.anchors)


def _wrong_file(target: str, path: str, source: Source) -> tuple[str, str] | None:
    if path in source.files:
        return None
    if path in source.by_uri:
        address = target.partition("#")[0].rstrip("/")
        return f"the link to “{target}” names no file", f"write {address}.md"
    what = f"the link leads to the file “{target}”, which does not exist"
    guess = nearest(path, source.files)
    return what, f"did you mean “{guess}”?" if guess else "put it there, or correct the path"


def _placed_anchors(page: Page, source: Source) -> tuple[frozenset[str], tuple[str, ...]]:
    """The ids that the markers of a page bring along, and how others of them begin."""
    placed = {marker.name for marker, _ in markers(page)} | {"quiz"}
    found = entry_ids(source, "challenges") if "challenges" in placed else set()
    if "notes" in placed:
        found |= {heading.id for p in source.pages for heading in p.headings if heading.id}
    if "fields" in placed:
        found |= ids()
    prefixes = [prefix for name in placed for prefix in PREFIXES.get(name, ())]
    return frozenset(found), tuple(prefixes)


def data_link_problems(
    document: Document, where: Where, targets: Iterable[str], source: Source
) -> Iterator[Problem]:
    """The links of a text of a data file; they are written as seen from docs/."""
    for target in targets:
        address, _, anchor = target.partition("#")
        name = f"“{where[-2]}” in “{where[-1]}”"
        uri = address.removesuffix(".md")
        versions = source.by_uri.get(uri) if address.endswith(".md") else None
        if versions is None:
            what = f"{name} links to “{address or target}”, which does not exist"
            known = {f"{known}.md" for known in source.by_uri}
            fix = f"write the path from docs/: {suggest(address, known)}"
            yield document.problem("broken-link", where, what, fix)
            continue
        there = versions.get(str(where[-1])) or next(iter(versions.values()))
        wrong = wrong_anchor(anchor, there, source)
        if wrong:
            yield document.problem("broken-link", where, *wrong)


def navigation_problems(source: Source) -> Iterator[Problem]:
    """What `nav` in mkdocs.yml names and docs/ lacks, and the other way round."""
    settings = source.settings
    data = settings.data if settings and isinstance(settings.data, dict) else {}
    if not settings or not isinstance(data.get("nav"), list):
        return
    known = {f"{uri}.md" for uri in source.by_uri}
    named = set()
    for where, path in _leaves(data["nav"], ("nav",)):
        named.add(path)
        if path.endswith(".md") and path not in known:
            what = f"the navigation names “{path}”, which does not exist in docs/"
            yield settings.problem("navigation", where, what, suggest(path, known))
            named.add(nearest(path, known) or "")
    for page in source.originals if "not_in_nav" not in data else ():
        if f"{page.uri}.md" not in named:
            fix = f"add “- {page.uri}.md” to “nav” in mkdocs.yml"
            yield page.problem("navigation", 1, "the navigation does not name this page", fix)


def _leaves(data: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _leaves(item, (*where, index))
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _leaves(item, (*where, key))
