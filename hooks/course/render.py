"""A checked course, a language and the templates come in, HTML goes out. Holds no HTML itself.

The templates stand in overrides/fragments/, the interface texts in strings/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import markup
from .model import Course, CoursePage, Question

Address = Callable[[str, str], str]
"""(page slug, heading id or "") -> the address of that place, seen from the current page."""


class Strings:
    """The interface texts of one language."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, its `{names}` filled with `values`. Raises KeyError without one."""
        text = self._texts[key]
        return text.format(**values) if values else text


class Renderer:
    """Renders the pieces of a page in one language.

    `templates` is the folder of the fragments. `address` says where another page of the
    course is, seen from the page that the pieces are for.
    """

    def __init__(self, course: Course, language: str, templates: Path, address: Address) -> None:
        self._course = course
        self._language = language
        self._address = address
        self._environment = environment(templates)

    def quiz(self, name: str, home: str) -> str:
        """The self-check `name`, whose sections without a page of their own are those of `home`."""
        quiz = self._course.quizzes[name]
        return self._render("quiz.html", name=name, questions=quiz.questions, home=home)

    def challenges(self, rows: Iterable[str], page: str) -> str:
        """The challenge / approach table.

        Shows the rows named in `rows`; without any, those of the lesson `page`, or the whole
        table when `page` is no lesson.
        """
        wanted = set(rows)
        table = self._course.challenges.rows
        is_lesson = bool(self._course.pages[page].shared.lesson)
        if not wanted and is_lesson:
            wanted = {row.id for row in table if row.lesson == page}
        chosen = [row for row in table if row.id in wanted or not wanted]
        return self._render("challenges.html", rows=chosen, page=page)

    def lessons(self) -> str:
        """The list of lessons in the order of the curriculum."""
        return self._render("lessons.html", lessons=self._course.lessons)

    def _render(self, template: str, **values: object) -> str:
        tools = {
            "t": Strings(self._course.strings[self._language]),
            "language": self._language,
            "text": self._text,
            "block": self._block,
            "inline": self._inline,
            "address": self._address,
            "section": self._section,
            "page_text": self._page_text,
        }
        return self._environment.get_template(template).render(**tools, **values)

    def _text(self, texts: Mapping[str, str]) -> str:
        return texts[self._language]

    def _block(self, texts: Mapping[str, str]) -> Markup:
        return Markup(markup.block(self._text(texts), self._link))

    def _inline(self, texts: Mapping[str, str]) -> Markup:
        return Markup(markup.inline(self._text(texts), self._link))

    def _link(self, uri: str, anchor: str) -> str:
        return self._address(uri.rsplit("/", 1)[-1], anchor)

    def _page_text(self, page: CoursePage | str) -> object:
        page = self._course.pages[page] if isinstance(page, str) else page
        return page.text(self._language)

    def _section(self, question: Question, home: str) -> dict[str, str]:
        """The address and the heading of the section that a question points to."""
        page, _, anchor = question.section.rpartition("#")
        slug = page or home
        title = self._course.pages[slug].text(self._language).sections[anchor]
        return {"href": self._address(slug, anchor), "title": title}


def environment(templates: Path) -> Environment:
    """A Jinja environment that escapes what it is given and stumbles over unknown names."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
