"""Markdown texts from data files come in, safe HTML goes out.

A lesson is trusted; a text in a data file may come from a spreadsheet or an import. So its
HTML passes an allow-list, and what the list would drop is a problem, never a silent loss.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.parser import HTMLParser

import nh3
from markdown import Markdown

INLINE_TAGS = {"a", "em", "strong", "code", "br"}
BLOCK_TAGS = INLINE_TAGS | {"p", "ul", "ol", "li", "blockquote"}
SCHEMES = {"http", "https", "mailto"}

_PLAIN = re.compile(r"(?![#>+*_=\-]|\d+\.)[^\n<\[\\]*")
"""A text that is one paragraph, whatever emphasis and code it holds; most are."""

Link = Callable[[str, str], str]
"""(page's uri in docs/ without extension or "", anchor or "") -> address on the site."""

_WORDS = re.compile(r"(?![#>+*_=\-]|\d+\.)[^\x00-\x1f\x7f-\xa0<>&\\`*_\[\]\ud800-\udfff]+")
"""A text that holds no sign of Markdown, HTML or XML: its HTML is the text itself. Nearly all are
such, and the conversion takes a thousand times as long."""

_markdown = Markdown(output_format="html")


@lru_cache(maxsize=8192)
def _convert(text: str) -> str:
    return str(_markdown.reset().convert(text.strip()))


@lru_cache(maxsize=8192)
def _clean(text: str) -> str:
    return nh3.clean(
        _convert(text),
        tags=BLOCK_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def block(text: str, link: Link) -> str:
    """Markdown -> paragraphs and lists."""
    words = _words(text)
    return f"<p>{words}</p>" if words else _resolve_links(_clean(text), link)


def inline(text: str, link: Link) -> str:
    """Markdown of one paragraph -> its content without the paragraph."""
    words = _words(text)
    if words:
        return words
    html = _resolve_links(_clean(text), link)
    match = re.fullmatch(r"<p>(.*)</p>", html, re.DOTALL)
    return match[1] if match and "<p>" not in match[1] else html


def _words(text: str) -> str:
    """A text that is its own HTML; "" when it is none."""
    words = text.strip()
    return words if _WORDS.fullmatch(words) else ""


def _resolve_links(html: str, link: Link) -> str:
    if 'href="' not in html:
        return html

    def address(match: re.Match[str]) -> str:
        return f'href="{link(match[1], match[2] or "")}"'

    return re.sub(r'href="([\w/-]+)\.md(?:#([\w-]*))?"', address, html)


def links(text: str) -> Iterator[str]:
    """The targets of the links in a text that stay in the course."""
    for match in () if is_plain(text) else re.finditer(r'<a href="([^"]*)"', _convert(text)):
        target = entities.unescape(match[1])
        if not re.match(r"[\s\x00-\x1f]*[a-z][a-z0-9+.\-\s]*:|//", target, re.IGNORECASE):
            yield target


def is_plain(text: str) -> bool:
    """Whether a text can hold neither links nor HTML nor blocks; far cheaper than to convert it."""
    return bool(_PLAIN.fullmatch(text.strip()))


def is_block(text: str) -> bool:
    """Whether a text is more than one paragraph of inline Markdown."""
    if is_plain(text):
        return False
    return bool(re.search(r"<(?:ul|ol|li|blockquote|h[1-6]|pre|hr)\b", _convert(text))) or (
        _convert(text).count("<p>") > 1
    )


def dangers(text: str) -> list[str]:
    """What a text holds that the allow-list would drop, in words; [] when all is well."""
    if is_plain(text):
        return []
    reader = _Reader()
    reader.feed(_convert(text))
    reader.close()
    return list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCK_TAGS:
            self.found.append(f"the HTML tag <{tag}>")
            return
        for name, value in attrs:
            scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\-\s]*):", value or "", re.IGNORECASE)
            if tag != "a" or name not in {"href", "title"}:
                self.found.append(f"the HTML attribute “{name}”")
            elif name == "href" and scheme and scheme[1].casefold() not in SCHEMES:
                self.found.append(f"a link that begins with “{scheme[1]}:”")

    def handle_comment(self, data: str) -> None:
        self.found.append("an HTML comment")

    def unknown_decl(self, data: str) -> None:
        self.found.append("an HTML declaration")
