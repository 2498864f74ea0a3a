"""A course, a page and its new name come in; every file that the new name changes goes out.

The page moves in all languages with its self-check; links, markers, references in data and the
navigation follow; the page keeps its old address in its front matter (`was`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from ..front_matter import front_matter
from ..moves import old_addresses
from ..page import Page, mask_code
from ..place import read_marker
from .environment import CourseError
from .naming import checked_name, page_names
from .verb import CALL
from .workshop import Workshop
from .writing import Change, line_end, read
from .yaml_edit import replaced

FIXED = {"index", "glossary", "challenges"}
"""Pages that the theme and the checks look for by their name."""

_LINK = re.compile(r"(?<=\]\()<?[^()\s<>]+|(?<=href=\")[^\"]+|^\s{0,3}\[[^\]]+\]:\s*<?[^\s<>]+")
_COMMENT = re.compile(r"<!--(.*?)-->")
_REFERENCES = {"lesson", "section"}


def renamed(shop: Workshop, old: str, new: str) -> list[Change]:
    """The changes that give the page `old` the name `new`, in its folder.

    Raises CourseError for a page that is not there or keeps its name, and for a name that is
    taken or none.
    """
    page = shop.page(old)
    _refuse_fixed(shop, page, new)
    own = {uri.rsplit("/", 1)[-1] for _, uri in old_addresses(page)}
    checked_name(new, "", page_names(shop.source) - own)
    uri = posixpath.join(posixpath.dirname(page.uri), new)
    changes = [_page_change(shop, each, page, uri) for each in shop.source.pages]
    changes += [_data_change(shop, path, page, uri) for path in _data_paths(shop)]
    changes.append(_settings_change(shop, page, uri))
    return [change for change in changes if change]


Maybe = Change | None


def _refuse_fixed(shop: Workshop, page: Page, new: str) -> None:
    if page.slug == new:
        raise CourseError(f"{page.path} has that name already.")
    if page.slug in FIXED:
        raise CourseError(f"{page.path} keeps its name: the course looks for it.")
    if page.slug in shop.source.scenarios:
        raise CourseError(f"{page.path} keeps its name, which is that of its conversation.")


def _changed(shop: Workshop, path: str, to: str, text: str) -> Maybe:
    return None if path == to and text == read(shop.root, path) else Change(to, text, path)


def _page_change(shop: Workshop, each: Page, page: Page, uri: str) -> Maybe:
    """A page whose links and markers follow, and which moves if it is the renamed one."""
    text = read(shop.root, each.path)
    text = _relinked(text, _link_change(each, page, uri), _marker_change(page.slug, uri))
    to = each.path
    if each.uri == page.uri:
        folder, file = posixpath.split(each.path)
        to = posixpath.join(folder, uri.rsplit("/", 1)[-1] + file.removeprefix(page.slug))
    if each is page:
        listed = [old for _, old in old_addresses(page) if old != uri]
        text = _with_was(text, page.path, [*listed, page.uri])
    return _changed(shop, each.path, to, text)


def _relinked(text: str, link: Callable[[str], str], marker: Callable[[str], str]) -> str:
    """A page with `link` applied to each address and `marker` to each comment, outside of code."""
    end = line_end(text)
    lines = text.split(end)
    masked = mask_code("\n".join(lines)).split("\n")
    return end.join(_line(*pair, link, marker) for pair in zip(lines, masked, strict=True))


def _line(line: str, masked: str, link: Callable[[str], str], marker: Callable[[str], str]) -> str:
    """A line of a page; its places are looked for where its code is blanked, sign for sign."""
    found = [(match.span(), link(match[0])) for match in _LINK.finditer(masked)]
    found += [(match.span(1), marker(match[1])) for match in _COMMENT.finditer(masked)]
    for (start, stop), new in sorted(found, reverse=True):
        line = line[:start] + new + line[stop:]
    return line


def _link_change(each: Page, page: Page, uri: str) -> Callable[[str], str]:
    """Addresses in `each` that mean `page` -> the same with its new name."""
    name = re.escape(page.slug)

    def change(written: str) -> str:
        match = re.search(
            rf"(?<![\w./-])((?:[\w.-]+/)*)({name})((?:\.[\w-]+)?\.md)(?=[#?]|$)", written
        )
        if not match or re.search(r"[\w-]+:/", written):
            return written
        there = posixpath.normpath(posixpath.join(posixpath.dirname(each.uri), match[1], page.slug))
        if there != page.uri:
            return written
        return written[: match.start(2)] + uri.rsplit("/", 1)[-1] + written[match.end(2) :]

    return change


def _marker_change(old: str, uri: str) -> Callable[[str], str]:
    """The inside of a marker that places the self-check `old` -> the same with its new name."""
    new = uri.rsplit("/", 1)[-1]

    def change(comment: str) -> str:
        marker = read_marker(comment)
        if not marker or marker.name != "quiz" or old not in marker.arguments:
            return comment
        return re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, comment)

    return change


def _with_was(text: str, path: str, addresses: list[str]) -> str:
    """A page whose front matter has these old addresses, in a line of its own."""
    front = front_matter(text)
    if not front:
        raise CourseError(f"{path} has no front matter; begin it with ---, title: …, ---.")
    line = f"was: [{', '.join(addresses)}]"
    try:
        return str(front.with_lines("was", []).with_lines("was", [line], before="objectives"))
    except ValueError as error:
        raise CourseError(f"{path}: {error}; run {CALL} check and mend it first.") from None


def _data_paths(shop: Workshop) -> list[str]:
    source = shop.source
    groups = (source.quizzes, source.tables, source.scenarios, source.charts)
    return sorted(document.path for group in groups for document in group.values())


def _data_change(shop: Workshop, path: str, page: Page, uri: str) -> Maybe:
    """A data file whose references and links follow; the page's self-check moves."""
    text, new = read(shop.root, path), uri.rsplit("/", 1)[-1]

    def reference(key: str, value: str) -> str:
        name, mark, anchor = value.partition("#")
        follows = key in _REFERENCES and name == page.slug and (mark or key == "lesson")
        return f"{new}{mark}{anchor}" if follows else value

    if page.slug in text:
        text = replaced(text, path, reference)
        link = rf"(?<![\w/.-])((?:docs/)?){re.escape(page.uri)}((?:\.[\w-]+)?\.md)\b"
        text = re.sub(link, rf"\g<1>{uri}\g<2>", text)
    to = f"quizzes/{new}.yml" if path == f"quizzes/{page.slug}.yml" else path
    return _changed(shop, path, to, text)


def _settings_change(shop: Workshop, page: Page, uri: str) -> Maybe:
    text = read(shop.root, "mkdocs.yml")

    def entry(key: str, value: str) -> str:
        return f"{uri}.md" if value == f"{page.uri}.md" else value

    return _changed(shop, "mkdocs.yml", "mkdocs.yml", replaced(text, "mkdocs.yml", entry))
