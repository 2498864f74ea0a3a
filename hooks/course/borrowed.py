"""Texts that one language borrows from another keep their language on the page.

A language that is being added lacks texts, and shows those of the default language instead; a
screen reader has to be told to read these otherwise. Pure string functions, in two steps around
the rendering: `borrowed` puts signs of Unicode's private area around a text, which ride through
templates and Markdown like letters; `told` turns them into `lang` in the HTML. Where an element
holds nothing else, it gets the attribute; else a `<span>` does. In an attribute (a label, what a
script will say) there is no way to tell a language, and the signs go.
"""

from __future__ import annotations

import re

_OPEN, _BAR, _CLOSE = "\ue000", "\ue001", "\ue002"
_SIGNS = re.compile(f"{_OPEN}[^{_OPEN}{_BAR}{_CLOSE}]*{_BAR}|[{_OPEN}{_BAR}{_CLOSE}]")
_INNERMOST = re.compile(
    f"{_OPEN}([^{_OPEN}{_BAR}{_CLOSE}]*){_BAR}([^{_OPEN}{_BAR}{_CLOSE}]*){_CLOSE}"
)
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_PLAIN = re.compile(r"<(option|title|textarea|text)\b[^>]*>.*?</\1\s*>", re.DOTALL)
_ALONE = re.compile(
    rf"<(\w+)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>(\s*){_OPEN}([^{_BAR}]*){_BAR}"
    rf"((?:(?![{_OPEN}{_CLOSE}]|</?\1\b).)*){_CLOSE}(\s*)(?=</\1\s*>)",
    re.DOTALL,
)
_BLOCK = re.compile(r"<(p|ul|ol|blockquote)>")


def borrowed(text: str, language: str) -> str:
    """A text that stands for another language's, marked as being in `language`."""
    return f"{_OPEN}{language}{_BAR}{text.strip()}{_CLOSE}" if text.strip() else text


def borrowed_block(html: str, language: str) -> str:
    """The paragraphs and lists of a Markdown text, told to be in `language`."""
    return _BLOCK.sub(rf'<\1 lang="{language}">', html)


def bare(text: str) -> str:
    """A text without the signs."""
    return _SIGNS.sub("", text)


def told(html: str) -> str:
    """The HTML with `lang` in place of the signs; without signs it stays as it is."""
    if _OPEN not in html:
        return html
    html = _CODE.sub(_bare_match, html)
    html = _TAG.sub(_bare_match, html)
    while _INNERMOST.search(html):
        html = _ALONE.sub(_with_language, html)
        html = _PLAIN.sub(_bare_match, html)
        html = _INNERMOST.sub(lambda match: _span(match[1], match[2]), html)
    return bare(html)


def _bare_match(match: re.Match[str]) -> str:
    """What was found, without the signs; of a page's thousands of tags, hardly any has one."""
    text = match[0]
    return bare(text) if _OPEN in text or _BAR in text or _CLOSE in text else text


def _with_language(match: re.Match[str]) -> str:
    """An element that holds a borrowed text alone; one with a language of its own keeps it."""
    name, attributes, before, language, text, after = match.groups()
    if re.search(r"\slang=", attributes):
        return f"<{name}{attributes}>{before}{_span(language, text)}{after}"
    return f'<{name}{attributes} lang="{language}">{before}{text}{after}'


def _span(language: str, text: str) -> str:
    return f'<span lang="{language}">{text}</span>'
