"""A checked course, a language and the templates come in, HTML goes out. Holds no HTML itself.

The templates stand in overrides/fragments/, the interface texts in strings/.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from . import markup
from .borrowed import bare, borrowed, borrowed_block, told
from .chart import drawn
from .fields import LANGUAGE, descriptions, parts
from .model import ChallengeRow, Course, CoursePage, Item, Match, PageText, Prompt, Question
from .outline import Asked, marks, outline, scored_questions
from .talk import Scenario
from .talk_view import seen
from .timetable import timed

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

    def quiz(self, name: str) -> str:
        """The self-check `name`; a heading alone in it is one of the page of that name.

        One that draws its questions holds all that it may draw; the browser chooses.
        """
        quiz = self._course.quizzes[name]
        items = [self._item(question, name) for question in quiz.questions]
        items += self._scored_items(besides=name) if quiz.draw else []
        return self._render("quiz.html", name=name, items=items, draw=quiz.draw)

    def _scored_items(self, besides: str = "") -> list[dict[str, object]]:
        """What the question template needs, for each scored question of the other self-checks."""
        everything = scored_questions(self._course)
        return [
            self._item(asked.question, asked.quiz) for asked in everything if asked.quiz != besides
        ]

    def _item(self, question: Question, home: str) -> dict[str, object]:
        prompts, choices = self._matching(question) if isinstance(question, Match) else ((), ())
        return {
            "question": question,
            "stamp": question.stamp,
            "section": self._section(question, home),
            "objective": self._objective(question.objective),
            "prompts": prompts,
            "choices": choices,
        }

    def _matching(self, question: Match) -> tuple[Sequence[Prompt], Sequence[Item]]:
        """What a match asks and offers, written out or taken from the challenge table."""
        if question.prompts:
            return question.prompts, question.choices
        rows = {row.id: row for row in self._course.challenges.rows}
        asked = [rows[name] for name in question.rows]
        offered = sorted([*question.rows, *question.extra])
        prompts = [
            Prompt(id=row.id, text=row.challenge, answer=row.id, feedback=self._row_feedback(row))
            for row in asked
        ]
        return prompts, [Item(id=name, text=rows[name].approach) for name in offered]

    def _row_feedback(self, row: ChallengeRow) -> dict[str, str]:
        said = Strings(self._course.strings[self._language])(
            "quiz.row-feedback", question=self._text(row.question), avoid=self._text(row.avoid)
        )
        return {self._language: said}

    def _objective(self, name: str) -> str:
        """The text of an objective, whichever lesson it belongs to."""
        return self._page_text(self._course.lesson_of[name]).meta.objectives[name]

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
        """The list of lessons in the order of the curriculum, by module where there are any."""
        course = self._course
        return self._render(
            "lessons.html", lessons=course.lessons, modules=course.lessons_by_module
        )

    def progress(self) -> str:
        """What the learner has done: lessons, objectives, results, confidence."""
        lessons, scored = outline(self._course), scored_questions(self._course)
        return self._render(
            "progress.html", lessons=lessons, scored=scored, talks=list(self._talks())
        )

    def _talks(self) -> Iterator[tuple[str, Scenario, str]]:
        """The conversations in the order of their lessons: name, what it is, its page."""
        pages = self._course.pages

        def place(entry: tuple[str, Scenario]) -> str:
            return str(pages[entry[1].lesson].shared.lesson)

        own = {
            name: page.slug
            for page in [*pages.values()][::-1]
            for name in page.text(self._language).talks
        }
        for name, talk in sorted(self._course.scenarios.items(), key=place):
            yield name, talk, own[name]

    def review(self, page: str) -> str:
        """Every scored question of the course, for the browser to choose what is due."""
        lessons, items = outline(self._course), self._scored_items()
        return self._render(
            "review.html", lessons=lessons, items=items, name="review", draw=None, page=page
        )

    def certificate(self, mark: float, course_name: str) -> str:
        """A certificate for who reaches `mark`, a share of 1, in every self-check of a lesson."""
        lessons = outline(self._course)
        return self._render("certificate.html", lessons=lessons, mark=mark, course_name=course_name)

    def confidence(self, when: str) -> str:
        """The learner's rating of their confidence, `when` being “before” or “after”."""
        return self._render("confidence.html", when=[when])

    def glossary(self) -> str:
        """All terms, in the alphabet of this language, beside those of the others."""
        terms = sorted(
            self._course.glossary.terms, key=lambda term: folded(bare(self._text(term.term)))
        )
        used: dict[str, list[CoursePage]] = {term.id: [] for term in terms}
        for page in self._course.lessons:
            for name in self._terms_of(page):
                used[name].append(page)
        others = [code for code in self._course.languages if code != self._language]
        return self._render("glossary.html", terms=terms, used=used, others=others)

    def terms(self, slug: str) -> str:
        """The words of the glossary that the page `slug` links to."""
        wanted = self._terms_of(self._course.pages[slug])
        terms = {term.id: term for term in self._course.glossary.terms}
        chosen = [terms[name] for name in wanted]
        return self._render("terms.html", terms=chosen)

    def _terms_of(self, page: CoursePage) -> tuple[str, ...]:
        return page.text(self._language).terms

    def phrases(self) -> str:
        """The phrase bank: the sentence starters of all lessons, by module and lesson."""
        return self._render("phrases.html", modules=self._course.lessons_by_module)

    def plan(self, name: str) -> str:
        """A plan for teaching, with the times that follow from the lessons' minutes."""
        plan = next(plan for plan in self._course.plans.plans if plan.id == name)
        sessions = [timed(session, self._course) for session in plan.sessions]
        return self._render("plan.html", plan=plan, sessions=sessions)

    def planner(self) -> str:
        """What a learner fills in before a talk and after it, as a form."""
        sections = self._course.planner.sections
        parts = {
            part: [section for section in sections if section.part == part]
            for part in ("plan", "afterwards")
        }
        return self._render("planner.html", parts=parts, place=self._place)

    def picture(self, name: str) -> str:
        """A drawing with its words in this language, its text alternative and its caption."""
        picture = next(picture for picture in self._course.pictures.pictures if picture.id == name)
        labels = {label.id: self._text(label.text) for label in picture.labels}
        return self._render("picture.html", picture=picture, label=labels.__getitem__)

    def chart(self, name: str) -> str:
        """A decision chart: boxes, and answers on the lines between them."""
        chart = self._course.charts[name]
        return self._render(
            "chart.html", name=name, chart=chart, trunk=drawn(chart), place=self._place
        )

    def scenario(self, name: str, page: str = "") -> str:
        """A practice conversation, as sections to read, and its map, for `page`.

        A page that bears its name is its own, and has its title already.
        """
        talk = self._course.scenarios[name]

        def section(reference: str) -> dict[str, str]:
            page, _, anchor = reference.rpartition("#")
            return self._place(page or talk.lesson, anchor)

        view = seen(talk, self._language, self._course.languages[0])
        level = 2 if page == name else 3
        return self._render(
            "scenario.html", name=name, talk=talk, view=view, section=section, level=level
        )

    def stale(self, section: str, href: str, code: str, name: str) -> str:
        """The note below the heading of a stale section.

        `href` is the address of its original, `code` and `name` are the language of that.
        """
        return self._render("stale.html", section=section, href=href, code=code, name=name)

    def fields(self) -> str:
        """Every field of the data, by the kind of file and what stands in it."""
        return self._render("fields.html", parts=parts(), said=self._said)

    def fields_contents(self) -> list[list[tuple[str, str]]]:
        """The headings that `fields` places, as id and text: each file, then what it holds."""
        say = Strings(self._course.strings[self._language])
        return [
            [(kind.id, bare(say(f"fields.title.{kind.id}"))) for kind in kinds] for kinds in parts()
        ]

    def _said(self, key: str) -> str:
        """What a kind or a field is for, in this language, or borrowed from the model."""
        text = self._course.descriptions.get(self._language, {}).get(key)
        if text or self._language == LANGUAGE:
            return text or descriptions()[key]
        return borrowed(descriptions()[key], LANGUAGE)

    def _place(self, page: str, anchor: str) -> dict[str, str]:
        """The address of a page or its section, and the title to show for it."""
        text = self._page_text(page)
        title = text.sections[anchor] if anchor else text.meta.title
        return {"href": self._address(page, anchor), "title": title}

    def _render(self, template: str, **values: object) -> str:
        tools = {
            "t": Strings(self._course.strings[self._language]),
            "language": self._language,
            "text": self._text,
            "accepted": self._accepted,
            "block": self._block,
            "inline": self._inline,
            "address": self._address,
            "page_text": self._page_text,
            "marks": marks,
            "sections": self._sections,
            "starter": self._starter,
        }
        return told(self._environment.get_template(template).render(**tools, **values))

    def _text(self, texts: Mapping[str, str]) -> str:
        """A text in this language, or the default language's, marked as borrowed."""
        if self._language in texts:
            return texts[self._language]
        default = self._course.languages[0]
        return borrowed(texts[default], default)

    def _block(self, texts: Mapping[str, str]) -> Markup:
        if self._language in texts:
            return Markup(markup.block(texts[self._language], self._link))
        default = self._course.languages[0]
        return Markup(borrowed_block(markup.block(texts[default], self._link), default))

    def _inline(self, texts: Mapping[str, str]) -> Markup:
        if self._language in texts:
            return Markup(markup.inline(texts[self._language], self._link))
        default = self._course.languages[0]
        html = markup.inline(texts[default], self._link)
        several = html.startswith("<p>")
        return Markup(borrowed_block(html, default) if several else borrowed(html, default))

    def _accepted(self, answers: Mapping[str, Sequence[str]]) -> Sequence[str]:
        """What is accepted in this language, or else in the default one."""
        return answers.get(self._language) or answers[self._course.languages[0]]

    def _starter(self, text: str) -> Markup:
        """A sentence starter, which is Markdown in one language."""
        return Markup(markup.inline(text, self._link))

    def _link(self, uri: str, anchor: str) -> str:
        return self._address(uri.rsplit("/", 1)[-1], anchor)

    def _page_text(self, page: CoursePage | str) -> PageText:
        page = self._course.pages[page] if isinstance(page, str) else page
        text = page.text(self._language)
        return text if self._language in page.texts else _lent(text, self._course.languages[0])

    def _section(self, question: Question, home: str) -> dict[str, str]:
        """The address and the heading of the section that a question points to."""
        page, _, anchor = question.section.rpartition("#")
        slug = page or home
        return self._place(slug, anchor)

    def _sections(self, questions: Iterable[Asked]) -> list[dict[str, str]]:
        """The sections that questions point to, each once."""
        places = (self._section(asked.question, asked.quiz) for asked in questions)
        return list({place["href"]: place for place in places}.values())


def _lent(page: PageText, language: str) -> PageText:
    """What other pages show of a page, marked as being in `language`."""

    def lent(texts: Mapping[str, str]) -> dict[str, str]:
        return {name: borrowed(text, language) for name, text in texts.items()}

    meta = page.meta.model_copy(
        update={
            **lent({"title": page.meta.title, "description": page.meta.description}),
            "objectives": lent(page.meta.objectives),
        }
    )
    phrases = tuple(
        replace(
            phrase,
            use=borrowed(phrase.use, language),
            formal=borrowed(phrase.formal, language),
            plain=borrowed(phrase.plain, language),
        )
        for phrase in page.phrases
    )
    return replace(page, meta=meta, sections=lent(page.sections), phrases=phrases)


def folded(text: str) -> str:
    """A text as a dictionary sorts it: without case and marks, ă beside a."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache
def environment(templates: Path) -> Environment:
    """A Jinja environment that escapes what it is given and stumbles over unknown names.

    It sees by itself when a template changes, so one serves for all pages.
    """
    return Environment(
        # The parent is there for what pieces share with pages: partials/illustration.html.
        loader=FileSystemLoader([templates, templates.parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
