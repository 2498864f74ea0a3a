"""Signs of a page that an editor has changed, so that nothing tells them from plain text.

A comment whose hyphens became dashes would stand on the page, one without its end would swallow
the rest of it, and a title with a “#” would lose what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..page import Page
from ..place import meant_marker
from ..problem import Problem

TEXTS = (("title",), ("description",), ("objectives",))
"""Where a text stands in front matter."""

_OPENING = re.compile(r"(?:&lt;|<)\s?!\s?[-–—−]*\s*(?P<inside>[^<>\n]*?)\s*[-–—−]*\s*(?:&gt;|>|$)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def sign_problems(page: Page) -> Iterator[Problem]:
    """Comments that are none, and words of the front matter that YAML leaves out."""
    body = page.masked
    if page.comments:
        body = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    suspect = "<" in body or "&lt;" in body
    for number, line in enumerate(body.split("\n") if suspect else (), page.first_line):
        found = _OPENING.search(line)
        if found and "<!--" in line:
            what = "a comment begins here and never ends, so the rest of the page is not shown"
            yield page.problem("marker", number, what, "write --> at its end")
            break
        if found and meant_marker(found["inside"], exact=True):
            what = f"“{found[0].strip()}” is no comment, for its hyphens or its “!” are wrong"
            yield page.problem("marker", number, what, f"write <!-- {found['inside']} -->")
    for comment in page.comments:
        if "<!--" in comment.text:
            what = "this comment goes on over the next one, for it has no end of its own"
            yield page.problem("marker", comment.line, what, "write --> at its end")
    for where in sorted(where for where in page.meta.cut if where[:1] in TEXTS):
        name = where[-1]
        what = f"“{name}” ends before “#”, where YAML begins a comment"
        fix = "put the text in quotes, or after >- on the next line"
        yield page.meta.problem("yaml-sign", where, what, fix)
