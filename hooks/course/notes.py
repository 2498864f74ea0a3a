"""A page's Markdown goes out with the trainer's notes of all lessons in place of `<!-- notes -->`.

In Markdown and not in HTML, so that the notes are converted, linked and listed in the page's
contents like what is written there.
"""

from __future__ import annotations

import re

from .excerpts import rebased
from .model import Course
from .page import mask_code

_MARKER = re.compile(r"^<!--\s*notes\s*-->$", re.MULTILINE)


def with_notes(markdown: str, uri: str, course: Course, language: str) -> str:
    """`markdown` of the page `uri`, the marker replaced; inside of code it stays."""
    match = _MARKER.search(mask_code(markdown))
    if not match:
        return markdown
    parts = []
    for lesson in course.lessons:
        text = lesson.text(language)
        if text.notes:
            heading = f"## {text.meta.title} {{ #notes-{lesson.slug} }}"
            parts.append(f"{heading}\n\n{rebased(text.notes, lesson.uri, uri)}")
    lines = markdown.split("\n")
    number = mask_code(markdown).count("\n", 0, match.start())
    return "\n".join([*lines[:number], "\n\n".join(parts), *lines[number + 1 :]])
