"""How far a course has come: what each page holds, and how its translations stand.

Works on a source as read, so that it tells of a course with mistakes in it, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .checks.draw import UNSCORED
from .lint.parity import lesson_words
from .load import Source
from .page import Page
from .translation import Section, State, compared
from .unfinished import Share, shares


@dataclass(frozen=True)
class Translation:
    """A page in another language: its file, and its sections; no sections when it is missing."""

    language: str
    path: str
    sections: tuple[Section, ...] | None

    def found(self, state: State) -> tuple[Section, ...]:
        """The sections in a state."""
        return tuple(section for section in self.sections or () if section.state == state)

    @property
    def state(self) -> str:
        """In a word or two: complete, 2 stale, 3 unconfirmed, unconfirmed, missing."""
        if self.sections is None:
            return "missing"
        stale, unconfirmed = self.found("stale"), self.found("unconfirmed")
        if stale:
            return f"{len(stale)} stale"
        if len(unconfirmed) == len(self.sections):
            return "unconfirmed"
        return f"{len(unconfirmed)} unconfirmed" if unconfirmed else "complete"


@dataclass(frozen=True)
class PageOverview:
    """A page: where it stands, how much there is of it, and its translations.

    `lesson` is its number (L07), or "" for any other page; `words` are those that learners
    read, `questions` those of its self-check, `covered` the objectives that some scored question
    asks for, out of `objectives`.
    """

    path: str
    slug: str
    lesson: str
    words: int
    minutes: int
    questions: int
    objectives: int
    covered: int
    translations: tuple[Translation, ...]


@dataclass(frozen=True)
class Overview:
    """The pages, lessons first in their order, and what languages lack file by file."""

    languages: tuple[str, ...]
    pages: tuple[PageOverview, ...]
    shares: tuple[Share, ...]

    @property
    def lessons(self) -> tuple[PageOverview, ...]:
        """The pages that are lessons."""
        return tuple(page for page in self.pages if page.lesson)

    @property
    def others(self) -> tuple[PageOverview, ...]:
        """The pages that are none."""
        return tuple(page for page in self.pages if not page.lesson)


def overview(source: Source) -> Overview:
    """How far the course has come."""
    translations: dict[str, dict[str, Page]] = {}
    for page in source.pages:
        translations.setdefault(page.uri, {})[page.language] = page
    asked = _asked_objectives(source)
    pages = [_page(page, translations[page.uri], source, asked) for page in source.originals]
    pages.sort(key=lambda page: (not page.lesson, len(page.lesson), page.lesson, page.path))
    lacking = (share for code in source.languages[1:] for share in shares(source, code))
    return Overview(source.languages, tuple(pages), tuple(lacking))


def _asked_objectives(source: Source) -> frozenset[str]:
    """The objectives that a scored question asks for; one that is drawn nobody has to meet."""
    return frozenset(
        str(question.get("objective"))
        for document in source.quizzes.values()
        if isinstance(document.data, Mapping) and "draw" not in document.data
        for _, question in document.items("questions")
        if str(question.get("type")) not in UNSCORED
    )


def _page(
    page: Page, versions: Mapping[str, Page], source: Source, asked: frozenset[str]
) -> PageOverview:
    meta = page.meta.data if isinstance(page.meta.data, Mapping) else {}
    objectives = page.objectives
    quiz = source.quizzes.get(page.slug)
    minutes = meta.get("minutes")
    return PageOverview(
        page.path,
        page.slug,
        str(meta.get("lesson") or ""),
        lesson_words(page),
        minutes if isinstance(minutes, int) else 0,
        len(list(quiz.items("questions"))) if quiz else 0,
        len(objectives),
        len(asked.intersection(objectives)),
        tuple(
            Translation(
                language,
                f"docs/{page.uri}.{language}.md",
                compared(versions[language], page) if language in versions else None,
            )
            for language in source.languages[1:]
        ),
    )
