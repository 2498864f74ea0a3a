"""Pages that had another name: where they stood (`was` in their front matter), and what is wrong.

A page's old name stands in links and bookmarks, and in the records of learners, so it must lead
to one page, and to no other than the one that had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .load import Source
from .model import Course, CoursePage
from .page import Page
from .problem import Problem
from .yaml_reader import Where


def moved(course: Course) -> dict[str, CoursePage]:
    """The old addresses in docs/, without extension, each with the page that had it."""
    return {old: page for page in course.pages.values() for old in page.shared.was}


def moved_names(course: Course) -> str:
    """The same as a script reads it: `lessons/old=lessons/new`, with spaces between."""
    return " ".join(f"{old}={page.uri}" for old, page in moved(course).items())


def old_addresses(page: Page) -> list[tuple[Where, str]]:
    """The old addresses of a page as far as they can be read, each with its place."""
    data = page.meta.data
    listed = data.get("was") if isinstance(data, Mapping) else None
    listed = listed if isinstance(listed, list) else []
    return [(("was", n), uri) for n, uri in enumerate(listed) if isinstance(uri, str)]


def moved_problems(source: Source) -> Iterator[Problem]:
    """Old names that two pages claim, or that something in the course has again.

    The name alone counts, without the folder: self-checks and what learners did go by it.
    """
    now = {slug: document.path for slug, document in source.quizzes.items()}
    now |= {page.slug: page.path for page in source.originals}
    first: dict[str, tuple[Page, Where]] = {}
    for page in source.originals:
        for where, uri in old_addresses(page):
            slug = uri.rsplit("/", 1)[-1]
            other, place = first.setdefault(slug, (page, where))
            if slug in now:
                what = f"“{uri}” was the address of this page, and {now[slug]} has that name again"
                fix = "rename that one, or take the old address out (links to it then lead there)"
                yield page.meta.problem("old-address", where, what, fix)
            elif (other, place) != (page, where):
                there = f"{other.path}:{other.meta.line(place)}"
                what = f"the old address “{uri}” stands at {there} already"
                yield page.meta.problem("old-address", where, what, "keep one of them")
